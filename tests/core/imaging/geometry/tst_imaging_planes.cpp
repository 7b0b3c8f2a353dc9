// Patient and pixel (PS3.3 C.7.6.2.1.1), letters (C.7.6.1.1.1), reference lines within one Frame of
// Reference.
#include "core/imaging/series/Geometry.h"
#include "tests/core/imaging/geometry/SliceSeries.h"

#include <QTest>

using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
ImagePlane planeFrom(Vector3 origin, Vector3 right, Vector3 down, double spacing = 1)
{
    auto facts = sliceFacts(origin, right, down, 1);
    facts->frameFacts[0].spacingRow = facts->frameFacts[0].spacingColumn = spacing;
    return planeOf(*facts, 0).value();
}
bool near(Vector3 a, Vector3 b, double tolerance = 1e-9)
{
    return (a - b).length() < tolerance;
}
bool near(QPointF a, QPointF b, double tolerance = 1e-6)
{
    return std::hypot(a.x() - b.x(), a.y() - b.y()) < tolerance;
}
} // namespace

class TestImagingPlanes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // Equation C.7.6.2.1-1: P = S + X * dj * j + Y * di * i, with i, j from 0 at the centre of the first
    // pixel; Pixel Spacing is row spacing first (C.7.6.3, 10.7.1.3).
    void equation()
    {
        auto facts = sliceFacts({-10, 20, 30}, Vector3{1, 1, 0}.unit(), {0, 0, -1}, 1);
        facts->frameFacts[0].spacingRow = 2;
        facts->frameFacts[0].spacingColumn = 0.5;
        const auto plane = planeOf(*facts, 0);
        QVERIFY(plane);
        const double h = std::sqrt(0.5);
        for (const auto &[column, row] : {std::pair{0, 0}, {10, 0}, {0, 7}, {33, 21}}) {
            const Vector3 expected{-10 + h * 0.5 * column, 20 + h * 0.5 * column, 30 - 2.0 * row};
            QVERIFY(near(plane->toPatient({column + 0.5, row + 0.5}), expected));
            QVERIFY(near(plane->toPixel(expected), QPointF(column + 0.5, row + 0.5)));
        }
        const Vector3 off = plane->toPatient({5, 6}) + plane->normal() * 3.5;
        QVERIFY(near(plane->toPixel(off), QPointF(5, 6)));
        QVERIFY(std::abs(plane->distance(off) - 3.5) < 1e-9);
    }

    // C.8.7.5.1.2: +90 is at the patient's left (LAO) and at the head (CRA).
    void armOfAngiography()
    {
        FrameFacts frame;
        QCOMPARE(armAngles(frame), QString());
        frame.primaryAngle = -30.2;
        QCOMPARE(armAngles(frame), QStringLiteral("RAO 30"));
        frame.secondaryAngle = 19.5;
        QCOMPARE(armAngles(frame), QStringLiteral("RAO 30 CRA 20"));
        frame.primaryAngle = 45;
        frame.secondaryAngle = -25;
        QCOMPARE(armAngles(frame), QStringLiteral("LAO 45 CAU 25"));
        frame.primaryAngle = -0.2;
        frame.secondaryAngle = 0;
        QCOMPARE(armAngles(frame), QStringLiteral("LAO 0 CRA 0"));
    }

    void unusable()
    {
        auto facts = sliceFacts({}, {1, 0, 0}, {0, 1, 0}, 1);
        facts->frameFacts[0].spacingRow = 0;
        QVERIFY(!planeOf(*facts, 0));
        facts->frameFacts[0].spacingRow = 1;
        for (const std::array<double, 6> &bad : {std::array<double, 6>{0, 0, 0, 0, 0, 0}, {1, 0, 0, 1, 0, 0},
                 {2, 0, 0, 0, 2, 0}, {1, 0, 0, 0.5, 0.5, 0}}) {
            facts->frameFacts[0].orientation = bad;
            QVERIFY(!planeOf(*facts, 0));
        }
        facts->frameFacts[0].orientation = {0.9999, 0.01, 0, -0.01, 0.9999, 0}; // rounding
        const auto plane = planeOf(*facts, 0);
        QVERIFY(plane);
        QVERIFY(std::abs(dot(plane->right, plane->down)) < 1e-12);
        facts->frameFacts[0].hasPosition = false;
        QVERIFY(!planeOf(*facts, 0));
    }

    void letters_data()
    {
        QTest::addColumn<double>("x");
        QTest::addColumn<double>("y");
        QTest::addColumn<double>("z");
        QTest::addColumn<QString>("expected");
        QTest::addRow("left") << 1.0 << 0.0 << 0.0 << "L";
        QTest::addRow("right") << -1.0 << 0.0 << 0.0 << "R";
        QTest::addRow("back") << 0.0 << 1.0 << 0.0 << "P";
        QTest::addRow("front") << 0.0 << -1.0 << 0.0 << "A";
        QTest::addRow("head") << 0.0 << 0.0 << 1.0 << "H";
        QTest::addRow("feet") << 0.0 << 0.0 << -1.0 << "F";
        QTest::addRow("oblique") << 0.8 << 0.6 << 0.0 << "LP";
        QTest::addRow("oblique, the other stronger") << -0.6 << 0.0 << 0.8 << "HR";
        QTest::addRow("10 degrees off") << std::cos(M_PI / 18) << std::sin(M_PI / 18) << 0.0 << "L";
        QTest::addRow("20 degrees off") << std::cos(M_PI / 9) << 0.0 << -std::sin(M_PI / 9) << "LF";
        QTest::addRow("three ways") << -0.7 << -0.6 << 0.4 << "RA";
        QTest::addRow("nothing") << 0.0 << 0.0 << 0.0 << "";
    }
    void letters()
    {
        QFETCH(double, x);
        QFETCH(double, y);
        QFETCH(double, z);
        QFETCH(QString, expected);
        QCOMPARE(directionLetters({x, y, z}), expected);
        QCOMPARE(directionLetters({-x, -y, -z}), oppositeLetters(expected));
    }

    void edges()
    {
        // An axial picture: R on the left, A on top.
        const EdgeLetters axial = edgeLetters(planeFrom({}, {1, 0, 0}, {0, 1, 0}));
        QCOMPARE(axial,
            (EdgeLetters{
                QStringLiteral("R"), QStringLiteral("A"), QStringLiteral("L"), QStringLiteral("P")}));
        const EdgeLetters mirrored = axial.shown(true, 0);
        QCOMPARE(mirrored.left + mirrored.top + mirrored.right + mirrored.bottom, QStringLiteral("LARP"));
        const EdgeLetters turned = axial.shown(false, 1); // clockwise: what was left is on top
        QCOMPARE(turned.left + turned.top + turned.right + turned.bottom, QStringLiteral("PRAL"));
        QCOMPARE(axial.shown(false, 4), axial);
        QCOMPARE(axial.shown(false, -1), axial.shown(false, 3));
    }

    // A chest radiograph has Patient Orientation only; a value that is no direction shows no letter.
    void projectionLetters()
    {
        ImageFacts facts;
        facts.frameFacts.resize(1);
        facts.patientOrientation = {QStringLiteral("L"), QStringLiteral("F")};
        QCOMPARE(edgeLetters(facts, 0),
            (EdgeLetters{
                QStringLiteral("R"), QStringLiteral("H"), QStringLiteral("L"), QStringLiteral("F")}));
        facts.patientOrientation = {QStringLiteral("ROW"), QStringLiteral("FL")};
        QCOMPARE(edgeLetters(facts, 0).right, QString());
        QCOMPARE(edgeLetters(facts, 0).top, QStringLiteral("HR"));
        facts.patientOrientation = {QStringLiteral("L")};
        QCOMPARE(edgeLetters(facts, 0), EdgeLetters{});
    }

    // A sagittal scout and an axial slice at z = 12: the line lies in row 32 - 12.
    void referenceLines()
    {
        const ImagePlane scout = planeFrom({0, -32, 32}, {0, 1, 0}, {0, 0, -1});
        const ImagePlane axial = planeFrom({-32, -32, 12}, {1, 0, 0}, {0, 1, 0});
        const auto line = referenceLine(axial, scout);
        QVERIFY(line);
        QVERIFY(std::abs(line->y1() - 20.5) < 1e-9 && std::abs(line->y2() - 20.5) < 1e-9);
        QVERIFY(std::abs(std::min(line->x1(), line->x2()) - 0) < 1e-9);
        QVERIFY(std::abs(std::max(line->x1(), line->x2()) - 64) < 1e-9);
        QVERIFY(!referenceLine(axial, planeFrom({-32, -32, 40}, {1, 0, 0}, {0, 1, 0}))); // parallel
        QVERIFY(!referenceLine(planeFrom({-32, -32, 99}, {1, 0, 0}, {0, 1, 0}), scout)); // above it
        // A smaller slice: the line is as long as the slice is.
        const auto part = referenceLine(planeFrom({-8, -8, 12}, {1, 0, 0}, {0, 1, 0}, 0.25), scout);
        QVERIFY(part);
        QVERIFY(std::abs(part->length() - 16) < 1e-9);
    }

    // Both ends of the line lie in both planes.
    void obliqueReferenceLine()
    {
        const Vector3 right = Vector3{1, 0.3, 0.2}.unit();
        const Vector3 down = cross(Vector3{0.1, -0.4, 1}.unit(), right).unit();
        const ImagePlane oblique = planeFrom({-20, -25, -10}, right, down);
        const ImagePlane coronal = planeFrom({-32, 5, 32}, {1, 0, 0}, {0, 0, -1});
        const auto line = referenceLine(oblique, coronal);
        QVERIFY(line);
        for (const QPointF &end : {line->p1(), line->p2()}) {
            const Vector3 point = coronal.toPatient(end);
            QVERIFY(std::abs(oblique.distance(point)) < 1e-6);
            const QPointF other = oblique.toPixel(point);
            QVERIFY(other.x() > -1e-6 && other.x() < 64 + 1e-6 && other.y() > -1e-6 && other.y() < 64 + 1e-6);
        }
    }

    void noLinesAcrossFramesOfReference()
    {
        ImagePlane scout = planeFrom({0, -32, 32}, {0, 1, 0}, {0, 0, -1});
        const ImagePlane axial = planeFrom({-32, -32, 12}, {1, 0, 0}, {0, 1, 0});
        for (const QString &other : {QStringLiteral("2.25.77"), QString()}) {
            scout.frameOfReference = other;
            QVERIFY(!referenceLine(axial, scout));
            QVERIFY(!locate({0, 0, 0}, axial.frameOfReference, scout));
        }
        ImagePlane nameless = axial;
        nameless.frameOfReference.clear();
        QVERIFY(!sameSpace(nameless, nameless)); // two unknown spaces are not one
        QVERIFY(!referenceLine(nameless, scout));
        const auto here = locate({1, 2, 15}, axial.frameOfReference, axial);
        QVERIFY(here);
        QVERIFY(near(here->pixel, QPointF(33.5, 34.5)));
        QCOMPARE(here->distance, 3.0);
    }
};

QTEST_APPLESS_MAIN(TestImagingPlanes)
#include "tst_imaging_planes.moc"
