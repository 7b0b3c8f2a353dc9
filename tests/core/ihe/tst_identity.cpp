// Persons asked for and told of over TLS against a hand-written peer.
#include "core/base/Xml.h"
#include "core/ihe/Errors.h"
#include "core/ihe/iti44/Iti44.h"
#include "core/ihe/iti45/Iti45.h"
#include "core/ihe/iti47/Iti47.h"
#include "tests/core/ihe/PeerExchange.h"

#include <QtTest>

using namespace naru;
using namespace naru::ihe;
using naru::test::bodyOf;
using naru::test::codeOf;
using naru::test::Exchange;
using naru::test::headerOf;
using naru::test::TestCertificates;

namespace {
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

class tst_identity : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

QTEST_APPLESS_MAIN(tst_identity)
#include "tst_identity.moc"
