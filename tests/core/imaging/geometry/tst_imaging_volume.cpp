// Filling a volume: the wanted slice first, several workers, stopping, damaged slices, memory used again; and
// the real pool with its confined children.
#include "core/base/Oid.h"
#include "core/imaging/volume/Mpr.h"
#include "tests/core/imaging/geometry/SliceSeries.h"
#include "tests/support/DicomWriter.h"

#include <QTemporaryDir>
#include <QtTest>

#include <thread>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
void threads(int count, const std::function<void(int)> &task)
{
    std::vector<std::jthread> all;
    for (int i = 0; i < count; ++i)
        all.emplace_back([&task, i] { task(i); });
}

double place(Vector3 p)
{
    return p.x + 100 * p.z;
}
} // namespace

class TestImagingVolume : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fromTheWantedSliceOutward()
    {
        const auto refs = refsOf(axial(ramp(11, 1)));
        PhantomPool pool(refs, place);
        std::vector<int> order;
        pool.onDecode = [&order](int slice) { order.push_back(slice); };
        const auto volume = Volume::make(refs, buildStacks(refs)[0], pool, nullptr);
        QVERIFY(volume);
        (*volume)->want(5);
        int told = 0;
        QVERIFY((*volume)->fill(pool, PhantomPool::source, 1, runHere, [&](int slice) {
            QVERIFY((*volume)->state(slice) == Volume::Slice::Ready);
            if (++told == 5)
                (*volume)->want(0); // the reader jumps to the first
        }));
        QCOMPARE(order, (std::vector<int>{5, 6, 4, 7, 3, 0, 1, 2, 8, 9, 10}));
        QVERIFY((*volume)->complete());
        QCOMPARE(told, 11);
    }

    void manyWorkers()
    {
        const auto refs = refsOf(axial(ramp(200, 1)));
        PhantomPool pool(refs, [](Vector3 p) { return p.z; });
        const auto made = Volume::make(refs, buildStacks(refs)[0], pool, nullptr);
        QVERIFY(made);
        Volume &volume = **made;
        std::atomic<int> told{0};
        {
            const std::jthread reader([&volume](const std::stop_token &stop) {
                for (int i = 0; !stop.stop_requested(); ++i) { // looks on while it fills
                    volume.want(i % 200);
                    const auto cut = reslice(volume, cutPlane(volume, Cut::Coronal, volume.centre()));
                    QVERIFY(cut.ok());
                }
            });
            QVERIFY(volume.fill(pool, PhantomPool::source, 5, threads, [&told](int) { ++told; }));
        }
        QCOMPARE(told.load(), 200);
        QCOMPARE(pool.decoded.load(), 200); // each once
        for (int slice = 0; slice < 200; ++slice)
            QCOMPARE(int(volume.frame(slice).as<qint16>()[100]), slice);
    }

    void stoppingAndGoingOn()
    {
        const auto refs = refsOf(axial(ramp(50, 1)));
        PhantomPool pool(refs, place);
        const auto volume = Volume::make(refs, buildStacks(refs)[0], pool, nullptr);
        QVERIFY(volume);
        std::stop_source stop;
        const base::WorkContext work(stop.get_token());
        const auto status = (*volume)->fill(
            pool, PhantomPool::source, 2, threads, [&](int) { stop.request_stop(); }, work);
        QVERIFY(!status && status.error().is(errors::Stopped));
        QVERIFY((*volume)->readyCount() < 50 && !(*volume)->complete());
        QVERIFY((*volume)->frame(49).data.empty());
        QVERIFY((*volume)->fill(pool, PhantomPool::source, 2, threads));
        QVERIFY((*volume)->complete());
    }

    // One damaged slice is one blank slice.
    void damagedSlice()
    {
        const auto refs = refsOf(axial(ramp(9, 1)));
        PhantomPool pool(refs, place);
        pool.failing = 4;
        const auto made = Volume::make(refs, buildStacks(refs)[0], pool, nullptr);
        QVERIFY(made);
        Volume &volume = **made;
        QVERIFY(volume.fill(pool, PhantomPool::source, 1, runHere));
        QVERIFY(volume.complete());
        QVERIFY(volume.state(4) == Volume::Slice::Failed);
        QVERIFY(volume.error(4).is(errors::CodecFailed));
        QVERIFY(volume.frame(4).data.empty());
        QVERIFY(std::isnan(valueAt(volume, {0, 0, 4})));
        QCOMPARE(valueAt(volume, {0, 0, 3}), 300.0);
        QVERIFY(std::isnan(valueAt(volume, {0, 0, 4.4})) && !std::isnan(valueAt(volume, {0, 0, 4.6})));
    }

    // One buffer for one study after the other; a slice somebody still looks at is not written into.
    void memoryIsUsedAgain()
    {
        const auto refs = refsOf(axial(ramp(10, 1)));
        const auto stack = buildStacks(refs)[0];
        PhantomPool pool(refs, place);
        const auto buffers = std::make_shared<VolumeBuffers>(qint64(64) * 64 * 2 * 15);
        for (int i = 0; i < 5; ++i)
            QVERIFY(Volume::make(refs, stack, pool, buffers));
        QCOMPARE(pool.volumes.load(), 1);
        Frame kept;
        {
            const auto volume = Volume::make(refs, stack, pool, buffers);
            QVERIFY(volume);
            QVERIFY((*volume)->fill(pool, PhantomPool::source, 1, runHere));
            kept = (*volume)->frame(2);
            // A second one of this size is more than the budget.
            const auto other = Volume::make(refs, stack, pool, buffers);
            QVERIFY(!other && other.error().is(errors::VolumeTooLarge));
        }
        QCOMPARE(int(kept.as<qint16>()[0]), -32 + 200);
        QVERIFY(Volume::make(refs, stack, pool, buffers));
        QCOMPARE(pool.volumes.load(), 2);
        buffers->drop();
        QCOMPARE(buffers->used(), 0);
    }

    void refused()
    {
        auto facts = axial(ramp(5, 1));
        PhantomPool pool({}, place);
        const auto refuse = [&](const std::vector<std::shared_ptr<ImageFacts>> &all) {
            const auto refs = refsOf(all);
            const auto volume = Volume::make(refs, buildStacks(refs)[0], pool, nullptr);
            return !volume && volume.error().is(errors::NoVolume);
        };
        QVERIFY(!refuse(facts));
        QVERIFY(refuse(axial({5})));
        facts[2]->isSigned = false; // a volume has one type
        QVERIFY(refuse(facts));
        facts = axial(ramp(5, 1));
        for (const auto &one : facts)
            one->bitsAllocated = 32;
        QVERIFY(refuse(facts));
        facts = axial(ramp(5, 1));
        for (const auto &one : facts)
            one->samples = 3;
        QVERIFY(refuse(facts));
        const auto refs = refsOf(axial(ramp(5, 1)));
        QVERIFY(!Volume::make({}, buildStacks(refs)[0], pool, nullptr)); // a stack of other instances
    }

    // Files through the confined children; one of them is not what its facts said any more.
    void realPool()
    {
        using testsupport::DicomWriter;
        constexpr int Slices = 24;
        QTemporaryDir folder;
        const auto write = [&](int k, int rows) {
            QByteArray pixels;
            for (int i = 0; i < rows * 8; ++i) {
                pixels.append(char(k));
                pixels.append('\1');
            }
            DicomWriter w;
            w.text(0x00080060, "CS", "CT");
            w.text(0x0020000E, "UI", "2.25.5").text(0x00200013, "IS", QByteArray::number(k + 1));
            w.text(0x00200032, "DS", "0\\0\\" + QByteArray::number(k * 2));
            w.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0").text(0x00200052, "UI", "2.25.6");
            w.us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2").us(0x00280010, {rows});
            w.us(0x00280011, {8}).text(0x00280030, "DS", "1\\1").us(0x00280100, {16}).us(0x00280101, {16});
            w.us(0x00280102, {15}).us(0x00280103, {1}).put(0x7FE00010, "OW", pixels, '\0');
            const QString path = folder.filePath(QString::number(k));
            QFile file(path);
            if (file.open(QIODevice::WriteOnly))
                file.write(
                    DicomWriter::file(w.dataSet(), base::oid("tsExplicitLE").text().toLatin1(), "1.2"));
            return path;
        };
        DecoderOptions options;
        options.program = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder");
        options.workers = 3;
        options.frameTimeoutMs = 2000 * NARU_TIME_FACTOR;
        auto pool = DecoderPool::start(options);
        QVERIFY(pool);
        std::vector<InstanceRef> refs;
        for (int k = 0; k < Slices; ++k) {
            const QString path = write(k, 8);
            auto facts = (*pool)->facts({path, {}});
            QVERIFY2(facts, facts ? "" : facts.error().code.id);
            refs.push_back({std::make_shared<ImageFacts>(*facts), path});
        }
        write(5, 16); // twice as large: it would run into its neighbour
        const auto stacks = buildStacks(refs);
        QCOMPARE(stacks.size(), std::size_t(1));
        auto made = Volume::make(refs, stacks[0], **pool, nullptr);
        QVERIFY2(made, made ? "" : made.error().code.id);
        Volume &volume = **made;
        QVERIFY(volume.fill(
            **pool,
            [&refs](int i) -> base::Result<ImageSource> {
                return ImageSource{refs[std::size_t(i)].handle, {}};
            },
            4, threads));
        for (int k = 0; k < Slices; ++k) {
            if (k == 5) {
                QVERIFY(volume.state(k) == Volume::Slice::Failed);
                QVERIFY(volume.error(k).is(errors::BadGeometry));
                continue;
            }
            const Frame frame = volume.frame(k);
            QCOMPARE(frame.data.size(), std::size_t(128));
            for (const qint16 value : frame.as<qint16>())
                QCOMPARE(int(value), 256 + k);
        }
        QCOMPARE(valueAt(volume, {3, 3, 21}), 266.5);
    }
};

QTEST_GUILESS_MAIN(TestImagingVolume)
#include "tst_imaging_volume.moc"
