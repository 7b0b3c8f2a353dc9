#include "core/net/HttpTransfer.h"

#include "core/base/Errors.h"
#include "core/net/Errors.h"
#include "core/net/SigpipeGuard.h"

#include <QFile>
#include <QFileInfo>
#include <QUrl>
#include <arpa/inet.h>
#include <cstring>
#include <mutex>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>

namespace naru::net {

namespace {
constexpr qint64 errorBodyLimit =
    1024 * 1024; // of an answer that is not 2xx while a sink waits for documents

void initialiseOnce()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

base::Error withSent(base::Error error, const char *sent)
{
    error.with(QStringLiteral("sent"), QString::fromLatin1(sent));
    return error;
}

base::Error badFile(const QString &what, const QString &file)
{
    return withSent(base::Error(errors::Identity, what + QStringLiteral(" cannot be read: ") + file,
                        {{QStringLiteral("what"), what + QStringLiteral(" ") + file}}),
        "no");
}

curl_blob blobOf(QByteArrayView bytes)
{
    return {const_cast<char *>(bytes.data()), std::size_t(bytes.size()), CURL_BLOB_COPY};
}
} // namespace

HttpTransfer::HttpTransfer(
    const HttpRequest &request, const TlsIdentity &identity, Method method, HttpClient::Schemes schemes)
    : m_request(request)
    , m_identity(identity)
    , m_method(method)
    , m_schemes(schemes)
    , m_errorText(CURL_ERROR_SIZE, '\0')
{
    for (const QByteArray &piece : request.body)
        m_bodyBytes += piece.size();
}

HttpTransfer::~HttpTransfer()
{
    curl_slist_free_all(m_headers);
    if (m_easy)
        curl_easy_cleanup(m_easy);
}

base::Status HttpTransfer::checkUrl()
{
    const QUrl url(m_request.url, QUrl::StrictMode);
    m_state.host = url.host();
    const bool known = url.scheme() == QLatin1String("https")
        || (m_schemes == HttpClient::Schemes::AlsoHttp && url.scheme() == QLatin1String("http"));
    if (url.isValid() && known && !url.host().isEmpty() && url.userInfo().isEmpty())
        return {};
    return withSent(base::Error(errors::BadUrl, QStringLiteral("not an https address"),
                        {{QStringLiteral("what"), m_request.url}}),
        "no");
}

base::Status HttpTransfer::checkIdentity() const
{
    struct Item {
        const char *what;
        const QString &file;
        bool inMemory;
    };
    for (const Item &item : {Item{"CA file", m_identity.caFile, !m_identity.caPem.isEmpty()},
             Item{"certificate", m_identity.certificateFile, !m_identity.certificatePem.isEmpty()},
             Item{"key", m_identity.keyFile, m_identity.keyPem != nullptr}}) {
        if (!item.inMemory && !item.file.isEmpty() && !QFileInfo(item.file).isReadable())
            return badFile(QString::fromLatin1(item.what), item.file);
    }
    return {};
}

void HttpTransfer::setUp()
{
    const auto readBody = [](char *buffer, size_t size, size_t count, void *self) -> size_t {
        return static_cast<HttpTransfer *>(self)->give(buffer, size * count);
    };
    const auto seekBody = [](void *self, curl_off_t offset, int origin) -> int {
        return origin == SEEK_SET && static_cast<HttpTransfer *>(self)->rewind(offset)
            ? CURL_SEEKFUNC_OK
            : CURL_SEEKFUNC_CANTSEEK;
    };
    const auto writeBody = [](char *bytes, size_t size, size_t count, void *self) -> size_t {
        return static_cast<HttpTransfer *>(self)->take(bytes, size * count);
    };
    const auto writeHeader = [](char *bytes, size_t size, size_t count, void *self) -> size_t {
        return static_cast<HttpTransfer *>(self)->takeHeader({bytes, qsizetype(size * count)});
    };
    curl_easy_setopt(m_easy, CURLOPT_URL, m_request.url.toUtf8().constData());
    curl_easy_setopt(
        m_easy, CURLOPT_PROTOCOLS_STR, m_schemes == HttpClient::Schemes::AlsoHttp ? "https,http" : "https");
    curl_easy_setopt(m_easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(m_easy, CURLOPT_PROXY, "");
    curl_easy_setopt(m_easy, CURLOPT_NETRC, long(CURL_NETRC_IGNORED));
    curl_easy_setopt(m_easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(m_easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(m_easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(m_easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(m_easy, CURLOPT_HTTP_VERSION, long(CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(m_easy, CURLOPT_ERRORBUFFER, m_errorText.data());
    curl_easy_setopt(m_easy, CURLOPT_CONNECTTIMEOUT, long(m_request.limits.connectSeconds));
    curl_easy_setopt(m_easy, CURLOPT_TIMEOUT, long(m_request.limits.totalSeconds));
    curl_easy_setopt(m_easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(m_easy, CURLOPT_LOW_SPEED_TIME, long(m_request.limits.stallSeconds));
    if (m_method == Method::Post) {
        curl_easy_setopt(m_easy, CURLOPT_POST, 1L);
        curl_easy_setopt(m_easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(m_bodyBytes));
    } else {
        curl_easy_setopt(m_easy, CURLOPT_HTTPGET, 1L);
    }
    curl_easy_setopt(m_easy, CURLOPT_READFUNCTION, +readBody);
    curl_easy_setopt(m_easy, CURLOPT_READDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_SEEKFUNCTION, +seekBody);
    curl_easy_setopt(m_easy, CURLOPT_SEEKDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_WRITEFUNCTION, +writeBody);
    curl_easy_setopt(m_easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_HEADERFUNCTION, +writeHeader);
    curl_easy_setopt(m_easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_UPLOAD_BUFFERSIZE, 256L * 1024);
    const auto opened = [](void *self, curl_socket_t socket, curlsocktype) -> int {
        static_cast<HttpTransfer *>(self)->m_sockets.push_back(socket);
        return CURL_SOCKOPT_OK;
    };
    const auto connected = [](void *self, char *, char *, int, int localPort) -> int {
        return static_cast<HttpTransfer *>(self)->beforeRequest(localPort);
    };
    curl_easy_setopt(m_easy, CURLOPT_SOCKOPTFUNCTION, +opened);
    curl_easy_setopt(m_easy, CURLOPT_SOCKOPTDATA, this);
    curl_easy_setopt(m_easy, CURLOPT_PREREQFUNCTION, +connected);
    curl_easy_setopt(m_easy, CURLOPT_PREREQDATA, this);
    setUpHeaders();
    setUpTls();
}

void HttpTransfer::setUpHeaders()
{
    const auto add = [this](const QByteArray &line) {
        m_headers = curl_slist_append(m_headers, line.constData());
    };
    if (m_method == Method::Post)
        add("Content-Type: " + m_request.contentType);
    add("Expect:"); // a peer that ignores it costs a second, one that hates it answers 417
    for (const auto &[name, value] : m_request.headers)
        add(name + ": " + value);
    curl_easy_setopt(m_easy, CURLOPT_HTTPHEADER, m_headers);
}

void HttpTransfer::setUpTls()
{
    curl_easy_setopt(m_easy, CURLOPT_SSLVERSION, long(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(m_easy, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!m_identity.caPem.isEmpty()) {
        curl_blob blob = blobOf(m_identity.caPem);
        curl_easy_setopt(m_easy, CURLOPT_CAINFO_BLOB, &blob);
    } else if (!m_identity.caFile.isEmpty()) {
        curl_easy_setopt(m_easy, CURLOPT_CAINFO, QFile::encodeName(m_identity.caFile).constData());
        curl_easy_setopt(m_easy, CURLOPT_CAPATH, nullptr); // the system's roots must not come in beside ours
    }
    if (!m_identity.certificatePem.isEmpty()) {
        curl_blob blob = blobOf(m_identity.certificatePem);
        curl_easy_setopt(m_easy, CURLOPT_SSLCERT_BLOB, &blob);
    } else if (!m_identity.certificateFile.isEmpty()) {
        curl_easy_setopt(m_easy, CURLOPT_SSLCERT, QFile::encodeName(m_identity.certificateFile).constData());
    }
    if (m_identity.keyPem) {
        // Not copied by libcurl: the key outlives the transfer in m_identity.
        curl_blob blob = blobOf(m_identity.keyPem->view());
        blob.flags = CURL_BLOB_NOCOPY;
        curl_easy_setopt(m_easy, CURLOPT_SSLKEY_BLOB, &blob);
    } else if (!m_identity.keyFile.isEmpty()) {
        curl_easy_setopt(m_easy, CURLOPT_SSLKEY, QFile::encodeName(m_identity.keyFile).constData());
    }
}

// Under TLS 1.3 the handshake ends for us before the server has judged our certificate. A server that refuses
// it sends an alert and closes, and the reset caused by our request would wipe the alert out: "refused" would
// look like "unknown". So we wait one round trip for the server's first record: session tickets mean yes, a
// record as short as an alert means no.
int HttpTransfer::beforeRequest(int localPort)
{
    const curl_tlssessioninfo *session = nullptr;
    curl_easy_getinfo(m_easy, CURLINFO_TLS_SSL_PTR, &session);
    if (!session || !session->internals
        || SSL_version(static_cast<SSL *>(session->internals)) < TLS1_3_VERSION)
        return CURL_PREREQFUNC_OK;
    curl_off_t tcpDone = 0;
    curl_off_t tlsDone = 0;
    curl_easy_getinfo(m_easy, CURLINFO_CONNECT_TIME_T, &tcpDone);
    curl_easy_getinfo(m_easy, CURLINFO_APPCONNECT_TIME_T, &tlsDone);
    const int patienceMs = int(qBound(curl_off_t(50), (tlsDone - tcpDone) / 1000 + 20, curl_off_t(500)));
    for (const int socket : m_sockets) {
        sockaddr_storage address{};
        socklen_t size = sizeof address;
        if (getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
            continue;
        const bool v6 = address.ss_family == AF_INET6;
        const quint16 port = ntohs(v6 ? reinterpret_cast<sockaddr_in6 *>(&address)->sin6_port
                                      : reinterpret_cast<sockaddr_in *>(&address)->sin_port);
        pollfd item{socket, POLLIN, 0};
        unsigned char head[5] = {};
        if (int(port) != localPort || ::poll(&item, 1, patienceMs) <= 0
            || recv(socket, head, sizeof head, MSG_PEEK | MSG_DONTWAIT) != ssize_t(sizeof head))
            continue;
        // RFC 8446 5.2: an encrypted alert is 2 bytes, a content type and a tag of 16 (or 8), without
        // padding.
        const int length = head[3] * 256 + head[4];
        m_state.refusedAfterHandshake = head[0] == 0x15 || (head[0] == 0x17 && length <= 19);
    }
    return m_state.refusedAfterHandshake ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

size_t HttpTransfer::give(char *buffer, size_t room)
{
    size_t given = 0;
    while (given < room && m_piece < m_request.body.size()) {
        const QByteArray &piece = m_request.body[m_piece];
        const qsizetype count = qMin(piece.size() - m_offset, qsizetype(room - given));
        std::memcpy(buffer + given, piece.constData() + m_offset, size_t(count));
        given += size_t(count);
        m_offset += count;
        if (m_offset == piece.size()) {
            ++m_piece;
            m_offset = 0;
        }
    }
    m_state.bodyStarted = m_state.bodyStarted || given > 0;
    return given;
}

bool HttpTransfer::rewind(qint64 offset)
{
    if (offset != 0)
        return false;
    m_piece = 0;
    m_offset = 0;
    return true;
}

size_t HttpTransfer::takeHeader(QByteArrayView line)
{
    m_state.answered = true;
    const QByteArray text = line.toByteArray().trimmed();
    if (text.startsWith("HTTP/")) { // also after 100 Continue
        m_response.head = {};
        m_response.head.status = text.mid(text.indexOf(' ') + 1, 3).toInt();
        return size_t(line.size());
    }
    const qsizetype colon = text.indexOf(':');
    if (colon > 0 && m_response.head.headers.size() < 256) {
        m_response.head.headers.append({text.left(colon).trimmed(), text.mid(colon + 1).trimmed()});
        m_response.head.contentType = m_response.head.header("content-type");
    }
    return size_t(line.size());
}

size_t HttpTransfer::take(const char *bytes, size_t count)
{
    m_state.answered = true;
    m_response.receivedBytes += qint64(count);
    const bool toSink = m_request.onData && m_response.success();
    m_state.limit = m_request.onData && !toSink ? qMin(errorBodyLimit, m_request.limits.responseBytes)
                                                : m_request.limits.responseBytes;
    if (m_response.receivedBytes > m_state.limit) {
        m_state.tooLarge = true;
        return 0;
    }
    if (!toSink) {
        m_response.body.append(bytes, qsizetype(count));
        return count;
    }
    if (!m_headGiven && m_request.onHead)
        m_sinkStatus = m_request.onHead(m_response.head);
    m_headGiven = true;
    if (m_sinkStatus)
        m_sinkStatus = m_request.onData({bytes, qsizetype(count)});
    return m_sinkStatus ? count : 0;
}

base::Result<HttpResponse> HttpTransfer::perform(const base::WorkContext &work)
{
    NARU_TRY(checkUrl());
    NARU_TRY(checkIdentity());
    initialiseOnce();
    const SigpipeGuard guard; // CURLOPT_NOSIGNAL leaves SIGPIPE to us
    m_easy = curl_easy_init();
    CURLM *multi = curl_multi_init();
    if (!m_easy || !multi)
        return withSent(base::Error(errors::Failed, QStringLiteral("libcurl has no memory")), "no");
    setUp();
    CURLcode code = CURLE_OK;
    {
        const std::stop_callback wake(work.stopToken(), [multi] { curl_multi_wakeup(multi); });
        curl_multi_add_handle(multi, m_easy);
        int running = 1;
        while (running > 0) {
            if (work.stopRequested()) {
                m_state.stopped = true;
                code = CURLE_ABORTED_BY_CALLBACK;
                break;
            }
            CURLMcode multiCode = curl_multi_perform(multi, &running);
            if (multiCode == CURLM_OK && running > 0)
                multiCode = curl_multi_poll(multi, nullptr, 0, 1000, nullptr);
            if (multiCode != CURLM_OK) {
                code = CURLE_FAILED_INIT;
                break;
            }
        }
    }
    int queued = 0;
    while (CURLMsg *message = curl_multi_info_read(multi, &queued)) {
        if (message->msg == CURLMSG_DONE)
            code = message->data.result;
    }
    base::Result<HttpResponse> result = finish(code);
    curl_multi_remove_handle(multi, m_easy);
    curl_multi_cleanup(multi);
    return result;
}

base::Result<HttpResponse> HttpTransfer::finish(CURLcode code)
{
    curl_off_t sent = 0;
    curl_easy_getinfo(m_easy, CURLINFO_SIZE_UPLOAD_T, &sent);
    m_response.sentBytes = sent;
    if (!m_sinkStatus)
        return withSent(m_sinkStatus.error(), "maybe");
    if (code != CURLE_OK) {
        QByteArray text(m_errorText.constData());
        if (text.isEmpty())
            text = curl_easy_strerror(code);
        return curlFailure(code, text, m_state);
    }
    // An answer without body never reached take().
    if (m_request.onHead && !m_headGiven && m_response.success()) {
        if (base::Status status = m_request.onHead(m_response.head); !status)
            return withSent(status.error(), "maybe");
    }
    return std::move(m_response);
}

} // namespace naru::net
