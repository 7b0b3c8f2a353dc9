#include "core/services/ImageService.h"

#include "core/base/Errors.h"
#include "core/services/Internals.h"

namespace naru::services {

class ImageDesk { };

namespace {
base::Error notYet()
{
    return base::Error(base::errors::NotYet, {}, {{QStringLiteral("what"), QStringLiteral("images")}});
}
} // namespace

ImageService::ImageService(Profile::Internals &internals)
    : m(internals)
{
}

ImageService::~ImageService() = default;

base::Result<ImportReport> ImageService::import(
    const QStringList &, const PatientKey &, const base::WorkContext &, const Arrived &)
{
    return notYet();
}

base::Result<PutOutcome> ImageService::put(const QByteArray &, const QString &, bool, const PatientKey &)
{
    return notYet();
}

base::Status ImageService::flush()
{
    return notYet();
}

std::vector<StudyRow> ImageService::studies(const StudyFilter &)
{
    return {};
}

base::Result<StudyRow> ImageService::study(const QString &)
{
    return notYet();
}

std::vector<SeriesRow> ImageService::series(const QString &)
{
    return {};
}

std::vector<InstanceRow> ImageService::instances(const QString &)
{
    return {};
}

base::Result<imaging::ImageSource> ImageService::source(const QString &)
{
    return notYet();
}

base::Result<imaging::DecoderPool *> ImageService::pool()
{
    return notYet();
}

base::Status ImageService::assign(const QString &, const PatientKey &)
{
    return notYet();
}

base::Status ImageService::remove(const QString &)
{
    return notYet();
}

base::Result<ExportReport> ImageService::exportTo(const QString &, const QString &, const base::WorkContext &)
{
    return notYet();
}

QString imageMatchKey(ImageMatch match)
{
    static constexpr std::array names{"matched", "unmatched", "mismatch"};
    return QLatin1String(names[std::size_t(match)]);
}

} // namespace naru::services
