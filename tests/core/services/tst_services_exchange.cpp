// The services against the practice exchange on a real wire.
#include "ServiceFixture.h"

#include "PracticeProcess.h"
#include "core/base/Digest.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"

using namespace naru;
using namespace naru::services;

class TestServicesExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void consentThenReferral();
    void lostAnswerIsLookedUp();
    void unreachableThenLater();
    void refusalIsForAPerson();
    void retrievalIsCheckedAndStored();
    void consentThatNamesSomebodyElse();
    void otherBytesUnderAKnownId();
    void replacementDeprecatesTheOriginal();
    void cancellationDeprecates();
    void cancellationWithoutAnswer();
    void cancellationThatNeverArrived();
    void onlyOursIsCancelled();
    void backgroundSendsByItself();

private:
    QString site() const { return m_exchange.folder() + QStringLiteral("/site.json"); }
    void consent(const PatientKey &patient);
    QString sent();
    QString statusOf(const QString &documentId, bool all);
    int auditRows(const char *event, const char *outcome, const QString &object);
    PracticeProcess m_exchange{};
    std::unique_ptr<test::Clinic> m{};
    PatientKey m_patient{};
};

void TestServicesExchange::initTestCase()
{
    QVERIFY(m_exchange.start({QStringLiteral("--reply-delay"), QStringLiteral("100000")}));
}

void TestServicesExchange::init()
{
    QVERIFY(m_exchange.faults(""));
    m = std::make_unique<test::Clinic>();
    VERIFY_OK(m->open(test::siteCopy(site(), m->folder.filePath(QStringLiteral("site.json")), 0, false)));
    static int number = 0; // another person for each test
    const QByteArray n = QByteArray::number(++number);
    const QByteArray year = QByteArray::number(1950 + number);
    const auto imported =
        m->profile->patients().importHandOver(test::sample("naru.json")
                                                  .replace("20261122-017", "S-" + n)
                                                  .replace("1961-03-02", year + "-03-02")
                                                  .replace("610302-1234567", year.mid(2) + "0302-1234567"));
    VERIFY_OK(imported);
    m_patient = imported->key;
}

void TestServicesExchange::cleanup()
{
    const auto verdict = m->profile->audit().verify();
    VERIFY_OK(verdict);
    QVERIFY(verdict->intact);
    m.reset();
}

void TestServicesExchange::consent(const PatientKey &patient)
{
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 2);
}

// A referral that the exchange has; its document id.
QString TestServicesExchange::sent()
{
    const auto sealed = m->send(m_patient);
    return sealed && m->profile->outbox().run({}, true) ? sealed->documentId : QString();
}

// As the registry tells it now; empty when the search does not list it.
QString TestServicesExchange::statusOf(const QString &documentId, bool all)
{
    SearchRequest request;
    request.patient = m_patient;
    request.includeDeprecated = all;
    const auto found = m->profile->records().search(request, {});
    for (const DocumentRow &row : found ? found->documents : std::vector<DocumentRow>()) {
        if (row.id == documentId)
            return row.status;
    }
    return found ? QString() : QStringLiteral("failed");
}

int TestServicesExchange::auditRows(const char *event, const char *outcome, const QString &object)
{
    int count = 0;
    for (const AuditRow &row : m->profile->audit().list())
        count +=
            row.event == QLatin1String(event) && row.outcome == QLatin1String(outcome) && row.object == object
            ? 1
            : 0;
    return count;
}

void TestServicesExchange::consentThenReferral()
{
    VERIFY_OK(m->profile->consents().give(m->act(m_patient)));
    const auto sealed = m->send(m_patient);
    VERIFY_OK(sealed);
    const auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 3);
    QVERIFY(!m->profile->patients().get(m_patient)->exchangeId.isEmpty());
    for (const ConsentLight &light : m->profile->consents().lights(m_patient)) {
        if (light.programme != clinical::Programme::Imaging)
            QCOMPARE(light.light, Light::Valid);
    }
    const auto attempts = m->profile->outbox().attempts(sealed->outbox);
    QCOMPARE(attempts.size(), std::size_t(1));
    QCOMPARE(attempts.front().outcome, QStringLiteral("accepted"));
    QVERIFY(attempts.front().endpoint.startsWith(QLatin1String("https://127.0.0.1:")));
    QVERIFY(!attempts.front().detail.isEmpty());
}

void TestServicesExchange::lostAnswerIsLookedUp()
{
    consent(m_patient);
    const auto sealed = m->send(m_patient);
    VERIFY_OK(sealed);
    QVERIFY(m_exchange.faults("submit:unknown,times=1"));
    const auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 1);
    const auto attempts = m->profile->outbox().attempts(sealed->outbox);
    QCOMPARE(attempts.size(), std::size_t(1)); // never sent twice
    QCOMPARE(attempts.front().outcome, QStringLiteral("verified"));
    QVERIFY(!attempts.front().errorCode.isEmpty());
}

void TestServicesExchange::unreachableThenLater()
{
    consent(m_patient);
    const auto sealed = m->send(m_patient);
    VERIFY_OK(sealed);
    const QString real = m->folder.filePath(QStringLiteral("site.json"));
    QFile file(real);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray json = file.readAll();
    QFile dead(m->folder.filePath(QStringLiteral("dead.json")));
    QVERIFY(dead.open(QIODevice::WriteOnly));
    dead.write(QByteArray(json).replace(":" + QByteArray::number(m_exchange.port()) + "/", ":1/"));
    dead.close();
    m->profile.reset();
    VERIFY_OK(m->open(dead.fileName()));
    auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->waiting, 1);
    QCOMPARE(m->profile->outbox().get(sealed->outbox)->lastError, QStringLiteral("net.Refused"));
    m->profile.reset();
    VERIFY_OK(m->open(real));
    VERIFY_OK(m->profile->outbox().retry(sealed->outbox));
    report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 1);
    QCOMPARE(m->profile->outbox().get(sealed->outbox)->attempts, 2);
}

// The exchange knows of no consent (another clinic's withdrawal, say): it refuses, and nobody sends again by
// itself.
void TestServicesExchange::refusalIsForAPerson()
{
    clinical::EmergencyException exception;
    const Draft draft = m->referral(m_patient);
    const auto preview = m->profile->compose().sealPreview(draft.id);
    VERIFY_OK(preview);
    exception.which = clinical::EmergencyException::Case::Unconscious;
    exception.explanation = QStringLiteral("의식 없음");
    const auto sealed = m->profile->compose().send(draft.id, preview->sha256, exception);
    VERIFY_OK(sealed);
    VERIFY_OK(m->profile->outbox().run({}, true));
    const auto row = m->profile->outbox().get(sealed->outbox);
    VERIFY_OK(row);
    QVERIFY2(row->state == OutboxState::Rejected || row->state == OutboxState::Done,
        qPrintable(outboxStateKey(row->state)));
    if (row->state != OutboxState::Rejected)
        return; // the exchange accepts this emergency
    QCOMPARE(row->lastError, QStringLiteral("XDSRegistryError"));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(m->profile->outbox().get(sealed->outbox)->attempts, 1);
    VERIFY_OK(m->profile->outbox().finishWithout(sealed->outbox, QStringLiteral("전화로 전달")));
    QCOMPARE(m->profile->outbox().get(sealed->outbox)->state, OutboxState::Recalled);
}

void TestServicesExchange::retrievalIsCheckedAndStored()
{
    consent(m_patient);
    const auto sealed = m->send(m_patient);
    VERIFY_OK(sealed);
    VERIFY_OK(m->profile->outbox().run({}, true));
    const QByteArray bytes = *m->profile->outbox().documentBytes(sealed->outbox);

    // Another desk of the same clinic, with its own store.
    test::Clinic second;
    VERIFY_OK(second.open(m->folder.filePath(QStringLiteral("site.json"))));
    const clinical::Patient known = *m->profile->patients().get(m_patient);
    clinical::Patient copy = known;
    copy.exchangeId = {};
    const auto key = second.profile->patients().save(copy);
    VERIFY_OK(key);
    VERIFY_OK(second.profile->consents().refresh(*key, {}));
    SearchRequest request;
    request.patient = *key;
    const auto found = second.profile->records().search(request, {});
    VERIFY_OK(found);
    std::vector<DocumentRow> rows;
    for (const DocumentRow &row : found->documents) {
        if (row.id == sealed->documentId)
            rows.push_back(row);
    }
    QCOMPARE(rows.size(), std::size_t(1));
    QVERIFY(m_exchange.faults("retrieve:truncate,times=1"));
    auto results = second.profile->records().retrieve(*key, rows, {});
    QCOMPARE(results.size(), std::size_t(1));
    QVERIFY(!results.front().ok());
    QVERIFY(second.profile->records().local(*key).empty());
    std::vector<DocumentRow> wrong = rows;
    wrong.front().hash = QString(40, QLatin1Char('0'));
    results = second.profile->records().retrieve(*key, wrong, {});
    QVERIFY(!results.front().ok() && results.front().error().is(services::errors::ContentMismatch));
    results = second.profile->records().retrieve(*key, rows, {});
    VERIFY_OK(results.front());
    QCOMPARE(results.front()->bytes, bytes);
    const auto read = second.profile->records().read(sealed->documentId);
    VERIFY_OK(read);
    QCOMPARE(read->document.patient.name, known.name);
    // The answer goes back to who wrote, and may.
    ComposeService::NewOptions options;
    options.inReplyTo = sealed->documentId;
    const auto reply = second.profile->compose().create(clinical::Form::Return, *key, options);
    VERIFY_OK(reply);
    QCOMPARE(reply->document.recipients.front().institution.oid, m->profile->site().clinic().oid);
    QCOMPARE(reply->document.inReplyTo.root, sealed->documentId);
    for (const clinical::RuleProblem &problem : second.profile->compose().check(reply->document))
        QVERIFY2(problem.rule != QLatin1String("recipient.participates"), "an answer would be blocked");
}

// The index and the registry say that it is this patient; the consent itself says another name and birth
// date.
void TestServicesExchange::consentThatNamesSomebodyElse()
{
    consent(m_patient);
    clinical::Patient other = *m->profile->patients().get(m_patient);
    other.name = QStringLiteral("이다른");
    other.birthDate = base::Timestamp::fromDate(QDate(1999, 9, 9));
    other.exchangeId = {};
    test::Clinic second;
    VERIFY_OK(second.open(m->folder.filePath(QStringLiteral("site.json"))));
    const auto key = second.profile->patients().save(other);
    VERIFY_OK(key);
    const base::Status refreshed = second.profile->consents().refresh(*key, {});
    QVERIFY(!refreshed.ok());
    QVERIFY2(refreshed.error().is(services::errors::OtherPatient), qPrintable(refreshed.error().toString()));
    QVERIFY(second.profile->consents().history(*key).empty());
}

// Documents are opened by their id: a second content under it would be shown in place of the first.
void TestServicesExchange::otherBytesUnderAKnownId()
{
    consent(m_patient);
    const QString id = sent();
    QVERIFY(!id.isEmpty());
    test::Clinic second;
    VERIFY_OK(second.open(m->folder.filePath(QStringLiteral("site.json"))));
    clinical::Patient copy = *m->profile->patients().get(m_patient);
    copy.exchangeId = {};
    const auto key = second.profile->patients().save(copy);
    VERIFY_OK(key);
    VERIFY_OK(second.profile->consents().refresh(*key, {}));
    const QByteArray theirs("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>");
    storage::StoredDocument kept;
    kept.patientKey = QStringLiteral("somebody-else");
    kept.documentUniqueId = id;
    kept.repositoryUniqueId = QStringLiteral("1.2.3.4");
    VERIFY_OK(second.profile->internals().stores.documents->put(kept, theirs));
    SearchRequest request;
    request.patient = *key;
    const auto found = second.profile->records().search(request, {});
    VERIFY_OK(found);
    const auto results = second.profile->records().retrieve(*key, found->documents, {});
    bool refused = false;
    for (std::size_t i = 0; i < results.size(); ++i)
        refused = refused
            || (found->documents[i].id == id && !results[i].ok()
                && results[i].error().is(services::errors::ContentMismatch));
    QVERIFY(refused);
    const auto shown = second.profile->records().stored(id);
    VERIFY_OK(shown);
    QCOMPARE(shown->bytes, theirs);
}

void TestServicesExchange::replacementDeprecatesTheOriginal()
{
    consent(m_patient);
    const auto sealed = m->send(m_patient);
    VERIFY_OK(sealed);
    VERIFY_OK(m->profile->outbox().run({}, true));
    ComposeService::NewOptions options;
    options.replaces = sealed->documentId;
    auto draft = m->profile->compose().create(clinical::Form::Referral, m_patient, options);
    VERIFY_OK(draft);
    draft->document.content.reason.text = QStringLiteral("고친 의뢰 사유");
    VERIFY_OK(m->profile->compose().save(*draft));
    const auto preview = m->profile->compose().sealPreview(draft->id);
    VERIFY_OK(preview);
    const auto newer = m->profile->compose().send(draft->id, preview->sha256);
    VERIFY_OK(newer);
    const auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 1);
    SearchRequest request;
    request.patient = m_patient;
    request.includeDeprecated = true;
    const auto found = m->profile->records().search(request, {});
    VERIFY_OK(found);
    QMap<QString, QString> status;
    for (const DocumentRow &row : found->documents)
        status.insert(row.id, row.status);
    QCOMPARE(status.value(sealed->documentId), QStringLiteral("deprecated"));
    QCOMPARE(status.value(newer->documentId), QStringLiteral("approved"));
}

void TestServicesExchange::cancellationDeprecates()
{
    consent(m_patient);
    const QString id = sent();
    QCOMPARE(statusOf(id, false), QStringLiteral("approved"));
    // Having read it back from the repository changes nothing about whose it is.
    const auto back = m->profile->records().retrieve(m_patient, {m->profile->records().stored(id)->row}, {});
    VERIFY_OK(back.front());

    const auto item = m->profile->records().deprecate(id, QStringLiteral("다른 환자에게 쓴 문서"));
    VERIFY_OK(item);
    auto row = m->profile->outbox().get(*item);
    VERIFY_OK(row);
    QCOMPARE(row->kind, QStringLiteral("deprecate"));
    QCOMPARE(row->state, OutboxState::Held);
    QCOMPARE(row->documentId, id);
    QCOMPARE(statusOf(id, false), QStringLiteral("approved")); // nothing has left
    const auto twice = m->profile->records().deprecate(id, {});
    QVERIFY(!twice.ok() && twice.error().is(services::errors::AlreadyDeprecated));
    // Taken back in time, and thought of again.
    VERIFY_OK(m->profile->outbox().recall(*item));
    const auto again = m->profile->records().deprecate(id, QStringLiteral("다른 환자에게 쓴 문서"));
    VERIFY_OK(again);
    const auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 1);

    QCOMPARE(statusOf(id, false), QString());
    QCOMPARE(statusOf(id, true), QStringLiteral("deprecated"));
    QCOMPARE(m->profile->records().stored(id)->row.status, QStringLiteral("deprecated"));
    const auto attempts = m->profile->outbox().attempts(*again);
    QCOMPARE(attempts.size(), std::size_t(1));
    QCOMPARE(attempts.front().outcome, QStringLiteral("accepted"));
    QVERIFY(attempts.front().endpoint.endsWith(QLatin1String("/registry")));
    QCOMPARE(auditRows("document.deprecate", "success", id), 2);
    QCOMPARE(auditRows("update.iti57", "success", id), 1);
    QCOMPARE(auditRows("export.iti41", "success", id), 1); // the sending itself, no more
    const auto late = m->profile->records().deprecate(id, {});
    QVERIFY(!late.ok() && late.error().is(services::errors::AlreadyDeprecated));
}

void TestServicesExchange::cancellationWithoutAnswer()
{
    consent(m_patient);
    const QString id = sent();
    const auto item = m->profile->records().deprecate(id, {});
    VERIFY_OK(item);
    QVERIFY(m_exchange.faults("submit:unknown,times=1"));
    const auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 1);
    const auto attempts = m->profile->outbox().attempts(*item);
    QCOMPARE(attempts.size(), std::size_t(1)); // never sent twice
    QCOMPARE(attempts.front().outcome, QStringLiteral("verified"));
    QCOMPARE(statusOf(id, true), QStringLiteral("deprecated"));
    QCOMPARE(m->profile->records().stored(id)->row.status, QStringLiteral("deprecated"));
    QCOMPARE(auditRows("update.iti57", "serious", id), 1);
    QCOMPARE(auditRows("update.iti57", "success", id), 1);
}

// The connection broke before the registry did anything: the entry still stands, and nothing here says
// otherwise.
void TestServicesExchange::cancellationThatNeverArrived()
{
    consent(m_patient);
    const QString id = sent();
    const auto item = m->profile->records().deprecate(id, {});
    VERIFY_OK(item);
    QVERIFY(m_exchange.faults("submit:refuse,times=1"));
    const auto report = m->profile->outbox().run({}, true);
    VERIFY_OK(report);
    QCOMPARE(report->done, 0);
    QCOMPARE(m->profile->outbox().get(*item)->state, OutboxState::Unknown);
    QCOMPARE(statusOf(id, true), QStringLiteral("approved"));
    QCOMPARE(m->profile->records().stored(id)->row.status, QStringLiteral("approved"));
}

void TestServicesExchange::onlyOursIsCancelled()
{
    RecordService &records = m->profile->records();
    const auto unknown = records.deprecate(QStringLiteral("2.25.424242"), {});
    QVERIFY(!unknown.ok() && unknown.error().is(services::errors::NotOurs));

    // A consent ends by a withdrawal.
    consent(m_patient);
    int statements = 0;
    for (const DocumentRow &row : records.local(m_patient)) {
        if (row.form != clinical::Form::Consent)
            continue;
        ++statements;
        const auto refused = records.deprecate(row.id, {});
        QVERIFY(!refused.ok() && refused.error().is(services::errors::ConsentStays));
    }
    QVERIFY(statements > 0);
    const QString own = sent();
    const auto long_ = records.deprecate(own, QString(257, QLatin1Char('x')));
    QVERIFY(!long_.ok());

    for (const OutboxRow &row : m->profile->outbox().list())
        QVERIFY(row.kind != QLatin1String("deprecate")); // nothing was queued by any of it
}

void TestServicesExchange::backgroundSendsByItself()
{
    m->profile->startBackgroundWork();
    VERIFY_OK(m->profile->consents().give(m->act(m_patient)));
    const auto sealed = m->send(m_patient);
    VERIFY_OK(sealed);
    QTRY_COMPARE_WITH_TIMEOUT(m->profile->outbox().get(sealed->outbox)->state, OutboxState::Done, 20'000);
}

QTEST_GUILESS_MAIN(TestServicesExchange)
#include "tst_services_exchange.moc"
