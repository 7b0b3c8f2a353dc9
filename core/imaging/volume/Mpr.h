// Planes through a volume: trilinear, thick slabs, right for gantry tilt, unequal spacing and any acquisition
// plane, since every sample is looked up where it lies in the patient.
#pragma once

#include "core/imaging/volume/Volume.h"

namespace naru::imaging {

enum class SlabMode : char { Thin, Maximum, Minimum, Mean };
enum class Cut : char { Axial, Coronal, Sagittal };

// The orthogonal plane of a cut through a point, covering the volume, in the radiologist's habit: axial seen
// from the feet (left of the picture is R, top A), coronal from the front (R, H), sagittal from the left
// (A, H). Square pixels of the volume's smallest in-plane spacing.
ImagePlane cutPlane(const Volume &volume, Cut cut, Vector3 through);
// Any plane through a point: `right` and `down` are made orthogonal; covers the volume.
ImagePlane obliquePlane(const Volume &volume, Vector3 right, Vector3 down, Vector3 through);
// The same plane moved along its normal, for scrolling; `steps` of the volume's distance along it.
ImagePlane moved(const ImagePlane &plane, double millimetres);
// How far a plane can be scrolled before it leaves the volume, mm from where it is, and a natural step.
struct ScrollRange {
    double low = 0, high = 0, step = 1;
};
ScrollRange scrollRange(const Volume &volume, const ImagePlane &plane);

struct Slab {
    double thickness = 0; // mm; below one step: Thin
    SlabMode mode = SlabMode::Thin;
};

// A cut as an image like any other: render(), statistics and calibration take `frame` and `facts` as they
// are. Stored values of the volume when all slices share one rescale, else values in their unit as float.
// Outside of the volume, in gaps of missing slices, where a slice is not loaded yet and on padding the pixel
// is padding
// (`facts.padding`; NaN in float) and counts in no statistics. MinIP and mean leave padding out as well.
struct Resliced {
    Frame frame{};
    ImageFacts facts{}; // one frame: position, orientation and spacing of the plane, rescale, windows
};
// `parts` of the picture are given to `run` (runHere: one thread). imaging.TooLarge beyond 8192 pixels a
// side.
base::Result<Resliced> reslice(const Volume &volume, const ImagePlane &plane, const Slab &slab = {},
    const Executor &run = runHere, int parts = 1);

// The value at a patient point in its unit; NaN where there is none.
double valueAt(const Volume &volume, Vector3 patient);

} // namespace naru::imaging
