// The signing session of the consent page: the patient's window, the scan of a paper, and recording what was
// signed.
#include "ui/pages/consent/ConsentPage.h"

#include "core/services/AuditService.h"
#include "core/services/ConsentService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/consent/ScanPanel.h"
#include "ui/pages/consent/SignerForm.h"
#include "ui/text/Words.h"
#include "ui/widgets/MessageStrip.h"

#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <algorithm>

namespace naru::ui {

using clinical::Programme;

// What was or is being signed must not change on the page, nor look like the other act: the withdrawal tab
// offered to record a signed consent.
void ConsentPage::hold(bool held)
{
    for (QWidget *w :
        {static_cast<QWidget *>(m_tabs), static_cast<QWidget *>(m_stack), static_cast<QWidget *>(m_signer),
            static_cast<QWidget *>(m_paper), static_cast<QWidget *>(m_scan)})
        w->setEnabled(!held);
    m_start->setVisible(!held && m_tabs->currentIndex() < 2);
    m_stop->setVisible(held);
}

void ConsentPage::startSession()
{
    if (m_window || m_busy || m_tabs->currentIndex() > 1)
        return;
    m_act = actFromForm();
    m_actWithdraws = withdrawing();
    if (m_act.programmes.empty()) {
        m_strip->show(MessageStrip::Kind::Warn, tr("Tick at least one programme (Space)."));
        return;
    }
    // What the patient will decide is not missing yet; everything else is asked before the pen changes hands.
    services::ConsentAct probe = m_act;
    probe.agreedProvision = probe.agreedSensitive = true;
    probe.signaturePng = QByteArrayLiteral("\x89PNG\r\n\x1a\n");
    for (const clinical::RuleProblem &problem : context().profile().consents().check(probe, m_actWithdraws)) {
        if (problem.severity != clinical::RuleProblem::Severity::Error
            || problem.field.endsWith(QLatin1String("signaturePng"))
            || problem.field.endsWith(QLatin1String("signature")))
            continue;
        m_strip->show(MessageStrip::Kind::Warn, context().korean() ? problem.messageKo : problem.messageEn);
        m_signer->focusField(problem.field.section(QLatin1Char('.'), -1));
        return;
    }
    m_strip->clear();
    PatientWindow::Session session;
    session.greeting = m_signer->greeting();
    session.korean = context().korean();
    session.withdrawal = m_actWithdraws;
    if (m_signer->isSelf() && !m_patient.birthDate.isNull()) {
        const QDate birth = m_patient.birthDate.date();
        session.birth = context().korean()
            ? QStringLiteral("%1년 %2월 %3일생").arg(birth.year()).arg(birth.month()).arg(birth.day())
            : birth.toString(Qt::ISODate);
    }
    session.texts = textsOf(m_act.programmes);
    if (session.texts.empty()) {
        m_strip->show(MessageStrip::Kind::Error, tr("The site profile has no words for these programmes."));
        return;
    }
    m_window = new PatientWindow(context().theme(), session, this);
    m_window->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_window, &PatientWindow::progressed, this, &ConsentPage::showProgress);
    connect(m_window, &PatientWindow::completed, this, &ConsentPage::sessionDone);
    connect(m_window, &PatientWindow::refused, this, [this] {
        context().profile().audit().note(QStringLiteral("consent.refused"), m_patientKey);
        endSession(m_actWithdraws ? tr("The patient did not withdraw.")
                                  : tr("The patient did not agree. Nothing was recorded; care goes on."),
            true);
    });
    context().profile().audit().note(QStringLiteral("consent.shown"), m_patientKey);
    hold(true);
    m_window->present();
    showProgress();
}

void ConsentPage::showProgress()
{
    if (m_window)
        m_progress->setText(tr("Patient: %1").arg(m_window->progress()));
}

void ConsentPage::sessionDone()
{
    if (!m_window)
        return;
    std::vector<Programme> agreed;
    for (const PatientWindow::Answer &answer : m_window->answers()) {
        if (answer.agreed())
            agreed.push_back(answer.programme);
    }
    m_act.programmes = agreed;
    m_act.agreedProvision = m_act.agreedSensitive = !agreed.empty();
    m_act.signaturePng = m_window->signaturePng();
    m_window->blank();
    m_window.clear();
    m_progress->setText(tr("Signed. Enter records it and queues the registration."));
    m_record->show();
    window()->activateWindow();
    m_record->setFocus(Qt::OtherFocusReason);
}

void ConsentPage::endSession(const QString &sentence, bool warn)
{
    if (m_window)
        m_window->blank();
    m_window.clear();
    m_act = {};
    m_scanPanel->hide();
    m_record->hide();
    hold(false);
    m_progress->clear();
    if (!sentence.isEmpty())
        m_strip->show(warn ? MessageStrip::Kind::Warn : MessageStrip::Kind::Ok, sentence);
    focusFirst();
}

void ConsentPage::record()
{
    if (m_busy || m_act.signaturePng.isEmpty())
        return;
    if (m_scanPanel->isVisible()) {
        m_act.agreedProvision = m_scanPanel->provision();
        m_act.agreedSensitive = m_scanPanel->sensitive();
        if (!m_actWithdraws && (!m_act.agreedProvision || !m_act.agreedSensitive)) {
            m_strip->show(MessageStrip::Kind::Warn,
                tr("Both lines must be agreed to on the paper, or there is no consent to record."));
            return;
        }
    }
    m_busy = true;
    m_record->setEnabled(false);
    auto profile = context().sharedProfile();
    const services::ConsentAct act = m_act;
    const bool withdraws = m_actWithdraws;
    UiJob::start<std::vector<services::OutboxId>>(
        context().queue(), this,
        [profile, act, withdraws](const base::WorkContext &) {
            return withdraws ? profile->consents().withdraw(act) : profile->consents().give(act);
        },
        [this, withdraws](const base::Result<std::vector<services::OutboxId>> &result) {
            m_busy = false;
            m_record->setEnabled(true);
            if (!result) {
                m_strip->showError(result.error(), context().language());
                return;
            }
            endSession(withdraws ? tr("Withdrawn. It holds at once; the exchange is being told.")
                                 : tr("Recorded. The consent holds; its registration is on the way."),
                false);
            load();
            Q_EMIT saved(QDateTime::currentDateTime());
        });
}

void ConsentPage::openScan()
{
    m_act = actFromForm();
    m_actWithdraws = withdrawing();
    if (m_act.programmes.empty()) {
        m_strip->show(MessageStrip::Kind::Warn, tr("Tick at least one programme (Space)."));
        return;
    }
    auto *dialog = new QFileDialog(this, tr("Scan of the signed form"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Pictures (*.png *.jpg *.jpeg *.bmp *.tif *.tiff)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ConsentPage::attachScan);
    dialog->open();
}

bool ConsentPage::attachScan(const QString &path)
{
    const auto scan = readScan(path);
    if (!scan) {
        m_strip->show(MessageStrip::Kind::Error, tr("This file is no picture that can be used."));
        return false;
    }
    m_act = actFromForm();
    m_actWithdraws = withdrawing();
    m_act.signaturePng = scan->png;
    m_scanPanel->setVisible(!m_actWithdraws);
    hold(true);
    m_record->show();
    m_progress->setText(tr("Scan attached (%1 × %2). Tick what the paper says, then Enter records it.")
                            .arg(scan->size.width())
                            .arg(scan->size.height()));
    (m_actWithdraws ? static_cast<QWidget *>(m_record) : m_scanPanel->first())->setFocus(Qt::TabFocusReason);
    return true;
}

} // namespace naru::ui
