#include "core/imaging/series/Geometry.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace naru::imaging {

Vector3 ImagePlane::toPatient(QPointF pixel) const
{
    return origin + right * ((pixel.x() - 0.5) * spacingX) + down * ((pixel.y() - 0.5) * spacingY);
}

QPointF ImagePlane::toPixel(Vector3 patient) const
{
    const Vector3 way = patient - origin;
    return {dot(way, right) / spacingX + 0.5, dot(way, down) / spacingY + 0.5};
}

double ImagePlane::distance(Vector3 patient) const
{
    return dot(patient - origin, normal());
}

Vector3 ImagePlane::centre() const
{
    return toPatient({columns / 2.0, rows / 2.0});
}

bool ImagePlane::contains(QPointF pixel) const
{
    return pixel.x() >= 0 && pixel.y() >= 0 && pixel.x() <= columns && pixel.y() <= rows;
}

std::optional<std::array<Vector3, 2>> directionsOf(const FrameFacts &frame)
{
    constexpr double Rounding = 0.02;
    if (!frame.hasPosition)
        return std::nullopt;
    const auto &o = frame.orientation;
    const Vector3 right{o[0], o[1], o[2]}, down{o[3], o[4], o[5]};
    if (!(std::abs(right.length() - 1) < Rounding) || !(std::abs(down.length() - 1) < Rounding)
        || !(std::abs(dot(right, down)) < Rounding))
        return std::nullopt;
    const Vector3 x = right.unit();
    // What rounding left of the angle goes, or a pixel's way to the patient and back would not end at it.
    return std::array{x, (down - x * dot(down, x)).unit()};
}

std::optional<ImagePlane> planeOf(const ImageFacts &facts, int frame)
{
    const FrameFacts &own = facts.frame(frame);
    const auto directions = directionsOf(own);
    if (!directions || !(own.spacingRow > 0) || !(own.spacingColumn > 0) || facts.rows <= 0
        || facts.columns <= 0)
        return std::nullopt;
    return ImagePlane{Vector3::from(own.position), (*directions)[0], (*directions)[1], own.spacingColumn,
        own.spacingRow, facts.columns, facts.rows, facts.frameOfReferenceUid};
}

bool sameSpace(const ImagePlane &a, const ImagePlane &b)
{
    return !a.frameOfReference.isEmpty() && a.frameOfReference == b.frameOfReference;
}

QString directionLetters(Vector3 direction)
{
    constexpr double Oblique = 0.2588; // sin 15 degrees
    const Vector3 d = direction.unit();
    std::array<std::pair<double, char>, 3> parts{
        {{d.x, d.x < 0 ? 'R' : 'L'}, {d.y, d.y < 0 ? 'A' : 'P'}, {d.z, d.z < 0 ? 'F' : 'H'}}};
    std::stable_sort(parts.begin(), parts.end(),
        [](const auto &a, const auto &b) { return std::abs(a.first) > std::abs(b.first) + 1e-9; });
    QString out;
    for (std::size_t i = 0; i < 2; ++i) {
        if (std::abs(parts[i].first) > (i == 0 ? 0.0 : Oblique))
            out.append(QLatin1Char(parts[i].second));
    }
    return out;
}

QString oppositeLetters(const QString &letters)
{
    static constexpr char from[] = "APLRHF", to[] = "PARLFH";
    QString out;
    for (const QChar letter : letters) {
        const char *found = letter.unicode() < 128 ? std::strchr(from, letter.toLatin1()) : nullptr;
        out.append(found && *found ? QLatin1Char(to[found - from]) : letter);
    }
    return out;
}

EdgeLetters EdgeLetters::shown(bool mirrored, int quarterTurns) const
{
    EdgeLetters out = *this;
    if (mirrored)
        std::swap(out.left, out.right);
    for (int i = ((quarterTurns % 4) + 4) % 4; i > 0; --i)
        out = {out.bottom, out.left, out.top, out.right};
    return out;
}

EdgeLetters edgeLetters(const ImagePlane &plane)
{
    return {directionLetters(-plane.right), directionLetters(-plane.down), directionLetters(plane.right),
        directionLetters(plane.down)};
}

namespace {
// A value of Patient Orientation: letters only, two of them at most, or nothing (complaint of writers who put
// other things there: the image is shown without letters).
QString tidyLetters(const QString &value)
{
    const bool good =
        std::all_of(value.begin(), value.end(), [](QChar c) { return QStringLiteral("APLRHF").contains(c); });
    return good ? value.left(2) : QString();
}
} // namespace

EdgeLetters edgeLetters(const ImageFacts &facts, int frame)
{
    const FrameFacts &own = facts.frame(frame);
    if (own.hasPosition) { // letters need no spacing
        const auto &o = own.orientation;
        ImagePlane plane;
        plane.right = {o[0], o[1], o[2]};
        plane.down = {o[3], o[4], o[5]};
        return edgeLetters(plane);
    }
    if (facts.patientOrientation.size() != 2)
        return {};
    const QString right = tidyLetters(facts.patientOrientation[0]),
                  down = tidyLetters(facts.patientOrientation[1]);
    return {oppositeLetters(right), oppositeLetters(down), right, down};
}

QString armAngles(const FrameFacts &frame)
{
    QStringList words;
    const auto add = [&words](const std::optional<double> &angle, const char *below, const char *above) {
        if (!angle || !std::isfinite(*angle))
            return;
        const auto degrees = std::lround(*angle);
        words << QLatin1String(degrees < 0 ? below : above) + QLatin1Char(' ')
                + QString::number(std::abs(degrees));
    };
    add(frame.primaryAngle, "RAO", "LAO");
    add(frame.secondaryAngle, "CAU", "CRA");
    return words.join(QLatin1Char(' '));
}

namespace {
// The part of a line (point + t * way) inside 0..width, 0..height; Liang and Barsky's way.
bool clip(double from, double way, double most, double &begin, double &end)
{
    if (std::abs(way) < 1e-12)
        return from >= 0 && from <= most;
    double a = -from / way, b = (most - from) / way;
    if (a > b)
        std::swap(a, b);
    begin = std::max(begin, a);
    end = std::min(end, b);
    return begin < end;
}

bool clipTo(const ImagePlane &plane, Vector3 point, Vector3 way, double &begin, double &end)
{
    const QPointF a = plane.toPixel(point), b = plane.toPixel(point + way);
    return clip(a.x(), b.x() - a.x(), plane.columns, begin, end)
        && clip(a.y(), b.y() - a.y(), plane.rows, begin, end);
}
} // namespace

std::optional<QLineF> referenceLine(const ImagePlane &other, const ImagePlane &shown)
{
    constexpr double Parallel = 0.05; // sin 3 degrees: the line would run through the whole picture at random
    if (!sameSpace(other, shown))
        return std::nullopt;
    const Vector3 n = shown.normal(), m = other.normal(), way = cross(n, m);
    const double size = way.length();
    if (size < Parallel)
        return std::nullopt;
    // The point of both planes that is nearest to the middle of `shown`.
    const Vector3 middle = shown.centre();
    const Vector3 across = cross(way, n); // in `shown`, at right angles to the line
    const double along = dot(across, m);
    if (std::abs(along) < 1e-12)
        return std::nullopt;
    const Vector3 point = middle + across * (-other.distance(middle) / along);
    const Vector3 unit = way.unit();
    double begin = -1e9, end = 1e9;
    if (!clipTo(shown, point, unit, begin, end) || !clipTo(other, point, unit, begin, end))
        return std::nullopt;
    return QLineF(shown.toPixel(point + unit * begin), shown.toPixel(point + unit * end));
}

std::optional<PlanePoint> locate(Vector3 patient, const QString &frameOfReference, const ImagePlane &shown)
{
    if (frameOfReference.isEmpty() || frameOfReference != shown.frameOfReference)
        return std::nullopt;
    return PlanePoint{shown.toPixel(patient), shown.distance(patient)};
}

} // namespace naru::imaging
