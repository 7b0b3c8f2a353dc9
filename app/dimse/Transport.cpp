#include "app/dimse/Transport.h"
#include "core/base/Oid.h"
#include "core/imaging/dimse/Errors.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmnet/dcmtrans.h>
#include <dcmtk/dcmtls/tlslayer.h>
#include <dcmtk/dcmtls/tlstrans.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <QFileInfo>

#include <arpa/inet.h>
#include <cerrno>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace naru::dimse {

namespace errors = imaging::dimse::errors;

namespace {
constexpr int SecurityLevel = 2; // RSA 2048, no SHA-1

void setOption(int socket, int name)
{
    const int on = 1;
    ::setsockopt(socket, IPPROTO_TCP, name, &on, sizeof on);
}

base::Error unusable(const char *what)
{
    return base::Error(errors::Credentials, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}
} // namespace

namespace {
// A connection that neither waits for Nagle's algorithm at the peer nor makes the peer wait for ours. The
// library writes the 12 bytes in front of each piece of data by themselves: here they leave with the data.
template <typename Base> class Prompt : public Base {
public:
    using Base::Base;

    ssize_t read(void *to, size_t size) override
    {
        const ssize_t got = Base::read(to, size);
        // Less than asked for: the rest is on its way, or waits at the peer until this is acknowledged.
        if (got > 0 && size_t(got) < size)
            setOption(int(this->getSocket()), TCP_QUICKACK);
        return got;
    }

    ssize_t write(void *from, size_t size) override
    {
        constexpr size_t PieceHead = 12;
        const char *bytes = static_cast<const char *>(from);
        if (m_held.isEmpty() && size == PieceHead && bytes[0] == DUL_TYPEDATA) {
            m_held = QByteArray(bytes, PieceHead);
            return ssize_t(size);
        }
        if (m_held.isEmpty())
            return Base::write(from, size);
        m_held.append(bytes, qsizetype(size));
        qsizetype done = 0;
        while (done < m_held.size()) {
            const ssize_t sent = Base::write(m_held.data() + done, size_t(m_held.size() - done));
            if (sent < 0 && errno == EINTR)
                continue;
            if (sent <= 0)
                return -1;
            done += sent;
        }
        m_held.resize(0); // keeps its memory
        return ssize_t(size);
    }

private:
    QByteArray m_held{};
};
} // namespace

struct Transport::Layer : DcmTLSTransportLayer {
    using DcmTLSTransportLayer::DcmTLSTransportLayer;
    int socket = -1;
    DcmTransportConnection *createConnection(DcmNativeSocketType opened, OFBool secure) override
    {
        socket = opened;
        setOption(socket, TCP_NODELAY);
        setOption(socket, TCP_QUICKACK);
        const int on = 1;
        ::setsockopt(socket, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
        if (!secure)
            return new Prompt<DcmTCPConnection>(opened);
        SSL *session = SSL_new(getNativeHandle());
        if (!session)
            return nullptr;
        SSL_set_fd(session, int(opened));
        return new Prompt<DcmTLSConnection>(opened, session);
    }
};

Transport::Transport(const Setup &setup)
    : m_setup(setup)
{
}

Transport::~Transport() = default;

DcmTransportLayer *Transport::layer()
{
    return m_layer.get();
}

void Transport::acknowledgeAtOnce()
{
    if (m_layer && m_layer->socket >= 0)
        setOption(m_layer->socket, TCP_QUICKACK);
}

base::Status Transport::load(int certificate, int authorities)
{
    DcmTLSTransportLayer::initializeOpenSSL();
    m_layer = std::make_unique<Layer>(m_setup.acceptor ? NET_ACCEPTOR : NET_REQUESTOR, nullptr, OFFalse);
    if (!m_setup.tls)
        return {};
    const QByteArray own = "/proc/self/fd/" + QByteArray::number(certificate),
                     others = "/proc/self/fd/" + QByteArray::number(authorities);
    if (m_layer->setPrivateKeyFile(own.constData(), DCF_Filetype_PEM).bad())
        return unusable("key");
    if (m_layer->setCertificateFile(own.constData(), DCF_Filetype_PEM).bad())
        return unusable("certificate");
    if (!m_layer->checkPrivateKeyMatchesCertificate())
        return unusable("the key is of another certificate");
    if (m_layer->addTrustedCertificateFile(others.constData(), DCF_Filetype_PEM).bad())
        return unusable("authorities");
    if (m_layer->setTLSProfile(TSP_Profile_BCP195).bad() || m_layer->activateCipherSuites().bad())
        return unusable("cipher suites");
    m_layer->setCertificateVerification(DCV_requireCertificate);
    SSL_CTX *context = m_layer->getNativeHandle();
    SSL_CTX_set_security_level(context, SecurityLevel);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    if (m_setup.acceptor || m_setup.tlsName == "*")
        return {};
    X509_VERIFY_PARAM *check = SSL_CTX_get0_param(context);
    in_addr ignored{};
    const bool numeric = ::inet_pton(AF_INET, m_setup.tlsName.constData(), &ignored) == 1;
    const int set = numeric ? X509_VERIFY_PARAM_set1_ip_asc(check, m_setup.tlsName.constData())
                            : X509_VERIFY_PARAM_set1_host(
                                check, m_setup.tlsName.constData(), std::size_t(m_setup.tlsName.size()));
    return set == 1 ? base::Status() : base::Status(unusable("name"));
}

void identify(T_ASC_Parameters *parameters)
{
    const QByteArray uid = base::oid("naruImplementation").text().toLatin1();
    qstrncpy(
        parameters->ourImplementationClassUID, uid.constData(), sizeof parameters->ourImplementationClassUID);
    qstrncpy(parameters->ourImplementationVersionName, "NARU_" NARU_VERSION,
        sizeof parameters->ourImplementationVersionName);
}

} // namespace naru::dimse
