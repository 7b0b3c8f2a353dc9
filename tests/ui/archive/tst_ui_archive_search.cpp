// A doctor asks an archive for the studies of her patient, by keyboard alone: what it has comes into the
// chart, what is somebody else's does not, and what cannot be asked is said.
#include "tests/ui/archive/ArchivePageTest.h"

#include <QAccessible>
#include <QScrollArea>

using namespace naru;
using namespace naru::test;
using namespace naru::ui;
using services::PacsJob;

class TstUiArchiveSearch : public ArchivePageTest {
    Q_OBJECT

private Q_SLOTS:
    void noArchiveLeadsToTheSettings();
    void askedFetchedOpened();
    void anotherPersonIsRefused();
    void whoseItIsCannotBeTold();
    void nothingThere();
    void whatCannotBeAsked();
    void everythingHasAName();
    void largeTypeInALowWindow();
};

void TstUiArchiveSearch::noArchiveLeadsToTheSettings()
{
    QVERIFY(!find<QWidget>("archive.query")->isVisible());
    QVERIFY(!results()->emptySentence().isEmpty());
    shoot("archive-none");
    QSignalSpy opened(m_desk.context.get(), &AppContext::openRequested);
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
    QSignalSpy opened(m_desk.context.get(), &AppContext::openRequested);
    key(Qt::Key_Return); // the same key again: it is here
    QCOMPARE(opened.count(), 1);
    const auto request = opened.first().first().value<PageRequest>();
    QVERIFY(request.kind == QLatin1String("imaging") && request.patient == m_patient);
    QCOMPARE(request.object, QStringLiteral("2.25.100"));
    QCOMPARE(int(pacs().jobs().size()), 1);
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
    QCOMPARE(clinic().study().patientKey, QString());
    key(Qt::Key_Return);
    QCOMPARE(inChart(), 0);
    QCOMPARE(int(pacs().jobs().size()), 1);
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

void TstUiArchiveSearch::nothingThere()
{
    HeldStudy study = ctOf("2.25.100", "KIM^NARU==김^나루", "19610302");
    study.like.patientId = "SEV-9";
    serve({study}); // numbered by somebody else
    QVERIFY(ask());
    QVERIFY(results()->isEmpty());
    QVERIFY(results()->emptySentence().contains(archiveName));
    shoot("archive-nothing");
    m_page->focusFirst();
    QSignalSpy answered(m_page, &ArchivePage::answered);
    QTest::keyClick(results()->findChild<QPushButton *>(), Qt::Key_Space); // by name and date of birth
    QVERIFY(answered.wait(Patience));
    QCOMPARE(int(results()->rows().rowValues().size()), 1);
    QVERIFY(find<HangulLineEdit>("archive.id")->text().isEmpty());
    QCOMPARE(find<HangulLineEdit>("archive.birth")->text(), QStringLiteral("1961-03-02"));
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
    m_desk.theme->setZoom(2.0);
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
        QTRY_VERIFY2(
            widget->height() >= widget->minimumSizeHint().height(), qPrintable(widget->objectName()));
    }
    QVERIFY(m_page->goToSection(3));
    QTRY_VERIFY(!jobs()->visibleRegion().isEmpty());
    shoot("archive-large-jobs");
    m_desk.theme->setZoom(1.0);
}

QTEST_MAIN(TstUiArchiveSearch)
#include "tst_ui_archive_search.moc"
