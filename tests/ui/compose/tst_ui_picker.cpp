// The code picker from the doctor's side: what each key does, in every state of composition, and what it must
// never do (take a row that belongs to another text, or one that is only similar).
#include "tests/ui/compose/PickerTest.h"

#include "ui/widgets/picker/PickerMarks.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;
using test::compose;
using test::FakeTerms;

class TestPicker : public PickerTest {
    Q_OBJECT
private Q_SLOTS:
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
};

QTEST_MAIN(TestPicker)
#include "tst_ui_picker.moc"
