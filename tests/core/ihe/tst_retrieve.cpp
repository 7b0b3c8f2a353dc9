// Documents retrieved over TLS from a hand-written peer: the dialects of the answer, and an outcome for each
// of them.
#include "core/base/Digest.h"
#include "core/ihe/iti43/Iti43.h"
#include "core/net/MimeReader.h"
#include "tests/core/ihe/PeerExchange.h"

#include <QtTest>

using namespace naru;
using namespace naru::ihe;
using naru::test::codeOf;
using naru::test::Exchange;
using naru::test::TestCertificates;

namespace {
QByteArray retrieveResponse(
    const QByteArray &status, const QByteArray &documents, const QByteArray &errors = {})
{
    return test::envelope("<x:RetrieveDocumentSetResponse xmlns:x=\"urn:ihe:iti:xds-b:2007\">"
        + test::registryResponse(status, errors) + documents + "</x:RetrieveDocumentSetResponse>");
}
QByteArray documentResponse(const QByteArray &id, const QByteArray &document)
{
    return "<x:DocumentResponse><x:RepositoryUniqueId>2.25.1</x:RepositoryUniqueId><x:DocumentUniqueId>" + id
        + "</x:DocumentUniqueId><x:mimeType>text/xml</x:mimeType>" + document + "</x:DocumentResponse>";
}
QByteArray included(const QByteArray &href)
{
    return "<x:Document><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"" + href
        + "\"/></x:Document>";
}
RetrieveQuestion ask(const QStringList &ids)
{
    RetrieveQuestion out;
    for (const QString &id : ids)
        out.documents.push_back({QStringLiteral("2.25.1"), id, {}});
    return out;
}
} // namespace

class tst_retrieve : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void retrieveDialects_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("answer");
        const QByteArray lf("<a/>\n");
        const QByteArray crlf("<b/>\r\n");
        const auto multipart = [&](const QByteArray &boundary, const QByteArray &rootId,
                                   const QByteArray &href, const QByteArray &id, const QByteArray &end) {
            return "--" + boundary + "\r\nContent-Id: <" + rootId
                + ">\r\nContent-Type: application/xop+xml;charset=utf-8\r\n\r\n"
                + retrieveResponse(test::success,
                    documentResponse("2.25.11", included("cid:" + href + "1"))
                        + documentResponse("2.25.12", included("cid:" + href + "2")))
                + "\r\n--" + boundary + "\r\nContent-ID: <" + id
                + "1>\r\nContent-Type: application/octet-stream\r\n\r\n" + lf + "\r\n--" + boundary
                + "\r\nContent-Type: application/octet-stream\r\nCONTENT-ID: <" + id + "2>\r\n\r\n" + crlf
                + "\r\n--" + boundary + "--" + end;
        };
        QTest::newRow("Metro") << QByteArray(
            "multipart/related;start=\"<rootpart*7@example.jaxws.sun.com>\";type=\"application/"
            "xop+xml\";boundary=\"uuid:7\";start-info=\"application/soap+xml\"")
                               << multipart("uuid:7", "rootpart*7@example.jaxws.sun.com",
                                      "d@example.jaxws.sun.com", "d@example.jaxws.sun.com", "");
        QTest::newRow("CXF") << QByteArray(
            "multipart/related; type=\"application/xop+xml\"; boundary=\"uuid:8\"; "
            "start=\"<root.message@cxf.apache.org>\"; start-info=\"application/soap+xml\"; charset=UTF-8")
                             << multipart("uuid:8", "root.message@cxf.apache.org",
                                    "8-1@urn%3Aihe%3Aiti%3Axds-b%3A2007", "8-1@urn:ihe:iti:xds-b:2007",
                                    "\r\n");
        QTest::newRow("WCF") << QByteArray("multipart/related; boundary=\"uuid:9+id=3\"; "
                                           "start=\"<http://tempuri.org/0>\"; type=\"application/xop+xml\"")
                             << multipart("uuid:9+id=3", "http://tempuri.org/0",
                                    "http%3A%2F%2Ftempuri.org%2F", "http://tempuri.org/", "\r\n");
        const QByteArray plain = retrieveResponse(test::success,
            documentResponse("2.25.12", "<x:Document>" + crlf.toBase64() + "</x:Document>")
                + documentResponse("2.25.11", "<x:Document>" + lf.toBase64() + "</x:Document>"));
        QTest::newRow("inline base64, other order") << QByteArray("application/soap+xml") << plain;
        QTest::newRow("MTOM without multipart")
            << QByteArray("multipart/related; boundary=x; type=\"application/xop+xml\"") << plain;
    }

    void retrieveDialects()
    {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, answer);
        Exchange exchange([&](const QByteArray &, const QByteArray &) { return answer; }, type);
        const auto result = exchange.caller.run<Iti43>(
            exchange.endpoint, ask({QStringLiteral("2.25.11"), QStringLiteral("2.25.12")}));
        QVERIFY2(result.ok(), result ? "" : qPrintable(result.error().toString()));
        QVERIFY(result->complete());
        QCOMPARE(result->documents[0].bytes, QByteArray("<a/>\n"));
        QCOMPARE(result->documents[0].sha1Hex, base::sha1Hex("<a/>\n"));
        QCOMPARE(result->documents[1].bytes, QByteArray("<b/>\r\n"));
        QCOMPARE(result->documents[1].size, qint64(6));
        QCOMPARE(result->documents[1].mimeType, QStringLiteral("text/xml"));
        QCOMPARE(exchange.recorder.records.size(), std::size_t(1));
        QCOMPARE(exchange.recorder.records[0].kind, TransactionRecord::Kind::Import);
    }

    void retrieveOutcomePerDocument()
    {
        Exchange exchange([&](const QByteArray &, const QByteArray &) {
            return retrieveResponse(test::partial,
                documentResponse("2.25.11", "<x:Document>aGk=</x:Document>") + documentResponse("2.25.12", {})
                    + documentResponse("2.25.14", included("http://169.254.169.254/"))
                    + documentResponse("2.25.99", "<x:Document>aGk=</x:Document>"),
                test::registryError("XDSDocumentUniqueIdError", "no such 2.25.13"));
        });
        const auto result = exchange.caller.run<Iti43>(exchange.endpoint,
            ask({QStringLiteral("2.25.11"), QStringLiteral("2.25.12"), QStringLiteral("2.25.13"),
                QStringLiteral("2.25.14")}));
        QVERIFY(result.ok());
        using State = RetrievedDocument::State;
        QCOMPARE(result->documents[0].state, State::Received);
        QCOMPARE(result->documents[1].state, State::Missing);
        QCOMPARE(result->documents[2].state, State::Refused);
        QCOMPARE(result->documents[2].errors[0].code, QStringLiteral("XDSDocumentUniqueIdError"));
        QCOMPARE(result->documents[3].state, State::Broken);
        QCOMPARE(exchange.server.connections(), 1); // the href was not followed
        QCOMPARE(exchange.recorder.records.size(), std::size_t(2)); // CP-493
        QCOMPARE(exchange.recorder.records[0].outcome, 0);
        QCOMPARE(exchange.recorder.records[1].outcome, 8);
        QCOMPARE(exchange.recorder.records[1].objects.size(), std::size_t(3));
    }

    void retrieveCutAndTooMuch()
    {
        const QByteArray whole = "--b\r\n\r\n"
            + retrieveResponse(test::success, documentResponse("1.2", included("cid:a")))
            + "\r\n--b\r\nContent-ID: <a>\r\n\r\n" + QByteArray(5000, 'x') + "\r\n--b--";
        QByteArray answer = whole.chopped(20);
        Exchange exchange(
            [&](const QByteArray &, const QByteArray &) { return answer; }, "multipart/related; boundary=b");
        QCOMPARE(codeOf(exchange.caller.run<Iti43>(exchange.endpoint, ask({QStringLiteral("1.2")}))),
            QStringLiteral("net.MimeTruncated"));
        CallerSettings small{TestCertificates::instance().identity(), &exchange.recorder};
        small.memoryBytes = 1000;
        answer = whole;
        QCOMPARE(codeOf(Caller(small).run<Iti43>(exchange.endpoint, ask({QStringLiteral("1.2")}))),
            QStringLiteral("net.TooLarge"));
        QVERIFY(exchange.caller.run<Iti43>(exchange.endpoint, ask({QStringLiteral("1.2")})).ok());
        QCOMPARE(exchange.recorder.records.size(), std::size_t(3));
        QVERIFY(exchange.recorder.records[1].outcome != 0);
    }

    void retrieveAllInPieces()
    {
        Exchange exchange([&](const QByteArray &request, const QByteArray &) {
            QByteArray documents;
            for (const char *id : {"2.25.1001", "2.25.1002", "2.25.1003"}) {
                if (request.contains(id))
                    documents += documentResponse(id, "<x:Document>aGk=</x:Document>");
            }
            return request.contains("2.25.1003") ? QByteArray() : retrieveResponse(test::success, documents);
        });
        RepositoryEndpoint repository;
        repository.url = exchange.endpoint.url;
        repository.timeoutSeconds = 5;
        repository.documentsPerRequest = 2;
        const auto all = retrieveAll(exchange.caller, repository,
            ask({QStringLiteral("2.25.1001"), QStringLiteral("2.25.1002"), QStringLiteral("2.25.1003")})
                .documents);
        QVERIFY(all.ok());
        QCOMPARE(all->documents.size(), std::size_t(3));
        QCOMPARE(all->documents[1].bytes, QByteArray("hi"));
        QCOMPARE(all->documents[2].state, RetrievedDocument::State::Missing);
        QCOMPARE(all->errors.size(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(tst_retrieve)
#include "tst_retrieve.moc"
