// A form built from its rows: undo, review, problems, lists.
#include "tests/ui/compose/Fixture.h"

#include "ui/forms/ContentAccess.h"
#include "ui/forms/DigitChoice.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/EntryList.h"
#include "ui/forms/EntryRow.h"
#include "ui/forms/FormView.h"
#include "ui/forms/SectionView.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/HangulTextEdit.h"

#include <QCheckBox>
#include <QRadioButton>

using namespace naru;
using namespace naru::ui;

namespace {

clinical::Document sample()
{
    clinical::Document d;
    d.form = clinical::Form::Referral;
    for (const char *name : {"메트포르민", "암로디핀"}) {
        clinical::Medication m;
        m.code.display = QString::fromUtf8(name);
        m.code.code = QStringLiteral("A%1").arg(d.content.medications.size());
        m.doseValue = QStringLiteral("500");
        m.doseUnit = QStringLiteral("mg");
        m.timesPerDay = QStringLiteral("2");
        m.source.kind = clinical::Source::Kind::Emr;
        d.content.medications.push_back(m);
    }
    return d;
}

clinical::RuleProblem missing(const char *field)
{
    clinical::RuleProblem p;
    p.field = QString::fromLatin1(field);
    p.messageKo = QStringLiteral("%1 없음").arg(p.field);
    p.messageEn = p.messageKo;
    return p;
}

} // namespace

class TestForms : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_theme.setChoice(QStringLiteral("light"));
        m_theme.applyTo(*qApp);
        m_model = std::make_unique<DocumentModel>();
        m_model->load(sample());
        m_form = std::make_unique<FormView>(FormContext{*m_model, m_theme, true, {}, {}, {}, {}, {}});
        m_form->build();
        m_form->resize(640, 700);
        m_form->show();
        m_form->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
    }
    void cleanup()
    {
        m_form.reset();
        m_model.reset();
    }

    void oneStepAWord()
    {
        const auto type = [&](const QString &text) {
            m_model->type(QStringLiteral("reason"), text,
                [&](DocumentModel::State &s) { s.document.content.reason.text = text; });
        };
        for (const char *text : {"시", "시력", "시력 ", "시력 저", "시력 저하"})
            type(QString::fromUtf8(text));
        m_model->undo();
        QCOMPARE(m_model->document().content.reason.text, QStringLiteral("시력 "));
        m_model->undo();
        QCOMPARE(m_model->document().content.reason.text, QString());
        QVERIFY(!m_model->canUndo());
        m_model->redo();
        m_model->redo();
        QCOMPARE(m_model->document().content.reason.text, QStringLiteral("시력 저하"));
    }

    void undoGoesAcrossFieldsAndReachesTheEditors()
    {
        auto *reason = m_form->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        QVERIFY(reason);
        test::compose(reason, {}, QStringLiteral("안저 검사"));
        EntryRow *row = m_form->section(QStringLiteral("medications"))->list()->rows()[1];
        QTest::keyClick(row->box(), Qt::Key_Space);
        QCOMPARE(m_model->document().content.medications.size(), size_t(1));
        m_model->undo();
        QCOMPARE(m_model->document().content.medications.size(), size_t(2));
        QCOMPARE(reason->toPlainText(), QStringLiteral("안저 검사"));
        m_model->undo();
        QCOMPARE(reason->toPlainText(), QString());
    }

    void composedTextIsNotMissing()
    {
        auto *reason = m_form->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        reason->setFocus();
        test::compose(reason, QStringLiteral("당"));
        QCOMPARE(m_model->document().content.reason.text, QStringLiteral("당"));
    }

    void problemAppearsOnLeavingAndGoesAtOnce()
    {
        SectionView *reason = m_form->section(QStringLiteral("reason"));
        auto *editor = m_form->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        editor->setFocus();
        m_form->setProblems({missing("reason")});
        QVERIFY(!says(reason, QStringLiteral("reason 없음"))); // not while it is being written
        m_form->section(QStringLiteral("recipients"))->focusField();
        QTRY_VERIFY(says(reason, QStringLiteral("! reason 없음")));
        QVERIFY(editor->accessibleDescription().contains(QStringLiteral("reason 없음")));
        m_form->setProblems({});
        QVERIFY(!says(reason, QStringLiteral("reason 없음")));
        QCOMPARE(m_form->missing(), 0);
    }

    void f8WalksTheGaps()
    {
        m_form->setProblems({missing("reason"), missing("relay.status"), missing("relay.clinical")});
        QCOMPARE(m_form->missing(), 3);
        m_form->goTo(QStringLiteral("recipients"));
        QVERIFY(m_form->goToNextGap());
        QTRY_COMPARE(m_form->currentIndex(), 1);
        QVERIFY(m_form->goToNextGap());
        QVERIFY(m_form->section(QStringLiteral("relay"))->hasFocusInside());
        QCOMPARE(m_form->stateOf(1), SectionState::Error);
    }

    void relayTakesOneDigitEach()
    {
        m_form->goTo(QStringLiteral("relay"), QStringLiteral("relay.status"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_2);
        QCOMPARE(m_model->document().content.relay.status, QStringLiteral("02"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_1); // the focus went on by itself
        QCOMPARE(m_model->document().content.relay.clinical, QStringLiteral("01"));
    }

    void f7ApprovesAndGoesOn()
    {
        QCOMPARE(m_form->unreviewed(), 1);
        const int medications =
            int(std::find_if(m_form->sections().begin(), m_form->sections().end(), [](const SectionView *v) {
                return v->key() == QStringLiteral("medications");
            }) - m_form->sections().begin());
        QCOMPARE(m_form->stateOf(medications), SectionState::Unreviewed);
        QVERIFY(m_form->approveAndGoOn());
        QCOMPARE(m_form->unreviewed(), 0);
        QVERIFY(m_model->document().content.medications[0].source.reviewed);
        QCOMPARE(m_model->document().content.medications[0].source.kind,
            clinical::Source::Kind::Emr); // it still came from there
        QVERIFY(!m_form->approveAndGoOn());
    }

    void leftOutRowsStayToBeTakenBack()
    {
        EntryList *list = m_form->section(QStringLiteral("medications"))->list();
        QTest::keyClick(list->rows()[0]->box(), Qt::Key_Space);
        QCOMPARE(m_model->document().content.medications.size(), size_t(1));
        QCOMPARE(m_model->leftOut().medications.size(), size_t(1));
        QCOMPARE(list->rows().size(), size_t(2)); // still there, unticked, in its place
        QVERIFY(!list->rows()[0]->box()->isChecked());
        QTest::keyClick(list->rows()[0]->box(), Qt::Key_Space);
        QCOMPARE(m_model->document().content.medications.size(), size_t(2));
        QVERIFY(m_model->leftOut().medications.empty());
    }

    void rowsAreEditedAndRemovedByKeys()
    {
        EntryList *list = m_form->section(QStringLiteral("medications"))->list();
        list->rows()[0]->box()->setFocus();
        QTest::keyClick(list->rows()[0]->box(), Qt::Key_F2);
        QVERIFY(list->rows()[0]->isOpen());
        auto *dose = m_form->findChild<HangulLineEdit *>(QStringLiteral("form.medications.doseValue.editor"));
        QVERIFY(dose);
        dose->selectAll();
        test::compose(dose, {}, QStringLiteral("1000"));
        QCOMPARE(m_model->document().content.medications[0].doseValue, QStringLiteral("1000"));
        QVERIFY(m_model->document().content.medications[0].source.reviewed);
        QVERIFY(list->rows()[0]->box()->accessibleName().contains(QStringLiteral("1000")));
        list->rows()[1]->box()->setFocus();
        QTest::keyClick(list->rows()[1]->box(), Qt::Key_Delete);
        QCOMPARE(m_model->document().content.medications.size(), size_t(1));
    }

    void wordsWithoutACodeAreKept()
    {
        EntryList *list = m_form->section(QStringLiteral("problems"))->list();
        list->adder()->editor()->setFocus();
        test::compose(list->adder()->editor(), {}, QStringLiteral("눈이 침침함"));
        QTest::keyClick(list->adder()->editor(), Qt::Key_F2);
        QCOMPARE(m_model->document().content.problems.size(), size_t(1));
        QCOMPARE(m_model->document().content.problems[0].code.originalText, QStringLiteral("눈이 침침함"));
        QVERIFY(m_model->document().content.problems[0].main);
        QCOMPARE(m_model->document().content.problems[0].source.kind, clinical::Source::Kind::Typed);
    }

    void wrongDateIsSaidAndNotTaken()
    {
        EntryList *list = m_form->section(QStringLiteral("medications"))->list();
        list->rows()[0]->openEditor(true);
        auto *start = m_form->findChild<HangulLineEdit *>(QStringLiteral("form.medications.start.editor"));
        QVERIFY(start);
        start->setFocus();
        QTest::keyClicks(start, QStringLiteral("2026-13-40"));
        QVERIFY(m_model->document().content.medications[0].start.date() != QDate(2026, 13, 1));
        start->selectAll();
        QTest::keyClicks(start, QStringLiteral("2026-11-22"));
        QCOMPARE(m_model->document().content.medications[0].start.date(), QDate(2026, 11, 22));
    }

    void sealedFormsRefuse()
    {
        m_model->setReadOnly(true);
        m_form->setReadOnly(true);
        auto *reason = m_form->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        test::compose(reason, {}, QStringLiteral("가"));
        QCOMPARE(m_model->document().content.reason.text, QString());
        QVERIFY(!m_form->approveAndGoOn());
        QVERIFY(m_model->undo().isEmpty());
    }

    void everyFormIsBuiltFromItsRows_data()
    {
        QTest::addColumn<int>("form");
        for (const auto form : {clinical::Form::Referral, clinical::Form::Return, clinical::Form::Reply,
                 clinical::Form::Summary, clinical::Form::ImagingReport, clinical::Form::Emergency})
            QTest::newRow(qPrintable(clinical::formKey(form))) << int(form);
    }
    void everyFormIsBuiltFromItsRows()
    {
        QFETCH(int, form);
        clinical::Document d = sample();
        d.form = clinical::Form(form);
        m_model->load(d);
        m_form->build();
        for (SectionView *view : m_form->sections())
            view->expand();
        QCoreApplication::processEvents();
        QVERIFY(!m_form->sections().empty());
        QCOMPARE(test::unnamed(m_form.get()), QStringList());
    }

private:
    static bool says(QWidget *widget, const QString &text)
    {
        for (const QLabel *label : widget->findChildren<QLabel *>()) {
            if (!label->isHidden() && label->text().contains(text))
                return true;
        }
        return false;
    }

    Theme m_theme{};
    std::unique_ptr<DocumentModel> m_model{};
    std::unique_ptr<FormView> m_form{};
};

QTEST_MAIN(TestForms)
#include "tst_ui_forms.moc"
