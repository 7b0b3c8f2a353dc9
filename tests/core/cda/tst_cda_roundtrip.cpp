// What the writer writes the reader reads: every form against its golden file, random documents for equality,
// all text present.
#include "SampleDocuments.h"
#include "core/base/Digest.h"
#include "core/base/Xml.h"
#include "core/cda/Errors.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/write/CdaWriter.h"
#include "core/clinical/forms/FieldValues.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace naru;
using namespace naru::clinical;

namespace {
QString describe(const clinical::Document &expected, const clinical::Document &actual)
{
    const auto a = fieldValues(expected), b = fieldValues(actual);
    for (std::size_t i = 0; i < qMin(a.size(), b.size()); ++i) {
        if (a[i].path != b[i].path || a[i].text != b[i].text || a[i].coded != b[i].coded
            || a[i].time != b[i].time)
            return QStringLiteral("%1: '%2' became %3: '%4' (code %5 %6 / %7 %8, %9)")
                .arg(a[i].path, a[i].text, b[i].path, b[i].text, a[i].coded.code, a[i].coded.displayEn,
                    b[i].coded.code, b[i].coded.displayEn)
                .arg(a[i].coded.translations.size() * 100 + b[i].coded.translations.size());
    }
    return QStringLiteral("same fields");
}

QString narrativeText(const std::vector<Section> &sections)
{
    QString out;
    for (const Section &section : sections)
        out += section.title + QLatin1Char('\n') + plainText(section.narrative) + QLatin1Char('\n')
            + narrativeText(section.sections);
    return out;
}
} // namespace

class tst_cda_roundtrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Other makers write the entry and the list of ten, but none of our anchors: which study it is stands in
    // the list alone.
    void studyOfAReadingStandsInItsList()
    {
        Document document = samples::full(Form::ImagingReport);
        document.content.readings.push_back(document.content.readings.front());
        document.content.readings.back().studyUid = QStringLiteral("1.2.410.1.2");
        auto bytes = cda::writeDocument(document);
        QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().toString()));
        QVERIFY(bytes->contains("readings.2.studyUid"));
        bytes->replace("readings.1.studyUid", "other.1").replace("readings.2.studyUid", "other.2");
        const auto read = cda::readDocument(*bytes);
        QVERIFY2(read, read ? "" : qPrintable(read.error().toString()));
        const auto &readings = read->document.content.readings;
        QCOMPARE(int(readings.size()), 2);
        QCOMPARE(readings[0].studyUid, QStringLiteral("1.2.410.1.1"));
        QCOMPARE(readings[1].studyUid, QStringLiteral("1.2.410.1.2"));
        QCOMPARE(readings[1].conclusion, document.content.readings[1].conclusion);
    }

    void golden_data()
    {
        QTest::addColumn<int>("form");
        for (const Form form : samples::allForms)
            QTest::newRow(qPrintable(formKey(form))) << int(form);
    }
    // The golden file is the contract with peers; NARU_UPDATE_GOLDEN=1 rewrites it after a wanted change.
    void golden()
    {
        QFETCH(int, form);
        const auto bytes = cda::writeDocument(samples::full(Form(form)));
        QVERIFY2(bytes, bytes ? "" : qPrintable(bytes.error().toString()));
        QFile file(QStringLiteral(NARU_TEST_DATA "/cda/golden/%1.xml").arg(formKey(Form(form))));
        if (qEnvironmentVariableIsSet("NARU_UPDATE_GOLDEN")) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(*bytes);
            return;
        }
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        QCOMPARE(*bytes, file.readAll());
        QCOMPARE(*cda::writeDocument(samples::full(Form(form))), *bytes); // same value, same bytes
    }
    void roundTrip_data() { golden_data(); }
    void roundTrip()
    {
        QFETCH(int, form);
        const Document before = samples::full(Form(form));
        const auto after = cda::readDocument(*cda::writeDocument(before));
        QVERIFY2(after, after ? "" : qPrintable(after.error().toString()));
        QVERIFY2(after->document == before, qPrintable(describe(before, after->document)));
        for (const ReadWarning &warning : after->warnings)
            QVERIFY2(warning.code == QLatin1String("section.unknown"),
                qPrintable(warning.code + warning.path + warning.message));
        QVERIFY(after->warnings.empty());
    }
    void randomDocuments()
    {
        for (quint32 seed = 1; seed <= 400; ++seed) {
            const Document before = samples::Random(seed).document();
            const auto bytes = cda::writeDocument(before);
            QVERIFY2(bytes, qPrintable(QString::number(seed)));
            const auto after = cda::readDocument(*bytes);
            QVERIFY2(after, qPrintable(QString::number(seed)));
            QVERIFY2(after->document == before,
                qPrintable(QString::number(seed) + QLatin1Char(' ') + describe(before, after->document)));
            // Nothing is lost: every text of the content can be read by a person.
            const QString text = narrativeText(after->sections);
            for (const FieldValue &value : fieldValues(before)) {
                const bool header =
                    value.key.startsWith(QLatin1String("patient")) || !value.key.contains(QLatin1Char('.'));
                static const QStringList content{QStringLiteral("problems"), QStringLiteral("medications"),
                    QStringLiteral("dischargeMedications"), QStringLiteral("labs"),
                    QStringLiteral("procedures"), QStringLiteral("allergies"),
                    QStringLiteral("immunizations"), QStringLiteral("vitals"), QStringLiteral("infections"),
                    QStringLiteral("readings"), QStringLiteral("social"), QStringLiteral("transfer"),
                    QStringLiteral("relay")};
                if (header || !content.contains(value.key.section(QLatin1Char('.'), 0, 0)))
                    continue;
                if (value.key == QLatin1String("problems.main"))
                    continue; // said in words: 주상병
                QVERIFY2(value.text.isEmpty() || text.contains(value.text),
                    qPrintable(value.path + QLatin1Char(' ') + value.text));
                QVERIFY(text.contains(value.coded.displayEn) && text.contains(value.coded.display));
            }
        }
    }
    void schema_data() { golden_data(); }
    void schema()
    {
        // The schema is not ours to ship: NARU_CDA_XSD names CDA.xsd of HL7.
        const QString xsd = qEnvironmentVariable("NARU_CDA_XSD");
        const QString xmllint = QStandardPaths::findExecutable(QStringLiteral("xmllint"));
        if (xsd.isEmpty() || xmllint.isEmpty())
            QSKIP("NARU_CDA_XSD or xmllint is missing");
        QFETCH(int, form);
        for (int i = 0; i < 12; ++i) {
            Document document =
                i == 0 ? samples::full(Form(form)) : samples::Random(quint32(form * 100 + i)).document();
            QTemporaryDir dir;
            const QString path = dir.filePath(QStringLiteral("d.xml"));
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(*cda::writeDocument(document));
            file.close();
            QProcess process;
            process.start(xmllint,
                {QStringLiteral("--noout"), QStringLiteral("--nonet"), QStringLiteral("--schema"), xsd,
                    path});
            QVERIFY(process.waitForFinished());
            QVERIFY2(process.exitCode() == 0, process.readAllStandardError().left(1500).constData());
        }
    }
    void residentNumberNeverWritten()
    {
        Document d = samples::full(Form::Referral);
        d.patient.residentNumber = QStringLiteral("6103021234567");
        QCOMPARE(*cda::writeDocument(d), *cda::writeDocument(samples::full(Form::Referral)));
    }
    void unwritableText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("control") << QStringLiteral("a") + QChar(0x0007);
        QTest::newRow("null") << QStringLiteral("a") + QChar(0);
        QTest::newRow("lone high surrogate") << QStringLiteral("a") + QChar(0xD800) + QStringLiteral("b");
        QTest::newRow("lone low surrogate") << QString(QChar(0xDC00));
        QTest::newRow("noncharacter") << QString(QChar(0xFFFE));
    }
    void unwritableText()
    {
        QFETCH(QString, text);
        Document d = samples::full(Form::Referral);
        d.content.reason.text = text;
        const auto written = cda::writeDocument(d);
        QVERIFY(!written);
        QVERIFY(written.error().is(cda::errors::TextNotXml));
        QCOMPARE(written.error().arguments.value(QStringLiteral("field")), QStringLiteral("reason"));
        d = samples::full(Form::Referral);
        d.patient.name = text;
        QVERIFY(!cda::writeDocument(d));
    }
    void badCodes()
    {
        Document d = samples::full(Form::Referral);
        d.content.problems[0].code.code = QStringLiteral("E11 9");
        QVERIFY(cda::writeDocument(d).error().is(cda::errors::CodeInvalid));
        d = samples::full(Form::Referral);
        d.content.problems[0].code.system = QStringLiteral("http://loinc.org");
        QVERIFY(cda::writeDocument(d).error().is(cda::errors::CodeInvalid));
        d = samples::full(Form::Referral);
        d.content.relay.clinical = QStringLiteral("a||&b");
        QVERIFY(cda::writeDocument(d).error().is(cda::errors::RelaySeparator));
        d.form = Form::Unknown;
        QVERIFY(cda::writeDocument(d).error().is(cda::errors::NoForm));
    }
    // What the classification has no code for goes as qualifiers of the value, in the schema's place.
    void qualifiers()
    {
        Document d = samples::full(Form::Referral);
        clinical::CodedValue &asthma = d.content.problems[0].code;
        asthma.originalText = QStringLiteral("왼쪽 중증 천식");
        for (const char *side : {"", "left", "right", "both"}) {
            for (const char *severity : {"", "mild", "moderate", "severe"}) {
                asthma.side = QLatin1String(side);
                asthma.severity = QLatin1String(severity);
                const auto bytes = cda::writeDocument(d);
                QVERIFY2(bytes, severity);
                QCOMPARE(bytes->count("code=\"246112005\""), *severity ? 1 : 0);
                const auto read = cda::readDocument(*bytes);
                QVERIFY(read);
                QVERIFY2(read->document == d, qPrintable(describe(d, read->document)));
            }
        }
        const QByteArray bytes = *cda::writeDocument(d); // both, severe
        const qsizetype words = bytes.indexOf(QStringLiteral("왼쪽 중증 천식</originalText>").toUtf8()),
                        side = bytes.indexOf("<name code=\"272741003\"", words),
                        severity = bytes.indexOf("<name code=\"246112005\"", words),
                        translation = bytes.indexOf("<translation", words);
        QVERIFY(words > 0 && words < side && side < severity && severity < translation);
        QVERIFY(bytes.indexOf("<value code=\"24484000\"", severity) > severity);

        // Of others: a value nobody knows, another system under the same number, another axis.
        for (const auto &[from, to] : {std::pair{"code=\"24484000\"", "code=\"442452003\""},
                 std::pair{"code=\"24484000\" codeSystem=\"2.16.840.1.113883.6.96\"",
                     "code=\"24484000\" codeSystem=\"1.2.3\""},
                 std::pair{"code=\"246112005\"", "code=\"263502005\""}}) {
            QVERIFY2(bytes.contains(from), from);
            const auto read = cda::readDocument(QByteArray(bytes).replace(from, to));
            QVERIFY(read);
            QCOMPARE(read->document.content.problems[0].code.severity, QString());
            QCOMPARE(read->document.content.problems[0].code.side, QStringLiteral("both"));
        }
        asthma.severity = QStringLiteral("very");
        QVERIFY(cda::writeDocument(d).error().is(cda::errors::CodeInvalid));
    }
    void relayAct()
    {
        const QByteArray bytes = *cda::writeDocument(samples::full(Form::Referral));
        QVERIFY(bytes.contains("classCode=\"PCPR\""));
        QVERIFY(bytes.contains(">02||&amp;01||&amp;||&amp;||&amp;||&amp;</text>"));
    }
    void identifiers()
    {
        const base::ManualClock clock(
            QDateTime(QDate(2026, 11, 22), QTime(20, 1, 2), Qt::UTC)); // 23rd in Korea
        const auto zeros = [](int count) { return QByteArray(count, '\x01'); };
        const auto id = cda::newDocumentId(Form::Return, samples::clinic(), clock, zeros);
        QVERIFY(id);
        const QString prefix = base::oid("krReturn").text() + QStringLiteral(".31999001.20261123050102");
        QVERIFY2(id->startsWith(prefix), qPrintable(*id));
        QCOMPARE(id->size(), prefix.size() + 6);
        QVERIFY(base::Oid::parse(*id));
        QCOMPARE(*cda::requestNumber(samples::clinic(), clock, 7), QStringLiteral("319990012026112300007"));
        QVERIFY(cda::requestNumber(samples::clinic(), clock, 100000).error().is(cda::errors::Serial));
        Institution wrong = samples::clinic();
        wrong.number = QStringLiteral("3199900");
        QVERIFY(
            cda::newDocumentId(Form::Return, wrong, clock, zeros).error().is(cda::errors::InstitutionNumber));
    }
};

QTEST_GUILESS_MAIN(tst_cda_roundtrip)
#include "tst_cda_roundtrip.moc"
