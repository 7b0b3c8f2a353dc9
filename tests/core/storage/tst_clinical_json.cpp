// Clinical values as JSON: whatever the values, what is read equals what was written; no member is forgotten.
#include "core/base/Errors.h"
#include "core/storage/Errors.h"
#include "core/storage/json/ClinicalJson.h"
#include "core/storage/json/Fields.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QtTest>

using namespace naru;
using namespace naru::clinical;
namespace json = naru::storage::json;

namespace {
// A visitor that fills every member with something.
struct Filler {
    QRandomGenerator &random;
    int depth = 0;

    template <typename T> void operator()(const char *, T &value) { fill(value); }
    void fill(QString &value)
    {
        static const QStringList texts{{}, QStringLiteral("홍길동"), QStringLiteral("a\"\\\n\t\u0001"),
            QStringLiteral("\U0001F9EC 진료"), QStringLiteral("500"), QStringLiteral("N"),
            QStringLiteral("AMB")};
        value = texts[random.bounded(int(texts.size()))];
    }
    void fill(bool &value) { value = random.bounded(2) == 1; }
    void fill(int &value) { value = random.bounded(-3, 1000); }
    void fill(qint64 &value) { value = qint64(random.bounded(1, 1 << 30)) << 8; }
    void fill(QByteArray &value)
    {
        value.resize(random.bounded(20));
        for (char &c : value)
            c = char(random.bounded(256));
    }
    void fill(base::Timestamp &value)
    {
        static const QStringList texts{{}, QStringLiteral("2026"), QStringLiteral("202611"),
            QStringLiteral("20261122"), QStringLiteral("2026112214"), QStringLiteral("202611221401"),
            QStringLiteral("20261122140155"), QStringLiteral("20261122140155.120"),
            QStringLiteral("20261122140155.007-0330"), QStringLiteral("2026112214+0900"),
            QStringLiteral("20261122140155+0000"), QStringLiteral("20261122+0900"),
            QStringLiteral("202611-0500"), QStringLiteral("2026+0930")};
        const auto parsed = base::Timestamp::parseHl7(texts[random.bounded(int(texts.size()))]);
        value = parsed ? *parsed : base::Timestamp();
    }
    void fill(QStringList &value)
    {
        for (int i = random.bounded(3); i > 0; --i)
            fill(value.emplaceBack());
    }
    template <typename E> void fill(E &value) requires std::is_enum_v<E>
    {
        value = E(random.bounded(int(json::Words<E>::list.size())));
    }
    template <typename T> void fill(std::optional<T> &value)
    {
        if (random.bounded(2) == 0)
            fill(value.emplace());
    }
    template <typename T> void fill(std::vector<T> &values)
    {
        if (depth > 7)
            return;
        for (int i = random.bounded(3); i > 0; --i)
            fill(values.emplace_back());
    }
    template <typename T> void fill(QMap<QString, T> &values)
    {
        for (int i = random.bounded(3); i > 0; --i)
            fill(values[QStringLiteral("key%1").arg(i)]);
    }
    template <typename T> void fill(T &value) requires std::is_class_v<T>
    {
        ++depth;
        json::fields(*this, value);
        --depth;
    }
};

struct Counter {
    int count = 0;
    template <typename T> void operator()(const char *, T &) { ++count; }
};

// Members of an aggregate: the largest number of initialisers it takes.
struct Anything {
    template <typename T> operator T() const;
};
template <typename T, typename... A> constexpr int members()
{
    if constexpr (requires { T{A{}..., Anything{}}; })
        return members<T, A..., Anything>();
    else
        return int(sizeof...(A));
}

template <typename T> void checkCount(const char *name)
{
    T value{};
    Counter counter;
    json::fields(counter, value);
    QVERIFY2(counter.count == members<T>(),
        qPrintable(QStringLiteral("%1: %2 described, %3 members")
                       .arg(QLatin1String(name))
                       .arg(counter.count)
                       .arg(members<T>())));
}

template <typename T> void checkRoundTrip(const char *name, QRandomGenerator &random)
{
    for (int round = 0; round < 25; ++round) {
        T value{};
        Filler filler{random};
        json::fields(filler, value);
        const QByteArray text = storage::toJsonText(value);
        storage::JsonNotes notes;
        const auto back = storage::fromJsonText<T>(text, &notes);
        QVERIFY2(back.ok(),
            qPrintable(QLatin1String(name) + QLatin1Char(' ')
                + (back ? QString() : back.error().arguments.value(QStringLiteral("path")))));
        QCOMPARE(storage::toJsonText(*back), text);
        QCOMPARE(notes.unknown, QStringList());
        if constexpr (std::equality_comparable<T>)
            QVERIFY2(*back == value, name);
    }
}
} // namespace

class TestClinicalJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noMemberIsForgotten();
    void roundTrip();
    void freshValuesAreEmpty();
    void stableNames();
    void namedFaults_data();
    void namedFaults();
    void unknownMembersAreNoted();
    void deepAndBroken();
};

void TestClinicalJson::noMemberIsForgotten()
{
#define NARU_COUNT(Type) checkCount<clinical::Type>(#Type);
    NARU_CLINICAL_JSON_TYPES(NARU_COUNT)
}

void TestClinicalJson::roundTrip()
{
    QRandomGenerator random(1122);
#define NARU_ROUND(Type) checkRoundTrip<clinical::Type>(#Type, random);
    NARU_CLINICAL_JSON_TYPES(NARU_ROUND)
}

void TestClinicalJson::freshValuesAreEmpty()
{
    QCOMPARE(storage::toJsonText(Document{}), QByteArray("{}"));
    Document document;
    document.version = 0; // not the initial value, so it has to be there
    document.confidentiality.clear();
    const auto back = storage::fromJsonText<Document>(storage::toJsonText(document));
    QCOMPARE(back->version, 0);
    QVERIFY(back->confidentiality.isEmpty());
}

void TestClinicalJson::stableNames()
{
    Document document;
    document.form = Form::Referral;
    document.patient.name = QStringLiteral("홍길동");
    document.patient.sex = Sex::Female;
    document.patient.birthDate = *base::Timestamp::parseIso(u"1961-03-02");
    document.content.problems.push_back(
        {{QStringLiteral("I10")}, *base::Timestamp::parseIso(u"2026-11"), {}, true});
    QCOMPARE(QString::fromUtf8(storage::toJsonText(document)),
        QStringLiteral(
            "{\"content\":{\"problems\":[{\"code\":{\"code\":\"I10\"},\"main\":true,\"onset\":\"2026-11\"}]},"
            "\"form\":\"referral\",\"patient\":{\"birthDate\":\"1961-03-02\",\"name\":\"홍길동\",\"sex\":"
            "\"female\"}}"));
}

void TestClinicalJson::namedFaults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("path");
    QTest::newRow("number-for-object") << QByteArray("{\"patient\":1}") << QStringLiteral("patient");
    QTest::newRow("bad-date") << QByteArray("{\"patient\":{\"birthDate\":\"1961-13-02\"}}")
                              << QStringLiteral("patient.birthDate");
    QTest::newRow("bad-word") << QByteArray("{\"patient\":{\"sex\":\"frau\"}}")
                              << QStringLiteral("patient.sex");
    QTest::newRow("object-for-array")
        << QByteArray("{\"content\":{\"problems\":{}}}") << QStringLiteral("content.problems");
    QTest::newRow("in-array") << QByteArray("{\"content\":{\"problems\":[{},{\"main\":\"yes\"}]}}")
                              << QStringLiteral("content.problems[1].main");
    QTest::newRow("bad-base64") << QByteArray("{\"consent\":{\"signaturePng\":\"*\"}}")
                                << QStringLiteral("consent.signaturePng");
    QTest::newRow("fraction-for-int") << QByteArray("{\"version\":1.5}") << QStringLiteral("version");
    QTest::newRow("huge-int") << QByteArray("{\"version\":1e300}") << QStringLiteral("version");
}

void TestClinicalJson::namedFaults()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, path);
    const auto read = storage::fromJsonText<Document>(text);
    QVERIFY(!read.ok());
    QVERIFY(read.error().is(storage::errors::JsonShape));
    QCOMPARE(read.error().arguments.value(QStringLiteral("path")), path);
}

void TestClinicalJson::unknownMembersAreNoted()
{
    storage::JsonNotes notes;
    const auto read =
        storage::fromJsonText<Document>("{\"colour\":1,\"content\":{\"medications\":[{\"doseValue\":500,"
                                        "\"dosevalue\":\"x\"}]},\"title\":null}",
            &notes);
    QVERIFY(read.ok());
    QCOMPARE(read->content.medications.front().doseValue, QStringLiteral("500"));
    QCOMPARE(QSet<QString>(notes.unknown.begin(), notes.unknown.end()),
        (QSet<QString>{QStringLiteral("colour"), QStringLiteral("content.medications[0].dosevalue")}));
}

void TestClinicalJson::deepAndBroken()
{
    QByteArray deep;
    for (int i = 0; i < 5000; ++i)
        deep += "{\"translations\":[";
    QVERIFY(!storage::fromJsonText<CodedValue>(deep).ok());
    QByteArray legal;
    for (int i = 0; i < 300; ++i)
        legal += "{\"translations\":[";
    legal += "{}";
    for (int i = 0; i < 300; ++i)
        legal += "]}";
    QVERIFY2(!storage::fromJsonText<CodedValue>(legal).ok(), "deeper than any document");
    QVERIFY(storage::fromJsonText<Patient>("").error().is(base::errors::JsonBroken));
    QVERIFY(!storage::fromJsonText<Patient>("[]").ok());
    QVERIFY(!storage::fromJsonText<Patient>("{\"name\":\"\xFF\"").ok());
}

QTEST_GUILESS_MAIN(TestClinicalJson)
#include "tst_clinical_json.moc"
