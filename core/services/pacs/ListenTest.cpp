// Settings of our own receiving, tried out.
#include "core/imaging/dimse/DimseListener.h"
#include "core/imaging/dimse/Errors.h"
#include "core/security/CertificateFacts.h"
#include "core/services/Errors.h"
#include "core/services/PacsService.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace naru::services {

namespace {
constexpr qint64 MostPem = 1024 * 1024;

QByteArray pemOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(MostPem) : QByteArray();
}

base::Status checkSettings(const PacsListen &settings)
{
    const auto invalid = [](const char *what) {
        return base::Status(base::Error(
            imaging::dimse::errors::Invalid, {}, {{QStringLiteral("what"), QLatin1String(what)}}));
    };
    if (!imaging::dimse::validAeTitle(settings.aeTitle))
        return invalid("AE title");
    if (!settings.tls)
        return {};
    // The listener looks at them when somebody knocks; here at once. Whether the key fits is seen then.
    for (const auto &[path, what] :
        {std::pair(settings.certificate, "certificate"), std::pair(settings.authorities, "authorities")}) {
        const auto certificates = security::readCertificates(pemOf(path));
        if (!certificates)
            return base::Status(base::Error(
                imaging::dimse::errors::Credentials, {}, {{QStringLiteral("what"), QLatin1String(what)}})
                                    .because(certificates.error()));
        if (certificates->front().notAfter < QDateTime::currentDateTimeUtc())
            return base::Error(imaging::dimse::errors::Credentials, {},
                {{QStringLiteral("what"),
                    QStringLiteral("%1: %2").arg(
                        QLatin1String(what), certificates->front().notAfter.toString(Qt::ISODate))}});
    }
    if (!pemOf(settings.key).contains("PRIVATE KEY-----"))
        return base::Error(
            imaging::dimse::errors::Credentials, {}, {{QStringLiteral("what"), QStringLiteral("key")}});
    return {};
}

base::Result<int> tryListening(const PacsListen &settings, bool anyPort)
{
    imaging::dimse::ListenOptions options;
    options.address = settings.address;
    options.port = anyPort ? 0 : settings.port;
    options.aeTitle = settings.aeTitle;
    options.tls = settings.tls;
    options.credentials = {settings.certificate, settings.key, settings.authorities};
    imaging::dimse::Listener::Handlers nobody; // whoever asks meanwhile is refused
    NARU_ASSIGN(const auto listener, imaging::dimse::Listener::start(options, std::move(nobody)));
    return listener->port();
}

base::Status checkFolder(const QString &folder)
{
    const QFileInfo info(folder);
    return info.isDir() && info.isReadable() && info.isExecutable()
        ? base::Status()
        : base::Status(base::Error(errors::WatchedFolder, {}, {{QStringLiteral("folder"), folder}}));
}
} // namespace

std::vector<PacsTestStep> PacsService::testListening(const PacsListen &settings) const
{
    std::vector<PacsTestStep> out;
    const auto add = [&out](const char *step, const QString &detail, const base::Status &status) {
        out.push_back({QLatin1String(step), status.ok(), detail, status ? base::Error() : status.error()});
        return status.ok();
    };
    if (!add("settings", settings.aeTitle, checkSettings(settings)))
        return out;
    const auto port = tryListening(settings, isListening());
    const QString detail = port ? QString::number(*port) : QString::number(settings.port);
    if (!add("listen", detail, port ? base::Status() : base::Status(port.error())))
        return out;
    for (const QString &folder : settings.folders) {
        if (!add("folder", folder, checkFolder(folder)))
            return out;
    }
    return out;
}

} // namespace naru::services
