// Files made to hurt, each named for its fault: one clear error, soon, or an image.
#include "core/imaging/Errors.h"
#include "tests/core/imaging/read/TestImage.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;
using Written = DicomWriter::Encoding;

class TestImagingHostile : public QObject {
    Q_OBJECT

    static QByteArray nested(int levels, Written encoding)
    {
        const DicomWriter w(encoding);
        QByteArray out;
        for (int i = 0; i < levels; ++i) {
            DicomWriter level(encoding);
            level.header(0x00081140, "SQ", 0xFFFFFFFF);
            out += level.dataSet() + w.delimiter(0xFFFEE000, 0xFFFFFFFF);
        }
        return out;
    }
    // Opens and decodes what claims to be decodable; the code of the first error.
    static QString outcome(const QByteArray &bytes)
    {
        const auto instance = openBytes(bytes);
        if (!instance)
            return QString::fromLatin1(instance.error().code.id);
        const ImageFacts &facts = (*instance)->facts();
        if (!facts.decodable)
            return facts.whyNot;
        for (int frame = 0; frame < qMin(facts.frames, 4); ++frame) {
            std::vector<std::byte> out((*instance)->shape().bytes());
            if (const auto status = (*instance)->decode(frame, out); !status)
                return QString::fromLatin1(status.error().code.id);
        }
        return QStringLiteral("image");
    }

private Q_SLOTS:
    void faults_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QString>("expected");
        const auto id = [](const base::ErrorCode &code) { return QString::fromLatin1(code.id); };
        const QString shown = QStringLiteral("image");
        TestImage good;
        good.pixels = words({1, 2, 3, 4, 5, 6});

        QTest::newRow("empty") << QByteArray() << id(errors::NotDicom);
        QTest::newRow("one byte") << QByteArray("D") << id(errors::NotDicom);
        QTest::newRow("text") << QByteArray(5000, 'x') << id(errors::NotDicom);
        QTest::newRow("zeros") << QByteArray(5000, '\0') << id(errors::NotDicom);
        QTest::newRow("prefix only") << QByteArray(128, '\0') + "DICM" << id(errors::Truncated);
        QTest::newRow("meta header only")
            << DicomWriter::file({}, uid("tsExplicitLE"), "1.2.3") << id(errors::Truncated);
        QTest::newRow("cut in the pixels") << good.file().chopped(4) << id(errors::PixelsTruncated);
        QTest::newRow("cut before the pixels") << good.file().chopped(25) << id(errors::Truncated);

        for (const int levels : {100, 10'000}) {
            TestImage deep = good;
            deep.before = nested(levels, Written::ExplicitLE);
            QTest::addRow("%d nested sequences", levels) << deep.file() << id(errors::TooDeep);
            deep.encoding = Written::ImplicitLE;
            deep.syntax = "tsImplicitLE";
            deep.before = nested(levels, Written::ImplicitLE);
            QTest::addRow("%d nested sequences, implicit", levels) << deep.file() << id(errors::TooDeep);
        }
        TestImage definite = good;
        QByteArray inner = DicomWriter().text(0x00080050, "SH", "x").dataSet();
        for (int i = 0; i < 3000; ++i)
            inner = DicomWriter().sequence(0x00081140, {inner}).dataSet();
        definite.before = inner;
        QTest::newRow("3000 nested sequences of known length") << definite.file() << shown;

        TestImage longer = good;
        longer.before = DicomWriter().header(0x00081030, "UT", 0xFFFFFFF0).dataSet();
        QTest::newRow("length of 4 GiB") << longer.file() << id(errors::Truncated);
        TestImage undefinedText = good;
        undefinedText.before = DicomWriter().header(0x00081030, "UT", 0xFFFFFFFF).dataSet();
        QTest::newRow("undefined length of a text") << undefinedText.file() << id(errors::Truncated);
        TestImage strayEnd = good;
        strayEnd.before = DicomWriter().text(0x00080060, "CS", "CT").dataSet()
            + DicomWriter().delimiter(0xFFFEE0DD, 0) + DicomWriter().delimiter(0xFFFEE00D, 0);
        QTest::newRow("stray delimiters") << strayEnd.file() << shown;

        TestImage bomb = good;
        bomb.rows = bomb.columns = 65535;
        QTest::newRow("65535 x 65535 in 12 bytes") << bomb.file() << id(errors::TooLarge);
        bomb.fragments = {"\xFF\xD8\xFF"};
        bomb.syntax = "tsJpegBaseline";
        QTest::newRow("65535 x 65535 compressed") << bomb.file() << id(errors::TooLarge);
        TestImage wide = good;
        wide.rows = wide.columns = 20'000;
        QTest::newRow("20000 x 20000 in 12 bytes") << wide.file() << id(errors::TooLarge);
        wide.rows = wide.columns = 8192;
        QTest::newRow("8192 x 8192 in 12 bytes") << wide.file() << id(errors::PixelsTruncated);
        wide.syntax = "tsRle";
        wide.fragments = {QByteArray("\2\0\0\0\x40\0\0\0\x44\0\0\0", 12) + QByteArray(52, '\0')
            + QByteArray("\x81\0\x81\0\x81\0\x81\0", 8)};
        QTest::newRow("8192 x 8192 in 8 bytes of runs") << wide.file() << id(errors::CodecFailed);
        TestImage many = good;
        many.frames = 2'000'000'000;
        QTest::newRow("2000000000 frames") << many.file() << id(errors::PixelsTruncated);
        TestImage none = good;
        none.rows = 0;
        QTest::newRow("no rows") << none.file() << id(errors::BadGeometry);
        TestImage odd = good;
        odd.allocated = 13;
        QTest::newRow("13 bits allocated") << odd.file() << shown; // packed, as of ACR-NEMA
        odd.allocated = 0;
        QTest::newRow("no bits allocated") << odd.file() << id(errors::BadGeometry);
        odd.allocated = 40;
        QTest::newRow("40 bits allocated") << odd.file() << id(errors::BadGeometry);
        TestImage over = good;
        over.stored = 40;
        over.high = 99;
        QTest::newRow("more bits stored than allocated") << over.file() << shown;
        TestImage four = good;
        four.samples = 4;
        QTest::newRow("four samples") << four.file() << id(errors::UnsupportedColour);
        TestImage samples = good;
        samples.samples = 65535;
        QTest::newRow("65535 samples") << samples.file() << id(errors::UnsupportedColour);

        TestImage unknown = good;
        unknown.syntax = "tsJxl";
        unknown.fragments = {"xx"};
        QTest::newRow("JPEG XL") << unknown.file() << id(errors::UnsupportedSyntax);
        TestImage empty = good;
        empty.syntax = "tsRle";
        empty.fragments = {QByteArray()};
        QTest::newRow("empty fragment") << empty.file() << id(errors::CodecFailed);
        TestImage lying = good;
        lying.syntax = "tsEncapsulatedUncompressed";
        lying.frames = 3;
        lying.fragments = {words({1, 2, 3, 4, 5, 6})};
        lying.offsets = {0, 0xFFFFFFFF, 7};
        QTest::newRow("offset table beyond the file, frames missing")
            << lying.file() << id(errors::FrameMissing);
        // Below 1 KB; the marker that has no length sends some decoders into an endless loop.
        TestImage tem = good;
        tem.syntax = "tsJpegBaseline";
        tem.allocated = tem.stored = 8;
        tem.high = 7;
        tem.fragments = {QByteArray("\xFF\xD8") + QByteArray("\xFF\x01").repeated(300)};
        QTest::newRow("TEM markers without end") << tem.file() << id(errors::CodecFailed);

        QTest::newRow("deflated rubbish") << DicomWriter::file(QByteArray(600, '\x55'), uid("tsDeflated"),
            "1.2.3") << id(errors::Malformed);
        TestImage wrongVr = good;
        wrongVr.before = DicomWriter().text(0x00080060, "CS", "CT").put(0x00200032, "US", "abcdef").dataSet()
            + DicomWriter().put(0x00280030 - 0x00080000 + 0x00000000, "SQ", "no items").dataSet();
        QTest::newRow("wrong VRs") << wrongVr.file() << shown;
        TestImage noVr = good;
        noVr.before = DicomWriter().text(0x00080050, "SH", "A1").dataSet()
            + QByteArray("\x08\0\x60\0\x02\0\0\0CT", 10); // this element alone without a VR
        QTest::newRow("an element without VR") << noVr.file() << shown;
        TestImage flood = good;
        flood.before = DicomWriter().sequence(0x00081140, QList<QByteArray>(200'000), false).dataSet();
        QTest::newRow("200000 empty items") << flood.file() << shown;
    }
    void faults()
    {
        QFETCH(QByteArray, file);
        QFETCH(QString, expected);
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(outcome(file), expected);
        QVERIFY2(timer.elapsed() < 2000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
    }

    // A number of frames that nothing bears out is not believed: every frame costs whoever lists them.
    void framesThatAreNotThere_data()
    {
        QTest::addColumn<int>("claimed");
        QTest::addColumn<bool>("inFragments");
        QTest::addColumn<int>("told");
        for (const bool inFragments : {false, true}) {
            QTest::addRow("2000000000, %d", inFragments) << 2'000'000'000 << inFragments << 3;
            QTest::addRow("900, %d", inFragments) << 900 << inFragments << 900; // each missing one is told
            QTest::addRow("2, %d", inFragments) << 2 << inFragments << 2;
        }
    }
    void framesThatAreNotThere()
    {
        QFETCH(int, claimed);
        QFETCH(bool, inFragments);
        QFETCH(int, told);
        TestImage image{.frames = claimed};
        image.pixels = words({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        if (inFragments) {
            image.syntax = "tsEncapsulatedUncompressed";
            image.fragments = {words({1, 2, 3, 4, 5, 6}), words({7, 8, 9, 10, 11, 12})};
        }
        image.between = DicomWriter().sequence(0x52009230, QList<QByteArray>(5000)).dataSet();
        const auto instance = openBytes(image.file());
        QVERIFY(instance.ok());
        const ImageFacts &facts = (*instance)->facts();
        QVERIFY(facts.decodable);
        QCOMPARE(facts.frames, told);
        QVERIFY(int(facts.frameFacts.size()) <= told);
        std::vector<std::byte> out((*instance)->shape().bytes());
        QVERIFY((*instance)->decode(1, out).ok());
        const auto beyond = (*instance)->decode(told, out);
        QVERIFY(!beyond && beyond.error().is(errors::FrameMissing));
    }

    // Sixteen overlays of 20000 x 20000: what is not read is told, the image is shown.
    void overlaysBeyondMeasure()
    {
        TestImage image;
        image.pixels = words({1, 2, 3, 4, 5, 6});
        const QByteArray plane(2000 * 20000 / 8, '\xFF');
        DicomWriter overlays;
        for (quint32 group = 0x6000; group < 0x6020; group += 2) {
            overlays.us(group << 16 | 0x10, {2000}).us(group << 16 | 0x11, {20000});
            overlays.put(group << 16 | 0x3000, "OW", plane);
        }
        image.between = overlays.dataSet();
        const auto instance = openBytes(image.file());
        QVERIFY(instance.ok() && (*instance)->facts().decodable);
        qint64 bytes = 0;
        for (const Overlay &overlay : (*instance)->facts().overlays)
            bytes += overlay.bits.size();
        QVERIFY(bytes > 0 && bytes <= 48 * 1024 * 1024);
        QVERIFY((*instance)->facts().notes.contains(QStringLiteral("an overlay is unreadable")));
    }

    void deflateBomb()
    {
        // 300 MB of zeros, as deflate packs them: refused at the limit.
        QByteArray bomb;
        {
            const QByteArray zeros(300 * 1024 * 1024, '\0');
            bomb = qCompress(zeros, 9).mid(4 + 2).chopped(4);
        }
        const auto instance = openBytes(DicomWriter::file(bomb, uid("tsDeflated"), "1.2.3"));
        QVERIFY(!instance && instance.error().is(errors::TooLarge));
    }

    // Every prefix of a file, and files with bytes changed at random: an answer each.
    void everyPrefix()
    {
        const QByteArray whole = rich();
        for (qsizetype length = 0; length < whole.size(); length += length < 700 ? 1 : 13)
            outcome(whole.left(length));
        QCOMPARE(outcome(whole), QStringLiteral("image"));
    }
    void changedBytes()
    {
        const QByteArray whole = rich();
        quint32 state = 7;
        const auto next = [&state] { return (state = state * 1664525u + 1013904223u) >> 8; };
        for (int round = 0; round < 3000; ++round) {
            QByteArray bytes = whole;
            for (int i = 0; i < 1 + round % 5; ++i)
                bytes[qsizetype(132 + next() % quint32(bytes.size() - 132))] = char(next());
            outcome(bytes);
        }
    }

private:
    static QByteArray rich()
    {
        const QByteArray item = DicomWriter()
                                    .us(0x00283002, {4, 0, 8})
                                    .text(0x00283003, "LO", "soft")
                                    .put(0x00283006, "OW", words({0, 10, 20, 255}))
                                    .dataSet();
        TestImage image{.frames = 2};
        image.pixels = words({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        image.before = DicomWriter()
                           .text(0x00080005, "CS", "\\ISO 2022 IR 149")
                           .text(0x00080060, "CS", "US")
                           .text(0x00100010, "PN", "Hong^Gildong=\x1B$)C\xFB\xF3^\x1B$)C\xD1\xCE\xD4\xD7")
                           .text(0x00181065, "DS", "0\\40")
                           .text(0x00181600, "CS", "CIRCULAR")
                           .dataSet();
        image.between = DicomWriter()
                            .us(0x00281101, {2, 0, 16})
                            .us(0x00281102, {2, 0, 16})
                            .us(0x00281103, {2, 0, 16})
                            .put(0x00281221, "OW", words({0, 1, 9, 1, 1, 4}))
                            .put(0x00281222, "OW", words({0, 1, 9, 1, 1, 4}))
                            .put(0x00281223, "OW", words({0, 1, 9, 2, 1, 0, 0}))
                            .sequence(0x00283000, {item}, false)
                            .sequence(0x00283010, {item, item}, false)
                            .sequence(0x52009230, {item, item})
                            .us(0x60000010, {2})
                            .us(0x60000011, {4})
                            .put(0x60003000, "OW", QByteArray("\x5A\0", 2))
                            .dataSet();
        return image.file();
    }
};

QTEST_APPLESS_MAIN(TestImagingHostile)
#include "tst_imaging_hostile.moc"
