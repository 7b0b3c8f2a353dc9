// Who signs: the patient, the legal representative or a relative, with relation, identity check and reason.
#pragma once

#include "core/services/Types.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QGridLayout;
class QLabel;

namespace naru::ui {

class AppContext;
class HangulLineEdit;

class SignerForm : public QWidget {
    Q_OBJECT
public:
    SignerForm(AppContext &context, QWidget *parent = nullptr);

    void setPatient(const clinical::Patient &patient); // under 14 preselects the legal representative
    void fill(services::ConsentAct &act) const;
    // "이수진 님 (이하늘의 모)"
    QString greeting() const;
    bool isSelf() const;
    void focusField(const QString &field);

Q_SIGNALS:
    void changed();

private:
    void refresh();

    AppContext &m_context;
    clinical::Patient m_patient{};
    QButtonGroup *m_who = nullptr;
    QWidget *m_panel = nullptr;
    QComboBox *m_relation = nullptr, *m_identity = nullptr, *m_reason = nullptr;
    HangulLineEdit *m_name = nullptr, *m_phone = nullptr;
};

} // namespace naru::ui
