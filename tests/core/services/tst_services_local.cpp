// The services without an exchange: what a clinic can do, and may not do, while nobody answers.
#include "ServiceFixture.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/Submission.h"
#include "core/storage/Errors.h"

#include <thread>

using namespace naru;
using namespace naru::services;

class TestServicesLocal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void sameChartNumberOtherPerson_data();
    void sameChartNumberOtherPerson();
    void newerHandOverKeepsWhatItDoesNotName();
    void importIgnoresAnExchangeId();
    void handWrittenPatientMayNotOverwriteAnother();
    void chartStaysWithItsPersonOfTheIndex();
    void submissionHasItsOwnAddress();
    void previewIsWhatIsSealed();
    void changedAfterPreview();
    void unknownJsonMember();
    void nothingLeavesWithoutConsent();
    void incompleteDocumentIsNotSealed();
    void offlineIsSealedAndHeld();
    void heldIsCompletedOnce();
    void recallGivesTheDraftBack();
    void recalledConsentPermitsNothing();
    void withdrawalAfterSealing();
    void completedByAnotherProgram();
    void recallTimeAfterTheClockIsSetBack();
    void damagedItemIsNotAskedAboutEverySecond();
    void exportNeverOutsideTheTrail();
    void refusedWithdrawalStaysInForce();
    void bytesOfAnotherPatient();
    void earlierDocumentOfAnotherPatient();
    void searchOfflineShowsLocalAndWhy();
    void searchWithoutConsentAsksNobody();
    void settingsWhileOthersRead();
    void lockAndAttempts();
    void failedSignInsAreInTheTrail();
    void errorsCarryNoPatientData();

private:
    std::unique_ptr<test::Clinic> m{};
};

void TestServicesLocal::init()
{
    m = std::make_unique<test::Clinic>();
    qputenv("XDG_DATA_HOME", m->folder.path().toUtf8()); // no exchange of this machine may take part
    VERIFY_OK(m->openOffline(3600));
}

void TestServicesLocal::cleanup()
{
    if (m->profile) {
        const auto verdict = m->profile->audit().verify();
        VERIFY_OK(verdict);
        QVERIFY2(verdict->intact, qPrintable(verdict->reason));
    }
    m.reset();
}

void TestServicesLocal::sameChartNumberOtherPerson_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QString>("value");
    QTest::newRow("name") << QByteArray("name") << QStringLiteral("박나루");
    QTest::newRow("sex") << QByteArray("sex") << QStringLiteral("F");
    QTest::newRow("birthDate") << QByteArray("birthDate") << QStringLiteral("1961-03-03");
}

void TestServicesLocal::sameChartNumberOtherPerson()
{
    QFETCH(QByteArray, member);
    QFETCH(QString, value);
    const PatientKey key = m->patient();
    const auto before = m->profile->patients().get(key);
    VERIFY_OK(before);
    const auto other = m->profile->patients().importHandOver(test::handOverWith(member.constData(), value));
    QVERIFY(!other.ok());
    QVERIFY2(other.error().is(services::errors::PatientConflict), qPrintable(other.error().toString()));
    QCOMPARE(other.error().arguments.value(QStringLiteral("fields")), QString::fromLatin1(member));
    const auto after = m->profile->patients().get(key);
    VERIFY_OK(after);
    QVERIFY(*after == *before);
    QCOMPARE(m->profile->patients().list().size(), std::size_t(1));
}

void TestServicesLocal::newerHandOverKeepsWhatItDoesNotName()
{
    const PatientKey key = m->patient();
    const auto again =
        m->profile->patients().importHandOver(test::handOverWith("phone", QStringLiteral("010-9999-0000")));
    VERIFY_OK(again);
    QCOMPARE(again->key, key);
    QVERIFY(!again->created);
    QCOMPARE(again->differences.size(), std::size_t(1));
    QCOMPARE(again->differences.front().field, QStringLiteral("phone"));
    const auto thinner = m->profile->patients().importHandOver(test::handOverWith("phone", QString()));
    VERIFY_OK(thinner);
    QCOMPARE(m->profile->patients().get(key)->phone, QStringLiteral("010-9999-0000"));
}

void TestServicesLocal::importIgnoresAnExchangeId()
{
    const auto imported =
        m->profile->patients().importHandOver(test::handOverWith("exchangeId", QStringLiteral("X-1")));
    if (imported) // a reader may also refuse the member
        QVERIFY(m->profile->patients().get(imported->key)->exchangeId.isEmpty());
}

void TestServicesLocal::handWrittenPatientMayNotOverwriteAnother()
{
    const PatientKey first = m->patient();
    clinical::Patient twin = *m->profile->patients().get(first);
    twin.localId.extension = QStringLiteral("T-2");
    const auto second = m->profile->patients().save(twin);
    VERIFY_OK(second);
    QVERIFY(*second != first);
    twin.localId.extension = m->profile->patients().get(first)->localId.extension;
    QVERIFY2(!m->profile->patients().save(twin, *second).ok(), "one patient was written over another");
}

// Two people of one name, sex and birthday: picked from a search, the second must not take over the chart of
// the first, which would then show the second's documents.
void TestServicesLocal::chartStaysWithItsPersonOfTheIndex()
{
    const PatientKey key = m->patient();
    Profile::Internals &in = m->profile->internals();
    const clinical::Identifier first{in.site.patientIdAuthority, QStringLiteral("A-1")};
    VERIFY_OK(in.stores.patients->setExchangeId(key, first));
    clinical::Patient picked = *m->profile->patients().get(key);
    VERIFY_OK(m->profile->patients().save(picked, key));
    picked.exchangeId.extension = QStringLiteral("A-2");
    for (const PatientKey &target : {PatientKey(), key}) {
        const auto saved = m->profile->patients().save(picked, target);
        QVERIFY(!saved.ok());
        QVERIFY2(saved.error().is(services::errors::PatientConflict), qPrintable(saved.error().toString()));
    }
    QCOMPARE(m->profile->patients().get(key)->exchangeId, first);
}

// What the audit and the list of attempts name is where the document went.
void TestServicesLocal::submissionHasItsOwnAddress()
{
    ihe::SiteProfile site = m->profile->internals().site;
    const QString repository = site.submitRepository()->id;
    const QString url = site.submitRepository()->url;
    using Kind = storage::OutboxKind;
    QCOMPARE(destinationOf(site, Kind::Referral, repository)->url, url);
    for (ihe::RepositoryEndpoint &each : site.repositories)
        each.submitUrl = QStringLiteral("https://localhost/submit");
    QCOMPARE(
        destinationOf(site, Kind::Referral, repository)->url, QStringLiteral("https://localhost/submit"));
    QCOMPARE(destinationOf(site, Kind::Deprecate, repository)->url, site.registry.url);
    QVERIFY(!destinationOf(site, Kind::Referral, QStringLiteral("1.2.3")));
}

void TestServicesLocal::previewIsWhatIsSealed()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const Draft draft = m->referral(patient);
    QVERIFY(!draft.id.isEmpty());
    const auto one = m->profile->compose().preview(draft.document);
    const auto two = m->profile->compose().preview(draft.document);
    VERIFY_OK(one);
    VERIFY_OK(two);
    QCOMPARE(one->bytes, two->bytes);
    const auto seal = m->profile->compose().sealPreview(draft.id);
    VERIFY_OK(seal);
    const auto sealed = m->profile->compose().send(draft.id, seal->sha256);
    VERIFY_OK(sealed);
    const auto bytes = m->profile->outbox().documentBytes(sealed->outbox);
    VERIFY_OK(bytes);
    QCOMPARE(*bytes, seal->bytes);
    QCOMPARE(base::sha256Hex(*bytes), sealed->sha256);
    QVERIFY(m->profile->compose().list().empty());
    const auto again = m->profile->compose().send(draft.id, seal->sha256);
    QVERIFY(!again.ok() && again.error().is(services::errors::NoDraft));
    QCOMPARE(m->states().count(QStringLiteral("held")), 3);
}

void TestServicesLocal::changedAfterPreview()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    Draft draft = m->referral(patient);
    const auto seal = m->profile->compose().sealPreview(draft.id);
    VERIFY_OK(seal);
    auto opened = m->profile->compose().open(draft.id);
    VERIFY_OK(opened);
    opened->document.content.reason.text += QStringLiteral(" 다시");
    VERIFY_OK(m->profile->compose().save(*opened));
    const auto sealed = m->profile->compose().send(draft.id, seal->sha256);
    QVERIFY(!sealed.ok());
    QVERIFY(sealed.error().is(services::errors::PreviewChanged));
    QCOMPARE(m->profile->compose().list().size(), std::size_t(1));
}

void TestServicesLocal::unknownJsonMember()
{
    const auto draft = m->profile->compose().create(clinical::Form::Referral, m->patient());
    VERIFY_OK(draft);
    const auto filled = m->profile->compose().applyJson(draft->id, R"({"reasson": "x"})");
    QVERIFY(!filled.ok());
    QVERIFY(filled.error().is(services::errors::JsonMember));
    QVERIFY(filled.error().arguments.value(QStringLiteral("what")).contains(QLatin1String("reasson")));
}

void TestServicesLocal::nothingLeavesWithoutConsent()
{
    const PatientKey patient = m->patient();
    const auto refused = m->send(patient);
    QVERIFY(!refused.ok());
    QVERIFY2(refused.error().is(services::errors::NoConsent), qPrintable(refused.error().toString()));
    QVERIFY(m->profile->outbox().list().empty());
    QCOMPARE(m->profile->compose().list().size(), std::size_t(1)); // the draft stays
}

void TestServicesLocal::incompleteDocumentIsNotSealed()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const auto draft = m->profile->compose().create(clinical::Form::Referral, patient);
    VERIFY_OK(draft);
    const auto preview = m->profile->compose().sealPreview(draft->id);
    if (preview) { // a writer may refuse a document without recipient already
        const auto sealed = m->profile->compose().send(draft->id, preview->sha256);
        QVERIFY(!sealed.ok());
        QVERIFY2(sealed.error().is(services::errors::DocumentInvalid), qPrintable(sealed.error().toString()));
    }
    QCOMPARE(m->states().size(), 2); // the consents only
}

void TestServicesLocal::offlineIsSealedAndHeld()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const auto sealed = m->send(patient);
    VERIFY_OK(sealed);
    for (int round = 0; round < 2; ++round) {
        const auto report = m->profile->outbox().run({}, true);
        VERIFY_OK(report);
        QCOMPARE(report->done, 0);
        QCOMPARE(report->waiting, 3);
    }
    for (const OutboxRow &row : m->profile->outbox().list()) {
        QCOMPARE(row.state, OutboxState::Held);
        QCOMPARE(row.attempts, 0);
        QCOMPARE(row.lastError, QLatin1String(services::errors::NotIdentified.id));
    }
    for (const ConsentLight &light : m->profile->consents().lights(patient)) {
        if (light.programme != clinical::Programme::Imaging)
            QCOMPARE(light.light, Light::PendingRegistration);
    }
}

// What was sealed is not touched by adding the request: same ids, same bytes, once, and only while nothing
// has left.
void TestServicesLocal::heldIsCompletedOnce()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const auto sealed = m->send(patient);
    VERIFY_OK(sealed);
    Profile::Internals &in = m->profile->internals();
    const auto stored = in.stores.outbox->submission(sealed->outbox);
    VERIFY_OK(stored);
    QVERIFY(stored->submitObjectsRequest.isEmpty());
    QVERIFY(!stored->submissionSetUniqueId.isEmpty());
    const auto event = in.events().act(QStringLiteral("document.queue"), patient, sealed->documentId);
    const auto whole = completePending(in.site, *stored, {in.site.patientIdAuthority, QStringLiteral("A-1")});
    VERIFY_OK(whole);
    QCOMPARE(whole->documents.front().bytes, stored->documents.front().bytes);
    QVERIFY(whole->submitObjectsRequest.contains("A-1") && !whole->submitObjectsRequest.contains("PENDING"));
    storage::FrozenSubmission changed = *whole;
    changed.documents.front().bytes += ' ';
    QVERIFY(in.stores.outbox->complete(sealed->outbox, changed, event).error().is(base::errors::Invalid));
    changed = *whole;
    changed.submissionSetUniqueId += QLatin1Char('1');
    QVERIFY(in.stores.outbox->complete(sealed->outbox, changed, event).error().is(base::errors::Invalid));
    VERIFY_OK(in.stores.outbox->complete(sealed->outbox, *whole, event));
    QVERIFY(
        in.stores.outbox->complete(sealed->outbox, *whole, event).error().is(storage::errors::WrongState));
    VERIFY_OK(m->profile->outbox().recall(sealed->outbox));
}

void TestServicesLocal::recallGivesTheDraftBack()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const auto sealed = m->send(patient);
    VERIFY_OK(sealed);
    VERIFY_OK(m->profile->outbox().recall(sealed->outbox));
    const auto drafts = m->profile->compose().list();
    QCOMPARE(drafts.size(), std::size_t(1));
    const auto draft = m->profile->compose().open(drafts.front().id);
    VERIFY_OK(draft);
    QCOMPARE(draft->patient, patient);
    QCOMPARE(draft->document.content.reason.text, QStringLiteral("안저 검사를 의뢰합니다."));
    QVERIFY(!m->profile->outbox().recall(sealed->outbox).ok());
    const auto preview = m->profile->compose().sealPreview(draft->id);
    VERIFY_OK(preview);
    const auto again = m->profile->compose().send(draft->id, preview->sha256);
    QVERIFY2(again.ok(), "a recalled document can be sent after all");
}

void TestServicesLocal::recalledConsentPermitsNothing()
{
    const PatientKey patient = m->patient();
    const auto given = m->profile->consents().give(m->act(patient));
    VERIFY_OK(given);
    for (const OutboxId &id : *given)
        VERIFY_OK(m->profile->outbox().recall(id));
    QVERIFY2(m->profile->compose().list().empty(), "a recalled consent is no draft of a letter");
    const auto refused = m->send(patient);
    QVERIFY(!refused.ok() && refused.error().is(services::errors::NoConsent));
}

void TestServicesLocal::withdrawalAfterSealing()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    VERIFY_OK(m->send(patient));
    ConsentAct act = m->act(patient);
    act.withdrawalReason = QStringLiteral("마음이 바뀜");
    VERIFY_OK(m->profile->consents().withdraw(act));
    QVERIFY(!m->send(patient).ok());
    for (const ConsentLight &light : m->profile->consents().lights(patient)) {
        if (light.programme != clinical::Programme::Imaging)
            QCOMPARE(light.light, Light::Withdrawn);
    }
}

// naructl identifies the patient of an item that the workstation has looked at before.
void TestServicesLocal::completedByAnotherProgram()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const auto sealed = m->send(patient);
    VERIFY_OK(sealed);
    QCOMPARE(m->profile->outbox().get(sealed->outbox)->lastError,
        QLatin1String(services::errors::NotIdentified.id));
    test::Clinic other;
    VERIFY_OK(other.open(
        m->folder.filePath(QStringLiteral("site.json")), m->folder.filePath(QStringLiteral("data"))));
    Profile::Internals &theirs = other.profile->internals();
    const auto stored = theirs.stores.outbox->submission(sealed->outbox);
    VERIFY_OK(stored);
    const auto whole =
        completePending(theirs.site, *stored, {theirs.site.patientIdAuthority, QStringLiteral("A-1")});
    VERIFY_OK(whole);
    VERIFY_OK(theirs.stores.outbox->complete(sealed->outbox, *whole,
        theirs.events().act(QStringLiteral("document.queue"), patient, sealed->documentId)));
    const auto facts = m->profile->internals().outboxFacts(sealed->outbox);
    VERIFY_OK(facts);
    QVERIFY2(!facts->pending, "it would be identified again and never leave");
    QCOMPARE(facts->exchangeId.extension, QStringLiteral("A-1"));
}

// Sealed while the machine was ten years ahead: recall time is seconds, not ten years.
void TestServicesLocal::recallTimeAfterTheClockIsSetBack()
{
    const QDateTime right(QDate(2026, 11, 22), QTime(1, 0), Qt::UTC);
    m->profile.reset();
    m->clock = std::make_shared<base::ManualClock>(right.addYears(10));
    VERIFY_OK(m->openOffline(3600));
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    const auto sealed = m->send(patient);
    VERIFY_OK(sealed);
    Profile::Internals &in = m->profile->internals();
    const auto stored = in.stores.outbox->submission(sealed->outbox);
    VERIFY_OK(stored);
    const auto whole = completePending(in.site, *stored, {in.site.patientIdAuthority, QStringLiteral("A-1")});
    VERIFY_OK(whole);
    VERIFY_OK(in.stores.outbox->complete(sealed->outbox, *whole,
        in.events().act(QStringLiteral("document.queue"), patient, sealed->documentId)));
    VERIFY_OK(m->profile->outbox().run({}));
    QCOMPARE(m->profile->outbox().get(sealed->outbox)->state, OutboxState::Held);
    m->clock->set(right);
    VERIFY_OK(m->profile->outbox().run({}));
    QCOMPARE(m->profile->outbox().get(sealed->outbox)->state, OutboxState::Queued);
}

void TestServicesLocal::damagedItemIsNotAskedAboutEverySecond()
{
    Profile::Internals &in = m->profile->internals();
    storage::NewOutboxItem item;
    item.patientKey = m->patient();
    item.submission.submissionSetUniqueId = QStringLiteral("1.2.3.9");
    const auto id = in.stores.outbox->enqueue(item);
    VERIFY_OK(id);
    const auto claimed = in.stores.outbox->claimNext();
    QVERIFY(claimed && claimed->has_value());
    VERIFY_OK(in.stores.outbox->unknown(**claimed, QStringLiteral("net.Reset")));
    VERIFY_OK(in.stores.database->execute("UPDATE outbox SET sealed = x'00'"));
    VERIFY_OK(m->profile->outbox().run({}));
    QCOMPARE(m->profile->outbox().get(*id)->state, OutboxState::Unknown);
    QVERIFY(!in.retryTimes.due(QStringLiteral("verify.") + *id, in.clock->nowUtc()));
}

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

void TestServicesLocal::refusedWithdrawalStaysInForce()
{
    const PatientKey patient = m->patient();
    VERIFY_OK(m->profile->consents().give(m->act(patient)));
    auto withdrawn = m->profile->consents().withdraw(m->act(patient));
    VERIFY_OK(withdrawn);
    for (const OutboxId &id : *withdrawn)
        VERIFY_OK(m->profile->outbox().recall(id));
    QVERIFY2(m->send(patient).ok(), "taken back before it left: the consent stands");
    withdrawn = m->profile->consents().withdraw(m->act(patient));
    VERIFY_OK(withdrawn);
    Profile::Internals &in = m->profile->internals();
    for (const OutboxId &id : *withdrawn) {
        auto item = in.stores.outbox->get(id);
        VERIFY_OK(item);
        item->state = storage::OutboxState::Sending; // as the worker holds it when the exchange refuses
        VERIFY_OK(settleConsent(in, *item, storage::ConsentRecord::State::Refused));
    }
    const auto refused = m->send(patient);
    QVERIFY2(!refused.ok(), "a refusal of the exchange does not give the consent back");
    QVERIFY(refused.error().is(services::errors::NoConsent));
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
    const auto conflict =
        m->profile->patients().importHandOver(test::handOverWith("name", QStringLiteral("박나루")));
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
