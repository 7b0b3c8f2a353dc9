// The window on a profile of its own; shows one page after the other when the walker sends SIGUSR1, ends on
// SIGTERM. With --plant a field without a name stands in the window: the walker must find it.
#include "core/jobs/JobQueue.h"
#include "core/services/ImageService.h"
#include "core/services/PatientService.h"
#include "core/services/Profile.h"
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/home/HomePage.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/lock/LockPage.h"
#include "ui/pages/outbox/OutboxPage.h"
#include "ui/pages/patient/PatientPage.h"
#include "ui/pages/patient/PatientsPage.h"
#include "ui/pages/patient/SearchPage.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

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

// A study in the store, so that the viewer has something to say.
void storeStudy(naru::services::Profile &profile, const naru::services::PatientKey &patient)
{
    QTemporaryDir folder;
    naru::test::TestStudy ct;
    ct.slices = 3;
    ct.write(folder.path());
    (void)profile.images().import({folder.path()}, patient, {});
}

// The list of measurements is walked with a row in it.
void measureOn(naru::ui::Page *page)
{
    auto *imaging = qobject_cast<naru::ui::ImagingPage *>(page);
    naru::ui::Viewport *view = imaging ? imaging->grid().active() : nullptr;
    if (!view || !view->image().isReady() || !imaging->book().all().empty())
        return;
    naru::imaging::Shape line;
    line.kind = naru::imaging::ShapeKind::Length;
    line.points = {{30, 40}, {70, 40}};
    imaging->book().add(line, view->image(), view->provider()->studyKey(), view->provider()->seriesKey());
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
    options.decoder = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder");
    auto profile = services::Profile::open(std::move(options));
    if (!profile)
        return 2;
    const auto imported =
        (*profile)->patients().importFile(QStringLiteral(NARU_TEST_DATA "/handover/naru.json"));
    const services::PatientKey patient = imported ? imported->key : QString();
    storeStudy(**profile, patient);
    ui::AppContext context(*profile, theme, queue, text::Language::Korean);
    context.registerPage(QStringLiteral("home"), ui::HomePage::make);
    context.registerPage(QStringLiteral("patients"), ui::PatientsPage::make);
    context.registerPage(QStringLiteral("patient"), ui::PatientPage::make);
    context.registerPage(QStringLiteral("search"), ui::SearchPage::make);
    context.registerPage(QStringLiteral("outbox"), ui::OutboxPage::make);
    context.registerPage(QStringLiteral("settings"), ui::SettingsPage::make);
    context.registerPage(QStringLiteral("imaging"), ui::ImagingPage::make);
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
        {QStringLiteral("outbox"), {}, {}, {}}, {QStringLiteral("imaging"), patient, {}, {}},
        {QStringLiteral("settings"), {}, {}, {}}};
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
        measureOn(window.currentPage());
    });
    poll.start(50);
    QTextStream(stdout) << "ready" << Qt::endl;
    return QApplication::exec();
}
