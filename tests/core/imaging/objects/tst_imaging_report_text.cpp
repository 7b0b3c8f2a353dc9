// Reports of anybody as lines to read: every kind of value, nesting, and trees that are too much.
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Content.h"
#include "core/imaging/objects/ReportText.h"
#include "tests/core/imaging/objects/ObjectTools.h"

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;
using content::Relation;

namespace {
Code named(const char *meaning)
{
    return {QStringLiteral("1"), QStringLiteral("99T"), QString::fromUtf8(meaning)};
}

DataSetValue number(const char *name, const char *value, const char *unit)
{
    DataSetValue item = content::item(Relation::Contains, "NUM", named(name)), measured;
    measured.setText(attr::NumericValue, QLatin1String(value));
    measured.setItem(attr::UnitsCode, codeItem({QLatin1String(unit), QStringLiteral("UCUM"), QString()}));
    item.setItem(attr::MeasuredValue, measured);
    return item;
}

DataSetValue document(std::vector<DataSetValue> children)
{
    DataSetValue set;
    set.setText(attr::SopClass, base::oid("sopBasicText").text());
    set.setText(attr::SopUid, QStringLiteral("2.25.1"));
    content::putRoot(set, named("판독"), QStringLiteral("2000"), std::move(children));
    return set;
}
} // namespace

class TestImagingReportText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindOfValue()
    {
        DataSetValue when = content::item(Relation::Contains, "DATETIME", named("Observed"));
        when.setText(0x0040A120, QStringLiteral("20261120101530"));
        const ReferencedInstance image{base::oid("sopCt").text(), QStringLiteral("2.25.7"), {3}};
        const auto lines = reportLines(throughBytes(document(
            {content::container(Relation::Contains, named("소견"),
                 {content::textItem(Relation::Contains, named("Finding"), QStringLiteral("결절\n둘째 줄")),
                     number("Diameter", "12.5", "mm"), number("Count", "2", "1")}),
                content::codeItem(Relation::Contains, named("Side"), named("왼쪽")),
                content::personItem(Relation::HasObservation, named("Observer"), QStringLiteral("김^의사")),
                when, content::referenceItem(Relation::Contains, {}, image)})));
        QVERIFY(lines);
        QCOMPARE(lines->size(), std::size_t(9));
        QVERIFY(lines->front().heading);
        QCOMPARE(lines->front().name, QStringLiteral("판독"));
        QCOMPARE(lines->at(1).name, QStringLiteral("소견"));
        QCOMPARE(lines->at(2).value, QStringLiteral("결절\n둘째 줄"));
        QCOMPARE(lines->at(2).depth, 2);
        QCOMPARE(lines->at(3).value, QStringLiteral("12.5 mm"));
        QCOMPARE(lines->at(4).value, QStringLiteral("2")); // a number without a unit
        QCOMPARE(lines->at(5).value, QStringLiteral("왼쪽"));
        QCOMPARE(lines->at(6).value, QStringLiteral("김^의사"));
        QCOMPARE(lines->at(7).value, QStringLiteral("2026-11-20 10:15"));
        QVERIFY(lines->at(8).image);
        QCOMPARE(lines->at(8).image->sopUid, QStringLiteral("2.25.7"));
        QCOMPARE(lines->at(8).image->frames, std::vector<int>{3});
    }
    void tooMuch()
    {
        DataSetValue deep = content::textItem(Relation::Contains, named("x"), QStringLiteral("x"));
        for (int i = 0; i < 80; ++i)
            deep = content::container(Relation::Contains, named("y"), {deep});
        const auto nested = reportLines(document({deep}));
        QVERIFY(!nested && nested.error().is(errors::TooLarge));
        const DataSetValue line = content::textItem(Relation::Contains, named("x"), QStringLiteral("x"));
        const auto wide = reportLines(document(std::vector<DataSetValue>(20'001, line)));
        QVERIFY(!wide && wide.error().is(errors::TooLarge));
        const auto thick = reportLines(document(
            {content::textItem(Relation::Contains, named("x"), QString(2'000'000, QLatin1Char('x')))}));
        QVERIFY(!thick && thick.error().is(errors::TooLarge));
        const auto none = reportLines(DataSetValue());
        QVERIFY(!none && none.error().is(errors::WrongObject));
    }
};

QTEST_GUILESS_MAIN(TestImagingReportText)
#include "tst_imaging_report_text.moc"
