// The services without an exchange: what a clinic can do, and may not do, while nobody answers.
#include "OfflineTest.h"

#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/Submission.h"

#include <thread>

using namespace naru;
using namespace naru::services;

class TestServicesLocal : public test::OfflineTest {
    Q_OBJECT

private Q_SLOTS:
    void exportNeverOutsideTheTrail();
    void bytesOfAnotherPatient();
    void earlierDocumentOfAnotherPatient();
    void searchOfflineShowsLocalAndWhy();
    void searchWithoutConsentAsksNobody();
    void settingsWhileOthersRead();
    void lockAndAttempts();
    void failedSignInsAreInTheTrail();
    void errorsCarryNoPatientData();
};

void TestServicesLocal::exportNeverOutsideTheTrail()
{
    const PatientKey patient = m->patient();
    const Draft draft = m->referral(patient);
    const auto preview = m->profile->compose().preview(draft.document);
    VERIFY_OK(preview);
    Profile::Internals &in = m->profile->internals();
    storage::StoredDocument stored;
    stored.patientKey = patient;
    stored.documentUniqueId = draft.document.id.root;
    VERIFY_OK(in.stores.documents->put(stored, preview->bytes));
    const QString path = m->folder.filePath(QStringLiteral("out.xml"));
    VERIFY_OK(in.stores.database->execute(
        "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END"));
    QVERIFY(!m->profile->records().exportTo(stored.documentUniqueId, path).ok());
    QVERIFY2(!QFile::exists(path), "a copy outside of which the trail does not know");
    QVERIFY(!m->profile->audit().exportTo(path).ok());
    QVERIFY2(!QFile::exists(path), "nor of the trail itself");
    VERIFY_OK(in.stores.database->execute("DROP TRIGGER full"));
    VERIFY_OK(m->profile->records().exportTo(stored.documentUniqueId, path));
    QCOMPARE(test::fileBytes(path), preview->bytes);
}

void TestServicesLocal::bytesOfAnotherPatient()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    Draft draft = m->referral(patient);
    auto other = draft.document;
    other.patient.name = QStringLiteral("이다른");
    const auto preview = m->profile->compose().preview(other);
    VERIFY_OK(preview);
    const auto refused = m->profile->compose().sendBytes(patient, preview->bytes);
    QVERIFY(!refused.ok());
    QVERIFY2(refused.error().is(services::errors::OtherPatient), qPrintable(refused.error().toString()));
    const auto right = m->profile->compose().preview(draft.document);
    VERIFY_OK(right);
    for (const clinical::RuleProblem &problem : checkBytes(right->bytes))
        QVERIFY2(problem.severity != clinical::RuleProblem::Severity::Error, qPrintable(problem.rule));
    const auto sealed = m->profile->compose().sendBytes(patient, right->bytes);
    VERIFY_OK(sealed);
    QCOMPARE(*m->profile->outbox().documentBytes(sealed->outbox), right->bytes);
    QVERIFY2(!m->profile->compose().sendBytes(patient, right->bytes).ok(), "the same document twice");
}

// By its id alone a document of another chart must not get into this one, nor be replaced from it.
void TestServicesLocal::earlierDocumentOfAnotherPatient()
{
    const PatientKey patient = m->patient();
    const auto other =
        m->profile->patients().importHandOver(test::sample("naru.json").replace("20261122-017", "B-2"));
    VERIFY_OK(other);
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    VERIFY_OK(m->profile->consents().give(m->act(other->key)));
    const Draft theirs = m->referral(other->key);
    const auto preview = m->profile->compose().preview(theirs.document);
    VERIFY_OK(preview);
    storage::StoredDocument stored;
    stored.patientKey = other->key;
    stored.direction = storage::StoredDocument::Direction::Sent;
    stored.documentUniqueId = theirs.document.id.root;
    stored.entryUuid = QStringLiteral("urn:uuid:7a1f0e0c-0000-4000-8000-000000000001");
    stored.status = QStringLiteral("approved");
    VERIFY_OK(m->profile->internals().stores.documents->put(stored, preview->bytes));
    for (QString ComposeService::NewOptions::*from : {&ComposeService::NewOptions::fromDocument,
             &ComposeService::NewOptions::replaces, &ComposeService::NewOptions::inReplyTo}) {
        ComposeService::NewOptions options;
        options.*from = stored.documentUniqueId;
        VERIFY_OK(m->profile->compose().create(clinical::Form::Referral, other->key, options));
        const auto wrong = m->profile->compose().create(clinical::Form::Referral, patient, options);
        QVERIFY(!wrong.ok());
        QVERIFY2(wrong.error().is(services::errors::OtherPatient), qPrintable(wrong.error().toString()));
    }
    const Draft ours = m->referral(patient);
    const auto bytes = m->profile->compose().preview(ours.document);
    VERIFY_OK(bytes);
    const auto replaced = m->profile->compose().sendBytes(patient, bytes->bytes, stored.documentUniqueId);
    QVERIFY(!replaced.ok() && replaced.error().is(services::errors::OtherPatient));
}

void TestServicesLocal::searchOfflineShowsLocalAndWhy()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    SearchRequest request;
    request.patient = patient;
    request.institutionOids = {QStringLiteral("1.2.3.4")};
    const auto result = m->profile->records().search(request, {});
    VERIFY_OK(result);
    QVERIFY(result->offline);
    QVERIFY(!result->sources.empty());
    for (const SourceResult &source : result->sources) {
        if (source.key == QLatin1String("1.2.3.4")) {
            QCOMPARE(source.outcome, SourceOutcome::NotParticipating);
            continue;
        }
        QCOMPARE(source.outcome, SourceOutcome::Failed);
        QVERIFY(source.error.code.id != nullptr);
    }
}

void TestServicesLocal::searchWithoutConsentAsksNobody()
{
    SearchRequest request;
    request.patient = m->patient();
    const auto result = m->profile->records().search(request, {});
    VERIFY_OK(result);
    for (const SourceResult &source : result->sources)
        QCOMPARE(source.outcome, SourceOutcome::NoConsent);
}

// For the thread sanitizer as well: the clinic changes while others build audit events and documents.
void TestServicesLocal::settingsWhileOthersRead()
{
    const PatientKey patient = m->patient();
    std::atomic<bool> stop{false};
    std::thread reader([&] {
        while (!stop) {
            m->profile->audit().note(QStringLiteral("draft.recover"), patient);
            (void)m->profile->site().showJson();
            (void)m->profile->records().local(patient);
        }
    });
    for (int i = 0; i < 20; ++i) {
        clinical::Institution clinic = m->profile->site().clinic();
        clinic.name = QStringLiteral("나루의원 %1").arg(i);
        VERIFY_OK(m->profile->site().setClinic(clinic, m->profile->site().doctor()));
    }
    stop = true;
    reader.join();
    QCOMPARE(m->profile->site().clinic().name, QStringLiteral("나루의원 19"));
    const auto draft = m->profile->compose().create(clinical::Form::Referral, patient);
    VERIFY_OK(draft);
    QCOMPARE(draft->document.custodian.name, QStringLiteral("나루의원 19"));
}

void TestServicesLocal::lockAndAttempts()
{
    AccountService &accounts = m->profile->accounts();
    accounts.lock(QStringLiteral("user"));
    QVERIFY(accounts.locked());
    QVERIFY(!accounts.unlock(QStringLiteral("doctor"), base::SecureBytes{QByteArrayView("wrong")}).ok());
    QVERIFY(accounts.locked());
    VERIFY_OK(accounts.unlock(QStringLiteral("doctor"), base::SecureBytes{QByteArrayView("test-only")}));
    QVERIFY(!accounts.locked());
}

// While the profile is closed its trail cannot be written: the next one who gets in finds the attempts there.
void TestServicesLocal::failedSignInsAreInTheTrail()
{
    m->profile.reset();
    for (int i = 0; i < 2; ++i) {
        OpenOptions options;
        options.dataDir = m->folder.filePath(QStringLiteral("data"));
        options.passphrase = base::SecureBytes{QByteArrayView("not-the-one")};
        options.scryptLogN = 10;
        QVERIFY(!Profile::open(std::move(options)).ok());
    }
    for (int opened = 0; opened < 2; ++opened) {
        m->profile.reset();
        VERIFY_OK(m->openOffline(3600));
        int failures = 0;
        for (const AuditRow &row : m->profile->audit().list())
            failures += row.event == QLatin1String("login.failure") ? 1 : 0;
        QCOMPARE(failures, 1); // one record that counts them, once
    }
}

void TestServicesLocal::errorsCarryNoPatientData()
{
    m->patient();
    QJsonObject whole =
        QJsonDocument::fromJson(test::handOverWith("name", QStringLiteral("박나루"))).object();
    QJsonObject other = whole.value(QStringLiteral("patient")).toObject();
    other.remove(QStringLiteral("residentNumber")); // with the same one it is the same person, renamed
    whole.insert(QStringLiteral("patient"), other);
    const auto conflict = m->profile->patients().importHandOver(QJsonDocument(whole).toJson());
    QVERIFY(!conflict.ok());
    const QString text =
        conflict.error().toString() + QStringList(conflict.error().arguments.values()).join(QLatin1Char(' '));
    for (const char *secret : {"김나루", "박나루", "20261122-017", "610302", "1961"})
        QVERIFY2(!text.contains(QString::fromUtf8(secret)), qPrintable(text));
    const auto nobody = m->profile->patients().get(QStringLiteral("no-such-key"));
    QVERIFY(!nobody.ok() && nobody.error().is(services::errors::NoPatient));
}

QTEST_GUILESS_MAIN(TestServicesLocal)
#include "tst_services_local.moc"
