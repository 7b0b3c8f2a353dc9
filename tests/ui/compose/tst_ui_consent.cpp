// Consent: reading to the end, two choices a text, one signature, key budgets, withdrawal, guardians, paper.
#include "tests/ui/compose/Fixture.h"

#include "core/services/ConsentService.h"
#include "ui/pages/consent/ConsentPage.h"
#include "ui/pages/consent/PaperForm.h"
#include "ui/pages/consent/SignerForm.h"
#include "ui/widgets/SignaturePad.h"

#include <QComboBox>
#include <QPrinter>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTextEdit>
#include <QTreeWidget>

using namespace naru;
using namespace naru::ui;

class TestConsent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_f = std::make_unique<test::Fixture>();
        PageRequest request{QStringLiteral("consent"), m_f->patient, {}, {}};
        m_page.reset(static_cast<ConsentPage *>(ConsentPage::make(*m_f->context, request, nullptr)));
        m_page->resize(1100, 600);
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

    // Staff see what they are about to ask, and what was said before.
    void wordsFollowTheTicks()
    {
        const auto texts = m_f->profile->consents().texts(QStringLiteral("ko"));
        QVERIFY(texts.size() >= 2);
        QTreeWidget *list = m_page->programmes();
        for (int i = 0; i < list->topLevelItemCount(); ++i)
            list->topLevelItem(i)->setCheckState(0, Qt::Unchecked);
        QVERIFY(!m_page->words()->toPlainText().contains(texts.front().purpose));
        list->topLevelItem(0)->setCheckState(0, Qt::Checked);
        const auto chosen = std::find_if(texts.begin(), texts.end(), [&](const services::ConsentText &text) {
            return int(text.programme) == list->topLevelItem(0)->data(0, Qt::UserRole).toInt();
        });
        QVERIFY(chosen != texts.end());
        for (const QString &part :
            {chosen->recipient, chosen->purpose, chosen->items, chosen->period, chosen->refusal})
            QVERIFY2(m_page->words()->toPlainText().contains(part), qPrintable(part));
        m_page->goToSection(2);
        QVERIFY(!m_page->words()->isVisible());
    }

    void giveWithinSixStaffKeys()
    {
        test::Fixture::shoot(*m_page, QStringLiteral("consent"));
        int keys = 1; // F12 brought us here
        ++keys;
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(m_page->patientWindow());
        patientAgrees();
        QVERIFY(m_page->readyToRecord());
        QTRY_COMPARE(test::focusName(), QStringLiteral("consent.record"));
        ++keys;
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(light(clinical::Programme::Exchange), true);
        QVERIFY(light(clinical::Programme::ReferralReturn)); // one signature, both programmes
        QVERIFY2(keys <= 6, qPrintable(QString::number(keys)));
        const auto history = m_f->profile->consents().history(m_f->patient);
        QVERIFY(!history.empty());
        QVERIFY(!history.front().signaturePng.isEmpty());
        // Stored is not yet finished: the page takes the next key when it says so itself.
        QTRY_VERIFY(!m_page->readyToRecord());
        withdrawWithinSixStaffKeys();
    }

    void choicesOpenOnlyAtTheEndOfTheText()
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        PatientWindow *window = m_page->patientWindow();
        QVERIFY(window);
        window->resize(600, 420); // little room: the text has to be scrolled
        QVERIFY(QTest::qWaitForWindowExposed(window));
        auto *text = visible<QTextEdit>(window, QStringLiteral("consent.text"));
        QTRY_VERIFY(text->verticalScrollBar()->maximum() > 0);
        auto *yes = visible<QRadioButton>(window, QStringLiteral("consent.provision.yes"));
        auto *next = window->findChild<QPushButton *>(QStringLiteral("consent.next"));
        QVERIFY(!next->isEnabled());
        text->verticalScrollBar()->setValue(text->verticalScrollBar()->maximum());
        QVERIFY(yes->isEnabled());
        QVERIFY(!next->isEnabled()); // both lines need an answer
        yes->click();
        QVERIFY(!next->isEnabled());
        auto *no = visible<QRadioButton>(window, QStringLiteral("consent.sensitive.no"));
        QCOMPARE(no->minimumSize(), yes->minimumSize()); // yes and no weigh the same
        no->click();
        QVERIFY(next->isEnabled());
        QVERIFY(!window->answers().front().agreed()); // one no is a no
    }

    void refusingRecordsNothing()
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        PatientWindow *window = m_page->patientWindow();
        for (int i = 0; i < 6 && m_page->patientWindow(); ++i) {
            window->findChild<QPushButton *>(QStringLiteral("consent.refuse"))->click();
            QCoreApplication::processEvents();
        }
        QVERIFY(!m_page->patientWindow());
        QVERIFY(!m_page->readyToRecord());
        QVERIFY(!light(clinical::Programme::Exchange));
    }

    void lockDropsTheSignature()
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        patientAgrees();
        QVERIFY(m_page->readyToRecord());
        m_page->lock();
        QVERIFY(!m_page->readyToRecord());
        QVERIFY(!m_page->patientWindow());
    }

    // A signed consent is never offered as a withdrawal, and what was signed does not change on the page.
    void whatWasSignedStays()
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(!m_page->programmes()->isEnabled()); // while the patient reads
        patientAgrees();
        QVERIFY(m_page->goToSection(2));
        QVERIFY(m_page->programmes()->isVisible() && !m_page->programmes()->isEnabled());
        QVERIFY(!m_page->withdrawals()->isVisible() && !m_page->signer()->isEnabled());
        QVERIFY(!m_page->findChild<QPushButton *>(QStringLiteral("consent.start"))->isVisible());
        QTRY_COMPARE(test::focusName(), QStringLiteral("consent.record"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_VERIFY(light(clinical::Programme::Exchange));
        QTRY_VERIFY(m_page->programmes()->isEnabled() && m_page->signer()->isEnabled());
        QVERIFY(m_page->goToSection(2));
        QVERIFY(m_page->withdrawals()->isVisible());
    }

    void patientsWindowShowsThisPatientOnly()
    {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        PatientWindow *window = m_page->patientWindow();
        QVERIFY(!window->windowTitle().contains(QStringLiteral("김나루"))); // titles reach taskbars
        QVERIFY(window->font().pointSizeF() >= 18);
        QVERIFY(test::unnamed(window).isEmpty());
        test::Fixture::shoot(*window, QStringLiteral("consent-patient"));
        bool named = false;
        for (const QLabel *label : window->findChildren<QLabel *>())
            named = named || label->text().contains(QStringLiteral("김나루"));
        QVERIFY(named);
    }

    void guardianNeedsRelationAndIdentity()
    {
        m_page->findChild<QRadioButton *>(QStringLiteral("consent.signer.2"))->click();
        m_page->focusFirst();
        test::Fixture::shoot(*m_page, QStringLiteral("consent-guardian"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(!m_page->patientWindow()); // something is missing; it is said and focused
        for (QComboBox *box : m_page->signer()->findChildren<QComboBox *>())
            box->setCurrentIndex(1);
        for (QLineEdit *edit : m_page->signer()->findChildren<QLineEdit *>()) {
            if (edit->accessibleName().contains(QStringLiteral("ame"))
                || edit->accessibleName().contains(QStringLiteral("성명"))
                || edit->accessibleName().contains(QStringLiteral("이름")))
                edit->setText(QStringLiteral("박하늘"));
        }
        m_page->focusFirst();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(m_page->patientWindow());
        QVERIFY(m_page->signer()->greeting().contains(QStringLiteral("박하늘")));
    }

    void childPreselectsTheLegalRepresentative()
    {
        SignerForm form(*m_f->context);
        clinical::Patient child;
        child.name = QStringLiteral("이하늘");
        child.birthDate = base::Timestamp::fromDate(QDate::currentDate().addYears(-7));
        form.setPatient(child);
        QVERIFY(!form.isSelf());
        services::ConsentAct act;
        form.fill(act);
        QCOMPARE(act.signer, clinical::ConsentStatement::Signer::LegalRepresentative);
        QCOMPARE(act.signerReason, QStringLiteral("under14"));
        child.birthDate = base::Timestamp::fromDate(QDate::currentDate().addYears(-14));
        form.setPatient(child);
        QVERIFY(form.isSelf());
    }

    void scanOfPaperIsWrittenAnew()
    {
        QImage scan(400, 300, QImage::Format_RGB32);
        scan.fill(Qt::white);
        scan.setText(QStringLiteral("Comment"), QStringLiteral("SECRET PLACE"));
        const QString path = m_f->m_dir.path() + QStringLiteral("/scan.png");
        QVERIFY(scan.save(path));
        QVERIFY(test::bytesOf(path).contains("SECRET"));
        QVERIFY(m_page->attachScan(path));
        QVERIFY(m_page->readyToRecord());
        QFile other(m_f->m_dir.path() + QStringLiteral("/no.png"));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("<html>");
        other.close();
        QVERIFY(!m_page->attachScan(other.fileName()));
    }

    void paperNamesEveryItemOfTheLaw()
    {
        PaperForm form;
        form.patient.name = QStringLiteral("김나루");
        form.texts = m_f->profile->consents().texts(QStringLiteral("ko"));
        QVERIFY(!form.texts.empty());
        const QString text = paperForm(form)->toPlainText();
        for (const services::ConsentText &t : form.texts) {
            for (const QString &part : {t.recipient, t.purpose, t.items, t.period, t.refusal})
                QVERIFY2(text.contains(part), qPrintable(part));
        }
        QCOMPARE(text.count(QStringLiteral("☐ 동의함")), int(form.texts.size()) * 2);
    }

    // The form has the patient's name on it: it leaves the program like any other print.
    void aPaperFormIsAnExport()
    {
        PaperForm form;
        form.patient.name = QStringLiteral("홍길동");
        form.act.patient = m_f->patient;
        form.texts = m_f->profile->consents().texts(QStringLiteral("ko"));
        QVERIFY(!form.texts.empty());
        form.texts.resize(1);
        form.texts.front().version = QStringLiteral("v7");
        const auto printTo = [&](const QString &path) {
            QPrinter printer;
            printer.setOutputFormat(QPrinter::PdfFormat);
            printer.setOutputFileName(path);
            return printPaperTo(*m_f->context, printer, form);
        };
        const QString path = m_f->m_dir.filePath(QStringLiteral("paper.pdf"));
        QVERIFY(printTo(path));
        QVERIFY(test::bytesOf(path).startsWith("%PDF"));
        const QString object = QStringLiteral("consent ")
            + clinical::programmeKey(form.texts.front().programme) + QStringLiteral(" v7");
        QCOMPARE(m_f->exportsOf(object).filter(QLatin1String("consent.print")).size(), 1);
        QVERIFY(!printTo(m_f->m_dir.filePath(QStringLiteral("no/such/folder/paper.pdf"))));
        const QStringList exports = m_f->exportsOf(object);
        QCOMPARE(exports.size(), 3);
        QCOMPARE(exports.filter(QLatin1String("EventOutcomeIndicator=\"4\"")).size(), 1);
    }

    void everyFocusableHasAName()
    {
        for (int tab = 1; tab <= 3; ++tab) {
            m_page->goToSection(tab);
            QCoreApplication::processEvents();
            const QStringList bad = test::unnamed(m_page.get());
            QVERIFY2(bad.isEmpty(), qPrintable(bad.join(QLatin1Char('\n'))));
        }
    }

private:
    template <typename T> static T *visible(QWidget *root, const QString &name)
    {
        for (T *widget : root->findChildren<T *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void patientAgrees()
    {
        PatientWindow *window = m_page->patientWindow();
        QVERIFY(QTest::qWaitForWindowExposed(window));
        auto *next = window->findChild<QPushButton *>(QStringLiteral("consent.next"));
        for (int page = 0; page < 4 && !window->pad()->isVisible(); ++page) {
            auto *text = visible<QTextEdit>(window, QStringLiteral("consent.text"));
            QTRY_VERIFY(text->document()->size().height() > 0);
            text->verticalScrollBar()->setValue(text->verticalScrollBar()->maximum());
            QCoreApplication::processEvents();
            if (auto *yes = visible<QRadioButton>(window, QStringLiteral("consent.provision.yes"))) {
                QTRY_VERIFY(yes->isEnabled());
                yes->click();
                visible<QRadioButton>(window, QStringLiteral("consent.sensitive.yes"))->click();
            }
            QTRY_VERIFY(next->isEnabled());
            next->click();
            QCoreApplication::processEvents();
        }
        SignaturePad *pad = window->pad();
        QTest::mousePress(pad, Qt::LeftButton, {}, {20, 60});
        for (int i = 1; i <= 10; ++i) {
            QMouseEvent move(QEvent::MouseMove, QPointF(20 + i * 25, 60 + (i % 3) * 10),
                pad->mapToGlobal(QPoint(20, 60)), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(pad, &move);
        }
        QTest::mouseRelease(pad, Qt::LeftButton, {}, {270, 60});
        test::Fixture::shoot(*window, QStringLiteral("consent-sign"));
        QTRY_VERIFY(next->isEnabled());
        next->click();
    }
    void withdrawWithinSixStaffKeys()
    {
        int keys = 1; // F12
        keys += 2;
        m_page->goToSection(2); // Alt+2
        test::Fixture::shoot(*m_page, QStringLiteral("consent-withdraw"));
        ++keys;
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        ++keys;
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(m_page->patientWindow());
        patientAgrees();
        QTRY_COMPARE(test::focusName(), QStringLiteral("consent.record"));
        ++keys;
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QTRY_COMPARE(light(clinical::Programme::Exchange), false);
        QVERIFY2(keys <= 6, qPrintable(QString::number(keys)));
    }
    bool light(clinical::Programme programme) const
    {
        for (const services::ConsentLight &l : m_f->profile->consents().lights(m_f->patient)) {
            if (l.programme == programme)
                return l.light == services::Light::Valid || l.light == services::Light::PendingRegistration
                    || l.light == services::Light::ExpiringSoon;
        }
        return false;
    }

    std::unique_ptr<test::Fixture> m_f{};
    std::unique_ptr<ConsentPage> m_page{};
};

QTEST_MAIN(TestConsent)
#include "tst_ui_consent.moc"
