// naru: the workstation.
#include "app/workstation/Instance.h"
#include "app/workstation/Workstation.h"
#include "core/security/Hardening.h"
#include "ui/Errors.h"
#include "ui/shell/Fonts.h"
#include "ui/text/Sentences.h"
#include "ui/text/StartLanguage.h"

#include <QApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSocketNotifier>
#include <QTextStream>
#include <QTranslator>

#include <csignal>
#include <sys/socket.h>
#include <unistd.h>

namespace {

int signalPair[2] = {-1, -1};

// Only async-signal-safe work here; the notifier on the other end does the rest.
void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPair[0], &byte, 1);
}

bool watchSignals()
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPair) != 0)
        return false;
    struct sigaction action = {};
    action.sa_handler = onSignal;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(number, &action, nullptr);
    return true;
}

// The variable leaves the environment at once: children and /proc/self/environ of later reads need not see
// it.
naru::base::SecureBytes passphraseFromEnvironment()
{
    QByteArray text = qgetenv("NARU_PASSPHRASE");
    qunsetenv("NARU_PASSPHRASE");
    naru::base::SecureBytes secret{QByteArrayView(text)};
    text.fill('\0');
    return secret;
}

} // namespace

int main(int argc, char **argv)
{
    using namespace naru;
    (void)security::hardenProcess();
    bool headless = false;
    for (int i = 1; i < argc; ++i)
        headless = headless || qstrcmp(argv[i], "--headless-check") == 0 || qstrcmp(argv[i], "--help") == 0
            || qstrcmp(argv[i], "--version") == 0;
    if (headless && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QCoreApplication::setOrganizationName(QStringLiteral("naru"));
    QCoreApplication::setApplicationName(QStringLiteral("naru"));
    QCoreApplication::setApplicationVersion(QStringLiteral(NARU_VERSION));
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QGuiApplication::setDesktopFileName(QStringLiteral("kr.naru.Naru"));
    QApplication::setEffectEnabled(Qt::UI_AnimateMenu, false);
    QApplication::setEffectEnabled(Qt::UI_FadeMenu, false);
    QApplication::setEffectEnabled(Qt::UI_AnimateCombo, false);
    QApplication::setEffectEnabled(Qt::UI_AnimateTooltip, false);
    QApplication::setEffectEnabled(Qt::UI_FadeTooltip, false);
    base::SecureBytes passphrase = passphraseFromEnvironment();

    QString problem;
    bool finished = false;
    workstation::Arguments arguments =
        workstation::Arguments::parse(QCoreApplication::arguments(), &problem, &finished);
    if (finished)
        return 0;
    if (!problem.isEmpty()) {
        QTextStream(stderr) << problem << Qt::endl;
        return 2;
    }
    if (arguments.dataDir.isEmpty())
        arguments.dataDir = services::Profile::defaultDataDir();
    const text::Language language =
        text::startLanguage(arguments.language, arguments.dataDir, QLocale::system());
    // Qt's own words (file and print dialogs, context menus), where the system brings them.
    QTranslator dialogs;
    if (language == text::Language::Korean
        && dialogs.load(QStringLiteral("qtbase_ko"), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&dialogs);
    QTranslator translator;
    if (translator.load(language == text::Language::Korean ? QStringLiteral(":/naru/i18n/naru_ko.qm")
                                                           : QStringLiteral(":/naru/i18n/naru_en.qm")))
        QCoreApplication::installTranslator(&translator);
    if (const base::Status fonts = ui::Fonts::check(); !fonts)
        QTextStream(stderr) << text::explain(fonts.error(), language).text() << Qt::endl;

    workstation::Instance instance(arguments.dataDir);
    if (!arguments.headlessCheck && !instance.claim()) {
        if (instance.forward(QCoreApplication::arguments()))
            return 0;
        QTextStream(stderr) << text::explain(base::Error(ui::errors::OtherInstance), language).text()
                            << Qt::endl;
        return ui::errors::OtherInstance.exitStatus;
    }
    workstation::Workstation program(arguments, language);
    program.theme().applyTo(application);
    if (arguments.headlessCheck)
        return program.headlessCheck(std::move(passphrase));
    QObject::connect(
        &instance, &workstation::Instance::arrived, &program, [&program](const QStringList &forwarded) {
            QString wrong;
            bool done = false;
            const auto parsed = workstation::Arguments::parse(forwarded, &wrong, &done);
            if (wrong.isEmpty() && !done)
                program.take(parsed);
        });
    std::unique_ptr<QSocketNotifier> notifier;
    if (watchSignals()) {
        notifier = std::make_unique<QSocketNotifier>(signalPair[1], QSocketNotifier::Read);
        QObject::connect(notifier.get(), &QSocketNotifier::activated, &program, [&program] {
            char byte = 0;
            [[maybe_unused]] const ssize_t taken = ::read(signalPair[1], &byte, 1);
            program.saveAndQuit();
        });
    }
    program.start(std::move(passphrase));
    return QApplication::exec();
}
