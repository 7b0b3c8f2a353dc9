#include "core/services/ConsentMapping.h"

#include "core/services/Errors.h"

namespace naru::services {

consent::ConsentTexts consentTexts(const ihe::SiteProfile &site, bool korean)
{
    consent::ConsentTexts out;
    out.version = site.consent.textVersion;
    out.validityMonths = site.consent.validityMonths;
    out.partialAllowed = site.consent.partial;
    out.sensitiveDepartments = site.consent.sensitiveDepartments;
    for (const clinical::Programme programme :
        {clinical::Programme::Exchange, clinical::Programme::ReferralReturn, clinical::Programme::Imaging}) {
        const auto found = site.consent.programmes.constFind(clinical::programmeKey(programme));
        if (found == site.consent.programmes.constEnd())
            continue;
        out.programmes.insert(programme,
            {found->title.of(korean), found->recipient.of(korean), found->purpose.of(korean),
                found->items.of(korean), found->period.of(korean), found->refusal.of(korean)});
    }
    return out;
}

std::vector<consent::ConsentRecord> consentRecords(Profile::Internals &in, const PatientKey &patient)
{
    std::vector<consent::ConsentRecord> out;
    const auto stored = in.stores.consents->byPatient(patient);
    if (!stored)
        return out;
    for (const storage::ConsentRecord &record : *stored) {
        if (record.state == storage::ConsentRecord::State::Refused)
            continue;
        out.push_back(
            {record.statement, record.documentUniqueId, base::Timestamp::fromDateTime(record.created)});
    }
    return out;
}

Light lightOf(consent::ConsentState state)
{
    switch (state) {
    case consent::ConsentState::Valid:
        return Light::Valid;
    case consent::ConsentState::ExpiringSoon:
        return Light::ExpiringSoon;
    case consent::ConsentState::Expired:
        return Light::Expired;
    case consent::ConsentState::Withdrawn:
        return Light::Withdrawn;
    case consent::ConsentState::None:
        break;
    }
    return Light::None;
}

base::Status mayLeave(Profile::Internals &in, const PatientKey &patient, const clinical::Document &document)
{
    if (document.form == clinical::Form::Consent || document.form == clinical::Form::Withdrawal)
        return {};
    consent::ShareRequest request;
    request.programme = clinical::Programme::Exchange;
    request.today = in.today();
    request.departmentCode = document.author.department.code;
    request.recipientOid =
        document.recipients.empty() ? QString() : document.recipients.front().institution.oid;
    request.exception = document.exception;
    const std::vector<consent::ConsentRecord> records = consentRecords(in, patient);
    consent::Decision decision = consent::mayShare(request, records);
    // Where the exchange asks for the images apart, they need that answer as well.
    if (decision.allowed && !document.images.empty()
        && in.site.consent.programmes.contains(programmeKey(clinical::Programme::Imaging))) {
        request.programme = clinical::Programme::Imaging;
        decision = consent::mayShare(request, records);
    }
    if (decision.allowed)
        return {};
    return base::Error(errors::NoConsent, {}, {{QStringLiteral("reason"), decision.reason}});
}

} // namespace naru::services
