// The seeded world: there on the first start, untouched by the second, hidden where consent is missing;
// referrals are answered.
#include "Wire.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QTest>

using namespace wire;

class TestPracticeWorld : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(p.start({QStringLiteral("--reply-delay"), QStringLiteral("1")}));
        patients = p.get("/admin/seed").value(QStringLiteral("patients")).toArray();
    }

    void isLargeEnough()
    {
        const QJsonObject counts = p.get("/admin/counts");
        QVERIFY(counts.value(QStringLiteral("patients")).toInt() >= 200);
        QVERIFY(counts.value(QStringLiteral("documents")).toInt() >= 400);
        int consents = 0;
        for (const QJsonValue &one : patients)
            consents += one.toObject().value(QStringLiteral("consent")).toBool() ? 1 : 0;
        QVERIFY2(consents >= 150 && consents < patients.size(), qPrintable(QString::number(consents)));
        QFile file(p.folder() + QStringLiteral("/institutions.tsv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().count("1.2.410.100110.10.") >= 30);
    }

    void consentDecidesForSeededPatients()
    {
        const QString stranger =
            p.institution(QStringLiteral("1.2.410.100110.10.31990000"), QStringLiteral("stranger"));
        int shown = 0, hidden = 0;
        for (const QJsonValue &value : patients) {
            const QJsonObject one = value.toObject();
            if (one.value(QStringLiteral("documents")).toInt() == 0 || shown + hidden > 30)
                continue;
            const bool consent = one.value(QStringLiteral("consent")).toBool();
            const Reply list =
                findDocuments(p, one.value(QStringLiteral("id")).toString().toUtf8(), stranger);
            QVERIFY(list.success());
            if (consent && one.value(QStringLiteral("excludedDepartments")).toArray().isEmpty())
                QVERIFY(list.count("<rim:ExtrinsicObject") > 0);
            if (!consent)
                QCOMPARE(list.count("<rim:ExtrinsicObject"), 0);
            (consent ? shown : hidden)++;
        }
        QVERIFY(shown > 0 && hidden > 0);
    }

    void referralIsAnswered()
    {
        const QByteArray patient = newPatient(p, "REF1");
        QVERIFY(giveConsent(p, patient));
        QFile table(p.folder() + QStringLiteral("/institutions.tsv"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        QByteArray hospital;
        for (const QByteArray &line : table.readAll().split('\n')) {
            if (line.contains("\t상급종합병원\t"))
                hospital = line.split('\t').first();
        }
        QVERIFY(!hospital.isEmpty());
        Doc d;
        d.patient = patient;
        d.bytes = referral(hospital);
        QVERIFY(submit(p, {{d}}).success());
        Reply letters;
        for (int i = 0; i < 40 && !letters.has("<rim:ExtrinsicObject"); ++i) {
            QTest::qWait(100);
            letters = query(p, "14d4debf-8f97-4251-9a74-a90016b0af0d",
                {{"$XDSDocumentEntryPatientId", "'" + patient + "'"},
                    {"$XDSDocumentEntryStatus", "('urn:oasis:names:tc:ebxml-regrep:StatusType:Approved')"},
                    {"$XDSDocumentEntryTypeCode", "('18761-7^^2.16.840.1.113883.6.1')"}});
        }
        QCOMPARE(letters.count("<rim:ExtrinsicObject"), 1);
        QVERIFY(letters.has(repository2.constData()));
        QVERIFY(letters.has(d.uniqueId.constData())); // refers to the referral
    }

    void secondStartIsFastAndTheSame()
    {
        const QJsonObject before = p.get("/admin/counts");
        p.stop();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(p.start({}));
        QVERIFY2(timer.elapsed() < 1000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(p.get("/admin/counts").value(QStringLiteral("documents")),
            before.value(QStringLiteral("documents")));
    }

private:
    static QByteArray referral(const QByteArray &hospital)
    {
        return "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><templateId root=\"1.2.410.100110.40.2.1.1\"/><id "
               "root=\"1.2.410.100110.40.2.1.1.31999001.1\" "
               "extension=\"310000000000000000001\"/><code code=\"57133-1\" "
               "codeSystem=\"2.16.840.1.113883.6.1\"/><title>진료의뢰서</title><effectiveTime "
               "value=\"20261120093000+0900\"/><recordTarget><patientRole><id "
               "root=\"1.2.410.100110.10.31999001\" extension=\"REF1\"/><patient><name>홍길동"
               "</name><administrativeGenderCode code=\"M\"/><birthTime "
               "value=\"19610302\"/></patient></patientRole></recordTarget><author><time "
               "value=\"20261120093000+0900\"/><assignedAuthor><id root=\"1.2.410.100110.10.31999001\" "
               "extension=\"99001\"/><assignedPerson><name>김나루</name>"
               "</assignedPerson><representedOrganization><id root=\"1.2.410.100110.10.31999001\" "
               "extension=\"0100\"/><name>내과</name>"
               "</representedOrganization></assignedAuthor></"
               "author><custodian><assignedCustodian><representedCustodianOrganization><id "
               "root=\"1.2.410.100110.10.31999001\"/><name>나루연습의원</name></"
               "representedCustodianOrganization></assignedCustodian></custodian>"
               "<informationRecipient><intendedRecipient><receivedOrganization><id root=\""
            + hospital
            + "\" "
              "extension=\"0100\"/><name>내과</name></receivedOrganization></intendedRecipient></"
              "informationRecipient><component><structuredBody/></component></ClinicalDocument>";
    }
    PracticeProcess p;
    QJsonArray patients;
};

QTEST_GUILESS_MAIN(TestPracticeWorld)
#include "tst_practice_world.moc"
