// What an instance says of itself: geometry, functional groups, calibration, times, tables, overlays; and
// that an attribute which cannot be read hurts no other.
#include "core/imaging/Errors.h"
#include "tests/core/imaging/read/OpenedImage.h"

#include <QtTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;
using Written = DicomWriter::Encoding;

class TestImagingFacts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFrameOfMany()
    {
        TestImage image{.rows = 1, .columns = 2, .frames = 3};
        image.pixels = words({1, 2, 3, 4, 5, 6});
        const auto instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(samplesOf<quint16>(*instance, 2), (QList<quint16>{5, 6}));
        std::vector<std::byte> out(instance->shape().bytes());
        for (const int frame : {-1, 3, INT_MAX}) {
            const base::Status status = instance->decode(frame, out);
            QVERIFY(!status && status.error().is(errors::FrameMissing));
        }
    }

    // Per-frame groups win over shared ones, shared ones over the top level; what is missing comes from
    // above.
    void functionalGroups()
    {
        const auto transformation = [](const char *slope, const char *intercept) {
            return DicomWriter()
                .text(0x00281052, "DS", intercept)
                .text(0x00281053, "DS", slope)
                .text(0x00281054, "LO", "HU")
                .dataSet();
        };
        const auto position = [](const char *where) {
            return DicomWriter()
                .sequence(0x00209113, {DicomWriter().text(0x00200032, "DS", where).dataSet()}, false)
                .dataSet();
        };
        const QByteArray shared =
            DicomWriter()
                .sequence(0x00209116, {DicomWriter().text(0x00200037, "DS", "1\\0\\0\\0\\1\\0").dataSet()})
                .sequence(0x00289110,
                    {DicomWriter()
                            .text(0x00180050, "DS", "2.5")
                            .text(0x00280030, "DS", "0.5\\0.7")
                            .dataSet()})
                .sequence(0x00289145, {transformation("2", "-1000")})
                .dataSet();
        const QByteArray own = DicomWriter()
                                   .sequence(0x00289145, {transformation("3", "-10")})
                                   .sequence(0x00289132,
                                       {DicomWriter()
                                               .text(0x00281050, "DS", "40\\300")
                                               .text(0x00281051, "DS", "400\\1500")
                                               .text(0x00281056, "CS", "SIGMOID")
                                               .dataSet()})
                                   .dataSet();
        TestImage image{.rows = 1, .columns = 1, .frames = 2};
        image.pixels = words({1, 2});
        image.between = DicomWriter()
                            .text(0x00281052, "DS", "7") // of the top level: hidden
                            .text(0x00281053, "DS", "9")
                            .sequence(0x52009229, {shared}, false)
                            .sequence(0x52009230, {position("0\\0\\5"), position("0\\0\\7.5") + own}, false)
                            .dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance);
        const ImageFacts &facts = instance->facts();
        QCOMPARE(facts.frameFacts.size(), std::size_t(2));
        QCOMPARE(facts.frame(0).slope, 2.0);
        QCOMPARE(facts.frame(0).intercept, -1000.0);
        QCOMPARE(facts.frame(1).slope, 3.0);
        QVERIFY(facts.frame(0).hasPosition && facts.frame(1).hasPosition);
        QCOMPARE(facts.frame(1).position[2], 7.5);
        QCOMPARE(facts.frame(0).spacingColumn, 0.7);
        QCOMPARE(facts.frame(1).sliceThickness, 2.5);
        QVERIFY(facts.frame(0).windows.empty());
        QCOMPARE(facts.frame(1).windows.size(), std::size_t(2));
        QCOMPARE(facts.frame(1).voi, VoiFunction::Sigmoid);
        QCOMPARE(facts.frame(2), FrameFacts{}); // never a crash
    }

    // PS3.3 C.8.7.5: of an arm that moves the first frame's angle and steps from it.
    void armOfAngiography()
    {
        const auto arm = [](const QByteArray &modality, const QByteArray &motion, const QByteArray &primary,
                             const QByteArray &steps) {
            DicomWriter w;
            w.text(0x00080060, "CS", modality).text(0x00181500, "CS", motion);
            w.text(0x00181510, "DS", primary).text(0x00181511, "DS", "20.4");
            if (!steps.isEmpty())
                w.text(0x00181520, "DS", steps).text(0x00181521, "DS", "0\\0\\-1");
            TestImage image{.rows = 1, .columns = 1, .frames = 3};
            image.pixels = words({1, 2, 3});
            image.before = w.dataSet();
            const auto instance = opened(image.file());
            return instance ? instance->facts() : ImageFacts();
        };
        const ImageFacts still = arm("XA", "STATIC", "-30.2", {});
        QCOMPARE(still.frame(0).primaryAngle.value_or(0), -30.2);
        QCOMPARE(still.frame(2).primaryAngle.value_or(0), -30.2);
        QCOMPARE(still.frame(2).secondaryAngle.value_or(0), 20.4);
        const ImageFacts turning = arm("XA", "DYNAMIC", "-30.2", "0\\0.5\\1");
        QCOMPARE(turning.frame(0).primaryAngle.value_or(0), -30.2);
        QCOMPARE(turning.frame(2).primaryAngle.value_or(0), -29.2);
        QCOMPARE(turning.frame(2).secondaryAngle.value_or(0), 19.4);
        const ImageFacts unsaid = arm("XA", "DYNAMIC", "-30.2", {});
        QVERIFY(unsaid.frame(0).primaryAngle && !unsaid.frame(1).primaryAngle);
        QVERIFY(!arm("XA", "DYNAMIC", "-30.2", "0\\0.5").frame(1).primaryAngle); // one is missing
        const ImageFacts wrong = arm("XA", "STATIC", "270", {});
        QVERIFY(!wrong.frame(0).primaryAngle && wrong.frame(0).secondaryAngle && !wrong.notes.isEmpty());
        QVERIFY(!arm("MG", "STATIC", "-30.2", {}).frame(0).primaryAngle); // another meaning there
    }

    // Of enhanced objects each frame says it itself, whatever the arm did.
    void armOfEnhancedAngiography()
    {
        const auto angle = [](const char *degrees) {
            return DicomWriter()
                .sequence(0x00189405, {DicomWriter().text(0x00181510, "DS", degrees).dataSet()}, false)
                .dataSet();
        };
        TestImage image{.rows = 1, .columns = 1, .frames = 2};
        image.pixels = words({1, 2});
        image.before = DicomWriter().text(0x00080060, "CS", "XA").text(0x00181500, "CS", "DYNAMIC").dataSet();
        image.between = DicomWriter().sequence(0x52009230, {angle("10"), angle("-12")}, false).dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(instance->facts().frame(0).primaryAngle.value_or(0), 10.0);
        QCOMPARE(instance->facts().frame(1).primaryAngle.value_or(0), -12.0);
        QVERIFY(!instance->facts().frame(1).secondaryAngle);
    }

    // Fewer groups than frames: what is said of all frames holds for the others, what is said of one does
    // not.
    void fewerGroupsThanFrames_data()
    {
        QTest::addColumn<int>("groups");
        QTest::newRow("one of three") << 1;
        QTest::newRow("two of three") << 2;
    }
    void fewerGroupsThanFrames()
    {
        QFETCH(const int, groups);
        const QByteArray place = DicomWriter().text(0x00200032, "DS", "0\\0\\5").dataSet();
        const QByteArray orientation = DicomWriter().text(0x00200037, "DS", "1\\0\\0\\0\\1\\0").dataSet();
        const QByteArray values =
            DicomWriter().text(0x00281052, "DS", "-1024").text(0x00281053, "DS", "2").dataSet();
        const QByteArray shared =
            DicomWriter().sequence(0x00209116, {orientation}).sequence(0x00289145, {values}).dataSet();
        const QByteArray own = DicomWriter().sequence(0x00209113, {place}, false).dataSet();
        TestImage image{.rows = 1, .columns = 1, .frames = 3};
        image.pixels = words({1, 2, 3});
        image.between = DicomWriter()
                            .sequence(0x52009229, {shared}, false)
                            .sequence(0x52009230, QByteArrayList(groups, own), false)
                            .dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance);
        const ImageFacts &facts = instance->facts();
        QVERIFY(facts.frame(groups - 1).hasPosition);
        for (int frame = groups; frame < 3; ++frame) {
            QVERIFY(!facts.frame(frame).hasPosition);
            QVERIFY(facts.frame(frame).hasRescale);
            QCOMPARE(facts.frame(frame).intercept, -1024.0);
        }
    }

    void spacingNamesItsSource_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("between");
        QTest::addColumn<int>("source");
        const QByteArray detector = DicomWriter().text(0x00181164, "DS", "0.2\\0.2").dataSet();
        const QByteArray same = DicomWriter().text(0x00280030, "DS", "0.2\\0.2").dataSet();
        const QByteArray other = DicomWriter().text(0x00280030, "DS", "0.15\\0.15").dataSet();
        const QByteArray typed = DicomWriter().text(0x00280A02, "CS", "FIDUCIAL").dataSet();
        QTest::newRow("none") << QByteArray() << QByteArray() << int(SpacingSource::None);
        QTest::newRow("plain") << QByteArray() << same << int(SpacingSource::PixelSpacing);
        QTest::newRow("detector alone") << detector << QByteArray() << int(SpacingSource::ImagerPixelSpacing);
        QTest::newRow("equal") << detector << same << int(SpacingSource::ImagerPixelSpacing);
        QTest::newRow("different") << detector << other << int(SpacingSource::Calibrated);
        QTest::newRow("named") << QByteArray() << other + typed << int(SpacingSource::Calibrated);
        QTest::newRow("zero") << QByteArray() << DicomWriter().text(0x00280030, "DS", "0\\0").dataSet()
                              << int(SpacingSource::None);
        QTest::newRow("words") << QByteArray() << DicomWriter().text(0x00280030, "DS", "wide").dataSet()
                               << int(SpacingSource::None);
    }

    void spacingNamesItsSource()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, between);
        QFETCH(int, source);
        TestImage image;
        image.pixels = words({0, 0, 0, 0, 0, 0});
        image.before = DicomWriter().text(0x00080060, "CS", "DX").dataSet() + before;
        image.between = between;
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        QCOMPARE(int(instance->facts().frame(0).spacingSource), source);
    }

    void ultrasoundRegionInCentimetres()
    {
        const QByteArray region = DicomWriter()
                                      .ul(0x00186018, {10})
                                      .ul(0x0018601A, {20})
                                      .ul(0x0018601C, {100})
                                      .ul(0x0018601E, {200})
                                      .us(0x00186024, {3})
                                      .us(0x00186026, {3})
                                      .fd(0x0018602C, {0.05})
                                      .fd(0x0018602E, {0.04})
                                      .dataSet();
        TestImage image;
        image.pixels = words({0, 0, 0, 0, 0, 0});
        image.before = DicomWriter().text(0x00080060, "CS", "US").sequence(0x00186011, {region}).dataSet();
        auto instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(instance->facts().regions.size(), std::size_t(1));
        QCOMPARE(instance->facts().regions[0].bottom, 200);
        QCOMPARE(instance->facts().frame(0).spacingSource, SpacingSource::UltrasoundRegion);
        QCOMPARE(instance->facts().frame(0).spacingRow, 0.4);
        // Two regions: the image as a whole has no spacing.
        image.before =
            DicomWriter().text(0x00080060, "CS", "US").sequence(0x00186011, {region, region}).dataSet();
        instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(instance->facts().frame(0).spacingSource, SpacingSource::None);
    }

    void frameTimesFromTheVector()
    {
        TestImage image{.rows = 1, .columns = 1, .frames = 3};
        image.pixels = words({1, 2, 3});
        image.before =
            DicomWriter().text(0x00080060, "CS", "US").text(0x00181065, "DS", "0\\40\\60").dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(instance->facts().frame(0).frameTime, 40.0);
        QCOMPARE(instance->facts().frame(1).frameTime, 60.0);
    }

    void lutsAndPalettes()
    {
        const QByteArray voi = DicomWriter()
                                   .us(0x00283002, {4, 0, 8})
                                   .text(0x00283003, "LO", "soft")
                                   .put(0x00283006, "OW", words({0, 10, 20, 255}))
                                   .dataSet();
        const QByteArray cut = DicomWriter().us(0x00283002, {9, 0, 8}).us(0x00283006, {1, 2}).dataSet();
        const QByteArray modality = DicomWriter()
                                        .ss(0x00283002, {3, -1, 16})
                                        .text(0x00283004, "LO", "HU")
                                        .us(0x00283006, {7, 8, 9})
                                        .dataSet();
        TestImage image;
        image.pixels = words({0, 0, 0, 0, 0, 0});
        image.isSigned = true;
        image.photometric = "PALETTE COLOR";
        DicomWriter w;
        for (quint32 channel = 0; channel < 3; ++channel)
            w.us(0x00281101 + channel, {8, 0, 16});
        // Red as it is; green as segments: two discrete values, then linear over six; blue repeats them.
        w.put(0x00281201, "OW", words({1, 2, 3, 4, 5, 6, 7, 8}));
        w.put(0x00281222, "OW", words({0, 2, 100, 200, 1, 6, 800}));
        w.put(0x00281223, "OW", words({0, 2, 5, 6, 2, 1, 0, 0, 1, 4, 10}));
        w.sequence(0x00283000, {modality}).sequence(0x00283010, {voi, cut});
        image.between = w.dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance);
        const ImageFacts &facts = instance->facts();
        QVERIFY(facts.modalityLut && facts.palette);
        QCOMPARE(facts.modalityLut->first, -1);
        QCOMPARE(facts.modalityLut->type, QStringLiteral("HU"));
        QCOMPARE(facts.voiLuts.size(), std::size_t(1)); // the one cut short is left out and named
        QCOMPARE(facts.voiLuts[0].explanation, QStringLiteral("soft"));
        QVERIFY(facts.notes.contains(QStringLiteral("a VOI LUT is unreadable")));
        QCOMPARE(
            facts.palette->green.entries, (std::vector<quint16>{100, 200, 300, 400, 500, 600, 700, 800}));
        QCOMPARE(facts.palette->blue.entries, (std::vector<quint16>{5, 6, 5, 6, 7, 8, 9, 10}));
    }

    void overlaysPackedAndEmbedded()
    {
        TestImage image{.rows = 2, .columns = 4};
        image.pixels = words({0x8001, 2, 3, 0x8004, 5, 6, 7, 8}); // bit 15 is an overlay
        image.between = DicomWriter()
                            .us(0x60000010, {2})
                            .us(0x60000011, {4})
                            .text(0x60000040, "CS", "G")
                            .ss(0x60000050, {1, 1})
                            .us(0x60000100, {1})
                            .us(0x60000102, {0})
                            .put(0x60003000, "OW", QByteArray("\x5A\0", 2))
                            .us(0x60020010, {2})
                            .us(0x60020011, {4})
                            .us(0x60020100, {16})
                            .us(0x60020102, {15})
                            .dataSet();
        const auto instance = opened(image.file());
        QVERIFY(instance);
        const auto &overlays = instance->facts().overlays;
        QCOMPARE(overlays.size(), std::size_t(2));
        QCOMPARE(overlays[0].bits.left(1), QByteArray("\x5A"));
        QCOMPARE(overlays[1].embeddedBit, 15);
        QCOMPARE(overlays[1].bits, QByteArray("\x09"));
        QCOMPARE(samplesOf<quint16>(*instance), (QList<quint16>{1, 2, 3, 4, 5, 6, 7, 8}));
    }

    // An attribute that makes no sense costs itself alone (complaint 31).
    void eachAttributeFailsAlone()
    {
        struct Row {
            quint32 tag;
            const char *vr;
            QByteArray value;
        };
        const auto written = [](const QList<Row> &rows) {
            DicomWriter writer;
            for (const Row &row : rows)
                writer.text(row.tag, row.vr, row.value);
            return writer.dataSet();
        };
        TestImage image;
        image.pixels = words({1, 2, 3, 4, 5, 6});
        image.before = written({{0x00080060, "CS", "CT"}, {0x00180050, "DS", "thick"},
            {0x00200013, "IS", "first"}, {0x00200020, "CS", "??\\\x80\xFF"}, {0x00200032, "DS", "1\\2"},
            {0x00200037, "DS", "1\\0\\0\\0\\one\\0"}});
        image.between = written({{0x00280034, "IS", "0\\0"}, {0x00281050, "DS", "forty"},
            {0x00281051, "DS", "0"}, {0x00281053, "DS", "NaN"}});
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        QVERIFY(!instance->facts().frame(0).hasPosition);
        QVERIFY(instance->facts().frame(0).windows.empty());
        QVERIFY(instance->facts().notes.size() >= 5);
        QCOMPARE(samplesOf<quint16>(*instance).first(), quint16(1));
    }

    void documentsAndVideos()
    {
        const QByteArray document = "%PDF-1.4 small\n";
        const QByteArray pdf = DicomWriter()
                                   .text(0x00080016, "UI", uid("sopPdf"))
                                   .put(0x00420011, "OB", document, '\0')
                                   .ul(0x00420015, {quint32(document.size())})
                                   .dataSet();
        auto instance = opened(DicomWriter::file(pdf, uid("tsExplicitLE"), uid("sopPdf")));
        QVERIFY(instance);
        QCOMPARE(instance->facts().kind, Kind::Pdf);
        QVERIFY(!instance->facts().decodable);
        const auto payload = instance->payload(1000);
        QVERIFY(payload);
        QCOMPARE(*payload, document);
        const auto small = instance->payload(3);
        QVERIFY(!small && small.error().is(errors::TooLarge));

        TestImage image{.syntax = "tsMpeg4High", .rows = 2, .columns = 2, .frames = 90, .samples = 3};
        image.photometric = "YBR_PARTIAL_420";
        image.allocated = image.stored = 8;
        image.high = 7;
        image.fragments = {"not really a film"};
        instance = opened(image.file());
        QVERIFY(instance);
        QCOMPARE(instance->facts().kind, Kind::Video);
        QCOMPARE(instance->facts().whyNot, QLatin1String(errors::Video.id));
        QVERIFY(instance->payload(1000));
    }
};

QTEST_APPLESS_MAIN(TestImagingFacts)
#include "tst_imaging_facts.moc"
