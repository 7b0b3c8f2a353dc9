// Tables with no row, one and ten thousand; current rows; filters; the merged record; jobs.
#include "ui/jobs/UiJob.h"
#include "ui/models/MergedRecord.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace naru;

namespace {

std::vector<ui::ModelRow> rows(int count)
{
    std::vector<ui::ModelRow> all;
    for (int i = 0; i < count; ++i) {
        ui::ModelRow row{
            QString::number(i), {}, i % 2 ? QStringLiteral("odd") : QStringLiteral("even"), false, false};
        row.cells = {{QStringLiteral("세브란스병원 %1").arg(i), {}, i, false, false, {}},
            {QStringLiteral("x"), {}, {}, false, false, {}}};
        all.push_back(row);
    }
    return all;
}

clinical::Problem problem(const char *code, const char *name)
{
    clinical::Problem one;
    one.code.code = QString::fromLatin1(code);
    one.code.display = QString::fromUtf8(name);
    return one;
}

} // namespace

class TstUiModels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void spareColumnsGiveWayAndComeBack()
    {
        ui::Theme theme;
        theme.applyTo(*qApp);
        ui::DataTable table(theme,
            new ui::RowModel(
                theme, {QStringLiteral("기관"), QStringLiteral("날짜"), QStringLiteral("작성자")}),
            {3, 0, 2}, QStringLiteral("t"));
        table.setSpareColumns({2});
        std::vector<ui::ModelRow> one(1);
        one[0].id = QStringLiteral("1");
        one[0].cells = {{QStringLiteral("세브란스병원"), {}, {}, false, false, {}},
            {QStringLiteral("2026-11-22"), {}, {}, false, false, {}},
            {QStringLiteral("이전문 교수"), {}, {}, false, false, {}}};
        table.setRows(one);
        table.resize(900, 200);
        table.show();
        const QHeaderView *header = table.horizontalHeader();
        QVERIFY(!header->isSectionHidden(2));
        table.resize(theme.unit(42), 200);
        QVERIFY(header->isSectionHidden(2));
        QVERIFY(!header->isSectionHidden(0) && !header->isSectionHidden(1));
        // What is left is not cut.
        QVERIFY(
            header->sectionSize(0) >= table.fontMetrics().horizontalAdvance(QStringLiteral("세브란스병원")));
        table.resize(900, 200);
        QVERIFY(!header->isSectionHidden(2));
    }
    void emptyTableTakesNoFocusAndSaysWhy()
    {
        ui::Theme theme;
        theme.applyTo(*qApp);
        ui::DataTable table(theme, new ui::RowModel(theme, {QStringLiteral("a"), QStringLiteral("b")}),
            {1, 0}, QStringLiteral("t"));
        table.setEmptyState(QStringLiteral("보낼 것이 없습니다"));
        table.show();
        QCOMPARE(table.focusPolicy(), Qt::NoFocus);
        QCOMPARE(table.emptySentence(), QStringLiteral("보낼 것이 없습니다"));
        table.setRows(rows(1));
        QCOMPARE(table.focusPolicy(), Qt::StrongFocus);
        QVERIFY(table.currentIndex().isValid());
        table.setRows({});
        QVERIFY(!table.currentIndex().isValid());
        QCOMPARE(table.focusPolicy(), Qt::NoFocus);
    }
    void tenThousandRowsStayQuickAndKeepTheirCurrentRow()
    {
        ui::Theme theme;
        theme.applyTo(*qApp);
        auto *model = new ui::RowModel(theme, {QStringLiteral("a"), QStringLiteral("b")});
        QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        ui::DataTable table(theme, model, {1, 0}, QStringLiteral("t"));
        table.resize(600, 400);
        table.show();
        QElapsedTimer timer;
        timer.start();
        table.setRows(rows(10000));
        QVERIFY2(timer.elapsed() < 2000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(table.setCurrentId(QStringLiteral("7777")));
        auto changed = rows(10000);
        changed.insert(changed.begin(),
            ui::ModelRow{QStringLiteral("new"), {{QStringLiteral("n"), {}, {}, false, false, {}}, {}}, {},
                false, false});
        table.setRows(changed);
        QCOMPARE(table.currentId(), QStringLiteral("7777"));
    }
    void filterKnowsInitialConsonantsSlipsAndTags()
    {
        QVERIFY(ui::RowFilter::textMatches(QStringLiteral("세브란스병원"), QStringLiteral("ㅅㅂㄹ")));
        QVERIFY(ui::RowFilter::textMatches(QStringLiteral("세브란스병원"), QStringLiteral("tpqm")));
        QVERIFY(!ui::RowFilter::textMatches(QStringLiteral("강남병원"), QStringLiteral("ㅅㅂㄹ")));
        ui::Theme theme;
        theme.applyTo(*qApp);
        ui::DataTable table(theme, new ui::RowModel(theme, {QStringLiteral("a"), QStringLiteral("b")}),
            {1, 0}, QStringLiteral("t"));
        table.setRows(rows(10));
        table.filter().setTags({QStringLiteral("odd")});
        QCOMPARE(table.filter().rowCount(), 5);
        QVERIFY(table.currentIndex().isValid());
    }
    void lettersGoToTheSearchAndEnterOpens()
    {
        ui::Theme theme;
        theme.applyTo(*qApp);
        ui::DataTable table(theme, new ui::RowModel(theme, {QStringLiteral("a"), QStringLiteral("b")}),
            {1, 0}, QStringLiteral("t"));
        table.setRows(rows(3));
        table.show();
        QSignalSpy typed(&table, &ui::DataTable::typed), opened(&table, &ui::DataTable::opened);
        QTest::keyClick(&table, Qt::Key_A);
        QCOMPARE(typed.count(), 1);
        QTest::keyClick(&table, Qt::Key_Down);
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(opened.count(), 1);
        QCOMPARE(opened.first().first().toString(), QStringLiteral("1"));
    }
    void mergedRecordFoldsMarksAndKeeps()
    {
        std::vector<ui::RecordSource> sources(2);
        sources[0].label = QStringLiteral("EMR");
        sources[0].content.problems = {
            problem("E11.9", "2형 당뇨병"), problem("I10", "고혈압"), problem("", "백내장")};
        sources[1].label = QStringLiteral("회송서");
        sources[1].content.problems = {
            problem("E119", "2형 당뇨병"), problem("I15.9", "고혈압"), problem("H26", "백내장")};
        const auto items = ui::mergeRecord(sources, ui::RecordKind::Problems);
        QCOMPARE(items.size(), std::size_t(5)); // only the exact duplicate folded
        int conflicts = 0, possible = 0, folded = 0;
        for (const ui::RecordItem &item : items) {
            conflicts += item.conflict;
            possible += item.possible;
            folded += item.duplicates;
            if (item.duplicates)
                QCOMPARE(item.sources.size(), std::size_t(2));
        }
        QCOMPARE(conflicts, 2);
        QCOMPARE(possible, 1);
        QCOMPARE(folded, 1);
    }
    void resultsInOtherUnitsStayApart()
    {
        std::vector<ui::RecordSource> sources(1);
        for (const char *unit : {"%", "mmol/mol", "%"}) {
            clinical::LabResult lab;
            lab.code.code = QStringLiteral("4548-4");
            lab.item = QStringLiteral("당화혈색소");
            lab.unit = QString::fromLatin1(unit);
            lab.value = QStringLiteral("7.1");
            sources[0].content.labs.push_back(lab);
        }
        const auto items = ui::mergeRecord(sources, ui::RecordKind::Labs);
        QCOMPARE(items.size(), std::size_t(2));
    }
    void jobDeliversOnThisThreadAndDiesWithItsOwner()
    {
        jobs::JobQueue queue(2);
        int delivered = 0;
        QObject owner;
        ui::UiJob::start<int>(
            queue, &owner, [](const base::WorkContext &) -> base::Result<int> { return 7; },
            [&](const base::Result<int> &result) {
                QVERIFY(QThread::currentThread() == qApp->thread());
                delivered += *result;
            });
        QTRY_COMPARE(delivered, 7);
        std::atomic<bool> stopped = false;
        {
            QObject brief;
            ui::UiJob::start<int>(
                queue, &brief,
                [&](const base::WorkContext &work) -> base::Result<int> {
                    for (int i = 0; i < 400 && !work.stopRequested(); ++i)
                        QThread::msleep(5);
                    stopped = work.stopRequested();
                    return 1;
                },
                [&](const base::Result<int> &) { delivered = -1; });
            QTest::qWait(30);
        }
        QTRY_VERIFY(stopped);
        QTest::qWait(50);
        QCOMPARE(delivered, 7);
    }
};

QTEST_MAIN(TstUiModels)
#include "tst_ui_models.moc"
