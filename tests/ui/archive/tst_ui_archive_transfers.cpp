// Studies on their way between the workstation and an archive: shown while they come, cancelled, tried again,
// refused for whose they are; and an archive that is down or keeps silent.
#include "tests/ui/archive/ArchivePageTest.h"

#include "ui/pages/archive/TransferList.h"

#include <QElapsedTimer>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using services::PacsJob;

class TstUiArchiveTransfers : public ArchivePageTest {
    Q_OBJECT

private Q_SLOTS:
    void firstImageWhileTheRestArrives();
    void archiveIsDown();
    void archiveKeepsSilent();
    void cancelledAndTriedAgain();
    void hereInNobodysChart();
    void imagesThatContradictTheList();
    void inTheChartOfSomebodyElse();
    void confirmedOnlyInPart();
};

void TstUiArchiveTransfers::firstImageWhileTheRestArrives()
{
    serve({ctOf("2.25.100", "KIM^NARU==김^나루", "19610302", 12)});
    m_archive->delayMs = 200;
    QVERIFY(ask());
    key(Qt::Key_Return);
    auto *open = find<QPushButton>("archive.open");
    QTRY_VERIFY_WITH_TIMEOUT(open->isVisible(), Patience);
    QVERIFY(jobIs(PacsJob::State::Running) && inChart() < 12);
    QVERIFY(find<QPushButton>("archive.stop")->isVisible());
    shoot("archive-arriving");
    QSignalSpy opened(m_desk.context.get(), &AppContext::openRequested);
    key(Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    m_archive->delayMs = 0; // it was seen: the rest may come at once
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Done), Patience);
    QCOMPARE(inChart(), 12);
}

void TstUiArchiveTransfers::archiveIsDown()
{
    connectTo(1);
    QVERIFY(ask(false));
    QCOMPARE(int(strip()->kind()), int(MessageStrip::Kind::Error));
    QVERIFY2(strip()->sentence().contains(archiveName), qPrintable(strip()->sentence()));
    QVERIFY2(strip()->sentence().contains(QStringLiteral("dimse.Tcp")), qPrintable(strip()->sentence()));
    QVERIFY(find<QPushButton>("archive.ask")->isEnabled());
    shoot("archive-down");
    // A fetch that cannot begin waits, says why, and is told to stop waiting.
    QVERIFY(pacs().fetch(archiveName, QStringLiteral("2.25.9"), m_patient).ok());
    QVERIFY(pacs().run(pacs().jobs().front().id).ok());
    QTRY_VERIFY(cell(jobs(), 0, 4).contains(archiveName));
    QVERIFY(m_page->goToSection(3));
    QTRY_VERIFY(find<MessageStrip>("archive.jobs.strip")->isShowing());
    shoot("archive-waiting");
    QTest::mouseClick(find<QPushButton>("archive.jobs.stop"), Qt::LeftButton);
    QTRY_VERIFY(jobIs(PacsJob::State::Stopped));
    QTRY_VERIFY(find<QPushButton>("archive.jobs.remove")->isVisible());
    QTest::mouseClick(find<QPushButton>("archive.jobs.remove"), Qt::LeftButton);
    QTRY_VERIFY(jobs()->isEmpty());
}

// It takes the question and never answers: Esc ends the waiting.
void TstUiArchiveTransfers::archiveKeepsSilent()
{
    serve({});
    m_archive->silent = true;
    QSignalSpy answered(m_page, &ArchivePage::answered);
    key(Qt::Key_Return);
    QTRY_COMPARE(m_archive->unanswered.load(), 1);
    QCOMPARE(answered.count(), 0);
    shoot("archive-silent");
    QElapsedTimer waited;
    waited.start();
    QVERIFY(m_page->stepBack());
    QVERIFY(answered.wait(Patience) && !answered.first().first().toBool());
    QVERIFY(waited.elapsed() < 5'000 * NARU_TIME_FACTOR);
}

void TstUiArchiveTransfers::cancelledAndTriedAgain()
{
    serve({ctOf("2.25.100", "KIM^NARU==김^나루", "19610302", 8)});
    m_archive->delayMs = 300;
    QVERIFY(ask());
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Running) && inChart() > 0, Patience);
    QVERIFY(m_page->goToSection(3));
    QTRY_VERIFY(find<QPushButton>("archive.jobs.stop")->isVisible());
    QTest::keyClick(m_desk.window.get(), Qt::Key_Delete);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Stopped), Patience);
    const int came = inChart();
    QVERIFY(came > 0 && came < 8);
    m_archive->delayMs = 0;
    QTRY_VERIFY(find<QPushButton>("archive.jobs.again")->isVisible());
    jobs()->setFocus();
    QVERIFY(m_page->mainAct()); // Ctrl+Enter
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Done), Patience);
    QCOMPARE(inChart(), 8);
    QCOMPARE(int(pacs().jobs().size()), 1);
}

// An archive pushed it some day; whose it is was left open.
void TstUiArchiveTransfers::hereInNobodysChart()
{
    HeldStudy study = ctOf("2.25.100", "KIM^NARU==김^나루", "19610302");
    study.like.patientId = "SEV-9";
    QCOMPARE(clinic().import({clinic().series(QStringLiteral("ct"), 3, study.like)}).stored, 3);
    HeldStudy second = study;
    second.like.studyUid = "2.25.101";
    second.like.seriesUid = "2.25.101.1";
    QCOMPARE(clinic().import({clinic().series(QStringLiteral("ct2"), 3, second.like)}).stored, 3);
    QCOMPARE(inChart(), 0);
    serve({study, second});
    find<HangulLineEdit>("archive.id")->setText(QStringLiteral("SEV-9"));
    QVERIFY(ask());
    QVERIFY(results()->setCurrentId(QStringLiteral("2.25.100")));
    key(Qt::Key_Return);
    QTRY_COMPARE(inChart(), 3);
    QVERIFY(pacs().jobs().empty()); // nothing was left to fetch
    // The same by a job, as naructl asks for it.
    const auto job = pacs().fetch(archiveName, QStringLiteral("2.25.101"), m_patient);
    QVERIFY(job.ok());
    const auto ran = pacs().run(*job);
    QVERIFY2(ran.ok() && ran->state == PacsJob::State::Done, ran ? qPrintable(ran->message) : "");
    QCOMPARE(inChart(), 6);
}

void TstUiArchiveTransfers::imagesThatContradictTheList()
{
    HeldStudy study = ctOf("2.25.300", "LEE^SUNSIN==이^순신", "19550501");
    study.like.patientName = "KIM^NARU"; // the list: our patient; the images: born on another day
    study.listedBirth = "19610302";
    serve({study});
    QVERIFY(ask());
    QVERIFY(!cell(results(), 0, 0).startsWith(QLatin1Char('!')));
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Failed), Patience);
    QCOMPARE(inChart(), 0);
    QTRY_VERIFY(strip()->isShowing() && strip()->kind() == MessageStrip::Kind::Error);
    QCOMPARE(pacs().jobs().front().lastError, QStringLiteral("services.ImagesOfAnother"));
    QTRY_VERIFY(cell(results(), 0, 0).startsWith(QLatin1Char('!'))); // from now on
    QVERIFY(!find<QPushButton>("archive.jobs.again")->isVisible());
    shoot("archive-contradiction");
    key(Qt::Key_Return);
    QCOMPARE(int(pacs().jobs().size()), 1);
}

void TstUiArchiveTransfers::inTheChartOfSomebodyElse()
{
    clinical::Patient other;
    other.name = QStringLiteral("김나루");
    other.birthDate = base::Timestamp::fromDate(QDate(1961, 3, 2));
    other.localId = {clinic().profile->site().clinic().oid, QStringLiteral("77")};
    const auto key2 = clinic().profile->patients().save(other);
    QVERIFY(key2.ok());
    QCOMPARE(clinic().import({clinic().series(QStringLiteral("ct"), 3)}, *key2).stored, 3);
    serve({ctOf("2.25.100", "KIM^NARU", "19610302")});
    QVERIFY(ask());
    QVERIFY(cell(results(), 0, 0).startsWith(QLatin1Char('!')));
    key(Qt::Key_Return);
    QCOMPARE(int(strip()->kind()), int(MessageStrip::Kind::Error));
    QVERIFY(strip()->isShowing() && pacs().jobs().empty());
    QCOMPARE(clinic().study().patientKey, *key2);
}

// Sent and taken, and then the archive answers for some of it only (storage commitment).
void TstUiArchiveTransfers::confirmedOnlyInPart()
{
    PacsJob partly, whole, open;
    partly.id = QStringLiteral("1");
    partly.kind = whole.kind = open.kind = QStringLiteral("send");
    partly.node = whole.node = open.node = archiveName;
    partly.state = PacsJob::State::Failed;
    partly.total = 12;
    partly.done = partly.committed = 10;
    partly.failed = 2;
    partly.notCommitted = {{QStringLiteral("2.25.1"), 0x0112}, {QStringLiteral("2.25.2"), 0}};
    partly.lastError = QStringLiteral("services.PacsNotCommitted");
    whole.id = QStringLiteral("2");
    whole.state = open.state = PacsJob::State::Done;
    whole.total = whole.done = whole.committed = 3;
    open.id = QStringLiteral("3");
    open.total = open.done = 3;
    open.awaitsReport = true;
    TransferList list(*m_desk.context, {});
    list.setJobs({partly, whole, open}, {}, {});
    m_desk.column->addWidget(&list);
    QVERIFY2(cell(list.table(), 0, 4).contains(QStringLiteral("12건 가운데 2건")),
        qPrintable(cell(list.table(), 0, 4)));
    QVERIFY(cell(list.table(), 0, 4).contains(QStringLiteral("일부 실패")));
    QVERIFY(cell(list.table(), 1, 4) != cell(list.table(), 2, 4)); // confirmed, and not yet
    QVERIFY(list.table()->setCurrentId(partly.id));
    auto *reason = list.findChild<MessageStrip *>(QStringLiteral("archive.jobs.strip"));
    QVERIFY(reason->isShowing() && reason->kind() == MessageStrip::Kind::Error);
    QVERIFY2(reason->sentence().contains(QStringLiteral("다시 시도")), qPrintable(reason->sentence()));
    QVERIFY(!list.findChild<QPushButton *>(QStringLiteral("archive.jobs.again"))->isHidden());
    shoot("archive-partly-confirmed");
    QVERIFY(list.table()->setCurrentId(open.id));
    QVERIFY(list.findChild<QPushButton *>(QStringLiteral("archive.jobs.again"))->isHidden());
}

QTEST_MAIN(TstUiArchiveTransfers)
#include "tst_ui_archive_transfers.moc"
