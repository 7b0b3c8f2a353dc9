// The user's journey: a clinic's program hands over one visit in whatever shape it can write, and the same
// patient comes out.
#include "core/base/Oid.h"
#include "core/handover/Errors.h"
#include "core/handover/ReadHandOver.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace naru;
using clinical::HandOver;

namespace {
QByteArray bytesOf(const QString &name)
{
    QFile file(QStringLiteral(NARU_TEST_DATA "/handover/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("missing test data");
}

handover::ReadOptions options()
{
    handover::ReadOptions out;
    out.institutionOid = base::oid("institutionRoot").text() + QStringLiteral(".99999999");
    return out;
}

bool hasNote(const HandOver &over, const char *place, const char *message)
{
    for (const auto &note : over.notes) {
        if (note.place.contains(QLatin1String(place)) && note.message.contains(QLatin1String(message)))
            return true;
    }
    return false;
}

QString oidOf(const char *name)
{
    return base::oid(name).text();
}
} // namespace

class TestHandOver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void samePatientFromEveryFormat_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("encoding");
        const auto row = [](const char *file, const char *format, const char *encoding) {
            QTest::newRow(file) << QString::fromLatin1(file) << QString::fromLatin1(format)
                                << QString::fromLatin1(encoding);
        };
        row("naru.json", "naru-json", "UTF-8");
        row("fhir-bundle.json", "fhir-r4", "UTF-8");
        row("adt-a04.hl7", "hl7v2", "UTF-8");
        row("adt-a04-euckr.hl7", "hl7v2", "CP949");
        row("adt-a04-mllp.hl7", "hl7v2", "UTF-8");
        row("two-messages.hl7", "hl7v2", "UTF-8");
        row("oru-r01.hl7", "hl7v2", "UTF-8");
        row("oru-r01-euckr.hl7", "hl7v2", "CP949");
        row("visit.csv", "csv", "CP949");
        row("visit-utf8-bom.csv", "csv", "UTF-8");
        row("visit-utf16.csv", "csv", "UTF-16");
    }

    void samePatientFromEveryFormat()
    {
        QFETCH(QString, file);
        QFETCH(QString, format);
        QFETCH(QString, encoding);
        const auto over = handover::readHandOver(bytesOf(file), options());
        QVERIFY2(over.ok(), over.ok() ? "" : qPrintable(over.error().toString()));
        QCOMPARE(over->format, format);
        QCOMPARE(over->encoding, encoding);
        QCOMPARE(over->patient.name, QStringLiteral("김나루"));
        QCOMPARE(over->patient.localId.extension, QStringLiteral("20261122-017"));
        QCOMPARE(over->patient.localId.root, options().institutionOid);
        QCOMPARE(over->patient.birthDate.toIso(), QStringLiteral("1961-03-02"));
        QCOMPARE(over->patient.sex, clinical::Sex::Male);
        QVERIFY(over->patient.sources.value(QStringLiteral("name")).kind == clinical::Source::Kind::Emr);
        QVERIFY(over->encounter.code == QStringLiteral("AMB"));
        QVERIFY(over->doctor.has_value());
        QCOMPARE(over->doctor->name, QStringLiteral("이강"));
    }

    void residentNumberGoesToItsFieldOnly_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file : {"naru.json", "fhir-bundle.json", "adt-a04.hl7", "visit.csv"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void residentNumberGoesToItsFieldOnly()
    {
        QFETCH(QString, file);
        const auto over = handover::readHandOver(bytesOf(file), options());
        QVERIFY(over.ok());
        QCOMPARE(over->patient.residentNumber, QStringLiteral("6103021234567"));
        QVERIFY(over->patient.localId.extension != over->patient.residentNumber);
        for (const auto &source : over->patient.sources)
            QVERIFY(!source.original.contains(QStringLiteral("1234567")));
        for (const auto &note : over->notes)
            QVERIFY(!note.message.contains(QStringLiteral("1234567")));
    }

    void fhirBundleBecomesContent()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("fhir-bundle.json")), options());
        QVERIFY(over.ok());
        const auto &c = over->content;
        QCOMPARE(c.problems.size(), std::size_t(2));
        QCOMPARE(c.problems[0].code.code, QStringLiteral("E11.34"));
        QCOMPARE(c.problems[0].code.system, oidOf("kcd"));
        QCOMPARE(c.problems[0].code.translations.at(0).system, oidOf("snomedCt"));
        QVERIFY(c.problems[0].main);
        QVERIFY(!c.problems[1].main);
        QCOMPARE(c.problems[1].onset.toIso(), QStringLiteral("2015")); // precision kept
        QCOMPARE(c.history.text, QStringLiteral("급성 충수염 1998-07"));
        QCOMPARE(c.reason.text, QStringLiteral("오른쪽 눈이 흐리게 보임"));
        QVERIFY(hasNote(*over, "Bundle.entry[7]", "entered-in-error"));

        QCOMPARE(c.medications.size(), std::size_t(2)); // the third says do not give
        QVERIFY(hasNote(*over, "Bundle.entry[11]", "not to do"));
        QCOMPARE(c.medications[0].code.system, oidOf("kd"));
        QCOMPARE(c.medications[0].code.translations.size(), std::size_t(2));
        QCOMPARE(c.medications[0].doseValue, QStringLiteral("1.0")); // as written
        QCOMPARE(c.medications[0].timesPerDay, QStringLiteral("2"));
        QCOMPARE(c.medications[0].days, QStringLiteral("30"));
        QCOMPARE(c.medications[1].code.code, QStringLiteral("642100230")); // contained Medication
        QCOMPARE(c.medications[1].timesPerDay, QStringLiteral("1"));

        QCOMPARE(c.labs.size(), std::size_t(2));
        QCOMPARE(c.labs[0].value, QStringLiteral("8.10"));
        QCOMPARE(c.labs[0].referenceRange, QStringLiteral("4.0-6.0"));
        QCOMPARE(c.labs[0].interpretation, QStringLiteral("H"));
        QCOMPARE(c.labs[0].code.display, QStringLiteral("당화혈색소"));
        QCOMPARE(c.labs[1].category, clinical::LabResult::Category::Functional);
        QCOMPARE(c.vitals.size(), std::size_t(3));
        QCOMPARE(c.vitals[0].value, QStringLiteral("142"));
        QCOMPARE(c.vitals[1].code.code, QStringLiteral("8462-4"));
        QCOMPARE(c.vitals[2].code.code, QStringLiteral("3141-9")); // 29463-7 as the documents write it
        QCOMPARE(c.social.smoking.text(), QStringLiteral("과거 흡연"));
        QCOMPARE(c.allergies.at(0).agent.text(), QStringLiteral("페니실린계 항생제"));
        QCOMPARE(c.allergies[0].reaction, QStringLiteral("두드러기"));
        QCOMPARE(c.procedures.at(0).code.system, oidOf("icd9cm"));
        QCOMPARE(c.immunizations.at(0).dose, QStringLiteral("1"));
        QCOMPARE(over->doctor->licence, QStringLiteral("00001"));
        QCOMPARE(over->doctor->department.name, QStringLiteral("내과"));
        QCOMPARE(over->patient.guardian->relation, QStringLiteral("SPS"));
        QCOMPARE(over->encounter.start.toIso(), QStringLiteral("2026-11-22T09:30:00+09:00"));
        QVERIFY(hasNote(*over, "Bundle.entry[22]", "kind of resource"));
    }

    void admissionMessageBecomesContent()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("adt-a04-euckr.hl7")), options());
        QVERIFY(over.ok());
        QCOMPARE(over->patient.address.basic, QStringLiteral("서울특별시 마포구 나루길 12"));
        QCOMPARE(over->patient.address.detail, QStringLiteral("101동 1502호"));
        QCOMPARE(over->patient.phone, QStringLiteral("010-0000-1234"));
        QCOMPARE(over->patient.guardian->name, QStringLiteral("박하늘"));
        QCOMPARE(over->patient.guardian->relation, QStringLiteral("SPS"));
        QCOMPARE(over->encounter.start.toIso(), QStringLiteral("2026-11-22T09:30:00+09:00"));
        QCOMPARE(over->content.problems.size(), std::size_t(2));
        QCOMPARE(over->content.problems[0].code.system, oidOf("kcd"));
        QVERIFY(over->content.problems[0].main && !over->content.problems[1].main);
        QCOMPARE(over->content.allergies.at(0).reaction, QStringLiteral("두드러기, 가려움"));
        QCOMPARE(over->content.procedures.at(0).code.text(), QStringLiteral("대장내시경"));
    }

    void resultMessageBecomesContent()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("oru-r01.hl7")), options());
        QVERIFY(over.ok());
        const auto &c = over->content;
        QCOMPARE(c.medications.size(),
            std::size_t(1)); // RXO and RXE are one order; the second order was cancelled
        QCOMPARE(c.medications[0].usage,
            QStringLiteral("아침&저녁 식후 30분")); // \T\ is the subcomponent separator
        QCOMPARE(c.medications[0].timesPerDay, QStringLiteral("2"));
        QCOMPARE(c.medications[0].days, QStringLiteral("30"));
        QCOMPARE(c.medications[0].code.system, oidOf("edi"));
        QCOMPARE(c.labs.size(), std::size_t(4));
        QCOMPARE(c.labs[0].value, QStringLiteral("8.10"));
        QCOMPARE(c.labs[0].code.code, QStringLiteral("D3063"));
        QCOMPARE(c.labs[0].accessionNumber, QStringLiteral("ACC0001"));
        QCOMPARE(c.labs[1].value, QStringLiteral("<0.5"));
        QCOMPARE(c.labs[1].time.toIso(),
            QStringLiteral("2026-11-20T08:40:00+09:00")); // OBR-7 where OBX-14 is silent
        QCOMPARE(c.labs[2].value, QStringLiteral("음성"));
        QCOMPARE(c.labs[3].category, clinical::LabResult::Category::Radiology);
        QCOMPARE(c.labs[3].value, QStringLiteral("폐야 깨끗함.\n심비대 없음 | 골절 없음."));
        QCOMPARE(c.vitals.size(), std::size_t(1));
        QVERIFY(hasNote(*over, "OBX-11", "withdrawn"));
        QVERIFY(hasNote(*over, "NTE", "not taken over"));
    }

    void secondMessageOfAnotherPatientIsNoted()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("two-messages.hl7")), options());
        QVERIFY(over.ok());
        QCOMPARE(over->content.problems.size(), std::size_t(2));
        QVERIFY(hasNote(*over, "PID-3", "another patient"));
    }

    void spreadsheetBecomesContent()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("visit.csv")), options());
        QVERIFY(over.ok());
        const auto &c = over->content;
        QCOMPARE(over->patient.address.basic, QStringLiteral("서울특별시 마포구 나루길 12, 101동"));
        QCOMPARE(c.problems.size(), std::size_t(2));
        QVERIFY(c.problems[0].main && !c.problems[1].main);
        QCOMPARE(c.problems[0].onset.toIso(), QStringLiteral("2026-11-22"));
        QCOMPARE(c.medications.size(), std::size_t(2)); // the third row repeats the first medicine
        QCOMPARE(c.medications[0].usage, QStringLiteral("아침, 저녁 식후 30분"));
        QCOMPARE(c.medications[0].code.system, oidOf("edi"));
        QCOMPARE(c.labs.size(), std::size_t(2));
        QCOMPARE(c.labs[1].code.system, oidOf("loinc"));
        QCOMPARE(c.vitals.size(), std::size_t(3));
        QCOMPARE(c.allergies.size(), std::size_t(1));
        QCOMPARE(c.reason.text,
            QStringLiteral("\"오른쪽 눈이 흐리다\"고 하여\n당뇨망막병증 확인을 의뢰드립니다."));
        QVERIFY(hasNote(*over, "line 1, column 35", "unknown column"));
    }

    void ownJsonBecomesContent()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("naru.json")), options());
        QVERIFY(over.ok());
        for (const auto &note : over->notes)
            qWarning("%s: %s", qPrintable(note.place), qPrintable(note.message));
        QVERIFY(over->notes.empty());
        const auto &c = over->content;
        QCOMPARE(c.problems.at(0).code.code, QStringLiteral("E1134"));
        QCOMPARE(c.problems[0].code.system, oidOf("kcd"));
        QCOMPARE(c.medications.at(0).code.translations.at(0).system, oidOf("atc"));
        QCOMPARE(c.labs.at(0).value, QStringLiteral("8.10"));
        QCOMPARE(c.vitals.size(), std::size_t(4));
        QCOMPARE(c.vitals[1].code.code, QStringLiteral("3141-9"));
        QCOMPARE(c.allergies.at(0).agent.display, QStringLiteral("페니실린"));
        QVERIFY(c.reason.source.kind == clinical::Source::Kind::Emr);
    }

    void departmentsAreWrittenAsTheSiteSays()
    {
        handover::ReadOptions site = options();
        const QByteArray bytes = bytesOf(QStringLiteral("fhir-bundle.json"));
        QCOMPARE(handover::readHandOver(bytes, site)->doctor->department.code, QStringLiteral("01"));
        site.departmentSuffix = QStringLiteral("00");
        QCOMPARE(handover::readHandOver(bytes, site)->doctor->department.code, QStringLiteral("0100"));
    }

    void transferAndRelayAreRead()
    {
        const auto over =
            handover::readHandOver(R"({"format":"naru-handover","version":1,"patient":{"name":"김나루"},
            "content":{"transfer":{"arrived":"2026-11-22T03:00","escort":"간호사"},"relay":{"status":"01"}}})");
        QVERIFY(over.ok() && over->notes.empty());
        QCOMPARE(over->content.transfer.arrived.toIso(), QStringLiteral("2026-11-22T03:00"));
        QCOMPARE(over->content.relay.status, QStringLiteral("01"));
    }

    void unknownMembersAreNotes()
    {
        const auto over = handover::readHandOver(R"({"format":"naru-handover","version":1,"zebra":1,
            "patient":{"name":"김나루","shoe":{"size":42}},"content":{"problems":{"code":"x"}}})");
        QVERIFY(over.ok());
        QCOMPARE(over->notes.size(), std::size_t(3));
        QVERIFY(hasNote(*over, "$.content.problems", "a list is expected"));
        QVERIFY(hasNote(*over, "$.patient", "unknown member"));
        QVERIFY(!hasNote(*over, "shoe", "")); // names from outside may be anything
    }

    void gapsAreFilledFromTheResidentNumber()
    {
        const auto over = handover::readHandOver(
            R"({"format":"naru-handover","version":1,"patient":{"name":"김나루","residentNumber":"0503024234567"}})");
        QVERIFY(over.ok());
        QCOMPARE(over->patient.birthDate.toIso(), QStringLiteral("2005-03-02"));
        QCOMPARE(over->patient.sex, clinical::Sex::Female);
        QVERIFY(over->patient.sources.value(QStringLiteral("sex"))
                    .label.contains(QStringLiteral("주민등록번호")));
    }

    void statedValuesOutrankTheResidentNumber()
    {
        const auto over = handover::readHandOver(R"({"format":"naru-handover","version":1,
            "patient":{"name":"김나루","residentNumber":"050302-4234567","sex":"M","birthDate":"2005-03-03"}})");
        QVERIFY(over.ok());
        QCOMPARE(over->patient.birthDate.toIso(), QStringLiteral("2005-03-03"));
        QCOMPARE(over->patient.sex, clinical::Sex::Male);
        QVERIFY(hasNote(*over, "birthDate", "differs") && hasNote(*over, "sex", "differs"));
    }

    void residentNumbersInFreeTextAreMasked()
    {
        const auto over = handover::readHandOver(R"({"format":"naru-handover","version":1,
            "patient":{"name":"김나루"},"content":{"reason":"주민번호 610302-1234567 환자, 전화 010-1234-5678"}})");
        QVERIFY(over.ok());
        QCOMPARE(
            over->content.reason.text, QStringLiteral("주민번호 610302-1****** 환자, 전화 010-1234-5678"));
        QVERIFY(!over->content.reason.source.original.contains(QStringLiteral("234567 ")));
    }

    void rowsOfOnePatientMayWriteTheNumberDifferently()
    {
        const QByteArray head = "환자명,주민등록번호,상병명\n김나루,610302-1234567,당뇨병\n";
        const auto same = handover::readHandOver(head + "김나루,6103021234567,고혈압\n");
        QVERIFY(same.ok());
        QCOMPARE(same->content.problems.size(), std::size_t(2));
        const auto namesake = handover::readHandOver(head + "김나루,610302-1234568,위암\n");
        QVERIFY(!namesake.ok() && namesake.error().is(handover::errors::SecondPatient));
    }

    void textIsComposedOnEntry() // macOS hands over decomposed Hangul
    {
        const QString decomposed = QStringLiteral("김나루").normalized(QString::NormalizationForm_D);
        const QString json =
            QStringLiteral(R"({"format":"naru-handover","version":1,"patient":{"name":"%1"}})")
                .arg(decomposed);
        const auto over = handover::readHandOver(json.toUtf8());
        QVERIFY(over.ok());
        QCOMPARE(over->patient.name, QStringLiteral("김나루"));
        QCOMPARE(over->patient.sources.value(QStringLiteral("name")).original, decomposed);
    }

    void impossibleDatesStayEmpty()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("hostile/invalid-dates.json")));
        QVERIFY(over.ok());
        QVERIFY(over->patient.birthDate.isNull() && over->encounter.start.isNull());
        QVERIFY(over->content.problems.at(0).onset.isNull());
        QCOMPARE(over->notes.size(), std::size_t(3));
    }

    void halfCharactersAreDropped()
    {
        const auto over = handover::readHandOver(bytesOf(QStringLiteral("hostile/lone-surrogate.json")));
        QVERIFY(over.ok());
        QCOMPARE(over->patient.name, QStringLiteral("김나루"));
    }

    void cyclesEnd()
    {
        const auto over =
            handover::readHandOver(bytesOf(QStringLiteral("hostile/fhir-reference-cycle.json")));
        QVERIFY(over.ok());
        QVERIFY(over->content.medications.empty());
    }

    void hostileFilesAreRefused_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("place"); // what the arguments must contain
        const auto row = [](const char *file, const base::ErrorCode &code, const char *place) {
            QTest::newRow(file) << QString::fromLatin1(code.id) << QString::fromLatin1(place);
        };
        using namespace handover::errors;
        row("truncated.json", Broken, "line ");
        row("fhir-truncated.json", Broken, "line ");
        row("not-an-object.json", Unrecognised, "object");
        row("nested-arrays-10000.json", Broken, "line 1, column 66");
        row("nested-objects-10000.json", Broken, "line 1");
        row("other-version.json", Unrecognised, "version");
        row("no-patient.json", NoPatient, "");
        row("fhir-two-patients.json", SecondPatient, "Bundle.entry[1].resource");
        row("fhir-other-subject.json", SecondPatient, "Bundle.entry[1].resource.subject");
        row("fhir-no-patient.json", NoPatient, "");
        row("wrong-charset.hl7", Encoding, "UTF-8");
        row("unknown-charset.hl7", UnknownCharset, "");
        row("neither-utf8-nor-cp949.csv", Encoding, "UTF-8 26");
        row("cut-in-a-character.csv", Encoding, "CP949 23");
        row("nul-bytes.hl7", Broken, "byte offset 200");
        row("nul-bytes.csv", Broken, "character 13");
        row("no-delimiters.hl7", Broken, "segment 1");
        row("same-delimiters.hl7", Broken, "segment 1");
        row("segment-before-msh.hl7", Broken, "segment 2");
        row("two-patients.csv", SecondPatient, "line 3, column 1");
        row("columns-40000.csv", TooMany, "line 1, column 513");
        row("open-quote.csv", Broken, "line 2, column 2");
        row("text-after-quote.csv", Broken, "line 2, column 2");
        row("header-only.csv", Unrecognised, "");
        row("no-patient-column.csv", Unrecognised, "");
        row("xml.xml", Unrecognised, "XML");
        row("empty.json", Unrecognised, "");
    }

    void hostileFilesAreRefused()
    {
        QFETCH(QString, code);
        QFETCH(QString, place);
        const QByteArray bytes =
            bytesOf(QStringLiteral("hostile/") + QString::fromLatin1(QTest::currentDataTag()));
        const auto over = handover::readHandOver(bytes, options());
        QVERIFY(!over.ok());
        QCOMPARE(QString::fromLatin1(over.error().code.id), code);
        const QString said =
            over.error().toString() + QStringList(over.error().arguments.values()).join(QLatin1Char(' '));
        QVERIFY2(said.contains(place), qPrintable(said));
        for (const char *secret : {"김나루", "정바다", "1234567", "위암"})
            QVERIFY2(!said.contains(QString::fromUtf8(secret)), qPrintable(said));
    }

    void everyTruncationIsSurvived_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file :
            {"naru.json", "fhir-bundle.json", "oru-r01-euckr.hl7", "adt-a04.hl7", "visit.csv"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void everyTruncationIsSurvived()
    {
        QFETCH(QString, file);
        const QByteArray all = bytesOf(file);
        for (qsizetype size = 0; size < all.size(); size += 13)
            (void)handover::readHandOver(all.left(size), options()).ok();
    }

    void sizesAreBounded()
    {
        handover::ReadOptions small = options();
        small.maximumBytes = 100;
        const auto large = handover::readHandOver(bytesOf(QStringLiteral("naru.json")), small);
        QVERIFY(!large.ok() && large.error().is(handover::errors::TooLarge));

        QByteArray many =
            R"({"format":"naru-handover","version":1,"patient":{"name":"a"},"content":{"problems":[)";
        for (int i = 0; i < 10'001; ++i)
            many += "{\"code\":\"x\"},";
        many.chop(1);
        many += "]}}";
        const auto tooMany = handover::readHandOver(many);
        QVERIFY(!tooMany.ok() && tooMany.error().is(handover::errors::TooMany));
        QVERIFY(tooMany.error()
                    .arguments.value(QStringLiteral("place"))
                    .contains(QStringLiteral("problems[10000]")));
    }

    void largeInputsTakeBoundedTime_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("PID-3 with 200,000 repetitions")
            << QByteArray("MSH|^~\\&|x\rPID|1||7^^^A^XX") + QByteArray("~1^^^A^XX").repeated(200'000) + "\r";
        QTest::newRow("200,000 escapes")
            << QByteArray("MSH|^~\\&|x\rPID|1||7||") + QByteArray("\\F\\").repeated(200'000);
        QTest::newRow("200,000 keys")
            << "{\"format\":\"naru-handover\",\"version\":1" + QByteArray(",\"k\":1").repeated(200'000) + "}";
        QTest::newRow("a long quoted cell")
            << QByteArray("환자번호,환자명\n1,\"") + QByteArray("a\"\"").repeated(1'000'000) + "\"\n";
        QTest::newRow("dashes") << QByteArray("환자번호,환자명\n1,")
                + QByteArray("610302-1234567 ").repeated(100'000) + "\n";
    }
    void largeInputsTakeBoundedTime()
    {
        QFETCH(QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        (void)handover::readHandOver(bytes).ok();
        QVERIFY2(timer.elapsed() < 2000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
        qInfo("%lld ms", timer.elapsed());
    }
};

QTEST_APPLESS_MAIN(TestHandOver)
#include "tst_handover.moc"
