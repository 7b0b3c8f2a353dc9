// The audit repository as a sender meets it: frames in pieces, lengths that lie, garbage, repeats, closed
// connections.
#include "app/practice/audit/AuditRepository.h"
#include "app/practice/audit/SyslogFrame.h"
#include "core/base/Errors.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace naru;
using namespace naru::practice;

namespace {
QByteArray auditXml(const char *eventId = "110106")
{
    return QByteArray("<AuditMessage><EventIdentification EventActionCode=\"R\" "
                      "EventDateTime=\"2026-11-22T10:00:00Z\" "
                      "EventOutcomeIndicator=\"0\"><EventID csd-code=\"")
        + eventId
        + "\" codeSystemName=\"DCM\" originalText=\"Export\"/><EventTypeCode "
          "csd-code=\"ITI-41\"/></EventIdentification>"
          "<ActiveParticipant UserID=\"doctor\" UserIsRequestor=\"true\"/><AuditSourceIdentification "
          "AuditSourceID=\"naru\"/>"
          "</AuditMessage>";
}

QByteArray syslog(const QByteArray &structuredData, const QByteArray &body)
{
    return "<85>1 2026-11-22T10:00:00.000+09:00 clinic naru 42 IHE+DICOM " + structuredData + " \xEF\xBB\xBF"
        + body;
}

QByteArray framed(const QByteArray &message)
{
    return QByteArray::number(message.size()) + ' ' + message;
}

QByteArray withUuid(const char *uuid)
{
    return QByteArray("[naru@32473 id=\"") + uuid + "\"]";
}

// One self-signed certificate is CA, server and client: what is tested is the repository, not chains.
void writeIdentity(const QString &certificateFile, const QString &keyFile)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(
        name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("localhost"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_EXTENSION *ca = X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
    X509_add_ext(certificate, ca, -1);
    X509_EXTENSION_free(ca);
    X509_sign(certificate, key, EVP_sha256());
    FILE *out = std::fopen(certificateFile.toUtf8().constData(), "w");
    PEM_write_X509(out, certificate);
    std::fclose(out);
    out = std::fopen(keyFile.toUtf8().constData(), "w");
    PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(out);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

class Client {
public:
    Client(quint16 port, const QString &certificate, const QString &key)
    {
        m_context = SSL_CTX_new(TLS_client_method());
        if (!certificate.isEmpty()) {
            SSL_CTX_use_certificate_file(m_context, certificate.toUtf8().constData(), SSL_FILETYPE_PEM);
            SSL_CTX_use_PrivateKey_file(m_context, key.toUtf8().constData(), SSL_FILETYPE_PEM);
        }
        m_socket = ::socket(AF_INET, SOCK_STREAM, 0);
        const timeval limit{5, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        ::inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
        m_ok = ::connect(m_socket, reinterpret_cast<sockaddr *>(&address), sizeof(address)) == 0;
        m_tls = SSL_new(m_context);
        SSL_set_fd(m_tls, m_socket);
        m_ok = m_ok && SSL_connect(m_tls) == 1;
    }
    ~Client()
    {
        SSL_free(m_tls);
        SSL_CTX_free(m_context);
        if (m_socket >= 0)
            ::close(m_socket);
    }
    bool ok() const { return m_ok; }
    bool send(const QByteArray &bytes)
    {
        return SSL_write(m_tls, bytes.constData(), int(bytes.size())) == bytes.size();
    }
    // True when the peer ended with its own close_notify rather than a cut connection.
    bool closedProperly()
    {
        char byte = 0;
        const int got = SSL_read(m_tls, &byte, 1);
        return got <= 0 && SSL_get_error(m_tls, got) == SSL_ERROR_ZERO_RETURN;
    }
    void finish() { SSL_shutdown(m_tls); }
    void raw(const QByteArray &bytes) { (void)!::write(m_socket, bytes.constData(), size_t(bytes.size())); }

private:
    SSL_CTX *m_context = nullptr;
    SSL *m_tls = nullptr;
    int m_socket = -1;
    bool m_ok = false;
};
} // namespace

class tst_AuditRepository : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder{};
    QString m_certificate{}, m_key{};

    AuditRepositoryConfig config(const char *database) const
    {
        AuditRepositoryConfig out;
        out.port = 0;
        out.caFile = out.certificateFile = m_certificate;
        out.keyFile = m_key;
        out.databasePath = m_folder.filePath(QLatin1String(database));
        out.maxMessageBytes = 64 * 1024;
        return out;
    }

private Q_SLOTS:
    void initTestCase()
    {
        std::signal(SIGPIPE, SIG_IGN);
        m_certificate = m_folder.filePath(QStringLiteral("c.pem"));
        m_key = m_folder.filePath(QStringLiteral("k.pem"));
        writeIdentity(m_certificate, m_key);
    }

    void framesInPiecesOfAnySize()
    {
        const QByteArray stream = framed("first") + framed("second message") + framed("x");
        for (int size = 1; size <= stream.size(); ++size) {
            FrameParser parser(1000);
            QList<QByteArray> got;
            for (int at = 0; at < stream.size(); at += size) {
                parser.feed(QByteArrayView(stream).sliced(at, std::min<qsizetype>(size, stream.size() - at)));
                for (auto frame = parser.next(); frame.ok() && frame.value(); frame = parser.next())
                    got.append(*frame.value());
            }
            QCOMPARE(got, (QList<QByteArray>{"first", "second message", "x"}));
            QVERIFY(!parser.unfinished());
        }
    }
    void badLengths_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("zero") << QByteArray("0 x");
        QTest::newRow("leading zero") << QByteArray("05 hello");
        QTest::newRow("negative") << QByteArray("-5 hello");
        QTest::newRow("no digits") << QByteArray(" hello");
        QTest::newRow("newline framing") << QByteArray("<85>1 - - - - - - x\n");
        QTest::newRow("endless digits") << QByteArray("99999999999999999999");
        QTest::newRow("larger than allowed") << QByteArray("1001 x");
        QTest::newRow("overflow") << QByteArray("4294967297 x");
    }
    void badLengths()
    {
        QFETCH(QByteArray, bytes);
        FrameParser parser(1000);
        parser.feed(bytes);
        QVERIFY(!parser.next().ok());
    }

    void headerFields()
    {
        const auto message = parseSyslog(
            syslog("[a x=\"q\\\"]\\]\"][b id=\"URN:uuid:0F0E0D0C-0000-4000-8000-00000000ABCD\"]", "<a/>"));
        QVERIFY(message.ok());
        QCOMPARE(message->priority, 85);
        QCOMPARE(message->messageId, QStringLiteral("IHE+DICOM"));
        QCOMPARE(message->uuid, QStringLiteral("0f0e0d0c-0000-4000-8000-00000000abcd"));
        QCOMPARE(message->body, QByteArray("<a/>"));
        for (const char *broken : {"", "<85>", "<999>1 - - - - - - x", "<85>2 - - - - - - x", "<85>1 - - -",
                 "<85>1 - - - - - [a x=\"1 x", "<85>1 - - - - - x", "plain words", "<>1 - - - - - - x"})
            QVERIFY2(!parseSyslog(broken).ok(), broken);
    }

    void storesOnceAndAnswersTheClose()
    {
        AuditRepository repository(config("a.db"));
        QVERIFY(repository.start().ok());
        QVERIFY(repository.port() != 0);
        Client client(repository.port(), m_certificate, m_key);
        QVERIFY(client.ok());
        const QByteArray first = framed(syslog(withUuid("11111111-0000-4000-8000-000000000001"), auditXml()));
        const QByteArray second =
            framed(syslog(withUuid("11111111-0000-4000-8000-000000000002"), auditXml("110112")));
        const QByteArray plain = framed(syslog("-", auditXml()));
        const QByteArray all = first + second + first + plain + plain;
        QVERIFY(client.send(all.left(37)));
        QVERIFY(client.send(all.mid(37)));
        client.finish();
        QVERIFY(client.closedProperly());
        QTRY_COMPARE(repository.count().stored, 3);
        QCOMPARE(repository.count().duplicates, 2);
        QCOMPARE(repository.count().malformed, 0);
        QCOMPARE(repository.countEvent(QStringLiteral("110106")), 2);
        QCOMPARE(repository.countEvent(QStringLiteral("110112")), 1);
        repository.stop();
        QCOMPARE(repository.port(), quint16(0));
        // Kept over a restart, and still told apart.
        AuditRepository again(config("a.db"));
        QVERIFY(again.start().ok());
        Client repeat(again.port(), m_certificate, m_key);
        QVERIFY(repeat.send(first));
        repeat.finish();
        QTRY_COMPARE(again.count().duplicates, 1);
        QCOMPARE(again.count().stored, 3);
    }

    void garbageIsCountedAndSurvived()
    {
        AuditRepository repository(config("g.db"));
        QVERIFY(repository.start().ok());
        {
            Client client(repository.port(), m_certificate, m_key);
            QVERIFY(client.send(framed("no syslog at all") + framed(syslog("-", "no xml"))
                + framed(syslog("-", "<!DOCTYPE a [<!ENTITY b 'c'>]><AuditMessage/>"))
                + framed(syslog("-", "<Other/>"))));
            QTRY_COMPARE(repository.count().malformed, 4);
            QVERIFY(client.send("this is no length"));
            QVERIFY(client.closedProperly());
        }
        QTRY_COMPARE(repository.count().malformed, 5);
        {
            Client client(repository.port(), m_certificate, m_key);
            QVERIFY(client.send("500 only a part"));
        } // cut without close_notify
        QTRY_COMPARE(repository.count().malformed, 6);
        {
            Client client(repository.port(), m_certificate, m_key);
            client.raw(QByteArray(400, '\xFE')); // below TLS
        }
        Client good(repository.port(), m_certificate, m_key);
        QVERIFY(good.ok() && good.send(framed(syslog("-", auditXml()))));
        QTRY_COMPARE(repository.count().stored, 1);
    }

    void strangersAreRefused()
    {
        AuditRepository repository(config("s.db"));
        QVERIFY(repository.start().ok());
        Client nobody(repository.port(), {}, {});
        nobody.send(framed(syslog("-", auditXml()))); // TLS 1.3 tells the client only later
        QVERIFY(!nobody.closedProperly());
        const QString otherCertificate = m_folder.filePath(QStringLiteral("oc.pem"));
        const QString otherKey = m_folder.filePath(QStringLiteral("ok.pem"));
        writeIdentity(otherCertificate, otherKey);
        Client stranger(repository.port(), otherCertificate, otherKey);
        stranger.send(framed(syslog("-", auditXml())));
        QVERIFY(!stranger.closedProperly());
        QCOMPARE(repository.count().stored, 0);
    }

    void badConfigurationSaysWhich()
    {
        AuditRepositoryConfig bad = config("b.db");
        bad.keyFile = QStringLiteral("/nowhere");
        AuditRepository noKey(bad);
        const auto status = noKey.start();
        QVERIFY(!status.ok());
        QVERIFY(status.error().is(base::errors::Io));
        QCOMPARE(status.error().arguments.value(QStringLiteral("what")), QStringLiteral("private key"));
        bad = config("b.db");
        bad.databasePath = QStringLiteral("/nowhere/at/all.db");
        QVERIFY(!AuditRepository(bad).start().ok());
    }
};

QTEST_GUILESS_MAIN(tst_AuditRepository)
#include "tst_auditrepository.moc"
