// A hand-over file that a person brings: its patient is there and opened; a file that is none is refused.
#include "Fixture.h"

#include "ui/pages/patient/HandOverNotes.h"
#include "ui/pages/patient/PatientPage.h"
#include "ui/pages/patient/PatientsPage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/MessageStrip.h"

#include <QFileDialog>
#include <QPushButton>
#include <QSignalSpy>

using namespace naru;
using namespace naru::ui;

class TstUiPatients : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fileOfTheEmr()
    {
        test::Fixture fixture;
        PatientsPage page(*fixture.context);
        page.show();
        QSignalSpy opened(fixture.context.get(), &AppContext::openRequested);
        page.takeFile(QStringLiteral(NARU_SOURCE_DIR "/resources/samples/fhir-bundle.json"));
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, 10'000);
        const auto key = opened.first().first().value<PageRequest>().patient;
        QVERIFY(!key.isEmpty());
        QVERIFY(fixture.profile->patients().get(key).ok());
        QVERIFY(!page.findChild<MessageStrip *>()->isShowing());
    }

    // What the reader of the file left out is said on the patient's page, in Korean, and unfolds by its
    // button.
    void whatWasLeftOutIsSaid()
    {
        test::Fixture fixture;
        PatientPage none(*fixture.context, fixture.patient); // of a file that was taken whole
        none.show();
        QTRY_VERIFY(none.findChild<MessageStrip *>()->isShowing()); // loaded
        QVERIFY(!none.findChild<HandOverNotes *>()->isVisible());
        const auto taken = fixture.profile->patients().importFile(
            QStringLiteral(NARU_SOURCE_DIR "/resources/samples/fhir-bundle.json"));
        QVERIFY(taken.ok());
        QVERIFY(!taken->handOver.notes.empty());
        PatientPage page(*fixture.context, taken->key);
        page.resize(1200, 700);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        auto *notes = page.findChild<HandOverNotes *>();
        QVERIFY(notes);
        QTRY_VERIFY(notes->isVisible());
        QVERIFY(!notes->list()->isVisible());
        auto *button = notes->findChild<MessageStrip *>()->findChild<QPushButton *>();
        QVERIFY(button && button->isVisible());
        button->click();
        QVERIFY(notes->list()->isVisible());
        QCOMPARE(notes->list()->rows().rowCount(), int(taken->handOver.notes.size()));
        const QString said = notes->list()->rows().index(0, 1).data().toString();
        QVERIFY2(said.contains(QStringLiteral("가져오지 않습니다")), qPrintable(said));
        QVERIFY(page.stepBack()); // Esc
        QVERIFY(!notes->list()->isVisible());
        QVERIFY(notes->isAncestorOf(QApplication::focusWidget())); // not on to the next part of the page
    }

    void anotherFileIsRefused()
    {
        test::Fixture fixture;
        PatientsPage page(*fixture.context);
        page.show();
        QSignalSpy opened(fixture.context.get(), &AppContext::openRequested);
        page.takeFile(QStringLiteral(NARU_SOURCE_DIR "/LICENSE"));
        QTRY_VERIFY_WITH_TIMEOUT(page.findChild<MessageStrip *>()->isShowing(), 10'000);
        QCOMPARE(opened.count(), 0);
    }

    // Ctrl+Enter acts on the list that is in hand, not on the patient of the list below it.
    void theMainActTakesTheCandidate()
    {
        test::Fixture fixture;
        PatientsPage page(*fixture.context);
        page.resize(1200, 900);
        page.show();
        page.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&page));
        QSignalSpy opened(fixture.context.get(), &AppContext::openRequested);
        services::Candidate other;
        other.patient.name = QStringLiteral("박다른");
        other.patient.birthDate = *base::Timestamp::parseAny(QStringLiteral("1980-02-03"));
        page.showCandidates({other});
        QCOMPARE(test::focusName(), QStringLiteral("patients.candidates"));
        QVERIFY(page.mainAct());
        QCOMPARE(opened.count(), 0); // nobody of the clinic's own list was opened
        QCOMPARE(page.findChild<QLineEdit *>(QStringLiteral("patients.new.name"))->text(),
            QStringLiteral("박다른"));
    }

    void keysAskForTheFile()
    {
        test::Fixture fixture;
        PatientsPage page(*fixture.context);
        page.show();
        QVERIFY(page.goToSection(4)); // Alt+4
        auto *dialog = page.findChild<QFileDialog *>();
        QVERIFY(dialog);
        dialog->reject();
    }
};

QTEST_MAIN(TstUiPatients)
#include "tst_ui_patients.moc"
