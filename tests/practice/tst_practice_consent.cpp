// Consent decides: who is found, what is listed, what can be read, what may be sent.
#include "Wire.h"

#include <QTest>

using namespace wire;

class TestPracticeConsent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(p.start());
        other = p.institution(QStringLiteral("1.2.410.100110.10.31999777"), QStringLiteral("other"));
    }

    void withoutConsentNothingMayBeSent()
    {
        const QByteArray patient = newPatient(p, "N1");
        const Reply reply = submit(p, {{doc(patient)}});
        QVERIFY(reply.has("ResponseStatusType:Failure"));
        QCOMPARE(reply.errors(), QStringList{QStringLiteral("XDSRegistryError")});
        QVERIFY(reply.has("ConsentRequired"));
    }

    void emergencyMarkerAllowsSending_data()
    {
        QTest::addColumn<QByteArray>("typeCode");
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("type") << QByteArray("kr-emergency") << QByteArray()
                              << QByteArray("<ClinicalDocument/>");
        QTest::newRow("event code") << QByteArray("57133-1") << QByteArray("emergency-exception")
                                    << QByteArray("<ClinicalDocument/>");
        QTest::newRow("act reason in the document")
            << QByteArray("57133-1") << QByteArray()
            << QByteArray("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><component><act><code code=\"ETREAT\" "
                          "codeSystem=\"2.16.840.1.113883.5.8\"/></act></component></ClinicalDocument>");
        QTest::newRow("template") << QByteArray("57133-1") << QByteArray()
                                  << QByteArray("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><templateId "
                                                "root=\"1.2.410.100110.40.2.1.6\"/></ClinicalDocument>");
    }

    void emergencyMarkerAllowsSending()
    {
        QFETCH(QByteArray, typeCode);
        QFETCH(QByteArray, event);
        QFETCH(QByteArray, bytes);
        const QByteArray patient = newPatient(p, QByteArray("E") + QTest::currentDataTag());
        Doc d = doc(patient);
        d.typeCode = typeCode;
        d.eventCode = event;
        d.bytes = bytes;
        QVERIFY(submit(p, {{d}}).success());
        QVERIFY(
            !findDocuments(p, patient, other).has("<rim:ExtrinsicObject")); // still no consent to look it up
        QVERIFY(getDocument(p, d.uniqueId).has(d.uniqueId.constData())); // the sender can settle a doubt
    }

    void consentOpensAndWithdrawalCloses()
    {
        const QByteArray patient = newPatient(p, "W1");
        QVERIFY(!visibleTo(other, "W1"));
        QVERIFY(
            visibleTo(QStringLiteral("clinic"), "W1")); // the institution that registered, to collect consent
        QVERIFY(giveConsent(p, patient));
        QVERIFY(visibleTo(other, "W1"));
        const Doc d = doc(patient);
        QVERIFY(submit(p, {{d}}).success());
        QVERIFY(findDocuments(p, patient, other).has(d.uniqueId.constData()));
        QCOMPARE(retrieve(p, {d.uniqueId}, repository1, "/repository/1", other).documents.size(), 1);

        const Doc withdrawal = consentDoc(patient, withdrawAll, "20261105");
        QVERIFY(submit(p, {{withdrawal}}).success());
        QVERIFY(!visibleTo(other, "W1"));
        QVERIFY(visibleTo(QStringLiteral("clinic"), "W1"));
        for (const QString &who : {other, QStringLiteral("clinic")}) {
            const Reply list = findDocuments(p, patient, who);
            QVERIFY(list.success()); // withheld looks like nothing
            QVERIFY(!list.has(d.uniqueId.constData()));
            const Retrieved read = retrieve(p, {d.uniqueId}, repository1, "/repository/1", who);
            QCOMPARE(read.documents.size(), 0);
            QCOMPARE(read.reply.errors(), QStringList{QStringLiteral("XDSDocumentUniqueIdError")});
        }
        QVERIFY(!getDocument(p, d.uniqueId, other).has("<rim:ExtrinsicObject"));
        QVERIFY(findDocuments(p, patient)
                    .has(withdrawal.uniqueId.constData())); // the submitter sees its own statement
        QVERIFY(!submit(p, {{doc(patient)}}).success());
        // A later consent opens again.
        QVERIFY(submit(p, {{consentDoc(patient, consentAll, "20261106")}}).success());
        QVERIFY(findDocuments(p, patient, other).has(d.uniqueId.constData()));
    }

    void lateArrivalOfAnOlderConsentDoesNotReopen()
    {
        const QByteArray patient = newPatient(p, "L1");
        QVERIFY(submit(p, {{consentDoc(patient, withdrawAll, "20261105")}}).success());
        QVERIFY(submit(p, {{consentDoc(patient, consentAll, "20261101")}}).success());
        QVERIFY(!visibleTo(other, "L1"));
    }

    void excludedDepartmentIsHidden()
    {
        const QByteArray patient = newPatient(p, "X1");
        QVERIFY(giveConsent(
            p, patient, {"동의일자|2026-11-01", "동의제외 진료과|1500 비뇨의학과, 0300 정신건강의학과"}));
        Doc open = doc(patient), hidden = doc(patient);
        hidden.practice = "0300";
        QVERIFY(submit(p, {{open}}).success());
        QVERIFY(submit(p, {{hidden}}).success());
        for (const QString &who : {other, QStringLiteral("clinic")}) {
            const Reply list = findDocuments(p, patient, who);
            QVERIFY(list.has(open.uniqueId.constData()));
            QVERIFY(!list.has(hidden.uniqueId.constData()));
            QCOMPARE(retrieve(p, {hidden.uniqueId}, repository1, "/repository/1", who).documents.size(), 0);
        }
        QCOMPARE(retrieve(p, {open.uniqueId}, repository1, "/repository/1", other).documents.size(), 1);
    }

    void replacedConsentCountsNoMore()
    {
        const QByteArray patient = newPatient(p, "V1");
        const Doc first = consentDoc(patient, consentAll, "20261101");
        QVERIFY(submit(p, {{first}}).success());
        Submission replace{{consentDoc(patient, consentAll, "20261101", {"동의제외 진료과|0100 내과"})}};
        replace.extraObjects = association(rplc, "Document01", entryUuid(p, first.uniqueId).toLatin1());
        QVERIFY(submit(p, replace).success());
        const Doc d = doc(patient);
        QVERIFY(submit(p, {{d}}).success());
        QVERIFY(!findDocuments(p, patient, other).has(d.uniqueId.constData()));
    }

    void replacedWithdrawalStillCloses()
    {
        const QByteArray patient = newPatient(p, "V2");
        QVERIFY(giveConsent(p, patient));
        const Doc d = doc(patient);
        QVERIFY(submit(p, {{d}}).success());
        const Doc withdrawal = consentDoc(patient, withdrawAll, "20261105");
        QVERIFY(submit(p, {{withdrawal}}).success());
        Doc emergency = doc(patient);
        emergency.typeCode = "kr-emergency";
        Submission replace{{emergency}};
        replace.extraObjects = association(rplc, "Document01", entryUuid(p, withdrawal.uniqueId).toLatin1());
        (void)submit(p, replace);
        QVERIFY(!findDocuments(p, patient, other).has(d.uniqueId.constData()));
        QVERIFY(!visibleTo(other, "V2"));
    }

    void signedInTheFutureDoesNotOutliveAWithdrawal()
    {
        const QByteArray patient = newPatient(p, "Y1");
        QVERIFY(submit(p, {{consentDoc(patient, consentAll, "20991231")}}).success());
        QVERIFY(visibleTo(other, "Y1"));
        QTest::qSleep(1100); // the time of arrival counts, in seconds
        const QByteArray today =
            QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmss")).toLatin1() + "+0000";
        QVERIFY(submit(p, {{consentDoc(patient, withdrawAll, today)}}).success());
        QVERIFY(!visibleTo(other, "Y1"));
    }

    void consentToAnotherProgrammeOpensNothing()
    {
        const QByteArray patient = newPatient(p, "Q1");
        QVERIFY(giveConsent(p, patient, {"프로그램|영상정보 교류"}));
        QVERIFY(!visibleTo(other, "Q1"));
        QVERIFY(giveConsent(p, patient, {"프로그램|진료정보교류, 영상정보 교류"}));
        QVERIFY(visibleTo(other, "Q1"));
        QVERIFY(submit(p, {{consentDoc(patient, withdrawAll, "20261105", {"프로그램|영상정보 교류"})}})
                    .success());
        QVERIFY(visibleTo(other, "Q1"));
    }

    void partialWithdrawalOfNothingIsRefused()
    {
        const QByteArray patient = newPatient(p, "Z1");
        QVERIFY(giveConsent(p, patient));
        QCOMPARE(submit(p, {{consentDoc(patient, withdrawPart, "20261105")}}).errors(),
            QStringList{QStringLiteral("InvalidDocumentContent")});
    }

    void partialConsentIsRefused()
    {
        const QByteArray patient = newPatient(p, "T1");
        QCOMPARE(submit(p, {{consentDoc(patient, consentPart)}}).errors(),
            QStringList{QStringLiteral("XDSRegistryMetadataError")});
    }

    void consentThatCannotBeReadIsRefused()
    {
        Doc d = consentDoc(newPatient(p, "B1"), consentAll);
        d.bytes = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"/>";
        QCOMPARE(submit(p, {{d}}).errors(), QStringList{QStringLiteral("InvalidDocumentContent")});
    }

    void foreignChartNumbersStayHidden()
    {
        newPatient(p, "F1");
        QVERIFY(pixQuery(p, clinicOid, "F1", {}, other).has("queryResponseCode code=\"AE\""));
    }

private:
    static Doc doc(const QByteArray &patient)
    {
        Doc d;
        d.patient = patient;
        return d;
    }
    bool visibleTo(const QString &who, const QByteArray &chart)
    {
        return pdq(p,
            "<h:livingSubjectName><h:value><h:family>홍</h:family><h:given>길동" + chart
                + "</h:given></h:value></h:livingSubjectName>",
            "q", 0, who)
            .has("resultTotalQuantity value=\"1\"");
    }
    PracticeProcess p;
    QString other;
};

QTEST_GUILESS_MAIN(TestPracticeConsent)
#include "tst_practice_consent.moc"
