// naru_screens OUTDIR [theme] [zoom] [ko|en] [width height]: every screen of the shell on a profile of its
// own, as PNG.
#include "core/jobs/JobQueue.h"
#include "core/services/AccountService.h"
#include "core/services/ComposeService.h"
#include "core/services/ConsentService.h"
#include "core/services/OutboxService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "core/services/SiteService.h"
#include "ui/pages/home/HomePage.h"
#include "ui/pages/lock/LockPage.h"
#include "ui/pages/lock/StartPage.h"
#include "ui/pages/outbox/OutboxPage.h"
#include "ui/pages/patient/PatientPage.h"
#include "ui/pages/patient/PatientsPage.h"
#include "ui/pages/patient/SearchPage.h"
#include "ui/pages/settings/SettingsPage.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/TabFrame.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#ifdef NARU_HAS_compose
#include "ui/pages/compose/ComposePage.h"
#endif
#ifdef NARU_HAS_consent
#include "ui/pages/consent/ConsentPage.h"
#endif
#ifdef NARU_HAS_imaging
#include "tests/ui/imaging/TestStudy.h"
#include "ui/pages/imaging/ImagingPage.h"
#endif
#ifdef NARU_HAS_documents
#include "ui/pages/documents/ReaderPage.h"
#endif

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDir>
#include <QImage>
#include <QInputMethodEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QTextStream>
#include <QTranslator>

using namespace naru;

namespace {

void settle(int milliseconds = 350)
{
    QTest::qWait(milliseconds);
}

services::PatientKey addPatient(
    services::Profile &profile, const char *name, const char *birth, clinical::Sex sex, const char *chart)
{
    clinical::Patient patient;
    patient.name = QString::fromUtf8(name);
    patient.birthDate = base::Timestamp::parseAny(QString::fromLatin1(birth)).valueOr({});
    patient.sex = sex;
    patient.localId = {profile.site().clinic().oid, QString::fromLatin1(chart)};
    return profile.patients().save(patient).valueOr({});
}

services::SearchResult fourKindsOfEmpty()
{
    services::SearchResult result;
    result.asked = QDateTime::currentDateTimeUtc();
    const auto document = [&](const char *id, clinical::Form form, const char *day, const char *where,
                              const char *title, bool local) {
        services::DocumentRow row;
        row.id = QString::fromLatin1(id);
        row.form = form;
        row.created = base::Timestamp::parseAny(QString::fromLatin1(day)).valueOr({});
        row.institution = QString::fromUtf8(where);
        row.title = QString::fromUtf8(title);
        row.author = QStringLiteral("이전문");
        row.local = local;
        result.documents.push_back(row);
    };
    document("1", clinical::Form::Return, "2026-11-20", "세브란스병원", "진료회송서", true);
    document("2", clinical::Form::Summary, "2026-09-02", "세브란스병원", "진료기록요약지", false);
    document("3", clinical::Form::ImagingReport, "2026-08-11", "세브란스병원", "흉부 CT 판독소견서", false);
    using Outcome = services::SourceOutcome;
    result.sources = {{QStringLiteral("a"), QStringLiteral("세브란스병원"), Outcome::Found, 3, {}, 210},
        {QStringLiteral("b"), QStringLiteral("강남병원"), Outcome::NoConsent, 0, {}, 90},
        {QStringLiteral("c"), QStringLiteral("하나의원"), Outcome::NotParticipating, 0, {}, 0},
        {QStringLiteral("d"), QStringLiteral("서울내과"), Outcome::Nothing, 0, {}, 120},
        {QStringLiteral("e"), QStringLiteral("남부병원"), Outcome::Failed, 0,
            base::Error({"net.Timeout", 3}, QStringLiteral("no answer in 30 s")), 30000}};
    return result;
}

#ifdef NARU_HAS_compose
// The code picker in the form, state by state.
template <typename Save> void pickerStates(ui::MainWindow &window, const Save &save)
{
    auto *edit = window.currentPage()->findChild<ui::HangulLineEdit *>(QStringLiteral("form.problems.add"));
    if (!edit) {
        QTextStream(stderr) << "the form has no field for diagnoses" << Qt::endl;
        return;
    }
    window.activateWindow();
    edit->setFocus();
    settle(100);
    const auto type = [&](const char *text) {
        edit->setFocus();
        edit->clear();
        QInputMethodEvent event;
        event.setCommitString(QString::fromUtf8(text));
        QApplication::sendEvent(edit, &event);
    };
    type("당뇨병성 망");
    save(window, "compose-picker-typed");
    QTest::keyClick(edit, Qt::Key_Return, Qt::AltModifier);
    save(window, "compose-picker-details");
    QTest::keyClick(edit, Qt::Key_Escape);
    type("M2559");
    QTest::keyClick(edit, Qt::Key_Return);
    save(window, "compose-picker-refine");
    QTest::keyClick(edit, Qt::Key_Right);
    QTest::keyClick(edit, Qt::Key_Right);
    save(window, "compose-picker-refine-moved");
    QTest::keyClick(edit, Qt::Key_Return);
    QTest::keyClick(edit, Qt::Key_Escape);
    for (const char *code : {"N40", "O149"}) { // one of them does not fit, whoever the patient is
        type(code);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    type("E11");
    QTest::keyClick(edit, Qt::Key_Return); // the codes below
    save(window, "compose-picker-below");
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(edit, Qt::Key_Down);
    QTest::keyClick(edit, Qt::Key_Return); // the heading itself, anyway
    QTest::keyClick(edit, Qt::Key_Escape);
    save(window, "compose-picker-warned");
    type("당뇨변성 망먹증");
    save(window, "compose-picker-near");
    type("쀍쀍");
    save(window, "compose-picker-none");
    type("");
    QGuiApplication::clipboard()->setText(QStringLiteral("E11.9\nI10\nX999\nH25.9\n"));
    QTest::keySequence(edit, QKeySequence(QKeySequence::Paste));
    save(window, "compose-picker-pasted");
    QTest::keyClick(edit, Qt::Key_Escape);
    QTest::keyClick(edit, Qt::Key_Escape);
}
#endif

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString out = arguments.value(1, QStringLiteral("."));
    const bool korean = arguments.value(4, QStringLiteral("ko")) == QLatin1String("ko");
    QDir().mkpath(out);
    QTranslator translator;
    if (translator.load(QStringLiteral(NARU_QM_DIR)
            + (korean ? QStringLiteral("/naru_ko.qm") : QStringLiteral("/naru_en.qm"))))
        QCoreApplication::installTranslator(&translator);
    QTemporaryDir folder;
    jobs::JobQueue queue;
    ui::Theme theme;
    theme.setChoice(arguments.value(2, QStringLiteral("light")));
    theme.setZoom(arguments.value(3, QStringLiteral("1")).toDouble());
    theme.applyTo(application);
    const QSize size(arguments.value(5, QStringLiteral("1366")).toInt(),
        arguments.value(6, QStringLiteral("768")).toInt());
    const text::Language language = korean ? text::Language::Korean : text::Language::English;
    const auto save = [&](QWidget &widget, const char *name) {
        settle();
        widget.grab().save(out + QLatin1Char('/') + QString::fromLatin1(name) + QStringLiteral(".png"));
    };
    {
        ui::StartPage start(theme, queue, language, folder.filePath(QStringLiteral("new")), {});
        start.resize(size);
        start.show();
        save(start, "start");
    }
    services::OpenOptions options;
    options.dataDir = folder.filePath(QStringLiteral("profile"));
    options.user = QStringLiteral("김의사");
    options.passphrase = base::SecureBytes(QByteArrayView("only for pictures"));
    options.scryptLogN = 10;
    auto opened = services::Profile::open(std::move(options));
    if (!opened) {
        QTextStream(stderr) << opened.error().toString() << Qt::endl;
        return 1;
    }
    auto profile = *opened;
    clinical::Institution clinic = profile->site().clinic();
    clinic.name = QStringLiteral("우리의원");
    clinical::Practitioner doctor = profile->site().doctor();
    doctor.name = QStringLiteral("김의사");
    doctor.licence = QStringLiteral("12345");
    (void)profile->site().setClinic(clinic, doctor);
    const auto imported =
        profile->patients().importFile(QStringLiteral(NARU_TEST_DATA "/handover/naru.json"));
    const services::PatientKey first = imported ? imported->key : QString();
    const services::PatientKey second =
        addPatient(*profile, "김영희", "1985-07-19", clinical::Sex::Female, "00120031");
    addPatient(*profile, "박철수", "1979-01-30", clinical::Sex::Male, "00099812");
    addPatient(*profile, "남궁민수", "1952-12-01", clinical::Sex::Male, "00087110");
    services::ConsentAct consent;
    consent.patient = first;
    consent.programmes = {clinical::Programme::Exchange, clinical::Programme::ReferralReturn};
    consent.agreedProvision = consent.agreedSensitive = true;
    QImage stroke(120, 40, QImage::Format_Mono);
    stroke.fill(1);
    QBuffer png(&consent.signaturePng);
    png.open(QIODevice::WriteOnly);
    stroke.save(&png, "PNG");
    if (const auto given = profile->consents().give(consent); !given)
        QTextStream(stderr) << given.error().toString() << Qt::endl;
    (void)profile->outbox().run({}, true); // nobody listens: the attempts fail and stay visible
    (void)profile->compose().create(clinical::Form::Referral, first);
    (void)profile->compose().create(clinical::Form::Summary, second);
    ui::AppContext context(profile, theme, queue, language);
    context.registerPage(QStringLiteral("home"), ui::HomePage::make);
    context.registerPage(QStringLiteral("patients"), ui::PatientsPage::make);
    context.registerPage(QStringLiteral("patient"), ui::PatientPage::make);
    context.registerPage(QStringLiteral("search"), ui::SearchPage::make);
    context.registerPage(QStringLiteral("outbox"), ui::OutboxPage::make);
    context.registerPage(QStringLiteral("settings"), ui::SettingsPage::make);
    context.registerPage(QStringLiteral("lock"), ui::LockPage::make);
#ifdef NARU_HAS_compose
    context.registerPage(QStringLiteral("compose"), ui::ComposePage::make);
#endif
#ifdef NARU_HAS_consent
    context.registerPage(QStringLiteral("consent"), ui::ConsentPage::make);
#endif
#ifdef NARU_HAS_imaging
    context.registerPage(QStringLiteral("imaging"), ui::ImagingPage::make);
    test::TestStudy().write(folder.filePath(QStringLiteral("ct")));
#endif
#ifdef NARU_HAS_documents
    context.registerPage(QStringLiteral("document"), ui::ReaderPage::make);
#endif
    ui::MainWindow window(context);
    window.resize(size);
    window.show();
    save(window, "home");
    context.open({QStringLiteral("patients"), {}, {}, {}});
    save(window, "patients");
    window.currentPage()->goToSection(3);
    save(window, "patients-new");
    context.openPatient(first);
    save(window, "patient");
    window.currentPage()->goToSection(3);
    save(window, "patient-labs");
    context.openSearch(first);
    save(window, "search-before");
    if (auto *search = qobject_cast<ui::SearchPage *>(window.currentPage()))
        search->showResult(fourKindsOfEmpty(), true);
    save(window, "search");
    context.openConsent(first);
    save(window, "consent");
    context.newDocument(clinical::Form::Referral, first);
    save(window, "compose");
#ifdef NARU_HAS_compose
    pickerStates(window, save);
#endif
#ifdef NARU_HAS_imaging
    context.openImaging(first);
    save(window, "imaging-empty");
    if (auto *page = qobject_cast<ui::ImagingPage *>(window.currentPage())) {
        page->lookAtFolder(folder.filePath(QStringLiteral("ct")), test::decoderOptions());
        settle(1500);
        save(window, "imaging");
        page->perform(QStringLiteral("layout.mpr"));
        settle(1500);
        save(window, "imaging-planes");
    }
#endif
    context.openOutbox();
    save(window, "outbox");
    context.openSettings();
    save(window, "settings-clinic");
    window.currentPage()->goToSection(2);
    window.currentPage()->refresh();
    settle(1500);
    save(window, "settings-connection");
    window.currentPage()->goToSection(3);
    save(window, "settings-terms");
    window.currentPage()->goToSection(4);
    window.currentPage()->mainAct(); // a new archive
    save(window, "settings-archives");
    window.currentPage()->goToSection(5);
    save(window, "settings-appearance");
    window.showKeys();
    save(window, "keys");
    window.showPalette();
    save(window, "palette");
    context.showToast(
        QStringLiteral("보냈습니다 – 10초 안에 취소"), [] {}, QStringLiteral("전송 취소"));
    context.openHome();
    save(window, "toast");
    window.lock(QStringLiteral("user"));
    save(window, "lock");
    return 0;
}
