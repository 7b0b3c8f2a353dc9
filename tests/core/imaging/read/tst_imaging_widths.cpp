// Samples of every width that may be allocated, cells without space between them: PS3.5 8.1.1 and ACR-NEMA.
#include "tests/core/imaging/read/OpenedImage.h"
#include "tests/support/imaging/OwnEncoders.h"

#include <QRandomGenerator>
#include <QTest>
#include <QtEndian>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
template <typename T> QList<qint64> numbersOf(Instance &instance, int frame)
{
    const QList<T> samples = test::samplesOf<T>(instance, frame);
    return {samples.begin(), samples.end()};
}

QList<qint64> asNumbers(Instance &instance, int frame)
{
    using enum SampleType;
    switch (instance.shape().type) {
    case U8:
        return numbersOf<quint8>(instance, frame);
    case S8:
        return numbersOf<qint8>(instance, frame);
    case U16:
        return numbersOf<quint16>(instance, frame);
    case S16:
        return numbersOf<qint16>(instance, frame);
    case U32:
        return numbersOf<quint32>(instance, frame);
    default:
        return numbersOf<qint32>(instance, frame);
    }
}
} // namespace

class TestImagingWidths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void twelveBitsAllocated()
    {
        TestImage image{.rows = 1, .columns = 3, .frames = 2, .allocated = 12};
        image.pixels = QByteArray::fromHex("bc3a12"
                                           "efcdab"
                                           "785634"); // abc 123 def abc 678 345, low half first
        const auto instance = opened(image.file());
        QVERIFY(instance && instance->facts().decodable);
        const auto first = samplesOf<quint16>(*instance, 0), second = samplesOf<quint16>(*instance, 1);
        QCOMPARE(first, (QList<quint16>{0xABC, 0x123, 0xDEF}));
        QCOMPARE(second, (QList<quint16>{0xABC, 0x678, 0x345}));
        image.fragments = {"xx"};
        image.syntax = "tsRle";
        const auto packed = opened(image.file());
        QVERIFY(packed && !packed->facts().decodable);
    }

    void everyWidthAllocated_data()
    {
        QTest::addColumn<int>("bits");
        for (int bits = 2; bits <= 32; ++bits)
            QTest::addRow("%d", bits) << bits;
    }
    // Cells without space between them, the first in the lowest bits of the first byte; three frames, so that
    // they begin anywhere in a byte; signed and not; colour by pixel and by plane.
    void everyWidthAllocated()
    {
        QFETCH(int, bits);
        QRandomGenerator random(quint32(bits) + 1);
        for (const bool isSigned : {false, true}) {
            for (const int planes : {0, 1, 2}) {
                const int samples = planes == 0 ? 1 : 3;
                TestImage image{.rows = 3, .columns = 5, .frames = 3, .samples = samples, .allocated = bits};
                image.stored = bits > 4 ? bits - 1 : bits; // the highest bit is rubbish
                image.high = image.stored - 1;
                image.isSigned = isSigned;
                image.planar = planes == 2 ? 1 : 0;
                image.photometric = samples == 3 ? "RGB" : "MONOCHROME2";
                const int count = 15 * samples * image.frames;
                QList<qint64> expected(count);
                QByteArray pixels((count * bits + 7) / 8, '\0');
                for (int i = 0; i < count; ++i) {
                    const quint64 cell = random.generate64() & ((quint64(1) << bits) - 1);
                    for (int k = 0; k < bits; ++k) {
                        char &byte = pixels[(i * bits + k) / 8];
                        byte = char(byte | int(cell >> k & 1) << ((i * bits + k) % 8));
                    }
                    const qint64 value = qint64(cell & ((quint64(1) << image.stored) - 1));
                    const bool negative = isSigned && (value >> (image.stored - 1) & 1) != 0;
                    const int frame = i / (15 * samples), within = i % (15 * samples);
                    const int place = planes == 2 ? within % 15 * 3 + within / 15 : within;
                    expected[frame * 15 * samples + place] =
                        negative ? value - (qint64(1) << image.stored) : value;
                }
                image.pixels = pixels;
                const auto instance = opened(image.file());
                QVERIFY(instance && instance->facts().decodable);
                QList<qint64> found;
                for (int frame = 0; frame < image.frames; ++frame)
                    found += asNumbers(*instance, frame);
                QCOMPARE(found, expected);
            }
        }
    }

    // Three bytes a sample, in RLE three planes (PS3.5 annex G.2).
    void threeBytesInRle()
    {
        TestImage image{
            .syntax = "tsRle", .rows = 1, .columns = 2, .allocated = 24, .stored = 24, .high = 23};
        QByteArray header(64, '\0');
        qToLittleEndian(quint32(3), header.data());
        for (int i = 0; i < 3; ++i)
            qToLittleEndian(quint32(64 + 4 * i), header.data() + 4 + 4 * i);
        image.fragments = {header
            + QByteArray::fromHex("01128000" // most significant first
                                  "01345600"
                                  "01789a00")};
        for (const bool isSigned : {false, true}) {
            image.isSigned = isSigned;
            const auto instance = opened(image.file());
            QVERIFY(instance && instance->facts().decodable);
            QCOMPARE(asNumbers(*instance, 0),
                (QList<qint64>{0x123478, isSigned ? 0x80569A - 0x1000000 : 0x80569A}));
        }
    }

    void cellsInBigEndian()
    {
        TestImage image{.encoding = DicomWriter::Encoding::ExplicitBE,
            .syntax = "tsExplicitBE",
            .rows = 1,
            .columns = 2,
            .allocated = 24};
        image.pixels = QByteArray(6, 'x');
        const auto instance = opened(image.file());
        QVERIFY(instance && !instance->facts().decodable);
    }
};

QTEST_GUILESS_MAIN(TestImagingWidths)
#include "tst_imaging_widths.moc"
