// Manifests as they arrive: written here and read back, and what hostile ones meet.
#include "core/base/Oid.h"
#include "core/services/Errors.h"
#include "core/services/images/Manifests.h"

#include <QTest>

#include <functional>

using namespace naru;
using namespace naru::services;

namespace {
imaging::KeyObjectDocument manifest()
{
    imaging::KeyObjectDocument out;
    out.title = imaging::code("manifest");
    out.header.subject.studyUid = QStringLiteral("2.25.1");
    out.header.subject.patientName = QStringLiteral("HONG^GILDONG==홍^길동");
    out.header.subject.birthDate = QStringLiteral("19610302");
    out.header.subject.sex = QStringLiteral("M");
    imaging::ReferencedSeries series;
    series.seriesUid = QStringLiteral("2.25.1.1");
    series.retrieveLocationUid = QStringLiteral("2.25.9");
    series.retrieveAeTitle = QStringLiteral("ARCHIVE");
    for (int i = 1; i <= 3; ++i)
        series.instances.push_back({base::oid("sopCt").text(), QStringLiteral("2.25.1.1.%1").arg(i), {}});
    out.studies.push_back({QStringLiteral("2.25.1"), {series}});
    return out;
}

clinical::Patient chart()
{
    clinical::Patient out;
    out.name = QStringLiteral("홍길동");
    out.birthDate = base::Timestamp::fromDate(QDate(1961, 3, 2));
    out.sex = clinical::Sex::Male;
    return out;
}

using Spoil = std::function<void(imaging::KeyObjectDocument &)>;
} // namespace
Q_DECLARE_METATYPE(Spoil)

class TestServicesManifest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readBack()
    {
        const auto set = imaging::toDataSet(manifest());
        QVERIFY(set);
        const auto read = manifestOf(*set);
        QVERIFY(read);
        QCOMPARE(read->studies, manifest().studies);
    }

    void hostile_data()
    {
        QTest::addColumn<Spoil>("spoil");
        QTest::newRow("study-uid-is-a-path")
            << Spoil([](auto &m) { m.studies[0].studyUid = QStringLiteral("../../etc"); });
        QTest::newRow("series-uid-with-a-quote")
            << Spoil([](auto &m) { m.studies[0].series[0].seriesUid = QStringLiteral("1.2'--"); });
        QTest::newRow("instance-uid-too-long") << Spoil(
            [](auto &m) { m.studies[0].series[0].instances[0].sopUid = QString(65, QLatin1Char('1')); });
        QTest::newRow("location-is-an-address") << Spoil([](auto &m) {
            m.studies[0].series[0].retrieveLocationUid = QStringLiteral("https://elsewhere.invalid");
        });
        QTest::newRow("too-many-images") << Spoil([](auto &m) {
            auto &all = m.studies[0].series[0].instances;
            for (int i = 0; i < 20'001; ++i)
                all.push_back({base::oid("sopCt").text(), QStringLiteral("2.25.7.%1").arg(i), {}});
        });
        QTest::newRow("too-many-studies") << Spoil([](auto &m) {
            for (int i = 0; i < 101; ++i) {
                auto study = m.studies[0];
                study.studyUid = QStringLiteral("2.25.8.%1").arg(i);
                m.studies.push_back(study);
            }
        });
    }
    void hostile()
    {
        QFETCH(Spoil, spoil);
        imaging::KeyObjectDocument document = manifest();
        spoil(document);
        const auto set = imaging::toDataSet(document);
        QVERIFY(set);
        const auto read = manifestOf(*set);
        QVERIFY(!read);
        QVERIFY2(read.error().is(errors::BadManifest), qPrintable(read.error().toString()));
    }

    void nothingReferredTo()
    {
        auto set = imaging::toDataSet(manifest());
        QVERIFY(set);
        set->remove(0x0040A375);
        QVERIFY(!manifestOf(*set));
        auto image = imaging::toDataSet(manifest());
        image->setText(0x00080016, base::oid("sopCt").text());
        const auto read = manifestOf(*image);
        QVERIFY(!read && read.error().is(errors::BadManifest));
        QVERIFY(!manifestOf(imaging::DataSetValue()));
    }

    void whose()
    {
        imaging::KeyObjectDocument document = manifest();
        QVERIFY(!namesAnother(chart(), document));
        document.header.subject.birthDate = QStringLiteral("19610303"); // a slip of the other desk
        QVERIFY(!namesAnother(chart(), document));
        document.header.subject.patientName = QStringLiteral("KIM^NARU==김^나루");
        QVERIFY(namesAnother(chart(), document));
    }
};

QTEST_GUILESS_MAIN(TestServicesManifest)
#include "tst_services_manifest.moc"
