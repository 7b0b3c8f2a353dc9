#include "core/ihe/Caller.h"

#include "core/base/Oid.h"
#include "core/ihe/AnswerCollector.h"
#include "core/ihe/Errors.h"
#include "core/ihe/soap/Soap.h"
#include "core/net/HttpClient.h"

#include <optional>

namespace naru::ihe {

namespace {
base::Error maybeSent(base::Error error)
{
    if (!error.arguments.contains(QStringLiteral("sent")))
        error.with(QStringLiteral("sent"), QStringLiteral("maybe"));
    return error;
}

// An answer with an error status: its SOAP fault, or the status alone.
base::Error refusal(const net::HttpResponse &response, const QString &url)
{
    base::Error status = response.requireSuccess(url).error();
    AnswerCollector collector(response.head.contentType, false, nullptr, 0);
    if (!collector.feed(response.body))
        return status;
    base::Result<Received> received = collector.finish();
    if (!received)
        return status;
    base::Result<SoapReply> reply = readEnvelope(received->root);
    if (!reply || !reply->fault)
        return status;
    base::Error fault = checkReply(*reply, {}, {}).error();
    fault.with(QStringLiteral("status"), QString::number(response.head.status));
    return fault.because(std::move(status));
}

// 12: no answer at all; 8: an answer that was no success.
int outcomeOf(const base::Error &error)
{
    return std::string_view(error.code.id).substr(0, 4) == "ihe." ? 8 : 12;
}
} // namespace

Caller::Caller(CallerSettings settings)
    : m_settings(std::move(settings))
    , m_http(m_settings.tls)
{
}

base::Error Caller::notSent(base::Error error)
{
    error.with(QStringLiteral("sent"), QStringLiteral("no"));
    return error;
}

Caller::Call Caller::begin(const TransactionInfo &info, const Endpoint &endpoint) const
{
    return {&info, &endpoint, base::newUuidUrn(), m_settings.clock->nowUtc()};
}

base::Result<Received> Caller::transport(
    const Call &call, const Outgoing &outgoing, BodySink *sink, const base::WorkContext &work) const
{
    const TransactionInfo &info = *call.info;
    const QByteArray action(info.action);
    SoapHeader header{QString::fromLatin1(action), call.endpoint->url, call.messageId, {}};
    if (m_settings.security) {
        base::Result<QByteArray> security = m_settings.security(*call.endpoint, header.action);
        if (!security)
            return notSent(security.error());
        header.security = std::move(*security);
    }
    const QByteArray envelope = writeEnvelope(header, outgoing.body);
    net::HttpRequest request;
    request.url = call.endpoint->url;
    request.limits.totalSeconds = call.endpoint->timeoutSeconds;
    request.limits.connectSeconds = qMin(10, call.endpoint->timeoutSeconds);
    request.limits.responseBytes = info.bigAnswer ? m_settings.documentBytes : m_settings.answerBytes;
    if (info.mtom) {
        const QByteArray boundary = outgoing.boundary.isEmpty() ? net::freshBoundary() : outgoing.boundary;
        net::MtomMessage message = net::writeMtom(envelope, outgoing.attachments, action, boundary);
        request.contentType = message.contentType;
        request.body = std::move(message.body);
    } else {
        request.contentType = "application/soap+xml; charset=UTF-8; action=\"" + action + '"';
        request.body = {envelope};
    }
    std::optional<AnswerCollector> collector;
    request.onHead = [&](const net::HttpHead &head) {
        collector.emplace(head.contentType, info.bigAnswer, sink, m_settings.memoryBytes);
        return base::Status{};
    };
    request.onData = [&](QByteArrayView bytes) { return collector->feed(bytes); };
    const base::Result<net::HttpResponse> response = m_http.post(request, work);
    if (!response)
        return response.error();
    if (!response->success())
        return maybeSent(refusal(*response, call.endpoint->url));
    if (!collector)
        return maybeSent(base::Error(errors::Empty, QStringLiteral("no bytes")));
    base::Result<Received> received = collector->finish();
    if (!received)
        return maybeSent(received.error());
    received->messageId = call.messageId;
    received->answerAction = QString::fromLatin1(info.answerAction);
    return received;
}

void Caller::report(const Call &call, std::vector<TransactionRecord> records, const base::Error *error) const
{
    if (!m_settings.audit)
        return;
    if (records.empty())
        records.emplace_back();
    for (TransactionRecord &record : records) {
        record.transaction = QString::fromLatin1(call.info->number);
        record.kind = call.info->kind;
        record.action = call.info->auditAction;
        record.endpoint = call.endpoint->url;
        record.messageId = call.messageId;
        record.startedUtc = call.startedUtc;
        record.endedUtc = m_settings.clock->nowUtc();
        if (error) {
            record.outcome = outcomeOf(*error);
            record.outcomeText = error->toString();
        }
        m_settings.audit->transaction(record);
    }
}

} // namespace naru::ihe
