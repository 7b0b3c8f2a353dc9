#include "core/ihe/iti57/Iti57.h"

#include "core/base/Oid.h"
#include "core/ihe/Errors.h"
#include "core/ihe/ebxml/EbXml.h"
#include "core/ihe/metadata/MetadataRules.h"

namespace naru::ihe {

const TransactionInfo Iti57::info{"ITI-57", "urn:ihe:iti:2010:UpdateDocumentSet",
    "urn:ihe:iti:2010:UpdateDocumentSetResponse", false, false, false, TransactionRecord::Kind::Export, 'U'};

base::Result<FrozenSubmission> prepare(StatusUpdate update)
{
    if (update.from == Availability::Unknown || update.to == Availability::Unknown
        || update.from == update.to)
        return base::Error(errors::Metadata, QStringLiteral("no change of status"),
            {{QStringLiteral("field"), QStringLiteral("availabilityStatus")},
                {QStringLiteral("what"), QStringLiteral("does not change")}});
    completeSet(update.set);
    Association change;
    change.entryUuid = base::newUuidUrn();
    change.type = Association::Type::UpdateAvailability;
    change.source = update.set.entryUuid;
    change.target = update.entryUuid;
    change.extraSlots = {{QStringLiteral("OriginalStatus"), {availabilityUrn(update.from)}},
        {QStringLiteral("NewStatus"), {availabilityUrn(update.to)}}};
    RegistryContent content;
    content.submissionSets.push_back(update.set);
    content.associations.push_back(change);
    NARU_TRY(requireValidSubmission(content));
    FrozenSubmission out;
    out.submissionSetUniqueId = update.set.uniqueId;
    out.submissionSetUuid = update.set.entryUuid;
    out.sourceId = update.set.sourceId;
    out.patientId = update.set.patientId;
    out.body = writeSubmitObjects(content);
    return out;
}

base::Status Iti57::validate(const Question &question)
{
    // A frozen ITI-41 request in the wrong hands is not sent as something else.
    if (!question.body.startsWith("<lcm:SubmitObjectsRequest") || !question.entries.empty()
        || !question.attachments.empty())
        return base::Error(errors::Frozen, QStringLiteral("not an update"),
            {{QStringLiteral("what"), QStringLiteral("not an update")}});
    return {};
}

base::Result<Outgoing> Iti57::encode(const Question &question)
{
    return Outgoing{question.body, {}, {}};
}

base::Result<SubmitAnswer> Iti57::decode(const Question &question, Received &&received)
{
    return Iti41::decode(question, std::move(received)); // both end in a RegistryResponse
}

std::vector<TransactionRecord> Iti57::audit(const Question &question, const Answer *answer)
{
    return Iti41::audit(question, answer);
}

Delivery deliverUpdate(const Caller &caller, const Endpoint &registry, const FrozenSubmission &frozen,
    const base::WorkContext &work)
{
    return judge(caller.run<Iti57>(registry, frozen, work));
}

} // namespace naru::ihe
