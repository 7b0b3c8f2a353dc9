// A hand-over file that a person brings: its patient is there and opened; a file that is none is refused.
#include "Fixture.h"

#include "ui/pages/patient/PatientsPage.h"
#include "ui/widgets/MessageStrip.h"

#include <QFileDialog>
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
