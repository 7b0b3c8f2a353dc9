// One image archive (PACS): how it is reached (DICOM or DICOMweb), how it knows us, how its images come. What
// the chosen way has no use for is out of sight. Nothing is kept before [Save]; a field that cannot be used
// is named and gets the keys.
#pragma once

#include "core/services/PacsTypes.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QSpinBox;

namespace naru::ui {

class AppContext;
class FlowRow;
class HangulLineEdit;
class MessageStrip;

class ArchiveForm : public QWidget {
    Q_OBJECT
public:
    explicit ArchiveForm(AppContext &context, QWidget *parent = nullptr);
    void startNew();
    void edit(const services::PacsNode &node); // its name stays: jobs know it by that
    void save();

Q_SIGNALS:
    void saved(const QString &name);
    void closed();

private:
    QWidget *address();
    QWidget *manner();
    QWidget *secured();
    void showWay();
    bool isWeb() const;
    HangulLineEdit *field(FlowRow *row, const char *key, const QString &label, double units, int limit);
    QComboBox *choice(FlowRow *row, const char *key, const QString &label, const QStringList &pairs);
    QCheckBox *flag(const char *key, const QString &label);
    void show(const services::PacsNode &node);
    services::PacsNode node() const;
    QSpinBox *number(FlowRow *row, const char *key, const QString &label, int most);
    QWidget *fault(const services::PacsNode &node, QString *sentence) const;
    QWidget *webFault(const services::PacsNode &node, QString *sentence) const;

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    QLabel *m_title = nullptr;
    QComboBox *m_way = nullptr;
    HangulLineEdit *m_web = nullptr;
    HangulLineEdit *m_name = nullptr, *m_host = nullptr, *m_ae = nullptr, *m_ourAe = nullptr;
    HangulLineEdit *m_certificate = nullptr, *m_key = nullptr, *m_authorities = nullptr, *m_tlsName = nullptr;
    QSpinBox *m_port = nullptr, *m_associations = nullptr;
    QComboBox *m_retrieve = nullptr, *m_model = nullptr, *m_letters = nullptr;
    QCheckBox *m_maySend = nullptr, *m_commitment = nullptr, *m_tls = nullptr;
    QWidget *m_files = nullptr;
    QLabel *m_webHint = nullptr;
    services::PacsNode m_shown{};
    bool m_new = true;
};

} // namespace naru::ui
