// Images from an imaging source: RAD-69 and DICOMweb against hand-written peers, the honest, the careless and
// the hostile.
#include "core/ihe/rad69/Rad69.h"
#include "core/ihe/web/DicomWeb.h"
#include "core/ihe/web/ImageParts.h"
#include "core/net/Errors.h"
#include "tests/core/ihe/PeerExchange.h"

#include <QtTest>

using namespace naru;
using namespace naru::ihe;
using naru::test::codeOf;
using naru::test::Exchange;
using naru::test::Peer;
using naru::test::TestCertificates;
using naru::test::TestTlsServer;

namespace {
const QByteArray multipart = "multipart/related; type=\"application/dicom\"; boundary=b";

QString codeOf(const base::Status &status)
{
    return status ? QStringLiteral("ok") : QString::fromLatin1(status.error().code.id);
}

QByteArray part(const QByteArray &bytes, const QByteArray &type = "application/dicom")
{
    return "--b\r\nContent-Type: " + type + "\r\n\r\n" + bytes + "\r\n";
}

// Feeds in pieces of `step` bytes; the images that came are in `out`.
base::Status taken(const QByteArray &type, const QByteArray &body, QList<QByteArray> &out, int most = 10,
    int step = 7, WebLimits limits = {})
{
    out.clear();
    ImageParts parts(type, most, limits, [&out](const QByteArray &image) {
        out.append(image);
        return base::Status();
    });
    for (qsizetype i = 0; i < body.size(); i += step)
        NARU_TRY(parts.feed(QByteArrayView(body).sliced(i, qMin<qsizetype>(step, body.size() - i))));
    return parts.finish();
}

ImagingQuestion ask(const QStringList &images)
{
    ImagingQuestion out;
    out.repositoryUniqueId = QStringLiteral("2.25.1");
    for (const QString &image : images)
        out.images.push_back({QStringLiteral("2.25.5"), QStringLiteral("2.25.5.1"), image});
    return out;
}

struct Collected : BodySink {
    base::Status begin(int) override
    {
        bodies.append(QByteArray());
        return {};
    }
    base::Status data(int, QByteArrayView bytes) override
    {
        bodies.last().append(bytes.data(), bytes.size());
        return {};
    }
    base::Status end(int) override { return {}; }
    QList<QByteArray> bodies{};
};

QByteArray row(const QByteArray &study, const QByteArray &series, const QByteArray &sop, int number)
{
    const auto ui = [](const QByteArray &tag, const QByteArray &value) {
        return "\"" + tag + R"(":{"vr":"UI","Value":[")" + value + "\"]}";
    };
    return "{" + ui("0020000D", study) + "," + ui("0020000E", series) + "," + ui("00080018", sop) + ","
        + ui("00080016", "1.2.840.10008.5.1.4.1.1.4") + R"(,"00200013":{"vr":"IS","Value":[)"
        + QByteArray::number(number) + "]}}";
}

// A source that speaks DICOMweb by hand.
struct WebPeer {
    explicit WebPeer(TestTlsServer::Script script)
        : server(std::move(script))
    {
        ImagingEndpoint source;
        source.dicomweb = server.url(QStringLiteral("/web"));
        source.timeoutSeconds = 2;
        web = std::make_unique<DicomWeb>(TestCertificates::instance().identity(), source);
    }
    TestTlsServer server;
    std::unique_ptr<DicomWeb> web;
};
} // namespace

class tst_imaging : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void questionOnTheWire()
    {
        ImagingQuestion question = ask({QStringLiteral("2.25.5.1.1"), QStringLiteral("2.25.5.1.2")});
        question.images.push_back(
            {QStringLiteral("2.25.5"), QStringLiteral("2.25.5.2"), QStringLiteral("2.25.5.2.1")});
        question.images.push_back(
            {QStringLiteral("2.25.5"), QStringLiteral("2.25.5.1"), QStringLiteral("2.25.5.1.3")});
        question.transferSyntaxes = QStringList{QStringLiteral("1.2.840.10008.1.2.1")};
        const auto out = Rad69::encode(question);
        QVERIFY(out.ok());
        QCOMPARE(out->body.count("<iherad:StudyRequest "), 1);
        QCOMPARE(out->body.count("<iherad:SeriesRequest "), 2);
        QCOMPARE(out->body.count("<xdsb:DocumentRequest>"), 4);
        QVERIFY(out->body.contains("xmlns:iherad=\"urn:ihe:rad:xdsi-b:2009\""));
        QVERIFY(out->body.contains(
            "<iherad:TransferSyntaxUIDList><iherad:TransferSyntaxUID>1.2.840.10008.1.2.1</"));
        // The third image of the first series stands with the others of it.
        QVERIFY(out->body.indexOf("2.25.5.1.3") < out->body.indexOf("seriesInstanceUID=\"2.25.5.2\""));
        QVERIFY(readableTransferSyntaxes().contains(QStringLiteral("1.2.840.10008.1.2.4.90")));
    }

    void questionsThatAreNone()
    {
        QCOMPARE(codeOf(Rad69::validate(ask({}))), QStringLiteral("ihe.Query"));
        QCOMPARE(codeOf(Rad69::validate(ask({QStringLiteral("2.25.5\"/><x")}))), QStringLiteral("ihe.Query"));
        QStringList many;
        for (int i = 0; i < 61; ++i)
            many.append(QStringLiteral("2.25.%1").arg(i));
        QCOMPARE(codeOf(Rad69::validate(ask(many))), QStringLiteral("ihe.Query"));
        QVERIFY(Rad69::validate(ask(many.mid(1))).ok());
        for (const char *bad : {"", "..", "1..2", "../1", "1.2/3", "a"})
            QVERIFY2(!isDicomUid(QString::fromLatin1(bad)), bad);
    }

    void someComeAndSomeDoNot()
    {
        Exchange exchange(
            [](const QByteArray &, const QByteArray &) {
                const auto response = [](const QByteArray &id, const QByteArray &cid) {
                    return "<x:DocumentResponse><x:RepositoryUniqueId>2.25.1</x:RepositoryUniqueId>"
                           "<x:DocumentUniqueId>"
                        + id
                        + "</x:DocumentUniqueId><x:mimeType>application/dicom</x:mimeType><x:Document>"
                          "<xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" href=\"cid:"
                        + cid + "\"/></x:Document></x:DocumentResponse>";
                };
                const QByteArray root =
                    test::envelope("<x:RetrieveDocumentSetResponse xmlns:x=\"urn:ihe:iti:xds-b:2007\">"
                        + test::registryResponse(
                            test::partial, test::registryError("XDSDocumentUniqueIdError", "2.25.12"))
                        + response("2.25.11", "a") + response("2.25.99", "c")
                        + "</x:RetrieveDocumentSetResponse>");
                return "--b\r\nContent-Type: application/xop+xml\r\n\r\n" + root
                    + "\r\n--b\r\nContent-ID: <a>\r\n\r\nAAA\r\n--b\r\nContent-ID: <c>\r\n\r\nCCC\r\n--b--";
            },
            "multipart/related; boundary=b; type=\"application/xop+xml\"");
        Collected sink;
        ImagingQuestion question = ask({QStringLiteral("2.25.11"), QStringLiteral("2.25.12")});
        question.sink = &sink;
        const auto answer = exchange.caller.run<Rad69>(exchange.endpoint, question);
        QVERIFY2(answer.ok(), answer ? "" : qPrintable(answer.error().toString()));
        QVERIFY(exchange.requests.front().contains("urn:ihe:rad:2009:RetrieveImagingDocumentSet"));
        using State = RetrievedDocument::State;
        QCOMPARE(answer->documents[0].state, State::Received);
        QCOMPARE(answer->documents[0].body, 0);
        QCOMPARE(answer->documents[1].state, State::Refused);
        QCOMPARE(answer->documents[1].errors[0].code, QStringLiteral("XDSDocumentUniqueIdError"));
        QVERIFY(answer->deviations.contains(QStringLiteral("a document that was not asked for")));
        QCOMPARE(sink.bodies, (QList<QByteArray>{"AAA", "CCC"}));
        QCOMPARE(exchange.recorder.records.size(), std::size_t(2));
        QCOMPARE(exchange.recorder.records[0].transaction, QStringLiteral("RAD-69"));
        QCOMPARE(exchange.recorder.records[0].outcome, 0);
        QCOMPARE(exchange.recorder.records[1].outcome, 8);
    }

    void noAnswerIsAudited()
    {
        Exchange exchange([](const QByteArray &, const QByteArray &) { return QByteArray(); });
        const auto answer = exchange.caller.run<Rad69>(exchange.endpoint, ask({QStringLiteral("2.25.11")}));
        QVERIFY(!answer.ok());
        QCOMPARE(exchange.recorder.records.size(), std::size_t(1));
        QCOMPARE(exchange.recorder.records[0].outcome, 12);
    }

    void partsOneByOne()
    {
        QList<QByteArray> got;
        const QByteArray two = part("one\r\n--bb\r\n--") + part("two") + "--b--";
        for (const int step : {1, 3, 1000}) {
            QCOMPARE(codeOf(taken(multipart, two, got, 2, step)), QStringLiteral("ok"));
            QCOMPARE(got, (QList<QByteArray>{"one\r\n--bb\r\n--", "two"}));
        }
        QCOMPARE(codeOf(taken("application/dicom", "whole", got)), QStringLiteral("ok"));
        QCOMPARE(got, QList<QByteArray>{"whole"});
    }

    void hostileAnswers_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("images"); // that came whole before
        const QString budget = QStringLiteral("net.MimeBudget"), cut = QStringLiteral("net.MimeTruncated");
        QTest::newRow("cut in the second image") << part("one") + part("two").chopped(2) << cut << 1;
        QTest::newRow("cut before the end mark") << part("one") + "--b" << cut << 0;
        QTest::newRow("another boundary in front")
            << QByteArray("--other\r\n\r\none\r\n--other\r\n\r\ntwo") << cut << 1;
        QTest::newRow("endless header") << "--b\r\nX-A: " + QByteArray(100'000, 'a') << budget << 0;
        QTest::newRow("endless headers")
            << "--b\r\n" + QByteArray("X: 1\r\n").repeated(20'000) << budget << 0;
        QTest::newRow("endless preamble") << " " + QByteArray(100'000, 'p') << budget << 0;
        QTest::newRow("too many images") << part("1").repeated(11) + "--b--" << budget << 10;
        QTest::newRow("an image that is too large") << part(QByteArray(5000, 'x')) + "--b--" << budget << 0;
        QTest::newRow("not an image")
            << part("one") + part("<html>", "text/html") + "--b--" << QStringLiteral("ihe.Answer") << 1;
        QTest::newRow("a page instead") << QByteArray("<html>no</html>") << QStringLiteral("ihe.Answer") << 0;
        QTest::newRow("nothing") << QByteArray() << cut << 0;
        QTest::newRow("no part") << QByteArray("--b--") << QStringLiteral("net.MimeBroken") << 0;
    }

    void hostileAnswers()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, code);
        QFETCH(int, images);
        WebLimits limits;
        limits.partBytes = 4000;
        QList<QByteArray> got;
        for (const int step : {5, 65536}) {
            QCOMPARE(codeOf(taken(multipart, body, got, 10, step, limits)), code);
            QCOMPARE(int(got.size()), images);
        }
    }

    void answerTypes()
    {
        QVERIFY(ImageParts::checkType(multipart).ok());
        QVERIFY(ImageParts::checkType("application/dicom; transfer-syntax=1.2").ok());
        for (const char *other :
            {"text/html", "", "multipart/related; type=\"image/jpeg\"; boundary=b", "application/dicom+json"})
            QCOMPARE(codeOf(ImageParts::checkType(other)), QStringLiteral("ihe.Answer"));
    }

    void instanceLists()
    {
        const QString study = QStringLiteral("2.25.5");
        const QByteArray mine = row("2.25.5", "2.25.5.1", "2.25.5.1.2", 2);
        const auto list =
            readInstanceList("[" + mine + "," + row("2.25.6", "2.25.6.1", "2.25.6.1.1", 1) + "]", study, 5);
        QVERIFY(list.ok());
        QCOMPARE(list->size(), std::size_t(1)); // the other is of another study
        QCOMPARE(list->front().image.sopUid, QStringLiteral("2.25.5.1.2"));
        QCOMPARE(list->front().number, 2);
        for (const QByteArray &bad : {QByteArray("{}"), QByteArray("<html>"), QByteArray("[{}]"),
                 "[" + row("2.25.5", "../x", "1.2", 1) + "]", "[" + mine + "," + mine + "]",
                 QByteArray("[").repeated(5000)})
            QCOMPARE(codeOf(readInstanceList(bad, study, 1)), QStringLiteral("ihe.Answer"));
    }

    void listedAndStreamed()
    {
        QList<QByteArray> requests;
        WebPeer peer([&](Peer &at) {
            requests.append(at.readRequest());
            if (requests.last().contains("/instances?offset=2")) {
                at.respond("application/dicom+json", "[" + row("2.25.5", "2.25.5.1", "2.25.5.1.1", 1) + "]");
            } else if (requests.last().contains("/instances ")) {
                const QByteArray body = "[" + row("2.25.5", "2.25.5.2", "2.25.5.2.1", 1) + ","
                    + row("2.25.5", "2.25.5.1", "2.25.5.1.2", 2) + "]";
                at.write("HTTP/1.1 200 OK\r\nContent-Type: application/dicom+json\r\nWarning: 299 x: "
                         "\"more\"\r\nContent-Length: "
                    + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
            } else {
                at.respond(multipart, part("one") + part("two") + "--b--");
            }
        });
        const auto list = peer.web->instances(QStringLiteral("2.25.5"));
        QVERIFY2(list.ok(), list ? "" : qPrintable(list.error().toString()));
        QStringList order;
        for (const WebInstance &one : *list)
            order.append(one.image.sopUid);
        QCOMPARE(order,
            (QStringList{
                QStringLiteral("2.25.5.1.1"), QStringLiteral("2.25.5.1.2"), QStringLiteral("2.25.5.2.1")}));
        QList<QByteArray> got;
        const auto keep = [&got](const QByteArray &image) {
            got.append(image);
            return base::Status();
        };
        const QString study = QStringLiteral("2.25.5"), series = QStringLiteral("2.25.5.1");
        QCOMPARE(codeOf(peer.web->series(study, series, 2, keep)), QStringLiteral("ok"));
        QCOMPARE(got, (QList<QByteArray>{"one", "two"}));
        QVERIFY(requests.last().startsWith("GET /web/studies/2.25.5/series/2.25.5.1 HTTP/1.1\r\n"));
        QVERIFY(requests.last().contains("transfer-syntax=*"));
        QVERIFY(!requests.last().toLower().contains("content-type"));
        QCOMPARE(codeOf(peer.web->series(study, series, 1, keep)), QStringLiteral("net.MimeBudget"));
        const auto full = [](const QByteArray &) { return base::Status(base::Error(net::errors::Failed)); };
        QCOMPARE(codeOf(peer.web->series(study, series, 2, full)), QStringLiteral("net.Failed"));
        QCOMPARE(
            codeOf(peer.web->series(study, QStringLiteral("../1"), 2, keep)), QStringLiteral("ihe.Query"));
    }

    // Each image is handed over when it ends, not when the answer does.
    void firstImageBeforeTheRest()
    {
        std::atomic<bool> seen = false;
        std::atomic<bool> early = false;
        WebPeer peer([&](Peer &at) {
            at.readRequest();
            at.write("HTTP/1.1 200 OK\r\nContent-Type: " + multipart + "\r\nConnection: close\r\n\r\n"
                + part("one") + "--b\r\n\r\n");
            for (int i = 0; i < 100 && !seen; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(10));
            early = seen.load();
            at.write("two\r\n--b--");
        });
        const auto keep = [&seen](const QByteArray &) {
            seen = true;
            return base::Status();
        };
        QCOMPARE(codeOf(peer.web->series(QStringLiteral("2.25.5"), QStringLiteral("2.25.5.1"), 2, keep)),
            QStringLiteral("ok"));
        QVERIFY(early);
    }

    void sourcesThatFail_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("series");
        const auto http = [](const QByteArray &head, const QByteArray &body) {
            return "HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n" + body;
        };
        QTest::newRow("none") << http("204 No Content\r\nContent-Length: 0", "") << QStringLiteral("ok")
                              << QStringLiteral("ihe.Answer");
        QTest::newRow("404") << http("404 Not Found\r\nContent-Length: 2", "no") << QStringLiteral("ok")
                             << QStringLiteral("net.HttpStatus");
        QTest::newRow("503") << http("503 Busy\r\nContent-Length: 2", "no")
                             << QStringLiteral("net.HttpStatus") << QStringLiteral("net.HttpStatus");
        QTest::newRow("page") << http("200 OK\r\nContent-Type: text/html\r\nContent-Length: 6", "<html>")
                              << QStringLiteral("ihe.Answer") << QStringLiteral("ihe.Answer");
        QTest::newRow("short") << http(
            "200 OK\r\nContent-Type: " + multipart + "\r\nContent-Length: 9999", part("one"))
                               << QStringLiteral("net.Truncated") << QStringLiteral("net.Truncated");
        QTest::newRow("elsewhere") << http(
            "302 Found\r\nLocation: https://127.0.0.1:1/\r\nContent-Length: 0", "")
                                   << QStringLiteral("net.HttpStatus") << QStringLiteral("net.HttpStatus");
    }

    void sourcesThatFail()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QString, list);
        QFETCH(QString, series);
        WebPeer peer([&](Peer &at) {
            at.readRequest();
            at.write(answer);
        });
        const auto keep = [](const QByteArray &) { return base::Status(); };
        QCOMPARE(test::codeOf(peer.web->instances(QStringLiteral("2.25.5"))), list);
        QCOMPARE(
            codeOf(peer.web->series(QStringLiteral("2.25.5"), QStringLiteral("2.25.5.1"), 2, keep)), series);
    }
};

QTEST_APPLESS_MAIN(tst_imaging)
#include "tst_imaging.moc"
