// The terms page of the settings: a master is taken over by dialog or drop, a broken one leaves everything as
// it was, the report can be saved, favourites that lost their code are named, aliases lead to codes.
#include "Fixture.h"

#include "core/services/TermService.h"
#include "ui/pages/settings/AliasEditor.h"
#include "ui/pages/settings/ImportReportView.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/pages/settings/TermsPart.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QClipboard>
#include <QComboBox>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace naru;
using namespace naru::ui;

namespace {
const QByteArray captions = "상병기호,한글명,영문명,완전코드구분,주상병사용구분,법정감염병구분,성별구분,상한"
                            "연령,하한연령,양·한방구분\n";

QByteArray row(const char *code, const char *ko, const char *en)
{
    return QByteArray(code) + ',' + ko + ',' + en + ",완전코드,가능,,,,,양방\n";
}

QByteArray manyRows(int count)
{
    QByteArray out;
    for (int i = 0; i < count; ++i)
        out += row(qPrintable(QStringLiteral("A%1").arg(i, 3, 10, QLatin1Char('0'))), "가상 질환", "Made up");
    return out;
}
} // namespace

class TstUiTerms : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void everythingHasAName();
    void dropTakesOver();
    void brokenMasterChangesNothing();
    void refusedRowsAreShownAndSaved();
    void brokenMasterSaysWhatItRefused();
    void favouritesThatLostTheirCode();
    void cancelLeavesTheOldList();
    void removalAsksFirst();
    void aliasesLeadToCodes();
    void zoomKeepsTheTableInside();

private:
    QString write(const QString &name, const QByteArray &bytes)
    {
        const QString path = m_files.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("%s", qPrintable(path));
        file.write(bytes);
        return path;
    }
    TermsPart *part() const { return m_page->findChild<TermsPart *>(); }
    template <typename T> T *find(const char *name) const
    {
        return m_page->findChild<T *>(QString::fromLatin1(name));
    }
    bool take(const QStringList &files, bool expected = true)
    {
        QSignalSpy done(part(), &TermsPart::importFinished);
        part()->importFiles(files);
        return (done.count() > 0 || done.wait(10000)) && done.first().first().toBool() == expected;
    }
    QString strip() const
    {
        for (const MessageStrip *strip : part()->findChildren<MessageStrip *>(Qt::FindDirectChildrenOnly)) {
            if (strip->isShowing())
                return strip->sentence();
        }
        return {};
    }

    std::unique_ptr<test::Fixture> m_fixture{};
    std::unique_ptr<QWidget> m_window{};
    SettingsPage *m_page = nullptr;
    QTemporaryDir m_files{};
};

void TstUiTerms::init()
{
    static const QFont systemFont = QApplication::font();
    QApplication::setFont(systemFont); // a theme takes the font it finds for the system's
    m_fixture = std::make_unique<test::Fixture>();
    m_window = std::make_unique<QWidget>();
    m_window->resize(1366, 768);
    auto *column = new QVBoxLayout(m_window.get());
    m_page = new SettingsPage(*m_fixture->context, m_window.get());
    column->addWidget(m_page);
    m_window->show();
    m_page->goToSection(3);
    QVERIFY(part() && part()->isVisible());
}

void TstUiTerms::cleanup()
{
    m_window.reset();
    m_fixture.reset();
}

void TstUiTerms::everythingHasAName()
{
    const QStringList unnamed = test::unnamed(part());
    QVERIFY2(unnamed.isEmpty(), qPrintable(unnamed.join(QStringLiteral(", "))));
    QVERIFY(find<DataTable>("settings.terms.releases")->isEmpty());
    QVERIFY(!find<DataTable>("settings.terms.releases")->emptySentence().isEmpty());
    QVERIFY(!find<QPushButton>("settings.terms.remove")->isEnabled());
    test::Fixture::shoot(*m_window, QStringLiteral("terms-empty"));
}

void TstUiTerms::dropTakesOver()
{
    const QString path = write(
        QStringLiteral("상병마스터_2025.01.csv"), captions + row("I10", "본태성 고혈압", "Hypertension"));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(part(), &enter);
    QVERIFY(enter.isAccepted());
    QSignalSpy done(part(), &TermsPart::importFinished);
    QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(part(), &drop);
    QVERIFY(drop.isAccepted());
    QVERIFY(!find<QPushButton>("settings.terms.import")->isEnabled()); // one at a time
    QVERIFY(done.wait(10000));
    QVERIFY2(done.first().first().toBool(), qPrintable(strip()));
    QVERIFY(find<QPushButton>("settings.terms.import")->isEnabled());
    const auto &rows = find<DataTable>("settings.terms.releases")->rows().rowValues();
    QCOMPARE(int(rows.size()), 1);
    QVERIFY(rows[0].cells[0].text.endsWith(QStringLiteral("2025.01")));
    QCOMPARE(rows[0].cells[2].text, QStringLiteral("1"));
    QVERIFY(find<QWidget>("settings.terms.report")->isVisible());
    QVERIFY(m_fixture->profile->terms().show(QStringLiteral("I10"), QStringLiteral("kcd")).ok());

    // A picture out of a browser is no file of ours.
    QMimeData text;
    text.setText(QStringLiteral("no file"));
    QDragEnterEvent other({10, 10}, Qt::CopyAction, &text, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(part(), &other);
    QVERIFY(!other.isAccepted());
}

void TstUiTerms::brokenMasterChangesNothing()
{
    QVERIFY(take({write(QStringLiteral("one.csv"), captions + row("I10", "고혈압", "Hypertension"))}));
    const auto before = m_fixture->profile->terms().snapshot();
    QByteArray broken = captions;
    broken.replace("완전코드구분,", "");
    QVERIFY(
        take({write(QStringLiteral("broken.csv"), broken + row("I10", "고혈압", "Hypertension"))}, false));
    QVERIFY2(strip().contains(QStringLiteral("broken.csv")), qPrintable(strip()));
    QCOMPARE(int(find<DataTable>("settings.terms.releases")->rows().rowValues().size()), 1);
    QCOMPARE(m_fixture->profile->terms().snapshot(), before);
    test::Fixture::shoot(*m_window, QStringLiteral("terms-broken"));
}

void TstUiTerms::refusedRowsAreShownAndSaved()
{
    const QByteArray bytes =
        captions + manyRows(40) + row("", "=cmd|'/c calc'!A1", "No code") + row("B00", "", "");
    QVERIFY2(take({write(QStringLiteral("some bad.csv"), bytes)}), qPrintable(strip()));
    auto *problems = find<DataTable>("settings.terms.problems");
    QVERIFY(problems->isVisible());
    QVERIFY(!problems->isEmpty());
    const ModelRow &first = problems->rows().rowValues().front();
    QCOMPARE(first.cells[0].text, QStringLiteral("some bad.csv"));
    QCOMPARE(first.cells[2].text, QStringLiteral("42")); // caption row and forty good ones before it
    QVERIFY(!first.cells[4].text.isEmpty());
    test::Fixture::shoot(*m_window, QStringLiteral("terms-refused"));

    auto *report = part()->findChild<ImportReportView *>();
    const QString path = m_files.filePath(QStringLiteral("report.tsv"));
    QVERIFY(report->saveTo(path));
    const QByteArray saved = test::bytesOf(path);
    QVERIFY(saved.startsWith("\xEF\xBB\xBF"));
    QCOMPARE(saved.count('\n'), int(problems->rows().rowValues().size()) + 1);
    QVERIFY(saved.contains("some bad.csv\t"));
    for (const QByteArray &line : saved.split('\n')) {
        for (const QByteArray &cell : line.split('\t'))
            QVERIFY(!cell.startsWith('=')); // no spreadsheet runs what stood in the file
    }
    QVERIFY(!report->saveTo(m_files.filePath(QStringLiteral("no such folder/report.tsv"))));
}

// More than one row in ten is bad: nothing is taken over, but which rows they were is there to be read,
// copied and reached by keys.
void TstUiTerms::brokenMasterSaysWhatItRefused()
{
    QByteArray bytes = captions + manyRows(20);
    for (int i = 0; i < 7; ++i)
        bytes += row("", "코드 없음", "No code");
    QVERIFY(take({write(QStringLiteral("half.csv"), bytes)}, false));
    QVERIFY(m_fixture->profile->terms().releases().empty());
    QVERIFY(!strip().isEmpty());
    auto *report = part()->findChild<ImportReportView *>();
    QVERIFY(report->isVisible());
    QStringList said;
    for (const QLabel *label : report->findChildren<QLabel *>()) {
        if (label->isVisible())
            said.append(label->text());
    }
    const QString words = said.join(QLatin1Char('|'));
    QVERIFY2(words.contains(QStringLiteral("half.csv")), qPrintable(words));
    QVERIFY2(words.contains(QStringLiteral("27")) && words.contains(QStringLiteral("20")), qPrintable(words));
    auto *problems = find<DataTable>("settings.terms.problems");
    QVERIFY(problems->isVisible());
    QCOMPARE(int(problems->rows().rowValues().size()), 7);
    QCOMPARE(problems->rows().rowValues()[0].cells[2].text, QStringLiteral("22")); // captions, twenty, this
    QVERIFY(!problems->rows().rowValues()[0].cells[4].text.isEmpty());
    test::Fixture::shoot(*m_window, QStringLiteral("terms-half"));

    // From the choice of the list by Tab alone: copy, save, the table.
    m_window->activateWindow();
    find<QComboBox>("settings.terms.report.which")->setFocus();
    QStringList passed;
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        passed.append(test::focusName());
    }
    QCOMPARE(passed,
        QStringList({QStringLiteral("settings.terms.report.copy"),
            QStringLiteral("settings.terms.report.save"), QStringLiteral("settings.terms.problems")}));
    find<QPushButton>("settings.terms.report.copy")->setFocus();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    const QString copied = QApplication::clipboard()->text();
    QCOMPARE(copied.count(QLatin1Char('\n')), 8);
    QVERIFY(copied.contains(QStringLiteral("half.csv\t\t22\t")));

    // A good one afterwards shows its own report, with its three lists again.
    QVERIFY(take({write(QStringLiteral("good.csv"), captions + row("I10", "고혈압", "Hypertension"))}));
    QCOMPARE(find<QComboBox>("settings.terms.report.which")->count(), 3);
    // A file that cannot be read at all has no rows to show: no report of another import stands there.
    QVERIFY(take({m_files.filePath(QStringLiteral("no such file.csv"))}, false));
    QVERIFY(!report->isVisible());
}

void TstUiTerms::favouritesThatLostTheirCode()
{
    services::TermService &terms = m_fixture->profile->terms();
    QVERIFY(take({write(QStringLiteral("old.csv"),
        captions + row("I10", "고혈압", "Hypertension") + row("J00", "급성 비인두염", "Common cold"))}));
    const auto cold = terms.show(QStringLiteral("J00"), QStringLiteral("kcd"));
    QVERIFY(cold.ok());
    QVERIFY(terms.toggleFavourite(*cold).ok());
    QVERIFY(take({write(QStringLiteral("new.csv"), captions + row("I10", "고혈압", "Hypertension"))}));
    auto *affected = find<DataTable>("settings.terms.affected");
    QVERIFY(affected->isVisible());
    const auto &rows = affected->rows().rowValues();
    QCOMPARE(int(rows.size()), 1);
    QCOMPARE(rows[0].cells[0].text, QStringLiteral("doctor"));
    QCOMPARE(rows[0].cells[1].text, QStringLiteral("J00"));
    QCOMPARE(rows[0].cells[2].text, QStringLiteral("급성 비인두염"));
    QCOMPARE(int(find<DataTable>("settings.terms.gone")->rows().rowValues().size()), 1);
    test::Fixture::shoot(*m_window, QStringLiteral("terms-affected"));
}

void TstUiTerms::cancelLeavesTheOldList()
{
    QVERIFY(take({write(QStringLiteral("one.csv"), captions + row("I10", "고혈압", "Hypertension"))}));
    QByteArray large = captions;
    for (int i = 0; i < 60; ++i) {
        for (int j = 0; j < 1000; ++j)
            large += row(qPrintable(QStringLiteral("%1%2")
                                        .arg(QChar('A' + i % 26))
                                        .arg(i / 26 * 1000 + j, 4, 10, QLatin1Char('0'))),
                "가상 질환의 긴 이름", "A long name of a made-up disease");
    }
    const QString path = write(QStringLiteral("large.csv"), large);
    QSignalSpy done(part(), &TermsPart::importFinished);
    part()->importFiles({path});
    QVERIFY(part()->isImporting());
    find<QPushButton>("job.cancel")->click();
    for (QPushButton *button : part()->findChildren<QPushButton *>(QStringLiteral("job.cancel")))
        button->click();
    QVERIFY(done.wait(20000));
    QVERIFY(!done.first().first().toBool());
    QCOMPARE(int(find<DataTable>("settings.terms.releases")->rows().rowValues().size()), 1);
    QVERIFY(m_fixture->profile->terms().show(QStringLiteral("I10"), QStringLiteral("kcd")).ok());
}

void TstUiTerms::removalAsksFirst()
{
    QVERIFY(take({write(QStringLiteral("one.csv"), captions + row("I10", "고혈압", "Hypertension"))}));
    const auto verb = [this](int index) {
        QList<QPushButton *> shown;
        for (MessageStrip *strip : part()->findChildren<MessageStrip *>(Qt::FindDirectChildrenOnly)) {
            for (QPushButton *button : strip->findChildren<QPushButton *>()) {
                if (button->isVisible())
                    shown.append(button);
            }
        }
        return shown.value(index);
    };
    QTest::mouseClick(find<QPushButton>("settings.terms.remove"), Qt::LeftButton);
    QVERIFY(verb(1));
    verb(1)->click(); // keep it
    QCOMPARE(int(m_fixture->profile->terms().releases().size()), 1);
    QTest::mouseClick(find<QPushButton>("settings.terms.remove"), Qt::LeftButton);
    verb(0)->click();
    QCOMPARE(int(m_fixture->profile->terms().releases().size()), 0);
    QVERIFY(find<DataTable>("settings.terms.releases")->isEmpty());
}

void TstUiTerms::aliasesLeadToCodes()
{
    services::TermService &terms = m_fixture->profile->terms();
    auto *text = find<HangulLineEdit>("settings.terms.alias.text");
    auto *code = find<HangulLineEdit>("settings.terms.alias.code");
    auto *table = find<DataTable>("settings.terms.aliases");
    text->setText(QStringLiteral("나루별칭"));
    code->setText(QStringLiteral("X99999"));
    find<QPushButton>("settings.terms.alias.add")->click();
    QVERIFY(table->isEmpty()); // no such code: said, nothing stored
    code->setText(QStringLiteral("E11.9"));
    QTest::keyClick(code, Qt::Key_Return);
    QTRY_COMPARE(int(table->rows().rowValues().size()), 1);
    QCOMPARE(table->rows().rowValues()[0].cells[2].text, QStringLiteral("E119"));
    QVERIFY(text->text().isEmpty());
    const auto hits = terms.search(QStringLiteral("나루별"), {QStringLiteral("kcd")});
    QVERIFY(!hits.empty());
    QCOMPARE(hits.front().code, QStringLiteral("E119"));
    find<QPushButton>("settings.terms.alias.remove")->click();
    QVERIFY(table->isEmpty());
    QVERIFY(terms.search(QStringLiteral("나루별"), {QStringLiteral("kcd")}).empty());
}

void TstUiTerms::zoomKeepsTheTableInside()
{
    QVERIFY(take({write(QStringLiteral("one.csv"), captions + row("I10", "고혈압", "Hypertension"))}));
    m_fixture->theme.setZoom(2.0);
    QTest::qWait(50);
    QVERIFY(part()->width() <= m_window->width());
    for (const QPushButton *button : part()->findChildren<QPushButton *>()) {
        if (button->isVisible()) // no button is cut off at the right
            QVERIFY2(button->mapTo(part(), QPoint(button->width(), 0)).x() <= part()->width(),
                qPrintable(button->objectName()));
    }
    m_fixture->theme.setZoom(1.0);
}

QTEST_MAIN(TstUiTerms)
#include "tst_ui_terms.moc"
