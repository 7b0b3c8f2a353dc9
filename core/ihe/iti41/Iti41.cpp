#include "core/ihe/iti41/Iti41.h"

#include "core/base/Digest.h"
#include "core/ihe/Errors.h"
#include "core/ihe/ebxml/EbXml.h"

namespace naru::ihe {

const TransactionInfo Iti41::info{"ITI-41", "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b",
    "urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse", true, false, false,
    TransactionRecord::Kind::Export, 'R'};

base::Status Iti41::validate(const Question &question)
{
    const bool whole = !question.body.isEmpty() && !question.boundary.isEmpty() && !question.entries.empty()
        && question.entries.size() == question.attachments.size();
    if (!whole)
        return base::Error(errors::Frozen, QStringLiteral("incomplete"),
            {{QStringLiteral("what"), QStringLiteral("incomplete")}});
    for (std::size_t i = 0; i < question.entries.size(); ++i) {
        if (base::sha1Hex(question.attachments[i].bytes) != question.entries[i].hash)
            return base::Error(errors::Frozen, QStringLiteral("a document changed"),
                {{QStringLiteral("what"), QStringLiteral("hash")}});
    }
    return {};
}

base::Result<Outgoing> Iti41::encode(const Question &question)
{
    return Outgoing{question.body, question.attachments, question.boundary};
}

base::Result<SubmitAnswer> Iti41::decode(const Question &, Received &&received)
{
    NARU_ASSIGN(RegistryAnswer answer, readRegistryAnswer(received.root));
    NARU_TRY(checkReply(answer.soap, received.messageId, received.answerAction));
    if (answer.soap.body.name != QLatin1String("RegistryResponse")
        || answer.response.status == RegistryResponse::Status::Missing)
        return base::Error(errors::Answer, QStringLiteral("no RegistryResponse with a known status"),
            {{QStringLiteral("what"), QStringLiteral("RegistryResponse")}});
    return SubmitAnswer{
        std::move(answer.response), received.deviations + answer.deviations + answer.soap.deviations};
}

std::vector<TransactionRecord> Iti41::audit(const Question &question, const Answer *answer)
{
    TransactionRecord record;
    record.patientIds = {question.patientId.toCx()};
    record.objects.push_back(
        {TransactionRecord::Object::Kind::SubmissionSet, question.submissionSetUniqueId, {}, {}});
    for (const FrozenSubmission::Entry &entry : question.entries)
        record.objects.push_back({TransactionRecord::Object::Kind::Document, entry.uniqueId, {}, {}});
    if (answer && answer->response.status != RegistryResponse::Status::Success) {
        record.outcome = 8;
        record.outcomeText = answer->response.codes();
    }
    return {record};
}

namespace {
// A complete answer that is no success. Anything that smells of "already there" has to be looked up first.
Delivery judgeRefusal(const RegistryResponse &response)
{
    Delivery out;
    out.response = response;
    out.state = Delivery::State::Rejected;
    bool onlyBusy = response.hasErrors();
    for (const RegistryError &error : response.errors) {
        if (error.warning)
            continue;
        const XdsErrorMeaning meaning = xdsErrorMeaning(error.code);
        if (meaning.advice == XdsErrorMeaning::Advice::Verify)
            out.state = Delivery::State::Unknown;
        onlyBusy = onlyBusy && meaning.advice == XdsErrorMeaning::Advice::Retry;
    }
    if (response.status != RegistryResponse::Status::Failure) // part of it was registered
        out.state = Delivery::State::Unknown;
    out.retryLater = onlyBusy && out.state == Delivery::State::Rejected;
    return out;
}
} // namespace

Delivery judge(const base::Result<SubmitAnswer> &result)
{
    Delivery out;
    if (!result) {
        out.error = result.error();
        out.state = net::certainlyNotSent(result.error()) ? Delivery::State::DefiniteNotSent
                                                          : Delivery::State::Unknown;
        return out;
    }
    if (result->response.status != RegistryResponse::Status::Success)
        out = judgeRefusal(result->response);
    else
        out.state = Delivery::State::Accepted;
    out.response = result->response;
    out.deviations = result->deviations;
    return out;
}

Delivery deliver(const Caller &caller, const Endpoint &repository, const FrozenSubmission &frozen,
    const base::WorkContext &work)
{
    return judge(caller.run<Iti41>(repository, frozen, work));
}

Delivery deliver(const Caller &caller, const RepositoryEndpoint &repository, const FrozenSubmission &frozen,
    const base::WorkContext &work)
{
    Endpoint endpoint = repository;
    if (!repository.submitUrl.isEmpty())
        endpoint.url = repository.submitUrl;
    return deliver(caller, endpoint, frozen, work);
}

} // namespace naru::ihe
