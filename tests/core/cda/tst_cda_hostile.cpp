// Documents of others, well meant or not: nothing crashes, nothing acts, no text is lost, every oddity is
// named.
#include "SampleDocuments.h"
#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/cda/Errors.h"
#include "core/cda/read/CdaReader.h"
#include "core/cda/render/Render.h"
#include "core/cda/rules/Rules.h"
#include "core/cda/write/CdaWriter.h"

#include <QDir>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QtTest>

using namespace naru;
using namespace naru::clinical;

namespace {
const QString folder = QStringLiteral(NARU_TEST_DATA "/cda/hostile/");

QByteArray load(const QString &name)
{
    QFile file(folder + name + QStringLiteral(".xml"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no file %s", qPrintable(file.fileName()));
    return file.readAll();
}

QByteArray around(const QByteArray &body)
{
    return "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
           "<component><structuredBody><component><section><code code=\"30954-2\"/>"
        + body + "</section></component></structuredBody></component></ClinicalDocument>";
}

void texts(const base::XmlElement &element, QStringList &out)
{
    const auto add = [&out](const QString &text) {
        for (const QString &line : text.split(QLatin1Char('\n'))) {
            if (!line.trimmed().isEmpty())
                out.append(line.trimmed());
        }
    };
    add(element.text);
    for (const base::XmlElement &child : element.children) {
        texts(child, out);
        add(child.tail);
    }
}

void narrativeTexts(const base::XmlElement &element, QStringList &out)
{
    for (const base::XmlElement &child : element.children) {
        if (child.name == QLatin1String("text") && element.name == QLatin1String("section"))
            texts(child, out);
        else
            narrativeTexts(child, out);
    }
}
} // namespace

class tst_cda_hostile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refused_data()
    {
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const base::ErrorCode &code) {
            QTest::newRow(name) << QString::fromLatin1(code.id);
        };
        row("dtd-bomb", base::errors::XmlForbidden);
        row("dtd-external", base::errors::XmlForbidden);
        row("utf16-dtd", base::errors::XmlForbidden);
        row("lone-surrogate", base::errors::XmlBroken);
        row("lone-surrogate-charref", base::errors::XmlBroken);
        row("invalid-utf8", base::errors::XmlBroken);
        row("truncated", base::errors::XmlBroken);
        row("empty", base::errors::XmlBroken);
        row("not-cda", cda::errors::NotCda);
        row("encoding-unknown", cda::errors::Encoding);
    }
    void refused()
    {
        QFETCH(QString, code);
        const QByteArray bytes = load(QString::fromLatin1(QTest::currentDataTag()));
        const auto read = cda::readDocument(bytes);
        QVERIFY(!read);
        QCOMPARE(QString::fromLatin1(read.error().code.id), code);
        const cda::Report report = cda::checkBytes(bytes);
        QVERIFY(!report.valid());
        QCOMPARE(report.problems.front().rule, QStringLiteral("cda.readable"));
    }
    void warned_data()
    {
        QTest::addColumn<QString>("warning");
        QTest::newRow("stylesheet-pi") << "xml.stylesheet";
        QTest::newRow("script-in-narrative") << "narrative.unsupported";
        QTest::newRow("iframe-in-narrative") << "narrative.unsupported";
        QTest::newRow("img-remote") << "narrative.unsupported";
        QTest::newRow("rtl-override") << "text.hidden";
        QTest::newRow("dead-reference") << "narrative.deadReference";
        QTest::newRow("duplicate-id") << "id.duplicate";
        QTest::newRow("value-mismatch") << "narrative.value";
        QTest::newRow("unit-mismatch") << "narrative.unit";
        QTest::newRow("code-mismatch") << "narrative.code";
        QTest::newRow("negation-lost") << "narrative.negation";
        QTest::newRow("narrative-missing") << "narrative.missing";
        QTest::newRow("nonxml-body-html") << "body.nonXml";
        QTest::newRow("nonxml-body-reference") << "external.reference";
        QTest::newRow("media-not-image") << "media.unverified";
        QTest::newRow("media-missing") << "media.missing";
        QTest::newRow("unknown-section") << "section.unknown";
    }
    void warned()
    {
        QFETCH(QString, warning);
        const auto read = cda::readDocument(load(QString::fromLatin1(QTest::currentDataTag())));
        QVERIFY2(read, read ? "" : qPrintable(read.error().toString()));
        QStringList codes;
        for (const ReadWarning &each : read->warnings) {
            codes.append(each.code);
            QVERIFY(!each.message.contains(QLatin1String("%{")));
            QVERIFY(cda::warningText(each) != each.code);
        }
        QVERIFY2(codes.contains(warning), qPrintable(codes.join(QLatin1Char(' '))));
        if (warning.startsWith(QLatin1String("narrative.v")))
            QCOMPARE(read->warnings.front().arguments.value(QStringLiteral("entry")), QStringLiteral("3.7"));
    }
    // Whatever the file: the page has no element or address that acts, and every text node is in it and in
    // the plain text.
    void inert_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : QDir(folder).entryList({QStringLiteral("*.xml")}))
            QTest::newRow(qPrintable(name)) << name.chopped(4);
    }
    void inert()
    {
        QFETCH(QString, name);
        const auto root = cda::parseCda(load(name));
        const auto read = cda::readDocument(load(name));
        if (!root || !read)
            return; // refused() says how
        const QString page = cda::html(*read);
        static const QRegularExpression acting(
            QStringLiteral("<(script|iframe|object|embed|link|form|input|a|svg|base)[ >]|"
                           "<[a-z0-9]+[^>]* (on[a-z]+|href|srcset|action)=|src=\"(?!data:image/)"),
            QRegularExpression::CaseInsensitiveOption);
        QVERIFY2(!acting.match(page).hasMatch(), qPrintable(page));
        QVERIFY(!page.contains(QChar(0x202E)));
        const QString plain = cda::plainText(*read);
        QStringList nodes;
        narrativeTexts(*root, nodes);
        for (const QString &node : nodes) {
            const QString shown = base::withVisibleControls(node);
            QVERIFY2(plain.contains(shown), qPrintable(node + QStringLiteral(" | ") + plain));
            QVERIFY2(page.contains(shown.toHtmlEscaped()), qPrintable(node));
        }
        QVERIFY(!QJsonDocument(cda::json(*read)).toJson().isEmpty());
        QCOMPARE(cda::checkBytes(load(name)).form, read->document.form);
    }
    void encodings()
    {
        QVERIFY(cda::plainText(*cda::readDocument(load(QStringLiteral("utf16"))))
                    .contains(QStringLiteral("한글")));
        const auto korean = cda::readDocument(load(QStringLiteral("euc-kr-declared")));
        if (korean)
            QVERIFY(cda::plainText(*korean).contains(QStringLiteral("한글 소견")));
        else
            QVERIFY(korean.error().is(cda::errors::Encoding)); // a Qt without ICU: refused plainly
    }
    void nestedSections()
    {
        const auto read = cda::readDocument(load(QStringLiteral("prefixed-nested")));
        QVERIFY(read);
        const QJsonArray sections = cda::json(*read).value(QStringLiteral("sections")).toArray();
        QCOMPARE(sections.size(), 2);
        QCOMPARE(sections[1].toObject().value(QStringLiteral("level")).toInt(), 2);
        QVERIFY(sections[1]
                    .toObject()
                    .value(QStringLiteral("narrative"))
                    .toString()
                    .contains(QStringLiteral("deep")));
    }
    void manyAttributes()
    {
        QByteArray attributes;
        for (int i = 0; i < 40'000; ++i)
            attributes += " a" + QByteArray::number(i) + "=\"x\"";
        const QByteArray bytes = around("<text><paragraph" + attributes + ">x</paragraph></text>");
        QElapsedTimer timer;
        timer.start();
        QVERIFY(cda::readDocument(bytes).error().is(base::errors::XmlBudget));
        // UTF-16 must not be a way around the check.
        const QString wide = QChar(QChar::ByteOrderMark) + QString::fromUtf8(bytes);
        const QByteArray utf16(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2);
        QVERIFY(cda::readDocument(utf16).error().is(base::errors::XmlBudget));
        QVERIFY(timer.elapsed() < 2000 * NARU_TIME_FACTOR);
    }
    void deepNesting()
    {
        const QByteArray deep =
            QByteArray("<list><item>").repeated(10'000) + "x" + QByteArray("</item></list>").repeated(10'000);
        QVERIFY(cda::readDocument(around("<text>" + deep + "</text>")).error().is(base::errors::XmlBudget));
        const QByteArray allowed =
            QByteArray("<list><item>").repeated(55) + "x" + QByteArray("</item></list>").repeated(55);
        QVERIFY(cda::readDocument(around("<text>" + allowed + "</text>")));
    }
    void entryBudget()
    {
        const QByteArray entries =
            QByteArray("<entry><observation><code code=\"1\"/></observation></entry>").repeated(500);
        cda::ReadBudget budget;
        budget.entries = 100;
        const auto read = cda::readDocument(around("<text>x</text>" + entries), budget);
        QVERIFY(read);
        QCOMPARE(read->sections.front().entries.size(), std::size_t(100));
        QCOMPARE(read->warnings.back().code, QStringLiteral("entry.limit"));
    }
    void tenThousandEntries()
    {
        QByteArray rows, entries;
        for (int i = 0; i < 10'000; ++i) {
            const QByteArray n = QByteArray::number(i);
            rows += "<tr ID=\"r" + n + "\"><td>test " + n + "</td><td>" + n + "</td></tr>";
            entries += "<entry><observation><code code=\"" + n + "\" displayName=\"test " + n
                + "\"/><text><reference value=\"#r" + n + "\"/></text><value xsi:type=\"PQ\" value=\"" + n
                + "\" unit=\"1\"/></observation></entry>";
        }
        QElapsedTimer timer;
        timer.start();
        const auto read =
            cda::readDocument(around("<text><table><tbody>" + rows + "</tbody></table></text>" + entries));
        QVERIFY(read);
        QVERIFY(read->warnings.empty());
        QCOMPARE(read->document.content.labs.size(), std::size_t(10'000));
        QVERIFY2(timer.elapsed() < 4000 * NARU_TIME_FACTOR,
            qPrintable(QString::number(timer.elapsed()))); // unoptimised builds too
    }
    void brokenPrefixes()
    {
        // Every truncation and a flipped byte at many places: an answer, never a crash.
        const QByteArray whole = *cda::writeDocument(samples::full(Form::Referral));
        for (qsizetype cut = 0; cut < whole.size(); cut += 97)
            QVERIFY(!cda::readDocument(whole.left(cut)));
        for (qsizetype at = 0; at < whole.size(); at += 61) {
            QByteArray bent = whole;
            bent[at] = char(bent[at] ^ 0x15);
            (void)cda::checkBytes(bent);
        }
    }
};

QTEST_GUILESS_MAIN(tst_cda_hostile)
#include "tst_cda_hostile.moc"
