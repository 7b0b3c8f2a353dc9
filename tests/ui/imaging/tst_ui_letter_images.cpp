// From a return letter of the exchange to its images and back: the letter is open, [images] is clicked, the
// first picture stands there while the rest arrives; compared, measured, marked, attached to a referral,
// sent, and the hospital has the images. Nothing is called that a person could not reach with mouse and keys.
#include "tests/ui/compose/Fixture.h"
#include "tests/ui/imaging/ImageStoreFixture.h"
#include "tests/ui/imaging/LetterExchange.h"
#include "ui/forms/FormView.h"
#include "ui/pages/compose/AttachmentBar.h"
#include "ui/pages/compose/ComposePage.h"
#include "ui/pages/compose/PreviewPane.h"
#include "ui/pages/compose/SendSheet.h"
#include "ui/pages/documents/ReaderPage.h"
#include "ui/pages/home/HomePage.h"
#include "ui/pages/imaging/KeyImages.h"
#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/pages/outbox/OutboxPage.h"
#include "ui/pages/patient/PatientPage.h"
#include "ui/shell/ImageFetches.h"
#include "ui/shell/MainWindow.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/MessageStrip.h"

#include <QMenu>
#include <QPushButton>

using namespace naru;
using namespace naru::ui;

class TestLetterImages : public QObject {
    Q_OBJECT

    static constexpr int slices = 200;
    std::unique_ptr<test::LetterWorld> m_world{};
    std::unique_ptr<jobs::JobQueue> m_queue{};
    std::unique_ptr<Theme> m_theme{};
    std::unique_ptr<AppContext> m_context{};
    std::unique_ptr<MainWindow> m_window{};
    test::TestStudy m_own{};
    QTranslator m_words{};
    QFont m_font{};

    services::Profile &profile() { return *m_world->clinic.profile; }
    static test::TestStudy ct(const char *study, const char *date)
    {
        test::TestStudy one;
        one.slices = slices;
        one.rows = 96;
        one.columns = 128;
        one.study = study;
        one.series = one.study + ".1";
        one.space = one.study + ".7";
        one.date = date;
        return one;
    }
    template <typename T> T *page() { return qobject_cast<T *>(m_window->currentPage()); }
    static bool isShown(ImagingPage *page, int view = 0)
    {
        const QList<Viewport *> views = page->grid().views();
        return view < views.size() && views[view]->image().isReady();
    }
    static int count(ImagingPage *page)
    {
        Viewport *view = page->grid().view(0);
        return view && view->provider() ? view->provider()->count() : 0;
    }
    static QMenu *studiesOfTheLetter(ReaderPage *reader)
    {
        const auto menu = [reader] {
            return reader->findChild<QMenu *>(QStringLiteral("reader.images.menu"));
        };
        return QTest::qWaitFor([&] { return menu() && menu()->isVisible(); }, 5000) ? menu() : nullptr;
    }
    ImagingPage *clickTheLetter()
    {
        m_context->openDocument(m_world->clinic.patient, m_world->letter);
        auto *reader = page<ReaderPage>();
        if (!reader
            || !QTest::qWaitFor(
                [reader] {
                    auto *button = reader->findChild<QPushButton *>(QStringLiteral("reader.images"));
                    return button && button->isVisible();
                },
                15000))
            return nullptr;
        test::Fixture::shoot(*m_window, QStringLiteral("letter"));
        QTest::mouseClick(reader->findChild<QPushButton *>(QStringLiteral("reader.images")), Qt::LeftButton);
        if (QMenu *menu = studiesOfTheLetter(reader)) // it names two; the first is the one in front
            QTest::keyClick(menu, Qt::Key_Return);
        m_window->activateWindow(); // a menu was in front of it
        if (!QTest::qWaitFor([this] { return page<ImagingPage>() != nullptr; }, 15000))
            return nullptr;
        return page<ImagingPage>();
    }
    static MessageStrip *strip(ImagingPage *page)
    {
        for (MessageStrip *one : page->findChildren<MessageStrip *>()) {
            if (one != &page->warning())
                return one;
        }
        return nullptr;
    }
    // A fetch that is stopped on its way.
    void fetchUntil(const char *study, const std::function<bool(const services::ImageFetchReport &)> &enough)
    {
        std::stop_source stop;
        (void)profile().images().fetchFromExchange(
            {.patient = m_world->clinic.patient, .studyUid = QString::fromLatin1(study)},
            base::WorkContext(stop.get_token()), [&](const services::ImageFetchReport &soFar) {
                if (enough(soFar))
                    stop.request_stop();
            });
    }
    void forgetImages()
    {
        for (const services::StudyRow &row : profile().images().studies())
            QVERIFY(profile().images().remove(row.key).ok());
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_font = QApplication::font();
        if (qEnvironmentVariableIsSet("NARU_TEST_QM") && m_words.load(qEnvironmentVariable("NARU_TEST_QM")))
            QCoreApplication::installTranslator(&m_words);
        m_world = std::make_unique<test::LetterWorld>();
        QVERIFY(m_world->write({ct("2.25.7001", "20261118"), ct("2.25.7002", "20250511")}));
        m_own = ct("2.25.7003", "20240301"); // what the clinic has on a disc
        m_own.slices = 3;
        QVERIFY(profile().images().studies().empty());
        profile().startBackgroundWork();
        m_queue = std::make_unique<jobs::JobQueue>(3);
    }
    void cleanupTestCase()
    {
        m_queue->shutdown();
        m_world.reset();
    }
    void init()
    {
        QApplication::setFont(m_font);
        m_theme = std::make_unique<Theme>();
        m_theme->setChoice(qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")));
        m_theme->setZoom(qEnvironmentVariable("NARU_TEST_ZOOM", QStringLiteral("1")).toDouble());
        m_theme->applyTo(*qApp);
        m_context =
            std::make_unique<AppContext>(m_world->clinic.profile, *m_theme, *m_queue, text::Language::Korean);
        m_context->registerPage(QStringLiteral("document"), ReaderPage::make);
        m_context->registerPage(QStringLiteral("imaging"), ImagingPage::make);
        m_context->registerPage(QStringLiteral("compose"), ComposePage::make);
        m_context->registerPage(QStringLiteral("home"), HomePage::make);
        m_context->registerPage(QStringLiteral("patient"), PatientPage::make);
        m_context->registerPage(QStringLiteral("outbox"), OutboxPage::make);
        m_window = std::make_unique<MainWindow>(*m_context);
        m_window->resize(1366, 768);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_context.reset();
        m_theme.reset();
        QVERIFY(m_world->exchange.process.faults(""));
        forgetImages();
    }

    // The picture that is looked at stays while its stack grows around it, and scrolling works meanwhile.
    void firstPictureWhileTheRestArrives()
    {
        ImagingPage *viewer = clickTheLetter();
        QVERIFY(viewer);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(viewer), 15000);
        Viewport *view = viewer->grid().view(0);
        const QString first = view->image().facts->sopUid;
        int seen = count(viewer);
        QList<int> counts{seen};
        const auto grows = [&] {
            if (count(viewer) != counts.back())
                counts.append(count(viewer));
            return count(viewer) == slices;
        };
        test::Fixture::shoot(*m_window, QStringLiteral("letter-first-image"));
        QVERIFY(QTest::qWaitFor(grows, 30000)); // nothing was pressed again
        QCOMPARE(view->image().facts->sopUid, first);
        QVERIFY(view->image().isReady());
        QVERIFY2(seen < slices || counts.size() == 1, "it shrank");
        QTest::keyClick(view, Qt::Key_PageDown);
        QTRY_VERIFY(view->image().isReady());
        QVERIFY(view->image().facts->sopUid != first);
        // The letter names another study as well; it comes without a further click.
        QTRY_COMPARE_WITH_TIMEOUT(profile().images().studies().size(), std::size_t(2), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_context->imageFetches().running(QStringLiteral("2.25.7002")), 20000);
        for (const services::StudyRow &row : profile().images().studies())
            QCOMPARE(row.instances, slices);
        QVERIFY2(!strip(viewer)->isShowing(), qPrintable(strip(viewer)->sentence()));
        test::Fixture::shoot(*m_window, QStringLiteral("letter-whole"));
    }

    // By keys: which of the studies that the letter names; the other one comes as well.
    void theSecondStudyOfTheLetter()
    {
        m_context->openDocument(m_world->clinic.patient, m_world->letter);
        auto *reader = page<ReaderPage>();
        auto *button = reader->findChild<QPushButton *>(QStringLiteral("reader.images"));
        QTRY_VERIFY_WITH_TIMEOUT(button->isVisible(), 15000);
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
        QMenu *menu = studiesOfTheLetter(reader);
        QVERIFY(menu);
        test::Fixture::shoot(*m_window, QStringLiteral("letter-studies"));
        QCOMPARE(menu->actions().size(), 2); // readings and results speak of the same two
        QVERIFY2(menu->actions()[0]->text().contains(QStringLiteral("2026-11-18 흉부 CT")),
            qPrintable(menu->actions()[0]->text()));
        QVERIFY(menu->actions()[1]->text().contains(QStringLiteral("2025-05-11")));
        QCOMPARE(menu->activeAction(), menu->actions()[0]);
        QTest::keyClick(menu, Qt::Key_2);
        QTRY_VERIFY_WITH_TIMEOUT(page<ImagingPage>() != nullptr, 15000);
        ImagingPage *viewer = page<ImagingPage>();
        QTRY_VERIFY_WITH_TIMEOUT(viewer->study(), 15000);
        QCOMPARE(viewer->study()->row.studyUid, QStringLiteral("2.25.7002"));
        QTRY_COMPARE_WITH_TIMEOUT(profile().images().studies().size(), std::size_t(2), 20000);
        for (const char *study : {"2.25.7001", "2.25.7002"})
            QTRY_VERIFY_WITH_TIMEOUT(!m_context->imageFetches().running(QString::fromLatin1(study)), 30000);
        QCOMPARE(
            viewer->study()->row.studyUid, QStringLiteral("2.25.7002")); // nothing was put in front of it
    }

    // The exchange breaks the answer off: what came is shown, how much is missing is said, and one click
    // brings the rest around the picture that is being looked at.
    void cutInTheMiddle()
    {
        // The manifests are here, so that it is the images that are cut.
        for (const char *study : {"2.25.7001", "2.25.7002"})
            fetchUntil(study, [](const services::ImageFetchReport &soFar) { return soFar.expected > 0; });
        forgetImages();
        QVERIFY(m_world->exchange.process.faults("retrieve:truncate"));
        ImagingPage *viewer = clickTheLetter();
        QVERIFY(viewer);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(viewer), 15000);
        QTRY_VERIFY_WITH_TIMEOUT(strip(viewer)->isShowing(), 30000);
        const int part = count(viewer);
        QVERIFY2(part > 0 && part < slices, qPrintable(QString::number(part)));
        QVERIFY2(strip(viewer)->sentence().contains(QString::number(slices)),
            qPrintable(strip(viewer)->sentence()));
        test::Fixture::shoot(*m_window, QStringLiteral("letter-cut"));
        QVERIFY(m_world->exchange.process.faults(""));
        Viewport *view = viewer->grid().view(0);
        QTest::keyClick(view, Qt::Key_End);
        QTRY_VERIFY(view->image().isReady());
        const QString looked = view->image().facts->sopUid;
        QPushButton *again = nullptr;
        for (QPushButton *button : strip(viewer)->findChildren<QPushButton *>()) {
            if (button->isVisible() && !again)
                again = button;
        }
        QVERIFY(again);
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(count(viewer), slices, 30000);
        QCOMPARE(view->image().facts->sopUid, looked);
        QVERIFY(view->index() < slices - 1 || part == slices);
        QVERIFY(!strip(viewer)->isShowing());
    }

    // Nobody wants to wait any longer: [cancel] by keyboard. What came stays and is said, and the rest comes
    // when it is asked for again.
    void cancelledByKeyboard()
    {
        fetchUntil("2.25.7001", [](const services::ImageFetchReport &soFar) { return soFar.stored > 0; });
        const int part = profile().images().studies().front().instances;
        QVERIFY(part > 0 && part < slices);
        QVERIFY(m_world->exchange.process.faults("retrieve:stall=60"));
        auto *fetches = &m_context->imageFetches();
        bool counted = false; // the manifest of the rest is here
        QObject until;
        connect(fetches, &ImageFetches::arrived, &until,
            [&](const auto &, const services::ImageFetchReport &soFar) { counted |= soFar.expected > 0; });
        m_context->openImaging(m_world->clinic.patient);
        auto *viewer = page<ImagingPage>();
        QVERIFY(viewer);
        QTRY_VERIFY_WITH_TIMEOUT(isShown(viewer), 15000);
        const auto running = [fetches] { return fetches->running(QStringLiteral("2.25.7001")) != nullptr; };
        QTRY_VERIFY_WITH_TIMEOUT(running(), 15000);
        QTRY_VERIFY_WITH_TIMEOUT(counted, 15000);
        const auto cancel = [viewer] {
            for (QPushButton *button : viewer->findChildren<QPushButton *>(QStringLiteral("job.cancel"))) {
                if (button->isVisible())
                    return button;
            }
            return static_cast<QPushButton *>(nullptr);
        };
        QTRY_VERIFY_WITH_TIMEOUT(cancel(), 5000);
        viewer->grid().view(0)->setFocus();
        for (int i = 0; i < 60 && QApplication::focusWidget() != cancel(); ++i)
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY2(QApplication::focusWidget() == cancel(), "no way to it by keys");
        test::Fixture::shoot(*m_window, QStringLiteral("letter-fetching"));
        QTest::keyClick(cancel(), Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!running(), 15000); // and not after the minute of silence
        QVERIFY(!cancel());
        QVERIFY2(QApplication::focusWidget() && QApplication::focusWidget()->isVisible(), "no focus left");
        QTRY_VERIFY(strip(viewer)->isShowing());
        const QString said = strip(viewer)->sentence();
        QVERIFY2(
            said.contains(QString::number(part)) && said.contains(QString::number(slices)), qPrintable(said));
        QVERIFY(strip(viewer)->kind() != MessageStrip::Kind::Error); // it was asked for
        QCOMPARE(count(viewer), part);
        QCOMPARE(profile().images().studies().front().instances, part);
        test::Fixture::shoot(*m_window, QStringLiteral("letter-cancelled"));
        QVERIFY(m_world->exchange.process.faults(""));
        strip(viewer)->findChild<QPushButton *>()->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(count(viewer), slices, 30000);
        QVERIFY(!strip(viewer)->isShowing());
    }

    // The program is opened the next morning on a study that is here in part: nobody clicks in the letter
    // again.
    void theRestWithoutTheLetter()
    {
        services::ImageFetchRequest request;
        request.patient = m_world->clinic.patient;
        request.studyUid = QStringLiteral("2.25.7001");
        std::stop_source stop;
        (void)profile().images().fetchFromExchange(
            request, base::WorkContext(stop.get_token()), [&stop](const services::ImageFetchReport &soFar) {
                if (soFar.stored > 0)
                    stop.request_stop();
            });
        const int part = profile().images().studies().front().instances;
        QVERIFY(part > 0 && part < slices);
        m_context->openImaging(m_world->clinic.patient);
        auto *viewer = page<ImagingPage>();
        QVERIFY(viewer);
        QTRY_COMPARE_WITH_TIMEOUT(count(viewer), slices, 30000);
    }

    void toTheReferralAndSent()
    {
        QVERIFY(m_world->clinic.store(m_own));
        const services::Draft draft = m_world->clinic.referral(QStringLiteral("추적 검사를 의뢰합니다."));
        QVERIFY(!draft.id.isEmpty());
        ImagingPage *viewer = clickTheLetter();
        QVERIFY(viewer);
        QTRY_COMPARE_WITH_TIMEOUT(count(viewer), slices, 30000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_context->imageFetches().running(QStringLiteral("2.25.7002")), 30000);
        QTRY_VERIFY(!viewer->desk().isLoading());
        Viewport *left = viewer->grid().view(0);
        QTest::keyClick(left, Qt::Key_F9);
        QTRY_VERIFY_WITH_TIMEOUT(viewer->grid().views().size() == 2 && isShown(viewer, 1), 20000);
        QTest::keyClick(left, Qt::Key_4);
        test::dragOn(left, {30, 40}, {70, 40});
        QCOMPARE(viewer->book().all().size(), std::size_t(1));
        QTest::keyClick(left, Qt::Key_Insert);
        QTest::keyClick(left, Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(viewer->book().unsaved(), 0, 15000);
        test::Fixture::shoot(*m_window, QStringLiteral("letter-compared"));
        QTest::keyClick(left, Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(page<ComposePage>() != nullptr, 15000);
        ComposePage *writing = page<ComposePage>();
        QTRY_COMPARE_WITH_TIMEOUT(writing->model().document().images.size(), std::size_t(1), 15000);
        QCOMPARE(writing->model().document().images.front().images, 2); // and what says that it is one
        attachOwn(writing);
        QVERIFY(!QTest::currentTestFailed());
        send(writing);
        QVERIFY(!QTest::currentTestFailed());
        arrivedAt(writing->sentItem());
    }

private:
    void attachOwn(ComposePage *writing)
    {
        QTest::keyClick(writing, Qt::Key_I, Qt::AltModifier);
        DataTable *list = writing->attachments()->list();
        QTRY_VERIFY(list->isVisible() && list->filter().rowCount() == 3);
        for (const services::StudyRow &row : profile().images().studies()) {
            if (row.studyUid == QString::fromLatin1(m_own.study))
                QVERIFY(list->setCurrentId(row.key));
        }
        test::Fixture::shoot(*m_window, QStringLiteral("letter-attach"));
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(writing->model().document().images.size(), std::size_t(2), 15000);
    }
    void send(ComposePage *writing)
    {
        for (int i = 0; i < 30 && writing->form()->unreviewed() > 0; ++i) {
            QTest::keyClick(m_window.get(), Qt::Key_F7);
            QCoreApplication::processEvents();
        }
        QTRY_VERIFY(writing->preview()->isCurrent());
        QTest::keyClick(m_window.get(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(writing->sheet()->isVisible(), 15000);
        QTRY_COMPARE(test::focusName(), QStringLiteral("compose.sendSheet.send"));
        test::Fixture::shoot(*m_window, QStringLiteral("letter-sheet"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!writing->sentItem().isEmpty(), 15000);
        const auto state = [&] { return profile().outbox().get(writing->sentItem())->state; };
        QTRY_COMPARE_WITH_TIMEOUT(state(), services::OutboxState::Done, 30000);
        m_context->openOutbox(writing->sentItem());
        test::Fixture::shoot(*m_window, QStringLiteral("letter-outbox"));
    }
    // As the hospital sees it.
    void arrivedAt(const services::OutboxId &item)
    {
        const auto row = profile().outbox().get(item);
        QVERIFY(row);
        QVERIFY(m_world->hospital.fetchDocument(row->documentId));
        services::ImageFetchRequest request;
        request.patient = m_world->hospital.patient;
        request.studyUid = QString::fromLatin1(m_own.study);
        const auto report = m_world->hospital.profile->images().fetchFromExchange(request);
        QVERIFY2(report, report ? "" : qPrintable(report.error().toString()));
        QVERIFY(report->complete());
        QCOMPARE(report->stored, m_own.slices);
    }
};

QTEST_MAIN(TestLetterImages)
#include "tst_ui_letter_images.moc"
