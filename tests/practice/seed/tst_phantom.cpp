// The images of the practice exchange: read by the workstation's own reader, and true in size and value.
#include "app/practice/seed/imaging/Phantom.h"
#include "app/practice/seed/imaging/SeedStudy.h"
#include "app/practice/seed/imaging/Tags.h"
#include "core/imaging/objects/KeyObjects.h"
#include "core/imaging/render/Render.h"
#include "tests/core/imaging/read/TestImage.h"

#include <QtTest>

using namespace naru;
using namespace naru::practice;
using naru::imaging::test::openBytes;

namespace {
SeedStudy study(const char *kind)
{
    SeedStudy out;
    out.kind = QLatin1String(kind);
    out.studyUid = QStringLiteral("2.25.4711.20261120101500.12340");
    out.accession = QStringLiteral("A00012340");
    out.description = QStringLiteral("흉부 CT");
    out.time = QStringLiteral("20261120101500");
    out.patientName = QStringLiteral("홍^길동==홍^길동");
    out.patientId = QStringLiteral("00123456");
    out.issuer = QStringLiteral("나루병원");
    out.birth = QStringLiteral("19610302");
    out.sex = QStringLiteral("M");
    out.institution = QStringLiteral("나루병원");
    return out;
}

imaging::Frame frameOf(imaging::Instance &instance)
{
    auto memory = std::make_shared<std::vector<std::byte>>(instance.shape().bytes());
    if (!instance.decode(0, *memory))
        return {};
    return {instance.shape(), memory, *memory};
}
} // namespace

class TestPhantom : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyImageIsRead_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"CT CHEST", "CT ABDOMEN", "CT HEAD", "MR HEAD", "MR LSPINE", "CR CHEST",
                 "CR WRIST", "US ABDOMEN", "US THYROID", "US BREAST", "MG BREAST"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void everyImageIsRead()
    {
        QFETCH(QString, kind);
        const SeedStudy one = study(kind.toLatin1().constData());
        QVERIFY(!one.series().empty());
        QSet<QString> uids;
        for (const PhantomSeries &series : one.series()) {
            const QByteArray file = imageFile(one, series, series.images / 2);
            if (series.rows < 1000) // radiographs take long under a sanitizer
                QCOMPARE(file, imageFile(one, series, series.images / 2));
            auto instance = openBytes(file);
            QVERIFY2(instance.ok(), qPrintable(series.description));
            const imaging::ImageFacts &facts = (*instance)->facts();
            QVERIFY(facts.decodable);
            QCOMPARE(facts.notes, QStringList());
            QCOMPARE(facts.rows, series.rows);
            QCOMPARE(facts.columns, series.columns);
            QCOMPARE(facts.modality, series.modality);
            QCOMPARE(facts.patientName, one.patientName);
            QCOMPARE(facts.studyUid, one.studyUid);
            QVERIFY(facts.sopUid.size() <= 64);
            QVERIFY(!uids.contains(facts.sopUid));
            uids.insert(facts.sopUid);
            const imaging::Frame frame = frameOf(**instance);
            QVERIFY(!frame.data.empty());
            const auto raster = imaging::render(frame, facts, 0);
            QVERIFY(raster.ok());
            const auto [low, high] = std::minmax_element(raster->bytes.cbegin(), raster->bytes.cend(),
                [](char a, char b) { return uchar(a) < uchar(b); });
            QVERIFY2(uchar(*high) - uchar(*low) > 100, "a picture without contrast");
            if (qEnvironmentVariableIsSet("NARU_PHANTOM_FOLDER")) {
                QFile out(qEnvironmentVariable("NARU_PHANTOM_FOLDER")
                    + QStringLiteral("/%1 %2.dcm").arg(kind).arg(series.number));
                QVERIFY(out.open(QIODevice::WriteOnly) && out.write(file) == file.size());
            }
        }
    }

    // The nodule of the chest is 10 mm and 38 HU.
    void sizesAndValuesAreTrue()
    {
        const SeedStudy one = study("CT CHEST");
        const auto axial = std::find_if(one.series().begin(), one.series().end(),
            [](const PhantomSeries &series) { return series.plane == QLatin1String("axial"); });
        QVERIFY(axial != one.series().end());
        double nearest = 1e9;
        QByteArray file;
        for (int i = 0; i < axial->images; ++i) {
            const DicomObject header = imageHeader(one, *axial, i);
            const double z = header.value(tag::ImagePosition).split(QLatin1Char('\\')).at(2).toDouble();
            if (std::abs(z - 32) < nearest) {
                nearest = std::abs(z - 32);
                file = imageFile(one, *axial, i);
            }
        }
        QVERIFY(nearest <= axial->step / 2);
        auto instance = openBytes(file);
        QVERIFY(instance.ok());
        const imaging::ImageFacts &facts = (*instance)->facts();
        const imaging::FrameFacts &place = facts.frame(0);
        const imaging::Frame frame = frameOf(**instance);
        const int column = int(std::lround((-72 - place.position[0]) / place.spacingColumn));
        const int row = int(std::lround((-22 - place.position[1]) / place.spacingRow));
        double sum = 0;
        for (int dy = -2; dy <= 2; ++dy) {
            for (int dx = -2; dx <= 2; ++dx) {
                const imaging::Probe probe = imaging::probe(frame, facts, 0, row + dy, column + dx);
                QCOMPARE(probe.unit, QStringLiteral("HU"));
                sum += probe.value;
            }
        }
        QVERIFY2(std::abs(sum / 25 - 38) < 6, qPrintable(QString::number(sum / 25)));
        int wide = 0;
        for (int x = column - 15; x <= column + 15; ++x)
            wide += imaging::probe(frame, facts, 0, row, x).value > -400 ? 1 : 0;
        const double expected = 10 * std::sqrt(1 - nearest * nearest / 25) / place.spacingColumn;
        QVERIFY2(std::abs(wide - expected) <= 1, qPrintable(QStringLiteral("%1 %2").arg(wide).arg(expected)));
    }

    void theManifestNamesEveryImage()
    {
        const SeedStudy one = study("CT CHEST");
        auto instance = openBytes(
            manifestFile(one, QStringLiteral("2.25.99"), QStringLiteral("https://127.0.0.1:1/dicomweb")));
        QVERIFY(instance.ok());
        const auto set = (*instance)->dataSet({});
        QVERIFY(set.ok());
        const auto manifest = imaging::keyObjectsOf(*set);
        QVERIFY(manifest.ok());
        QCOMPARE(manifest->studies.size(), std::size_t(1));
        QCOMPARE(manifest->studies.front().series.size(), one.series().size());
        std::size_t images = 0;
        for (const imaging::ReferencedSeries &series : manifest->studies.front().series) {
            QCOMPARE(series.retrieveLocationUid, QStringLiteral("2.25.99"));
            images += series.instances.size();
        }
        QCOMPARE(images, std::size_t(1 + 60 + 40));
    }

    void wordsOfAStudyComeBack()
    {
        const SeedStudy one = study("MR HEAD");
        QCOMPARE(SeedStudy::fromJson(one.toJson()).toJson(), one.toJson());
        QCOMPARE(SeedStudy::fromJson(one.toJson()).patientName, one.patientName);
    }
};

QTEST_GUILESS_MAIN(TestPhantom)
#include "tst_phantom.moc"
