// One request on one fresh libcurl handle. Internal to core/net.
#pragma once

#include "core/net/CurlFailure.h"
#include "core/net/HttpClient.h"

#include <memory>

namespace naru::net {

class HttpTransfer {
public:
    enum class Method { Post, Get };
    HttpTransfer(
        const HttpRequest &request, const TlsIdentity &identity, Method method, HttpClient::Schemes schemes);
    ~HttpTransfer();
    HttpTransfer(const HttpTransfer &) = delete;
    HttpTransfer &operator=(const HttpTransfer &) = delete;

    base::Result<HttpResponse> perform(const base::WorkContext &work);

private:
    base::Status checkUrl();
    base::Status checkIdentity() const;
    void setUp();
    void setUpTls();
    void setUpHeaders();
    base::Result<HttpResponse> finish(CURLcode code);
    size_t give(char *buffer, size_t room);
    size_t take(const char *bytes, size_t count);
    size_t takeHeader(QByteArrayView line);
    bool rewind(qint64 offset);
    int beforeRequest(int localPort);

    const HttpRequest &m_request;
    const TlsIdentity &m_identity;
    const Method m_method;
    const HttpClient::Schemes m_schemes;
    CURL *m_easy = nullptr;
    curl_slist *m_headers = nullptr;
    QByteArray m_errorText{};
    TransferState m_state{};
    HttpResponse m_response{};
    base::Status m_sinkStatus{};
    bool m_headGiven = false;
    std::vector<int> m_sockets{}; // opened for this transfer (several with IPv4 and IPv6)
    std::size_t m_piece = 0; // next body piece and the place in it
    qsizetype m_offset = 0;
    qint64 m_bodyBytes = 0;
};

} // namespace naru::net
