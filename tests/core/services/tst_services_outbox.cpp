// From sealing to recall without an exchange: what is sealed, held, completed once, taken back.
#include "OfflineTest.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/Submission.h"
#include "core/storage/Errors.h"

using namespace naru;
using namespace naru::services;

class TestServicesOutbox : public test::OfflineTest {
    Q_OBJECT

private Q_SLOTS:
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
    void refusedWithdrawalStaysInForce();
};

// What the audit and the list of attempts name is where the document went.
void TestServicesOutbox::submissionHasItsOwnAddress()
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

void TestServicesOutbox::previewIsWhatIsSealed()
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

void TestServicesOutbox::changedAfterPreview()
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

void TestServicesOutbox::unknownJsonMember()
{
    const auto draft = m->profile->compose().create(clinical::Form::Referral, m->patient());
    VERIFY_OK(draft);
    const auto filled = m->profile->compose().applyJson(draft->id, R"({"reasson": "x"})");
    QVERIFY(!filled.ok());
    QVERIFY(filled.error().is(services::errors::JsonMember));
    QVERIFY(filled.error().arguments.value(QStringLiteral("what")).contains(QLatin1String("reasson")));
}

void TestServicesOutbox::nothingLeavesWithoutConsent()
{
    const PatientKey patient = m->patient();
    const auto refused = m->send(patient);
    QVERIFY(!refused.ok());
    QVERIFY2(refused.error().is(services::errors::NoConsent), qPrintable(refused.error().toString()));
    QVERIFY(m->profile->outbox().list().empty());
    QCOMPARE(m->profile->compose().list().size(), std::size_t(1)); // the draft stays
}

void TestServicesOutbox::incompleteDocumentIsNotSealed()
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

void TestServicesOutbox::offlineIsSealedAndHeld()
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
void TestServicesOutbox::heldIsCompletedOnce()
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

void TestServicesOutbox::recallGivesTheDraftBack()
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

void TestServicesOutbox::recalledConsentPermitsNothing()
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

void TestServicesOutbox::withdrawalAfterSealing()
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
void TestServicesOutbox::completedByAnotherProgram()
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
void TestServicesOutbox::recallTimeAfterTheClockIsSetBack()
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

void TestServicesOutbox::damagedItemIsNotAskedAboutEverySecond()
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

void TestServicesOutbox::refusedWithdrawalStaysInForce()
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

QTEST_GUILESS_MAIN(TestServicesOutbox)
#include "tst_services_outbox.moc"
