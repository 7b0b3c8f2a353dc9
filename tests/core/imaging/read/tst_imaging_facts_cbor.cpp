// Facts on their way between decoder, store and viewer: what comes back is what was sent, and what no decoder
// of ours would send is refused or absent.
#include "core/imaging/pool/FactsCbor.h"

#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QtTest>

using namespace naru::imaging;

namespace {
ImageFacts picture()
{
    ImageFacts facts;
    facts.kind = Kind::Image;
    facts.sopUid = QStringLiteral("1.2.3");
    facts.patientName = QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동");
    facts.seriesNumber = -3;
    facts.imageType = {QStringLiteral("ORIGINAL"), {}, QStringLiteral("AXIAL")};
    facts.rows = 512;
    facts.columns = 256;
    facts.frames = 2;
    facts.bitsAllocated = 16;
    facts.bitsStored = 12;
    facts.highBit = 11;
    facts.padding = -2000;
    facts.frameFacts.resize(2);
    facts.frameFacts[1].position = {-175, 0.625, 1e-3};
    facts.frameFacts[1].primaryAngle = -30.5; // and of the other frame nothing is known
    facts.frameFacts[1].windows = {{40, 400, QStringLiteral("soft")}, {-600, 1500, {}}};
    facts.voiLuts = {{-1024, 12, {0, 65535, 7}, QStringLiteral("curve"), {}}};
    facts.shutter = Shutter{};
    facts.shutter->vertices = {1, 2, 3, 4};
    facts.decodable = true;
    facts.notes = {QStringLiteral("spacing")};
    return facts;
}

QCborMap mapOf(const ImageFacts &facts)
{
    return QCborValue::fromCbor(toCbor(facts)).toMap();
}

std::optional<ImageFacts> read(const QCborMap &map)
{
    return factsFromCbor(QCborValue(map).toCbor());
}
} // namespace

class TestFactsCbor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void travels()
    {
        const auto back = factsFromCbor(toCbor(picture()));
        QVERIFY(back && *back == picture());
        QVERIFY(factsFromCbor(toCbor(ImageFacts())) == ImageFacts());
    }

    void textsOfASeriesAreShared()
    {
        FactsTexts texts;
        ImageFacts second = picture(), third = picture();
        second.sopUid = QStringLiteral("1.2.4");
        third.patientName = QStringLiteral("Kim^Naru"); // read after others they are still their own
        third.studyDescription = QString(70'000, QLatin1Char('x'));
        const auto one = factsFromCbor(toCbor(picture()), &texts),
                   two = factsFromCbor(toCbor(second), &texts), three = factsFromCbor(toCbor(third), &texts),
                   four = factsFromCbor(toCbor(picture()), &texts);
        QVERIFY(one && *one == picture());
        QVERIFY(two && *two == second);
        QVERIFY(three && three->patientName == third.patientName);
        QCOMPARE(three->studyDescription.size(), 64 * 1024);
        QVERIFY(four && *four == picture());
        QCOMPARE(two->patientName.constData(), one->patientName.constData());
    }

    void strangersBetweenTheMembers()
    {
        QCborMap more;
        more.insert(-5, QStringLiteral("before all"));
        more.insert(QStringLiteral("word"), QCborArray{1, QCborMap{{1, 2}}});
        const QCborMap known = mapOf(picture());
        for (const auto &[key, value] : known) {
            more.insert(key, value);
            if (key.toInteger() == 32)
                more.insert(2.5, QCborArray{QCborArray{}, 7});
        }
        more.insert(900, QCborMap{{1, QByteArray("after all")}});
        const auto back = read(more);
        QVERIFY(back && *back == picture());
    }

    void memberThatIsMissing()
    {
        QCborMap nameless = mapOf(picture());
        nameless.remove(12);
        ImageFacts expected = picture();
        expected.patientName.clear();
        const auto back = read(nameless);
        QVERIFY(back && *back == expected);
    }

    void memberOfAnotherType()
    {
        const QList<QCborValue> wrong{QCborValue(), QCborValue(nullptr), -7, 1e300, true,
            QStringLiteral("text"), QByteArray("bytes"), QCborArray{1, QCborMap{}},
            QCborMap{{1, QCborArray{}}}};
        const QCborMap known = mapOf(picture());
        for (const auto &[key, value] : known) {
            for (const QCborValue &other : wrong) {
                QCborMap bent = known;
                bent[key.toInteger()] = other;
                const auto back = read(bent);
                // Whatever stands there, its neighbours are read as they are.
                if (back && key.toInteger() != 3 && key.toInteger() != 57)
                    QCOMPARE(back->sopUid, picture().sopUid);
                if (back && key.toInteger() < 58)
                    QCOMPARE(back->notes, picture().notes);
            }
        }
    }

    void cutAnywhere()
    {
        const QByteArray whole = toCbor(picture());
        for (qsizetype size = 0; size < whole.size(); ++size)
            QVERIFY2(!factsFromCbor(whole.left(size)), qPrintable(QString::number(size)));
    }

    void bentAnywhere()
    {
        const QByteArray whole = toCbor(picture());
        for (qsizetype at = 0; at < whole.size(); ++at) {
            for (const char other : {'\x00', '\x1b', '\x5f', '\x7f', '\x9f', '\xbf', '\xfb', '\xff'}) {
                QByteArray bent = whole;
                bent[at] = other;
                if (const auto back = factsFromCbor(bent)) {
                    QVERIFY(back->rows >= 0 && back->rows <= 65535);
                    QVERIFY(!back->decodable || back->bitsStored <= back->bitsAllocated);
                }
            }
        }
    }

    void contradictions_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("value");
        QTest::newRow("no rows") << 32 << 0;
        QTest::newRow("rows beyond DICOM") << 32 << 65536;
        QTest::newRow("no frames") << 34 << 0;
        QTest::newRow("two samples") << 35 << 2;
        QTest::newRow("more bits stored than allocated") << 37 << 17;
        QTest::newRow("high bit outside") << 38 << 16;
    }
    void contradictions()
    {
        QFETCH(int, key);
        QFETCH(int, value);
        QCborMap bent = mapOf(picture());
        bent[key] = value;
        QVERIFY(!read(bent));
    }
};

QTEST_APPLESS_MAIN(TestFactsCbor)
#include "tst_imaging_facts_cbor.moc"
