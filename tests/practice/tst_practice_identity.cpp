// PIX v3 and PDQ v3.
#include "Wire.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

using namespace wire;

class TestPracticeIdentity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(p.start()); }

    void addThenQuery()
    {
        Reply reply = feed(p, "A1", "김", "서준", "19850512", "M");
        QVERIFY2(reply.has("MCCI_IN000002UV01") && reply.has("typeCode code=\"AA\""), reply.body.constData());
        reply = pixQuery(p, clinicOid, "A1");
        QVERIFY(reply.has("queryResponseCode code=\"OK\""));
        QVERIFY(reply.has(authority.constData()));
    }

    void unknownIdIsAnError()
    {
        const Reply reply = pixQuery(p, clinicOid, "nobody");
        QVERIFY(reply.has("queryResponseCode code=\"AE\""));
        QVERIFY(reply.has("typeCode code=\"AE\""));
        QVERIFY(reply.has("code=\"204\""));
    }

    void noIdInThatDomainIsNotFound()
    {
        feed(p, "A2", "이", "하은", "19900101", "F");
        const Reply reply = pixQuery(p, clinicOid, "A2", clinicOid);
        QVERIFY(reply.has("queryResponseCode code=\"NF\""));
        QVERIFY(reply.has("typeCode code=\"AA\""));
    }

    void reviseChangesTheName()
    {
        feed(p, "A3", "박", "지우", "19700707", "F");
        QVERIFY(feed(p, "A3", "박", "지유", "19700707", "F", {}, true).has("typeCode code=\"AA\""));
        QVERIFY(pdq(p, name("박지유")).has("resultTotalQuantity value=\"1\""));
        QVERIFY(pdq(p, name("박지우")).has("queryResponseCode code=\"NF\""));
        QVERIFY(feed(p, "A99", "박", "지유", "19700707", "F", {}, true).has("typeCode code=\"AE\""));
    }

    void residentNumberIsNeverKeptNorReturned()
    {
        const QByteArray number = "8505121234567";
        const QByteArray other =
            "<h:asOtherIDs><h:id root=\"1.2.410.100001\" extension=\"850512-1234567\"/></h:asOtherIDs>";
        QVERIFY(feed(p, "R1", "최", "민준", "19850512", "M", other).has("typeCode code=\"AA\""));
        // The same number under another chart number is the same person.
        QVERIFY(feed(p, "R2", "최", "민준", "19850512", "M",
            "<h:id root=\"1.2.410.100001\" extension=\"" + number + "\"/>")
                    .has("code=\"AA\""));
        const QRegularExpression key(QStringLiteral("extension=\"([0-9A-F]{20})\""));
        const QString first = key.match(QString::fromUtf8(pixQuery(p, clinicOid, "R1").body)).captured(1);
        QCOMPARE(key.match(QString::fromUtf8(pixQuery(p, clinicOid, "R2").body)).captured(1), first);
        QVERIFY(!first.isEmpty());
        const Reply found = pdq(p,
            "<h:livingSubjectId><h:value root=\"1.2.410.100001\" extension=\"" + number
                + "\"/></h:livingSubjectId>");
        QVERIFY(found.has("resultTotalQuantity value=\"1\""));
        QVERIFY(!found.has(number.constData()));
        QVERIFY(!pixQuery(p, "1.2.410.100001", number).has(number.constData()));
        const QDir folder(p.folder());
        for (const QString &name : folder.entryList({QStringLiteral("*.db*")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            QVERIFY2(!bytes.contains(number) && !bytes.contains("850512-1234567"), qPrintable(name));
        }
    }

    void conflictingIdsAreRefused()
    {
        feed(p, "C1", "정", "하나", "19800101", "F");
        QVERIFY(
            feed(p, "C1\"/><h:id root=\"" + authority + "\" extension=\"0000", "정", "하나", "19800101", "F")
                .has("typeCode code=\"AE\""));
    }

    // A clinic that guesses chart numbers of another would be found to treat those people, without consent.
    void chartNumbersOfOthersAreNotClaimed()
    {
        const QString other =
            p.institution(QStringLiteral("1.2.410.100110.10.31999776"), QStringLiteral("guesser"));
        QVERIFY(feed(p, "G1", "차", "은별", "19880808", "F").has("typeCode code=\"AA\""));
        const QByteArray own("1.2.410.100110.10.31999776");
        const QByteArray both = "G1\"/><h:id root=\"" + own + "\" extension=\"77";
        QVERIFY(feed(p, both, "차", "은별", "19880808", "F", {}, false, clinicOid, other)
                    .has("typeCode code=\"AE\""));
        QVERIFY(feed(p, "G1", "가", "짜", "19880808", "F", {}, true, clinicOid, other)
                    .has("typeCode code=\"AE\""));
        QVERIFY(pixQuery(p, own, "77", {}, other).has("queryResponseCode code=\"AE\""));
        QVERIFY(pdq(p, name("차은별")).has("resultTotalQuantity value=\"1\""));
        QVERIFY(
            feed(p, "77", "차", "은별", "19880808", "F", {}, false, own, other).has("typeCode code=\"AA\""));
    }

    void search_data()
    {
        QTest::addColumn<QByteArray>("parameters");
        QTest::addColumn<int>("total");
        const QByteArray birth =
            "<h:livingSubjectBirthTime><h:value value=\"%1\"/></h:livingSubjectBirthTime>";
        const QByteArray sex = "<h:livingSubjectAdministrativeGender><h:value "
                               "code=\"%1\"/></h:livingSubjectAdministrativeGender>";
        QTest::newRow("exact") << name("남궁가람") << 1;
        QTest::newRow("exact does not widen") << name("남궁가") << 0;
        QTest::newRow("prefix") << name("남궁가", true) << 2;
        QTest::newRow("prefix star") << name("남궁*") << 3;
        QTest::newRow("decomposed hangul")
            << name(QString::fromUtf8("남궁가람").normalized(QString::NormalizationForm_D).toUtf8()) << 1;
        QTest::newRow("name and birth")
            << name("남궁", true) + QByteArray(birth).replace("%1", "19500101") << 2;
        QTest::newRow("birth year") << name("남궁", true) + QByteArray(birth).replace("%1", "1951") << 1;
        QTest::newRow("name and sex") << name("남궁", true) + QByteArray(sex).replace("%1", "F") << 1;
        QTest::newRow("id") << QByteArray(
            "<h:livingSubjectId><h:value root=\"" + clinicOid + "\" extension=\"S2\"/></h:livingSubjectId>")
                            << 1;
        QTest::newRow("wildcards are text") << name("남궁_람") << 0;
    }

    void search()
    {
        static bool fed = false;
        if (!fed) {
            feed(p, "S1", "남궁", "가람", "19500101", "M");
            feed(p, "S2", "남궁", "가을", "19500101", "F");
            feed(p, "S3", "남궁", "나래", "19510303", "M");
            fed = true;
        }
        QFETCH(QByteArray, parameters);
        QFETCH(int, total);
        const Reply reply = pdq(p, parameters);
        QVERIFY2(reply.has("PRPA_IN201306UV02"), reply.body.constData());
        QCOMPARE(reply.attribute("resultTotalQuantity value").toInt(), total);
        QVERIFY(reply.has(total ? "queryResponseCode code=\"OK\"" : "queryResponseCode code=\"NF\""));
        QCOMPARE(reply.count("<patientPerson"), total);
    }

    void sexAloneIsRefused()
    {
        const Reply reply = pdq(p,
            "<h:livingSubjectAdministrativeGender><h:value "
            "code=\"F\"/></h:livingSubjectAdministrativeGender>");
        QVERIFY(reply.has("queryResponseCode code=\"AE\""));
    }

    void continuation()
    {
        for (int i = 0; i < 7; ++i)
            feed(p, "K" + QByteArray::number(i), "독고", "연" + QByteArray::number(i), "19600101", "M");
        Reply reply = pdq(p, name("독고", true), "cont", 3);
        QCOMPARE(reply.count("<patientPerson"), 3);
        QVERIFY(
            reply.has("resultTotalQuantity value=\"7\"") && reply.has("resultRemainingQuantity value=\"4\""));
        reply = more("cont", 3);
        QCOMPARE(reply.count("<patientPerson"), 3);
        QVERIFY(reply.has("resultRemainingQuantity value=\"1\""));
        reply = more("cont", 3);
        QCOMPARE(reply.count("<patientPerson"), 1);
        QVERIFY(reply.has("resultRemainingQuantity value=\"0\""));
        QVERIFY(more("cont", 3).has("queryResponseCode code=\"AE\"")); // handed out
        pdq(p, name("독고", true), "cancelled", 3);
        const Reply cancel = p.soap(
            "/pdq", "urn:hl7-org:v3:QUQI_IN000003UV01_Cancel", continuationBody("cancelled", 0, "aborted"));
        QVERIFY2(
            cancel.has("MCCI_IN000002UV01") && cancel.has("typeCode code=\"AA\""), cancel.body.constData());
        QVERIFY(more("cancelled", 3).has("queryResponseCode code=\"AE\""));
    }

private:
    static QByteArray name(const QByteArray &text, bool prefix = false)
    {
        return "<h:livingSubjectName><h:value" + QByteArray(prefix ? " use=\"SRCH\"" : "") + ">" + text
            + "</h:value></h:livingSubjectName>";
    }
    static QByteArray continuationBody(const QByteArray &queryId, int quantity, const QByteArray &status)
    {
        return "<h:QUQI_IN000003UV01 xmlns:h=\"urn:hl7-org:v3\"><h:id "
               "root=\"1.2.9\"/><h:controlActProcess><h:queryContinuation><h:queryId "
               "root=\"1.2.3\" extension=\""
            + queryId + "\"/><h:continuationQuantity value=\"" + QByteArray::number(quantity)
            + "\"/><h:statusCode code=\"" + status
            + "\"/></h:queryContinuation></h:controlActProcess></h:QUQI_IN000003UV01>";
    }
    Reply more(const QByteArray &queryId, int quantity)
    {
        return p.soap("/pdq", "urn:hl7-org:v3:QUQI_IN000003UV01_Continue",
            continuationBody(queryId, quantity, "waitContinuedQueryResponse"));
    }
    PracticeProcess p;
};

QTEST_GUILESS_MAIN(TestPracticeIdentity)
#include "tst_practice_identity.moc"
