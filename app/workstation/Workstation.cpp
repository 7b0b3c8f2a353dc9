#include "app/workstation/Workstation.h"

#include "core/services/PatientService.h"
#include "core/services/SettingsService.h"
#include "core/services/TermService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/archive/ArchivePage.h"
#include "ui/pages/home/HomePage.h"
#include "ui/pages/lock/LockPage.h"
#include "ui/pages/lock/StartPage.h"
#include "ui/pages/outbox/OutboxPage.h"
#include "ui/pages/patient/PatientPage.h"
#include "ui/pages/patient/PatientsPage.h"
#include "ui/pages/patient/SearchPage.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/DesktopWatch.h"
#include "ui/shell/Fonts.h"
#include "ui/shell/IdleWatch.h"
#include "ui/shell/MainWindow.h"
#include "ui/text/Sentences.h"
#include "ui/text/StartLanguage.h"
#ifdef NARU_HAS_compose
#include "ui/pages/compose/ComposePage.h"
#endif
#ifdef NARU_HAS_consent
#include "ui/pages/consent/ConsentPage.h"
#endif
#ifdef NARU_HAS_documents
#include "ui/pages/documents/ReaderPage.h"
#endif
#ifdef NARU_HAS_imaging
#include "ui/pages/imaging/ImagingPage.h"
#endif

#include <QApplication>
#include <QCommandLineParser>
#include <QScreen>
#include <QTextStream>
#include <QTranslator>

namespace naru::workstation {

namespace {
// No larger than what is there to see, with its title bar: large type would ask for more.
QSize onScreen(const QSize &wanted)
{
    const QScreen *screen = QGuiApplication::primaryScreen();
    return screen ? wanted.boundedTo(screen->availableSize() - QSize(0, 32)) : wanted;
}
} // namespace

Arguments Arguments::parse(const QStringList &arguments, QString *problem, bool *finished)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Naru: the clinic end of Korea's health information exchange"));
    const QCommandLineOption help(QStringLiteral("help"), QStringLiteral("Show this text.")),
        version(QStringLiteral("version"), QStringLiteral("Show the version."));
    parser.addOptions({help, version});
    const auto option = [&parser](const char *name, const char *text, const char *value) {
        QCommandLineOption made(
            QString::fromLatin1(name), QString::fromLatin1(text), QString::fromLatin1(value));
        parser.addOption(made);
    };
    option("data", "Data folder of the profile.", "DIR");
    option("site", "Site profile: a name or a file.", "SITE");
    option("patient-file", "Hand-over file of the EMR.", "FILE");
    option("action", "What to do with the patient: open, refer, consent, summary.", "ACTION");
    option("language", "ko or en.", "LANGUAGE");
    option("theme", "system, light, dark, highContrastDark or highContrastLight.", "THEME");
    option("zoom", "0.8 to 2.4.", "FACTOR");
    option("lock", "Lock the running workstation.", "");
    option("headless-check", "Open the profile, build every page without a screen, end with 0.", "");
    Arguments result;
    *finished = false;
    if (!parser.parse(arguments)) {
        *problem = parser.errorText();
        return result;
    }
    if (parser.isSet(help) || parser.isSet(version)) {
        QTextStream(stdout) << (parser.isSet(help) ? parser.helpText()
                                                   : QStringLiteral("naru " NARU_VERSION "\n"));
        *finished = true;
        return result;
    }
    const auto value = [&parser](const char *name) { return parser.value(QString::fromLatin1(name)); };
    result.dataDir = value("data");
    result.site = value("site");
    result.patientFile = value("patient-file");
    result.action = value("action");
    result.language = value("language");
    result.theme = value("theme");
    result.lock = parser.isSet(QStringLiteral("lock"));
    result.headlessCheck = parser.isSet(QStringLiteral("headless-check"));
    if (parser.isSet(QStringLiteral("zoom"))) {
        bool number = false;
        result.zoom = value("zoom").toDouble(&number);
        if (!number || result.zoom < 0.8 || result.zoom > 2.4)
            *problem = QStringLiteral("--zoom takes a number from 0.8 to 2.4");
    }
    const QStringList actions = {QString(), QStringLiteral("open"), QStringLiteral("refer"),
        QStringLiteral("consent"), QStringLiteral("summary")};
    if (!actions.contains(result.action))
        *problem = QStringLiteral("--action takes open, refer, consent or summary");
    return result;
}

Workstation::Workstation(Arguments arguments, text::Language language, QObject *parent)
    : QObject(parent)
    , m_arguments(std::move(arguments))
    , m_language(language)
    , m_queue(std::make_unique<jobs::JobQueue>())
    , m_desktop(new ui::DesktopWatch(this))
{
    if (!m_arguments.theme.isEmpty())
        m_theme.setChoice(m_arguments.theme);
    if (m_arguments.zoom > 0)
        m_theme.setZoom(m_arguments.zoom);
    connect(m_desktop, &ui::DesktopWatch::darkChanged, &m_theme, &ui::Theme::setSystemDark);
    connect(m_desktop, &ui::DesktopWatch::highContrastChanged, &m_theme, &ui::Theme::setSystemHighContrast);
    connect(m_desktop, &ui::DesktopWatch::screenLocked, this, [this] {
        if (m_window)
            m_window->lock(QStringLiteral("screen"));
    });
}

Workstation::~Workstation()
{
    delete m_startPage;
    m_window.reset();
    m_context.reset();
    m_queue->shutdown();
}

void Workstation::start(base::SecureBytes passphrase)
{
    m_desktop->start();
    if (!passphrase.isEmpty()) {
        services::OpenOptions options;
        options.dataDir = m_arguments.dataDir;
        options.site = m_arguments.site;
        options.passphrase = std::move(passphrase);
        auto profile = services::Profile::open(std::move(options));
        if (profile) {
            opened(*profile);
            return;
        }
        QTextStream(stderr) << text::explain(profile.error(), m_language).text() << Qt::endl;
    }
    m_startPage = new ui::StartPage(m_theme, *m_queue, m_language, m_arguments.dataDir, m_arguments.site);
    connect(m_startPage, &ui::StartPage::opened, this, &Workstation::opened);
    m_startPage->resize(onScreen({m_theme.unit(150), m_theme.unit(130)}));
    m_startPage->show();
}

void Workstation::registerPages()
{
    m_context->registerPage(QStringLiteral("home"), ui::HomePage::make);
    m_context->registerPage(QStringLiteral("patients"), ui::PatientsPage::make);
    m_context->registerPage(QStringLiteral("patient"), ui::PatientPage::make);
    m_context->registerPage(QStringLiteral("search"), ui::SearchPage::make);
    m_context->registerPage(QStringLiteral("outbox"), ui::OutboxPage::make);
    m_context->registerPage(QStringLiteral("archive"), ui::ArchivePage::make);
    m_context->registerPage(QStringLiteral("settings"), ui::SettingsPage::make);
    m_context->registerPage(QStringLiteral("lock"), ui::LockPage::make);
#ifdef NARU_HAS_compose
    m_context->registerPage(QStringLiteral("compose"), ui::ComposePage::make);
#endif
#ifdef NARU_HAS_consent
    m_context->registerPage(QStringLiteral("consent"), ui::ConsentPage::make);
#endif
#ifdef NARU_HAS_imaging
    m_context->registerPage(QStringLiteral("imaging"), ui::ImagingPage::make);
#endif
#ifdef NARU_HAS_documents
    m_context->registerPage(QStringLiteral("document"), ui::ReaderPage::make);
#endif
}

void Workstation::applySettings()
{
    const services::SettingsService &settings = m_profile->settings();
    if (m_arguments.theme.isEmpty())
        m_theme.setChoice(settings.value(QStringLiteral("ui.theme")).toString());
    if (m_arguments.zoom <= 0)
        m_theme.setZoom(settings.value(QStringLiteral("ui.zoom")).toDouble());
    const QString language = settings.value(QStringLiteral("ui.language")).toString();
    text::rememberLanguage(m_arguments.dataDir, language);
    if (m_arguments.language.isEmpty()
        && (language == QLatin1String("ko") || language == QLatin1String("en"))) {
        m_language = text::languageFromKey(language);
        auto *translator = new QTranslator(this); // the last one installed is asked first
        if (translator->load(QStringLiteral(":/naru/i18n/naru_") + language + QStringLiteral(".qm")))
            QCoreApplication::installTranslator(translator);
    }
}

void Workstation::opened(std::shared_ptr<services::Profile> profile)
{
    m_profile = std::move(profile);
    applySettings();
    m_context = std::make_unique<ui::AppContext>(m_profile, m_theme, *m_queue, m_language);
    registerPages();
    m_window = std::make_unique<ui::MainWindow>(*m_context);
    connect(
        m_window.get(), &ui::MainWindow::quitRequested, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    connect(m_window.get(), &ui::MainWindow::lockedChanged, this, [this](bool locked) {
        if (!locked && m_waiting)
            take(*std::exchange(m_waiting, std::nullopt));
    });
    m_window->resize(onScreen({std::min(1600, m_theme.unit(266)), m_theme.unit(148)}));
    m_window->show();
    if (m_startPage)
        m_startPage->deleteLater();
    m_window->idleWatch().setMinutes(m_profile->settings().value(QStringLiteral("lock.idleMinutes")).toInt());
    m_window->idleWatch().start();
    connect(m_context.get(), &ui::AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Settings)
            m_window->idleWatch().setMinutes(
                m_profile->settings().value(QStringLiteral("lock.idleMinutes")).toInt());
    });
    m_profile->startBackgroundWork();
    // The first key in a picker finds the index in memory.
    ui::UiJob::start<bool>(
        m_context->queue(), m_context.get(),
        [profile = m_profile](const base::WorkContext &) -> base::Result<bool> {
            profile->terms().warmUp();
            return true;
        },
        [](const base::Result<bool> &) {});
    take(m_arguments);
}

void Workstation::take(const Arguments &arguments)
{
    if (!m_window)
        return;
    if (arguments.lock) {
        m_window->lock(QStringLiteral("user"));
        return;
    }
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    if (arguments.patientFile.isEmpty())
        return;
    if (m_window->isLocked()) { // waits behind the lock; the last one handed over counts
        m_waiting = arguments;
        return;
    }
    const auto imported = m_profile->patients().importFile(arguments.patientFile);
    if (!imported) {
        m_window->arrivalFailed(imported.error());
        return;
    }
    m_profile->patients().opened(imported->key, QStringLiteral("emr"));
    m_window->arrive(imported->key, arguments.action.isEmpty() ? QStringLiteral("open") : arguments.action);
}

void Workstation::saveAndQuit()
{
    if (m_window)
        m_window->settleAll();
    QCoreApplication::quit();
}

int Workstation::headlessCheck(base::SecureBytes passphrase)
{
    services::OpenOptions options;
    options.dataDir = m_arguments.dataDir;
    options.site = m_arguments.site;
    options.passphrase = std::move(passphrase);
    auto profile = services::Profile::open(std::move(options));
    if (!profile) {
        QTextStream(stderr) << text::explain(profile.error(), m_language).text() << Qt::endl;
        return profile.error().code.exitStatus;
    }
    if (const base::Status fonts = ui::Fonts::check(); !fonts) {
        QTextStream(stderr) << text::explain(fonts.error(), m_language).text() << Qt::endl;
        return fonts.error().code.exitStatus;
    }
    m_profile = *profile;
    m_context = std::make_unique<ui::AppContext>(m_profile, m_theme, *m_queue, m_language);
    registerPages();
    m_window = std::make_unique<ui::MainWindow>(*m_context);
    for (const char *kind : {"patients", "outbox", "settings"})
        m_window->open({QString::fromLatin1(kind), {}, {}, {}});
    return 0;
}

} // namespace naru::workstation
