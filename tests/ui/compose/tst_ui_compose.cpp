// The journey of a referral on a real profile: written, previewed, sealed, held, recalled; by keys alone.
#include "tests/ui/compose/Fixture.h"

#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/OutboxService.h"
#include "ui/forms/FormView.h"
#include "ui/forms/PrintDocument.h"
#include "ui/forms/SectionView.h"
#include "ui/pages/compose/ComposePage.h"
#include "ui/pages/compose/PreviewPane.h"
#include "ui/pages/compose/SendOutcome.h"
#include "ui/pages/compose/SendSheet.h"
#include "ui/widgets/CdaView.h"
#include "ui/widgets/HangulTextEdit.h"
#include "ui/widgets/MessageStrip.h"

#include "core/base/Digest.h"
#include "core/base/Hangul.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QPrinter>
#include <QPushButton>

using namespace naru;
using namespace naru::ui;

class TestCompose : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<test::Fixture>();
        const auto draft = m_f->profile->compose().create(clinical::Form::Referral, m_f->patient);
        QVERIFY2(draft, draft ? "" : qPrintable(draft.error().toString()));
        m_draft = draft->id;
        PageRequest request{QStringLiteral("compose"), m_f->patient, m_draft, {}};
        m_page.reset(static_cast<ComposePage *>(ComposePage::make(*m_f->context, request, nullptr)));
        m_page->resize(1200, 620);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->focusFirst();
    }
    void cleanup()
    {
        m_page.reset();
        m_f.reset();
    }

    void previewIsTheBytesReadBack()
    {
        QTRY_VERIFY(m_page->preview()->isCurrent());
        const services::Preview &preview = m_page->preview()->preview();
        QVERIFY(!preview.bytes.isEmpty());
        QCOMPARE(preview.sha256.size(), 64);
        m_page->preview()->view()->finishNow();
        const QString shown = m_page->preview()->view()->toPlainText();
        QVERIFY(shown.contains(QStringLiteral("김나루")));
        QVERIFY(shown.contains(QStringLiteral("당뇨병")));
        QVERIFY(!shown.contains(QStringLiteral("610302-1"))); // the resident number is nowhere
        test::Fixture::shoot(*m_page, QStringLiteral("compose"));
    }

    void previewFollowsTypingAndSaysWhileItIsOld()
    {
        QTRY_VERIFY(m_page->preview()->isCurrent());
        auto *reason = m_page->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        reason->setFocus();
        QElapsedTimer clock;
        clock.start();
        test::compose(reason, {}, QStringLiteral("꼭확인할말"));
        QVERIFY2(clock.elapsed() < 100 * NARU_TIME_FACTOR,
            qPrintable(QString::number(clock.elapsed()))); // a debug build; nothing waits for the preview
        QVERIFY(!m_page->preview()->isCurrent());
        QTRY_VERIFY(m_page->preview()->isCurrent());
        m_page->preview()->view()->finishNow();
        QVERIFY(m_page->preview()->view()->toPlainText().contains(QStringLiteral("꼭확인할말")));
    }

    void editsAreOnDiskWithinTwoSeconds()
    {
        auto *reason = m_page->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        test::compose(reason, {}, QStringLiteral("저널"));
        QTRY_VERIFY_WITH_TIMEOUT(m_f->profile->compose().open(m_draft)->document.content.reason.text.contains(
                                     QStringLiteral("저널")),
            2500);
    }

    void openSyllableIsInTheJournal()
    {
        auto *reason = m_page->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        test::compose(reason, QStringLiteral("갉"));
        QVERIFY(m_page->settle()); // lock, tab change: commits and saves
        QVERIFY(m_f->profile->compose().open(m_draft)->document.content.reason.text.contains(
            QStringLiteral("갉")));
    }

    void sendingWaitsForWhatIsMissing()
    {
        QVERIFY(m_page->form()->missing() > 0);
        QVERIFY(m_page->mainAct());
        QVERIFY(!m_page->sheet()->isVisible());
        QVERIFY(m_page->form()->section(QStringLiteral("recipients"))->hasFocusInside());
    }

    void withoutConsentTheSheetOffersWaysOut()
    {
        fill();
        m_page->mainAct();
        QTRY_VERIFY(m_page->sheet()->isVisible());
        QVERIFY(!m_page->sheet()->mayShare());
        QCOMPARE(test::unnamed(m_page.get()), QStringList());
        test::Fixture::shoot(*m_page, QStringLiteral("compose-noconsent"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QTRY_VERIFY(!m_page->sheet()->isVisible());
    }

    // Away for the consent and back: the sheet must not go on asking for what was given meanwhile.
    void theSheetKnowsAConsentGivenMeanwhile()
    {
        fill();
        m_page->mainAct();
        QTRY_VERIFY(m_page->sheet()->isVisible());
        QVERIFY(!m_page->sheet()->mayShare());
        auto *send = m_page->findChild<QPushButton *>(QStringLiteral("compose.sendSheet.send"));
        QVERIFY(!send->isEnabled());
        m_page->hide(); // the consent is another page
        consent();
        m_page->show();
        QTRY_VERIFY(m_page->sheet()->mayShare());
        QVERIFY(send->isEnabled());
        QVERIFY(!m_page->sheet()->findChild<MessageStrip *>()->isShowing());
    }

    // What goes under the legal exception is recorded with the doctor's name: the last look says it, also
    // when a consent has come meanwhile, and gives it back.
    void anExceptionIsNeverUnseen()
    {
        fill();
        m_page->model().edit(QStringLiteral("exception"), [](DocumentModel::State &state) {
            state.document.exception.which = clinical::EmergencyException::Case::Unconscious;
            state.document.exception.explanation = QStringLiteral("응급으로 의뢰");
            state.document.exception.decidedBy = state.document.author.name;
            state.document.exception.decidedAt = base::Timestamp::fromDateTime(QDateTime::currentDateTime());
        });
        m_page->mainAct();
        QTRY_VERIFY(m_page->sheet()->isVisible());
        QVERIFY(m_page->sheet()->mayShare());
        auto *strip = m_page->sheet()->findChild<MessageStrip *>();
        QVERIFY(strip->isShowing());
        QVERIFY2(strip->sentence().contains(QStringLiteral("응급으로 의뢰")), qPrintable(strip->sentence()));
        const QString before = strip->sentence();
        consent();
        QTRY_VERIFY(strip->isShowing() && strip->sentence() != before);
        for (QPushButton *button : strip->findChildren<QPushButton *>()) {
            if (button->isVisible() && !button->text().isEmpty()) {
                button->click();
                break;
            }
        }
        QTRY_COMPARE(m_page->model().document().exception.which, clinical::EmergencyException::Case::None);
        QTRY_VERIFY(m_page->sheet()->isVisible() && !strip->isShowing() && m_page->sheet()->mayShare());
    }

    // "Sent" is said of what was registered, of nothing else.
    void whatIsSaidAfterSendingIsTrue()
    {
        services::OutboxRow row;
        const auto kindOf = [&](services::OutboxState state, const char *error) {
            row.state = state;
            row.lastError = QLatin1String(error);
            return SendOutcome::of(row, text::Language::Korean);
        };
        using Kind = MessageStrip::Kind;
        const QString sent = kindOf(services::OutboxState::Done, "").sentence;
        QSet<QString> all{sent};
        QCOMPARE(kindOf(services::OutboxState::Done, "").kind, Kind::Ok);
        for (const auto &[state, error, kind] : {std::tuple{services::OutboxState::Queued, "", Kind::Info},
                 {services::OutboxState::Queued, "net.Refused", Kind::Warn},
                 {services::OutboxState::Unknown, "net.Reset", Kind::Warn},
                 {services::OutboxState::Rejected, "ihe.Rejected", Kind::Error},
                 {services::OutboxState::Recalled, "", Kind::Info}}) {
            const SendOutcome outcome = kindOf(state, error);
            QCOMPARE(outcome.kind, kind);
            all.insert(outcome.sentence);
        }
        QCOMPARE(all.size(), 6);
    }

    void referenceReferralWithinTheKeyBudget()
    {
        consent();
        int keys = 0;
        const auto press = [&](Qt::Key key, Qt::KeyboardModifiers mods = Qt::NoModifier) {
            ++keys;
            if (mods & Qt::ControlModifier)
                ++keys;
            QTest::keyClick(QApplication::focusWidget(), key, mods);
        };
        // Receiver by initial consonants, as an input method sends them.
        QWidget *receiver = QApplication::focusWidget();
        QCOMPARE(receiver->objectName(), QStringLiteral("form.recipients.institution"));
        const auto all = m_f->profile->compose().institutions({}, 5);
        QVERIFY(!all.empty());
        const QString initials = base::choseong(all.front().name).left(3);
        for (int i = 0; i < initials.size(); ++i, ++keys)
            test::compose(QApplication::focusWidget(), QString(initials.at(i)),
                i > 0 ? QString(initials.at(i - 1)) : QString());
        test::compose(QApplication::focusWidget(), {}, QString(initials.back())); // the commit before Enter
        press(Qt::Key_Return);
        QVERIFY(!m_page->model().document().recipients.empty());
        QTRY_COMPARE(test::focusName(), QStringLiteral("form.recipients.department"));
        QCoreApplication::processEvents();
        press(Qt::Key_Return);
        QVERIFY(!m_page->model().document().recipients.front().department.code.isEmpty());
        QTRY_COMPARE(test::focusName(), QStringLiteral("form.reason.editor"));
        test::compose(
            QApplication::focusWidget(), {}, QStringLiteral(" 부탁드립니다")); // free text is not counted
        // F8 to the relay items and a digit each, when this receiver takes part.
        for (int i = 0; i < 3 && m_page->form()->missing() > 0; ++i) {
            ++keys;
            m_page->nextGap();
            if (!m_page->form()->section(QStringLiteral("relay"))->hasFocusInside())
                break;
            press(Qt::Key_2);
            press(Qt::Key_1);
            QCoreApplication::processEvents();
        }
        for (; m_page->form()->unreviewed() > 0 && keys < 40; ++keys)
            m_page->approveAndGoOn(); // F7
        QCoreApplication::processEvents();
        QCOMPARE(m_page->form()->missing(), 0);
        keys += 2;
        m_page->mainAct(); // Ctrl+Enter
        QTRY_VERIFY(m_page->sheet()->isVisible());
        QVERIFY(m_page->sheet()->mayShare());
        test::Fixture::shoot(*m_page, QStringLiteral("compose-sheet"));
        const QString sealed = m_page->sheet()->sha256();
        QCOMPARE(m_page->preview()->preview().sha256, sealed);
        QTRY_COMPARE(test::focusName(), QStringLiteral("compose.sendSheet.send"));
        press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(!m_page->sentItem().isEmpty() || isSaid(), 8000);
        qInfo("structural keystrokes: %d", keys);
        QVERIFY2(keys <= 25, qPrintable(QString::number(keys)));
        if (m_page->sentItem().isEmpty())
            QSKIP("the exchange identity of the patient needs an exchange; everything up to the sealed bytes "
                  "is checked");
        const auto row = m_f->profile->outbox().get(m_page->sentItem());
        QVERIFY(row);
        QCOMPARE(row->state, services::OutboxState::Held);
        QCOMPARE(row->sha256, sealed);
        QCOMPARE(base::sha256Hex(*m_f->profile->outbox().documentBytes(m_page->sentItem())), sealed);
        QVERIFY(m_page->model().readOnly());
    }

    void editingUnseals()
    {
        consent();
        fill();
        m_page->mainAct();
        QTRY_VERIFY(m_page->sheet()->isVisible());
        const QString sealed = m_page->sheet()->sha256();
        test::compose(m_page->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor")), {},
            QStringLiteral("고침"));
        QVERIFY(!m_page->sheet()->isVisible());
        m_page->mainAct();
        QTRY_VERIFY(m_page->sheet()->isVisible());
        QVERIFY(m_page->sheet()->sha256() != sealed);
    }

    void undoIsThePagesAndCrossesFields()
    {
        const QString before = m_page->model().document().content.reason.text;
        auto *reason = m_page->findChild<HangulTextEdit *>(QStringLiteral("form.reason.editor"));
        reason->setFocus();
        test::compose(reason, {}, QStringLiteral("덧붙임"));
        QVERIFY(m_page->undo());
        QCOMPARE(m_page->model().document().content.reason.text, before);
        QCOMPARE(reason->toPlainText(), before);
        QVERIFY(m_page->redo());
        QVERIFY(m_page->model().document().content.reason.text.contains(QStringLiteral("덧붙임")));
    }

    void narrowPanesBecomeTabs()
    {
        m_page->resize(560, 600);
        QCoreApplication::processEvents();
        QVERIFY(m_page->form()->isVisible());
        QVERIFY(!m_page->preview()->isVisible());
        m_page->otherView(); // F9
        QVERIFY(!m_page->form()->isVisible());
        QVERIFY(m_page->preview()->isVisible());
        m_page->nextGap(); // back to the form
        QVERIFY(m_page->form()->isVisible());
    }

    void everyFocusableHasAName()
    {
        const QStringList bad = test::unnamed(m_page.get());
        QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
    }

    void paperHasPagesAndTheSource()
    {
        QTRY_VERIFY(m_page->preview()->isCurrent());
        const QString path = m_f->m_dir.path() + QStringLiteral("/print.pdf");
        QVERIFY(writePdf(path, *m_page->preview()->view(), m_page->preview()->preview().bytes,
            m_page->preview()->preview().sha256));
        const QByteArray pdf = test::bytesOf(path);
        QVERIFY(pdf.startsWith("%PDF"));
        QVERIFY(pdf.contains("document.xml") || pdf.contains("EmbeddedFile"));
    }

    // On paper a document has left: DICOM's code for an export (PS3.16 CID 400), with the document named; a
    // print that failed says so.
    void aPrintIsAnExport()
    {
        QTRY_VERIFY(m_page->preview()->isCurrent());
        CdaView &view = *m_page->preview()->view();
        const QString id = view.shown().document.id.root;
        const auto printTo = [&](const QString &path) {
            QPrinter printer;
            printer.setOutputFormat(QPrinter::PdfFormat);
            printer.setOutputFileName(path);
            return printDocumentTo(*m_f->context, printer, view, m_page->preview()->preview().bytes,
                m_page->preview()->preview().sha256, m_f->patient);
        };
        QVERIFY(!id.isEmpty());
        QVERIFY(printTo(m_f->m_dir.path() + QStringLiteral("/paper.pdf")));
        QVERIFY(!printTo(m_f->m_dir.path() + QStringLiteral("/no/such/folder/paper.pdf")));
        const QStringList exports = m_f->exportsOf(id);
        QCOMPARE(exports.size(), 3); // one, and one that is followed by its failure
        for (const QString &xml : exports)
            QVERIFY2(xml.contains(QLatin1String("document.print")), qPrintable(xml));
        QCOMPARE(exports.filter(QLatin1String("EventOutcomeIndicator=\"4\"")).size(), 1);
    }

private:
    void fill()
    {
        const auto all = m_f->profile->compose().institutions({}, 5);
        QVERIFY(!all.empty());
        m_page->model().edit(QStringLiteral("recipients"), [&](DocumentModel::State &s) {
            clinical::Recipient r;
            r.institution = all.front();
            r.department = {QStringLiteral("1200"), QStringLiteral("안과")};
            s.document.recipients = {r};
            s.document.content.relay.status = QStringLiteral("02");
            s.document.content.relay.clinical = QStringLiteral("01");
        });
        QCoreApplication::processEvents();
        QTRY_COMPARE(m_page->form()->missing(), 0);
    }
    void consent()
    {
        services::ConsentAct act;
        act.patient = m_f->patient;
        act.programmes = {clinical::Programme::Exchange, clinical::Programme::ReferralReturn};
        act.signerName = QStringLiteral("김나루");
        act.signerRelation = QStringLiteral("ONESELF");
        act.agreedProvision = act.agreedSensitive = true;
        QImage image(40, 20, QImage::Format_RGB32);
        image.fill(Qt::white);
        QBuffer buffer(&act.signaturePng);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        const auto given = m_f->profile->consents().give(act);
        QVERIFY2(given, given ? "" : qPrintable(given.error().toString()));
    }
    bool isSaid() const
    {
        for (const QLabel *label : m_page->sheet()->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(QStringLiteral("services.")))
                return true;
        }
        return false;
    }

    std::unique_ptr<test::Fixture> m_f{};
    std::unique_ptr<ComposePage> m_page{};
    services::DraftId m_draft{};
};

QTEST_MAIN(TestCompose)
#include "tst_ui_compose.moc"
