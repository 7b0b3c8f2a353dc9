// Pickers over the real terms of a profile, in the form where a doctor meets them.
#include "tests/support/HangulTyping.h"
#include "tests/ui/compose/Fixture.h"

#include "core/base/Oid.h"
#include "core/services/TermService.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/EntryList.h"
#include "ui/forms/EntryRow.h"
#include "ui/forms/ServiceSources.h"
#include "ui/forms/TermRefiner.h"
#include "ui/forms/TermRows.h"
#include "ui/widgets/CodePicker.h"

#include <QCheckBox>
#include <QElapsedTimer>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QVBoxLayout>

#include <algorithm>

using namespace naru;
using namespace naru::ui;
using test::compose;

class TestCoded : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<test::Fixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init()
    {
        clinical::Document document;
        document.form = clinical::Form::Referral;
        document.patient = *m_fixture->profile->patients().get(m_fixture->patient);
        m_model = std::make_unique<DocumentModel>();
        m_model->load(document);
        m_context = std::make_unique<FormContext>(formContext(
            *m_model, m_fixture->theme, true, m_fixture->profile, [this] { return m_fixture->patient; }));
        m_window = std::make_unique<QWidget>();
        m_window->resize(1100, 700);
        auto *layout = new QVBoxLayout(m_window.get());
        clinical::FieldSpec problems;
        for (const clinical::FieldSpec &spec : clinical::formFields(clinical::Form::Referral)) {
            if (spec.key == QLatin1String("problems"))
                problems = spec;
        }
        m_list = new EntryList(*m_context, problems, m_window.get());
        layout->addWidget(m_list);
        layout->addStretch(1);
        m_window->show();
        m_window->activateWindow();
        m_edit = m_list->adder()->editor();
        m_edit->setFocus();
        QTRY_VERIFY(m_edit->hasFocus());
    }
    void cleanup()
    {
        m_window.reset();
        m_context.reset();
        m_model.reset();
    }

    void typedByTheInputMethodAndAdded()
    {
        for (const test::TypingStep &step : test::HangulTyping::steps(QStringLiteral("ekdsyqudtjdakdak")))
            compose(m_edit, step.preedit, step.commit);
        const auto rows = m_list->adder()->rows();
        QVERIFY(std::any_of(rows.begin(), rows.end(),
            [](const CodeChoice &row) { return row.ko.contains(QStringLiteral("당뇨병성 망막병증")); }));
        QVERIFY(!rows.front().marks.empty());
        test::Fixture::shoot(*m_window, QStringLiteral("terms-typed"));
        QTest::keyClick(m_edit, Qt::Key_Return, Qt::AltModifier);
        test::Fixture::shoot(*m_window, QStringLiteral("terms-details"));
        QTest::keyClick(m_edit, Qt::Key_Return, Qt::AltModifier);
        QTest::keyClick(m_edit, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(m_list->adder()->view(), CodePicker::View::Tree);
        test::Fixture::shoot(*m_window, QStringLiteral("terms-hierarchy"));
        QTest::keyClick(m_edit, Qt::Key_Escape);
        QTest::keyClick(m_edit, Qt::Key_Return);
        QTRY_VERIFY(!m_edit->composing());
        QTest::keyClick(m_edit, Qt::Key_Return);
        const auto &problems = m_model->document().content.problems;
        QCOMPARE(problems.size(), size_t(1));
        QVERIFY(problems[0].main);
        QCOMPARE(problems[0].code.code, rows.front().coded.code);
        QCOMPARE(problems[0].code.system, base::oid("kcd").text());
    }

    void theSideReachesTheDocument()
    {
        compose(m_edit, {}, QStringLiteral("왼쪽 노년백내장"));
        QVERIFY2(!m_list->adder()->rows().empty(), "a side must never empty the list");
        QTest::keyClick(m_edit, Qt::Key_Return);
        const auto &problems = m_model->document().content.problems;
        QCOMPARE(problems.size(), size_t(1));
        QCOMPARE(problems[0].code.side, QStringLiteral("left"));
        QVERIFY(problems[0].code.text().startsWith(QStringLiteral("왼쪽 ")));
    }

    // One key after the choice: the site's own code, the side in the record, in the row that is there
    // already.
    void chipsReachTheDocument()
    {
        compose(m_edit, {}, QStringLiteral("M2559"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        const auto &problems = m_model->document().content.problems;
        QCOMPARE(problems.size(), size_t(1));
        QCOMPARE(problems[0].code.code, QStringLiteral("M2559"));
        QCOMPARE(m_list->adder()->view(), CodePicker::View::Refine);
        test::Fixture::shoot(*m_window, QStringLiteral("terms-refine"));
        QVERIFY(m_edit->hasFocus());
        QTest::keyClick(m_edit, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(problems[0].code.side, QStringLiteral("right"));
        const auto &chips = m_list->adder()->refinements();
        const auto shoulder = std::find_if(chips.begin(), chips.end(),
            [](const CodeRefinement &one) { return one.label == QStringLiteral("어깨부분"); });
        QVERIFY(shoulder != chips.end());
        QTest::keyClick(m_edit, Qt::Key(Qt::Key_1 + (shoulder - chips.begin())), Qt::AltModifier);
        QCOMPARE(problems.size(), size_t(1));
        QCOMPARE(problems[0].code.code, QStringLiteral("M2551"));
        QCOMPARE(problems[0].code.display, QStringLiteral("관절통, 어깨부분"));
        QCOMPARE(problems[0].code.side, QStringLiteral("right"));
        QCOMPARE(problems[0].code.text(), QStringLiteral("오른쪽 관절통, 어깨부분"));
        QVERIFY(problems[0].main);
        m_model->undo();
        QCOMPARE(m_model->document().content.problems[0].code.code, QStringLiteral("M2559"));
    }

    void severityWithoutACodeFillsTheFormToo()
    {
        compose(m_edit, {}, QStringLiteral("J459"));
        QTest::keyClick(m_edit, Qt::Key_Return);
        const auto &chips = m_list->adder()->refinements();
        const auto severe = std::find_if(chips.begin(), chips.end(),
            [](const CodeRefinement &one) { return one.choice.coded.severity == QStringLiteral("severe"); });
        QVERIFY(severe != chips.end());
        QTest::keyClick(m_edit, Qt::Key(Qt::Key_1 + (severe - chips.begin())), Qt::AltModifier);
        const auto &problem = m_model->document().content.problems.front();
        QCOMPARE(problem.code.code, QStringLiteral("J459"));
        QCOMPARE(problem.code.severity, QStringLiteral("severe"));
        QCOMPARE(problem.severity, QStringLiteral("중증")); // 중증도 of the national form
    }

    // From the titles of the terms that ship with the program.
    void chipsComeFromTheClassification_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QStringList>("wanted"); // "axis label code"
        QTest::addColumn<QStringList>("unwanted");
        const auto row = [](const char *name, const char *code, const char *wanted, const char *unwanted) {
            const auto list = [](const char *text) {
                return QString::fromUtf8(text).split(QLatin1Char('|'), Qt::SkipEmptyParts);
            };
            QTest::newRow(name) << QString::fromUtf8(code) << list(wanted) << list(unwanted);
        };
        row("site left open", "M2559", "site 어깨부분 M2551|site 손 M2554", "상세불명 부분");
        row("codes below", "M255", "site 어깨부분 M2551|site 상세불명 부분 M2559", "");
        row("site said", "M2551", "", "손");
        row("closed, when nothing is said", "S0200", "wound 개방성 S0201", "폐쇄성");
        row("open was said", "S0201", "", "폐쇄성");
        row("severity has codes", "F329",
            "severity 경도 F320|severity 중등도 F321|severity 정신병적 증상이 없는 중증 F322", "기타");
        row("kinds of asthma", "J459", "kind 비알레르기성 J451", "");
        row("nothing is open", "I10", "", "");
    }
    void chipsComeFromTheClassification()
    {
        QFETCH(QString, code);
        QFETCH(QStringList, wanted);
        QFETCH(QStringList, unwanted);
        CodeChoice chosen;
        chosen.coded.code = code;
        chosen.coded.system = base::oid("kcd").text();
        QStringList found;
        for (const CodeRefinement &one : m_list->adder()->source()->refinements(chosen)) {
            found << QStringLiteral("%1 %2 %3").arg(one.axis, one.label, one.choice.coded.code);
            QVERIFY2(!unwanted.contains(one.label), qPrintable(one.label));
            QVERIFY(!one.choice.retired && one.choice.coded.system == chosen.coded.system);
        }
        for (const QString &one : wanted)
            QVERIFY2(found.contains(one),
                qPrintable(one + QStringLiteral(" is not in: ") + found.join(QLatin1Char('|'))));
        if (wanted.isEmpty())
            QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('|'))));
    }

    void whatATitleAdds_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("stem");
        QTest::addColumn<QString>("added");
        const auto row = [](const char *title, const char *stem, const char *added) {
            QTest::newRow(title) << QString::fromUtf8(title) << QString::fromUtf8(stem)
                                 << QString::fromUtf8(added);
        };
        row("관절통, 어깨부분", "관절통", "어깨부분");
        row("경도 우울에피소드", "우울에피소드", "경도");
        row("현존 경도의 재발성 우울장애", "재발성 우울장애", "현존 경도");
        row("상세불명의 우울에피소드", "우울에피소드", "상세불명의");
        row("Mild depressive episode", "Depressive episode", "Mild");
        row("경도 정신지체[지적장애]", "정신지체[지적장애]", "경도");
        row("우울에피소드", "우울에피소드", "");
        row("관절통증, 손", "관절통", ""); // another word
        row("다발관절통", "관절통", "");
        row("우울에피소드", "", "");
    }
    void whatATitleAdds()
    {
        QFETCH(QString, title);
        QFETCH(QString, stem);
        QFETCH(QString, added);
        QCOMPARE(TermRefiner::added(title, stem), added);
    }

    // Rows that are added push the field down; it and its list stay where they can be seen.
    void theFieldStaysInSight()
    {
        QScrollArea pane;
        pane.setWidgetResizable(true);
        auto *form = new QWidget;
        auto *column = new QVBoxLayout(form);
        column->addWidget(m_list);
        column->addSpacing(2000);
        pane.setWidget(form);
        pane.resize(900, 300);
        pane.show();
        pane.activateWindow();
        for (const char *code : {"E119", "I10", "J459", "H259", "K210", "M2551", "N40", "G439"}) {
            add(QString::fromLatin1(code));
            QTest::keyClick(m_edit, Qt::Key_Escape);
            QTest::qWait(20);
            const QRect place(m_edit->mapTo(pane.viewport(), QPoint()), m_edit->size());
            QVERIFY2(pane.viewport()->rect().contains(place), code);
        }
        QVERIFY(pane.verticalScrollBar()->value() > 0);
        // Neither above it nor below it is there room for a list: the form gives way.
        pane.verticalScrollBar()->setValue(pane.verticalScrollBar()->value() - 60);
        compose(m_edit, {}, QStringLiteral("당뇨"));
        const QRect place(m_edit->mapTo(pane.viewport(), QPoint()), m_edit->size());
        QVERIFY(pane.viewport()->rect().contains(place));
        QVERIFY(place.top() < m_edit->height());
        auto *list = pane.findChild<QWidget *>(QStringLiteral("codePicker.list"));
        QVERIFY(list && list->isVisible() && pane.rect().contains(list->geometry()));
        m_list->setParent(m_window.get());
    }

    // Alt+Enter: what a claim says about the code, and which table says so.
    void detailsNameClaimsAndTheTable()
    {
        const auto detail = [&](const char *code) {
            compose(m_edit, {}, QString::fromLatin1(code));
            QTest::keyClick(m_edit, Qt::Key_Return, Qt::AltModifier);
            auto *details = m_window->findChild<QLabel *>(QStringLiteral("codePicker.details"));
            const QString text = details->isVisible() ? details->text() : QString();
            QTest::keyClick(m_edit, Qt::Key_Return, Qt::AltModifier);
            m_edit->clear();
            return text;
        };
        const QString heading = detail("E11"), complete = detail("I10");
        const auto line = [](const QString &text, const QString &label) {
            for (const QString &one : text.split(QLatin1Char('\n'))) {
                if (one.startsWith(label))
                    return one;
            }
            return QString();
        };
        QVERIFY2(!line(heading, TermRows::tr("Claims")).isEmpty(), qPrintable(heading));
        QVERIFY(line(heading, TermRows::tr("Claims")) != line(complete, TermRows::tr("Claims")));
        QVERIFY(line(complete, TermRows::tr("Release"))
                    .contains(TermRows::tr("starter terms, not an official list")));
        services::TermHit retired;
        retired.system = base::oid("kcd").text();
        retired.retired = true;
        retired.replacedBy = QStringLiteral("J4490");
        QVERIFY(TermRows::claims(retired).contains(QStringLiteral("J44.90")));
        retired.system = base::oid("loinc").text();
        QVERIFY(TermRows::claims(retired).isEmpty()); // nobody claims with it
    }

    void backspaceOnEmptyGoesToTheLastRow()
    {
        add(QStringLiteral("E119"));
        add(QStringLiteral("I10"));
        QTRY_COMPARE(m_list->rows().size(), size_t(2));
        QTest::keyClick(m_edit, Qt::Key_Backspace);
        QVERIFY(m_list->rows()[1]->box()->hasFocus());
        QVERIFY(!m_list->adder()->listVisible());
        QCOMPARE(m_model->document().content.problems.size(), size_t(2)); // going there removes nothing
        QTest::keyClick(m_list->rows()[1]->box(), Qt::Key_Delete);
        QCOMPARE(m_model->document().content.problems.size(), size_t(1));
    }

    // What the list warned of stands below the chosen row too, and follows the patient and the document.
    void chosenRowsKeepTheirWarning()
    {
        add(QStringLiteral("N40")); // enlarged prostate: men
        add(QStringLiteral("I10"));
        m_model->edit(QStringLiteral("problems"), [](DocumentModel::State &state) {
            clinical::Problem heading;
            heading.code.code = QStringLiteral("E11");
            heading.code.system = base::oid("kcd").text();
            heading.code.display = QStringLiteral("2형 당뇨병");
            state.document.content.problems.push_back(heading);
            state.document.patient.sex = clinical::Sex::Female;
        });
        m_list->reload();
        QCOMPARE(m_list->rows().size(), size_t(3));
        QCOMPARE(m_model->document().content.problems[0].code.code, QStringLiteral("N40"));
        const auto warning = [&](size_t row) {
            auto *label = m_list->rows()[row]->findChild<QLabel *>(QStringLiteral("form.problems.warning"));
            return label->isHidden() ? QString() : label->text();
        };
        const auto heard = [&](size_t row) { return m_list->rows()[row]->box()->accessibleDescription(); };
        QVERIFY2(warning(0).startsWith(QStringLiteral("! ")), qPrintable(warning(0)));
        QCOMPARE(warning(1), QString());
        QVERIFY2(warning(2).startsWith(QStringLiteral("! ")), qPrintable(warning(2)));
        QVERIFY(heard(0) != heard(1) && heard(2) != heard(1));
        QVERIFY(!heard(0).contains(QStringLiteral("! ")));
        auto *label = m_list->rows()[0]->findChild<QLabel *>(QStringLiteral("form.problems.warning"));
        // In its colour on the surface of a form, not only in its palette.
        m_window->setBackgroundRole(QPalette::Base);
        QTest::qWait(20);
        const QImage painted = label->grab().toImage();
        const QRgb wanted = m_fixture->theme.color("warn").rgb();
        bool seen = false;
        for (int y = 0; y < painted.height() && !seen; ++y) {
            for (int x = 0; x < painted.width() && !seen; ++x)
                seen = painted.pixel(x, y) == wanted;
        }
        QVERIFY(seen);
        test::Fixture::shoot(*m_window, QStringLiteral("terms-warned-rows"));
        m_model->edit(QStringLiteral("patient"),
            [](DocumentModel::State &state) { state.document.patient.sex = clinical::Sex::Male; });
        m_list->reload();
        QCOMPARE(warning(0), QString());
        // It never blocks: the row is in the document all the same.
        QCOMPARE(m_model->document().content.problems.size(), size_t(3));
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 100; ++i)
            m_list->reload();
        QVERIFY2(clock.elapsed() < 100 * 3 * NARU_TIME_FACTOR, qPrintable(QString::number(clock.elapsed())));
    }

    void usedCodesComeFirstNextTime()
    {
        add(QStringLiteral("E119"));
        m_edit->clear();
        m_list->adder()->showList();
        const auto rows = m_list->adder()->rows();
        QVERIFY(!rows.empty());
        QVERIFY(!rows.front().heading.isEmpty());
        QCOMPARE(rows.front().code, QStringLiteral("E11.9")); // spelt for people
        QCOMPARE(m_list->adder()->currentRow(), -1);
    }

    void favouritesAreRemembered()
    {
        compose(m_edit, {}, QStringLiteral("E119"));
        QTest::keyClick(m_edit, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(m_list->adder()->rows().front().favourite);
        const auto kept = m_fixture->profile->terms().favourites({QStringLiteral("kcd")});
        QCOMPARE(kept.size(), size_t(1));
        QCOMPARE(kept[0].code, QStringLiteral("E119"));
    }

    void aPastedColumnBecomesRows()
    {
        QVERIFY(m_list->adder()->offerPasted(QStringLiteral("E11.9\nI10\nZZZ\nH25.9")));
        QTest::keyClick(m_edit, Qt::Key_Return);
        QCOMPARE(m_model->document().content.problems.size(), size_t(3));
        QVERIFY(m_edit->hasFocus());
    }

    void alternatingOrderKeepsTheFirstAsMain()
    {
        add(QStringLiteral("E119"));
        add(QStringLiteral("I10"));
        QTRY_COMPARE(m_list->rows().size(), size_t(2));
        QCheckBox *second = m_list->rows()[1]->box();
        second->setFocus();
        QTest::keyClick(second, Qt::Key_Up, Qt::AltModifier);
        const auto &problems = m_model->document().content.problems;
        QCOMPARE(problems[0].code.code, QStringLiteral("I10"));
        QVERIFY(problems[0].main && !problems[1].main);
        QVERIFY(m_list->rows()[0]->box()->hasFocus());
        QVERIFY(m_model->canUndo());
        m_model->undo();
        QCOMPARE(m_model->document().content.problems[0].code.code, QStringLiteral("E119"));
    }

    void rowsForPeople()
    {
        services::TermHit hit;
        hit.system = base::oid("kcd").text();
        hit.code = QStringLiteral("H360");
        hit.ko = QStringLiteral("당뇨병성 망막병증");
        hit.source = services::TermSource::Code;
        hit.marks = {{0, 4, false}};
        hit.sex = terminology::Sex::Female;
        hit.ageFrom = 15;
        const CodeChoice row = TermRows::choice(hit);
        QCOMPARE(row.code, QStringLiteral("H36.0"));
        QCOMPARE(row.coded.code, QStringLiteral("H360"));
        QCOMPARE(row.marks, (std::vector<CodeMark>{{0, 5, false}})); // the dot is ours
        QVERIFY(row.sided);
        hit.source = services::TermSource::Korean;
        hit.marks = {{0, 6, true}}; // 당뇨병성 마
        QCOMPARE(TermRows::choice(hit).marks, (std::vector<CodeMark>{{0, 5, false}, {5, 1, true}}));
        QVERIFY(!row.limits.isEmpty());
        const QString kcd = base::oid("kcd").text();
        QVERIFY(TermRows::sided(kcd, QStringLiteral("S8200"), QStringLiteral("슬개골의 골절")));
        QVERIFY(!TermRows::sided(kcd, QStringLiteral("M170"), QStringLiteral("양쪽 원발성 무릎관절증")));
        QVERIFY(!TermRows::sided(kcd, QStringLiteral("E119"), QStringLiteral("2형 당뇨병")));
        QVERIFY(TermRows::sided(
            base::oid("icd9cm").text(), QStringLiteral("13.41"), QStringLiteral("수정체 유화술")));
    }

private:
    void add(const QString &code)
    {
        m_edit->setFocus();
        QTRY_VERIFY(m_edit->hasFocus());
        compose(m_edit, {}, code);
        QTest::keyClick(m_edit, Qt::Key_Tab); // adds and stays
    }

    std::unique_ptr<test::Fixture> m_fixture{};
    std::unique_ptr<DocumentModel> m_model{};
    std::unique_ptr<FormContext> m_context{};
    std::unique_ptr<QWidget> m_window{};
    EntryList *m_list = nullptr;
    HangulLineEdit *m_edit = nullptr;
};

QTEST_MAIN(TestCoded)
#include "tst_ui_coded.moc"
