// A doctor asks an archive for the studies of her patient, by keyboard alone: what it has comes into the
// chart, what is somebody else's does not, and an archive that is down, slow or empty says so.
#include "tests/core/services/ImageFixture.h"
#include "tests/ui/archive/ArchivePeer.h"

#include "core/jobs/JobQueue.h"
#include "core/services/PacsService.h"
#include "ui/pages/archive/ArchivePage.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QAccessible>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTranslator>
#include <QVBoxLayout>

using namespace naru;
using namespace naru::ui;
using services::PacsJob;
using services::PacsNode;

namespace {
const QString archive = QStringLiteral("방사선과 저장소");
constexpr int Patience = 20'000 * NARU_TIME_FACTOR;

test::HeldStudy ctOf(const char *uid, const char *name, const char *birth, int images = 3)
{
    test::HeldStudy study;
    study.like.studyUid = uid;
    study.like.seriesUid = QByteArray(uid) + ".1";
    study.like.patientName = name;
    study.like.birthDate = birth;
    study.images = images;
    return study;
}
} // namespace

class TstUiArchiveSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void noArchiveLeadsToTheSettings();
    void askedFetchedOpened();
    void firstImageWhileTheRestArrives();
    void anotherPersonIsRefused();
    void imagesThatContradictTheList();
    void inTheChartOfSomebodyElse();
    void whoseItIsCannotBeTold();
    void hereInNobodysChart();
    void nothingThere();
    void archiveIsDown();
    void archiveKeepsSilent();
    void cancelledAndTriedAgain();
    void whatCannotBeAsked();
    void everythingHasAName();
    void largeTypeInALowWindow();

private:
    template <typename T> T *find(const char *name) const
    {
        return m_window->findChild<T *>(QString::fromLatin1(name));
    }
    DataTable *results() const { return find<DataTable>("archive.results"); }
    DataTable *jobs() const { return find<DataTable>("archive.jobs"); }
    MessageStrip *strip() const { return find<MessageStrip>("archive.strip"); }
    services::PacsService &pacs() { return m_clinic->profile->pacs(); }
    QString focusName() const
    {
        const QWidget *focus = m_window->focusWidget();
        return focus ? focus->objectName() : QString();
    }
    void key(Qt::Key key) { QTest::keyClick(m_window->focusWidget(), key); }
    void serve(std::vector<test::HeldStudy> held)
    {
        m_archive = std::make_unique<test::ArchivePeer>();
        m_archive->held = std::move(held);
        connectTo(m_archive->port());
    }
    void connectTo(int port)
    {
        PacsNode node;
        node.name = archive;
        node.host = QStringLiteral("127.0.0.1");
        node.port = port;
        node.aeTitle = QStringLiteral("HOUSE");
        node.ourAeTitle = QStringLiteral("CLINIC");
        QVERIFY(pacs().setNode(node).ok());
        QTRY_VERIFY(find<QWidget>("archive.query")->isVisible());
        m_page->focusFirst();
    }
    // Enter in the field that has the focus.
    bool ask(bool good = true)
    {
        QSignalSpy answered(m_page, &ArchivePage::answered);
        key(Qt::Key_Return);
        return (answered.count() > 0 || answered.wait(Patience)) && answered.first().first().toBool() == good;
    }
    QString cell(DataTable *table, int row, int column) const
    {
        const auto &rows = table->rows().rowValues();
        return int(rows.size()) > row ? rows[std::size_t(row)].cells[std::size_t(column)].text : QString();
    }
    int inChart() const
    {
        services::StudyFilter filter;
        filter.patientKey = m_patient;
        int images = 0;
        for (const services::StudyRow &row : m_clinic->images().studies(filter))
            images += row.instances;
        return images;
    }
    bool jobIs(PacsJob::State state)
    {
        const auto all = pacs().jobs();
        return !all.empty() && all.front().state == state;
    }
    void shoot(const char *name)
    {
        const QString folder = qEnvironmentVariable("NARU_TEST_SHOTS");
        if (folder.isEmpty())
            return;
        QTest::qWait(60);
        m_window->grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QLatin1Char('-')
            + m_theme->choice() + QStringLiteral(".png"));
    }

    std::unique_ptr<test::ImageClinic> m_clinic{};
    std::unique_ptr<test::ArchivePeer> m_archive{};
    std::unique_ptr<Theme> m_theme{};
    std::unique_ptr<jobs::JobQueue> m_queue{};
    std::unique_ptr<AppContext> m_context{};
    std::unique_ptr<QWidget> m_window{};
    ArchivePage *m_page = nullptr;
    services::PatientKey m_patient{};
    QTranslator m_translator{};
};

void TstUiArchiveSearch::init()
{
    static const QFont systemFont = QApplication::font();
    QApplication::setFont(systemFont); // a theme takes the font it finds for the system's
    if (qEnvironmentVariableIsSet("NARU_TEST_QM") && m_translator.load(qEnvironmentVariable("NARU_TEST_QM")))
        QCoreApplication::installTranslator(&m_translator);
    m_clinic = std::make_unique<test::ImageClinic>();
    QVERIFY(m_clinic->openOffline());
    m_patient = m_clinic->patient(); // 김나루, 1961-03-02, 20261122-017
    QVERIFY(!m_patient.isEmpty());
    m_theme = std::make_unique<Theme>();
    m_theme->setChoice(qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")));
    m_theme->applyTo(*qApp);
    m_queue = std::make_unique<jobs::JobQueue>(3);
    m_context = std::make_unique<AppContext>(m_clinic->profile, *m_theme, *m_queue, text::Language::Korean);
    m_window = std::make_unique<QWidget>();
    m_window->resize(1366, 620); // what the shell leaves of 768
    auto *column = new QVBoxLayout(m_window.get());
    column->setContentsMargins(0, 0, 0, 0);
    m_page = new ArchivePage(*m_context, m_patient, m_window.get());
    column->addWidget(m_page);
    m_window->show();
    m_window->activateWindow();
    m_page->focusFirst();
}

void TstUiArchiveSearch::cleanup()
{
    m_window.reset();
    m_context.reset();
    m_queue->shutdown();
    m_queue.reset();
    m_archive.reset();
    m_clinic.reset();
}

void TstUiArchiveSearch::noArchiveLeadsToTheSettings()
{
    QVERIFY(!find<QWidget>("archive.query")->isVisible());
    QVERIFY(!results()->emptySentence().isEmpty());
    shoot("archive-none");
    QSignalSpy opened(m_context.get(), &AppContext::openRequested);
    key(Qt::Key_Space); // the one button
    QCOMPARE(opened.count(), 1);
    const auto request = opened.first().first().value<PageRequest>();
    QCOMPARE(request.kind, QStringLiteral("settings"));
    QCOMPARE(request.extra, QStringLiteral("archives"));
}

void TstUiArchiveSearch::askedFetchedOpened()
{
    serve({ctOf("2.25.100", "KIM^NARU==김^나루", "19610302", 5)});
    QCOMPARE(focusName(), QStringLiteral("archive.id"));
    QCOMPARE(find<HangulLineEdit>("archive.id")->text(), QStringLiteral("20261122-017"));
    shoot("archive-asking");
    QVERIFY(ask());
    QVERIFY(m_archive->lastQuestion().contains("20261122-017"));
    QCOMPARE(focusName(), QStringLiteral("archive.results"));
    QVERIFY(cell(results(), 0, 1).contains(QStringLiteral("김나루")));
    QVERIFY(cell(results(), 0, 1).contains(QStringLiteral("1961-03-02")));
    QCOMPARE(cell(results(), 0, 2), QStringLiteral("2026-11-20"));
    QCOMPARE(cell(results(), 0, 5), QStringLiteral("5"));
    shoot("archive-found");
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Done), Patience);
    QCOMPARE(inChart(), 5);
    QTRY_VERIFY_WITH_TIMEOUT(strip()->isShowing() && strip()->kind() == MessageStrip::Kind::Ok, Patience);
    QTRY_VERIFY(cell(results(), 0, 0).startsWith(QStringLiteral("✓")));
    QVERIFY(cell(jobs(), 0, 3).contains(QStringLiteral("5 / 5")));
    shoot("archive-fetched");
    QSignalSpy opened(m_context.get(), &AppContext::openRequested);
    key(Qt::Key_Return); // the same key again: it is here
    QCOMPARE(opened.count(), 1);
    const auto request = opened.first().first().value<PageRequest>();
    QVERIFY(request.kind == QLatin1String("imaging") && request.patient == m_patient);
    QCOMPARE(request.object, QStringLiteral("2.25.100"));
    QCOMPARE(int(pacs().jobs().size()), 1);
}

void TstUiArchiveSearch::firstImageWhileTheRestArrives()
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
    QSignalSpy opened(m_context.get(), &AppContext::openRequested);
    key(Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Done), Patience);
    QCOMPARE(inChart(), 12);
}

void TstUiArchiveSearch::anotherPersonIsRefused()
{
    serve({ctOf("2.25.200", "LEE^SUNSIN==이^순신", "19550501"),
        ctOf("2.25.100", "KIM^NARU==김^나루", "19610302")});
    QVERIFY(ask());
    QVERIFY(results()->setCurrentId(QStringLiteral("2.25.200")));
    const ModelRow *row = results()->rows().rowAt(results()->rows().rowOf(QStringLiteral("2.25.200")));
    QVERIFY(row->cells[0].text.startsWith(QLatin1Char('!')) && row->cells[0].bold);
    QCOMPARE(row->cells[0].role, QStringLiteral("error"));
    QVERIFY(row->cells[0].text.contains(QStringLiteral("생년월일")));
    QVERIFY(row->cells[0].text.contains(QStringLiteral("이름")));
    key(Qt::Key_Return);
    QVERIFY(strip()->isShowing() && strip()->kind() == MessageStrip::Kind::Error);
    QVERIFY(strip()->sentence().contains(QStringLiteral("이순신")));
    shoot("archive-another");
    QVERIFY(pacs().jobs().empty());
    // A person may still want to look: then it is in nobody's chart.
    QTest::keyClick(strip()->findChild<QPushButton *>(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Done), Patience);
    QCOMPARE(inChart(), 0);
    QCOMPARE(m_clinic->study().patientKey, QString());
    key(Qt::Key_Return);
    QCOMPARE(inChart(), 0);
    QCOMPARE(int(pacs().jobs().size()), 1);
}

void TstUiArchiveSearch::imagesThatContradictTheList()
{
    test::HeldStudy study = ctOf("2.25.300", "LEE^SUNSIN==이^순신", "19550501");
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

void TstUiArchiveSearch::inTheChartOfSomebodyElse()
{
    clinical::Patient other;
    other.name = QStringLiteral("김나루");
    other.birthDate = base::Timestamp::fromDate(QDate(1961, 3, 2));
    other.localId = {m_clinic->profile->site().clinic().oid, QStringLiteral("77")};
    const auto key2 = m_clinic->profile->patients().save(other);
    QVERIFY(key2.ok());
    QCOMPARE(m_clinic->import({m_clinic->series(QStringLiteral("ct"), 3)}, *key2).stored, 3);
    serve({ctOf("2.25.100", "KIM^NARU", "19610302")});
    QVERIFY(ask());
    QVERIFY(cell(results(), 0, 0).startsWith(QLatin1Char('!')));
    key(Qt::Key_Return);
    QCOMPARE(int(strip()->kind()), int(MessageStrip::Kind::Error));
    QVERIFY(strip()->isShowing() && pacs().jobs().empty());
    QCOMPARE(m_clinic->study().patientKey, *key2);
}

void TstUiArchiveSearch::whoseItIsCannotBeTold()
{
    serve({ctOf("2.25.100", "KIM^NARU", "")}); // no birth date, no Hangul
    QVERIFY(ask());
    key(Qt::Key_Return);
    QVERIFY(strip()->isShowing() && strip()->kind() == MessageStrip::Kind::Warn);
    QVERIFY(pacs().jobs().empty());
    shoot("archive-uncertain");
    QTest::keyClick(strip()->findChild<QPushButton *>(), Qt::Key_Space);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Done), Patience);
    QCOMPARE(inChart(), 3);
}

// An archive pushed it some day; whose it is was left open.
void TstUiArchiveSearch::hereInNobodysChart()
{
    test::HeldStudy study = ctOf("2.25.100", "KIM^NARU==김^나루", "19610302");
    study.like.patientId = "SEV-9";
    QCOMPARE(m_clinic->import({m_clinic->series(QStringLiteral("ct"), 3, study.like)}).stored, 3);
    test::HeldStudy second = study;
    second.like.studyUid = "2.25.101";
    second.like.seriesUid = "2.25.101.1";
    QCOMPARE(m_clinic->import({m_clinic->series(QStringLiteral("ct2"), 3, second.like)}).stored, 3);
    QCOMPARE(inChart(), 0);
    serve({study, second});
    find<HangulLineEdit>("archive.id")->setText(QStringLiteral("SEV-9"));
    QVERIFY(ask());
    QVERIFY(results()->setCurrentId(QStringLiteral("2.25.100")));
    key(Qt::Key_Return);
    QTRY_COMPARE(inChart(), 3);
    QVERIFY(pacs().jobs().empty()); // nothing was left to fetch
    // The same by a job, as naructl asks for it.
    const auto job = pacs().fetch(archive, QStringLiteral("2.25.101"), m_patient);
    QVERIFY(job.ok());
    const auto ran = pacs().run(*job);
    QVERIFY2(ran.ok() && ran->state == PacsJob::State::Done, ran ? qPrintable(ran->message) : "");
    QCOMPARE(inChart(), 6);
}

void TstUiArchiveSearch::nothingThere()
{
    test::HeldStudy study = ctOf("2.25.100", "KIM^NARU==김^나루", "19610302");
    study.like.patientId = "SEV-9";
    serve({study}); // numbered by somebody else
    QVERIFY(ask());
    QVERIFY(results()->isEmpty());
    QVERIFY(results()->emptySentence().contains(archive));
    shoot("archive-nothing");
    m_page->focusFirst();
    QSignalSpy answered(m_page, &ArchivePage::answered);
    QTest::keyClick(results()->findChild<QPushButton *>(), Qt::Key_Space); // by name and date of birth
    QVERIFY(answered.wait(Patience));
    QCOMPARE(int(results()->rows().rowValues().size()), 1);
    QVERIFY(find<HangulLineEdit>("archive.id")->text().isEmpty());
    QCOMPARE(find<HangulLineEdit>("archive.birth")->text(), QStringLiteral("1961-03-02"));
}

void TstUiArchiveSearch::archiveIsDown()
{
    connectTo(1);
    QVERIFY(ask(false));
    QCOMPARE(int(strip()->kind()), int(MessageStrip::Kind::Error));
    QVERIFY2(strip()->sentence().contains(archive), qPrintable(strip()->sentence()));
    QVERIFY2(strip()->sentence().contains(QStringLiteral("dimse.Tcp")), qPrintable(strip()->sentence()));
    QVERIFY(find<QPushButton>("archive.ask")->isEnabled());
    shoot("archive-down");
    // A fetch that cannot begin waits, says why, and is told to stop waiting.
    QVERIFY(pacs().fetch(archive, QStringLiteral("2.25.9"), m_patient).ok());
    QVERIFY(pacs().run(pacs().jobs().front().id).ok());
    QTRY_VERIFY(cell(jobs(), 0, 4).contains(archive));
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
void TstUiArchiveSearch::archiveKeepsSilent()
{
    serve({});
    m_archive->silent = true;
    QSignalSpy answered(m_page, &ArchivePage::answered);
    key(Qt::Key_Return);
    QTest::qWait(500);
    QCOMPARE(answered.count(), 0);
    shoot("archive-silent");
    QElapsedTimer waited;
    waited.start();
    QVERIFY(m_page->stepBack());
    QVERIFY(answered.wait(Patience) && !answered.first().first().toBool());
    QVERIFY(waited.elapsed() < 5'000 * NARU_TIME_FACTOR);
}

void TstUiArchiveSearch::cancelledAndTriedAgain()
{
    serve({ctOf("2.25.100", "KIM^NARU==김^나루", "19610302", 8)});
    m_archive->delayMs = 300;
    QVERIFY(ask());
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(jobIs(PacsJob::State::Running) && inChart() > 0, Patience);
    QVERIFY(m_page->goToSection(3));
    QTRY_VERIFY(find<QPushButton>("archive.jobs.stop")->isVisible());
    QTest::keyClick(m_window.get(), Qt::Key_Delete);
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

void TstUiArchiveSearch::whatCannotBeAsked()
{
    serve({});
    find<HangulLineEdit>("archive.from")->setText(QStringLiteral("어제"));
    key(Qt::Key_Return);
    QCOMPARE(focusName(), QStringLiteral("archive.from"));
    QVERIFY(strip()->isShowing() && m_archive->questions == 0);
    find<HangulLineEdit>("archive.from")->setText(QStringLiteral("2026"));
    find<HangulLineEdit>("archive.to")->setText(QStringLiteral("2025"));
    key(Qt::Key_Return);
    QVERIFY(m_archive->questions == 0);
    find<HangulLineEdit>("archive.to")->setText(QStringLiteral("2026-02"));
    QVERIFY(ask());
    QVERIFY(m_archive->lastQuestion().contains("20260101-20260228"));
    find<HangulLineEdit>("archive.id")->clear();
    find<HangulLineEdit>("archive.name")->clear();
    find<HangulLineEdit>("archive.birth")->clear();
    const int before = m_archive->questions;
    QVERIFY(m_page->refresh()); // nobody in particular
    QCOMPARE(m_archive->questions.load(), before);
    QCOMPARE(focusName(), QStringLiteral("archive.id"));
}

void TstUiArchiveSearch::everythingHasAName()
{
    serve({ctOf("2.25.100", "KIM^NARU==김^나루", "19610302")});
    QVERIFY(ask());
    for (QWidget *widget : m_page->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->isHidden() || !widget->isEnabled()
            || QString::fromLatin1(widget->metaObject()->className()).startsWith(QLatin1String("QScroll"))
            || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
        QVERIFY2(accessible && !accessible->text(QAccessible::Name).trimmed().isEmpty(),
            qPrintable(QString::fromLatin1(widget->metaObject()->className()) + widget->objectName()));
    }
    for (int section = 1; section <= 3; ++section)
        QCOMPARE(m_page->goToSection(section), true);
}

void TstUiArchiveSearch::largeTypeInALowWindow()
{
    serve({ctOf("2.25.200", "LEE^SUNSIN==이^순신", "19550501"),
        ctOf("2.25.100", "KIM^NARU==김^나루", "19610302", 240)});
    QVERIFY(ask());
    m_theme->setZoom(2.0);
    QTest::qWait(60);
    shoot("archive-large");
    const auto *area = find<QScrollArea>("archive.scroll");
    QVERIFY(area);
    QVERIFY2(area->widget()->width() <= area->viewport()->width(), "it scrolls sideways");
    for (QWidget *widget : m_page->findChildren<QWidget *>()) {
        const bool counts = qobject_cast<QLineEdit *>(widget) || qobject_cast<QPushButton *>(widget);
        if (!counts || !widget->isVisible() || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QVERIFY2(widget->mapTo(m_page, QPoint(widget->width(), 0)).x() <= m_page->width(),
            qPrintable(widget->objectName()));
        QVERIFY2(widget->height() >= widget->minimumSizeHint().height(), qPrintable(widget->objectName()));
    }
    QVERIFY(m_page->goToSection(3));
    QTRY_VERIFY(!jobs()->visibleRegion().isEmpty());
    shoot("archive-large-jobs");
    m_theme->setZoom(1.0);
}

QTEST_MAIN(TstUiArchiveSearch)
#include "tst_ui_archive_search.moc"
