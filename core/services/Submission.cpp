#include "core/services/Submission.h"

#include "core/base/Digest.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/services/Errors.h"
#include "core/services/FactsJson.h"
#include "core/services/tables/bodypartsTable.h"
#include "core/storage/json/ClinicalJson.h"

#include <algorithm>

namespace naru::services {

namespace {
QString submissionKind(clinical::Form form)
{
    switch (form) {
    case clinical::Form::Consent:
    case clinical::Form::Withdrawal:
        return QStringLiteral("consent");
    case clinical::Form::Referral:
    case clinical::Form::Return:
    case clinical::Form::Reply:
        return QStringLiteral("referral");
    default:
        return QStringLiteral("other");
    }
}

ihe::Author authorOf(const clinical::Document &document)
{
    ihe::Author author;
    const clinical::Institution &home = document.custodian;
    std::tie(author.person.family, author.person.given) = clinical::familyAndGiven(document.author.name);
    author.person.id = document.author.licence;
    author.person.authority = home.oid;
    author.institutions.push_back({home.name, home.oid, {}});
    if (!document.author.department.name.isEmpty())
        author.specialties = QStringList{document.author.department.name};
    if (!document.author.phone.isEmpty())
        author.telecoms.push_back(ihe::XdsTelecom::workPhone(document.author.phone));
    return author;
}

ihe::SourcePatientInfo patientInfo(const clinical::Patient &patient)
{
    ihe::SourcePatientInfo info;
    info.ids.push_back(patient.localId);
    std::tie(info.family, info.given) = clinical::familyAndGiven(patient.name);
    info.birthDate = base::Timestamp::fromDate(patient.birthDate.date());
    info.sex = clinical::sexToHl7(patient.sex);
    return info;
}

// BPPC (TF-3 5.1.2.1): the policy acknowledged is an event code.
std::vector<clinical::CodedValue> eventCodes(const ihe::SiteProfile &site, const clinical::Document &document)
{
    std::vector<clinical::CodedValue> codes;
    if (document.consent && !document.consent->policy.isEmpty()) {
        clinical::CodedValue policy;
        policy.code = document.consent->policy;
        policy.system = site.policySystem;
        policy.display = base::oidTitle(document.consent->policy);
        codes.push_back(policy);
    }
    return codes;
}

// What a document and a manifest have in common: whose, from whom, where it was made.
ihe::DocumentEntry commonEntry(
    const ihe::SiteProfile &site, const SubmissionPlan &plan, const ihe::FormCodes &codes)
{
    const clinical::Document &document = plan.document;
    ihe::DocumentEntry entry;
    entry.patientId = plan.exchangeId;
    entry.sourcePatientId = document.patient.localId;
    entry.sourcePatientInfo = patientInfo(document.patient);
    entry.authors.push_back(authorOf(document));
    entry.classCode = codes.classCode;
    entry.typeCode = codes.typeCode;
    entry.formatCode = codes.formatCode;
    entry.healthcareFacilityType = site.codes.facilityType.value(
        document.custodian.kind, site.codes.facilityType.value(QStringLiteral("의원")));
    entry.practiceSetting.code = document.author.department.code;
    entry.practiceSetting.system = site.codes.practiceSettingSystem;
    entry.practiceSetting.display = document.author.department.name;
    entry.confidentialityCodes.push_back(site.codes.confidentiality.value(
        document.confidentiality, site.codes.confidentiality.value(QStringLiteral("N"))));
    return entry;
}

base::Result<ihe::DocumentEntry> entryOf(const ihe::SiteProfile &site, const SubmissionPlan &plan)
{
    const clinical::Document &document = plan.document;
    const ihe::FormCodes *codes = site.form(document.form);
    if (!codes)
        return base::Error(errors::NoRepository,
            QStringLiteral("no codes for form %1").arg(clinical::formKey(document.form)));
    ihe::DocumentEntry entry = commonEntry(site, plan, *codes);
    entry.uniqueId = document.id.root;
    entry.title = document.title.isEmpty() ? clinical::formTitleKo(document.form) : document.title;
    entry.mimeType = QStringLiteral("text/xml");
    entry.languageCode = QStringLiteral("ko-KR");
    entry.creationTime = document.effectiveTime;
    entry.serviceStartTime =
        document.encounter.start.isNull() ? document.effectiveTime : document.encounter.start;
    entry.serviceStopTime = document.encounter.end.isNull() ? document.effectiveTime : document.encounter.end;
    entry.eventCodes = eventCodes(site, document);
    return entry;
}

// Modality and body part (IHE RAD TF-3 4.68.4.1.2.3): what a radiologist filters by.
std::vector<clinical::CodedValue> imageEvents(const ihe::ManifestCodes &codes, const ManifestFacts &manifest)
{
    std::vector<clinical::CodedValue> out;
    for (const QString &modality : manifest.modalities.split(QStringLiteral(", "), Qt::SkipEmptyParts)) {
        clinical::CodedValue code;
        code.code = code.display = modality;
        code.system = base::oid("dcm").text();
        out.push_back(code);
    }
    static const base::TsvTable parts = base::TsvTable::parse(tables::bodyparts);
    for (int row = 0; codes.bodyParts && row < parts.rowCount(); ++row) {
        if (parts.at(row, "dicom") != manifest.bodyPart)
            continue;
        clinical::CodedValue code;
        code.code = parts.at(row, "code");
        code.display = parts.at(row, "display");
        code.system = base::oid("snomedCt").text();
        out.push_back(code);
    }
    return out;
}

base::Result<ihe::DocumentEntry> manifestEntry(
    const ihe::SiteProfile &site, const SubmissionPlan &plan, const ManifestFacts &manifest)
{
    if (!site.codes.manifest)
        return base::Error(errors::NoImageArchive);
    ihe::DocumentEntry entry = commonEntry(site, plan, *site.codes.manifest);
    entry.uniqueId = manifest.documentId;
    entry.title = manifest.title;
    entry.mimeType = QStringLiteral("application/dicom");
    entry.languageCode = QStringLiteral("art"); // no language
    entry.creationTime = manifest.created;
    entry.serviceStartTime = entry.serviceStopTime =
        manifest.studyTime.isNull() ? manifest.created : manifest.studyTime;
    entry.eventCodes = imageEvents(*site.codes.manifest, manifest);
    // A key object document has no words of its own for why it goes without consent.
    if (plan.document.exception.which != clinical::EmergencyException::Case::None) {
        clinical::CodedValue purpose;
        purpose.code = QStringLiteral("ETREAT");
        purpose.display = QStringLiteral("emergency treatment");
        purpose.system = base::oid("actReason").text();
        entry.eventCodes.push_back(purpose);
    }
    if (!manifest.accession.isEmpty())
        entry.referenceIds.push_back({manifest.accession, plan.document.custodian.oid,
            QStringLiteral("urn:ihe:iti:xds:2013:accession"), {}});
    entry.referenceIds.push_back(
        {manifest.studyUid, {}, QStringLiteral("urn:ihe:iti:xds:2016:studyInstanceUID"), {}});
    return entry;
}
} // namespace

base::Result<ihe::FrozenSubmission> freeze(const ihe::SiteProfile &site, const SubmissionPlan &plan)
{
    ihe::Submission submission;
    if (plan.withDocument) {
        ihe::Submission::Item item;
        NARU_ASSIGN(item.entry, entryOf(site, plan));
        item.entry.entryUuid = plan.entryUuid;
        item.bytes = plan.bytes;
        item.replaces = plan.replacesUuid;
        submission.items.push_back(std::move(item));
    }
    for (const SubmissionPlan::Manifest &manifest : plan.manifests) {
        ihe::Submission::Item item;
        NARU_ASSIGN(item.entry, manifestEntry(site, plan, manifest.facts));
        item.entry.entryUuid = manifest.entryUuid;
        item.bytes = manifest.bytes;
        submission.items.push_back(std::move(item));
    }
    if (submission.items.empty())
        return base::Error(errors::NoDocument);

    ihe::SubmissionSet &set = submission.set;
    set.entryUuid = plan.setUuid;
    set.uniqueId = plan.setUniqueId;
    set.title = submission.items.front().entry.title;
    set.patientId = plan.exchangeId;
    set.sourceId = plan.document.custodian.oid;
    set.submissionTime = plan.submitted;
    set.authors.push_back(authorOf(plan.document));
    set.contentType = site.codes.submissionContent.value(
        submissionKind(plan.document.form), site.codes.submissionContent.value(QStringLiteral("other")));
    for (const clinical::Recipient &recipient : plan.document.recipients) {
        ihe::SubmissionSet::Recipient out;
        out.organization = {recipient.institution.name, recipient.institution.oid, {}};
        std::tie(out.person.family, out.person.given) = clinical::familyAndGiven(recipient.doctor.name);
        out.person.id = recipient.doctor.licence;
        out.person.authority = recipient.doctor.licence.isEmpty() ? QString() : recipient.institution.oid;
        set.intendedRecipients.push_back(out);
    }
    return ihe::prepare(std::move(submission));
}

namespace {
QString mimeOf(const QString &documentId, const OutboxFacts &facts)
{
    const bool manifest = std::any_of(facts.manifests.begin(), facts.manifests.end(),
        [&documentId](const ManifestFacts &one) { return one.documentId == documentId; });
    return manifest ? QStringLiteral("application/dicom") : QStringLiteral("text/xml");
}

// Ids and bytes of what was sealed, back into the plan it was made from.
base::Status takeSealed(
    const storage::FrozenSubmission &pending, const OutboxFacts &facts, SubmissionPlan &plan)
{
    for (const storage::FrozenDocument &document : pending.documents) {
        const auto manifest = std::find_if(facts.manifests.begin(), facts.manifests.end(),
            [&document](const ManifestFacts &one) { return one.documentId == document.documentUniqueId; });
        if (manifest != facts.manifests.end()) {
            plan.manifests.push_back({*manifest, document.bytes, document.entryUuid});
        } else {
            plan.bytes = document.bytes;
            plan.entryUuid = document.entryUuid;
        }
    }
    const bool whole = plan.manifests.size() == facts.manifests.size()
        && pending.documents.size() == facts.manifests.size() + (facts.withDocument ? 1U : 0U);
    return whole ? base::Status() : base::Status(base::Error(errors::NoDocument));
}
} // namespace

base::Result<storage::FrozenSubmission> forOutbox(
    const ihe::SiteProfile &site, const ihe::FrozenSubmission &frozen, const OutboxFacts &facts)
{
    const ihe::RepositoryEndpoint *repository = site.submitRepository();
    if (!repository)
        return base::Error(errors::NoRepository);
    storage::FrozenSubmission out;
    for (std::size_t i = 0; i < frozen.entries.size() && i < frozen.attachments.size(); ++i) {
        storage::FrozenDocument document;
        document.documentUniqueId = frozen.entries[i].uniqueId;
        document.entryUuid = frozen.entries[i].entryUuid;
        document.mimeType = mimeOf(frozen.entries[i].uniqueId, facts);
        document.contentId = QString::fromLatin1(frozen.attachments[i].contentId);
        document.bytes = frozen.attachments[i].bytes;
        document.sha1 = frozen.entries[i].hash;
        document.size = frozen.entries[i].size;
        out.documents.push_back(document);
    }
    out.submitObjectsRequest = frozen.body;
    out.boundary = QString::fromLatin1(frozen.boundary);
    out.submissionSetUniqueId = frozen.submissionSetUniqueId;
    out.submissionSetUuid = frozen.submissionSetUuid;
    out.bodySha256 = QByteArray::fromHex(frozen.sha256Hex().toLatin1());
    out.repository = repository->id;
    OutboxFacts complete = facts;
    complete.sourceId = frozen.sourceId;
    complete.exchangeId = frozen.patientId;
    out.facts = factsToJson(complete);
    return out;
}

storage::FrozenSubmission pendingForOutbox(const storage::FrozenSubmission &complete)
{
    storage::FrozenSubmission out = complete;
    out.submitObjectsRequest.clear();
    out.bodySha256.clear();
    OutboxFacts facts = factsFromJson(complete.facts);
    facts.exchangeId = {};
    facts.pending = true;
    out.facts = factsToJson(facts);
    return out;
}

base::Result<storage::FrozenSubmission> completePending(const ihe::SiteProfile &site,
    const storage::FrozenSubmission &pending, const clinical::Identifier &exchangeId)
{
    OutboxFacts facts = factsFromJson(pending.facts);
    if (!facts.pending)
        return base::Error(errors::NoDocument);
    SubmissionPlan plan;
    plan.withDocument = facts.withDocument;
    NARU_TRY(takeSealed(pending, facts, plan));
    NARU_ASSIGN(plan.document, storage::fromJsonText<clinical::Document>(facts.document));
    plan.exchangeId = exchangeId;
    plan.replacesUuid = facts.replacesUuid;
    plan.submitted = facts.sealedAt;
    plan.setUuid = pending.submissionSetUuid;
    plan.setUniqueId = pending.submissionSetUniqueId;
    NARU_ASSIGN(const ihe::FrozenSubmission frozen, freeze(site, plan));
    facts.pending = false;
    const bool exception = plan.document.exception.which != clinical::EmergencyException::Case::None;
    if (!facts.recallable && facts.withDocument && !exception)
        facts.document.clear();
    NARU_ASSIGN(storage::FrozenSubmission out, forOutbox(site, frozen, facts));
    out.repository = pending.repository; // where it was meant to go when it was sealed
    return out;
}

std::optional<ihe::Endpoint> destinationOf(
    const ihe::SiteProfile &site, storage::OutboxKind kind, const QString &repository)
{
    if (kind == storage::OutboxKind::Deprecate)
        return site.registry;
    const ihe::RepositoryEndpoint *known = site.repository(repository);
    if (!known)
        return {};
    ihe::Endpoint out = *known;
    if (!known->submitUrl.isEmpty())
        out.url = known->submitUrl;
    return out;
}

ihe::FrozenSubmission fromOutbox(const storage::FrozenSubmission &stored)
{
    const OutboxFacts facts = factsFromJson(stored.facts);
    ihe::FrozenSubmission out;
    out.submissionSetUniqueId = stored.submissionSetUniqueId;
    out.submissionSetUuid = stored.submissionSetUuid;
    out.sourceId = facts.sourceId;
    out.patientId = facts.exchangeId;
    out.boundary = stored.boundary.toLatin1();
    out.body = stored.submitObjectsRequest;
    for (const storage::FrozenDocument &document : stored.documents) {
        out.entries.push_back({document.entryUuid, document.documentUniqueId, document.sha1, document.size});
        net::MtomAttachment attachment;
        attachment.contentId = document.contentId.toLatin1();
        attachment.contentType = document.mimeType.toLatin1();
        attachment.bytes = document.bytes;
        out.attachments.push_back(attachment);
    }
    return out;
}

} // namespace naru::services
