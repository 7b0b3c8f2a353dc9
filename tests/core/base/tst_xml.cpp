// Untrusted XML: nothing external, budgets with the line, mixed content in order, and time that does not
// explode.
#include "core/base/Errors.h"
#include "core/base/Xml.h"

#include <QElapsedTimer>
#include <QTest>

using namespace naru::base;

class TestXml : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mixedContentKeepsItsOrder()
    {
        const auto root =
            parseXml("<t xmlns='urn:x'>a<b>b</b>c<br/>d<i>e<u>f</u>g</i><!-- no -->h<![CDATA[<i>]]></t>");
        QVERIFY(root.ok());
        QCOMPARE(root->allText(), QStringLiteral("abcdefgh<i>"));
        QCOMPARE(root->text, QStringLiteral("a"));
        QCOMPARE(root->children.size(), std::size_t(3));
        QCOMPARE(root->children[0].tail, QStringLiteral("c"));
        QCOMPARE(root->children[1].tail, QStringLiteral("d"));
        QCOMPARE(root->children[2].children[0].tail, QStringLiteral("g"));
        QCOMPARE(root->children[2].tail, QStringLiteral("h<i>"));
    }

    void namespacesAndPrefixes()
    {
        const auto root = parseXml(
            "<x:a xmlns:x='urn:hl7-org:v3' xmlns:y='urn:y' y:k='1' k='2'><x:b/><b xmlns='urn:z'/></x:a>");
        QVERIFY(root.ok());
        QCOMPARE(root->name, QStringLiteral("a"));
        QCOMPARE(root->namespaceUri, QStringLiteral("urn:hl7-org:v3"));
        QCOMPARE(root->attribute(QLatin1String("k"), QStringLiteral("urn:y")), QStringLiteral("1"));
        QCOMPARE(root->all(QLatin1String("b")).size(), std::size_t(2));
        QVERIFY(root->hasAttribute(QLatin1String("k")) && !root->hasAttribute(QLatin1String("z")));
        QVERIFY(root->path({"b", "c"}) == nullptr);
        QCOMPARE(root->value(QLatin1String("nothing")), QString());
    }

    void encodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QString body = QStringLiteral("<a>한글</a>");
        QTest::newRow("utf-8") << body.toUtf8();
        QTest::newRow("utf-8 bom") << QByteArray("\xEF\xBB\xBF") + body.toUtf8();
        QByteArray wide("\xFF\xFE");
        for (const QChar c : body)
            wide.append(char(c.unicode() & 0xFF)).append(char(c.unicode() >> 8));
        QTest::newRow("utf-16") << wide;
    }
    void encodings()
    {
        QFETCH(QByteArray, bytes);
        const auto root = parseXml(bytes);
        QVERIFY2(root.ok(), root.ok() ? "" : qPrintable(root.error().toString()));
        QCOMPARE(root->text, QStringLiteral("한글"));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("line"); // 0: not checked
        const auto row = [](const char *name, const QByteArray &bytes, const ErrorCode &code, int line = 0) {
            QTest::newRow(name) << bytes << QString::fromLatin1(code.id) << line;
        };
        row("doctype", "<?xml version='1.0'?>\n<!DOCTYPE a><a/>", errors::XmlForbidden, 2);
        row("external entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            errors::XmlForbidden, 1);
        row("billion laughs", "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><a>&b;</a>",
            errors::XmlForbidden);
        row("doctype after a comment", "<!-- > -->\n<!DOCTYPE a>\n<a/>", errors::XmlForbidden, 2);
        QByteArray wideDoctype("\xFF\xFE");
        for (const char c : QByteArray("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"))
            wideDoctype.append(c).append('\0');
        row("doctype in utf-16", wideDoctype, errors::XmlForbidden);
        row("unknown entity", "<a>&nbsp;</a>", errors::XmlBroken);
        row("not closed", "<a>\n<b>\n</a>", errors::XmlBroken, 3);
        row("two roots", "<a/><b/>", errors::XmlBroken);
        row("text only", "hello", errors::XmlBroken);
        row("nothing", "", errors::XmlBroken);
        row("open comment", "<a><!-- ", errors::XmlBroken);
        row("open tag", "<a b='1", errors::XmlBroken);
        row("attribute twice", "<a b='1' b='2'/>", errors::XmlBroken);
        row("NUL", QByteArray("<a>\0</a>", 8), errors::XmlBroken);
        row("invalid utf-8", "<a>\xFF\xFE</a>", errors::XmlBroken);
        row("character reference to nothing", "<a>&#0;</a>", errors::XmlBroken);
        row("undeclared prefix", "<x:a/>", errors::XmlBroken);
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        QFETCH(int, line);
        const auto root = parseXml(bytes);
        QVERIFY(!root.ok());
        QCOMPARE(QString::fromLatin1(root.error().code.id), code);
        if (line > 0)
            QCOMPARE(root.error().arguments.value(QStringLiteral("line")), QString::number(line));
    }

    void budgets()
    {
        XmlBudget small;
        small.bytes = 10;
        QVERIFY(parseXml("<a>0123456789</a>", small).error().is(errors::TooLarge));
        small = {};
        small.elements = 3;
        QVERIFY(parseXml("<a><b/><b/></a>", small).ok());
        QVERIFY(parseXml("<a><b/><b/><b/></a>", small).error().is(errors::XmlBudget));
        small = {};
        small.textBytes = 4;
        QVERIFY(parseXml("<a>01<b/>23</a>", small).ok());
        QVERIFY(parseXml("<a>01<b/>234</a>", small).error().is(errors::XmlBudget));
        small = {};
        small.depth = 2;
        QVERIFY(parseXml("<a><b/></a>", small).ok());
        const auto deep = parseXml("<a>\n<b>\n<c/></b></a>", small);
        QVERIFY(!deep.ok());
        QCOMPARE(deep.error().arguments.value(QStringLiteral("line")), QStringLiteral("3"));
        small = {};
        small.attributesPerElement = 2;
        QVERIFY(parseXml("<a b='1=2=3' c='>'/>", small).ok()); // '=' and '>' inside quotes do not count
        QVERIFY(parseXml("<a b='' c='' d=''/>", small).error().is(errors::XmlBudget));
        QVERIFY(parseXml("<a b='' c=''><!-- = = = = --><![CDATA[ = = = ]]></a>", small).ok());
    }

    void quickRefusals_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray attributes("<a");
        for (int i = 0; i < 40'000; ++i)
            attributes += " a" + QByteArray::number(i) + "='x'";
        QTest::newRow("40,000 attributes") << attributes + "/>";
        QByteArray wide("\xFF\xFE");
        for (const char c : attributes + "/>")
            wide.append(c).append('\0');
        QTest::newRow("40,000 attributes in utf-16") << wide;
        QByteArray names("<a");
        for (int i = 0; i < 40'000; ++i)
            names += " xmlns:p" + QByteArray::number(i) + "='urn:" + QByteArray::number(i) + "'";
        QTest::newRow("40,000 namespaces") << names + "/>";
        QTest::newRow("depth 10,000")
            << QByteArray("<a>").repeated(10'000) + QByteArray("</a>").repeated(10'000);
        QTest::newRow("depth 10,000, never closed") << QByteArray("<a>").repeated(10'000);
    }
    void quickRefusals()
    {
        QFETCH(QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        const auto root = parseXml(bytes);
        QVERIFY(!root.ok());
        QVERIFY(root.error().is(errors::XmlBudget));
        QVERIFY2(timer.elapsed() < 2000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
    }

    void manyOpenersTakeLinearTime_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("comments") << "<a>" + QByteArray("<!-- x -->").repeated(200'000) + "</a>";
        QTest::newRow("openers") << "<a>" + QByteArray("<!--").repeated(200'000);
        QTest::newRow("wide") << "<a>" + QByteArray("<b/>").repeated(200'000) + "</a>";
        QTest::newRow("newlines in a tag") << "<a" + QByteArray("\n").repeated(1'000'000) + "/>";
    }
    void manyOpenersTakeLinearTime()
    {
        QFETCH(QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        (void)parseXml(bytes).ok();
        QVERIFY2(timer.elapsed() < 2000 * NARU_TIME_FACTOR, qPrintable(QString::number(timer.elapsed())));
    }

    // A tree as deep as an allowed budget can be walked and freed without ending the stack.
    void deepTreesAreUsableWithinTheirBudget()
    {
        XmlBudget deep;
        deep.depth = 2000;
        const auto root =
            parseXml(QByteArray("<a>x").repeated(2000) + QByteArray("</a>").repeated(2000), deep);
        QVERIFY(root.ok());
        QCOMPARE(root->allText().size(), 2000);
    }

    void writesWhatItRead()
    {
        const QByteArray source = "<a xmlns=\"urn:x\" k=\"1 &lt; 2\">t<b>u</b>v</a>";
        const auto root = parseXml(source);
        QVERIFY(root.ok());
        const QByteArray written = writeXml(*root, {{QStringLiteral("urn:x"), QString()}});
        const auto again = parseXml(written);
        QVERIFY2(again.ok(), written.constData());
        QCOMPARE(again->allText(), root->allText());
        QVERIFY(again->attributes == root->attributes);
        QCOMPARE(again->namespaceUri, QStringLiteral("urn:x"));
    }
};

QTEST_APPLESS_MAIN(TestXml)
#include "tst_xml.moc"
