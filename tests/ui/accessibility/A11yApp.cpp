// The window on a profile of its own; shows one page after the other when the walker sends SIGUSR1, ends on
// SIGTERM. With --plant a field without a name stands in the window: the walker must find it.
#include "core/jobs/JobQueue.h"
#include "core/services/PatientService.h"
#include "core/services/Profile.h"
#include "ui/pages/home/HomePage.h"
#include "ui/pages/lock/LockPage.h"
#include "ui/pages/outbox/OutboxPage.h"
#include "ui/pages/patient/PatientPage.h"
#include "ui/pages/patient/PatientsPage.h"
#include "ui/pages/patient/SearchPage.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Theme.h"

#include <QApplication>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTextStream>
#include <QTimer>
#include <csignal>

namespace {
volatile std::sig_atomic_t steps = 0;
void onStep(int)
{
    steps = steps + 1;
}
} // namespace

int main(int argc, char **argv)
{
    using namespace naru;
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("naru"));
    QTemporaryDir folder;
    jobs::JobQueue queue(2);
    ui::Theme theme;
    theme.applyTo(application);
    services::OpenOptions options;
    options.dataDir = folder.filePath(QStringLiteral("profile"));
    options.passphrase = base::SecureBytes(QByteArrayView("only for a test"));
    options.scryptLogN = 10;
    auto profile = services::Profile::open(std::move(options));
    if (!profile)
        return 2;
    const auto imported =
        (*profile)->patients().importFile(QStringLiteral(NARU_TEST_DATA "/handover/naru.json"));
    const services::PatientKey patient = imported ? imported->key : QString();
    ui::AppContext context(*profile, theme, queue, text::Language::Korean);
    context.registerPage(QStringLiteral("home"), ui::HomePage::make);
    context.registerPage(QStringLiteral("patients"), ui::PatientsPage::make);
    context.registerPage(QStringLiteral("patient"), ui::PatientPage::make);
    context.registerPage(QStringLiteral("search"), ui::SearchPage::make);
    context.registerPage(QStringLiteral("outbox"), ui::OutboxPage::make);
    context.registerPage(QStringLiteral("settings"), ui::SettingsPage::make);
    context.registerPage(QStringLiteral("lock"), ui::LockPage::make);
    ui::MainWindow window(context);
    window.resize(1366, 768);
    window.show();
    if (QCoreApplication::arguments().contains(QStringLiteral("--plant"))) {
        auto *planted = new QLineEdit(&window);
        planted->setAccessibleDescription(QStringLiteral("planted by the self-test"));
        planted->setGeometry(600, 4, 80, 20);
        planted->show();
        planted->raise();
    }
    std::signal(SIGUSR1, onStep);
    const std::vector<ui::PageRequest> pages = {{QStringLiteral("patients"), {}, {}, {}},
        {QStringLiteral("patient"), patient, {}, {}}, {QStringLiteral("search"), patient, {}, {}},
        {QStringLiteral("outbox"), {}, {}, {}}, {QStringLiteral("settings"), {}, {}, {}}};
    std::size_t shown = 0;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &window, [&] {
        while (shown < std::size_t(steps)) {
            if (shown < pages.size())
                context.open(pages[shown]);
            else
                window.lock(QStringLiteral("user"));
            ++shown;
        }
    });
    poll.start(50);
    QTextStream(stdout) << "ready" << Qt::endl;
    return QApplication::exec();
}
