// A point or direction of the patient: millimetres, x to the left, y to the back, z to the head (LPS,
// PS3.3 C.7.6.2.1.1). Points of an image are QPointF: x counts columns, y rows, from the top left corner of
// the first pixel, whose centre is (0.5, 0.5), as presentation states and reports write them (C.10.5.1.2).
#pragma once

#include <array>
#include <cmath>
#include <cstddef>

namespace naru::imaging {

struct Vector3 {
    double x = 0, y = 0, z = 0;

    static Vector3 from(const std::array<double, 3> &a) { return {a[0], a[1], a[2]}; }
    std::array<double, 3> array() const { return {x, y, z}; }
    double length() const { return std::sqrt(x * x + y * y + z * z); }
    // Length 1; the null vector stays what it is.
    Vector3 unit() const;

    friend Vector3 operator+(Vector3 a, Vector3 b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
    friend Vector3 operator-(Vector3 a, Vector3 b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
    friend Vector3 operator-(Vector3 a) { return {-a.x, -a.y, -a.z}; }
    friend Vector3 operator*(Vector3 a, double s) { return {a.x * s, a.y * s, a.z * s}; }
    friend Vector3 operator*(double s, Vector3 a) { return a * s; }
    friend bool operator==(const Vector3 &, const Vector3 &) = default;
};

inline double dot(Vector3 a, Vector3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

inline Vector3 cross(Vector3 a, Vector3 b)
{
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

inline Vector3 Vector3::unit() const
{
    const double size = length();
    return size > 0 ? *this * (1 / size) : *this;
}

} // namespace naru::imaging
