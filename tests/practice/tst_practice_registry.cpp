// Stored queries, life cycle and error codes of the registry (IHE ITI TF-2 3.18, TF-3 4.2).
#include "Wire.h"

#include <QTest>

using namespace wire;

namespace {
constexpr auto approved = "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')";
constexpr auto both = "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved','urn:oasis:names:tc:ebxml-"
                      "regrep:StatusType:Deprecated')";
using Parameters = QList<QPair<QByteArray, QByteArray>>;
} // namespace

class TestPracticeRegistry : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(p.start());
        patient = newPatient(p, "P1");
        QVERIFY(giveConsent(p, patient));
        Doc a = doc();
        a.uniqueId = first;
        a.creationTime = "202606";
        Doc b = doc();
        b.id = "Document02";
        b.uniqueId = second;
        b.typeCode = "34133-9";
        b.practice = "0200";
        b.creationTime = "20260915101112";
        const QByteArray folderId = "Folder01";
        Submission s{{a, b}};
        s.setUniqueId = set;
        s.extraObjects = folder(folderId, folderUnique, patient)
            + association(
                "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember", "SubmissionSet01", folderId)
            + association(
                "urn:oasis:names:tc:ebxml-regrep:AssociationType:HasMember", folderId, "Document01");
        const Reply reply = submit(p, s);
        QVERIFY2(reply.success(), reply.body.constData());
        firstUuid = entryUuid(p, first).toLatin1();
        QVERIFY(firstUuid.startsWith("urn:uuid:"));
    }

    void findDocuments_data()
    {
        QTest::addColumn<Parameters>("more");
        QTest::addColumn<int>("count");
        QTest::newRow("all") << Parameters{} << 3; // with the consent
        QTest::newRow("type") << Parameters{{"$XDSDocumentEntryTypeCode",
            "('34133-9^^2.16.840.1.113883.6.1')"}}
                              << 1;
        QTest::newRow("type, wrong system")
            << Parameters{{"$XDSDocumentEntryTypeCode", "('34133-9^^1.2.3')"}} << 0;
        QTest::newRow("type list") << Parameters{{"$XDSDocumentEntryTypeCode",
            "('34133-9^^2.16.840.1.113883.6.1','57133-1^^2.16.840.1.113883.6.1')"}}
                                   << 2;
        QTest::newRow("class") << Parameters{{"$XDSDocumentEntryClassCode", "('consent')"}} << 1;
        QTest::newRow("format") << Parameters{{"$XDSDocumentEntryFormatCode", "('kr-referral')"}} << 2;
        QTest::newRow("practice setting")
            << Parameters{{"$XDSDocumentEntryPracticeSettingCode", "('0200')"}} << 1;
        QTest::newRow("from") << Parameters{{"$XDSDocumentEntryCreationTimeFrom", "'20260901'"}} << 2;
        QTest::newRow("to, partial time")
            << Parameters{{"$XDSDocumentEntryCreationTimeTo", "'20260602'"}} << 1;
        QTest::newRow("unquoted date") << Parameters{{"$XDSDocumentEntryCreationTimeFrom", "20260901"}} << 2;
        QTest::newRow("and") << Parameters{{"$XDSDocumentEntryConfidentialityCode", "('N')"},
            {"$XDSDocumentEntryConfidentialityCode", "('R')"}}
                             << 0;
        QTest::newRow("author") << Parameters{{"$XDSDocumentEntryAuthorPerson", "('%O''Brien%')"}} << 0;
        QTest::newRow("on-demand") << Parameters{{"$XDSDocumentEntryType",
            "('urn:uuid:34268e47-fdf5-41a6-ba33-82133c465248')"}}
                                   << 0;
    }

    void findDocuments()
    {
        QFETCH(Parameters, more);
        QFETCH(int, count);
        const Parameters base{
            {"$XDSDocumentEntryPatientId", "'" + patient + "'"}, {"$XDSDocumentEntryStatus", approved}};
        const Reply leaf = query(p, "14d4debf-8f97-4251-9a74-a90016b0af0d", base + more);
        QVERIFY2(leaf.success(), leaf.body.constData());
        QCOMPARE(leaf.count("<rim:ExtrinsicObject"), count);
        const Reply refs = query(p, "14d4debf-8f97-4251-9a74-a90016b0af0d", base + more, false);
        QCOMPARE(refs.count("<rim:ObjectRef"), count);
        QCOMPARE(refs.count("<rim:ExtrinsicObject"), 0);
    }

    void otherQueries_data()
    {
        QTest::addColumn<QByteArray>("uuid");
        QTest::addColumn<Parameters>("parameters");
        QTest::addColumn<QList<int>>("counts"); // documents, packages, associations
        const QByteArray cx = "'@patient'";
        QTest::newRow("FindSubmissionSets")
            << QByteArray("f26abbcb-ac74-4422-8a30-edb644bbc1a9")
            << Parameters{{"$XDSSubmissionSetPatientId", cx}, {"$XDSSubmissionSetStatus", approved}}
            << QList<int>{0, 2, 0};
        QTest::newRow("FindFolders") << QByteArray("958f3006-baad-4929-a4de-ff1114824431")
                                     << Parameters{{"$XDSFolderPatientId", cx},
                                            {"$XDSFolderStatus", approved}}
                                     << QList<int>{0, 1, 0};
        QTest::newRow("GetAll") << QByteArray("10b545ea-725c-446d-9b95-8aeb444eddf3")
                                << Parameters{{"$patientId", cx}, {"$XDSDocumentEntryStatus", approved},
                                       {"$XDSSubmissionSetStatus", approved}, {"$XDSFolderStatus", approved}}
                                << QList<int>{3, 3, 5};
        QTest::newRow("GetDocuments")
            << QByteArray("5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4")
            << Parameters{{"$XDSDocumentEntryUniqueId", "('@first','@second')"}} << QList<int>{2, 0, 0};
        QTest::newRow("GetFolders") << QByteArray("5737b14c-8a1a-4539-b659-e03a34a5e1e4")
                                    << Parameters{{"$XDSFolderUniqueId", "('@folder')"}}
                                    << QList<int>{0, 1, 0};
        QTest::newRow("GetAssociations") << QByteArray("a7ae438b-4bc2-4642-93e9-be891f7bb155")
                                         << Parameters{{"$uuid", "('@uuid')"}} << QList<int>{0, 0, 2};
        QTest::newRow("GetDocumentsAndAssociations")
            << QByteArray("bab9529a-4a10-40b3-a01f-f68a615d247a")
            << Parameters{{"$XDSDocumentEntryEntryUUID", "('@uuid')"}} << QList<int>{1, 0, 2};
        QTest::newRow("GetSubmissionSets") << QByteArray("51224314-5390-4169-9b91-b1980040715a")
                                           << Parameters{{"$uuid", "('@uuid')"}} << QList<int>{0, 1, 1};
        QTest::newRow("GetSubmissionSetAndContents")
            << QByteArray("e8e3cb2c-e39c-46b9-99e4-c12f57260b83")
            << Parameters{{"$XDSSubmissionSetUniqueId", "'@set'"}} << QList<int>{2, 2, 3};
        QTest::newRow("GetFolderAndContents")
            << QByteArray("b909a503-523d-4517-8acf-8e5834dfc4c7")
            << Parameters{{"$XDSFolderUniqueId", "'@folder'"}} << QList<int>{1, 1, 1};
        QTest::newRow("GetFoldersForDocument")
            << QByteArray("10cae35a-c7f9-4cf5-b61e-fc3278ffb578")
            << Parameters{{"$XDSDocumentEntryUniqueId", "'@first'"}} << QList<int>{0, 1, 0};
    }

    void otherQueries()
    {
        QFETCH(QByteArray, uuid);
        QFETCH(Parameters, parameters);
        QFETCH(QList<int>, counts);
        for (auto &[name, value] : parameters)
            value.replace("@patient", patient)
                .replace("@first", first)
                .replace("@second", second)
                .replace("@folder", folderUnique)
                .replace("@set", set)
                .replace("@uuid", firstUuid);
        const Reply reply = query(p, uuid.constData(), parameters);
        QVERIFY2(reply.success(), reply.body.constData());
        QCOMPARE(reply.count("<rim:ExtrinsicObject"), counts[0]);
        QCOMPARE(reply.count("<rim:RegistryPackage"), counts[1]);
        QCOMPARE(reply.count("<rim:Association"), counts[2]);
    }

    void queryErrors_data()
    {
        QTest::addColumn<QByteArray>("uuid");
        QTest::addColumn<Parameters>("parameters");
        QTest::addColumn<QString>("code");
        const QByteArray find = "14d4debf-8f97-4251-9a74-a90016b0af0d",
                         get = "5c4f972b-d56b-40ac-a5fc-c8ca9b40b9d4";
        QTest::newRow("status missing")
            << find << Parameters{{"$XDSDocumentEntryPatientId", "'x^^^&1.2.3&ISO'"}}
            << QStringLiteral("XDSStoredQueryMissingParam");
        QTest::newRow("two patients")
            << find
            << Parameters{{"$XDSDocumentEntryPatientId", "('a^^^&1.2&ISO','b^^^&1.2&ISO')"},
                   {"$XDSDocumentEntryStatus", approved}}
            << QStringLiteral("XDSStoredQueryParamNumber");
        QTest::newRow("uuid and uniqueId")
            << get
            << Parameters{{"$XDSDocumentEntryUniqueId", "('1')"}, {"$XDSDocumentEntryEntryUUID", "('2')"}}
            << QStringLiteral("XDSStoredQueryParamNumber");
        QTest::newRow("neither") << get << Parameters{} << QStringLiteral("XDSStoredQueryMissingParam");
        QTest::newRow("unknown query") << QByteArray("00000000-0000-4000-8000-000000000000") << Parameters{}
                                       << QStringLiteral("XDSUnknownStoredQuery");
        QTest::newRow("unknown patient") << find
                                         << Parameters{{"$XDSDocumentEntryPatientId", "'x^^^&1.2.3&ISO'"},
                                                {"$XDSDocumentEntryStatus", approved}}
                                         << QStringLiteral("XDSUnknownPatientId");
        QTest::newRow("broken quotes")
            << get << Parameters{{"$XDSDocumentEntryUniqueId", "('1"}} << QStringLiteral("XDSRegistryError");
    }

    void queryErrors()
    {
        QFETCH(QByteArray, uuid);
        QFETCH(Parameters, parameters);
        QFETCH(QString, code);
        const Reply reply = query(p, uuid.constData(), parameters);
        QVERIFY2(reply.has("ResponseStatusType:Failure"), reply.body.constData());
        QCOMPARE(reply.errors().value(0), code);
        QCOMPARE(reply.count("<rim:ExtrinsicObject"), 0);
    }

    void submissionErrors_data()
    {
        QTest::addColumn<QString>("mistake");
        QTest::addColumn<QString>("code");
        QTest::newRow("set uniqueId again")
            << QStringLiteral("set") << QStringLiteral("XDSDuplicateUniqueIdInRegistry");
        QTest::newRow("same uniqueId, other bytes")
            << QStringLiteral("hash") << QStringLiteral("XDSNonIdenticalHash");
        QTest::newRow("patient unknown")
            << QStringLiteral("unknownPatient") << QStringLiteral("XDSUnknownPatientId");
        QTest::newRow("two patients")
            << QStringLiteral("patients") << QStringLiteral("XDSPatientIdDoesNotMatch");
        QTest::newRow("no creationTime")
            << QStringLiteral("creationTime") << QStringLiteral("XDSRegistryMetadataError");
        QTest::newRow("no classCode")
            << QStringLiteral("classCode") << QStringLiteral("XDSRegistryMetadataError");
        QTest::newRow("no membership")
            << QStringLiteral("member") << QStringLiteral("XDSRegistryMetadataError");
        QTest::newRow("no uniqueId") << QStringLiteral("uniqueId")
                                     << QStringLiteral("XDSRepositoryMetadataError");
        QTest::newRow("uniqueId twice")
            << QStringLiteral("twice") << QStringLiteral("XDSRepositoryDuplicateUniqueIdInMessage");
        QTest::newRow("hash lies") << QStringLiteral("lie") << QStringLiteral("XDSRepositoryMetadataError");
        QTest::newRow("size lies") << QStringLiteral("size") << QStringLiteral("XDSRepositoryMetadataError");
        QTest::newRow("document not sent")
            << QStringLiteral("unsent") << QStringLiteral("XDSMissingDocument");
        QTest::newRow("document without metadata")
            << QStringLiteral("extra") << QStringLiteral("XDSMissingDocumentMetadata");
        QTest::newRow("replaces nothing")
            << QStringLiteral("rplcMissing") << QStringLiteral("UnresolvedReferenceException");
        QTest::newRow("replaces a folder")
            << QStringLiteral("rplcFolder") << QStringLiteral("XDSReplaceFailed");
        QTest::newRow("replaces another patient's")
            << QStringLiteral("rplcPatient") << QStringLiteral("XDSPatientIdDoesNotMatch");
    }

    void submissionErrors()
    {
        QFETCH(QString, mistake);
        QFETCH(QString, code);
        Submission s{{doc()}};
        auto slot = [](const char *name, const QByteArray &value) {
            return QByteArray("<rim:Slot name=\"") + name + "\"><rim:ValueList><rim:Value>" + value
                + "</rim:Value></rim:ValueList></rim:Slot>";
        };
        if (mistake == QLatin1String("set"))
            s.setUniqueId = set;
        else if (mistake == QLatin1String("hash"))
            s.docs[0].uniqueId = first, s.docs[0].bytes = "<other/>";
        else if (mistake == QLatin1String("unknownPatient"))
            s.docs[0].patient = "NOBODY^^^&" + authority + "&ISO";
        else if (mistake == QLatin1String("patients"))
            s.setPatient = newPatient(p, "P2");
        else if (mistake == QLatin1String("creationTime") || mistake == QLatin1String("classCode")
            || mistake == QLatin1String("uniqueId"))
            s.omit = mistake.toLatin1();
        else if (mistake == QLatin1String("member"))
            s.member = false;
        else if (mistake == QLatin1String("twice"))
            s.docs.append(s.docs[0]), s.docs[1].id = "Document02";
        else if (mistake == QLatin1String("lie"))
            s.docs[0].extraSlots = slot("hash", sha1("something else"));
        else if (mistake == QLatin1String("size"))
            s.docs[0].extraSlots = slot("size", "1");
        else if (mistake == QLatin1String("unsent"))
            s.docs[0].sent = false;
        else if (mistake == QLatin1String("extra"))
            s.extraParts = "<x:Document id=\"Stranger\">QUJD</x:Document>";
        else if (mistake == QLatin1String("rplcMissing"))
            s.extraObjects = association(rplc, "Document01", newUuid());
        else if (mistake == QLatin1String("rplcFolder"))
            s.extraObjects = association(rplc, "Document01", folderUuid());
        else if (mistake == QLatin1String("rplcPatient")) {
            s.docs[0].patient = newPatient(p, "P3");
            QVERIFY(giveConsent(p, s.docs[0].patient));
            s.extraObjects = association(rplc, "Document01", firstUuid);
        }
        const QJsonObject before = p.get("/admin/counts");
        const Reply reply = submit(p, s);
        QVERIFY2(reply.has("ResponseStatusType:Failure"), reply.body.constData());
        QVERIFY2(reply.errors().contains(code), reply.body.constData());
        QCOMPARE(p.get("/admin/counts").value(QStringLiteral("documents")),
            before.value(QStringLiteral("documents"))); // all or nothing
    }

    void replaceAppendTransformDeprecate()
    {
        Doc original = doc();
        original.uniqueId = newOid();
        QVERIFY(submit(p, {{original}}).success());
        const QByteArray uuid = entryUuid(p, original.uniqueId).toLatin1();
        Doc addendum = doc();
        Submission append{{addendum}};
        append.extraObjects = association("urn:ihe:iti:2007:AssociationType:APND", "Document01", uuid);
        QVERIFY(submit(p, append).success());
        Doc next = doc();
        Submission replace{{next}};
        replace.extraObjects = association(rplc, "Document01", uuid);
        QVERIFY(submit(p, replace).success());
        QVERIFY(getDocument(p, original.uniqueId).has("StatusType:Deprecated"));
        QVERIFY(getDocument(p, addendum.uniqueId).has("StatusType:Deprecated")); // goes with what it adds to
        QVERIFY(getDocument(p, next.uniqueId)
                    .has("status=\"urn:oasis:names:tc:ebxml-regrep:StatusType:Approved\""));
        QCOMPARE(retrieve(p, {original.uniqueId}).documents.value(0),
            original.bytes); // deprecated is still readable
        Submission again{{doc()}};
        again.extraObjects = association(rplc, "Document01", uuid);
        QCOMPARE(submit(p, again).errors().value(0), QStringLiteral("XDSRegistryDeprecatedDocumentError"));
        const Reply related = query(p, "d90e5407-b356-4d91-a89f-873917b4b0e6",
            {{"$XDSDocumentEntryUniqueId", "'" + next.uniqueId + "'"},
                {"$AssociationTypes", "('" + rplc + "')"}});
        QCOMPARE(related.count("<rim:ExtrinsicObject"), 2);
        QCOMPARE(related.count("<rim:Association"), 1);
    }

    void replacementJoinsTheFolder()
    {
        Submission replace{{doc()}};
        replace.extraObjects =
            association("urn:ihe:iti:2007:AssociationType:XFRM_RPLC", "Document01", firstUuid);
        QVERIFY(submit(p, replace).success());
        QVERIFY(getDocument(p, first).has("StatusType:Deprecated"));
        const Reply folders = query(p, "10cae35a-c7f9-4cf5-b61e-fc3278ffb578",
            {{"$XDSDocumentEntryUniqueId", "'" + replace.docs[0].uniqueId + "'"}});
        QCOMPARE(folders.count("<rim:RegistryPackage"), 1);
    }

    void updateAvailabilityStatus()
    {
        Doc one = doc();
        QVERIFY(submit(p, {{one}}).success());
        Submission update;
        update.setPatient = patient;
        auto slot = [](const char *name, const char *value) {
            return QByteArray("<rim:Slot name=\"") + name + "\"><rim:ValueList><rim:Value>" + value
                + "</rim:Value></rim:ValueList></rim:Slot>";
        };
        update.extraObjects = association("urn:ihe:iti:2010:AssociationType:UpdateAvailabilityStatus",
            "SubmissionSet01", entryUuid(p, one.uniqueId).toLatin1(),
            slot("OriginalStatus", "urn:oasis:names:tc:ebxml-regrep:StatusType:Approved")
                + slot("NewStatus", "urn:oasis:names:tc:ebxml-regrep:StatusType:Deprecated"));
        const QString stranger =
            p.institution(QStringLiteral("1.2.410.100110.10.31999777"), QStringLiteral("stranger"));
        QVERIFY(
            !p.soap("/registry", "urn:ihe:iti:2010:UpdateDocumentSet", objects(update), stranger).success());
        update.setUniqueId = newOid();
        const Reply reply = p.soap("/registry", "urn:ihe:iti:2010:UpdateDocumentSet", objects(update));
        QVERIFY2(reply.success(), reply.body.constData());
        QVERIFY(getDocument(p, one.uniqueId).has("StatusType:Deprecated"));
    }

    void sameDocumentAgainIsCountedAsDuplicate()
    {
        Doc one = doc();
        QVERIFY(submit(p, {{one}}).success());
        const double before = p.get("/admin/counts").value(QStringLiteral("duplicates")).toDouble();
        QVERIFY(submit(p, {{one}}).success()); // a new submission set: what a careless retry does
        QCOMPARE(p.get("/admin/counts").value(QStringLiteral("duplicates")).toDouble(), before + 1);
    }

private:
    Doc doc() const
    {
        Doc d;
        d.patient = patient;
        return d;
    }
    QByteArray folderUuid()
    {
        const Reply reply = query(p, "5737b14c-8a1a-4539-b659-e03a34a5e1e4",
            {{"$XDSFolderUniqueId", "('" + folderUnique + "')"}}, false);
        return reply.attribute("ObjectRef id").toLatin1();
    }
    PracticeProcess p;
    QByteArray patient, firstUuid, first = newOid(), second = newOid(), set = newOid(),
                                   folderUnique = newOid();
};

QTEST_GUILESS_MAIN(TestPracticeRegistry)
#include "tst_practice_registry.moc"
