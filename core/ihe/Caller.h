// Runs any transaction: validate, encode, send, decode, and audit on every path, failure and stop included.
// Thread-safe; give each thread the same Caller. A transaction T offers (see iti18/Iti18.h for the smallest):
//   static const TransactionInfo info;  using Question; using Answer;
//   static Status validate(const Question &);              pure
//   static Result<Outgoing> encode(const Question &);      pure
//   static Result<Answer> decode(const Question &, Received &&);   pure
//   static std::vector<TransactionRecord> audit(const Question &, const Answer *);   what only T knows;
//   nullptr: failed static BodySink *sink(const Question &);               only when info.bigAnswer; may be
//   nullptr
// Errors: those of net::HttpClient (argument "sent") and of errors.tsv. net::certainlyNotSent(error) tells
// whether the peer can have seen anything; errors before sending say so as well.
#pragma once

#include "core/base/Clock.h"
#include "core/base/WorkContext.h"
#include "core/ihe/Exchange.h"
#include "core/ihe/TransactionInfo.h"
#include "core/ihe/site/SiteProfile.h"
#include "core/net/HttpClient.h"

#include <functional>

namespace naru::ihe {

struct CallerSettings {
    net::TlsIdentity tls{};
    AuditListener *audit = nullptr; // must outlive the Caller; nullptr only in tests
    base::ClockPtr clock = std::make_shared<base::SystemClock>();
    // wsse:Security element for an endpoint and action (XUA); absent: no security header. Never
    // XOP-optimised.
    std::function<base::Result<QByteArray>(const Endpoint &, const QString &action)> security{};
    qint64 answerBytes = 192LL * 1024 * 1024; // budget of answers without documents
    qint64 documentBytes = 4LL * 1024 * 1024 * 1024; // budget of answers with documents
    qint64 memoryBytes = 512LL * 1024 * 1024; // of documents kept in memory because no sink was given
};

class Caller {
public:
    explicit Caller(CallerSettings settings);

    template <class T>
    base::Result<typename T::Answer> run(const Endpoint &endpoint, const typename T::Question &question,
        const base::WorkContext &work = {}) const
    {
        Call call = begin(T::info, endpoint);
        base::Result<typename T::Answer> answer = exchange<T>(call, question, work);
        report(call, T::audit(question, answer.ok() ? &*answer : nullptr),
            answer.ok() ? nullptr : &answer.error());
        return answer;
    }

    const CallerSettings &settings() const { return m_settings; }

private:
    struct Call {
        const TransactionInfo *info = nullptr;
        const Endpoint *endpoint = nullptr;
        QString messageId{};
        QDateTime startedUtc{};
    };

    template <class T>
    base::Result<typename T::Answer> exchange(
        const Call &call, const typename T::Question &question, const base::WorkContext &work) const
    {
        if (base::Status valid = T::validate(question); !valid)
            return notSent(valid.error());
        base::Result<Outgoing> outgoing = T::encode(question);
        if (!outgoing)
            return notSent(outgoing.error());
        BodySink *sink = nullptr;
        if constexpr (requires { T::sink(question); })
            sink = T::sink(question);
        base::Result<Received> received = transport(call, *outgoing, sink, work);
        if (!received)
            return received.error();
        return T::decode(question, std::move(*received));
    }

    Call begin(const TransactionInfo &info, const Endpoint &endpoint) const;
    base::Result<Received> transport(
        const Call &call, const Outgoing &outgoing, BodySink *sink, const base::WorkContext &work) const;
    void report(const Call &call, std::vector<TransactionRecord> records, const base::Error *error) const;
    static base::Error notSent(base::Error error);

    CallerSettings m_settings{};
    net::HttpClient m_http;
};

} // namespace naru::ihe
