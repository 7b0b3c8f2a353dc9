// Settings of our own receiving, tried out.
#include "core/imaging/dimse/DimseListener.h"
#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/PacsService.h"

#include <QDir>
#include <QFileInfo>

namespace naru::services {

namespace {
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
    for (const auto &[path, what] : {std::pair(settings.certificate, "certificate"),
             std::pair(settings.key, "key"), std::pair(settings.authorities, "authorities")}) {
        if (!QFileInfo(path).isFile() || !QFileInfo(path).isReadable())
            return invalid(what);
    }
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
