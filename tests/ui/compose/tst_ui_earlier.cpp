// Earlier documents that really came over the exchange: pulling a section from them (F4), and what differs
// between two versions.
#include "tests/ui/compose/Fixture.h"

#include "PracticeProcess.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/OutboxService.h"
#include "core/services/RecordService.h"
#include "tests/core/services/ServiceFixture.h"
#include "ui/forms/FormView.h"
#include "ui/forms/SectionView.h"
#include "ui/pages/compose/ComposePage.h"
#include "ui/pages/documents/ReaderPage.h"
#include "ui/widgets/CdaView.h"
#include "ui/widgets/HangulTextEdit.h"
#include "ui/widgets/MessageStrip.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>

using namespace naru;
using namespace naru::ui;

class TestEarlier : public QObject {
    Q_OBJECT
private Q_SLOTS:
    // A patient the hospital has answered: hand-over, consent, referral, the return letter.
    void initTestCase()
    {
        QVERIFY(m_exchange.start({QStringLiteral("--reply-delay"), QStringLiteral("1")}));
        QVERIFY(m_clinic
                    .open(test::siteCopy(m_exchange.folder() + QStringLiteral("/site.json"),
                        m_clinic.folder.filePath(QStringLiteral("site.json")), 0, false))
                    .ok());
        m_theme.applyTo(*qApp);
        m_context = std::make_unique<AppContext>(m_clinic.profile, m_theme, m_queue, text::Language::Korean);
        m_patient = m_clinic.patient();
        QVERIFY(!m_patient.isEmpty());
        QVERIFY(m_clinic.profile->consents().give(m_clinic.act(m_patient)).ok());
        const auto sent = m_clinic.send(m_patient);
        QVERIFY2(sent.ok(), sent ? "" : qPrintable(sent.error().toString()));
        QVERIFY(m_clinic.profile->outbox().run({}, true).ok());
        m_referral = sent->documentId;
        const auto answered = [this] {
            (void)m_clinic.profile->records().fetchAnswers({});
            for (const services::DocumentRow &row : m_clinic.profile->records().local(m_patient)) {
                if (row.form == clinical::Form::Return && row.local)
                    m_answer = row.id;
            }
            return !m_answer.isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(answered(), 20000);
        QVERIFY(!m_answer.isEmpty());
    }
    void cleanupTestCase()
    {
        m_page.reset();
        m_context.reset();
        m_queue.shutdown();
    }

    // F4 in the diagnoses: what the hospital wrote comes as lines to tick, marked with where it is from.
    void diagnosesOfTheHospitalComeUnticked()
    {
        const auto content = m_clinic.profile->compose().contentOf(m_answer);
        QVERIFY(content.ok());
        QVERIFY(!content->problems.empty());
        compose();
        const auto before = m_page->model().state();
        m_page->form()->goTo(QStringLiteral("problems"));
        pull();
        QTRY_VERIFY(m_page->model().state().leftOut.problems.size() > before.leftOut.problems.size());
        const auto after = m_page->model().state();
        QCOMPARE(after.document.content.problems, before.document.content.problems); // nothing is taken in
        QStringList offered;
        for (const clinical::Problem &problem : after.leftOut.problems) {
            offered << problem.code.text();
            if (problem.source.kind != clinical::Source::Kind::Document)
                continue;
            QVERIFY(!problem.source.reviewed);
            QVERIFY(!problem.source.documentId.isEmpty());
            QVERIFY(!problem.source.label.trimmed().isEmpty());
        }
        // All that the newest document with diagnoses says is here, offered or already written.
        const QString source = after.leftOut.problems.back().source.documentId;
        const auto earlier = m_clinic.profile->compose().contentOf(source);
        QVERIFY(earlier.ok());
        for (const clinical::Problem &problem : earlier->problems) {
            bool here = offered.contains(problem.code.text());
            for (const clinical::Problem &mine : after.document.content.problems)
                here = here || mine.code.text() == problem.code.text();
            QVERIFY2(here, qPrintable(problem.code.text()));
        }
        // The order of the document is kept.
        int last = -1;
        for (const clinical::Problem &problem : earlier->problems) {
            const int at = int(offered.indexOf(problem.code.text()));
            if (at < 0)
                continue;
            QVERIFY2(at > last, qPrintable(offered.join(QLatin1Char('|'))));
            last = at;
        }
        // A second time nothing doubles, and that is said.
        pull();
        QTRY_VERIFY(strip()->sentence().contains(QStringLiteral("nothing that is not here")));
        QCOMPARE(m_page->model().state().leftOut.problems.size(), after.leftOut.problems.size());
        // One step of undo takes all of them back.
        QVERIFY(m_page->undo());
        QCOMPARE(m_page->model().state().leftOut.problems.size(), before.leftOut.problems.size());
    }

    // A text that was typed is not replaced; it can be added to.
    void writtenTextIsKept()
    {
        compose();
        auto *reason = m_page->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        QVERIFY(reason);
        m_page->form()->goTo(QStringLiteral("reason"));
        test::compose(reason, {}, QStringLiteral("내가 쓴 말"));
        m_page->settle();
        pull();
        QTRY_VERIFY(strip()->isShowing());
        const QString mine = m_page->model().document().content.reason.text;
        QVERIFY(mine.contains(QStringLiteral("내가 쓴 말")));
        auto *add = strip()->findChild<QPushButton *>(QString(), Qt::FindChildrenRecursively);
        QVERIFY(add && add->isVisible());
        add->click();
        const QString joined = m_page->model().document().content.reason.text;
        QVERIFY(joined.startsWith(mine.trimmed()));
        QVERIFY(joined.size() > mine.size());
        QCOMPARE(m_page->model().document().content.reason.source.kind, clinical::Source::Kind::Document);
        pull(); // and it is not added twice
        QTRY_VERIFY(strip()->sentence().contains(QStringLiteral("nothing that is not here")));
        QCOMPARE(m_page->model().document().content.reason.text, joined);
    }

    // A corrected referral replaces the first one: the reader finds both and says what changed, no more.
    void versionsDifferWhereTheyWereChanged()
    {
        services::ComposeService::NewOptions options;
        options.replaces = m_referral;
        auto draft = m_clinic.profile->compose().create(clinical::Form::Referral, m_patient, options);
        QVERIFY2(draft.ok(), draft ? "" : qPrintable(draft.error().toString()));
        draft->document.content.reason.text = QStringLiteral("고친 의뢰 사유입니다");
        QVERIFY(m_clinic.profile->compose().save(*draft).ok());
        const auto preview = m_clinic.profile->compose().sealPreview(draft->id);
        QVERIFY(preview.ok());
        const auto newer = m_clinic.profile->compose().send(draft->id, preview->sha256);
        QVERIFY(newer.ok());
        QVERIFY(m_clinic.profile->outbox().run({}, true).ok());
        ReaderPage reader(*m_context, m_patient, newer->documentId);
        reader.resize(1200, 700);
        QSignalSpy shown(&reader, &ReaderPage::shown);
        reader.show();
        QTRY_VERIFY(!shown.isEmpty());
        auto *compare = reader.findChild<QPushButton *>(QStringLiteral("reader.compare"));
        QVERIFY(compare->isVisible());
        compare->click();
        auto *diff = reader.findChild<QTreeWidget *>(QStringLiteral("reader.diff"));
        QVERIFY(diff->isVisible());
        bool reason = false;
        QStringList lines;
        for (int i = 0; i < diff->topLevelItemCount(); ++i) {
            const QTreeWidgetItem *item = diff->topLevelItem(i);
            lines << QStringList{item->text(0), item->text(1), item->text(2)}.join(QStringLiteral(" | "));
            reason = reason
                || (item->text(2).contains(QStringLiteral("고친 의뢰 사유입니다"))
                    && item->text(1).contains(QStringLiteral("안저")));
            QVERIFY2(item->text(1) != item->text(2), qPrintable(lines.last()));
        }
        QVERIFY2(reason, qPrintable(lines.join(QLatin1Char('\n'))));
        QVERIFY2(lines.size() <= 8, qPrintable(lines.join(QLatin1Char('\n')))); // not half the document
        qInfo("%s", qPrintable(lines.join(QLatin1Char('\n'))));
        QVERIFY(reader.stepBack());
        QVERIFY(reader.view()->isVisible());
    }

    // The same from the hospital's answer, whose earlier version this desk never had: it says so and stays.
    void withoutAnEarlierVersionNothingIsOffered()
    {
        ReaderPage reader(*m_context, m_patient, m_answer);
        QSignalSpy shown(&reader, &ReaderPage::shown);
        reader.show();
        QTRY_VERIFY(!shown.isEmpty());
        QVERIFY(!reader.findChild<QPushButton *>(QStringLiteral("reader.compare"))->isVisible());
    }

private:
    void compose()
    {
        const auto draft = m_clinic.profile->compose().create(clinical::Form::Referral, m_patient);
        QVERIFY(draft.ok());
        PageRequest request{QStringLiteral("compose"), m_patient, draft->id, {}};
        m_page.reset(static_cast<ComposePage *>(ComposePage::make(*m_context, request, nullptr)));
        m_page->resize(1300, 700);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->focusFirst();
    }
    void pull()
    {
        strip()->clear();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F4);
    }
    MessageStrip *strip() const
    {
        return m_page->findChild<MessageStrip *>(QString(), Qt::FindDirectChildrenOnly);
    }

    PracticeProcess m_exchange{};
    test::Clinic m_clinic{};
    Theme m_theme{};
    jobs::JobQueue m_queue{2};
    std::unique_ptr<AppContext> m_context{};
    std::unique_ptr<ComposePage> m_page{};
    services::PatientKey m_patient{};
    QString m_referral{}, m_answer{};
};

QTEST_MAIN(TestEarlier)
#include "tst_ui_earlier.moc"
