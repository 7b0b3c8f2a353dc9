// Two studies of a patient in one viewer: what was measured on each is kept with its own study and comes back
// with it, whatever was open before and whatever is drawn while it is being saved.
#include "core/base/Errors.h"
#include "core/services/ComposeService.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "ui/pages/imaging/KeyImages.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/widgets/MessageStrip.h"

#include <QSet>
#include <QSignalSpy>

#include <atomic>
#include <mutex>

using namespace naru;
using namespace naru::ui;

namespace {
// A store whose disc refuses objects of our own for a while.
class WornSource : public ProfileSource {
public:
    using ProfileSource::ProfileSource;
    base::Result<std::vector<imaging::InstanceRef>> instances(
        const QString &studyKey, const base::WorkContext &work) override
    {
        auto all = ProfileSource::instances(studyKey, work);
        const std::lock_guard lock(m_mutex);
        for (const imaging::InstanceRef &one : all ? *all : std::vector<imaging::InstanceRef>()) {
            if (one.facts->kind != imaging::Kind::Image)
                m_own.insert(one.handle);
        }
        return all;
    }
    base::Result<imaging::ImageSource> bytes(const QString &handle) override
    {
        const std::lock_guard lock(m_mutex);
        if (worn && m_own.contains(handle))
            return base::errors::Io;
        return ProfileSource::bytes(handle);
    }
    std::atomic<bool> worn{true};

private:
    std::mutex m_mutex{};
    QSet<QString> m_own{};
};
} // namespace

class TstUiSeveralStudies : public QObject {
    Q_OBJECT
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<ImagingPage> m_page{};
    Viewport *m_view = nullptr;

    static test::TestStudy earlier()
    {
        test::TestStudy ct;
        ct.slices = 3;
        ct.study = "2.25.2002";
        ct.series = "2.25.2002.1";
        ct.date = "20251118";
        return ct;
    }
    void show(const char *studyUid)
    {
        const QString uid = QString::fromLatin1(studyUid);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->desk().rows().empty(), 15000);
        for (const services::StudyRow &row : m_page->desk().rows()) {
            if (row.studyUid == uid)
                m_page->showStudy(row.key);
        }
        QTRY_VERIFY_WITH_TIMEOUT(m_page->study() && m_page->study()->row.studyUid == uid, 15000);
        QTRY_VERIFY_WITH_TIMEOUT(
            m_view->provider() && m_view->image().isReady() && m_view->image().facts->studyUid == uid, 15000);
        ViewTransform transform = m_view->transform();
        transform.setZoom(5);
        m_view->setTransform(transform);
    }
    void openPage()
    {
        m_page = m_fixture->open();
        m_view = m_page->grid().view(0);
    }
    void measure()
    {
        m_page->perform(QStringLiteral("tool.length"));
        test::dragOn(m_view, {30, 40}, {70, 40});
    }
    bool save()
    {
        QSignalSpy saved(m_page.get(), &Page::saved);
        return m_page->saveNow() && (!saved.isEmpty() || saved.wait(15000));
    }
    int measuredOn(const char *studyUid) const
    {
        int count = 0;
        for (const Measurement &one : m_page->book().all())
            count += one.facts->studyUid == QLatin1String(studyUid) ? 1 : 0;
        return count;
    }
    int reportsIn(const char *studyUid) const
    {
        services::StudyFilter filter;
        filter.studyUid = QString::fromLatin1(studyUid);
        int count = 0;
        for (const services::StudyRow &study : m_fixture->profile->images().studies(filter)) {
            for (const services::SeriesRow &series : m_fixture->profile->images().series(study.key))
                count += series.modality == QLatin1String("SR") ? series.instances : 0;
        }
        return count;
    }

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<test::ImageStoreFixture>();
        test::TestStudy ct;
        ct.slices = 3;
        QVERIFY(m_fixture->store(ct));
        QVERIFY(m_fixture->store(earlier()));
        openPage();
    }
    void cleanup()
    {
        m_page.reset();
        m_fixture.reset();
    }

    void eachKeepsItsOwn()
    {
        show("2.25.1001");
        measure();
        show("2.25.2002");
        measure();
        measure();
        QCOMPARE(measuredOn("2.25.2002"), 1); // the second drag gripped the first line
        QVERIFY(save());
        QVERIFY(!m_page->hasUnsavedDraft());
        QCOMPARE(reportsIn("2.25.1001"), 1);
        QCOMPARE(reportsIn("2.25.2002"), 1);
        m_page.reset();
        m_fixture->restart();
        openPage();
        show("2.25.1001");
        QTRY_COMPARE_WITH_TIMEOUT(measuredOn("2.25.1001"), 1, 15000);
        QCOMPARE(measuredOn("2.25.2002"), 0);
        show("2.25.2002"); // although the book is not empty
        QTRY_COMPARE_WITH_TIMEOUT(measuredOn("2.25.2002"), 1, 15000);
        QCOMPARE(measuredOn("2.25.1001"), 1);
        QVERIFY(!m_page->hasUnsavedDraft());
        QVERIFY(!m_page->undo());
        // What is deleted in one study leaves the other as it is.
        QVERIFY(m_page->book().remove(m_page->book().all().front().shape.id));
        QVERIFY(save());
        QCOMPARE(reportsIn("2.25.2002"), 1); // nothing new was said of it
        m_page.reset();
        m_fixture->restart();
        openPage();
        show("2.25.1001");
        show("2.25.2002");
        QTRY_COMPARE_WITH_TIMEOUT(measuredOn("2.25.2002"), 1, 15000);
        QCOMPARE(measuredOn("2.25.1001"), 0);
    }
    void drawnWhileTheSavedAreRead()
    {
        show("2.25.1001");
        measure();
        QVERIFY(save());
        MeasurementBook &book = m_page->book();
        const Measured read = book.now();
        MeasurementBook other;
        imaging::Shape line = read.all.front().shape;
        other.add(line, m_view->image(), QStringLiteral("study"), QStringLiteral("series"));
        other.addSaved(read);
        QCOMPARE(other.all().size(), std::size_t(2));
        QCOMPARE(other.unsaved(), 1);
        QVERIFY(other.undo()); // only what was drawn
        QCOMPARE(other.all().size(), std::size_t(1));
        QCOMPARE(other.unsaved(), 0);
        other.addSaved(read); // again: they are here
        QCOMPARE(other.all().size(), std::size_t(1));
    }
    // What an earlier session saved could not be read: a save that would take its place waits.
    void nothingTakesThePlaceOfWhatWasNotRead()
    {
        show("2.25.1001");
        measure();
        QVERIFY(save());
        m_page.reset();
        m_fixture->restart();
        const auto source = std::make_shared<WornSource>(m_fixture->profile, m_fixture->patient);
        m_page = std::make_unique<ImagingPage>(*m_fixture->context, m_fixture->patient, source);
        m_page->resize(1300, 800);
        m_page->show();
        m_view = m_page->grid().view(0);
        show("2.25.1001");
        m_page->perform(QStringLiteral("tool.length"));
        test::dragOn(m_view, {80, 70}, {100, 70});
        QVERIFY(m_page->saveNow());
        QTest::qWait(500);
        QCOMPARE(m_page->book().unsaved(), 1);
        QCOMPARE(reportsIn("2.25.1001"), 1);
        source->worn = false;
        QVERIFY(save());
        QCOMPARE(measuredOn("2.25.1001"), 2);
        QCOMPARE(reportsIn("2.25.1001"), 2);
        m_page.reset();
        m_fixture->restart();
        openPage();
        show("2.25.1001");
        QTRY_COMPARE_WITH_TIMEOUT(measuredOn("2.25.1001"), 2, 15000);
    }
    // Marked while their study was shown, attached while another is: whose they are decides, not what is
    // seen.
    void keyImagesOfSomebodyElse()
    {
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->desk().rows().empty(), 15000);
        test::TestStudy other;
        other.slices = 3;
        other.study = "2.25.3003";
        other.series = "2.25.3003.1";
        other.birth = "19700101";
        other.name = "KIM^CHULSOO==\xEA\xB9\x80^\xEC\xB2\xA0\xEC\x88\x98";
        QVERIFY(m_fixture->store(other)); // put into this chart by mistake
        const auto draft = m_fixture->profile->compose().create(clinical::Form::Referral, m_fixture->patient);
        QVERIFY(draft);
        m_page->refresh();
        QTRY_COMPARE_WITH_TIMEOUT(m_page->desk().rows().size(), std::size_t(3), 15000);
        show("2.25.3003");
        QVERIFY(m_page->warning().isShowing());
        const auto head = [this] { return m_page->printHead().join(QLatin1Char('\n')); };
        const QString chart = m_fixture->profile->patients().get(m_fixture->patient)->name;
        QVERIFY2(
            !head().contains(chart) && head().contains(QStringLiteral("1970-01-01")), qPrintable(head()));
        (void)m_page->perform(QStringLiteral("keyImage.toggle"));
        show("2.25.1001");
        QVERIFY(!m_page->warning().isShowing());
        QVERIFY2(head().contains(chart) && head().contains(QStringLiteral("2026-11-18")), qPrintable(head()));
        const QString own = m_view->image().facts->sopUid;
        QVERIFY(m_page->perform(QStringLiteral("keyImage.toggle")));
        QVERIFY(m_page->mainAct());
        const auto readings = [&] {
            return m_fixture->profile->compose().open(draft->id)->document.content.readings;
        };
        QTRY_VERIFY_WITH_TIMEOUT(!readings().empty(), 15000);
        QTest::qWait(200);
        QCOMPARE(readings().size(), std::size_t(1));
        QCOMPARE(readings().front().sopUid, own);
    }
    // Beside an earlier study: paper has the date of the view that is printed.
    void printedBesideTheEarlierOne()
    {
        show("2.25.1001");
        QVERIFY(m_page->perform(QStringLiteral("compare")));
        QTRY_VERIFY_WITH_TIMEOUT(
            m_page->grid().views().size() == 2 && m_page->grid().view(1)->provider(), 15000);
        m_page->grid().activate(1);
        QVERIFY(m_page->printHead().join(QLatin1Char(' ')).contains(QStringLiteral("2025-11-18")));
        m_page->grid().activate(0);
        QVERIFY(m_page->printHead().join(QLatin1Char(' ')).contains(QStringLiteral("2026-11-18")));
    }
    // What is drawn while the disc is at work is not in what was written.
    void drawnWhileSaving()
    {
        show("2.25.1001");
        measure();
        QVERIFY(save()); // and what there was has been read
        m_page->perform(QStringLiteral("tool.length"));
        test::dragOn(m_view, {80, 70}, {100, 70});
        QSignalSpy saved(m_page.get(), &Page::saved);
        QVERIFY(m_page->saveNow());
        QVERIFY(saved.isEmpty()); // under way
        test::dragOn(m_view, {80, 50}, {100, 50});
        QCOMPARE(m_page->book().all().size(), std::size_t(3));
        QVERIFY(saved.wait(15000));
        QCOMPARE(m_page->book().unsaved(), 1);
        QVERIFY(m_page->hasUnsavedDraft());
    }
};

QTEST_MAIN(TstUiSeveralStudies)
#include "tst_ui_several_studies.moc"
