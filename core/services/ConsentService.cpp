#include "core/services/ConsentService.h"

#include "core/base/Digest.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/write/CdaWriter.h"
#include "core/ihe/iti18/Iti18.h"
#include "core/ihe/iti43/Iti43.h"
#include "core/services/ConsentMapping.h"
#include "core/services/DocumentRows.h"
#include "core/services/Errors.h"
#include "core/services/Sending.h"

#include <optional>
#include <set>

namespace naru::services {

namespace {
consent::SignerDetails signerOf(const ConsentAct &act, const clinical::Patient &patient)
{
    const bool self = act.signer == clinical::ConsentStatement::Signer::Self;
    return {act.signer, self && act.signerName.isEmpty() ? patient.name : act.signerName,
        self && act.signerPhone.isEmpty() ? patient.phone : act.signerPhone, act.signerRelation,
        act.identityCheck, act.signerReason};
}

base::Result<clinical::ConsentStatement> statementFor(const ConsentAct &act, clinical::Programme programme,
    const clinical::Patient &patient, const Profile::Internals &m, bool withdrawal)
{
    if (withdrawal) {
        consent::WithdrawalRequest request;
        request.programmes = {programme};
        request.signer = signerOf(act, patient);
        request.departments = act.excludedDepartments;
        request.reason = act.withdrawalReason;
        request.signaturePng = act.signaturePng;
        return consent::buildWithdrawal(request, m.nowLocal());
    }
    consent::StatementRequest request;
    request.programmes = {programme};
    request.signer = signerOf(act, patient);
    request.agreedProvision = act.agreedProvision;
    request.agreedSensitive = act.agreedSensitive;
    request.excludedDepartments = act.excludedDepartments;
    request.signaturePng = act.signaturePng;
    return consent::buildConsent(request, consentTexts(m.site, true), m.nowLocal());
}

base::Result<clinical::Document> documentFor(Profile::Internals &m, const clinical::Patient &patient,
    const clinical::ConsentStatement &statement, bool withdrawal)
{
    clinical::Document document;
    document.form = withdrawal ? clinical::Form::Withdrawal : clinical::Form::Consent;
    NARU_ASSIGN(document.id, newDocumentIdentifier(m, document.form));
    document.title = clinical::formTitleKo(document.form);
    document.effectiveTime = m.nowLocal();
    document.patient = patient;
    document.patient.residentNumber.clear();
    document.author = m.clinic().doctor;
    document.author.department = m.clinic().department;
    document.authenticator = document.author;
    document.custodian = m.clinic().institution;
    document.consent = statement;
    return document;
}
} // namespace

ConsentService::ConsentService(Profile::Internals &internals)
    : m(internals)
{
}

std::vector<ConsentLight> ConsentService::lights(const PatientKey &patient)
{
    const auto stored = m.stores.consents->byPatient(patient);
    std::vector<ConsentLight> out;
    for (const consent::ProgrammeStatus &status :
        consent::statusOfAll(consentRecords(m, patient), m.today())) {
        if (!m.site.consent.programmes.contains(clinical::programmeKey(status.programme)))
            continue;
        ConsentLight light;
        light.programme = status.programme;
        light.light = lightOf(status.state);
        light.since = status.since;
        light.until = status.until;
        light.documentId = status.documentId;
        const bool given = light.light == Light::Valid || light.light == Light::ExpiringSoon;
        for (const storage::ConsentRecord &record : stored ? *stored : QList<storage::ConsentRecord>()) {
            const bool pending = record.state == storage::ConsentRecord::State::Local
                || record.state == storage::ConsentRecord::State::Queued;
            if (given && pending && record.documentUniqueId == status.documentId)
                light.light = Light::PendingRegistration;
        }
        out.push_back(light);
    }
    return out;
}

std::vector<clinical::ConsentStatement> ConsentService::history(const PatientKey &patient)
{
    std::vector<clinical::ConsentStatement> out;
    if (const auto records = m.stores.consents->byPatient(patient)) {
        for (const storage::ConsentRecord &record : *records)
            out.push_back(record.statement);
    }
    return out;
}

std::vector<ConsentText> ConsentService::texts(const QString &language)
{
    const consent::ConsentTexts texts = consentTexts(m.site, language != QLatin1String("en"));
    std::vector<ConsentText> out;
    for (auto it = texts.programmes.cbegin(); it != texts.programmes.cend(); ++it) {
        ConsentText text;
        text.programme = it.key();
        text.title = it->title;
        text.recipient = it->recipient;
        text.purpose = it->purpose;
        text.items = it->items;
        text.refusal = it->refusal;
        text.version = texts.version;
        if (texts.validityMonths > 0)
            text.validUntil =
                base::Timestamp::fromDate(m.today().addMonths(texts.validityMonths).addDays(-1));
        text.period = QString(it->period).replace(QLatin1String("{{until}}"), text.validUntil.toDisplay());
        out.push_back(text);
    }
    return out;
}

bool ConsentService::partialAllowed() const
{
    return m.site.consent.partial;
}

std::vector<clinical::Department> ConsentService::sensitiveDepartments() const
{
    return m.site.consent.sensitiveDepartments;
}

std::vector<clinical::RuleProblem> ConsentService::check(const ConsentAct &act, bool withdrawal)
{
    std::vector<clinical::RuleProblem> out;
    const auto patient = m.patient(act.patient);
    if (!patient)
        return {{QStringLiteral("consent.patient"), clinical::RuleProblem::Severity::Error,
            QStringLiteral("patient"), {}, QStringLiteral("환자를 찾을 수 없습니다"),
            QStringLiteral("There is no such patient")}};
    std::set<QString> seen;
    for (const clinical::Programme programme : act.programmes) {
        const auto statement = statementFor(act, programme, *patient, m, withdrawal);
        if (!statement)
            continue; // a programme without text is refused by give()
        for (const consent::StatementProblem &problem :
            consent::checkStatement(*statement, *patient, consentTexts(m.site, true), m.today())) {
            if (seen.insert(problem.code).second)
                out.push_back(
                    {QStringLiteral("consent.") + problem.code, clinical::RuleProblem::Severity::Error,
                        problem.field, {}, problem.messageKo, problem.messageEn});
        }
    }
    if (act.programmes.empty())
        out.push_back({QStringLiteral("consent.programme"), clinical::RuleProblem::Severity::Error,
            QStringLiteral("programmes"), {}, QStringLiteral("동의할 항목을 고르십시오"),
            QStringLiteral("Choose what is agreed to")});
    return out;
}

namespace {
base::Result<std::vector<OutboxId>> perform(
    Profile::Internals &m, ConsentService &self, const ConsentAct &act, bool withdrawal)
{
    const auto problems = self.check(act, withdrawal);
    if (!problems.empty())
        return base::Error(errors::ConsentIncomplete, {}, {{QStringLiteral("what"), problems.front().rule}});
    NARU_ASSIGN(const clinical::Patient patient, m.patient(act.patient));
    NARU_ASSIGN(const clinical::Identifier exchangeId, exchangeIdIfReachable(m, act.patient));
    std::vector<OutboxId> out;
    const base::Status done = m.stores.database->inTransaction([&]() -> base::Status {
        for (const clinical::Programme programme : act.programmes) {
            NARU_ASSIGN(const clinical::ConsentStatement statement,
                statementFor(act, programme, patient, m, withdrawal));
            SendRequest request;
            NARU_ASSIGN(request.document, documentFor(m, patient, statement, withdrawal));
            NARU_ASSIGN(request.bytes, cda::writeDocument(request.document, writeProfile(m.site)));
            request.patient = act.patient;
            request.kind = withdrawal ? storage::OutboxKind::Withdrawal : storage::OutboxKind::Consent;
            request.hold = false;
            request.keepDocumentForRecall = false;
            // Order matters: a withdrawal may not overtake the consent it takes back.
            request.dependsOn = pendingConsentItem(m, act.patient);
            NARU_ASSIGN(const OutboxId id, queue(m, request, exchangeId));
            storage::ConsentRecord record;
            record.patientKey = act.patient;
            record.withdrawal = withdrawal;
            record.state = storage::ConsentRecord::State::Queued;
            record.statement = statement;
            record.documentUniqueId = request.document.id.root;
            record.outboxId = id;
            NARU_ASSIGN(const QString recordId, m.stores.consents->add(record));
            NARU_ASSIGN([[maybe_unused]] const qint64 row,
                m.stores.audit->append(m.events().consent(
                    withdrawal ? QStringLiteral("consent.withdraw") : QStringLiteral("consent.give"),
                    act.patient, recordId, act.withdrawalReason)));
            out.push_back(id);
        }
        return {};
    });
    NARU_TRY(done);
    m.changed(Change::Consents);
    m.changed(Change::Outbox);
    return out;
}
} // namespace

base::Result<std::vector<OutboxId>> ConsentService::give(const ConsentAct &act)
{
    return perform(m, *this, act, false);
}

base::Result<std::vector<OutboxId>> ConsentService::withdraw(const ConsentAct &act)
{
    return perform(m, *this, act, true);
}

base::Status ConsentService::refresh(const PatientKey &patient, const base::WorkContext &work)
{
    const AuditSubject subject(patient);
    NARU_ASSIGN(const clinical::Patient here, m.patient(patient));
    NARU_ASSIGN(const clinical::Identifier exchangeId, exchangeIdOf(m, patient, work));
    const ihe::FormCodes *codes = m.site.form(clinical::Form::Consent);
    if (!codes)
        return {};
    ihe::FindDocuments find;
    find.patientId = exchangeId;
    find.classCodes = {codes->classCode};
    NARU_ASSIGN(
        const ihe::QueryAnswer answer, m.caller->run<ihe::Iti18>(m.site.registry, find.toQuery(), work));
    NARU_ASSIGN(const auto known, m.stores.consents->byPatient(patient));
    std::optional<base::Error> unread;
    std::set<QString> knownIds;
    for (const storage::ConsentRecord &record : known)
        knownIds.insert(record.documentUniqueId);
    for (const ihe::DocumentEntry &entry : answer.content.documents) {
        const ihe::RepositoryEndpoint *repository = m.site.repository(entry.repositoryUniqueId);
        if (knownIds.count(entry.uniqueId) || (!entry.patientId.isEmpty() && entry.patientId != exchangeId))
            continue;
        if (!repository) {
            unread = base::Error(errors::NoRepository);
            continue;
        }
        NARU_ASSIGN(const ihe::RetrieveAllAnswer retrieved,
            ihe::retrieveAll(*m.caller, *repository, {{entry.repositoryUniqueId, entry.uniqueId, {}}}, work));
        for (const ihe::RetrievedDocument &document : retrieved.documents) {
            // What cannot be read may be a withdrawal: lights that leave it out would be wrong, so the
            // failure is told.
            const auto read = cda::readDocument(document.bytes);
            const bool whole = document.state == ihe::RetrievedDocument::State::Received
                && (entry.hash.isEmpty() || entry.hash.toLower() == base::sha1Hex(document.bytes));
            if (!whole || !read || !read->document.consent) {
                unread = whole && !read ? read.error() : base::Error(errors::ContentMismatch);
                continue;
            }
            if (namesSomebodyElse(here, read->document.patient)) {
                unread = base::Error(errors::OtherPatient);
                continue;
            }
            storage::ConsentRecord record;
            record.patientKey = patient;
            record.statement = *read->document.consent;
            record.withdrawal = consent::isWithdrawal(record.statement);
            record.state = storage::ConsentRecord::State::Registered;
            record.documentUniqueId = entry.uniqueId;
            NARU_ASSIGN([[maybe_unused]] const QString id, m.stores.consents->add(record));
        }
    }
    m.changed(Change::Consents);
    return unread ? base::Status(*unread) : base::Status();
}

ConsentService::WithdrawalEffect ConsentService::withdrawalEffect(const PatientKey &patient)
{
    WithdrawalEffect out;
    std::set<QString> places;
    if (const auto documents = m.stores.documents->byPatient(patient)) {
        for (const storage::StoredDocument &document : *documents) {
            if (document.direction == storage::StoredDocument::Direction::Retrieved) {
                ++out.copiesFetched;
                places.insert(document.repositoryUniqueId);
            }
        }
    }
    out.institutions = int(places.size());
    return out;
}

} // namespace naru::services
