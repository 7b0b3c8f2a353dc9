// What a pixel measures, and who says so: every length names its source (PS3.3 10.7, C.8.5.5 and the IHE
// rules for projection radiographs). Nothing is ever guessed silently; where nothing is known lengths are in
// pixels.
#pragma once

#include "core/imaging/ImageFacts.h"

#include <QPointF>

#include <span>

namespace naru::imaging {

enum class CalibrationSource : char {
    None, // pixels
    PixelSpacing, // of a cross-sectional image, in the patient
    Calibrated, // Pixel Spacing of a radiograph that was corrected (fiducial or known geometry)
    Magnification, // detector spacing divided by the Estimated Radiographic Magnification Factor
    Detector, // at the detector, not in the patient: objects measure too large
    Uncertain, // Pixel Spacing of a radiograph that does not say whether it was corrected
    UltrasoundRegion, // of the region under the tool
    Manual // the user's own known length
};

struct Calibration {
    CalibrationSource source = CalibrationSource::None;
    double mmX = 0, mmY = 0; // mm per pixel to the right, downward; 0: not a length (see the units)
    double aspect = 1; // height of a pixel : its width, also when the size is unknown
    int region = -1; // index of the ultrasound region
    int unitX = 0, unitY = 0; // of that region (C.8.5.5.1.15): 3 cm, 4 s, 5 Hz, 7 cm/s ...; 0 otherwise
    double perPixelX = 0, perPixelY = 0; // in those units
    double magnification = 0; // that was applied

    bool isLength() const { return mmX > 0 && mmY > 0; }
    friend bool operator==(const Calibration &, const Calibration &) = default;
};
// Stable key of the source ("pixelSpacing", "detector", ...) for the sentence that a list shows.
const char *calibrationKey(CalibrationSource source);

// For a tool that touches these points (image points, C.10.5.1.2). Ultrasound: all points in one region, the
// smallest that holds them, else none. A calibration by hand replaces everything.
Calibration calibrationFor(const ImageFacts &facts, int frame, std::span<const QPointF> points,
    const std::optional<Calibration> &manual = {});
// From a known length drawn by the user; None when it makes no sense. Keeps the aspect of the image.
Calibration manualCalibration(
    const ImageFacts &facts, int frame, QPointF from, QPointF to, double millimetres);
// Height of a pixel in widths: from spacing, else Pixel Aspect Ratio (C.7.6.3.1.7). A viewer draws by it.
double pixelAspect(const ImageFacts &facts, int frame);
// Modality of projection radiographs (tables/projection.tsv).
bool isProjection(const ImageFacts &facts);

} // namespace naru::imaging
