// The code picker from the doctor's side: what each key does, in every state of composition, and what it must
// never do (take a row that belongs to another text, or one that is only similar).
#include "tests/support/HangulTyping.h"
#include "tests/ui/compose/FakeTerms.h"
#include "tests/ui/compose/Fixture.h"

#include "ui/widgets/CodePicker.h"
#include "ui/widgets/IdentityBanner.h"
#include "ui/widgets/picker/PickerList.h"
#include "ui/widgets/picker/PickerMarks.h"

#include <QClipboard>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace naru;
using namespace naru::ui;
using test::compose;
using test::FakeTerms;

namespace {

QStringList accessibleEvents;

void record(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Selection || event->type() == QAccessible::ActiveDescendantChanged)
        accessibleEvents << QStringLiteral("%1:%2").arg(int(event->type())).arg(event->child());
}

} // namespace

class TestPicker : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsSet("NARU_TEST_QM")
            && m_translator.load(qEnvironmentVariable("NARU_TEST_QM")))
            QCoreApplication::installTranslator(&m_translator);
        m_theme.setChoice(qEnvironmentVariable("NARU_TEST_THEME", QStringLiteral("light")));
        m_theme.setZoom(qEnvironmentVariable("NARU_TEST_ZOOM", QStringLiteral("1")).toDouble());
        m_theme.applyTo(*qApp);
    }
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_window->resize(m_theme.zoom() > 1.5 ? QSize(1366, 768) : QSize(960, 640));
        auto *layout = new QVBoxLayout(m_window.get());
        m_before = new QLineEdit(m_window.get());
        m_before->setAccessibleName(QStringLiteral("앞"));
        m_source = std::make_shared<FakeTerms>();
        m_picker = new CodePicker(CodePicker::Mode::Adding, m_window.get());
        m_picker->setLabel(QStringLiteral("진단 추가"));
        m_picker->setSource(m_source);
        m_after = new QLineEdit(m_window.get());
        m_after->setAccessibleName(QStringLiteral("뒤"));
        for (QWidget *part : std::initializer_list<QWidget *>{m_before, m_picker, m_after})
            layout->addWidget(part);
        layout->addStretch(1);
        m_window->show();
        m_window->activateWindow();
        m_picker->editor()->setFocus();
        QVERIFY(QTest::qWaitFor([&] { return m_picker->editor()->hasFocus(); }));
        m_edit = m_picker->editor();
    }
    void cleanup() { m_window.reset(); }

    // Every state between nothing and the last syllable, 도깨비불 and 겹받침 included: the screen's text is
    // searched, the term stays in the list, and no state commits by itself.
    void everyStateOfAWordFindsIt_data()
    {
        QTest::addColumn<QString>("keys");
        QTest::addColumn<QString>("wanted");
        QTest::newRow("당뇨병성 망막병증")
            << QStringLiteral("ekdsyqudtjdakdakrqudwmd") << QStringLiteral("H36.0");
        QTest::newRow("with a blank")
            << QStringLiteral("ekdsyqudtjd akdakrqudwmd") << QStringLiteral("H36.0");
        QTest::newRow("만성 폐쇄성")
            << QStringLiteral("aksjtdvPthotjd").replace(QStringLiteral("aksjtd"), QStringLiteral("akstjd"))
            << QStringLiteral("J44.9");
    }
    void everyStateOfAWordFindsIt()
    {
        QFETCH(QString, keys);
        QFETCH(QString, wanted);
        QString typed, committed;
        for (const test::TypingStep &step : test::HangulTyping::steps(keys)) {
            typed += keys.at(typed.size());
            committed += step.commit;
            compose(m_edit, step.preedit, step.commit);
            QCOMPARE(m_edit->liveText(), committed + step.preedit);
            QCOMPARE(m_edit->text(), committed); // nothing was taken out of the open syllable
            QCOMPARE(base::keysFromHangul(m_edit->liveText()).remove(QLatin1Char(' ')),
                QString(typed).remove(QLatin1Char(' ')));
            QVERIFY2(listed(wanted), qPrintable(m_edit->liveText()));
            QVERIFY(m_edit->hasFocus());
        }
        QSignalSpy picked(m_picker, &CodePicker::picked);
        if (m_edit->composing()) {
            QTest::keyClick(m_edit, Qt::Key_Return);
            QCOMPARE(picked.size(), 0);
            QTRY_VERIFY(!m_edit->composing());
        }
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked.front().front().value<CodeChoice>().code, wanted);
        QCOMPARE(m_edit->liveText(), QString());
    }

    void halfTypedSyllableIsMarkedApart()
    {
        const auto marks = marksIn(QStringLiteral("당뇨병성 망막병증"), QStringLiteral("당ㄴ"));
        QCOMPARE(marks, (std::vector<CodeMark>{{0, 1, false}, {1, 1, true}}));
        // 백잃 on the way to 백일해: the final consonant belongs to the next syllable.
        QCOMPARE(marksIn(QStringLiteral("백일해"), QStringLiteral("백잃")),
            (std::vector<CodeMark>{{0, 1, false}, {1, 2, true}}));
        QCOMPARE(
            marksIn(QStringLiteral("가 나다"), QStringLiteral("나")), (std::vector<CodeMark>{{2, 1, false}}));
        QCOMPARE(marksIn(QStringLiteral("세브란스병원"), QStringLiteral("ㅅㅂ")),
            (std::vector<CodeMark>{{0, 2, true}}));
        QVERIFY(marksIn(QStringLiteral("간염"), QStringLiteral("간암")).empty());
        QCOMPARE(differences(QStringLiteral("간염"), QStringLiteral("간암")),
            (std::vector<CodeMark>{{1, 1, false}}));
    }

    void beforeTheFirstKeyGroupsWithoutAPreselectedRow()
    {
        m_picker->showList();
        const auto rows = m_picker->rows();
        QCOMPARE(rows.size(), size_t(3));
        QCOMPARE(rows[0].heading, QStringLiteral("이 환자의 코드"));
        QVERIFY(rows[0].patientOwn);
        QCOMPARE(m_picker->currentRow(), -1);
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0); // one Enter too many adds nothing
        shoot("picker-before");
        QTest::keyClick(m_edit, Qt::Key_2, Qt::AltModifier);
        QCOMPARE(picked.front().front().value<CodeChoice>().code, QStringLiteral("E11.9"));
    }

    void typedRowsShowMarksAndNotes()
    {
        compose(m_edit, QStringLiteral("ㄴ"), QStringLiteral("당"));
        QVERIFY(m_picker->rows().size() >= 4);
        shoot("picker-typed");
        QTest::keyClick(m_edit, Qt::Key_Down);
        QTest::keyClick(m_edit, Qt::Key_Return, Qt::AltModifier);
        auto *details = m_window->findChild<QLabel *>(QStringLiteral("codePicker.details"));
        QVERIFY(details->isVisible());
        QVERIFY(details->text().contains(QStringLiteral("SNOMED CT")));
        shoot("picker-details");
        QTest::keyClick(m_edit, Qt::Key_Return, Qt::AltModifier);
        QVERIFY(!details->isVisible());
    }

    void aliasIsShownAndMarked()
    {
        QTest::keyClicks(m_edit, QStringLiteral("dm"));
        QCOMPARE(m_picker->rows().front().code, QStringLiteral("E11.9"));
        QCOMPARE(m_picker->rows().front().matched, QStringLiteral("DM"));
        QCOMPARE(m_picker->rows().front().markedIn, CodeChoice::Marked::Matched);
        shoot("picker-alias");
    }

    void anOldListTakesNothing()
    {
        compose(m_edit, {}, QStringLiteral("당뇨병성"));
        QSignalSpy picked(m_picker, &CodePicker::picked);
        { // the text changed and nobody told the picker: what another input method may do
            const QSignalBlocker quiet(m_edit);
            m_edit->setText(QStringLiteral("만성"));
        }
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
        QCOMPARE(m_picker->rows().front().ko, QStringLiteral("만성 B형 간염")); // the right rows now
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
    }

    void aSlowSourceKeepsItsRowsAndTakesNothing()
    {
        compose(m_edit, {}, QStringLiteral("당"));
        const auto before = m_picker->rows();
        m_source->pending = true;
        compose(m_edit, {}, QStringLiteral("뇨"));
        QCOMPARE(m_picker->rows(), before);
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClick(m_edit, Qt::Key_1, Qt::AltModifier);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
        m_source->pending = false;
        QTRY_VERIFY(m_picker->rows().front().marks.front().length == 2);
        QTest::keyClick(m_edit, Qt::Key_5, Qt::AltModifier);
        QCOMPARE(picked.size(), 1);
    }

    void committingKeepsTheRowMovedTo()
    {
        compose(m_edit, QStringLiteral("뇨"), QStringLiteral("당"));
        QTest::keyClick(m_edit, Qt::Key_Down);
        QTest::keyClick(m_edit, Qt::Key_Down);
        QCOMPARE(m_picker->currentRow(), 2);
        compose(m_edit, {}, QStringLiteral("뇨"));
        QCOMPARE(m_picker->currentRow(), 2);
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.front().front().value<CodeChoice>().code, QStringLiteral("E11.7"));
    }

    // As ibus sends them (seen with ibus-hangul 1.5.4): the open syllable is taken away, then committed, then
    // the key arrives. A search in between would put the first row back under an Enter meant for the third.
    void theMomentBetweenTwoSyllablesIsNotSearched()
    {
        compose(m_edit, {}, QStringLiteral("당"));
        compose(m_edit, QStringLiteral("뇨"));
        QTest::keyClick(m_edit, Qt::Key_Down);
        QTest::keyClick(m_edit, Qt::Key_Down);
        const int asked = m_source->asked;
        compose(m_edit, {});
        compose(m_edit, {}, QStringLiteral("뇨"));
        QTest::qWait(30);
        QCOMPARE(m_source->asked, asked);
        QCOMPARE(m_picker->currentRow(), 2);
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.front().front().value<CodeChoice>().code, QStringLiteral("E11.7"));
    }

    void theLastJamoTakenAwayIsSearched()
    {
        compose(m_edit, {}, QStringLiteral("당"));
        compose(m_edit, QStringLiteral("ㅇ"));
        compose(m_edit, {});
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClick(m_edit, Qt::Key_Return); // not yet: these rows are for 당ㅇ
        QCOMPARE(picked.size(), 0);
        QTRY_VERIFY(listed(QStringLiteral("H36.0")));
    }

    void similarOnesAreApartAndNotForEnter()
    {
        compose(m_edit, {}, QStringLiteral("간암"));
        const auto rows = m_picker->rows();
        QCOMPARE(rows.size(), size_t(1));
        QVERIFY(rows[0].similar);
        QVERIFY(!rows[0].heading.isEmpty());
        // Said above the rows and to who listens: there is none, and F2 is the way on.
        auto *title = m_window->findChild<QLabel *>(QStringLiteral("codePicker.title"));
        QVERIFY(title->isVisible());
        QVERIFY2(title->text().contains(QStringLiteral("F2")), qPrintable(title->text()));
        QCOMPARE(m_edit->accessibleDescription(), title->text());
        QCOMPARE(rows[0].marks, (std::vector<CodeMark>{{1, 1, false}})); // 염, which is not what was typed
        QCOMPARE(m_picker->currentRow(), -1);
        QSignalSpy picked(m_picker, &CodePicker::picked);
        shoot("picker-similar");
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClick(m_edit, Qt::Key_Down);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClick(m_edit, Qt::Key_Tab);
        QCOMPARE(picked.size(), 0);
        m_edit->setFocus();
        compose(m_edit, {}, QStringLiteral(" "));
        m_edit->backspace();
        QTest::keyClick(m_edit, Qt::Key_1, Qt::AltModifier); // the one deliberate way
        QCOMPARE(picked.size(), 1);
    }

    void atMostThreeAreNear()
    {
        m_source->alike = 9;
        compose(m_edit, {}, QStringLiteral("간암"));
        QCOMPARE(m_picker->rows().size(), size_t(3));
        const auto rows = m_picker->rows();
        QVERIFY(std::all_of(rows.begin(), rows.end(), [](const CodeChoice &row) { return row.similar; }));
        m_edit->clear();
        compose(m_edit, {}, QStringLiteral("당뇨병성 망막쀍")); // nothing is near: what a shorter text finds
        QVERIFY(!m_picker->rows().empty());
        QVERIFY(m_picker->rows().size() <= 3);
        QVERIFY(m_picker->rows().front().similar);
        QSignalSpy picked(m_picker, &CodePicker::picked), words(m_picker, &CodePicker::freeText);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
        QTest::keyClick(m_edit, Qt::Key_F2);
        QCOMPARE(words.size(), 1);
        QCOMPARE(words.front().front().toString(), QStringLiteral("당뇨병성 망막쀍"));
        compose(m_edit, {}, QStringLiteral("쀍쀍"));
        QVERIFY(m_picker->rows().empty() && m_picker->listVisible());
        shoot("picker-none");
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
    }

    void escapeClosesAndKeepsTheText()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        compose(m_edit, QStringLiteral("뇨"), QStringLiteral("당"));
        QVERIFY(m_picker->listVisible());
        QTest::keyClick(m_edit, Qt::Key_Escape);
        QVERIFY(!m_picker->listVisible());
        QCOMPARE(m_edit->liveText(), QStringLiteral("당뇨"));
        QVERIFY(m_edit->hasFocus());
        QTest::keyClick(m_edit, Qt::Key_Down); // and back
        QVERIFY(m_picker->listVisible());
        QCOMPARE(picked.size(), 0);
    }

    // The Enter that closes a syllable takes nothing, whatever row it stands on.
    void enterOnAnOpenSyllableOnlyCommits()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        compose(m_edit, QStringLiteral("뇨"), QStringLiteral("당"));
        QTest::keyClick(m_edit, Qt::Key_Down);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTRY_VERIFY(!m_edit->composing());
        QCOMPARE(m_edit->text(), QStringLiteral("당뇨"));
        QCOMPARE(picked.size(), 0);
        QVERIFY(m_picker->listVisible());
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picked.front().front().value<CodeChoice>().code, QStringLiteral("E11.3"));
    }

    void backspaceOnEmptyGoesToTheLastValue()
    {
        QSignalSpy out(m_picker, &CodePicker::backOut);
        compose(m_edit, {}, QStringLiteral("당"));
        QTest::keyClick(m_edit, Qt::Key_Backspace);
        QCOMPARE(m_edit->text(), QString());
        QCOMPARE(out.size(), 0); // that one took the letter
        QKeyEvent held(QEvent::KeyPress, Qt::Key_Backspace, Qt::NoModifier, QString(), true);
        QApplication::sendEvent(m_edit, &held);
        QCOMPARE(out.size(), 0); // still the key that emptied the text
        QTest::keyClick(m_edit, Qt::Key_Backspace);
        QCOMPARE(out.size(), 1);
        compose(m_edit, QStringLiteral("ㄷ"));
        QTest::keyClick(m_edit, Qt::Key_Backspace); // the input method's own
        QCOMPARE(out.size(), 1);
    }

    void digitsAreText()
    {
        QTest::keyClicks(m_edit, QStringLiteral("2"));
        QCOMPARE(m_edit->liveText(), QStringLiteral("2"));
        compose(m_edit, {}, QStringLiteral("형"));
        QVERIFY(listed(QStringLiteral("E11")));
    }

    void tabAddsAndStays()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        bool stayed = false;
        connect(m_picker, &CodePicker::picked, this, [&] { stayed = m_picker->staying(); });
        compose(m_edit, QStringLiteral("성"), QStringLiteral("당뇨병"));
        QTest::keyClick(m_edit, Qt::Key_Tab);
        QTRY_COMPARE(picked.size(), 1);
        QVERIFY(stayed);
        QVERIFY(m_edit->hasFocus());
        QCOMPARE(m_edit->liveText(), QString());
        QVERIFY(m_picker->listVisible()); // ready for the next one
        compose(m_edit, {}, QStringLiteral("노년"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 2);
        QVERIFY(!stayed);
        QTest::keyClick(m_edit, Qt::Key_Tab); // nothing typed: Tab is Tab
        QTRY_VERIFY(m_after->hasFocus());
    }

    void incompleteCodesOpenWhatIsBelow()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClicks(m_edit, QStringLiteral("E11"));
        QCOMPARE(m_picker->rows().front().code, QStringLiteral("E11"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
        QCOMPARE(m_picker->view(), CodePicker::View::Children);
        QCOMPARE(m_picker->rows().size(), size_t(4)); // three below, and the code itself at the end
        QCOMPARE(m_picker->currentRow(), 0);
        shoot("picker-children");
        for (const Qt::Key key : {Qt::Key_Backspace, Qt::Key_Left, Qt::Key_Escape}) {
            QTest::keyClick(m_edit, key);
            QCOMPARE(m_picker->view(), CodePicker::View::Matches);
            QCOMPARE(m_edit->text(), QStringLiteral("E11")); // the way back leaves the text alone
            QTest::keyClick(m_edit, Qt::Key_Return);
            QCOMPARE(m_picker->view(), CodePicker::View::Children);
        }
        QTest::keyClick(m_edit, Qt::Key_Up);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_edit, Qt::Key_Down);
        QCOMPARE(m_picker->rows()[3].code, QStringLiteral("E11"));
        QVERIFY(!m_picker->rows()[3].heading.isEmpty()); // use it anyway
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 1); // warned, never blocked
        QCOMPARE(picked.front().front().value<CodeChoice>().code, QStringLiteral("E11"));
    }

    void typingOnLeavesTheCodesBelow()
    {
        QTest::keyClicks(m_edit, QStringLiteral("E11"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClicks(m_edit, QStringLiteral(".9"));
        QCOMPARE(m_picker->view(), CodePicker::View::Matches);
        QCOMPARE(m_picker->rows().front().code, QStringLiteral("E11.9"));
    }

    void hierarchyByKeys()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClicks(m_edit, QStringLiteral("E11.9"));
        QTest::keyClick(m_edit, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_picker->view(), CodePicker::View::Tree);
        QCOMPARE(m_picker->rows().size(), size_t(4));
        QCOMPARE(m_picker->rows()[size_t(m_picker->currentRow())].code, QStringLiteral("E11.9"));
        QCOMPARE(m_picker->rows()[0].depth, 0);
        QCOMPARE(m_picker->rows()[1].depth, 1);
        shoot("picker-hierarchy");
        QTest::keyClick(m_edit, Qt::Key_Left); // to the code above
        QCOMPARE(m_picker->rows()[size_t(m_picker->currentRow())].code, QStringLiteral("E11"));
        QTest::keyClick(m_edit, Qt::Key_Right); // into it again
        QCOMPARE(m_picker->rows()[size_t(m_picker->currentRow())].code, QStringLiteral("E11.3"));
        QTest::keyClick(m_edit, Qt::Key_Escape);
        QCOMPARE(m_picker->view(), CodePicker::View::Matches);
        QTest::keyClick(m_edit, Qt::Key_Down, Qt::AltModifier);
        QTest::keyClick(m_edit, Qt::Key_Up);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.front().front().value<CodeChoice>().code, QStringLiteral("E11.7"));
    }

    void aTypedSideGoesIntoTheRecord()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        compose(m_edit, {}, QStringLiteral("왼쪽 노년백내장"));
        QCOMPARE(m_picker->side(), QStringLiteral("left"));
        auto *left = m_window->findChild<QPushButton *>(QStringLiteral("codePicker.side.left"));
        QVERIFY(left->isVisible() && left->isChecked());
        QCOMPARE(left->focusPolicy(), Qt::NoFocus);
        shoot("picker-side");
        QTest::keyClick(m_edit, Qt::Key_Return);
        const auto choice = picked.front().front().value<CodeChoice>();
        QCOMPARE(choice.coded.side, QStringLiteral("left"));
        QCOMPARE(choice.coded.text(), QStringLiteral("왼쪽 상세불명의 노년백내장"));
        QCOMPARE(choice.coded.display, QStringLiteral("상세불명의 노년백내장")); // the code's own name
        compose(m_edit, {}, QStringLiteral("노년백내장"));
        QVERIFY(m_picker->side().isEmpty()); // not remembered for the next one
        QTest::keyClick(m_edit, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_picker->side(), QStringLiteral("right"));
        QTest::keyClick(m_edit, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_picker->side(), QStringLiteral("both"));
        QTest::keyClick(m_edit, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_picker->side(), QStringLiteral("left"));
        QTest::keyClick(m_edit, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(m_picker->side().isEmpty());
        QTest::keyClick(m_edit, Qt::Key_Return);
        QVERIFY(picked.back().front().value<CodeChoice>().coded.side.isEmpty());
    }

    // The code is in the record at once; one key says the side, another the site, Enter leaves it so.
    void chipsAfterTheChoiceSayItMoreExactly()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked), refined(m_picker, &CodePicker::refined);
        compose(m_edit, {}, QStringLiteral("관절통"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(m_picker->view(), CodePicker::View::Refine);
        QCOMPARE(m_picker->refinements().size(), size_t(12)); // three sides, nine sites
        QCOMPARE(m_picker->currentChip(), -1);
        QVERIFY(m_edit->hasFocus());
        QVERIFY2(m_edit->accessibleDescription().contains(QStringLiteral("어깨부분")),
            qPrintable(m_edit->accessibleDescription()));
        shoot("picker-refine");
        QTest::keyClick(m_edit, Qt::Key_2, Qt::AltModifier); // the right side
        QCOMPARE(refined.size(), 1);
        auto after = refined.back().at(1).value<CodeChoice>();
        QCOMPARE(after.code, QStringLiteral("M25.5"));
        QCOMPARE(after.coded.side, QStringLiteral("right"));
        QCOMPARE(after.coded.text(), QStringLiteral("오른쪽 관절통"));
        QCOMPARE(m_picker->refinements().size(), size_t(9)); // the sites are still open
        shoot("picker-refine-site");
        QTest::keyClick(m_edit, Qt::Key_Right);
        QTest::keyClick(m_edit, Qt::Key_Down);
        QCOMPARE(m_picker->currentChip(), 1);
        QVERIFY(m_edit->accessibleDescription().contains(QStringLiteral("어깨부분, M25.51")));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(refined.size(), 2);
        QCOMPARE(refined.back().at(0).value<CodeChoice>(), after);
        after = refined.back().at(1).value<CodeChoice>();
        QCOMPARE(after.code, QStringLiteral("M25.51"));
        QCOMPARE(after.coded.side, QStringLiteral("right")); // goes along
        QCOMPARE(after.coded.text(), QStringLiteral("오른쪽 관절통, 어깨부분"));
        QVERIFY(!m_picker->listVisible()); // nothing left to say
        QCOMPARE(picked.size(), 1);
        QCOMPARE(m_source->uses, QStringList(QStringLiteral("kcd|M25.51"))); // next time it comes first
    }

    void chipsAreSkippedByEnterEscapeTabAndTyping()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked), refined(m_picker, &CodePicker::refined);
        for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Escape}) {
            compose(m_edit, {}, QStringLiteral("노년백내장"));
            QTest::keyClick(m_edit, Qt::Key_Return);
            QCOMPARE(m_picker->view(), CodePicker::View::Refine);
            QTest::keyClick(m_edit, key);
            QVERIFY(!m_picker->listVisible());
            QVERIFY(m_edit->hasFocus());
        }
        compose(m_edit, {}, QStringLiteral("노년백내장"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClicks(m_edit, QStringLiteral("2")); // the next diagnosis: 2형 …
        QCOMPARE(m_edit->text(), QStringLiteral("2"));
        QCOMPARE(m_picker->view(), CodePicker::View::Matches);
        QVERIFY(m_picker->refinements().empty());
        m_edit->clear();
        compose(m_edit, {}, QStringLiteral("노년백내장"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClick(m_edit, Qt::Key_Tab);
        QTRY_VERIFY(m_after->hasFocus());
        QVERIFY(!m_picker->listVisible());
        QCOMPARE(picked.size(), 4);
        QCOMPARE(m_source->uses.size(), 4);
        QCOMPARE(refined.size(), 0);
    }

    void chipsByAltArrowAndByMouse()
    {
        QSignalSpy refined(m_picker, &CodePicker::refined);
        compose(m_edit, {}, QStringLiteral("노년백내장"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTest::keyClick(m_edit, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(refined.back().at(1).value<CodeChoice>().coded.side, QStringLiteral("left"));
        QVERIFY(!m_picker->listVisible());
        compose(m_edit, {}, QStringLiteral("천식"));
        QTest::keyClick(m_edit, Qt::Key_Tab); // adds and stays: the same chips
        QTRY_COMPARE(m_picker->view(), CodePicker::View::Refine);
        auto *severe = m_window->findChild<QPushButton *>(QStringLiteral("codePicker.refine.3"));
        QVERIFY(severe && severe->isVisible());
        QCOMPARE(severe->focusPolicy(), Qt::NoFocus);
        shoot("picker-severity");
        QTest::mouseClick(severe, Qt::LeftButton);
        const auto after = refined.back().at(1).value<CodeChoice>();
        QCOMPARE(after.coded.severity, QStringLiteral("severe"));
        QCOMPARE(after.coded.side, QString());
        QCOMPARE(after.coded.text(), QStringLiteral("중증 상세불명의 천식"));
        QVERIFY(m_edit->hasFocus());
    }

    // A code that was just chosen out of the codes below offers no second list of its neighbours.
    void whatWasSaidIsNotAskedAgain()
    {
        compose(m_edit, {}, QStringLiteral("왼쪽 요골 하단의 골절"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_picker->refinements().size(), size_t(1)); // open instead of closed; the side was typed
        QSignalSpy refined(m_picker, &CodePicker::refined);
        QTest::keyClick(m_edit, Qt::Key_1, Qt::AltModifier);
        QCOMPARE(refined.back().at(1).value<CodeChoice>().code, QStringLiteral("S52.51"));
        QCOMPARE(refined.back().at(1).value<CodeChoice>().coded.side, QStringLiteral("left"));
        QVERIFY(!m_picker->listVisible());
        m_source->rows[0].children = 3;
        QTest::keyClicks(m_edit, QStringLiteral("E11"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_picker->view(), CodePicker::View::Children);
        const int asked = m_source->refinementsAsked;
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_source->refinementsAsked, asked);
    }

    // One value: what was chosen is told at once, the form goes on when the chips are answered.
    void aSingleValueGoesOnAfterTheChips()
    {
        auto *single = new CodePicker(CodePicker::Mode::Single, m_window.get());
        single->setLabel(QStringLiteral("진단"));
        single->setSource(m_source);
        m_window->layout()->addWidget(single);
        single->show();
        HangulLineEdit *edit = single->editor();
        edit->setFocus();
        QTRY_VERIFY(edit->hasFocus());
        QSignalSpy picked(single, &CodePicker::picked), edited(single, &CodePicker::edited);
        compose(edit, {}, QStringLiteral("노년백내장"));
        edited.clear();
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(picked.size(), 0);
        QCOMPARE(single->chosen().front().code, QStringLiteral("H25.9"));
        QTest::keyClick(edit, Qt::Key_3, Qt::AltModifier);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(single->chosen().front().coded.side, QStringLiteral("both"));
        QCOMPARE(edit->text(), QStringLiteral("양쪽 상세불명의 노년백내장"));
        single->setChosen({});
        compose(edit, {}, QStringLiteral("노년백내장"));
        QTest::keyClick(edit, Qt::Key_Return);
        QTest::keyClick(edit, Qt::Key_Return); // leave it so
        QCOMPARE(picked.size(), 2);
        QCOMPARE(single->chosen().front().coded.side, QString());
        compose(edit, {}, QStringLiteral(" "));
        edit->clear();
        compose(edit, {}, QStringLiteral("만성 B형"));
        QTest::keyClick(edit, Qt::Key_Return); // nothing to say about it
        QCOMPARE(picked.size(), 3);
    }

    void codesWithoutSidesOfferNone()
    {
        compose(m_edit, {}, QStringLiteral("2형 당뇨병"));
        QVERIFY(!m_window->findChild<QPushButton *>(QStringLiteral("codePicker.side.left"))->isVisible());
    }

    void conflictsAndRetiredCodesWarnAndDoNotBlock()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        compose(m_edit, {}, QStringLiteral("전자간증"));
        const QString spoken = m_edit->accessibleDescription();
        QVERIFY2(spoken.contains(QStringLiteral("여성")), qPrintable(spoken));
        shoot("picker-conflict");
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QTest::keyClicks(m_edit, QStringLiteral("copd"));
        QVERIFY(m_edit->accessibleDescription().contains(QStringLiteral("J44.90")));
        shoot("picker-retired");
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 2);
    }

    void favouriteByKey()
    {
        compose(m_edit, {}, QStringLiteral("노년백내장"));
        QVERIFY(!m_picker->rows().front().favourite);
        QTest::keyClick(m_edit, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(m_picker->rows().front().favourite);
        QVERIFY(m_source->rows[5].favourite);
        QTest::keyClick(m_edit, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(!m_source->rows[5].favourite);
        QVERIFY(m_edit->hasFocus());
    }

    void aPastedColumnIsConfirmedFirst()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QGuiApplication::clipboard()->setText(QStringLiteral("E11.9\nH360\nX999\nh25.9\n"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QCOMPARE(m_picker->view(), CodePicker::View::Pasted);
        QCOMPARE(m_edit->text(), QString()); // the column is no search text
        const auto rows = m_picker->rows();
        QCOMPARE(rows.size(), size_t(4));
        QVERIFY(!rows[3].known);
        QCOMPARE(rows[3].title(), QStringLiteral("X999"));
        shoot("picker-pasted");
        QTest::keyClick(m_edit, Qt::Key_Down);
        QTest::keyClick(m_edit, Qt::Key_Delete); // leaves H36.0 out
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 2);
        QCOMPARE(picked[0].front().value<CodeChoice>().code, QStringLiteral("E11.9"));
        QCOMPARE(picked[1].front().value<CodeChoice>().code, QStringLiteral("H25.9"));
        QVERIFY(m_edit->hasFocus());
    }

    // Whatever way a column comes, it is confirmed; and what is no column is text by every way.
    void everyWayOfPastingIsTheSame_data()
    {
        QTest::addColumn<QString>("way");
        for (const char *way : {"key", "shift insert", "menu", "middle button", "drop"})
            QTest::newRow(way) << QString::fromLatin1(way);
    }
    void everyWayOfPastingIsTheSame()
    {
        QFETCH(QString, way);
        const auto paste = [&](const QString &text) {
            QGuiApplication::clipboard()->setText(text);
            if (way == QLatin1String("key")) {
                QTest::keyClick(m_edit, Qt::Key_V, Qt::ControlModifier);
            } else if (way == QLatin1String("shift insert")) {
                QTest::keyClick(m_edit, Qt::Key_Insert, Qt::ShiftModifier);
            } else if (way == QLatin1String("menu")) {
                QContextMenuEvent event(
                    QContextMenuEvent::Mouse, QPoint(5, 5), m_edit->mapToGlobal(QPoint(5, 5)));
                QApplication::sendEvent(m_edit, &event);
                QPointer<QMenu> menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
                QVERIFY(menu);
                auto *action = menu->findChild<QAction *>(QStringLiteral("edit-paste"));
                QVERIFY(action && action->isEnabled());
                menu->setActiveAction(action);
                QTest::keyClick(menu, Qt::Key_Return);
                QTRY_VERIFY(!menu);
            } else if (way == QLatin1String("middle button")) {
                QGuiApplication::clipboard()->setText(text, QClipboard::Selection);
                QTest::mouseClick(m_edit, Qt::MiddleButton);
            } else {
                QMimeData mime;
                mime.setText(text);
                QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
                QApplication::sendEvent(m_edit, &enter);
                QDropEvent event(QPointF(5, 5), Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
                QApplication::sendEvent(m_edit, &event);
            }
            QTest::qWait(20); // a menu gives the focus back, and what that asks for comes later
        };
        if (way == QLatin1String("middle button") && !QGuiApplication::clipboard()->supportsSelection())
            QSKIP("this platform has no selection to paste");
        paste(QStringLiteral("E11.9\nH360\nX999\n"));
        QCOMPARE(m_picker->view(), CodePicker::View::Pasted);
        QVERIFY(m_picker->listVisible());
        QCOMPARE(m_edit->text(), QString());
        QCOMPARE(m_picker->rows().size(), size_t(3));
        m_window->activateWindow(); // without a window manager a menu keeps the activation
        QTRY_VERIFY(m_edit->hasFocus());
        QVERIFY(m_picker->listVisible());
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 2);
        paste(QStringLiteral("당뇨병"));
        QCOMPARE(m_edit->text(), QStringLiteral("당뇨병"));
        QVERIFY(m_picker->view() != CodePicker::View::Pasted);
        m_picker->setReadOnly(true);
        m_edit->clear();
        if (way != QLatin1String("menu") && way != QLatin1String("drop")) {
            paste(QStringLiteral("E11.9\nH360\n"));
            QVERIFY(!m_picker->listVisible());
            QCOMPARE(m_edit->text(), QString());
        }
    }

    void otherPastesAreText()
    {
        QGuiApplication::clipboard()->setText(QStringLiteral("당뇨병"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QCOMPARE(m_edit->text(), QStringLiteral("당뇨병"));
        m_edit->clear();
        QGuiApplication::clipboard()->setText(QStringLiteral("환자는 E11.9 진단 하에 H36.0 의심"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QCOMPARE(m_picker->view(), CodePicker::View::Matches);
        QVERIFY(m_edit->text().startsWith(QStringLiteral("환자는")));
    }

    void escapeOfThePasteAddsNothing()
    {
        QSignalSpy picked(m_picker, &CodePicker::picked);
        QGuiApplication::clipboard()->setText(QStringLiteral("E11.9\tH36.0"));
        QTest::keySequence(m_edit, QKeySequence(QKeySequence::Paste));
        QTest::keyClick(m_edit, Qt::Key_Escape);
        QVERIFY(m_picker->view() != CodePicker::View::Pasted);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
    }

    void freeTextByKey()
    {
        QSignalSpy words(m_picker, &CodePicker::freeText);
        compose(m_edit, QStringLiteral("림"), QStringLiteral("눈이 흐"));
        QTest::keyClick(m_edit, Qt::Key_F2);
        QTRY_COMPARE(words.size(), 1);
        QCOMPARE(words.front().front().toString(), QStringLiteral("눈이 흐림"));
    }

    void chipsKeepTheirOrderAndTheFirstIsMain()
    {
        auto *chips = new CodePicker(CodePicker::Mode::Chips, m_window.get());
        chips->setLabel(QStringLiteral("진단"));
        chips->setSource(m_source);
        chips->setMainMarkVisible(true);
        m_window->layout()->addWidget(chips);
        chips->setChosen({m_source->rows[3], m_source->rows[4], m_source->rows[5]});
        chips->show();
        chips->editor()->setFocus();
        QTRY_VERIFY(chips->editor()->hasFocus());
        QTest::keyClick(chips->editor(), Qt::Key_Backspace);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier);
        QCoreApplication::processEvents();
        QCOMPARE(chips->chosen()[1].code, QStringLiteral("H25.9"));
        QCOMPARE(chips->mainIndex(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up, Qt::AltModifier);
        QCoreApplication::processEvents();
        QCOMPARE(chips->chosen()[0].code, QStringLiteral("H25.9"));
        QCOMPARE(chips->mainIndex(), 0);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Down, Qt::AltModifier);
        QCoreApplication::processEvents();
        QCOMPARE(chips->chosen()[1].code, QStringLiteral("H25.9"));
        QVERIFY(test::unnamed(m_window.get()).isEmpty());
    }

    // A warning stays with what was chosen: symbol, words and colour, and a sentence for who listens.
    void chosenChipsKeepTheirWarning()
    {
        auto *chips = new CodePicker(CodePicker::Mode::Chips, m_window.get());
        chips->setLabel(QStringLiteral("진단"));
        chips->setSource(m_source);
        chips->setMainMarkVisible(true);
        m_window->layout()->addWidget(chips);
        chips->setChosen({m_source->rows[4], m_source->rows[3], m_source->rows[8], m_source->rows[9]});
        chips->show();
        shoot("picker-chips");
        const auto buttons = chips->findChildren<QPushButton *>(QStringLiteral("codePicker.chip"));
        QCOMPARE(buttons.size(), 4);
        QVERIFY(buttons[0]->accessibleDescription().size() > buttons[1]->accessibleDescription().size());
        QVERIFY(!buttons[1]->text().contains(QStringLiteral("! ")));
        QVERIFY(buttons[2]->text().contains(QStringLiteral("! ")));
        QVERIFY(buttons[2]->accessibleDescription().contains(QStringLiteral("여성")));
        QVERIFY(buttons[3]->text().contains(QStringLiteral("⊘ ")));
        QVERIFY(buttons[3]->accessibleDescription().contains(QStringLiteral("J44.90")));
        const QImage warned = buttons[3]->grab().toImage(), plain = buttons[1]->grab().toImage();
        const QRgb colour = m_theme.color("warn").rgb();
        const auto painted = [&](const QImage &image) {
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    if (image.pixel(x, y) == colour)
                        return true;
                }
            }
            return false;
        };
        QVERIFY(painted(warned) && !painted(plain));
        // Not the main one: that it must not be one is nothing to mind.
        chips->setChosen({m_source->rows[3], m_source->rows[4]});
        const auto others = chips->findChildren<QPushButton *>(QStringLiteral("codePicker.chip"));
        QCOMPARE(others.size(), 2);
        QVERIFY(!others[1]->text().contains(QStringLiteral("! ")));
    }

    void rowsAreAnnouncedWhileFocusStays()
    {
        QAccessible::setActive(true);
        if (QGuiApplication::platformName() != QLatin1String("offscreen")) // the bridge answers later
            (void)QTest::qWaitFor([] { return QAccessible::isActive(); }, 5000);
        accessibleEvents.clear();
        const auto before = QAccessible::installUpdateHandler(record);
        compose(m_edit, {}, QStringLiteral("당"));
        QTest::keyClick(m_edit, Qt::Key_Down);
        QAccessible::installUpdateHandler(before);
        if (QAccessible::isActive()) { // a platform without a bridge (offscreen) sends none
            for (const QAccessible::Event type :
                {QAccessible::Selection, QAccessible::ActiveDescendantChanged})
                QVERIFY(accessibleEvents.contains(QStringLiteral("%1:1").arg(int(type))));
        } else {
            qInfo("no accessibility bridge on this platform: events not looked at");
        }
        QVERIFY(m_edit->hasFocus());
        QVERIFY(m_edit->accessibleDescription().contains(m_picker->rows()[1].title()));
        auto *list = m_window->findChild<QListView *>();
        QAccessibleInterface *rows = QAccessible::queryAccessibleInterface(list);
        QVERIFY(!rows->text(QAccessible::Name).isEmpty());
        QVERIFY(
            rows->child(1) && rows->child(1)->text(QAccessible::Name).contains(m_picker->rows()[1].title()));
        QVERIFY(test::unnamed(m_window.get()).isEmpty());
    }

    void nothingIsCutInALowWindow()
    {
        m_window->resize(700, int(260 * m_theme.zoom()));
        compose(m_edit, {}, QStringLiteral("당"));
        auto *list = m_window->findChild<PickerList *>();
        QVERIFY(m_window->rect().contains(list->geometry()));
        QVERIFY(!list->geometry().intersects(
            QRect(m_edit->mapTo(m_window.get(), QPoint()), m_edit->size()))); // the typed text stays in sight
    }

    // Whose record this is must be seen while a code is chosen.
    void nothingLiesOverThePatient()
    {
        auto *banner = new IdentityBanner(m_theme, true, m_window.get());
        auto *layout = static_cast<QVBoxLayout *>(m_window->layout());
        layout->insertWidget(0, banner);
        layout->insertSpacing(1, int(180 * m_theme.zoom()));
        m_window->resize(m_window->width(), int(400 * m_theme.zoom()));
        QTest::qWait(20);
        auto *list = m_window->findChild<PickerList *>();
        for (const char *text : {"당", "관절통"}) {
            m_edit->clear();
            compose(m_edit, {}, QString::fromUtf8(text));
            list = m_window->findChild<PickerList *>();
            QVERIFY(list->isVisible());
            QVERIFY2(!list->geometry().intersects(banner->geometry()), text);
            QVERIFY2(m_window->rect().contains(list->geometry()), text);
        }
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_picker->view(), CodePicker::View::Refine);
        QVERIFY(!list->geometry().intersects(banner->geometry()));
        shoot("picker-banner");
    }

private:
    bool listed(const QString &code) const
    {
        const auto rows = m_picker->rows();
        return std::any_of(rows.begin(), rows.end(),
            [&](const CodeChoice &row) { return row.code == code && !row.similar; });
    }
    void shoot(const char *name) { test::Fixture::shoot(*m_window, QLatin1String(name)); }

    QTranslator m_translator{};
    Theme m_theme{};
    std::unique_ptr<QWidget> m_window{};
    std::shared_ptr<FakeTerms> m_source{};
    CodePicker *m_picker = nullptr;
    QLineEdit *m_before = nullptr, *m_after = nullptr;
    HangulLineEdit *m_edit = nullptr;
};

QTEST_MAIN(TestPicker)
#include "tst_ui_picker.moc"
