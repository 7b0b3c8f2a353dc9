// From an empty viewer to the first image of a study that is still on its way from the archive, in the window
// of the workstation and by keyboard alone.
#include "tests/ui/archive/ArchivePeer.h"
#include "tests/ui/imaging/ImageStoreFixture.h"

#include "core/services/PacsService.h"
#include "ui/pages/archive/ArchivePage.h"
#include "ui/shell/MainWindow.h"
#include "ui/widgets/DataTable.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;
using services::PacsJob;

class TstUiArchiveJourney : public QObject {
    Q_OBJECT

    std::unique_ptr<test::ArchivePeer> m_archive{};
    std::unique_ptr<test::ImageStoreFixture> m_fixture{};
    std::unique_ptr<MainWindow> m_window{};

    services::PacsService &pacs() { return m_fixture->profile->pacs(); }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_window->focusWidget(), key, modifiers);
    }

private Q_SLOTS:
    void init()
    {
        m_archive = std::make_unique<test::ArchivePeer>();
        test::HeldStudy study;
        study.like.patientName = "KIM^NARU==김^나루";
        study.images = 12;
        m_archive->held = {study};
        m_archive->delayMs = 200;
        m_fixture = std::make_unique<test::ImageStoreFixture>();
        m_fixture->context->registerPage(QStringLiteral("imaging"), ImagingPage::make);
        m_fixture->context->registerPage(QStringLiteral("archive"), ArchivePage::make);
        services::PacsNode node;
        node.name = QStringLiteral("방사선과 저장소");
        node.host = QStringLiteral("127.0.0.1");
        node.port = m_archive->port();
        node.aeTitle = QStringLiteral("HOUSE");
        node.ourAeTitle = QStringLiteral("CLINIC");
        QVERIFY(pacs().setNode(node).ok());
        m_window = std::make_unique<MainWindow>(*m_fixture->context);
        m_window->resize(1366, 768);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
        m_archive.reset();
    }

    void fromAnEmptyViewerToTheFirstImage()
    {
        m_fixture->context->openImaging(m_fixture->patient);
        QTRY_VERIFY(qobject_cast<ImagingPage *>(m_window->currentPage()));
        QVERIFY(static_cast<ImagingPage *>(m_window->currentPage())
                    ->perform(QStringLiteral("import.archive"))); // Ctrl+Shift+A
        auto *page = qobject_cast<ArchivePage *>(m_window->currentPage());
        QVERIFY(page);
        QSignalSpy answered(page, &ArchivePage::answered);
        key(Qt::Key_Return);
        QVERIFY(answered.count() > 0 || answered.wait(20'000));
        QVERIFY(answered.first().first().toBool());
        QCOMPARE(test::focusName(), QStringLiteral("archive.results"));
        test::Fixture::shoot(*m_window, QStringLiteral("archive-window"));
        key(Qt::Key_Return); // fetch
        const auto here = [this] {
            services::StudyFilter filter;
            filter.patientKey = m_fixture->patient;
            const auto all = m_fixture->profile->images().studies(filter);
            return all.empty() ? 0 : all.front().instances;
        };
        auto *open = page->findChild<QPushButton *>(QStringLiteral("archive.open"));
        QTRY_VERIFY_WITH_TIMEOUT(open->isVisible(), 20'000);
        QVERIFY(here() > 0 && here() < 12);
        key(Qt::Key_Return); // the first image
        auto *viewer = qobject_cast<ImagingPage *>(m_window->currentPage());
        QVERIFY(viewer);
        QTRY_VERIFY_WITH_TIMEOUT(viewer->grid().view(0) && viewer->grid().view(0)->image().isReady(), 20'000);
        QCOMPARE(pacs().jobs().size(), std::size_t(1));
        QTRY_COMPARE_WITH_TIMEOUT(int(pacs().jobs().front().state), int(PacsJob::State::Done), 20'000);
        QCOMPARE(here(), 12);
    }

    // Closing the program in the middle is no cancelling: the next start goes on with what is missing.
    void goesOnAnotherDay()
    {
        m_window.reset();
        auto page = std::make_unique<ArchivePage>(*m_fixture->context, m_fixture->patient);
        page->setVisible(true);
        QSignalSpy answered(page.get(), &ArchivePage::answered);
        QVERIFY(page->refresh());
        QVERIFY(answered.count() > 0 || answered.wait(20'000));
        QVERIFY(page->mainAct());
        auto *open = page->findChild<QPushButton *>(QStringLiteral("archive.open"));
        QTRY_VERIFY_WITH_TIMEOUT(open->isVisible(), 20'000);
        page.reset();
        QCOMPARE(int(pacs().jobs().front().state), int(PacsJob::State::Running)); // without its page
        m_fixture->context.reset();
        QTRY_COMPARE_WITH_TIMEOUT(int(pacs().jobs().front().state), int(PacsJob::State::Queued), 20'000);
        m_archive->delayMs = 0;
        QVERIFY(pacs().runDue().ok());
        QCOMPARE(int(pacs().jobs().front().state), int(PacsJob::State::Done));
        QCOMPARE(m_fixture->profile->images().studies().front().instances, 12);
    }
};

QTEST_MAIN(TstUiArchiveJourney)
#include "tst_ui_archive_journey.moc"
