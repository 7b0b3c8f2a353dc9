// Texts of queries, UIDs and AE titles: what the standard allows and nothing else.
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/dimse/NodeAddress.h"
#include "core/imaging/dimse/QueryText.h"
#include "core/imaging/dimse/SystemReason.h"

#include <QTest>

#include <arpa/inet.h>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

using namespace naru::imaging::dimse;

class DimseText : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void uids()
    {
        for (const char *good : {"1.2.840.10008.1.1", "2.25.0", "1"})
            QVERIFY2(validUid(QLatin1String(good)), good);
        for (const char *bad : {"", "../../etc/passwd", "1..2", ".1", "1.", "1.2 ", "1.2\\1.3", "1/2", "a.b"})
            QVERIFY2(!validUid(QLatin1String(bad)), bad);
        QVERIFY(validUid(QString(64, QLatin1Char('1'))));
        QVERIFY(!validUid(QString(65, QLatin1Char('1'))));
        QVERIFY(!validUid(QStringLiteral("1.٣.2"))); // another script's digits
    }

    // Why a port is not reached is an argument that the sentence can say in any language.
    void reasonsOfTheSystem()
    {
        sockaddr_in free{}; // a port that was free a moment ago
        free.sin_family = AF_INET;
        free.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof free;
        auto *plain = reinterpret_cast<sockaddr *>(&free);
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        QVERIFY(::bind(socket, plain, size) == 0 && ::getsockname(socket, plain, &size) == 0);
        ::close(socket);
        const auto refused = tryConnect(QStringLiteral("127.0.0.1"), ntohs(free.sin_port), 5);
        QVERIFY(!refused.ok() && refused.error().is(errors::Tcp));
        QCOMPARE(refused.error().arguments.value(QStringLiteral("why")),
            QString::fromLatin1(errors::WhyRefused.id));
        QCOMPARE(systemReason(EHOSTUNREACH), QString::fromLatin1(errors::WhyNoRoute.id));
        QCOMPARE(systemReason(99999), QStringLiteral("errno 99999"));
    }

    void aeTitles()
    {
        QVERIFY(validAeTitle(QStringLiteral("PACS 1")));
        for (const char *bad : {"", "   ", "A\\B", "A\nB", "SEVENTEEN_LETTERS"})
            QVERIFY2(!validAeTitle(QLatin1String(bad)), bad);
        QVERIFY(!validAeTitle(QStringLiteral("영상")));
    }

    // PS3.5 annex I.2: family, given, escape anew in each component.
    void korean()
    {
        const auto name = encodeText(
            QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동"), "PN", QStringLiteral("ISO 2022 IR 149"));
        QVERIFY(name.ok());
        QCOMPARE(*name,
            QByteArray("Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7="
                       "\x1b$)C\xc8\xab^\x1b$)C\xb1\xe6\xb5\xbf"));
        QCOMPARE(*encodeText(QStringLiteral("홍^길동"), "PN", QStringLiteral("ISO_IR 192")),
            QByteArray("홍^길동"));
    }

    void whatTheSetLacks()
    {
        const QString rare = QStringLiteral("똠"); // not among the 2,350 syllables of KS X 1001
        QVERIFY(encodeText(rare, "PN", QStringLiteral("ISO 2022 IR 149")).error().is(errors::Invalid));
        QVERIFY(encodeText(rare, "PN", QStringLiteral("ISO_IR 100")).error().is(errors::Invalid));
        QVERIFY(encodeText(rare, "CS", QStringLiteral("ISO_IR 192")).error().is(errors::Invalid));
        QVERIFY(encodeText(QStringLiteral("a\nb"), "LO", QStringLiteral("ISO_IR 192"))
                    .error()
                    .is(errors::Invalid));
    }

    void identifiers()
    {
        Query query{Model::Study, Level::Study, {{0x00100010, QStringLiteral("홍*")}, {0x0020000D, {}}},
            QStringLiteral("ISO 2022 IR 149")};
        const auto made = identifier(query);
        QVERIFY(made.ok());
        QCOMPARE(made->size(), 4);
        QCOMPARE(made->at(0).toArray().at(2).toByteArray(), QByteArray("\\ISO 2022 IR 149"));
        QCOMPARE(made->at(1).toArray().at(2).toByteArray(), QByteArray("STUDY"));
        query.keys.push_back({0x7FE00010, {}});
        QVERIFY(identifier(query).error().is(errors::Invalid));
    }
};

QTEST_APPLESS_MAIN(DimseText)
#include "tst_dimse_text.moc"
