// The real decoder is killed while it decodes what is on the screen: one tile says so, every other image
// comes, the decoder is there again, and asking again brings the image.
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "tests/support/imaging/LibraryEncoders.h"
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QElapsedTimer>

#include <set>
#include <signal.h>
#include <unistd.h>

using namespace naru;
using namespace naru::ui;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// Decoders that this process started, whichever of its threads did.
std::set<int> decoders()
{
    std::set<int> out;
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QByteArray children = contents(tasks.filePath(task + QStringLiteral("/children")));
        for (const QByteArray &child : children.simplified().split(' ')) {
            const int pid = child.toInt();
            if (pid > 0 && contents(QStringLiteral("/proc/%1/comm").arg(pid)).startsWith("naru-decoder"))
                out.insert(pid);
        }
    }
    return out;
}

// Ticks of processor time that it has used.
qint64 computed(int pid)
{
    const QByteArray stat = contents(QStringLiteral("/proc/%1/stat").arg(pid));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 12 ? fields[11].toLongLong() + fields[12].toLongLong() : 0;
}

} // namespace

class TstUiDecoderDeath : public QObject {
    Q_OBJECT
    std::unique_ptr<test::Fixture> m_fixture{};
    QTemporaryDir m_folder{};

    // JPEG 2000 that takes long enough to be caught in the act.
    static test::TestStudy slowStudy()
    {
        constexpr int Size = 1536;
        const testsupport::PlainImage image = testsupport::testImage(Size, Size, 1, 16, false);
        test::TestStudy ct;
        ct.slices = 4;
        ct.rows = ct.columns = Size;
        ct.compressed = testsupport::encodeJpeg2000(image);
        ct.syntax = base::oid("tsJ2kLossless").text().toLatin1();
        return ct;
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<test::Fixture>(); }
    void cleanup() { m_fixture.reset(); }

    void killedWhileItDecodes()
    {
        slowStudy().write(m_folder.path());
        auto options = test::decoderOptions();
        options.workers = 1;
        options.frameTimeoutMs = 30000;
        ImagingPage page(*m_fixture->context, m_fixture->patient,
            std::make_shared<FolderSource>(m_folder.path(), options));
        page.resize(1200, 700);
        page.show();
        Viewport *view = page.grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->provider(), 30000); // the list is read, the first image is wanted
        const std::set<int> before = decoders();
        if (before.empty())
            QSKIP("/proc does not list children here");
        QCOMPARE(before.size(), std::size_t(1));
        const int victim = *before.begin();
        const qint64 begun = computed(victim);
        QTRY_VERIFY_WITH_TIMEOUT(computed(victim) >= begun + 6, 30000); // 60 ms into it
        QCOMPARE(view->provider()->loadedCount(), 0);
        QCOMPARE(::kill(victim, SIGKILL), 0);
        QElapsedTimer timer;
        timer.start();

        QTRY_COMPARE_WITH_TIMEOUT(view->image().state, ShownImage::State::Broken, 30000);
        const int broken = view->index();
        QVERIFY(timer.elapsed() < 2000 * NARU_TIME_FACTOR);
        QVERIFY(view->image().error && view->image().error->is(imaging::errors::DecoderCrashed));
        test::Fixture::shoot(page, QStringLiteral("imaging-decoder-killed"));
        QVERIFY(page.perform(QStringLiteral("tool.length"))); // the page answers meanwhile

        QTRY_COMPARE_WITH_TIMEOUT(view->provider()->loadedCount(), 4, 60000);
        for (int i = 0; i < 4; ++i) {
            if (i != broken)
                QVERIFY2(view->provider()->image(i).isReady(), qPrintable(QString::number(i)));
        }
        const std::set<int> after = decoders();
        QCOMPARE(after.size(), std::size_t(1));
        QVERIFY(*after.begin() != victim);

        QVERIFY(page.refresh()); // F5
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 60000);
        QCOMPARE(view->index(), broken);
    }
};

QTEST_MAIN(TstUiDecoderDeath)
#include "tst_ui_decoder_death.moc"
