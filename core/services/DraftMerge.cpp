#include "core/services/DraftMerge.h"

#include <algorithm>

namespace naru::services {

namespace {
using clinical::AttachedImages, clinical::Document, clinical::ImageReading, clinical::LabResult;

// With the number of images: a choice that grew is something new.
QString partOf(const AttachedImages &images)
{
    return QStringLiteral("images:%1:%2").arg(images.kosUid).arg(images.images);
}
QString partOf(const ImageReading &reading)
{
    return reading.sopUid.isEmpty() ? QString() : QStringLiteral("image:") + reading.sopUid;
}

void remove(Document &document, const QString &kosUid)
{
    std::erase_if(document.images, [&](const AttachedImages &one) { return one.kosUid == kosUid; });
    std::erase_if(document.content.labs, [&](const LabResult &row) { return row.kosUid == kosUid; });
}

bool take(Document &mine, const Document &stored, const AttachedImages &images)
{
    const auto same = std::find_if(mine.images.begin(), mine.images.end(), [&](const AttachedImages &one) {
        return one.kosUid == images.kosUid || one.studyKey == images.studyKey;
    });
    if (same != mine.images.end()) {
        if (same->images >= images.images)
            return false;
        remove(mine, QString(same->kosUid));
    }
    for (const LabResult &row : stored.content.labs) {
        if (row.kosUid == images.kosUid)
            mine.content.labs.push_back(row);
    }
    mine.images.push_back(images);
    return true;
}

bool take(Document &mine, const ImageReading &reading)
{
    auto &all = mine.content.readings;
    if (std::any_of(
            all.begin(), all.end(), [&](const ImageReading &one) { return one.sopUid == reading.sopUid; }))
        return false;
    all.push_back(reading);
    return true;
}
} // namespace

QStringList draftParts(const Document &document)
{
    QStringList out;
    for (const AttachedImages &images : document.images)
        out.append(partOf(images));
    for (const ImageReading &reading : document.content.readings) {
        if (const QString part = partOf(reading); !part.isEmpty())
            out.append(part);
    }
    return out;
}

bool takeUnseen(Document &mine, const Document &stored, const QStringList &seen)
{
    bool any = false;
    for (const AttachedImages &images : stored.images)
        any = (!seen.contains(partOf(images)) && take(mine, stored, images)) || any;
    for (const ImageReading &reading : stored.content.readings) {
        const QString part = partOf(reading);
        any = (!part.isEmpty() && !seen.contains(part) && take(mine, reading)) || any;
    }
    return any;
}

} // namespace naru::services
