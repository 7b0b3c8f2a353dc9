// Whole transactions over TLS against a hand-written peer: what goes over the wire, what comes back, and what
// is audited.
#include "core/base/Digest.h"
#include "core/base/Xml.h"
#include "core/ihe/Errors.h"
#include "core/ihe/iti18/Iti18.h"
#include "core/ihe/iti41/Iti41.h"
#include "core/ihe/iti43/Iti43.h"
#include "core/ihe/iti44/Iti44.h"
#include "core/ihe/iti45/Iti45.h"
#include "core/ihe/iti47/Iti47.h"
#include "core/ihe/iti57/Iti57.h"
#include "core/net/MimeReader.h"
#include "tests/core/ihe/Samples.h"
#include "tests/core/net/TestTlsServer.h"

#include <QtTest>

using namespace naru;
using namespace naru::ihe;
using naru::test::Peer;
using naru::test::TestCertificates;
using naru::test::TestTlsServer;

namespace {
class Recorder : public AuditListener {
public:
    void transaction(const TransactionRecord &record) override { records.push_back(record); }
    std::vector<TransactionRecord> records{};
};

QByteArray headerOf(const QByteArray &request, const char *name)
{
    const qsizetype at = request.toLower().indexOf(QByteArray("\r\n") + name + ':');
    return at < 0 ? QByteArray()
                  : request
                        .mid(request.indexOf(':', at) + 1,
                            request.indexOf("\r\n", at + 2) - request.indexOf(':', at) - 1)
                        .trimmed();
}
QByteArray bodyOf(const QByteArray &request)
{
    return request.mid(request.indexOf("\r\n\r\n") + 4);
}
QByteArray between(const QByteArray &text, const QByteArray &open, const QByteArray &close)
{
    const qsizetype at = text.indexOf(open);
    return at < 0 ? QByteArray()
                  : text.mid(at + open.size(), text.indexOf(close, at + open.size()) - at - open.size());
}

// A peer that answers every request by `answer(request, messageId)`; an empty answer resets the connection.
struct Exchange {
    using Answer = std::function<QByteArray(const QByteArray &, const QByteArray &)>;
    explicit Exchange(Answer answer_, QByteArray contentType_ = "application/soap+xml; charset=utf-8",
        QByteArray status_ = "200 OK")
        : answer(std::move(answer_))
        , contentType(std::move(contentType_))
        , status(std::move(status_))
        , server([this](Peer &peer) {
            requests.push_back(peer.readRequest());
            const QByteArray text = answer(requests.back(), between(requests.back(), "<wsa:MessageID>", "<"));
            if (text.isEmpty())
                peer.reset();
            else
                peer.respond(contentType, text, status);
        })
        , caller({TestCertificates::instance().identity(), &recorder})
    {
        endpoint.url = server.url();
        endpoint.timeoutSeconds = 5;
    }
    Answer answer;
    QByteArray contentType;
    QByteArray status;
    std::vector<QByteArray> requests{};
    Recorder recorder{};
    TestTlsServer server;
    Caller caller;
    Endpoint endpoint{};
};

const QByteArray registered("urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse");

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
template <typename T> QString codeOf(const base::Result<T> &result)
{
    return result ? QStringLiteral("ok") : QString::fromLatin1(result.error().code.id);
}

const V3Devices devices{QStringLiteral("2.25.21"), QStringLiteral("2.25.22")};
const base::Timestamp now = base::Timestamp::parseHl7(u"20261122140000+0900").value();

QByteArray v3(const QByteArray &name, const QByteArray &ack, const QByteArray &act)
{
    return test::envelope("<h:" + name + " xmlns:h=\"urn:hl7-org:v3\"><h:acknowledgement><h:typeCode code=\""
        + ack
        + "\"/>"
          "<h:acknowledgementDetail><h:code code=\"204\"/><h:text>unknown key "
          "12345678</h:text></h:acknowledgementDetail>"
          "</h:acknowledgement>"
        + act + "</h:" + name + ">");
}
QByteArray queryAct(const QByteArray &code, const QByteArray &subjects, const QByteArray &quantities = {})
{
    return "<h:controlActProcess>" + subjects
        + "<h:queryAck><h:queryId root=\"2.25.21\" extension=\"q\"/><h:queryResponseCode code=\"" + code
        + "\"/>" + quantities + "</h:queryAck></h:controlActProcess>";
}
QByteArray person(const QByteArray &id)
{
    return "<h:subject><h:registrationEvent><h:subject1><h:patient><h:id root=\"2.25.7\" extension=\"" + id
        + "\"/><h:statusCode code=\"ACTIVE\"/>"
          "<h:patientPerson><h:name><h:family>홍</h:family><h:given>길동</h:given></h:name><h:telecom "
          "value=\"tel:010-1\"/>"
          "<h:administrativeGenderCode code=\"UN\"/><h:birthTime value=\"196103\"/>"
          "<h:asOtherIDs><h:id root=\"2.25.8\" extension=\"C1\"/><h:scopingOrganization><h:id "
          "root=\"2.25.8\"/></h:scopingOrganization></h:asOtherIDs>"
          "</h:patientPerson><h:subjectOf1><h:queryMatchObservation><h:value "
          "value=\"95\"/></h:queryMatchObservation></h:subjectOf1>"
          "</h:patient></h:subject1></h:registrationEvent></h:subject>";
}
} // namespace

class tst_transactions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void submitOnTheWire()
    {
        Exchange exchange([](const QByteArray &, const QByteArray &id) {
            return test::envelope(test::registryResponse(test::success), registered, id);
        });
        const QByteArray document("<ClinicalDocument/>\r\n\r\n");
        Submission submission = test::submission(document);
        submission.items[0].replaces = QStringLiteral("urn:uuid:00000000-0000-4000-8000-00000000000a");
        const base::Result<FrozenSubmission> frozen = prepare(submission);
        QVERIFY2(frozen.ok(), frozen ? "" : qPrintable(frozen.error().toString()));
        QCOMPARE(deliver(exchange.caller, exchange.endpoint, *frozen).state, Delivery::State::Accepted);
        // The stored form, sent again, differs in the MessageID only.
        const base::Result<FrozenSubmission> stored = FrozenSubmission::fromBytes(frozen->toBytes());
        QVERIFY2(stored.ok(), stored ? "" : qPrintable(stored.error().toString()));
        QVERIFY(*stored == *frozen);
        QCOMPARE(deliver(exchange.caller, exchange.endpoint, *stored).state, Delivery::State::Accepted);
        QByteArray first = bodyOf(exchange.requests[0]);
        QByteArray second = bodyOf(exchange.requests[1]);
        QVERIFY(first != second);
        for (QByteArray *text : {&first, &second})
            text->replace(between(*text, "<wsa:MessageID>", "<"), "ID");
        QCOMPARE(first, second);

        const QByteArray type = headerOf(exchange.requests[0], "content-type");
        QVERIFY(type.startsWith("multipart/related; boundary=\""));
        QVERIFY(type.contains("start-info=\"application/soap+xml\"; "
                              "action=\"urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-b\""));
        const auto parts = net::readMime(type, first);
        QVERIFY(parts.ok());
        QCOMPARE(parts->size(), std::size_t(2));
        QCOMPARE((*parts)[1].body, document);
        const base::XmlElement root = base::parseXml((*parts)[0].body).value();
        const base::XmlElement *request = root.path({"Body", "ProvideAndRegisterDocumentSetRequest"});
        QVERIFY(request);
        const base::XmlElement *list = request->path({"SubmitObjectsRequest", "RegistryObjectList"});
        QVERIFY(list);
        QCOMPARE(list->all(QLatin1String("Association")).size(), std::size_t(2));
        QCOMPARE(list->all(QLatin1String("Association"))[1]->attribute(QLatin1String("associationType")),
            QStringLiteral("urn:ihe:iti:2007:AssociationType:RPLC"));
        const base::XmlElement *entry = list->child(QLatin1String("ExtrinsicObject"));
        QCOMPARE(request->child(QLatin1String("Document"))->attribute(QLatin1String("id")),
            entry->attribute(QLatin1String("id")));
        QCOMPARE(net::contentIdOfHref(
                     request->path({"Document", "Include"})->attribute(QLatin1String("href")).toUtf8()),
            (*parts)[1].contentId);
        QVERIFY((*parts)[0].body.contains(base::sha1Hex(document).toLatin1()));

        QCOMPARE(exchange.recorder.records.size(), std::size_t(2));
        const TransactionRecord &record = exchange.recorder.records[0];
        QCOMPARE(record.transaction, QStringLiteral("ITI-41"));
        QCOMPARE(record.kind, TransactionRecord::Kind::Export);
        QCOMPARE(record.outcome, 0);
        QCOMPARE(record.objects.size(), std::size_t(2));
        QCOMPARE(record.patientIds, QStringList(QStringLiteral("MPI'1^^^&2.25.7&ISO")));
        QVERIFY(record.startedUtc.isValid() && record.endedUtc >= record.startedUtc);
    }

    // XDS Metadata Update supplement 3.57.4.1.3.3.2: submission set and UpdateAvailabilityStatus, nothing
    // else.
    void statusUpdateOnTheWire()
    {
        const QByteArray updated("urn:ihe:iti:2010:UpdateDocumentSetResponse");
        Exchange exchange([&](const QByteArray &, const QByteArray &id) {
            return test::envelope(test::registryResponse(test::success), updated, id);
        });
        StatusUpdate update;
        update.set = test::submission().set;
        update.set.comments = QStringLiteral("잘못 <보냄>");
        update.entryUuid = QStringLiteral("urn:uuid:00000000-0000-4000-8000-00000000000a");
        const auto frozen = prepare(update);
        QVERIFY2(frozen.ok(), frozen ? "" : qPrintable(frozen.error().toString()));
        const auto stored = FrozenSubmission::fromBytes(frozen->toBytes());
        QVERIFY(stored.ok() && *stored == *frozen);
        QCOMPARE(deliverUpdate(exchange.caller, exchange.endpoint, *frozen).state, Delivery::State::Accepted);
        QCOMPARE(deliverUpdate(exchange.caller, exchange.endpoint, *stored).state, Delivery::State::Accepted);
        QVERIFY(bodyOf(exchange.requests[0]).contains(frozen->body));
        QVERIFY(bodyOf(exchange.requests[1]).contains(frozen->body)); // the same identifiers again
        QVERIFY(headerOf(exchange.requests[0], "content-type")
                    .contains("action=\"urn:ihe:iti:2010:UpdateDocumentSet\""));

        const base::XmlElement root = base::parseXml(bodyOf(exchange.requests[0])).value();
        const base::XmlElement *list = root.path({"Body", "SubmitObjectsRequest", "RegistryObjectList"});
        QVERIFY(list);
        QCOMPARE(list->children.size(), std::size_t(2));
        const base::XmlElement *set = list->child(QLatin1String("RegistryPackage"));
        const base::XmlElement *change = list->child(QLatin1String("Association"));
        QVERIFY(set && change);
        QCOMPARE(set->attribute(QLatin1String("id")), frozen->submissionSetUuid);
        QCOMPARE(change->attribute(QLatin1String("associationType")),
            QStringLiteral("urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus"));
        QCOMPARE(change->attribute(QLatin1String("sourceObject")), frozen->submissionSetUuid);
        QCOMPARE(change->attribute(QLatin1String("targetObject")), update.entryUuid);
        QMap<QString, QString> values;
        for (const base::XmlElement *slot : change->all(QLatin1String("Slot")))
            values.insert(slot->attribute(QLatin1String("name")), slot->path({"ValueList", "Value"})->text);
        const QString prefix = QStringLiteral("urn:oasis:names:tc:ebxml-regrep:StatusType:");
        QCOMPARE(values,
            (QMap<QString, QString>{{QStringLiteral("OriginalStatus"), prefix + QStringLiteral("Approved")},
                {QStringLiteral("NewStatus"), prefix + QStringLiteral("Deprecated")}}));

        const TransactionRecord record = exchange.recorder.records.at(0);
        QCOMPARE(record.transaction, QStringLiteral("ITI-57"));
        QCOMPARE(record.action, 'U');
        QCOMPARE(record.outcome, 0);
        QCOMPARE(record.objects.at(0).uniqueId, frozen->submissionSetUniqueId);
    }

    void statusUpdateIsGuarded()
    {
        Exchange refusing([](const QByteArray &, const QByteArray &id) {
            return test::envelope(
                test::registryResponse(test::failure, test::registryError("XDSMetadataUpdateError", "x")),
                "urn:ihe:iti:2010:UpdateDocumentSetResponse", id);
        });
        StatusUpdate update;
        update.set = test::submission().set;
        QCOMPARE(codeOf(prepare(update)), QStringLiteral("ihe.Metadata")); // no entry named
        update.entryUuid = QStringLiteral("Document01");
        QCOMPARE(codeOf(prepare(update)), QStringLiteral("ihe.Metadata")); // nor a registered one
        update.entryUuid = QStringLiteral("urn:uuid:00000000-0000-4000-8000-00000000000a");
        update.to = Availability::Approved;
        QCOMPARE(codeOf(prepare(update)), QStringLiteral("ihe.Metadata")); // no change
        update.to = Availability::Deprecated;
        const FrozenSubmission frozen = prepare(update).value();
        QCOMPARE(deliverUpdate(refusing.caller, refusing.endpoint, frozen).state, Delivery::State::Rejected);
        QCOMPARE(refusing.recorder.records.at(0).outcome, 8);
        // A document's submission does not go out as an update, nor the other way round.
        QCOMPARE(deliverUpdate(refusing.caller, refusing.endpoint, prepare(test::submission()).value()).state,
            Delivery::State::DefiniteNotSent);
        QCOMPARE(deliver(refusing.caller, refusing.endpoint, frozen).state, Delivery::State::DefiniteNotSent);
        QCOMPARE(refusing.requests.size(), std::size_t(1));
        // Lost, or answered as something else: nobody knows.
        Exchange silent([](const QByteArray &, const QByteArray &) { return QByteArray(); });
        QCOMPARE(deliverUpdate(silent.caller, silent.endpoint, frozen).state, Delivery::State::Unknown);
        Exchange twice([](const QByteArray &, const QByteArray &id) {
            return test::envelope(test::registryResponse(test::failure,
                                      test::registryError("XDSDuplicateUniqueIdInRegistry", "x")),
                "urn:ihe:iti:2010:UpdateDocumentSetResponse", id);
        });
        QCOMPARE(deliverUpdate(twice.caller, twice.endpoint, frozen).state, Delivery::State::Unknown);
    }

    void frozenIsGuarded()
    {
        const FrozenSubmission frozen = prepare(test::submission()).value();
        QByteArray bytes = frozen.toBytes();
        bytes[bytes.size() - 2] = bytes[bytes.size() - 2] + 1;
        QCOMPARE(codeOf(FrozenSubmission::fromBytes(bytes)), QStringLiteral("ihe.Frozen"));
        QCOMPARE(
            codeOf(FrozenSubmission::fromBytes(frozen.toBytes().chopped(1))), QStringLiteral("ihe.Frozen"));
        QCOMPARE(codeOf(FrozenSubmission::fromBytes(frozen.toBytes() + "x")), QStringLiteral("ihe.Frozen"));
        QCOMPARE(codeOf(FrozenSubmission::fromBytes({})), QStringLiteral("ihe.Frozen"));
        Submission wrong = test::submission();
        wrong.items[0].entry.hash = QString(40, u'0');
        QCOMPARE(codeOf(prepare(wrong)), QStringLiteral("ihe.Metadata"));
        wrong = test::submission();
        wrong.set.patientId.extension = QStringLiteral("other");
        QCOMPARE(codeOf(prepare(wrong)), QStringLiteral("ihe.Metadata"));
    }

    void deliveryStates_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("retry");
        QTest::addColumn<int>("outcome");
        const auto row = [](const char *name, const QByteArray &answer, Delivery::State state,
                             bool retry = false, int outcome = 8, const QByteArray &status = "200 OK") {
            QTest::newRow(name) << answer << status << int(state) << retry << outcome;
        };
        const auto refusal = [](const char *code) {
            return test::envelope(test::registryResponse(test::failure, test::registryError(code, "c")));
        };
        using State = Delivery::State;
        row("metadata error", refusal("XDSRegistryMetadataError"), State::Rejected);
        row("no reason", test::envelope(test::registryResponse(test::failure)), State::Rejected);
        row("busy", refusal("XDSRegistryBusy"), State::Rejected, true);
        row("duplicate", refusal("XDSDuplicateUniqueIdInRegistry"), State::Unknown);
        row("duplicate, invented", refusal("XDSRepositoryDuplicateUniqueId"), State::Unknown);
        row("partial", test::envelope(test::registryResponse(test::partial)), State::Unknown);
        row("success with a warning",
            test::envelope(test::registryResponse(
                test::success, test::registryError("XDSExtraMetadataNotSaved", "", "Warning"))),
            State::Accepted, false, 0);
        row("fault", test::envelope("<s:Fault><s:Reason><s:Text>x</s:Text></s:Reason></s:Fault>"),
            State::Unknown, false, 8, "500 Error");
        row("500 without SOAP", "<html/>", State::Unknown, false, 12, "500 Error");
        row("413", "too big", State::Unknown, false, 12, "413 No");
        row("cut answer", test::envelope(test::registryResponse(test::success)).chopped(5), State::Unknown);
        row("no status", test::envelope("<RegistryResponse/>"), State::Unknown);
        row("answer to another", test::envelope(test::registryResponse(test::success), {}, "urn:uuid:other"),
            State::Unknown);
        row("reset", {}, State::Unknown, false, 12);
    }
    void deliveryStates()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, status);
        QFETCH(int, state);
        QFETCH(bool, retry);
        QFETCH(int, outcome);
        Exchange exchange(
            [&](const QByteArray &, const QByteArray &) { return answer; }, "application/soap+xml", status);
        const Delivery delivery =
            deliver(exchange.caller, exchange.endpoint, prepare(test::submission()).value());
        QCOMPARE(int(delivery.state), state);
        QCOMPARE(delivery.retryLater, retry);
        QCOMPARE(exchange.recorder.records.size(), std::size_t(1));
        QCOMPARE(exchange.recorder.records[0].outcome, outcome);
    }

    void notSentIsDefinite()
    {
        Exchange exchange([](const QByteArray &, const QByteArray &) { return QByteArray("x"); });
        const FrozenSubmission frozen = prepare(test::submission()).value();
        Endpoint dead = exchange.endpoint;
        dead.url = QStringLiteral("https://127.0.0.1:1/x");
        QCOMPARE(deliver(exchange.caller, dead, frozen).state, Delivery::State::DefiniteNotSent);
        FrozenSubmission changed = frozen;
        changed.attachments[0].bytes += 'x';
        QCOMPARE(
            deliver(exchange.caller, exchange.endpoint, changed).state, Delivery::State::DefiniteNotSent);
        const Caller stranger({TestCertificates::instance().identityOf(TestCertificates::instance().authority,
                                   &TestCertificates::instance().strangersClient),
            &exchange.recorder});
        QCOMPARE(deliver(stranger, exchange.endpoint, frozen).state, Delivery::State::DefiniteNotSent);
        QCOMPARE(exchange.recorder.records.size(), std::size_t(3)); // audited all the same
        QVERIFY(exchange.requests.empty());
    }

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

    void findInChunksAsksTwice()
    {
        Exchange exchange([&](const QByteArray &request, const QByteArray &id) {
            QByteArray inside;
            for (const char *uuid : {"urn:uuid:a", "urn:uuid:b", "urn:uuid:c"}) {
                if (request.contains("ObjectRef"))
                    inside += QByteArray("<m:ObjectRef id=\"") + uuid + "\"/>";
                else if (request.contains(QByteArray("('") + uuid) && QByteArray(uuid) != "urn:uuid:c")
                    inside += QByteArray("<m:ExtrinsicObject id=\"") + uuid + "\"/>";
            }
            return test::envelope(
                "<q:AdhocQueryResponse xmlns:q=\"urn:oasis:names:tc:ebxml-regrep:xsd:query:3.0\" status=\""
                    + test::success
                    + "\"><m:RegistryObjectList xmlns:m=\"urn:oasis:names:tc:ebxml-regrep:xsd:rim:3.0\">"
                    + inside + "</m:RegistryObjectList></q:AdhocQueryResponse>",
                Iti18::info.answerAction, id);
        });
        FindDocuments find;
        find.patientId = {QStringLiteral("2.25.7"), QStringLiteral("1")};
        const auto answer = findInChunks(exchange.caller, exchange.endpoint, find, 2);
        QVERIFY(answer.ok());
        QCOMPARE(exchange.requests.size(), std::size_t(3));
        QCOMPARE(answer->content.documents.size(), std::size_t(2));
        QVERIFY(answer->uncertain); // "c" was named and not delivered
        QVERIFY(answer->deviations.isEmpty());
        QCOMPARE(headerOf(exchange.requests[0], "content-type"),
            QByteArray(
                "application/soap+xml; charset=UTF-8; action=\"urn:ihe:iti:2007:RegistryStoredQuery\""));
        QCOMPARE(exchange.recorder.records[0].queryId,
            QStringLiteral("urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"));
        QVERIFY(exchange.recorder.records[0].queryPayload.contains("AdhocQuery"));
    }

    void identityQueries()
    {
        QByteArray answer = v3("PRPA_IN201310UV02", "AA", queryAct("OK", person("M1")));
        Exchange exchange([&](const QByteArray &, const QByteArray &) { return answer; });
        const PixQuestion pix{
            devices, {QStringLiteral("2.25.8"), QStringLiteral("C1")}, {QStringLiteral("2.25.7")}, now, {}};
        const auto found = exchange.caller.run<Iti45>(exchange.endpoint, pix);
        QVERIFY2(found.ok(), found ? "" : qPrintable(found.error().toString()));
        QVERIFY(found->found);
        QCOMPARE(found->ids[0], (clinical::Identifier{QStringLiteral("2.25.7"), QStringLiteral("M1")}));
        answer = v3("PRPA_IN201310UV02", "AA", queryAct("NF", {}));
        QVERIFY(!exchange.caller.run<Iti45>(exchange.endpoint, pix).value().found);
        // Both codes count: an accepted message with a failed query, and a refused message with a
        // good-looking query.
        for (const auto &[ack, code] : {std::pair<const char *, const char *>{"AA", "AE"}, {"AE", "AE"},
                 {"AE", "OK"}, {"AR", "QE"}, {"", "OK"}}) {
            answer = v3("PRPA_IN201310UV02", ack, queryAct(code, person("M1")));
            const auto refused = exchange.caller.run<Iti45>(exchange.endpoint, pix);
            QCOMPARE(codeOf(refused), QStringLiteral("ihe.Nak"));
            QVERIFY(!refused.error().toString().contains(QLatin1String("12345678")));
        }
        QCOMPARE(exchange.recorder.records.size(), std::size_t(7));
        QCOMPARE(exchange.recorder.records.back().outcome, 8);
    }

    void demographicsWithContinuation()
    {
        int turn = 0;
        Exchange exchange([&](const QByteArray &request, const QByteArray &) {
            ++turn;
            if (request.contains("aborted"))
                return v3("MCCI_IN000002UV01", "AA", {});
            const QByteArray rest = QByteArray::number(3 - turn);
            return v3("PRPA_IN201306UV02", "AA",
                queryAct("OK", person("M" + QByteArray::number(turn)),
                    "<h:resultTotalQuantity value=\"3\"/><h:resultRemainingQuantity value=\"" + rest
                        + "\"/>"));
        });
        PdqQuestion question;
        question.devices = devices;
        question.created = now;
        question.family = QStringLiteral("홍");
        question.birthDate = base::Timestamp::parseHl7(u"19610302").value();
        question.sex = clinical::Sex::Male;
        question.quantity = 1;
        const auto answer = findPatients(exchange.caller, exchange.endpoint, question, 2);
        QVERIFY2(answer.ok(), answer ? "" : qPrintable(answer.error().toString()));
        QCOMPARE(answer->patients.size(), std::size_t(2));
        const PatientIdentity &patient = answer->patients[0];
        QCOMPARE(patient.name(), QStringLiteral("홍길동"));
        QCOMPARE(patient.idOf(QStringLiteral("2.25.8")), QStringLiteral("C1"));
        QCOMPARE(patient.sex, clinical::Sex::Undifferentiated);
        QCOMPARE(patient.birthDate.toHl7(), QStringLiteral("196103"));
        QCOMPARE(patient.matchQuality, 95);
        QCOMPARE(patient.statusCode, QStringLiteral("active"));
        QCOMPARE(exchange.requests.size(), std::size_t(3));
        QVERIFY(exchange.requests[0].contains("<initialQuantity value=\"1\"/>"));
        QVERIFY(headerOf(exchange.requests[1], "content-type").contains("QUQI_IN000003UV01_Continue"));
        QVERIFY(exchange.requests[1].contains("waitContinuedQueryResponse"));
        QVERIFY(headerOf(exchange.requests[2], "content-type").contains("QUQI_IN000003UV01_Cancel"));
        PdqQuestion empty;
        empty.devices = devices;
        empty.created = now;
        QCOMPARE(
            codeOf(findPatients(exchange.caller, exchange.endpoint, empty)), QStringLiteral("ihe.Query"));
    }

    void feed()
    {
        QByteArray ack = "AA";
        Exchange exchange(
            [&](const QByteArray &, const QByteArray &) { return v3("MCCI_IN000002UV01", ack, {}); });
        FeedQuestion question;
        question.devices = devices;
        question.created = now;
        question.patient.ids = {{QStringLiteral("2.25.8"), QStringLiteral("C<1")},
            {QStringLiteral("2.25.7"), QStringLiteral("M1")}};
        question.patient.family = QStringLiteral("홍");
        question.patient.given = QStringLiteral("길동");
        question.provider.oid = QStringLiteral("1.2.3");
        question.provider.name = QStringLiteral("의원");
        QVERIFY(exchange.caller.run<Iti44Add>(exchange.endpoint, question).ok());
        const QByteArray body = bodyOf(exchange.requests[0]);
        QVERIFY(base::parseXml(body).ok());
        QVERIFY(body.contains("<PRPA_IN201301UV02 xmlns=\"urn:hl7-org:v3\""));
        QVERIFY(!body.contains("xmlns:urn"));
        QVERIFY(exchange.caller.run<Iti44Revise>(exchange.endpoint, question).ok());
        QVERIFY(exchange.requests[1].contains("PRPA_TE201302UV02"));
        ack = "AE";
        QCOMPARE(
            codeOf(exchange.caller.run<Iti44Add>(exchange.endpoint, question)), QStringLiteral("ihe.Nak"));
        QCOMPARE(exchange.recorder.records[0].action, 'C');
        QCOMPARE(exchange.recorder.records[1].action, 'U');
        QCOMPARE(exchange.recorder.records[2].outcome, 8);
        QCOMPARE(exchange.recorder.records[2].kind, TransactionRecord::Kind::PatientRecord);
    }

    void securityHeaderIsInserted()
    {
        Exchange exchange(
            [](const QByteArray &, const QByteArray &) { return v3("MCCI_IN000002UV01", "AA", {}); });
        CallerSettings settings{TestCertificates::instance().identity(), &exchange.recorder};
        settings.security = [](const Endpoint &, const QString &) {
            return base::Result<QByteArray>(QByteArray("<w:Security xmlns:w=\"urn:w\"/>"));
        };
        FeedQuestion question;
        question.devices = devices;
        question.created = now;
        question.patient.ids = {{QStringLiteral("2.25.8"), QStringLiteral("1")}};
        question.patient.given = QStringLiteral("x");
        question.provider.oid = QStringLiteral("1.2.3");
        QVERIFY(Caller(settings).run<Iti44Add>(exchange.endpoint, question).ok());
        QVERIFY(exchange.requests[0].contains("<w:Security xmlns:w=\"urn:w\"/></soap:Header>"));
        settings.security = [](const Endpoint &, const QString &) {
            return base::Result<QByteArray>(base::Error(ihe::errors::Soap));
        };
        const auto refused = Caller(settings).run<Iti44Add>(exchange.endpoint, question);
        QVERIFY(!refused.ok() && net::certainlyNotSent(refused.error()));
    }
};

QTEST_APPLESS_MAIN(tst_transactions)
#include "tst_transactions.moc"
