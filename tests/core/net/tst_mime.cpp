// RFC 2046, RFC 2387, XOP and the field rules L1 to L5: documents come out byte for byte, whatever the
// boundary and the chunks.
#include "core/net/Errors.h"
#include "core/net/MimeReader.h"
#include "core/net/MtomWriter.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace naru;
using namespace naru::net;

namespace {
// The same message in pieces of `step` bytes.
base::Result<std::vector<MimePart>> readInSteps(const QByteArray &type, const QByteArray &bytes, int step)
{
    std::vector<MimePart> parts;
    MimeReader reader(type,
        {[&](const MimePart &part) {
             parts.push_back(part);
             return base::Status{};
         },
            [&](const MimePart &, QByteArrayView data) {
                parts.back().body.append(data.data(), data.size());
                return base::Status{};
            },
            {}});
    for (qsizetype at = 0; at < bytes.size(); at += step)
        NARU_TRY(reader.feed(QByteArrayView(bytes).sliced(at, qMin<qsizetype>(step, bytes.size() - at))));
    NARU_TRY(reader.finish());
    return parts;
}

QByteArray message(const QByteArray &boundary, const QByteArray &body, const QByteArray &end = "\r\n")
{
    return "--" + boundary + "\r\nContent-Type: application/xop+xml\r\nContent-ID: <root>\r\n\r\n<x/>\r\n--"
        + boundary + "\r\ncontent-id: <doc%40a>\r\n\r\n" + body + "\r\n--" + boundary + "--" + end;
}
} // namespace

class tst_mime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void documentEnds_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("LF") << QByteArray("text\n");
        QTest::newRow("CRLF") << QByteArray("text\r\n");
        QTest::newRow("CRLF twice") << QByteArray("text\r\n\r\n");
        QTest::newRow("CR") << QByteArray("text\r");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("only CRLF") << QByteArray("\r\n");
        QTest::newRow("dashes") << QByteArray("--\r\n--b\r\n--boundaryX\r\n");
        QTest::newRow("longer boundary") << QByteArray("a\r\n--uuid:1+id=2x\r\nb");
        QTest::newRow("zeros") << QByteArray("\0\0\r\n--\0", 7);
    }
    void documentEnds()
    {
        QFETCH(QByteArray, body);
        const QByteArray boundary("uuid:1+id=2");
        const QByteArray type("multipart/related;boundary=\"" + boundary + "\";type=\"application/xop+xml\"");
        for (const char *end : {"\r\n", "", "\n", "  \r\nepilogue --uuid:1+id=2\r\n"}) {
            for (const int step : {1, 2, 3, 7, 100000}) {
                const auto parts = readInSteps(type, message(boundary, body, end), step);
                QVERIFY2(parts.ok(), parts ? "" : qPrintable(parts.error().toString()));
                QCOMPARE(parts->size(), std::size_t(2));
                QCOMPARE((*parts)[0].body, QByteArray("<x/>"));
                QCOMPARE((*parts)[1].body, body);
                QCOMPARE((*parts)[1].contentId, QByteArray("doc%40a"));
            }
        }
    }

    void partWithoutBodyOrHeader()
    {
        const auto parts =
            readMime("multipart/related; boundary=b", "--b\r\nContent-ID: <a>\r\n\r\n--b\r\n\r\nx\r\n--b--");
        QVERIFY2(parts.ok(), parts ? "" : qPrintable(parts.error().toString()));
        QCOMPARE(parts->size(), std::size_t(2));
        QCOMPARE((*parts)[0].body, QByteArray());
        QCOMPARE((*parts)[1].body, QByteArray("x"));
    }

    void preambleAndFoldedHeader()
    {
        const auto parts = readMime("Multipart/Related; start=\"<r@x>\"; Boundary=\"b c\"",
            "ignored\r\n--b c\r\nContent-Type: text/plain;\r\n charset=utf-8\r\nContent-Id: "
            "<other>\r\n\r\nA\r\n--b c  \r\n"
            "CONTENT-ID:<r@x>\r\n\r\nB\r\n--b c--");
        QVERIFY(parts.ok());
        QCOMPARE((*parts)[0].contentType.parameter("charset"), QByteArray("utf-8"));
        QVERIFY(!(*parts)[0].isRoot);
        QVERIFY((*parts)[1].isRoot);
    }

    void bodyDecidesAboutMultipart()
    {
        const auto plain = readMime("multipart/related; boundary=x", "\r\n<a/>");
        QVERIFY(plain.ok());
        QCOMPARE(plain->size(), std::size_t(1));
        QVERIFY((*plain)[0].isRoot);
        const auto hidden = readMime("application/soap+xml", "--zz\r\n\r\n<a/>\r\n--zz--");
        QVERIFY(hidden.ok());
        QCOMPARE((*hidden)[0].body, QByteArray("<a/>"));
        const auto lying = readMime("multipart/related; boundary=other", "--zz\r\n\r\n<a/>\r\n--zz--");
        QVERIFY(lying.ok());
        QCOMPARE((*lying)[0].body, QByteArray("<a/>"));
    }

    void bareLineFeeds()
    {
        const auto parts =
            readMime("multipart/related; boundary=b", "--b\nContent-ID: <a>\n\nline\n\n--b--\n");
        QVERIFY(parts.ok());
        QCOMPARE((*parts)[0].body, QByteArray("line\n"));
    }

    void base64Part()
    {
        const QByteArray text("--b\r\nContent-Transfer-Encoding: BASE64\r\n\r\naGVs\r\nbG8=\r\n--b--");
        for (const int step : {1, 5, 1000})
            QCOMPARE(
                (*readInSteps("multipart/related; boundary=b", text, step))[0].body, QByteArray("hello"));
        QVERIFY(!readMime(
            "multipart/related; boundary=b", "--b\r\nContent-Transfer-Encoding: base64\r\n\r\naGV\r\n--b--")
                     .ok());
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        const QByteArray type("multipart/related; boundary=b");
        QTest::newRow("cut in the body")
            << type << QByteArray("--b\r\n\r\nabc") << QStringLiteral("net.MimeTruncated");
        QTest::newRow("cut in the delimiter")
            << type << QByteArray("--b\r\n\r\nabc\r\n--b-") << QStringLiteral("net.MimeTruncated");
        QTest::newRow("not closed") << type << QByteArray("--b\r\n\r\nabc\r\n--b\r\n")
                                    << QStringLiteral("net.MimeTruncated");
        QTest::newRow("no part") << type << QByteArray("--b--\r\n") << QStringLiteral("net.MimeBroken");
        QTest::newRow("header too long")
            << type << QByteArray("--b\r\nX: " + QByteArray(40000, 'x') + "\r\n\r\n\r\n--b--")
            << QStringLiteral("net.MimeBudget");
        QTest::newRow("header never ends")
            << type << QByteArray("--b\r\nX: " + QByteArray(40000, 'x')) << QStringLiteral("net.MimeBudget");
        QTest::newRow("boundary too long")
            << QByteArray("multipart/related; boundary=" + QByteArray(71, 'b'))
            << QByteArray("--" + QByteArray(71, 'b') + "\r\n\r\n") << QStringLiteral("net.MimeBudget");
        QByteArray many;
        for (int i = 0; i < 65; ++i)
            many += "--b\r\n\r\nx\r\n";
        QTest::newRow("65 parts") << type << QByteArray(many + "--b--") << QStringLiteral("net.MimeBudget");
        QTest::newRow("endless preamble")
            << type << QByteArray("--bx" + QByteArray(70000, 'p')) << QStringLiteral("net.MimeBudget");
    }
    void refused()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const auto parts = readMime(type, bytes);
        QVERIFY(!parts.ok());
        QCOMPARE(QString::fromLatin1(parts.error().code.id), code);
    }

    void totalBudget()
    {
        MimeLimits limits;
        limits.totalBytes = 10;
        QVERIFY(!readMime("text/plain", "12345678901", limits).ok());
    }

    void randomBytesRoundTrip()
    {
        QRandomGenerator random(20261122);
        for (int round = 0; round < 60; ++round) {
            std::vector<MtomAttachment> attachments;
            for (int i = 0; i < 3; ++i) {
                QByteArray bytes(random.bounded(3000), '\0');
                // Few different bytes, so that pieces of the delimiter occur often.
                for (char &c : bytes)
                    c = "\r\n-b:\0x"[random.bounded(7)];
                attachments.push_back(
                    {"d" + QByteArray::number(i) + "@x", "application/octet-stream", bytes});
            }
            const MtomMessage sent =
                writeMtom("<e/>", attachments, "urn:a", "b:" + QByteArray::number(round));
            const auto parts = readInSteps(sent.contentType, sent.joined(), 1 + random.bounded(500));
            QVERIFY2(parts.ok(), parts ? "" : qPrintable(parts.error().toString()));
            QCOMPARE(parts->size(), std::size_t(4));
            for (std::size_t i = 0; i < 3; ++i) {
                QCOMPARE((*parts)[i + 1].body, attachments[i].bytes);
                QCOMPARE((*parts)[i + 1].contentId, attachments[i].contentId);
            }
        }
    }

    void contentTypeExact()
    {
        const MtomMessage sent = writeMtom("<e/>", {}, "urn:ihe:iti:2007:X", "B");
        QCOMPARE(sent.contentType,
            QByteArray("multipart/related; boundary=\"B\"; type=\"application/xop+xml\"; "
                       "start=\"<root.message@naru>\"; "
                       "start-info=\"application/soap+xml\"; action=\"urn:ihe:iti:2007:X\""));
        const ContentType parsed = ContentType::parse(sent.contentType);
        QCOMPARE(parsed.type, QByteArray("multipart/related"));
        QCOMPARE(parsed.parameter("start"), QByteArray("<root.message@naru>"));
    }

    void contentTypeDialects()
    {
        const ContentType metro = ContentType::parse(
            "multipart/related;start=\"<rootpart*1@example.jaxws.sun.com>\";"
            "type=\"application/xop+xml\";boundary=\"uuid:1\";start-info=\"application/soap+xml\"");
        QCOMPARE(metro.parameter("boundary"), QByteArray("uuid:1"));
        const ContentType odd =
            ContentType::parse("Multipart/Related ; BOUNDARY = a=b ; x=\"a\\\"b;c\" ;; y");
        QCOMPARE(odd.type, QByteArray("multipart/related"));
        QCOMPARE(odd.parameter("boundary"), QByteArray("a=b"));
        QCOMPARE(odd.parameter("x"), QByteArray("a\"b;c"));
    }

    void hrefOfContentId()
    {
        QCOMPARE(contentIdOfHref("cid:1%40urn%3Aihe%3Aiti%3Axds-b%3A2007"),
            QByteArray("1@urn:ihe:iti:xds-b:2007"));
        QCOMPARE(contentIdOfHref("CID:http%3A%2F%2Ftempuri.org%2F0"), QByteArray("http://tempuri.org/0"));
        QCOMPARE(contentIdOfHref("http://evil.example/"), QByteArray());
        QCOMPARE(contentIdOfHref("file:///etc/passwd"), QByteArray());
    }
};

QTEST_APPLESS_MAIN(tst_mime)
#include "tst_mime.moc"
