// Images from a terminal. Files are read by the confined decoder; a file that cannot be read is a row that
// says why, and the others are not affected.
#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "core/imaging/Errors.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/services/ImageService.h"

#include <QDirIterator>
#include <QFileInfo>

#include <algorithm>

namespace naru::ctl {

namespace {
QString kindName(imaging::Kind kind)
{
    static constexpr std::array names{"image", "pdf", "report", "keyObjects", "presentation", "segmentation",
        "waveform", "video", "directory", "other"};
    return QLatin1String(names[std::size_t(kind)]);
}

QString spacingSourceName(imaging::SpacingSource source)
{
    static constexpr std::array names{
        "", "pixelSpacing", "calibrated", "imagerPixelSpacing", "ultrasoundRegion"};
    return QLatin1String(names[std::size_t(source)]);
}

QJsonObject geometryJson(const imaging::FrameFacts &frame)
{
    QJsonObject out;
    if (frame.spacingSource != imaging::SpacingSource::None) {
        out.insert(QStringLiteral("pixelSpacing"), QJsonArray{frame.spacingRow, frame.spacingColumn});
        out.insert(QStringLiteral("spacingSource"), spacingSourceName(frame.spacingSource));
    }
    if (frame.hasPosition) {
        QJsonArray position, orientation;
        for (const double value : frame.position)
            position.append(value);
        for (const double value : frame.orientation)
            orientation.append(value);
        out.insert(QStringLiteral("position"), position);
        out.insert(QStringLiteral("orientation"), orientation);
    }
    if (frame.hasRescale) {
        out.insert(QStringLiteral("slope"), frame.slope);
        out.insert(QStringLiteral("intercept"), frame.intercept);
    }
    QJsonArray windows;
    for (const imaging::Window &window : frame.windows)
        windows.append(QJsonArray{window.centre, window.width});
    if (!windows.isEmpty())
        out.insert(QStringLiteral("windows"), windows);
    return out;
}

QJsonObject factsJson(const QString &file, const imaging::ImageFacts &facts)
{
    QJsonObject out{{QStringLiteral("file"), file}, {QStringLiteral("kind"), kindName(facts.kind)},
        {QStringLiteral("sopClass"), facts.sopClass},
        {QStringLiteral("transferSyntax"), facts.transferSyntax}, {QStringLiteral("rows"), facts.rows},
        {QStringLiteral("columns"), facts.columns}, {QStringLiteral("frames"), facts.frames},
        {QStringLiteral("samples"), facts.samples}, {QStringLiteral("bits"), facts.bitsStored},
        {QStringLiteral("bitsAllocated"), facts.bitsAllocated}, {QStringLiteral("signed"), facts.isSigned},
        {QStringLiteral("photometric"), facts.photometric}, {QStringLiteral("modality"), facts.modality},
        {QStringLiteral("patientName"), facts.patientName}, {QStringLiteral("patientId"), facts.patientId},
        {QStringLiteral("studyDate"), facts.studyDate},
        {QStringLiteral("studyDescription"), facts.studyDescription},
        {QStringLiteral("seriesDescription"), facts.seriesDescription},
        {QStringLiteral("seriesNumber"), facts.seriesNumber},
        {QStringLiteral("instanceNumber"), facts.instanceNumber},
        {QStringLiteral("studyUid"), facts.studyUid}, {QStringLiteral("seriesUid"), facts.seriesUid},
        {QStringLiteral("sopUid"), facts.sopUid}, {QStringLiteral("characterSet"), facts.characterSet},
        {QStringLiteral("characterSetGuessed"), facts.characterSetGuessed},
        {QStringLiteral("decodable"), facts.decodable}};
    const QJsonObject geometry = geometryJson(facts.frame(0));
    for (auto it = geometry.begin(); it != geometry.end(); ++it)
        out.insert(it.key(), it.value());
    if (!facts.whyNot.isEmpty())
        out.insert(QStringLiteral("whyNot"), facts.whyNot);
    if (!facts.notes.isEmpty())
        out.insert(QStringLiteral("notes"), QJsonArray::fromStringList(facts.notes));
    return out;
}

QJsonObject errorJson(const QString &file, const base::Error &error)
{
    return {{QStringLiteral("file"), file}, {QStringLiteral("decodable"), false},
        {QStringLiteral("whyNot"), QString::fromLatin1(error.code.id)},
        {QStringLiteral("message"), say::sentence(error)}};
}

// Folders with all below them, in the order of their names; `named` files were given as such.
struct Found {
    QString path;
    bool named = false;
    bool stored = false; // `path` is the key of an image of the profile
};

base::Result<imaging::ImageSource> sourceOf(Session &session, const Found &found)
{
    if (!found.stored)
        return imaging::ImageSource{.path = found.path};
    NARU_ASSIGN(services::Profile * profile, session.profile());
    return profile->images().source(found.path);
}

std::vector<Found> filesOf(const QStringList &paths)
{
    std::vector<Found> out;
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            out.push_back({path, true, false});
            continue;
        }
        QStringList below;
        QDirIterator it(path, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext())
            below.append(it.next());
        below.sort();
        for (const QString &file : below)
            out.push_back({file, false, false});
    }
    return out;
}

QStringList line(const imaging::ImageFacts &facts, const QString &file)
{
    const QString size = facts.rows > 0
        ? QStringLiteral("%1x%2x%3").arg(facts.columns).arg(facts.rows).arg(facts.frames)
        : QString();
    return {file, kindName(facts.kind), facts.modality, size, QString::number(facts.bitsStored),
        facts.photometric, facts.patientName, facts.decodable ? QString() : facts.whyNot};
}

base::Result<int> info(Session &session, const Arguments &arguments, Output &output)
{
    NARU_ASSIGN(const auto pool, imaging::DecoderPool::start({.workers = 1}));
    QJsonArray rows;
    QList<QStringList> lines;
    bool any = false;
    if (arguments.positional.isEmpty() == !arguments.has("instance"))
        return base::Error(
            errors::Usage, {}, {{QStringLiteral("what"), QStringLiteral("FILE... or --instance ID")}});
    std::vector<Found> wanted = filesOf(arguments.positional);
    for (const QString &key : arguments.values("instance"))
        wanted.push_back({key, true, true});
    for (const Found &found : wanted) {
        NARU_ASSIGN(const imaging::ImageSource source, sourceOf(session, found));
        const auto facts = pool->facts(source, session.work);
        if (session.work.stopRequested())
            return imaging::errors::Stopped;
        if (!facts && facts.error().is(imaging::errors::DecoderStart))
            return facts.error();
        if (facts) {
            any = true;
            rows.append(factsJson(found.path, *facts));
            lines.append(line(*facts, found.path));
        } else if (found.named || !facts.error().is(imaging::errors::NotDicom)) {
            // A folder holds other things than images, and they are passed over.
            rows.append(errorJson(found.path, facts.error()));
            lines.append({found.path, QStringLiteral("-"), {}, {}, {}, {}, {}, say::sentence(facts.error())});
        }
    }
    output.setJson(rows);
    output.table({say::word("file"), say::word("kind"), say::word("modality"), say::word("size"),
                     say::word("bits"), say::word("colour"), say::word("name"), say::word("remark")},
        lines);
    return any ? 0 : 1;
}
} // namespace

std::vector<Command> imageCommands()
{
    return {{"image", "info", "[FILE...]", 0, -1,
        "What DICOM files and folders say of themselves, and whether they can be shown",
        {{"instance", "ID", "an image of the profile; may be repeated"}}, info}};
}

} // namespace naru::ctl
