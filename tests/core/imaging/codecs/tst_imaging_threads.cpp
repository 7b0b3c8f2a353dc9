// One JPEG 2000 frame that somebody waits for alone is decoded by several threads inside the confined child,
// many frames by one thread each: the pixels are the same, and the cage holds.
#include "core/base/Oid.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/pool/FrameThreads.h"
#include "tests/support/DicomWriter.h"
#include "tests/support/imaging/LibraryEncoders.h"

#include <QTest>

#include <algorithm>
#include <thread>

using namespace naru;
using namespace naru::imaging;
using testsupport::DicomWriter;

class TestImagingThreads : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void processorsAreDividedAmongFrames()
    {
        const int all = std::max(1, int(std::thread::hardware_concurrency()));
        QCOMPARE(threadsPerFrame(1), std::min(all, MostFrameThreads));
        QCOMPARE(threadsPerFrame(0), threadsPerFrame(1));
        QCOMPARE(threadsPerFrame(2), std::clamp(all / 2, 1, MostFrameThreads));
        QCOMPARE(threadsPerFrame(all), 1);
        QCOMPARE(threadsPerFrame(all + 1), 1);
    }

    void samePixelsAloneAndTogether()
    {
        constexpr int Size = 256, Frames = 12;
        const testsupport::PlainImage image = testsupport::testImage(Size, Size, 1, 12, false);
        const QByteArray frame = testsupport::encodeJpeg2000(image, {});
        QVERIFY(!frame.isEmpty());
        DicomWriter w;
        w.text(0x00080060, "CS", "MR").us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2");
        w.text(0x00280008, "IS", QByteArray::number(Frames)).us(0x00280010, {Size}).us(0x00280011, {Size});
        w.us(0x00280100, {16}).us(0x00280101, {12}).us(0x00280102, {11}).us(0x00280103, {0});
        w.fragments(QList<QByteArray>(Frames, frame));
        const ImageSource source{
            {}, DicomWriter::file(w.dataSet(), base::oid("tsJ2kLossless").text().toLatin1(), "1.2")};
        DecoderOptions options;
        options.program = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder");
        options.workers = 3;
        options.frameTimeoutMs = 2000 * NARU_TIME_FACTOR;
        const auto pool = DecoderPool::start(options);
        QVERIFY(pool);
        const auto check = [&](int number) {
            const auto got = (*pool)->frame(source, number);
            if (!got)
                return QString::fromLatin1(got.error().code.id);
            for (std::size_t i = 0; i < image.values.size(); ++i) {
                if (int(got->as<quint16>()[i]) != image.values[i])
                    return QStringLiteral("pixel %1").arg(i);
            }
            return QString();
        };
        for (int i = 0; i < Frames; ++i) // alone
            QCOMPARE(check(i), QString());
        std::vector<QString> faults(Frames);
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < Frames; ++i)
                threads.emplace_back([&, i] { faults[std::size_t(i)] = check(i); });
        }
        for (const QString &fault : faults)
            QCOMPARE(fault, QString());
    }
};

QTEST_GUILESS_MAIN(TestImagingThreads)
#include "tst_imaging_threads.moc"
