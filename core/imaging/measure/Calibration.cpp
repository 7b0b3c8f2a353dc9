#include "core/imaging/measure/Calibration.h"

#include "core/base/Tsv.h"
#include "core/imaging/measure/tables/projectionTable.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace naru::imaging {

namespace {
// Region units (C.8.5.5.1.15); only these are lengths.
constexpr int Centimetres = 3;

bool within(const UltrasoundRegion &region, QPointF point)
{
    // Edges are numbers of pixels, both inclusive.
    return point.x() >= region.left && point.x() <= region.right + 1 && point.y() >= region.top
        && point.y() <= region.bottom + 1;
}

qint64 areaOf(const UltrasoundRegion &region)
{
    return qint64(region.right - region.left + 1) * (region.bottom - region.top + 1);
}

// Bit 0 of the flags is set for regions of low priority (C.8.5.5.1.3).
bool comesFirst(const UltrasoundRegion &a, const UltrasoundRegion &b)
{
    if ((a.flags & 1) != (b.flags & 1))
        return (a.flags & 1) == 0;
    return areaOf(a) < areaOf(b);
}

// The region that holds all points: of several the one that wins where they overlap. A tool that begins in
// one region and ends in another has none.
int regionUnder(const std::vector<UltrasoundRegion> &regions, std::span<const QPointF> points)
{
    int chosen = -1;
    for (const QPointF &point : points) {
        int here = -1;
        for (std::size_t i = 0; i < regions.size(); ++i) {
            if (within(regions[i], point) && (here < 0 || comesFirst(regions[i], regions[std::size_t(here)])))
                here = int(i);
        }
        if (here < 0 || (chosen >= 0 && here != chosen))
            return -1;
        chosen = here;
    }
    return chosen;
}

Calibration ofRegion(const ImageFacts &facts, int index)
{
    const UltrasoundRegion &region = facts.regions[std::size_t(index)];
    Calibration out;
    out.region = index;
    out.unitX = region.unitX;
    out.unitY = region.unitY;
    out.perPixelX = std::abs(region.deltaX);
    out.perPixelY = std::abs(region.deltaY);
    const bool known = std::isfinite(out.perPixelX) && std::isfinite(out.perPixelY) && out.perPixelX > 0
        && out.perPixelY > 0;
    if (!known)
        return {};
    out.source = CalibrationSource::UltrasoundRegion;
    if (region.unitX == Centimetres && region.unitY == Centimetres) {
        out.mmX = out.perPixelX * 10;
        out.mmY = out.perPixelY * 10;
        out.aspect = out.mmY / out.mmX;
    }
    return out;
}

CalibrationSource sourceOf(const ImageFacts &facts, const FrameFacts &own)
{
    switch (own.spacingSource) {
    case SpacingSource::None:
        return CalibrationSource::None;
    case SpacingSource::PixelSpacing:
        return isProjection(facts) && !own.hasPosition ? CalibrationSource::Uncertain
                                                       : CalibrationSource::PixelSpacing;
    case SpacingSource::Calibrated:
        return CalibrationSource::Calibrated;
    case SpacingSource::ImagerPixelSpacing:
        return facts.estimatedMagnification > 0 ? CalibrationSource::Magnification
                                                : CalibrationSource::Detector;
    case SpacingSource::UltrasoundRegion:
        return CalibrationSource::UltrasoundRegion;
    }
    return CalibrationSource::None;
}
} // namespace

const char *calibrationKey(CalibrationSource source)
{
    switch (source) {
    case CalibrationSource::None:
        return "none";
    case CalibrationSource::PixelSpacing:
        return "pixelSpacing";
    case CalibrationSource::Calibrated:
        return "calibrated";
    case CalibrationSource::Magnification:
        return "magnification";
    case CalibrationSource::Detector:
        return "detector";
    case CalibrationSource::Uncertain:
        return "uncertain";
    case CalibrationSource::UltrasoundRegion:
        return "ultrasoundRegion";
    case CalibrationSource::Manual:
        return "manual";
    }
    return "none";
}

bool isProjection(const ImageFacts &facts)
{
    static const QSet<QString> modalities = [] {
        QSet<QString> out;
        const base::TsvTable table = base::TsvTable::parse(tables::projection);
        for (int row = 0; row < table.rowCount(); ++row)
            out.insert(table.at(row, "modality"));
        return out;
    }();
    return modalities.contains(facts.modality);
}

double pixelAspect(const ImageFacts &facts, int frame)
{
    const FrameFacts &own = facts.frame(frame);
    if (own.spacingRow > 0 && own.spacingColumn > 0)
        return own.spacingRow / own.spacingColumn;
    return facts.aspect[0] > 0 && facts.aspect[1] > 0 ? double(facts.aspect[0]) / facts.aspect[1] : 1;
}

Calibration calibrationFor(const ImageFacts &facts, int frame, std::span<const QPointF> points,
    const std::optional<Calibration> &manual)
{
    Calibration out;
    out.aspect = pixelAspect(facts, frame);
    if (manual && manual->isLength())
        return *manual;
    const FrameFacts &own = facts.frame(frame);
    if (!facts.regions.empty()) {
        const int region = regionUnder(facts.regions, points);
        Calibration found = region >= 0 ? ofRegion(facts, region) : Calibration{};
        if (found.source == CalibrationSource::None)
            found.aspect = out.aspect;
        return found;
    }
    if (!(own.spacingRow > 0) || !(own.spacingColumn > 0))
        return out;
    out.source = sourceOf(facts, own);
    if (out.source == CalibrationSource::None)
        return out;
    const double factor = out.source == CalibrationSource::Magnification ? facts.estimatedMagnification : 1;
    out.magnification = out.source == CalibrationSource::Magnification ? factor : 0;
    out.mmX = own.spacingColumn / factor;
    out.mmY = own.spacingRow / factor;
    return out;
}

Calibration manualCalibration(
    const ImageFacts &facts, int frame, QPointF from, QPointF to, double millimetres)
{
    Calibration out;
    out.aspect = pixelAspect(facts, frame);
    const double length = std::hypot(to.x() - from.x(), (to.y() - from.y()) * out.aspect);
    if (!(length > 0) || !(millimetres > 0) || !std::isfinite(length) || !std::isfinite(millimetres))
        return out;
    out.source = CalibrationSource::Manual;
    out.mmX = millimetres / length;
    out.mmY = out.mmX * out.aspect;
    return out;
}

} // namespace naru::imaging
