// Measurement reports: every shape and every number comes back, and others accept them.
#include "core/imaging/Errors.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Content.h"
#include "core/imaging/objects/MeasurementReport.h"
#include "core/imaging/objects/ShapeObjects.h"
#include "tests/core/imaging/objects/ObjectTools.h"

#include <limits>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
ReferencedInstance ct(int number, std::vector<int> frames = {})
{
    return {base::oid("sopCt").text(), QStringLiteral("2.25.77%1").arg(number), std::move(frames)};
}

MeasurementGroup group(int number, MeasuredShape shape, std::vector<MeasuredValue> values)
{
    MeasurementGroup out;
    out.trackingId = QStringLiteral("측정 %1").arg(number);
    out.trackingUid = QStringLiteral("2.25.900%1").arg(number);
    out.image = ct(number);
    out.seriesUid = number < 3 ? QStringLiteral("2.25.2001") : QStringLiteral("2.25.2002");
    out.shape = std::move(shape);
    out.values = std::move(values);
    return out;
}

MeasurementReport full()
{
    MeasurementReport out;
    out.header.subject = koreanSubject();
    out.header.sopUid = QStringLiteral("2.25.7001");
    out.header.seriesUid = QStringLiteral("2.25.7000");
    out.header.seriesNumber = 9003;
    out.header.seriesDescription = QStringLiteral("계측");
    out.header.made = QDateTime(QDate(2026, 11, 22), QTime(10, 20, 30));
    out.header.institution = QStringLiteral("나루의원");
    out.header.manufacturer = QStringLiteral("Naru");
    out.header.model = QStringLiteral("Naru");
    out.header.version = QStringLiteral("1");
    out.title = code("measurementReport");
    out.observer = QStringLiteral("Kim^Uisa=金^醫師=김^의사");
    out.organization = QStringLiteral("나루의원");
    out.procedures = {code("imagingProcedure")};
    out.complete = true;
    MeasurementGroup length = group(1, {ShapeType::Polyline, {{10.5, 20.5}, {40.25, 60.75}}},
        {{code("length"), 12.3456, code("mm"), {}}});
    length.finding = {QStringLiteral("27925004"), QStringLiteral("SCT"), QStringLiteral("Nodule")};
    length.site = {QStringLiteral("39607008"), QStringLiteral("SCT"), QStringLiteral("Lung")};
    length.laterality = {QStringLiteral("24028007"), QStringLiteral("SCT"), QStringLiteral("Right")};
    length.comment = QStringLiteral("우하엽");
    MeasurementGroup angle = group(2, {ShapeType::Polyline, {{1, 1}, {5, 5}, {9, 1}}},
        {{code("angle"), 89.99999999999997, code("deg"), {}}});
    MeasurementGroup ellipse = group(3, {ShapeType::Ellipse, {{10, 50}, {90, 50}, {50, 30}, {50, 70}}},
        {{code("area"), 2513.27, code("mm2"), {}}, {code("attenuation"), -612.25, code("hu"), code("mean")},
            {code("attenuation"), 101.5, code("hu"), code("standardDeviation")},
            {code("attenuation"), -1000, code("hu"), code("minimum")},
            {code("attenuation"), 55, code("hu"), code("maximum")},
            {code("count"), 1234, code("pixels"), {}}});
    ellipse.image.frames = {7};
    ellipse.image.sopClass = base::oid("sopEnhancedCt").text(); // frames are named of multi-frame images only
    MeasurementGroup closed = group(
        4, {ShapeType::Polyline, {{1, 1}, {5, 1}, {5, 5}, {1, 1}}}, {{code("area"), 8, code("pixels2"), {}}});
    MeasurementGroup circle =
        group(5, {ShapeType::Circle, {{20, 20}, {20, 30}}}, {{code("diameter"), 20, code("mm"), {}}});
    MeasurementGroup point =
        group(6, {ShapeType::Point, {{7.5, 8.5}}}, {{code("pixelValue"), 77, code("noUnits"), {}}});
    MeasurementGroup mark = group(7, {ShapeType::Polyline, {{7.5, 8.5}, {10, 10}}}, {});
    MeasurementGroup whole = group(8, {}, {{code("length"), 3, code("mm"), {}}});
    out.groups = {length, angle, ellipse, closed, circle, point, mark, whole};
    return out;
}
} // namespace

class TestImagingMeasurements : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { CharacterSet::warmUp(); }

    void roundTrip()
    {
        const MeasurementReport report = full();
        const auto set = toDataSet(report);
        QVERIFY2(set, set ? "" : set.error().code.id);
        const auto back = measurementsOf(throughBytes(*set));
        QVERIFY(back);
        QCOMPARE(back->leftOut, 0);
        QCOMPARE(back->report.header, report.header);
        QCOMPARE(back->report.groups.size(), report.groups.size());
        for (std::size_t i = 0; i < report.groups.size(); ++i)
            QVERIFY2(back->report.groups[i] == report.groups[i], qPrintable(report.groups[i].trackingId));
        QVERIFY(back->report == report);
    }

    void fieldsOfTheStandard()
    {
        MeasurementReport report = full();
        report.verified = true;
        const auto set = toDataSet(report);
        QVERIFY(set);
        QCOMPARE(set->text(attr::SopClass), base::oid("sopComprehensiveSr").text());
        QCOMPARE(set->item(attr::ContentTemplate)->text(attr::TemplateId), QStringLiteral("1500"));
        QCOMPARE(set->text(attr::VerificationFlag), QStringLiteral("VERIFIED"));
        QCOMPARE(set->item(attr::VerifyingObserver)->text(attr::VerificationTime),
            QStringLiteral("20261122102030"));
        const DataSetValue *study = set->item(attr::CurrentEvidence);
        QCOMPARE(study->items(attr::ReferencedSeries).size(), std::size_t(2));
        std::size_t images = 0;
        for (const DataSetValue &series : study->items(attr::ReferencedSeries))
            images += series.items(attr::ReferencedSop).size();
        QCOMPARE(images, std::size_t(8));
        // An area's region is the group's, a length's line is what the number is inferred from.
        const DataSetValue &groups = set->items(attr::ContentSequence).back();
        QCOMPARE(groups.items(attr::ContentSequence)[0].item(attr::ContentTemplate)->text(attr::TemplateId),
            QStringLiteral("1501"));
        QCOMPARE(groups.items(attr::ContentSequence)[2].item(attr::ContentTemplate)->text(attr::TemplateId),
            QStringLiteral("1410"));
    }

    void others_data()
    {
        QTest::addColumn<QString>("program");
        QTest::newRow("dsrdump") << QStringLiteral("dsrdump");
        QTest::newRow("dciodvfy") << QStringLiteral("dciodvfy");
    }
    void others()
    {
        QFETCH(QString, program);
        const QByteArray name = program.toLatin1();
        for (const bool verified : {false, true}) {
            MeasurementReport report = full();
            report.verified = verified;
            const auto set = toDataSet(report);
            QVERIFY(set);
            QByteArray said;
            const QByteArrayList bad = complaints(name.constData(),
                program == QLatin1String("dsrdump")
                    ? QStringList{QStringLiteral("+Pl"), QStringLiteral("+U8")}
                    : QStringList(),
                *set, &said);
            if (bad == QByteArrayList{"absent"})
                QSKIP("the validator is not installed");
            QVERIFY2(bad.isEmpty(), bad.join('\n').constData());
            if (program == QLatin1String("dsrdump")) // the tree as others read it
                QVERIFY2(
                    said.contains("12.3456") && said.contains("ELLIPSE") && said.contains("hnsf'U"), said);
        }
    }

    void incomplete()
    {
        for (int what = 0; what < 7; ++what) {
            MeasurementReport report = full();
            bool shape = false;
            switch (what) {
            case 0:
                report.groups.clear();
                break;
            case 1:
                report.groups[0].image.sopUid.clear();
                break;
            case 2:
                report.header.subject.studyUid.clear();
                break;
            case 3:
                report.verified = true;
                report.observer.clear();
                break;
            case 4:
                report.groups[0].values[0].unit = {};
                break;
            case 5:
                report.groups[0].values[0].value = std::numeric_limits<double>::quiet_NaN();
                shape = true;
                break;
            default:
                report.groups[2].shape.points.pop_back();
                shape = true;
            }
            const auto set = toDataSet(report);
            QVERIFY(!set);
            QVERIFY(set.error().is(shape ? errors::BadGraphic : errors::Incomplete));
        }
    }

    void whatMakesNoSense()
    {
        auto set = toDataSet(full());
        QVERIFY(set);
        std::vector<DataSetValue> root = set->items(attr::ContentSequence);
        std::vector<DataSetValue> groups = root.back().items(attr::ContentSequence);
        groups[0].setItems(attr::ContentSequence, {}); // of no image
        std::vector<DataSetValue> parts = groups[2].items(attr::ContentSequence);
        for (DataSetValue &part : parts) {
            if (part.text(attr::ValueType) == QLatin1String("SCOORD"))
                part.setText(attr::GraphicType, QStringLiteral("SPIRAL"));
            if (part.text(attr::ValueType) == QLatin1String("NUM"))
                part.setItems(attr::MeasuredValue, {}); // no value: allowed, says nothing
        }
        groups[2].setItems(attr::ContentSequence, parts);
        root.back().setItems(attr::ContentSequence, groups);
        set->setItems(attr::ContentSequence, root);
        const auto back = measurementsOf(*set);
        QVERIFY(back);
        QCOMPARE(back->report.groups.size(), std::size_t(7));
        QCOMPARE(back->leftOut, 1 + 1 + 6);
        set->setItems(attr::ContentSequence, {});
        const auto empty = measurementsOf(*set);
        QVERIFY(!empty && empty.error().is(errors::WrongObject));
    }

    // Others name a source image first, or draw on several: a shape lies on the image it was selected from.
    void aShapeLiesOnItsOwnImage()
    {
        auto set = toDataSet(full());
        QVERIFY(set);
        std::vector<DataSetValue> root = set->items(attr::ContentSequence);
        std::vector<DataSetValue> groups = root.back().items(attr::ContentSequence);
        const DataSetValue source =
            content::referenceItem(content::Relation::Contains, code("sourceImage"), ct(9));
        std::vector<DataSetValue> parts = groups[0].items(attr::ContentSequence);
        parts.insert(parts.begin(), source);
        groups[0].setItems(attr::ContentSequence, parts);
        // The first shape of this one cannot be drawn, and lies on another image than the second.
        parts = groups[2].items(attr::ContentSequence);
        const auto shape = std::find_if(parts.begin(), parts.end(),
            [](const DataSetValue &part) { return part.text(attr::ValueType) == QLatin1String("SCOORD"); });
        QVERIFY(shape != parts.end());
        DataSetValue strange = *shape;
        strange.setText(attr::GraphicType, QStringLiteral("SPIRAL"));
        strange.setItem(
            attr::ContentSequence, content::referenceItem(content::Relation::SelectedFrom, {}, ct(9)));
        parts.insert(shape, strange);
        groups[2].setItems(attr::ContentSequence, parts);
        root.back().setItems(attr::ContentSequence, groups);
        set->setItems(attr::ContentSequence, root);
        const auto back = measurementsOf(*set);
        QVERIFY(back);
        QCOMPARE(back->report.groups[0].image.sopUid, ct(1).sopUid);
        QCOMPARE(back->report.groups[2].shape.type, ShapeType::Ellipse);
        QCOMPARE(back->report.groups[2].image.sopUid, ct(3).sopUid);
    }

    // From the tools to a report and back: the same shapes.
    void shapesOfTheTools_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QList<QPointF>>("points");
        QTest::addColumn<bool>("closed");
        const auto row = [](const char *name, ShapeKind kind, const QList<QPointF> &points,
                             bool closed = false) { QTest::newRow(name) << int(kind) << points << closed; };
        row("point", ShapeKind::Point, {{3.5, 4.5}});
        row("length", ShapeKind::Length, {{3.5, 4.5}, {10, 12}});
        row("angle", ShapeKind::Angle, {{3.5, 4.5}, {10, 12}, {20, 3}});
        row("cobb", ShapeKind::Cobb, {{1, 1}, {10, 2}, {1, 20}, {10, 26}});
        row("open line", ShapeKind::Polyline, {{1, 1}, {10, 2}, {1, 20}});
        row("closed line", ShapeKind::Polyline, {{1, 1}, {10, 2}, {4, 20}}, true);
        row("ellipse", ShapeKind::Ellipse, {{1, 10}, {21, 10}, {11, 5}, {11, 15}});
        row("rectangle", ShapeKind::Rectangle, {{2, 3}, {9, 8}});
        row("arrow", ShapeKind::Arrow, {{2, 3}, {9, 8}});
        row("text", ShapeKind::Text, {{2, 3}});
    }
    void shapesOfTheTools()
    {
        QFETCH(int, kind);
        QFETCH(QList<QPointF>, points);
        QFETCH(bool, closed);
        Shape shape;
        shape.id = QStringLiteral("s1");
        shape.kind = ShapeKind(kind);
        shape.points.assign(points.begin(), points.end());
        shape.closed = closed;
        shape.text = QStringLiteral("표시");
        shape.sopUid = ct(1).sopUid;
        shape.frame = 3;
        ImageFacts facts;
        facts.rows = facts.columns = 32;
        facts.modality = QStringLiteral("CT");
        FrameFacts one;
        one.spacingRow = one.spacingColumn = 0.5;
        one.spacingSource = SpacingSource::PixelSpacing;
        one.hasRescale = true;
        one.intercept = -1024;
        one.rescaleType = QStringLiteral("HU");
        facts.frameFacts = {one};
        facts.bitsAllocated = facts.bitsStored = 16;
        const std::vector<quint16> pixels(32 * 32, 1000);
        Frame frame;
        frame.shape = {32, 32, 1, SampleType::U16};
        frame.data = std::as_bytes(std::span(pixels));
        const Reading reading = measure(shape, facts, 0, &frame);
        MeasurementReport report = full();
        report.groups = {groupOf(shape, reading, ct(1, {4}), QStringLiteral("2.25.2001"))};
        report.groups[0].trackingUid = QStringLiteral("2.25.1");
        QCOMPARE(
            report.groups[0].values.empty(), shape.kind == ShapeKind::Arrow || shape.kind == ShapeKind::Text);
        const auto set = toDataSet(report);
        QVERIFY2(set, set ? "" : set.error().code.id);
        const auto back = measurementsOf(throughBytes(*set));
        QVERIFY(back && back->report.groups.size() == 1);
        QVERIFY(back->report.groups[0] == report.groups[0]);
        shape.id = QStringLiteral("2.25.1");
        const auto again = shapeOf(back->report.groups[0]);
        QVERIFY(again);
        QVERIFY(*again == shape);
        if (isArea(shape)) {
            bool mean = false;
            for (const MeasuredValue &value : report.groups[0].values)
                mean = mean
                    || (value.derivation.same(code("mean")) && value.value == -24
                        && value.unit.same(code("hu")));
            QVERIFY(mean);
        }
        // And as a drawing.
        Annotation annotation;
        annotation.layer = QStringLiteral("MEASURE");
        drawShape(shape, QStringLiteral("12 mm"), annotation);
        QVERIFY(!annotation.texts.empty());
        PresentationState state;
        state.header.subject = koreanSubject();
        ReferencedSeries series;
        series.seriesUid = QStringLiteral("2.25.2001");
        series.instances = {ct(1)};
        state.images = {series};
        state.areas = {DisplayedArea{{}, {1, 1}, {32, 32}}};
        state.annotations = {annotation};
        QVERIFY(toDataSet(state));
    }
};

QTEST_GUILESS_MAIN(TestImagingMeasurements)
#include "tst_imaging_measurements.moc"
