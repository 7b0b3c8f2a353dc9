// The viewer on a study in a folder: order, keys, first image before the rest, broken images, a decoder that
// dies, images of somebody else.
#include "core/jobs/JobQueue.h"
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/pages/imaging/FrameCache.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/MemoryBudget.h"
#include "ui/pages/imaging/PatientCheck.h"
#include "ui/pages/imaging/PlaneProvider.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/pages/imaging/ViewerActs.h"
#include "ui/pages/imaging/VolumeDesk.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QPushButton>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;

namespace {
// A sentence in whatever language names these.
QSet<int> numbersOf(const QString &sentence)
{
    static const QRegularExpression digits(QStringLiteral("\\d+"));
    QSet<int> out;
    for (auto match = digits.globalMatch(sentence); match.hasNext();)
        out.insert(match.next().captured().toInt());
    return out;
}
} // namespace

class TstUiImaging : public QObject {
    Q_OBJECT
    std::unique_ptr<test::Fixture> m_fixture{};
    std::unique_ptr<QTemporaryDir> m_folder{};

    std::unique_ptr<ImagingPage> open(const QString &folder, const char *decoder = "naru-decoder")
    {
        auto options = test::decoderOptions(decoder);
        options.frameTimeoutMs = 1500;
        auto page = std::make_unique<ImagingPage>(
            *m_fixture->context, m_fixture->patient, std::make_shared<FolderSource>(folder, options));
        page->resize(1200, 700);
        page->show();
        return page;
    }
    QString study(const test::TestStudy &study, const char *name = "one")
    {
        const QString folder = m_folder->filePath(QString::fromLatin1(name));
        study.write(folder);
        return folder;
    }
    static void key(ImagingPage &page, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(page.grid().active(), key, modifiers);
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::Fixture>();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void cleanup()
    {
        m_folder.reset();
        m_fixture.reset();
    }

    void opensInTheMiddleInOrderOfPosition()
    {
        test::TestStudy ct;
        const auto page = open(study(ct));
        Viewport *view = page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        QCOMPARE(view->provider()->count(), 20);
        QCOMPARE(view->index(), 10);
        QTRY_COMPARE_WITH_TIMEOUT(view->provider()->loadedCount(), 20, 15000);
        for (int i = 0; i < 20; ++i) { // files and their names are in another order
            view->setIndex(i);
            QCOMPARE(view->image().facts->instanceNumber, i + 1);
        }
        QCOMPARE(page->seriesList().count(), 1);
        QVERIFY(page->seriesList().item(0)->text().contains(QStringLiteral("Axial")));
        QVERIFY2(test::unnamed(page.get()).isEmpty(),
            qPrintable(test::unnamed(page.get()).join(QStringLiteral("; "))));
        test::Fixture::shoot(*page, QStringLiteral("imaging"));
    }
    // What cannot be read is counted and named with its reason, whether a folder is only looked at or not.
    void filesOfAFolderThatCannotBeRead()
    {
        test::TestStudy ct;
        const QString folder = study(ct);
        const auto write = [&folder](const char *name, const QByteArray &bytes) {
            QFile file(folder + QLatin1Char('/') + QLatin1String(name));
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        };
        write("damaged", QByteArray(128, '\0') + "DICM");
        write("readme.txt", "no image");
        FolderSource source(folder, test::decoderOptions());
        QVERIFY(source.studies({}).ok());
        QCOMPARE(source.report().files, 22);
        QCOMPARE(source.report().notDicom, 1);
        QCOMPARE(source.report().faultCount, 1);
        QCOMPARE(source.report().faults.front().file, QStringLiteral("damaged"));
        QVERIFY(!source.report().faults.front().code.isEmpty());
        const auto page = open(m_folder->path());
        page->lookAtFolder(folder, test::decoderOptions());
        const auto told = [&page] {
            const auto strips = page->findChildren<MessageStrip *>();
            return std::any_of(strips.begin(), strips.end(), [](const MessageStrip *strip) {
                return strip->isShowing() && strip->sentence().contains(QStringLiteral("damaged ("))
                    && numbersOf(strip->sentence()) == QSet<int>{1, 22};
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(told(), 15000);
    }
    void everyKey()
    {
        test::TestStudy ct;
        const auto page = open(study(ct));
        Viewport *view = page->grid().view(0);
        QTRY_COMPARE_WITH_TIMEOUT(view->provider() ? view->provider()->loadedCount() : 0, 20, 15000);
        page->grid().active()->setFocus();
        key(*page, Qt::Key_Home);
        QCOMPARE(view->index(), 0);
        key(*page, Qt::Key_PageDown);
        QCOMPARE(view->index(), 1);
        key(*page, Qt::Key_End);
        QCOMPARE(view->index(), 19);
        key(*page, Qt::Key_PageUp);
        QCOMPARE(view->index(), 18);
        const double width = view->window().width, centre = view->window().centre;
        QCOMPARE(width, 400.0);
        key(*page, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(view->window().width > width);
        key(*page, Qt::Key_Left, Qt::ShiftModifier);
        key(*page, Qt::Key_Down, Qt::ShiftModifier);
        QVERIFY(view->window().centre > centre);
        key(*page, Qt::Key_Up, Qt::ShiftModifier);
        const QPointF pan = view->transform().pan();
        key(*page, Qt::Key_Left);
        QVERIFY(view->transform().pan().x() < pan.x());
        key(*page, Qt::Key_Down);
        QVERIFY(view->transform().pan().y() > pan.y());
        key(*page, Qt::Key_8);
        QVERIFY(view->appearance().invert);
        key(*page, Qt::Key_2, Qt::ControlModifier); // the first row after the file's own window
        QVERIFY(view->appearance().window.has_value());
        key(*page, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(view->appearance().windowIndex.value_or(-1), 0);
        key(*page, Qt::Key_Backspace, Qt::ControlModifier);
        QVERIFY(view->transform().isFit() && !view->appearance().invert);
        key(*page, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(view->transform().zoom(), 1.0);
        key(*page, Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(view->transform().isFit());
        key(*page, Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(view->transform().quarterTurns(), 1);
        for (const Qt::Key digit :
            {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5, Qt::Key_6, Qt::Key_7}) {
            key(*page, digit);
            const ViewerAct *act = ViewerAct::ofKey(digit);
            QVERIFY(act);
            const auto *button = page->findChild<QPushButton *>(QStringLiteral("imaging.tool.") + act->id);
            QVERIFY2(button && button->isChecked(), qPrintable(act->id));
        }
        key(*page, Qt::Key_Insert);
        QVERIFY(page->perform(QStringLiteral("keyImage.toggle")));
        key(*page, Qt::Key_Home);
        key(*page, Qt::Key_Space);
        QTRY_VERIFY(view->index() > 0); // the cine runs
        key(*page, Qt::Key_Space);
        const int stopped = view->index();
        QTest::qWait(250);
        QCOMPARE(view->index(), stopped);
    }
    void keysAreNotTheWindows()
    {
        test::TestStudy ct;
        const auto page = open(study(ct));
        Viewport *view = page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        for (const ViewerAct &act : ViewerAct::all()) {
            for (const int combined : act.keys) {
                QKeyEvent event(QEvent::ShortcutOverride, combined & ~int(Qt::KeyboardModifierMask),
                    Qt::KeyboardModifiers(combined & int(Qt::KeyboardModifierMask)));
                event.ignore();
                QApplication::sendEvent(view, &event);
                QVERIFY2(event.isAccepted(), qPrintable(act.id)); // Ctrl+1 is a preset here, not a page
            }
        }
        QVERIFY(!page->keys().isEmpty());
    }
    void brokenImageIsATile()
    {
        test::TestStudy ct;
        ct.broken = 10; // the one that is shown first
        const auto page = open(study(ct));
        Viewport *view = page->grid().view(0);
        QTRY_VERIFY_WITH_TIMEOUT(
            view->provider() && view->provider()->loadedCount() == view->provider()->count(), 15000);
        int brokenOnes = 0, ready = 0;
        for (int i = 0; i < view->provider()->count(); ++i) {
            const ShownImage image = view->provider()->image(i);
            brokenOnes += image.state == ShownImage::State::Broken ? 1 : 0;
            ready += image.isReady() ? 1 : 0;
            if (image.state == ShownImage::State::Broken) {
                view->setIndex(i);
                QVERIFY(image.error.has_value());
                test::Fixture::shoot(*page, QStringLiteral("imaging-broken"));
            }
        }
        QVERIFY(ready >= 19);
        QVERIFY(brokenOnes + ready == view->provider()->count());
        view->setIndex(0);
        QVERIFY(view->image().isReady()); // the series goes on
    }
    void aDyingDecoderHangsNothing()
    {
        const QString evil = QStringLiteral(NARU_BINARY_DIR "/bin/naru-decoder-missing");
        Q_UNUSED(evil)
        test::TestStudy ct;
        ct.slices = 4;
        auto options = test::decoderOptions();
        options.program = QStringLiteral("/bin/false"); // ends at once, whatever it is asked
        ImagingPage page(
            *m_fixture->context, m_fixture->patient, std::make_shared<FolderSource>(study(ct), options));
        page.resize(900, 600);
        page.show();
        QSignalSpy loaded(&page.desk(), &StudyDesk::studiesLoaded);
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(loaded.size() > 0, 20000);
        QVERIFY(page.perform(QStringLiteral("tool.length"))); // the page still answers
    }
    void somebodyElse()
    {
        test::TestStudy ct;
        ct.birth = "19700101";
        ct.name = "KIM^CHULSOO==\xEA\xB9\x80^\xEC\xB2\xA0\xEC\x88\x98";
        ct.slices = 3;
        const auto page = open(study(ct));
        QTRY_VERIFY_WITH_TIMEOUT(page->warning().isShowing(), 15000);
        QCOMPARE(page->warning().kind(), MessageStrip::Kind::Error);
        QVERIFY(page->warning().sentence().contains(QStringLiteral("1970-01-01")));
        // On the image itself, where the eyes are: in a window of its own and on a picture too.
        QTRY_VERIFY(page->grid().view(0)->alarm().contains(QStringLiteral("1970-01-01")));
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        test::Fixture::shoot(*page, QStringLiteral("imaging-mismatch"));
    }
    void comparesPeople()
    {
        clinical::Patient patient;
        patient.name = QStringLiteral("홍길동");
        patient.sex = clinical::Sex::Male;
        patient.birthDate = base::Timestamp::parseAny(QStringLiteral("1961-03-02")).valueOr({});
        services::StudyRow row;
        row.patientName = QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동");
        row.birthDate = QStringLiteral("19610302");
        row.sex = QStringLiteral("M");
        QVERIFY(!checkPatient(row, patient).isMismatch());
        QVERIFY(checkPatient(row, patient).certain);
        row.patientName = QStringLiteral("HONG^KILTONG"); // another romanisation says nothing
        QVERIFY(!checkPatient(row, patient).isMismatch());
        row.patientName =
            QStringLiteral("Hong^Gildong==홍^길동A"); // a clinic's mark for one of two namesakes
        QVERIFY(!checkPatient(row, patient).isMismatch());
        row.patientName = QStringLiteral("x==홍^길순");
        QCOMPARE(checkPatient(row, patient).differing, QStringList{QStringLiteral("name")});
        row.sex = QStringLiteral("F");
        row.birthDate = QStringLiteral("19610203");
        QCOMPARE(checkPatient(row, patient).differing.size(), 3);
        row = {};
        QVERIFY(!checkPatient(row, patient).certain);
    }
    void layoutsAndPrior()
    {
        test::TestStudy current, earlier;
        earlier.study = "2.25.2002";
        earlier.series = "2.25.2002.1";
        earlier.date = "20250511";
        earlier.space = "2.25.88"; // another Frame of Reference
        earlier.firstZ = 10;
        const QString folder = study(current);
        earlier.write(folder);
        const auto page = open(folder);
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        QCOMPARE(page->study()->row.date, QStringLiteral("20261118")); // the newest
        for (const char *layout : {"layout.2x2", "layout.3x3", "layout.1x2", "layout.1x1"})
            QVERIFY(page->perform(QString::fromLatin1(layout)));
        QCOMPARE(page->grid().views().size(), 1);
        QVERIFY(page->perform(QStringLiteral("compare")));
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().views().size() == 2 && page->grid().view(1)->provider(), 15000);
        Viewport *left = page->grid().view(0), *right = page->grid().view(1);
        QVERIFY(left->provider()->studyKey() != right->provider()->studyKey());
        const int difference = right->index() - left->index();
        page->grid().activate(0);
        left->setIndex(left->index() - 4);
        QCOMPARE(right->index() - left->index(), difference); // by the offset they had
        QVERIFY(page->perform(QStringLiteral("compare")));
        QTRY_VERIFY(page->grid().view(0)->provider()
            && page->grid().view(0)->provider()->studyKey() == page->study()->row.key);
    }
    // A disc on which nobody has a birth date: an earlier study is no prior because both say nothing.
    void priorOfSomebodyElse()
    {
        test::TestStudy current, earlier;
        current.birth = earlier.birth = current.sex = earlier.sex = "";
        earlier.study = "2.25.2002";
        earlier.series = "2.25.2002.1";
        earlier.date = "20250511";
        earlier.name = "PARK^MINJI";
        const QString folder = study(current);
        earlier.write(folder);
        const auto page = open(folder);
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        QCOMPARE(page->desk().rows().size(), std::size_t(2));
        QVERIFY(!page->perform(QStringLiteral("compare")));
    }
    // A device that gave two people's examinations one study UID.
    void oneStudyUidForTwoPeople()
    {
        test::TestStudy one, two;
        one.slices = two.slices = 3;
        two.series = "2.25.1001.2";
        two.name = "PARK^MINJI";
        two.birth = "19800101";
        const QString folder = study(one);
        two.write(folder);
        const auto page = open(folder);
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        QCOMPARE(page->desk().rows().size(), std::size_t(2));
        for (const services::StudyRow &row : page->desk().rows())
            QCOMPARE(row.instances, 3);
    }
    void cacheKeepsWhatIsVisible()
    {
        auto facts = std::make_shared<imaging::ImageFacts>();
        facts->rows = facts->columns = 100;
        facts->bitsAllocated = 8;
        std::vector<FrameCache::Slice> slices(50, {QStringLiteral("h"), 0, facts});
        FrameCache cache(10 * 10000 + 5000); // ten frames
        const int stack = cache.addStack(slices, 25);
        int viewer = 0;
        cache.lookAt(&viewer, stack, 20, 1);
        QList<int> order;
        std::vector<std::byte> memory(10000);
        imaging::Frame frame;
        frame.data = memory;
        for (;;) {
            const FrameRequest request = cache.next();
            if (!request.isValid() || order.size() > 60)
                break;
            order.append(request.index);
            cache.finish(request, frame);
            QVERIFY(cache.used() <= cache.budget());
        }
        QCOMPARE(order.mid(0, 4), (QList<int>{20, 25, 21, 22})); // visible, picture of the list, ahead
        QVERIFY(cache.isLoaded(stack, 20));
        QVERIFY(order.size() <= 12); // and then it rests, instead of swapping
        cache.lookAt(&viewer, stack, 45, 1);
        const FrameRequest next = cache.next();
        QCOMPARE(next.index, 45);
        cache.finish(next, frame);
        QVERIFY(cache.used() <= cache.budget());
        cache.removeStack(stack);
        QCOMPARE(cache.used(), 0);
        QCOMPARE(imageMemoryBudgetFor(0), qint64(256) * 1024 * 1024);
        QCOMPARE(imageMemoryBudgetFor(qint64(8192) * 1024 * 1024), qint64(3584) * 1024 * 1024);
    }
    void paintsWhileItLoads()
    {
        test::TestStudy ct;
        ct.slices = 60;
        ct.rows = ct.columns = 256;
        const auto page = open(study(ct));
        Viewport *view = page->grid().view(0);
        int then = -1;
        connect(view, &Viewport::imageShown, this, [&] {
            if (then < 0 && view->image().isReady())
                then = view->provider()->loadedCount();
        });
        QTRY_VERIFY_WITH_TIMEOUT(then >= 0, 15000);
        QVERIFY2(then < 60, "the first image came only with the last");
        int frames = 0;
        QElapsedTimer timer;
        timer.start();
        do {
            view->step(frames % 2 ? 1 : -1);
            view->grab();
            ++frames;
            QCoreApplication::processEvents();
        } while (view->provider()->loadedCount() < 60 && timer.elapsed() < 15000);
        QCOMPARE(view->provider()->loadedCount(), 60);
        QVERIFY(frames > 0);
    }
    void planes()
    {
        test::TestStudy ct;
        const auto page = open(study(ct));
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        QVERIFY(page->perform(QStringLiteral("layout.mpr")));
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().views().size() == 4, 15000);
        for (Viewport *view : page->grid().views())
            QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
        QVERIFY(page->perform(QStringLiteral("slab.mip")));
        QVERIFY(page->perform(QStringLiteral("slab.20")));
        for (Viewport *view : page->grid().views()) // a projection is not taken for a slice
            QVERIFY2(view->provider()->title().endsWith(QStringLiteral("MIP 20 mm")),
                qPrintable(view->provider()->title()));
        QVERIFY2(test::unnamed(page.get()).isEmpty(),
            qPrintable(test::unnamed(page.get()).join(QStringLiteral("; "))));
        QTest::qWait(400);
        test::Fixture::shoot(*page, QStringLiteral("imaging-planes"));
    }
    // Planes of one series after another: what was measured on the first is not drawn on the second.
    void planesOfTwoSeries()
    {
        test::TestStudy one, two;
        one.slices = two.slices = 6;
        two.series = "2.25.1001.2";
        two.seriesNumber = 3;
        const QString folder = study(one);
        two.write(folder);
        const auto page = open(folder);
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        QSet<QString> places;
        for (int series = 0; series < 2; ++series) {
            page->showProvider(page->study()->providers.at(series));
            Viewport *view = page->grid().active();
            QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady(), 15000);
            QVERIFY(page->perform(QStringLiteral("layout.mpr")));
            QTRY_VERIFY_WITH_TIMEOUT(page->grid().views().size() == 4
                    && qobject_cast<PlaneProvider *>(page->grid().view(0)->provider()),
                15000);
            view = page->grid().view(0);
            QTRY_VERIFY_WITH_TIMEOUT(view->image().isReady() && view->provider()->isLoaded(0), 15000);
            QTest::qWait(400); // the last slices have been cut in
            QVERIFY2(!places.contains(view->image().place()), qPrintable(view->image().place()));
            places.insert(view->image().place());
            QVERIFY(page->perform(QStringLiteral("layout.1x1")));
            page->grid().activate(0);
        }
    }
    // Asked for twice before the first is there: the second counts, with its own pixels.
    void planesAskedForTwice()
    {
        test::TestStudy one, two;
        one.slices = 6;
        two.slices = 9;
        two.series = "2.25.1001.2";
        two.seriesNumber = 3;
        const QString folder = study(one);
        two.write(folder);
        const auto page = open(folder);
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        const auto providers = page->study()->providers;
        QCOMPARE(providers.size(), 2);
        VolumeDesk volumes(page->desk().queue(), page->desk().sharedSource(), nullptr);
        QSignalSpy ready(&volumes, &VolumeDesk::planesReady);
        volumes.make(*providers.at(0), 0);
        volumes.make(*providers.at(1), 0);
        QTRY_VERIFY_WITH_TIMEOUT(ready.size() > 0, 15000);
        QTest::qWait(500);
        QCOMPARE(ready.size(), 1);
        QCOMPARE(volumes.planes().size(), 4);
        QCOMPARE(volumes.planes().front()->seriesKey(), providers.at(1)->known(0).facts->seriesUid);
    }
    void ownWindowAndBack()
    {
        test::TestStudy ct;
        ct.slices = 3;
        const auto page = open(study(ct));
        QTRY_VERIFY_WITH_TIMEOUT(page->grid().view(0)->image().isReady(), 15000);
        QVERIFY(page->perform(QStringLiteral("view.detach")));
        QVERIFY(page->grid().window() != page->window());
        QCOMPARE(page->grid().window()->windowTitle().contains(QStringLiteral("홍")), false);
        page->grid().window()->close();
        QVERIFY(page->grid().window() == page->window());
        QVERIFY(page->grid().view(0)->image().isReady());
    }
};

QTEST_MAIN(TstUiImaging)
#include "tst_ui_imaging.moc"
