// Submitting, changing and looking up over TLS against a hand-written peer: what goes over the wire, what
// comes back, and what is audited.
#include "core/base/Digest.h"
#include "core/base/Xml.h"
#include "core/ihe/Errors.h"
#include "core/ihe/iti18/Iti18.h"
#include "core/ihe/iti41/Iti41.h"
#include "core/ihe/iti44/Iti44.h"
#include "core/ihe/iti57/Iti57.h"
#include "core/net/MimeReader.h"
#include "tests/core/ihe/PeerExchange.h"

#include <QtTest>

using namespace naru;
using namespace naru::ihe;
using naru::test::between;
using naru::test::bodyOf;
using naru::test::codeOf;
using naru::test::Exchange;
using naru::test::headerOf;
using naru::test::TestCertificates;

namespace {
const QByteArray registered("urn:ihe:iti:2007:ProvideAndRegisterDocumentSet-bResponse");
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
};

QTEST_APPLESS_MAIN(tst_transactions)
#include "tst_transactions.moc"
