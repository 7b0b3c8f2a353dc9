// Bodies made of ellipsoids (tables/phantoms.tsv) and the pictures of them: slices for CT, MR and ultrasound,
// projections for radiographs. The same numbers on every machine; sizes are exact, so that a measurement can
// be checked.
#pragma once

#include <QString>

#include <array>
#include <cstdint>
#include <vector>

namespace naru::practice {

enum class Plane : char { Axial, Coronal, Sagittal };

// Where the columns, the rows and the normal of a plane run, as axes of the patient (0 x to the left, 1 y to
// the back, 2 z to the head) with their sign.
struct PlaneAxes {
    int column = 0, row = 1, normal = 2;
    int rowSign = 1; // -1: rows run towards the feet
    static PlaneAxes of(Plane plane);
};

struct PictureSize {
    int rows = 0, columns = 0;
    double spacing = 1; // mm a pixel, both ways; the picture's middle is the origin of the body
};

class Phantom {
public:
    struct Body {
        std::array<double, 3> centre{}, radii{}; // mm
        std::array<double, 5> values{}; // by Channel
    };
    enum Channel { Hounsfield, T1, T2, Echo, Attenuation };

    static const Phantom &named(const QString &scene); // empty for an unknown scene
    static Channel channel(const QString &name); // "hu" "t1" "t2" "echo", else Attenuation

    // The value of the last body that contains the point, plus noise of the given spread; `outside` where
    // there is none.
    std::vector<std::int16_t> slice(Plane plane, Channel channel, double position, const PictureSize &size,
        int outside, int noise, std::uint64_t seed) const;
    // Sum of chord and attenuation along the plane's normal, stretched to `top`.
    std::vector<std::int16_t> projection(
        Plane plane, const PictureSize &size, int top, std::uint64_t seed) const;

private:
    std::vector<Body> m_bodies{};
};

} // namespace naru::practice
