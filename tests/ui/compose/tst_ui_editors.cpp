// Hangul editors and the picker, by synthetic input-method events (facts: what Qt 6.4 does by itself is wrong
// in each case).
#include "tests/ui/compose/Fixture.h"

#include "core/base/Hangul.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/HangulTextEdit.h"
#include "ui/widgets/SignaturePad.h"

#include <QMimeData>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace naru;
using namespace naru::ui;
using test::compose;

namespace {

std::shared_ptr<ListSource> hospitals()
{
    std::vector<CodeChoice> rows;
    for (const char *name : {"세브란스병원", "서울내과의원", "강남병원", "분당서울대학교병원"}) {
        CodeChoice row;
        row.ko = QString::fromUtf8(name);
        row.key = row.ko;
        row.code = QString::number(10000001 + int(rows.size()));
        rows.push_back(row);
    }
    return std::make_shared<ListSource>(rows, true);
}

} // namespace

class TestEditors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_layout = new QVBoxLayout(m_window.get());
        m_window->resize(900, 500);
    }
    void cleanup() { m_window.reset(); }

    void liveTextHasTheOpenSyllable()
    {
        HangulLineEdit edit;
        QSignalSpy live(&edit, &HangulLineEdit::liveTextChanged);
        compose(&edit, QStringLiteral("당"));
        QCOMPARE(edit.text(), QString());
        QCOMPARE(edit.liveText(), QStringLiteral("당"));
        QCOMPARE(live.size(), 1);
        compose(&edit, QStringLiteral("뇨"), QStringLiteral("당"));
        QCOMPARE(edit.liveText(), QStringLiteral("당뇨"));
        compose(&edit, {}, QStringLiteral("뇨"));
        QCOMPARE(edit.text(), QStringLiteral("당뇨"));
        QVERIFY(!edit.composing());
        QCOMPARE(live.last().first().toString(), QStringLiteral("당뇨"));
    }

    void preeditReplacesTheSelection()
    {
        HangulLineEdit edit;
        edit.setText(QStringLiteral("가나다"));
        edit.setSelection(1, 1);
        compose(&edit, QStringLiteral("라"));
        QCOMPARE(edit.liveText(), QStringLiteral("가라다"));
    }

    void enterWithAnOpenSyllableOnlyCommits()
    {
        HangulLineEdit edit;
        m_layout->addWidget(&edit);
        m_window->show();
        QSignalSpy submitted(&edit, &HangulLineEdit::submitted);
        compose(&edit, QStringLiteral("당"));
        QTest::keyClick(&edit, Qt::Key_Return);
        QCOMPARE(submitted.size(), 0);
        QTRY_COMPARE(edit.text(), QStringLiteral("당")); // 150 ms at the latest, although nobody commits here
        QTest::keyClick(&edit, Qt::Key_Return);
        QCOMPARE(submitted.size(), 1);
        edit.setParent(nullptr);
    }

    void actionWaitsForTheSyllable()
    {
        HangulLineEdit edit;
        QString seen;
        compose(&edit, QStringLiteral("간"));
        edit.commitThen([&] { seen = edit.text(); });
        compose(&edit, {}, QStringLiteral("간"));
        QCOMPARE(seen, QStringLiteral("간"));
    }

    void autofillWaitsForTheSyllable()
    {
        HangulLineEdit edit;
        compose(&edit, QStringLiteral("가"));
        edit.setTextWhenIdle(QStringLiteral("다른값"));
        QCOMPARE(edit.liveText(), QStringLiteral("가"));
        compose(&edit, {}, QStringLiteral("가"));
        QCOMPARE(edit.text(), QStringLiteral("다른값")); // never "다른값가"
    }

    void readOnlyEditorsRefuse()
    {
        HangulLineEdit line;
        line.setReadOnly(true);
        compose(&line, {}, QStringLiteral("가"));
        QCOMPARE(line.text(), QString());
        HangulTextEdit text;
        text.setReadOnly(true);
        compose(&text, {}, QStringLiteral("가"));
        QCOMPARE(text.toPlainText(), QString());
        line.setReadOnly(false);
        line.setEnabled(false);
        compose(&line, QStringLiteral("가"));
        QCOMPARE(line.liveText(), QString());
    }

    void textIsComposedOnEntry()
    {
        const QString decomposed = QStringLiteral("당뇨").normalized(QString::NormalizationForm_D);
        HangulLineEdit line;
        line.setLengthLimit(2);
        line.insert(decomposed);
        QCOMPARE(line.text(), QStringLiteral("당뇨")); // counted in syllables, not in code units
        HangulTextEdit text;
        compose(&text, {}, decomposed);
        QCOMPARE(text.toPlainText(), QStringLiteral("당뇨"));
    }

    void severalLinesKnowTheOpenSyllable()
    {
        HangulTextEdit edit;
        edit.setPlainText(QStringLiteral("시력 저하"));
        edit.moveCursor(QTextCursor::End);
        QSignalSpy live(&edit, &HangulTextEdit::liveTextChanged);
        compose(&edit, QStringLiteral("로"));
        QCOMPARE(edit.liveText(), QStringLiteral("시력 저하로"));
        QCOMPARE(live.size(), 1);
        compose(&edit, QStringLiteral("로"));
        QCOMPARE(live.size(), 1); // same content: no change
        compose(&edit, {}, QStringLiteral("로"));
        QCOMPARE(edit.toPlainText(), QStringLiteral("시력 저하로"));
        QCOMPARE(live.size(), 1);
    }

    void tabExpandsAnAbbreviationOrMovesOn()
    {
        HangulTextEdit edit;
        edit.setExpander([](const QString &word) {
            return word == QStringLiteral("안검") ? QStringLiteral("안저 검사") : QString();
        });
        m_layout->addWidget(&edit);
        auto *next = new QLineEdit(m_window.get());
        m_layout->addWidget(next);
        m_window->show();
        m_window->activateWindow();
        edit.setFocus();
        compose(&edit, {}, QStringLiteral("안검"));
        QTest::keyClick(&edit, Qt::Key_Tab);
        QCOMPARE(edit.toPlainText(), QStringLiteral("안저 검사"));
        QTest::keyClick(&edit, Qt::Key_Tab);
        QTRY_VERIFY(next->hasFocus());
        edit.setParent(nullptr);
    }

    void undoIsLeftToTheDocument()
    {
        HangulLineEdit edit;
        edit.insert(QStringLiteral("가"));
        QKeyEvent undo(QEvent::KeyPress, Qt::Key_Z, Qt::ControlModifier);
        undo.setAccepted(true);
        QApplication::sendEvent(&edit, &undo);
        QCOMPARE(edit.text(), QStringLiteral("가"));
        QVERIFY(!undo.isAccepted());
    }

    void pickerSearchesTheOpenSyllable()
    {
        CodePicker *picker = shownPicker();
        compose(picker->editor(), QStringLiteral("강"));
        QVERIFY(picker->listVisible());
        QCOMPARE(picker->rows().front().ko, QStringLiteral("강남병원"));
        QCOMPARE(picker->editor()->text(), QString());
    }

    void pickerFindsInitialConsonants()
    {
        CodePicker *picker = shownPicker();
        // As ibus sends them: each consonant commits the one before it.
        compose(picker->editor(), QStringLiteral("ㅅ"));
        compose(picker->editor(), QStringLiteral("ㅂ"), QStringLiteral("ㅅ"));
        compose(picker->editor(), QStringLiteral("ㄹ"), QStringLiteral("ㅂ"));
        QCOMPARE(picker->rows().front().ko, QStringLiteral("세브란스병원"));
        QVERIFY(picker->editor()->hasFocus()); // the list never takes it
    }

    void pickerFindsTheWrongKeyboardLayout()
    {
        CodePicker *picker = shownPicker();
        QTest::keyClicks(picker->editor(), base::keysFromHangul(u"세브"));
        QCOMPARE(picker->rows().front().ko, QStringLiteral("세브란스병원"));
    }

    void enterCommitsThenChooses()
    {
        CodePicker *picker = shownPicker();
        QSignalSpy picked(picker, &CodePicker::picked);
        compose(picker->editor(), QStringLiteral("강"));
        QTest::keyClick(picker->editor(), Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
        QTRY_VERIFY(!picker->editor()->composing());
        QVERIFY(picker->listVisible());
        QTest::keyClick(picker->editor(), Qt::Key_Return);
        QCOMPARE(picked.size(), 1);
        QCOMPARE(picker->chosen().front().ko, QStringLiteral("강남병원"));
        QCOMPARE(picker->editor()->text(), QStringLiteral("강남병원"));
        QVERIFY(!picker->listVisible());
    }

    void arrowsPagesAndDigitsChoose()
    {
        CodePicker *picker = shownPicker();
        QTest::keyClicks(picker->editor(), QStringLiteral("1000"));
        QCOMPARE(picker->rows().size(), size_t(4));
        QTest::keyClick(picker->editor(), Qt::Key_Down);
        QCOMPARE(picker->currentRow(), 1);
        QTest::keyClick(picker->editor(), Qt::Key_PageDown);
        QCOMPARE(picker->currentRow(), 3);
        QTest::keyClick(picker->editor(), Qt::Key_PageUp);
        QCOMPARE(picker->currentRow(), 0);
        QTest::keyClick(picker->editor(), Qt::Key_3, Qt::AltModifier);
        QCOMPARE(picker->chosen().front().ko, QStringLiteral("강남병원"));
    }

    void escapeKeepsTheTextAndF2TakesItAsWords()
    {
        CodePicker *picker = shownPicker();
        QTest::keyClicks(picker->editor(), QStringLiteral("1000"));
        QTest::keyClick(picker->editor(), Qt::Key_Escape);
        QVERIFY(!picker->listVisible());
        QCOMPARE(picker->editor()->text(), QStringLiteral("1000"));
        QSignalSpy words(picker, &CodePicker::freeText);
        QTest::keyClick(picker->editor(), Qt::Key_F2);
        QCOMPARE(words.size(), 1);
        QCOMPARE(picker->chosen().front().coded.originalText, QStringLiteral("1000"));
        QVERIFY(picker->chosen().front().code.isEmpty());
    }

    void nothingFoundPreselectsNothing()
    {
        CodePicker *picker = shownPicker();
        compose(picker->editor(), {}, QStringLiteral("강남병웡"));
        QVERIFY(picker->listVisible());
        QVERIFY(!picker->rows().empty()); // the nearest ones
        QCOMPARE(picker->currentRow(), -1);
        QSignalSpy picked(picker, &CodePicker::picked);
        QTest::keyClick(picker->editor(), Qt::Key_Return);
        QCOMPARE(picked.size(), 0);
    }

    void recentOnesComeBeforeTheFirstKey()
    {
        auto source = hospitals();
        CodeChoice used = source->recents(4)[2];
        source->used(used);
        CodePicker *picker = shownPicker(source);
        picker->showList();
        QCOMPARE(picker->rows().front().ko, used.ko);
        QVERIFY(picker->rows().front().recent);
    }

    void chipsAreRemovedByKeyAndMarkTheMainOne()
    {
        CodePicker *picker = shownPicker(hospitals(), CodePicker::Mode::Chips);
        picker->setMainMarkVisible(true);
        for (const char *name : {"강남", "서울"}) {
            compose(picker->editor(), {}, QString::fromUtf8(name));
            QTest::keyClick(picker->editor(), Qt::Key_Return);
        }
        QCOMPARE(picker->chosen().size(), size_t(2));
        QCOMPARE(picker->mainIndex(), 0);
        QTest::keyClick(picker->editor(), Qt::Key_Backspace);
        QWidget *chip = QApplication::focusWidget();
        QVERIFY(chip && chip != picker->editor());
        QTest::keyClick(chip, Qt::Key_Space);
        QCOMPARE(picker->mainIndex(), 1);
        QTRY_VERIFY(true);
        QCoreApplication::processEvents();
        picker->editor()->setFocus();
        QTest::keyClick(picker->editor(), Qt::Key_Backspace);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
        QCOMPARE(picker->chosen().size(), size_t(1));
        QVERIFY(test::unnamed(m_window.get()).isEmpty());
    }

    void signatureBecomesAPictureOnWhite()
    {
        Theme theme;
        SignaturePad pad(theme);
        pad.resize(500, 200);
        QTest::mouseClick(&pad, Qt::LeftButton, {}, {10, 10});
        QVERIFY(!pad.isSigned()); // a dot is none
        pad.clear();
        stroke(pad, {40, 120}, {400, 60});
        stroke(pad, {80, 40}, {300, 150});
        QVERIFY(pad.isSigned());
        QCOMPARE(pad.strokeCount(), 2);
        const QImage image = QImage::fromData(pad.png(), "PNG");
        QCOMPARE(image.size(), QSize(600, 200));
        QCOMPARE(image.pixelColor(0, 0), QColor(Qt::white));
        bool ink = false;
        for (int x = 0; x < image.width() && !ink; ++x) {
            for (int y = 0; y < image.height() && !ink; ++y)
                ink = qGray(image.pixel(x, y)) < 64;
        }
        QVERIFY(ink);
        QTest::keyClick(&pad, Qt::Key_Delete);
        QVERIFY(pad.isEmpty());
        QVERIFY(pad.png().isEmpty());
    }

private:
    static void stroke(QWidget &pad, const QPoint &from, const QPoint &to)
    {
        QTest::mousePress(&pad, Qt::LeftButton, {}, from);
        for (int i = 1; i <= 10; ++i) {
            QMouseEvent move(QEvent::MouseMove, from + (to - from) * i / 10,
                pad.mapToGlobal(from + (to - from) * i / 10), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(&pad, &move);
        }
        QTest::mouseRelease(&pad, Qt::LeftButton, {}, to);
    }
    CodePicker *shownPicker(
        std::shared_ptr<CodeSource> source = hospitals(), CodePicker::Mode mode = CodePicker::Mode::Single)
    {
        auto *picker = new CodePicker(mode, m_window.get());
        picker->setLabel(QStringLiteral("수신 기관"));
        picker->setSource(std::move(source));
        m_layout->addWidget(picker);
        m_layout->addStretch(1);
        m_window->show();
        m_window->activateWindow();
        picker->editor()->setFocus();
        if (!QTest::qWaitFor([&] { return picker->editor()->hasFocus(); }))
            qWarning("no focus");
        return picker;
    }

    std::unique_ptr<QWidget> m_window{};
    QVBoxLayout *m_layout = nullptr;
};

QTEST_MAIN(TestEditors)
#include "tst_ui_editors.moc"
