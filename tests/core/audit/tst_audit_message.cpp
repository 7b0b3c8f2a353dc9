// Audit messages against DICOM PS3.15 A.5.1 (order, required attributes) and RFC 5424.
#include "core/audit/AuditMessage.h"
#include "core/audit/Errors.h"
#include "core/audit/EventBuilder.h"
#include "core/base/Xml.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QtTest>

using namespace naru;
using audit::AuditEvent;
using audit::EventBuilder;
using audit::Outcome;

namespace {
EventBuilder builder()
{
    audit::Session session;
    session.clock =
        std::make_shared<base::ManualClock>(QDateTime(QDate(2026, 11, 22), QTime(5, 1, 2, 3), Qt::UTC));
    session.account = QStringLiteral("kim");
    session.userName = QStringLiteral("김원장");
    session.roleCode = QStringLiteral("doctor");
    session.host = QStringLiteral("clinic-pc1");
    session.processId = QStringLiteral("4711");
    session.sourceId = QStringLiteral("1.2.3.4");
    session.enterpriseSiteId = QStringLiteral("naru");
    return EventBuilder(session);
}
const QString cx = QStringLiteral("K1^^^&1.2.3&ISO");
const audit::Peer peer{QStringLiteral("https://repo.example.org:8443/xds?a=1&b=2"), {}};

QStringList names(const base::XmlElement &element)
{
    QStringList out;
    for (const base::XmlElement &child : element.children)
        out << child.name;
    return out;
}

QString problem(const base::XmlElement &root)
{
    const QRegularExpression order(
        QStringLiteral("^EventIdentification,(ActiveParticipant,)+AuditSourceIdentification,("
                       "ParticipantObjectIdentification,)*$"));
    if (!order.match(names(root).join(QLatin1Char(',')) + QLatin1Char(',')).hasMatch())
        return QStringLiteral("order of the message");
    const QHash<QString, QString> inner{
        {QStringLiteral("EventIdentification"),
            QStringLiteral("^EventID,(EventTypeCode,)*(EventOutcomeDescription,)?(PurposeOfUse,)*$")},
        {QStringLiteral("ActiveParticipant"), QStringLiteral("^(RoleIDCode,)*(MediaIdentifier,)?$")},
        {QStringLiteral("AuditSourceIdentification"), QStringLiteral("^(AuditSourceTypeCode,)*$")},
        {QStringLiteral("ParticipantObjectIdentification"),
            QStringLiteral("^ParticipantObjectIDTypeCode,((ParticipantObjectName|ParticipantObjectQuery),)?"
                           "(ParticipantObjectDetail,)*$")}};
    for (const base::XmlElement &part : root.children) {
        const QStringList inside = names(part);
        const QString text = inside.isEmpty() ? QString() : inside.join(QLatin1Char(',')) + QLatin1Char(',');
        if (!QRegularExpression(inner.value(part.name)).match(text).hasMatch())
            return part.name + QLatin1Char(' ') + text;
        for (const base::XmlElement &code : part.children) {
            if (code.name.endsWith(QLatin1String("Code")) && code.name != QLatin1String("AuditSourceTypeCode")
                && (code.attribute(QLatin1String("csd-code")).isEmpty()
                    || code.attribute(QLatin1String("codeSystemName")).isEmpty()
                    || code.attribute(QLatin1String("originalText")).isEmpty()))
                return QStringLiteral("code of ") + code.name;
        }
        if (part.name == QLatin1String("ActiveParticipant")
            && (part.attribute(QLatin1String("UserID")).isEmpty()
                || !part.hasAttribute(QLatin1String("UserIsRequestor"))))
            return QStringLiteral("participant");
        if (part.name == QLatin1String("ParticipantObjectIdentification")
            && part.attribute(QLatin1String("ParticipantObjectID")).isEmpty())
            return QStringLiteral("object id");
    }
    return {};
}
} // namespace

class TestAuditMessage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyActIsValid_data();
    void everyActIsValid();
    void everyActOfTheSourcesIsKnown();
    void transactions();
    void exportMessage();
    void queryMessage();
    void failuresOfIncompleteRequests();
    void accessLogFields();
    void hostileText();
    void incompleteEvents();
    void syslogLine();
    void jsonRoundTrip();
};

void TestAuditMessage::everyActIsValid_data()
{
    QTest::addColumn<QString>("act");
    QVERIFY(EventBuilder::acts().size() > 25);
    for (const QString &act : EventBuilder::acts())
        QTest::newRow(qPrintable(act)) << act;
}

void TestAuditMessage::everyActIsValid()
{
    QFETCH(QString, act);
    QVERIFY(EventBuilder::actTitleKo(act) != act);
    for (const bool full : {true, false}) {
        const EventBuilder maker = full ? builder() : EventBuilder(audit::Session{});
        const AuditEvent event =
            full ? maker.act(act, QStringLiteral("p1"), QStringLiteral("o1")) : maker.act(act);
        const auto xml = audit::toXml(event);
        QVERIFY2(xml.ok(), qPrintable(act));
        const auto root = base::parseXml(*xml);
        QVERIFY(root.ok());
        QCOMPARE(problem(*root), QString());
    }
}

// An act without a row would be recorded as activity of the program, without its object.
void TestAuditMessage::everyActOfTheSourcesIsKnown()
{
    const QRegularExpression use(
        QLatin1String(R"re((?:\bnote\(|\bact\(|[eE]xport(?:ed)?\(|\bauto act = )\s*)re"
                      R"re(QStringLiteral\("([a-z]+[a-z0-9.]*)"\))re"));
    int found = 0;
    for (const char *folder : {"/ui", "/core/services"}) {
        QDirIterator files(QStringLiteral(NARU_SOURCE_DIR) + QLatin1String(folder),
            {QStringLiteral("*.cpp"), QStringLiteral("*.h")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            auto matches = use.globalMatch(QString::fromUtf8(file.readAll()));
            for (; matches.hasNext(); ++found) {
                const QString act = matches.next().captured(1);
                QVERIFY2(EventBuilder::acts().contains(act), qPrintable(file.fileName() + u' ' + act));
            }
        }
    }
    QVERIFY2(found > 20, qPrintable(QString::number(found)));
}

void TestAuditMessage::transactions()
{
    const EventBuilder make = builder();
    const QString p = QStringLiteral("p1");
    const QList<AuditEvent> events{make.patientViewed(p, cx),
        make.documentsImported({{QStringLiteral("1.2"), QStringLiteral("1.9"), QStringLiteral("urn:oid:1")},
                                   {QStringLiteral("1.3"), QStringLiteral("1.9"), {}}},
            p, cx, peer, Outcome::Success),
        make.queried(QStringLiteral("query.iti45"), {{}, "<q/>", {}, QStringLiteral("m1")}, p, cx, peer,
            Outcome::Success),
        make.queried(QStringLiteral("query.iti47"), {{}, "<q/>", {}, QStringLiteral("m1")}, {}, {}, peer,
            Outcome::MinorFailure),
        make.patientFed(
            QStringLiteral("patient.iti44.add"), QStringLiteral("m2"), p, cx, peer, Outcome::Success),
        make.consent(
            QStringLiteral("consent.emergency"), p, QStringLiteral("c1"), QStringLiteral("unconscious")),
        make.login(QStringLiteral("login.failure"), QStringLiteral("lee"), Outcome::SeriousFailure,
            QStringLiteral("security.WrongPassphrase")),
        make.documentUsed(
            QStringLiteral("document.print"), p, QStringLiteral("1.2"), QStringLiteral("for the patient"))};
    for (const AuditEvent &event : events) {
        const auto xml = audit::toXml(event);
        QVERIFY(xml.ok());
        QCOMPARE(problem(*base::parseXml(*xml)), QString());
    }
    QCOMPARE(events[1].objects.size(), std::size_t(3));
    QCOMPARE(events[1].participants.front().roles.front().code,
        QStringLiteral("110153")); // the repository is the source
    QVERIFY(events[1].participants.back().requestor);
    QCOMPARE(events[6].participants.front().userId, QStringLiteral("lee"));
}

void TestAuditMessage::exportMessage()
{
    const AuditEvent event =
        builder().documentsExported({QStringLiteral("1.2.3.99"), {QStringLiteral("1.2.3.1")}, {}},
            QStringLiteral("p1"), cx, peer, Outcome::Success);
    const auto xml = audit::toXml(event);
    const auto root = base::parseXml(*xml);
    QVERIFY(root.ok());
    QCOMPARE(problem(*root), QString());
    const base::XmlElement *id = root->child(QLatin1String("EventIdentification"));
    QCOMPARE(id->attribute(QLatin1String("EventActionCode")), QStringLiteral("R"));
    QCOMPARE(id->attribute(QLatin1String("EventDateTime")), QStringLiteral("2026-11-22T05:01:02.003Z"));
    QCOMPARE(id->attribute(QLatin1String("EventOutcomeIndicator")), QStringLiteral("0"));
    QCOMPARE(
        id->child(QLatin1String("EventID"))->attribute(QLatin1String("csd-code")), QStringLiteral("110106"));
    QCOMPARE(id->child(QLatin1String("EventTypeCode"))->attribute(QLatin1String("csd-code")),
        QStringLiteral("ITI-41"));
    const auto people = root->all(QLatin1String("ActiveParticipant"));
    QCOMPARE(people.size(), std::size_t(3)); // source, the doctor, destination
    QCOMPARE(people.back()->attribute(QLatin1String("UserID")), peer.endpoint);
    QCOMPARE(
        people.back()->attribute(QLatin1String("NetworkAccessPointID")), QStringLiteral("repo.example.org"));
    QCOMPARE(people.back()->attribute(QLatin1String("NetworkAccessPointTypeCode")), QStringLiteral("1"));
    const auto objects = root->all(QLatin1String("ParticipantObjectIdentification"));
    QCOMPARE(objects.front()->attribute(QLatin1String("ParticipantObjectID")), cx);
    QCOMPARE(objects.back()->attribute(QLatin1String("ParticipantObjectID")), QStringLiteral("1.2.3.99"));
    QCOMPARE(objects.back()->attribute(QLatin1String("ParticipantObjectTypeCodeRole")), QStringLiteral("20"));
}

void TestAuditMessage::queryMessage()
{
    const AuditEvent event = builder().queried(QStringLiteral("query.iti18"),
        {QStringLiteral("urn:uuid:14d4debf-8f97-4251-9a74-a90016b0af0d"), "<AdhocQueryRequest/>", {}, {}},
        QStringLiteral("p1"), cx, peer, Outcome::Success);
    const auto root = base::parseXml(*audit::toXml(event));
    const base::XmlElement *query = root->all(QLatin1String("ParticipantObjectIdentification")).back();
    QCOMPARE(QByteArray::fromBase64(query->value(QLatin1String("ParticipantObjectQuery")).toLatin1()),
        QByteArray("<AdhocQueryRequest/>"));
    QCOMPARE(query->attribute(QLatin1String("ParticipantObjectTypeCodeRole")), QStringLiteral("24"));
}

void TestAuditMessage::failuresOfIncompleteRequests()
{
    const AuditEvent event =
        builder().documentsExported({}, {}, {}, {}, Outcome::MinorFailure, QStringLiteral("net.Refused"));
    const auto xml = audit::toXml(event);
    QVERIFY(xml.ok());
    const auto root = base::parseXml(*xml);
    QCOMPARE(problem(*root), QString());
    QCOMPARE(
        root->child(QLatin1String("EventIdentification"))->value(QLatin1String("EventOutcomeDescription")),
        QStringLiteral("net.Refused"));
}

void TestAuditMessage::accessLogFields()
{
    const AuditEvent event =
        builder().documentUsed(QStringLiteral("document.open"), QStringLiteral("p1"), QStringLiteral("1.2"));
    QCOMPARE(event.account, QStringLiteral("kim")); // 계정
    QVERIFY(event.time.isValid()); // 접속일시
    QCOMPARE(event.place, QStringLiteral("clinic-pc1")); // 접속지
    QCOMPARE(event.subject, QStringLiteral("p1")); // 처리한 정보주체
    QCOMPARE(event.act, QStringLiteral("document.open")); // 수행업무
}

void TestAuditMessage::hostileText()
{
    AuditEvent event =
        builder().act(QStringLiteral("settings.change"), {}, QStringLiteral("<&\"'>\n\r\t\x01]]>"));
    event.participants.front().userName = QStringLiteral("a\nb <script> \x7F");
    const auto xml = audit::toXml(event);
    QVERIFY(xml.ok());
    QVERIFY(!xml->contains('\n'));
    QVERIFY(!xml->contains('\x01'));
    QVERIFY(base::parseXml(*xml).ok());
}

void TestAuditMessage::incompleteEvents()
{
    AuditEvent event = builder().act(QStringLiteral("login"));
    event.participants.clear();
    QVERIFY(audit::toXml(event).error().is(audit::errors::Invalid));
    event = builder().act(QStringLiteral("login"));
    event.time = {};
    QVERIFY(!audit::toXml(event).ok());
    event = builder().act(QStringLiteral("login"));
    event.eventId = {};
    QVERIFY(!audit::toXml(event).ok());
}

void TestAuditMessage::syslogLine()
{
    AuditEvent event = builder().act(QStringLiteral("login"));
    event.uuid = QStringLiteral("a\"b]c\\d");
    audit::SyslogFacts facts;
    facts.host = QStringLiteral("진료실 pc 1");
    facts.processId = QStringLiteral("4711");
    facts.sequence = 2147483648LL;
    const auto line = audit::toSyslog(event, facts);
    QVERIFY(line.ok());
    const QByteArray expected =
        "<85>1 2026-11-22T05:01:02.003Z pc1 naru 4711 IHE+RFC-3881 [naru@32473 "
        "uuid=\"a\\\"b\\]c\\\\d\" seq=\"2147483648\"][meta sequenceId=\"1\"] \xEF\xBB\xBF<?xml";
    QVERIFY2(line->startsWith(expected), line->constData());
    facts = {};
    QVERIFY(audit::toSyslog(event, facts)
                ->startsWith("<85>1 2026-11-22T05:01:02.003Z - naru - IHE+RFC-3881 [naru@32473"));
}

void TestAuditMessage::jsonRoundTrip()
{
    AuditEvent event = builder().queried(QStringLiteral("query.iti18"),
        {QStringLiteral("q"), QByteArray("\0\xFF<q/>", 6), QStringLiteral("urn:oid:1"), {}},
        QStringLiteral("p1"), cx, peer, Outcome::SeriousFailure, QStringLiteral("net.Timeout"));
    event.purposeOfUse.push_back({QStringLiteral("TREAT"), QStringLiteral("x"), QStringLiteral("Treatment")});
    event.participants.front().mediaType = {
        QStringLiteral("110030"), QStringLiteral("DCM"), QStringLiteral("USB")};
    event.reason = QStringLiteral("사유");
    event.objects.front().name = QStringLiteral("n");
    event.objects.front().sensitivity = QStringLiteral("R");
    QCOMPARE(*audit::fromJson(audit::toJson(event)), event);
    QVERIFY(!audit::fromJson("[]").ok());
    QVERIFY(!audit::fromJson("").ok());
}

QTEST_GUILESS_MAIN(TestAuditMessage)
#include "tst_audit_message.moc"
