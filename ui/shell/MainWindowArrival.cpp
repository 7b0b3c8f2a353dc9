// What the EMR hands over while the workstation is open: the patient's tab comes in front, unless somebody is
// writing; a hand-over that fails says so until it is read.
#include "core/base/Hangul.h"
#include "core/services/PatientService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/TabFrame.h"
#include "ui/widgets/MessageStrip.h"

namespace naru::ui {

void MainWindow::perform(const services::PatientKey &patient, const QString &action)
{
    if (action == QLatin1String("refer"))
        m_context.newDocument(clinical::Form::Referral, patient);
    else if (action == QLatin1String("summary"))
        m_context.newDocument(clinical::Form::Summary, patient);
    else if (action == QLatin1String("consent"))
        m_context.openConsent(patient);
    else
        m_context.openPatient(patient);
}

void MainWindow::arrive(const services::PatientKey &patient, const QString &action)
{
    if (m_refusedIn)
        m_refusedIn->strip().clear();
    m_refusedIn.clear();
    TabFrame *tab = currentTab();
    const bool busy = tab && tab->hasUnsavedDraft() && !tab->patient().isEmpty() && tab->patient() != patient;
    if (!busy) {
        perform(patient, action);
        return;
    }
    TabFrame *other =
        tabFor(patient, QStringLiteral("patient")); // its tab is there, the current one stays in front
    const auto who = m_context.profile().patients().get(patient);
    QPointer<TabFrame> guard(tab);
    tab->strip().show(MessageStrip::Kind::Warn,
        tr("A request for another patient (%1) has arrived")
            .arg(who ? base::withVisibleControls(who->name) : tr("unknown")),
        {{tr("Go there"),
             [this, guard, patient, action] {
                 if (guard)
                     guard->strip().clear();
                 perform(patient, action);
             }},
            {tr("Later"), [guard] {
                 if (guard)
                     guard->strip().clear();
             }}});
    if (!other->current())
        other->open({QStringLiteral("patient"), patient, {}, {}});
}

// The chart that happens to be open is not the one the EMR asked for: it does not stay in front as if it
// were.
void MainWindow::arrivalFailed(const base::Error &error)
{
    TabFrame *tab = currentTab();
    if (!tab || !tab->hasUnsavedDraft()) {
        open({QStringLiteral("home"), {}, {}, {}});
        tab = currentTab();
    }
    if (!tab)
        return;
    m_refusedIn = tab;
    QPointer<TabFrame> guard(tab);
    tab->strip().showError(error, m_context.language(), tr("The hand-over of the EMR could not be taken"),
        {tr("Close"), [guard] {
             if (guard)
                 guard->strip().clear();
         }});
}

} // namespace naru::ui
