// Where an image lies in the patient (PS3.3 C.7.6.2, per frame C.7.6.16.2.3 and .4): patient <-> pixel,
// letters at the edges, reference lines. Everything that relates two images asks for one Frame of Reference
// (C.7.4.1).
#pragma once

#include "core/imaging/ImageFacts.h"
#include "core/imaging/series/Vector3.h"

#include <QLineF>
#include <QPointF>
#include <QString>

#include <optional>

namespace naru::imaging {

// The rectangle of an image in the patient. `right` and `down` are of length 1 and at right angles.
struct ImagePlane {
    Vector3 origin{}; // centre of the first pixel, mm (Image Position)
    Vector3 right{}, down{}; // towards increasing column, increasing row (Image Orientation)
    double spacingX = 1, spacingY = 1; // mm between columns, between rows
    int columns = 0, rows = 0;
    QString frameOfReference{}; // empty: unknown, related to nothing

    Vector3 normal() const { return cross(right, down); } // length 1
    // Image point (corner of the first pixel is 0,0) to patient, and the foot of a patient point on the
    // plane.
    Vector3 toPatient(QPointF pixel) const;
    QPointF toPixel(Vector3 patient) const;
    double distance(Vector3 patient) const; // mm, positive along the normal
    Vector3 centre() const;
    bool contains(QPointF pixel) const;
    friend bool operator==(const ImagePlane &, const ImagePlane &) = default;
};

// Directions of increasing column and row, of length 1 and at right angles; none when they are no directions:
// lengths other than 1 or an angle other than 90 degrees beyond what rounding explains (2 %).
std::optional<std::array<Vector3, 2>> directionsOf(const FrameFacts &frame);
// None for a frame without position, without directions or with a spacing that is unknown.
std::optional<ImagePlane> planeOf(const ImageFacts &facts, int frame);
// Same patient space: both named, and equal.
bool sameSpace(const ImagePlane &a, const ImagePlane &b);

// Letters of a direction (PS3.3 C.7.6.1.1.1): A P L R H F, the strongest first, a second one where it is
// oblique by more than about 15 degrees. Empty for the null vector.
QString directionLetters(Vector3 direction);
// "AL" -> "PR".
QString oppositeLetters(const QString &letters);

struct EdgeLetters {
    QString left{}, top{}, right{}, bottom{};
    // As the picture is shown: first mirrored left to right, then turned clockwise by quarters.
    EdgeLetters shown(bool mirrored, int quarterTurns) const;
    friend bool operator==(const EdgeLetters &, const EdgeLetters &) = default;
};
EdgeLetters edgeLetters(const ImagePlane &plane);
// From the plane, else from Patient Orientation (projection radiographs); empty when neither is known.
EdgeLetters edgeLetters(const ImageFacts &facts, int frame);

// "RAO 30 CRA 20": where the receptor of a C-arm stands (C.8.7.5.1.2), whole degrees; empty: not known.
QString armAngles(const FrameFacts &frame);

// Where the rectangle of `other` cuts the picture of `shown`, in pixels of `shown`, cut at its edges. None
// across Frames of Reference, for (nearly) parallel planes, or where it lies outside.
std::optional<QLineF> referenceLine(const ImagePlane &other, const ImagePlane &shown);
// A patient point in the picture of `shown`, for the cross-hair; `distance` from the plane in mm.
struct PlanePoint {
    QPointF pixel{};
    double distance = 0;
};
std::optional<PlanePoint> locate(Vector3 patient, const QString &frameOfReference, const ImagePlane &shown);

} // namespace naru::imaging
