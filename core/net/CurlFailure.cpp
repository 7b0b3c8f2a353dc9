#include "core/net/CurlFailure.h"

#include "core/base/Errors.h"
#include "core/net/Errors.h"

namespace naru::net {

namespace {
base::ErrorCode codeOf(CURLcode code, const TransferState &state)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return errors::Dns;
    case CURLE_COULDNT_CONNECT:
        return errors::Refused;
    case CURLE_OPERATION_TIMEDOUT:
        return errors::Timeout;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        return errors::TlsTrust;
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CACERT_BADFILE:
        return errors::Identity;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CIPHER:
    case CURLE_USE_SSL_FAILED:
        return errors::TlsFailed;
    case CURLE_SSL_CLIENTCERT:
        return errors::TlsClientRefused;
    case CURLE_PARTIAL_FILE:
        return errors::Truncated;
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
        return errors::Reset;
    case CURLE_RECV_ERROR:
        return state.answered ? errors::Truncated : errors::Reset;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
        return errors::BadUrl;
    default:
        return errors::Failed;
    }
}
} // namespace

QString clientCertificateAlert(const QByteArray &text)
{
    // OpenSSL names alerts of the peer "... alert <description>" (RFC 8446 6.2).
    static const char *const refusals[] = {"alert bad certificate", "alert unsupported certificate",
        "alert certificate revoked", "alert certificate expired", "alert certificate unknown",
        "alert unknown ca", "alert access denied", "alert certificate required", "alert no certificate"};
    for (const char *refusal : refusals) {
        if (text.contains(refusal))
            return QString::fromLatin1(refusal + 6);
    }
    return {};
}

base::Error curlFailure(CURLcode code, const QByteArray &text, const TransferState &state)
{
    QString alert = clientCertificateAlert(text);
    if (state.refusedAfterHandshake)
        alert = QStringLiteral("TLS alert after the handshake");
    base::ErrorCode meaning = codeOf(code, state);
    if (state.stopped)
        meaning = base::errors::Stopped;
    else if (state.tooLarge)
        meaning = errors::TooLarge;
    else if (!alert.isEmpty() && !state.answered)
        meaning = errors::TlsClientRefused;
    base::Error error(meaning, QString::fromUtf8(text));
    error.with(QStringLiteral("host"), state.host);
    error.with(QStringLiteral("what"), alert.isEmpty() ? QString::fromUtf8(text) : alert);
    if (state.tooLarge)
        error.with(QStringLiteral("limit"), QString::number(state.limit));
    // Under TLS 1.3 our first data may leave before the server has looked at our certificate; a server that
    // then refuses the handshake never hands it to the application (RFC 8446 4.4.2.4), so nothing was
    // processed.
    const bool maybe = state.bodyStarted && meaning.id != std::string_view(errors::TlsClientRefused.id);
    error.with(QStringLiteral("sent"), maybe ? QStringLiteral("maybe") : QStringLiteral("no"));
    return error;
}

} // namespace naru::net
