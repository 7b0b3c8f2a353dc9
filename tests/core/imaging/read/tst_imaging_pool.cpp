// The pool with its real children, with children that lie, and the cage around them.
#include "core/imaging/Errors.h"
#include "core/imaging/pool/DecoderPool.h"
#include "tests/core/imaging/read/TestImage.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>
#include <cstring>
#include <signal.h>
#include <thread>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

class TestImagingPool : public QObject {
    Q_OBJECT

    static DecoderOptions real(int workers = 2)
    {
        DecoderOptions options;
        options.program = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder");
        options.workers = workers;
        options.frameTimeoutMs = 2000 * NARU_TIME_FACTOR;
        return options;
    }
    // The lying decoder under a name that says how it lies.
    DecoderOptions lying(const QString &mode)
    {
        DecoderOptions options;
        options.program = m_folder.filePath(QStringLiteral("decoder.") + mode);
        QFile::link(QStringLiteral(NARU_BINARY_DIR "/tests/hostile_decoder"), options.program);
        options.workers = 1;
        options.frameTimeoutMs = 100;
        return options;
    }
    static QByteArray image(int first, int frames = 1)
    {
        TestImage image{.rows = 1, .columns = 2, .frames = frames};
        for (int i = 0; i < frames; ++i)
            image.pixels += words({first + i, first + i + 1000});
        return image.file();
    }
    QTemporaryDir m_folder;

private Q_SLOTS:
    void factsAndFrames()
    {
        auto pool = DecoderPool::start(real());
        QVERIFY(pool);
        const QString path = m_folder.filePath(QStringLiteral("a.dcm"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(image(5, 3)) > 0);
        file.close();
        for (const ImageSource &source : {ImageSource{path, {}}, ImageSource{{}, image(5, 3)}}) {
            const auto facts = (*pool)->facts(source);
            QVERIFY2(facts, facts ? "" : facts.error().code.id);
            QCOMPARE(facts->frames, 3);
            QVERIFY(facts->decodable);
            const auto frame = (*pool)->frame(source, 2);
            QVERIFY2(frame, frame ? "" : frame.error().code.id);
            QCOMPARE(frame->as<quint16>()[0], quint16(7));
            QCOMPARE(frame->as<quint16>()[1], quint16(1007));
            const auto missing = (*pool)->frame(source, 3);
            QVERIFY(!missing && missing.error().is(errors::FrameMissing));
            QCOMPARE(missing.error().arguments.value(QStringLiteral("frame")), QStringLiteral("4"));
        }
        for (const QString &bad :
            {m_folder.path(), m_folder.filePath(QStringLiteral("none")), QStringLiteral("/dev/zero")}) {
            const auto facts = (*pool)->facts({bad, {}});
            QVERIFY(!facts && facts.error().is(errors::File));
        }
    }

    // A file that changed is another file, although its name is the same.
    void changedFileIsReadAgain()
    {
        auto pool = DecoderPool::start(real(1));
        QVERIFY(pool);
        const QString path = m_folder.filePath(QStringLiteral("changing.dcm"));
        for (int first = 1; first < 4; ++first) {
            QFile::remove(path);
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(image(first)) > 0);
            file.close();
            const auto frame = (*pool)->frame({path, {}}, 0);
            QVERIFY(frame);
            QCOMPARE(frame->as<quint16>()[0], quint16(first));
        }
    }

    void volumeIsFilledByManyThreads()
    {
        constexpr int Frames = 200;
        auto pool = DecoderPool::start(real(3));
        QVERIFY(pool);
        const ImageSource source{{}, image(1, Frames)};
        auto volume = (*pool)->sharedVolume(Frames * 4);
        QVERIFY(volume);
        std::atomic<int> next{0}, failed{0};
        {
            std::vector<std::jthread> threads;
            for (int t = 0; t < 6; ++t) {
                threads.emplace_back([&] {
                    for (int i = next++; i < Frames; i = next++)
                        failed += (*pool)->frameInto(source, i, *volume, std::size_t(i) * 4) ? 0 : 1;
                });
            }
        }
        QCOMPARE(failed.load(), 0);
        const auto *voxels = static_cast<const quint16 *>(volume->memory.get());
        for (int i = 0; i < Frames; ++i)
            QCOMPARE(int(voxels[2 * i]), 1 + i);
        for (const std::size_t beyond :
            {std::size_t(Frames * 4 - 2), std::size_t(-4), std::size_t(1) << 40}) {
            const auto status = (*pool)->frameInto(source, 0, *volume, beyond);
            QVERIFY(!status && status.error().is(errors::SharedMemory));
        }
    }

    // One child writes all frames to one place: each that was given away stays as it was, whatever their
    // sizes, also beyond what is kept between two of them.
    void framesOfManySizesFromOneChild()
    {
        auto pool = DecoderPool::start(real(1));
        QVERIFY(pool);
        const auto square = [](int edge, int value) {
            TestImage image{.rows = edge, .columns = edge};
            image.pixels = QByteArray(qsizetype(edge) * edge * 2, char(value));
            return image.file();
        };
        std::vector<Frame> given;
        const std::vector<int> edges{4, 600, 4, 2900, 16, 601, 2};
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const auto frame = (*pool)->frame({{}, square(edges[i], int(i) + 1)}, 0);
            QVERIFY2(frame, frame ? "" : frame.error().code.id);
            given.push_back(*frame);
        }
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const QByteArray wanted(qsizetype(edges[i]) * edges[i] * 2, char(i + 1));
            QCOMPARE(given[i].data.size(), std::size_t(wanted.size()));
            QVERIFY(std::memcmp(given[i].data.data(), wanted.constData(), given[i].data.size()) == 0);
        }
    }

    void payloadWithinItsLimit()
    {
        auto pool = DecoderPool::start(real(1));
        QVERIFY(pool);
        const QByteArray pdf = DicomWriter().put(0x00420011, "OB", "%PDF-1.4").dataSet();
        const ImageSource source{{}, DicomWriter::file(pdf, uid("tsExplicitLE"), uid("sopPdf"))};
        const auto payload = (*pool)->payload(source, 100);
        QVERIFY(payload);
        QCOMPARE(*payload, QByteArray("%PDF-1.4"));
        const auto small = (*pool)->payload(source, 4);
        QVERIFY(!small && small.error().is(errors::TooLarge));
    }

    // Each fits into a child's memory, two do not: no image suffers for another.
    void largeDeflatedFilesOneAfterTheOther()
    {
        DecoderOptions options = real(1);
        options.memoryLimit = 220LL * 1024 * 1024;
        auto pool = DecoderPool::start(options);
        QVERIFY(pool);
        TestImage image{.syntax = "tsDeflated", .rows = 8000, .columns = 8000};
        image.pixels = QByteArray(128'000'000, '\0');
        const QByteArray packed = qCompress(image.dataSet(), 1).mid(4 + 2).chopped(4);
        image.pixels.clear();
        for (int i = 0; i < 3; ++i) {
            const QByteArray file = DicomWriter::file(packed, uid("tsDeflated"), "1.2.3");
            const auto facts = (*pool)->facts({{}, file});
            QVERIFY2(facts, facts ? "" : facts.error().code.id);
            QVERIFY2(facts->decodable, qPrintable(facts->whyNot));
        }
    }

    // Killed from outside between two images: nobody notices but the next request, which gets a new child.
    void killedChildIsReplaced()
    {
        auto pool = DecoderPool::start(real(1));
        QVERIFY(pool);
        QVERIFY((*pool)->frame({{}, image(1)}, 0));
        const QByteArray children = [] {
            QFile file(QStringLiteral("/proc/self/task/%1/children").arg(getpid()));
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        }();
        const int pid = children.simplified().split(' ').last().toInt();
        if (pid <= 0)
            QSKIP("/proc does not list children here");
        QCOMPARE(::kill(pid, SIGKILL), 0);
        const auto first = (*pool)->frame({{}, image(2)}, 0);
        QVERIFY(first || first.error().is(errors::DecoderCrashed));
        const auto second = (*pool)->frame({{}, image(3)}, 0);
        QVERIFY(second);
        QCOMPARE(second->as<quint16>()[0], quint16(3));
    }

    void lies_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *mode, const base::ErrorCode &code) {
            QTest::newRow(mode) << QString::fromLatin1(mode) << QString::fromLatin1(code.id);
        };
        row("hang", errors::DecoderTimeout);
        row("loop", errors::DecoderTimeout);
        row("die", errors::DecoderCrashed);
        row("half", errors::DecoderCrashed);
        row("mute", errors::DecoderStart);
        row("huge", errors::DecoderAnswer);
        row("garbage", errors::DecoderAnswer);
        row("stranger", errors::DecoderAnswer);
        row("shape", errors::DecoderAnswer);
        row("facts", errors::DecoderAnswer);
        row("descriptor", errors::DecoderAnswer);
        row("code", errors::DecoderAnswer);
    }
    void lies()
    {
        QFETCH(QString, mode);
        QFETCH(QString, expected);
        auto pool = DecoderPool::start(lying(mode));
        QVERIFY(pool);
        QElapsedTimer timer;
        timer.start();
        for (int round = 0; round < 2; ++round) { // the second time with the child that replaced the first
            const auto facts = (*pool)->facts({{}, image(1)});
            QVERIFY(!facts);
            QCOMPARE(QString::fromLatin1(facts.error().code.id), expected);
            const auto frame = (*pool)->frame({{}, image(1)}, 0);
            QVERIFY(!frame);
            QCOMPARE(QString::fromLatin1(frame.error().code.id), expected);
        }
        QVERIFY(timer.elapsed() < 3000 * NARU_TIME_FACTOR);
    }

    void stopEndsTheWait()
    {
        DecoderOptions options = lying(QStringLiteral("hang"));
        options.frameTimeoutMs = 60'000;
        auto pool = DecoderPool::start(options);
        QVERIFY(pool);
        std::stop_source stop;
        const base::WorkContext work(stop.get_token());
        QElapsedTimer timer;
        timer.start();
        // One waits for the child, the other for the first to give it back.
        std::vector<std::jthread> threads;
        std::atomic<int> stopped{0};
        for (int i = 0; i < 2; ++i) {
            threads.emplace_back([&] {
                const auto facts = (*pool)->facts({{}, image(1)}, work);
                stopped += !facts && facts.error().is(errors::Stopped) ? 1 : 0;
            });
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop.request_stop();
        threads.clear();
        QCOMPARE(stopped.load(), 2);
        QVERIFY(timer.elapsed() < 2000 * NARU_TIME_FACTOR);
    }

    void noProgram()
    {
        DecoderOptions options;
        options.program = QStringLiteral("/nowhere/naru-decoder");
        const auto pool = DecoderPool::start(options);
        QVERIFY(!pool && pool.error().is(errors::DecoderStart));
    }

    void cage_data()
    {
        QTest::addColumn<bool>("killed");
        for (const char *what : {"open", "create", "socket", "exec", "fork", "signal", "dumpable", "code",
                 "stdout", "threadopen"})
            QTest::newRow(what) << true;
        QTest::newRow("memory") << false;
        QTest::newRow("work") << false;
        QTest::newRow("thread") << false;
    }
    void cage()
    {
        QFETCH(bool, killed);
        QProcess child;
        child.start(QStringLiteral(NARU_BINARY_DIR "/tests/evil_child"),
            {QString::fromLatin1(QTest::currentDataTag())});
        QVERIFY(child.waitForFinished(5000 * NARU_TIME_FACTOR));
        if (child.exitStatus() == QProcess::NormalExit && child.exitCode() == 8)
            QSKIP("a sanitizer build: the decoder runs without limits and filter");
        QCOMPARE(child.exitStatus() == QProcess::CrashExit, killed);
        if (killed)
            QCOMPARE(child.exitCode(), SIGSYS);
        else
            QCOMPARE(child.exitCode(), 0);
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/evil_child_was_here")));
    }
};

QTEST_GUILESS_MAIN(TestImagingPool)
#include "tst_imaging_pool.moc"
