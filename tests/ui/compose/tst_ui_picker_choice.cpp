// What follows the choice of a code: what is below it, what says it more exactly, what it warns of.
#include "tests/ui/compose/PickerTest.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;
using test::compose;
using test::FakeTerms;

class TestPickerChoice : public PickerTest {
    Q_OBJECT
private Q_SLOTS:
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
};

QTEST_MAIN(TestPickerChoice)
#include "tst_ui_picker_choice.moc"
