// A folder in which hostile and broken objects stand between good ones: the good ones are shown, each bad one
// says why in its own tile or is listed as not shown, the window answers meanwhile and keeps its memory.
// NARU_HOSTILE_FOLDER=DIR opens a folder of yours instead and prints what became of it.
#include "core/base/Oid.h"
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/StudyDesk.h"
#include "ui/pages/imaging/WaveformView.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <functional>
#include <unistd.h>

using namespace naru;
using namespace naru::ui;
using testsupport::DicomWriter;

namespace {

// Processor time does not grow with what else the machine does: only sanitizers are given more of it.
constexpr bool Ordinary = NARU_TIME_FACTOR <= 5;
constexpr double LongestPiece = Ordinary ? 100 : 100 * NARU_TIME_FACTOR; // ms

// The longest piece of work that the thread of the window did without returning to its events, in
// milliseconds of processor time: other programs on the machine do not count.
class Pulse {
public:
    Pulse()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, [this] { look(); });
        m_last = now();
        m_timer.start(2);
    }
    void look()
    {
        const double time = now();
        m_longest = std::max(m_longest, time - m_last);
        m_last = time;
    }
    double longest() const { return m_longest; }

private:
    static double now()
    {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1000 + double(time.tv_nsec) / 1e6;
    }
    QTimer m_timer{};
    double m_last = 0, m_longest = 0;
};

qint64 residentMiB()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE) / (1024 * 1024);
}

struct Fault {
    const char *name;
    const char *syntax;
    int rows, columns;
    std::function<void(DicomWriter &)> add; // and the pixels
};

QByteArray object(const Fault &fault, int number)
{
    const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2", uid = "2.25.1001.9." + QByteArray::number(number);
    DicomWriter w;
    w.text(0x00080016, "UI", ct).text(0x00080018, "UI", uid).text(0x00080020, "DA", "20261118");
    w.text(0x00080060, "CS", "CT").text(0x0008103E, "LO", fault.name);
    const test::TestStudy as;
    w.text(0x00080005, "CS", "ISO_IR 192").text(0x00100010, "PN", as.name).text(0x00100020, "LO", "00123456");
    w.text(0x00100030, "DA", as.birth).text(0x00100040, "CS", as.sex);
    w.text(0x0020000D, "UI", as.study).text(0x0020000E, "UI", "2.25.1001.9");
    w.text(0x00200011, "IS", "9").text(0x00200013, "IS", QByteArray::number(number));
    w.us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2");
    w.us(0x00280010, {fault.rows}).us(0x00280011, {fault.columns});
    w.us(0x00280100, {16}).us(0x00280101, {16}).us(0x00280102, {15}).us(0x00280103, {0});
    fault.add(w);
    return DicomWriter::file(w.dataSet(), base::oid(fault.syntax).text().toLatin1(), ct, uid);
}

QByteArray noise(int bytes, const QByteArray &start = {})
{
    QRandomGenerator random(7);
    QByteArray out = start;
    while (out.size() < bytes)
        out.append(char(random.generate()));
    return out;
}

const QByteArray &pixels()
{
    static const QByteArray bytes = noise(2 * 64 * 64);
    return bytes;
}

std::vector<Fault> faults()
{
    const auto plain = [](DicomWriter &w) { w.put(0x7FE00010, "OW", pixels()); };
    const auto rubbish = [](const QByteArray &start) {
        return [start](DicomWriter &w) { w.fragments({noise(4000, start)}); };
    };
    std::vector<Fault> out{{"cut", "tsExplicitLE", 64, 65, plain},
        {"rows-65535", "tsExplicitLE", 65535, 65535, plain}, {"rows-0", "tsExplicitLE", 0, 64, plain},
        {"rle", "tsRle", 64, 64, rubbish({})},
        {"jpeg", "tsJpegBaseline", 64, 64, rubbish("\xFF\xD8\xFF\xC0")},
        {"lossless", "tsJpegLossless", 64, 64, rubbish("\xFF\xD8\xFF\xC3")},
        {"jpeg-ls", "tsJpegLsLossless", 64, 64, rubbish("\xFF\xD8\xFF\xF7")},
        {"j2k", "tsJ2kLossless", 64, 64, rubbish("\xFF\x4F\xFF\x51")},
        {"htj2k", "tsHtj2kLossless", 64, 64, rubbish("\xFF\x4F\xFF\x51")},
        {"large-and-empty", "tsRle", 8000, 8000, rubbish({})},
        {"jpeg-xl", "tsJxl", 64, 64, rubbish("\xFF\x0A")}};
    out.push_back({"frames-2G", "tsExplicitLE", 64, 64,
        [&](DicomWriter &w) { w.text(0x00280008, "IS", "2000000000").put(0x7FE00010, "OW", pixels()); }});
    out.push_back({"shutter", "tsExplicitLE", 64, 64, [](DicomWriter &w) {
                       QByteArray vertices;
                       for (int i = 0; i < 1000; ++i)
                           vertices += QByteArray::number(i % 2 ? 70 : -5) + '\\'
                               + QByteArray::number(i * 7919 % 64) + '\\';
                       w.text(0x00181600, "CS", "POLYGONAL").put(0x00181620, "IS", vertices.chopped(1));
                       w.put(0x7FE00010, "OW", pixels());
                   }});
    out.push_back({"groups", "tsExplicitLE", 64, 64, [](DicomWriter &w) {
                       w.text(0x00280008, "IS", "500").sequence(0x52009230, QList<QByteArray>(50'000));
                       w.put(0x7FE00010, "OW", pixels());
                   }});
    out.push_back({"overlays", "tsExplicitLE", 64, 64, [](DicomWriter &w) {
                       for (quint32 group = 0x6000; group < 0x6020; group += 2)
                           w.us(group << 16 | 0x10, {65535})
                               .us(group << 16 | 0x11, {65535})
                               .put(group << 16 | 0x3000, "OW", pixels());
                       w.put(0x7FE00010, "OW", pixels());
                   }});
    out.push_back(
        {"luts", "tsExplicitLE", 64, 64, [](DicomWriter &w) {
             const QByteArray lut =
                 DicomWriter().us(0x00283002, {65535, 65535, 255}).put(0x00283006, "OW", pixels()).dataSet();
             w.sequence(0x00283000, {lut}).sequence(0x00283010, QList<QByteArray>(500, lut));
             w.text(0x00281050, "DS", "1e308")
                 .text(0x00281051, "DS", "1e-308")
                 .text(0x00281053, "DS", "1e308");
             w.put(0x7FE00010, "OW", pixels());
         }});
    out.push_back({"position", "tsExplicitLE", 64, 64, [](DicomWriter &w) {
                       w.text(0x00200032, "DS", "1e308\\-1e308\\1e308")
                           .text(0x00200037, "DS", "1e200\\0\\0\\0\\1e-200\\0");
                       w.text(0x00280030, "DS", "1e-300\\1e300").put(0x7FE00010, "OW", pixels());
                   }});
    return out;
}

} // namespace

class TstUiHostile : public QObject {
    Q_OBJECT
    std::unique_ptr<test::Fixture> m_fixture{};
    QTemporaryDir m_folder{};

    // Every picture of every stack was asked for, and either came or says why not; how many of each.
    static QPair<int, int> outcomes(ImagingPage &page)
    {
        int shown = 0, told = 0;
        for (StackProvider *provider : page.study()->providers) {
            page.grid().view(0)->setProvider(provider);
            for (int i = 0; i < provider->count(); ++i) {
                page.grid().view(0)->setIndex(i);
                const auto settled = [&] {
                    const ShownImage image = provider->image(i);
                    return image.isReady() || image.state == ShownImage::State::Broken;
                };
                if (!QTest::qWaitFor(settled, 30000))
                    return {-1, -1};
                QCoreApplication::processEvents(); // it is painted
                const ShownImage image = provider->image(i);
                shown += image.isReady() ? 1 : 0;
                told += !image.isReady() && image.error && image.error->code.id[0] ? 1 : 0;
            }
        }
        return {shown, told};
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::Fixture>(); }
    void cleanup() { m_fixture.reset(); }

    void hostileAmongGood()
    {
        test::TestStudy good;
        good.write(m_folder.path());
        int number = 0;
        for (const Fault &fault : faults()) {
            QFile out(m_folder.filePath(QString::fromLatin1(fault.name)));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(object(fault, ++number));
        }
        for (const char *name : {"empty", "text"}) {
            QFile out(m_folder.filePath(QString::fromLatin1(name)));
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(QByteArray(name).repeated(*name == 't' ? 1000 : 0));
        }
        const qint64 before = residentMiB();
        Pulse pulse;
        ImagingPage page(*m_fixture->context, m_fixture->patient,
            std::make_shared<FolderSource>(m_folder.path(), test::decoderOptions()));
        page.resize(1200, 700);
        page.show();
        QTRY_VERIFY_WITH_TIMEOUT(page.study(), 30000);
        const auto [shown, told] = outcomes(page);
        QVERIFY2(shown >= good.slices, qPrintable(QString::number(shown)));
        QVERIFY2(told >= 6, qPrintable(QString::number(told)));
        // Those of which not even one frame can be described stand under the tools, with the reason.
        QCOMPARE(page.study()->instances.size(), std::size_t(good.slices) + faults().size());
        QVERIFY(page.findChild<QWidget *>(QStringLiteral("imaging.objects.why.1")));
        QVERIFY(page.perform(QStringLiteral("tool.length"))); // the page answers
        QVERIFY2(pulse.longest() < LongestPiece, qPrintable(QString::number(pulse.longest())));
        const qint64 taken = residentMiB() - before;
        if (Ordinary) // sanitizers keep what was freed
            QVERIFY2(taken < 200, qPrintable(QString::number(taken)));
        test::Fixture::shoot(page, QStringLiteral("imaging-hostile"));
    }

    // A thousand million samples a second: all of them lie in the first point of the paper.
    void denseRecording()
    {
        imaging::WaveformGroup group;
        group.frequency = 1e9;
        group.channels.resize(4);
        for (imaging::WaveformChannel &channel : group.channels) {
            for (int i = 0; i < 2'000'000; ++i)
                channel.values.push_back(float(i % 2000) * 1e30F);
        }
        WaveformView view(m_fixture->context->theme());
        view.setGroups({group});
        Pulse pulse;
        QVERIFY(!view.grab(QRect(0, 0, 1000, 400)).isNull());
        pulse.look();
        QVERIFY2(pulse.longest() < 4 * LongestPiece, qPrintable(QString::number(pulse.longest())));
    }

    void folderOfYours()
    {
        const QString folder = qEnvironmentVariable("NARU_HOSTILE_FOLDER");
        if (folder.isEmpty())
            QSKIP("NARU_HOSTILE_FOLDER names no folder");
        ImagingPage page(*m_fixture->context, m_fixture->patient,
            std::make_shared<FolderSource>(folder, test::decoderOptions()));
        page.resize(1200, 700);
        page.show();
        Pulse pulse;
        QSignalSpy loaded(&page.desk(), &StudyDesk::studiesLoaded);
        QVERIFY(QTest::qWaitFor([&] { return loaded.size() > 0; }, 600'000));
        qInfo("%zu studies, listed: longest piece of work %.0f ms, %lld MiB", page.desk().rows().size(),
            pulse.longest(), residentMiB());
        for (const services::StudyRow &row : page.desk().rows()) {
            page.showStudy(row.key);
            QVERIFY(QTest::qWaitFor([&] { return page.study() && page.study()->row.key == row.key; }, 60000));
            const auto [shown, told] = outcomes(page);
            qInfo("%d of %d shown, %d say why not, longest piece of work %.0f ms, %lld MiB", shown,
                page.study()->pictures(), told, pulse.longest(), residentMiB());
            QVERIFY(shown >= 0 && shown + told == page.study()->pictures());
        }
        QVERIFY2(pulse.longest() < 100 * NARU_TIME_FACTOR, qPrintable(QString::number(pulse.longest())));
    }
};

QTEST_MAIN(TstUiHostile)
#include "tst_ui_hostile.moc"
