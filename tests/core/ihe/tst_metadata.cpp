// Metadata values: HL7 fields, times, the rules before submitting, and writing followed by reading.
#include "core/base/Digest.h"
#include "core/ihe/Errors.h"
#include "core/ihe/ebxml/EbXml.h"
#include "core/ihe/metadata/Deliverable.h"
#include "core/ihe/metadata/MetadataRules.h"
#include "tests/core/ihe/Samples.h"

#include <QtTest>

using namespace naru;
using namespace naru::ihe;

namespace {
RegistryContent content()
{
    RegistryContent out;
    SubmissionSet set = test::submission().set;
    set.entryUuid = QStringLiteral("urn:uuid:00000000-0000-4000-8000-000000000001");
    set.uniqueId = QStringLiteral("2.25.55");
    DocumentEntry entry = test::entry();
    entry.entryUuid = QStringLiteral("urn:uuid:00000000-0000-4000-8000-000000000002");
    entry.hash = base::sha1Hex("x");
    entry.size = 1;
    Association member;
    member.entryUuid = QStringLiteral("urn:uuid:00000000-0000-4000-8000-000000000003");
    member.type = Association::Type::HasMember;
    member.source = set.entryUuid;
    member.target = entry.entryUuid;
    out.submissionSets = {set};
    out.documents = {entry};
    out.associations = {member};
    return out;
}
} // namespace

class tst_metadata : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hl7Fields()
    {
        QCOMPARE(parseCx(QStringLiteral("1^^^&urn:oid:2.25.1&ISO")),
            (clinical::Identifier{QStringLiteral("2.25.1"), QStringLiteral("1")}));
        QCOMPARE(parseCx(QStringLiteral("1")), (clinical::Identifier{{}, QStringLiteral("1")}));
        QCOMPARE(parseCx(QStringLiteral("a\\T\\b^^^NS&2.25.1&ISO^PI")).extension, QStringLiteral("a&b"));
        QCOMPARE(writeCx({QStringLiteral("2.25.1"), QStringLiteral("a^b")}),
            QStringLiteral("a\\S\\b^^^&2.25.1&ISO"));
        const ReferenceId id = ReferenceId::parse(QStringLiteral("9^^^&2.25.2&ISO^urn:x^urn:oid:2.25.3"));
        QCOMPARE(id.homeCommunityId, QStringLiteral("2.25.3"));
        QCOMPARE(ReferenceId::parse(id.toText()), id);
        QCOMPARE(XdsPerson::parse(QStringLiteral("^김^나루")).name(), QStringLiteral("김나루"));
        QCOMPARE(XdsOrganization::parse(QStringLiteral("병원^^^^^^^^^1.2.3")).id, QStringLiteral("1.2.3"));
        QCOMPARE(XdsTelecom::parse(QStringLiteral("^PRN^PH^^82^2^555")).value, QStringLiteral("822555"));
        QCOMPARE(XdsTelecom::parse(QStringLiteral("^NET^Internet^a@b.kr")).value, QStringLiteral("a@b.kr"));
    }

    void timesKeepPrecision()
    {
        QCOMPARE(toXdsTime(base::Timestamp::parseHl7(u"20261122140100+0900").value()),
            QStringLiteral("20261122050100"));
        QCOMPARE(toXdsTime(base::Timestamp::parseHl7(u"202611").value()), QStringLiteral("202611"));
        QCOMPARE(toXdsTime(base::Timestamp::parseHl7(u"2026112208").value()), QStringLiteral("2026112123"));
        QCOMPARE(fromXdsTime(QStringLiteral("'20261122'")).precision(), base::Timestamp::Precision::Day);
        QVERIFY(fromXdsTime(QStringLiteral("yesterday")).isNull());
        QVERIFY(fromXdsTime({}).isNull());
        for (const char *time :
            {"2026", "202611", "20261122", "2026112205", "202611220501", "20261122050100"})
            QCOMPARE(toXdsTime(fromXdsTime(QString::fromLatin1(time))), QString::fromLatin1(time));
    }

    void writtenAndReadAgain()
    {
        RegistryContent before = content();
        before.folders.emplace_back();
        before.folders[0].entryUuid = QStringLiteral("urn:uuid:00000000-0000-4000-8000-000000000004");
        before.folders[0].uniqueId = QStringLiteral("2.25.56");
        before.folders[0].patientId = before.documents[0].patientId;
        before.folders[0].codes = {test::code("c", "2.25.9", QStringLiteral("C"))};
        before.folders[0].lastUpdateTime = fromXdsTime(QStringLiteral("20261122050100"));
        QByteArray xml = writeSubmitObjects(before);
        // The list is the same inside an answer.
        xml.replace("lcm:SubmitObjectsRequest", "lcm:AdhocQueryResponse");
        xml.replace("<lcm:AdhocQueryResponse", "<lcm:AdhocQueryResponse status=\"" + test::success + "\"");
        const base::Result<RegistryAnswer> answer = readRegistryAnswer(test::envelope(xml));
        QVERIFY2(answer.ok(), answer ? "" : qPrintable(answer.error().toString()));
        RegistryContent after = answer->content;
        // Times come back in UTC, the same instants.
        QCOMPARE(
            after.documents[0].creationTime.earliestUtc(), before.documents[0].creationTime.earliestUtc());
        QCOMPARE(after.submissionSets[0].submissionTime.earliestUtc(),
            before.submissionSets[0].submissionTime.earliestUtc());
        after.documents[0].creationTime = before.documents[0].creationTime;
        after.submissionSets[0].submissionTime = before.submissionSets[0].submissionTime;
        after.associations[0].typeText.clear();
        QVERIFY(after.documents == before.documents);
        QVERIFY(after.submissionSets == before.submissionSets);
        QVERIFY(after.folders == before.folders);
        QVERIFY(after.associations == before.associations);
    }

    void completeSubmissionPasses()
    {
        const base::Status status = requireValidSubmission(content());
        QVERIFY2(status.ok(), status ? "" : qPrintable(status.error().toString()));
        QVERIFY(checkSubmission(content()).empty());
    }

    void rules_data()
    {
        using Change = std::function<void(RegistryContent &)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, const char *field, Change change) {
            QTest::newRow(name) << change << QString::fromLatin1(field);
        };
        row("another patient", "DocumentEntry[0].patientId",
            [](auto &c) { c.documents[0].patientId.extension += u'x'; });
        row("no authority", "DocumentEntry[0].patientId",
            [](auto &c) { c.documents[0].patientId.root.clear(); });
        row("hash", "DocumentEntry[0].hash", [](auto &c) { c.documents[0].hash = QStringLiteral("abc"); });
        row("size", "DocumentEntry[0].size", [](auto &c) { c.documents[0].size.reset(); });
        row("no code system", "DocumentEntry[0].typeCode",
            [](auto &c) { c.documents[0].typeCode.system.clear(); });
        row("event twice", "DocumentEntry[0].eventCodeList",
            [](auto &c) { c.documents[0].eventCodes[1] = c.documents[0].eventCodes[0]; });
        row("uniqueId twice", "DocumentEntry[0].uniqueId",
            [](auto &c) { c.documents[0].uniqueId = c.submissionSets[0].uniqueId; });
        row("uniqueId no OID", "DocumentEntry[0].uniqueId",
            [](auto &c) { c.documents[0].uniqueId = QStringLiteral("abc"); });
        row("not a member", "DocumentEntry[0].association", [](auto &c) { c.associations.clear(); });
        row("no set", "SubmissionSet.count", [](auto &c) { c.submissionSets.clear(); });
        row("sourceId", "SubmissionSet.sourceId",
            [](auto &c) { c.submissionSets[0].sourceId = QStringLiteral("x"); });
        row("day only", "SubmissionSet.submissionTime", [](auto &c) {
            c.submissionSets[0].submissionTime = base::Timestamp::fromDate(QDate(2026, 1, 1));
        });
        row("no date", "DocumentEntry[0].creationTime", [](auto &c) { c.documents[0].creationTime = {}; });
        row("telecom", "DocumentEntry[0].authorTelecommunication",
            [](auto &c) { c.documents[0].authors[0].telecoms[0].value.clear(); });
        row("replaces itself", "Association[1].targetObject", [](auto &c) {
            c.associations.push_back(c.associations[0]);
            c.associations[1].type = Association::Type::Replace;
            c.associations[1].source = c.associations[1].target;
        });
    }
    void rules()
    {
        QFETCH(std::function<void(RegistryContent &)>, change);
        QFETCH(QString, field);
        RegistryContent broken = content();
        change(broken);
        const base::Status status = requireValidSubmission(broken);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().arguments.value(QStringLiteral("field")), field);
    }

    void longExtensionIsAWarning()
    {
        RegistryContent c = content();
        c.documents[0].uniqueId = QStringLiteral("2.25.1^12345678901234567");
        QVERIFY(requireValidSubmission(c).ok());
        QCOMPARE(checkSubmission(c).size(), std::size_t(1));
    }

    void delivery()
    {
        DocumentEntry entry;
        const QString hash = base::sha1Hex("abc");
        QCOMPARE(checkDelivery(entry, 3, hash).verdict, DeliveryCheck::Verdict::NothingPromised);
        entry.size = 3;
        entry.hash = hash.toUpper();
        QCOMPARE(checkDelivery(entry, 3, hash).verdict, DeliveryCheck::Verdict::Matches);
        QCOMPARE(checkDelivery(entry, 4, hash).verdict, DeliveryCheck::Verdict::SizeDiffers);
        QCOMPARE(checkDelivery(entry, 3, base::sha1Hex("abd")).verdict, DeliveryCheck::Verdict::HashDiffers);
        entry.hash = QString::fromLatin1(base::sha1("abc").toBase64());
        QVERIFY(checkDelivery(entry, 3, hash) == (DeliveryCheck{DeliveryCheck::Verdict::Matches, true}));
    }
};

QTEST_APPLESS_MAIN(tst_metadata)
#include "tst_metadata.moc"
