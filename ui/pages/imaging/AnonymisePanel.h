// A study saved without the patient: which options of PS3.15 annex E, into which folder, and what somebody
// has to look at afterwards. Stands above the views until it is done or left.
#pragma once

#include "core/imaging/objects/Anonymise.h"
#include "core/services/ImageTypes.h"

#include <QPointer>
#include <QWidget>

class QCheckBox;
class QPushButton;

namespace naru::ui {

class AppContext;
class JobLine;
class MessageStrip;
class UiJob;

class AnonymisePanel : public QWidget {
    Q_OBJECT
public:
    AnonymisePanel(
        AppContext &context, const QString &studyKey, MessageStrip *strip, QWidget *parent = nullptr);
    imaging::AnonymiseOptions options() const;
    void saveTo(const QString &folder);

Q_SIGNALS:
    void saved(int images);
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void chooseFolder();
    void done(const base::Result<services::ExportReport> &report);

    AppContext &m_context;
    QString m_study;
    MessageStrip *m_strip;
    QList<QCheckBox *> m_boxes{};
    QPushButton *m_choose = nullptr;
    JobLine *m_line = nullptr;
    QPointer<UiJob> m_job{};
};

} // namespace naru::ui
