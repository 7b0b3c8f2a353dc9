#include "core/imaging/objects/Segmentation.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/PresentationParts.h"

#include <algorithm>
#include <cmath>

namespace naru::imaging {

namespace {
constexpr std::size_t MostFrames = 100'000;
constexpr int MostSide = 65535;

Segment segmentOf(const DataSetValue &item)
{
    Segment out;
    out.number = item.integer(attr::SegmentNumber);
    out.label = item.text(attr::SegmentLabel);
    out.description = item.text(attr::SegmentDescription);
    out.category = codeIn(item, attr::SegmentCategory);
    out.type = codeIn(item, attr::SegmentType);
    out.algorithm = item.text(attr::SegmentAlgorithm);
    out.lab = decodedLab(item.numbers(attr::SegmentLab));
    return out;
}

// A functional group of the frame, else the one that all share (C.7.6.16).
const DataSetValue *groupOf(const DataSetValue &frame, const DataSetValue *shared, quint32 sequence)
{
    if (const DataSetValue *own = frame.item(sequence))
        return own;
    return shared ? shared->item(sequence) : nullptr;
}

SegmentFrame frameOf(const DataSetValue &frame, const DataSetValue *shared)
{
    SegmentFrame out;
    if (const DataSetValue *identification = groupOf(frame, shared, attr::SegmentIdentification))
        out.segment = identification->integer(attr::ReferencedSegment);
    if (const DataSetValue *plane = groupOf(frame, shared, attr::PlanePosition)) {
        const std::vector<double> p = plane->numbers(attr::Position);
        if (p.size() == 3 && std::all_of(p.begin(), p.end(), [](double v) { return std::isfinite(v); }))
            out.position = {p[0], p[1], p[2]};
    }
    // Derivation images may stand in the frame's groups or in the shared ones.
    const auto &own = frame.items(attr::DerivationImage);
    const auto &all = own.empty() && shared ? shared->items(attr::DerivationImage) : own;
    for (const DataSetValue &derivation : all) {
        for (const DataSetValue &source : derivation.items(attr::SourceImage))
            out.images.push_back(instanceOf(source));
    }
    return out;
}
} // namespace

std::vector<int> SegmentationView::framesOn(const QString &sopUid, int frame) const
{
    std::vector<int> out;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const bool on = std::any_of(frames[i].images.begin(), frames[i].images.end(),
            [&sopUid, frame](const ReferencedInstance &image) {
                const bool any = frame == 0 || image.frames.empty();
                return image.sopUid == sopUid
                    && (any
                        || std::find(image.frames.begin(), image.frames.end(), frame) != image.frames.end());
            });
        if (on)
            out.push_back(int(i));
    }
    return out;
}

const Segment *SegmentationView::segment(int number) const
{
    const auto found = std::find_if(
        segments.begin(), segments.end(), [number](const Segment &one) { return one.number == number; });
    return found == segments.end() ? nullptr : &*found;
}

base::Result<SegmentationView> segmentationOf(const DataSetValue &set)
{
    if (set.text(attr::SopClass) != base::oid("sopSegmentation").text())
        return errors::WrongObject;
    SegmentationView out;
    out.frameOfReference = set.text(attr::FrameOfReference);
    out.rows = std::clamp(set.integer(attr::Rows), 0, MostSide);
    out.columns = std::clamp(set.integer(attr::Columns), 0, MostSide);
    out.fractional = set.text(attr::SegmentationType) == QLatin1String("FRACTIONAL");
    out.maximum = out.fractional ? std::clamp(set.integer(attr::MaximumFraction, 255), 1, 255) : 1;
    for (const DataSetValue &item : set.items(attr::Segments))
        out.segments.push_back(segmentOf(item));
    const DataSetValue *shared = set.item(attr::SharedGroups);
    const auto &groups = set.items(attr::FrameGroups);
    if (groups.size() > MostFrames)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("frames")}});
    for (const DataSetValue &frame : groups)
        out.frames.push_back(frameOf(frame, shared));
    return out;
}

std::optional<Overlay> overlayOf(const SegmentationView &view, int frame, const Frame &pixels)
{
    const std::size_t count = std::size_t(view.rows) * std::size_t(view.columns);
    if (frame < 0 || std::size_t(frame) >= view.frames.size() || pixels.shape.rows != view.rows
        || pixels.shape.columns != view.columns || pixels.shape.samples != 1 || pixels.data.size() != count
        || count == 0)
        return std::nullopt;
    Overlay out;
    out.rows = view.rows;
    out.columns = view.columns;
    out.bits = QByteArray(qsizetype((count + 7) / 8), '\0');
    const int half = (view.maximum + 1) / 2;
    for (std::size_t i = 0; i < count; ++i) {
        if (int(pixels.data[i]) >= half)
            out.bits[qsizetype(i / 8)] = char(uchar(out.bits[qsizetype(i / 8)]) | 1U << (i % 8));
    }
    if (const Segment *segment = view.segment(view.frames[std::size_t(frame)].segment))
        out.label = segment->label;
    return out;
}

} // namespace naru::imaging
