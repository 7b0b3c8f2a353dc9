#include "core/imaging/volume/Mpr.h"

#include <algorithm>
#include <limits>

namespace naru::imaging {

namespace {
constexpr int MostPixels = 8192; // a side

struct Extent {
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

// How far the voxels reach along a direction of length 1, mm from the patient's origin. Each slice lies where
// it lies: with a tilted gantry they are no box.
Extent extentAlong(const Volume &volume, Vector3 direction)
{
    const ImagePlane &plane = volume.firstPlane();
    Extent out;
    for (const Volume::Place &place : volume.places()) {
        const Vector3 shift =
            plane.right * place.shiftX + plane.down * place.shiftY + volume.normal() * place.z;
        for (const double x : {0.0, double(plane.columns)}) {
            for (const double y : {0.0, double(plane.rows)}) {
                for (const double half : {-0.5, 0.5})
                    out.add(dot(plane.toPatient({x, y}) + shift + volume.normal() * (half * volume.step()),
                        direction));
            }
        }
    }
    return out;
}

// One voxel's way along a direction: no axis advances more than one.
double stepAlong(const Volume &volume, Vector3 direction)
{
    const ImagePlane &plane = volume.firstPlane();
    const double most = std::max({std::abs(dot(direction, plane.right)) / plane.spacingX,
        std::abs(dot(direction, plane.down)) / plane.spacingY,
        std::abs(dot(direction, volume.normal())) / volume.step()});
    return most > 0 ? 1 / most : volume.step();
}

ImagePlane covering(const Volume &volume, Vector3 right, Vector3 down, Vector3 through)
{
    ImagePlane out;
    out.right = right;
    out.down = down;
    out.frameOfReference = volume.frameOfReference();
    const Vector3 normal = out.normal();
    const Extent across = extentAlong(volume, right), upright = extentAlong(volume, down);
    const double width = across.high - across.low, height = upright.high - upright.low;
    const double pixel = std::max({std::min(volume.firstPlane().spacingX, volume.firstPlane().spacingY),
        width / MostPixels, height / MostPixels});
    out.spacingX = out.spacingY = pixel;
    out.columns = std::clamp(int(std::ceil(width / pixel - 1e-6)), 1, MostPixels);
    out.rows = std::clamp(int(std::ceil(height / pixel - 1e-6)), 1, MostPixels);
    out.origin =
        right * (across.low + pixel / 2) + down * (upright.low + pixel / 2) + normal * dot(through, normal);
    return out;
}
} // namespace

ImagePlane cutPlane(const Volume &volume, Cut cut, Vector3 through)
{
    switch (cut) {
    case Cut::Axial:
        return covering(volume, {1, 0, 0}, {0, 1, 0}, through);
    case Cut::Coronal:
        return covering(volume, {1, 0, 0}, {0, 0, -1}, through);
    case Cut::Sagittal:
        break;
    }
    return covering(volume, {0, 1, 0}, {0, 0, -1}, through);
}

ImagePlane obliquePlane(const Volume &volume, Vector3 right, Vector3 down, Vector3 through)
{
    Vector3 x = right.unit();
    if (!(x.length() > 0.5))
        x = volume.firstPlane().right;
    Vector3 y = (down - x * dot(down, x)).unit();
    if (!(y.length() > 0.5)) { // no direction of its own: any at right angles
        const Vector3 other = std::abs(x.z) < 0.9 ? Vector3{0, 0, -1} : Vector3{0, 1, 0};
        y = (other - x * dot(other, x)).unit();
    }
    return covering(volume, x, y, through);
}

ImagePlane moved(const ImagePlane &plane, double millimetres)
{
    ImagePlane out = plane;
    out.origin = plane.origin + plane.normal() * millimetres;
    return out;
}

ScrollRange scrollRange(const Volume &volume, const ImagePlane &plane)
{
    const Vector3 normal = plane.normal();
    const Extent extent = extentAlong(volume, normal);
    const double here = dot(plane.origin, normal), step = stepAlong(volume, normal);
    // Centres of the first and last voxel.
    return {std::min(extent.low + step / 2 - here, 0.0), std::max(extent.high - step / 2 - here, 0.0), step};
}

} // namespace naru::imaging
