// Key object documents and manifests: written, read back, and valid for others.
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/KeyObjects.h"
#include "tests/core/imaging/objects/ObjectTools.h"

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
const char *const CtClass = "sopCt";

ReferencedInstance ct(int number, std::vector<int> frames = {})
{
    return {base::oid(CtClass).text(), QStringLiteral("2.25.77%1").arg(number), std::move(frames)};
}

KeyObjectDocument manifest()
{
    KeyObjectDocument out;
    out.header.subject = koreanSubject();
    out.header.sopUid = QStringLiteral("2.25.5001");
    out.header.seriesUid = QStringLiteral("2.25.5000");
    out.header.seriesNumber = 9001;
    out.header.seriesDescription = QStringLiteral("영상 목록");
    out.header.made = QDateTime(QDate(2026, 11, 22), QTime(10, 20, 30));
    out.header.institution = QStringLiteral("나루의원");
    out.header.manufacturer = QStringLiteral("Naru");
    out.header.model = QStringLiteral("Naru");
    out.header.version = QStringLiteral("1");
    out.title = code("manifest");
    out.description = QStringLiteral("회송 영상 전체");
    out.observer = QStringLiteral("Kim^Uisa=金^醫師=김^의사");
    ReferencedSeries first{QStringLiteral("2.25.2001"), QStringLiteral("NARUSCP"),
        QStringLiteral("2.25.4242"),
        QStringLiteral("https://example.org/wado/studies/2.25.1001/series/2.25.2001"), {ct(1), ct(2)}};
    ReferencedSeries second{QStringLiteral("2.25.2002"), {}, QStringLiteral("2.25.4242"), {}, {}};
    second.instances = {{base::oid("sopPdf").text(), QStringLiteral("2.25.8801"), {}}};
    out.studies = {{QStringLiteral("2.25.1001"), {first, second}}};
    ImagingRequest request;
    request.studyUid = QStringLiteral("2.25.1001");
    request.accession = QStringLiteral("A77");
    request.issuerOfAccession = QStringLiteral("1.2.410.100110.10.11100001");
    request.procedureId = QStringLiteral("RP1");
    request.procedureDescription = QStringLiteral("흉부 CT");
    out.requests = {request};
    return out;
}
} // namespace

class TestImagingKeyObjects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip()
    {
        KeyObjectDocument document = manifest();
        const auto set = toDataSet(document);
        QVERIFY2(set, set ? "" : set.error().code.id);
        const auto back = keyObjectsOf(throughBytes(*set));
        QVERIFY(back);
        QCOMPARE(back->header, document.header);
        QCOMPARE(back->studies, document.studies);
        QCOMPARE(back->requests, document.requests);
        QVERIFY(*back == document);
        // Chosen frames, and a title that says why, with its modifier.
        document.title = code("rejectedForQuality");
        document.modifier = {
            QStringLiteral("111207"), QStringLiteral("DCM"), QStringLiteral("Image artifact(s)")};
        document.studies[0].series[0].instances[0].frames = {2, 5};
        document.requests.clear();
        const auto chosen = toDataSet(document);
        QVERIFY(chosen);
        const auto chosenBack = keyObjectsOf(throughBytes(*chosen));
        QVERIFY(chosenBack && *chosenBack == document);
    }

    // What a repository reads: evidence with the way to the images (IHE RAD TF-3 4.68.4.1.2).
    void whatIsShared()
    {
        const auto set = toDataSet(manifest());
        QVERIFY(set);
        QCOMPARE(set->text(attr::Modality), QStringLiteral("KO"));
        QCOMPARE(set->text(attr::SopClass), base::oid("sopKeyObjects").text());
        QCOMPARE(codeIn(*set, attr::ConceptName).value, QStringLiteral("113030"));
        QCOMPARE(set->item(attr::ContentTemplate)->text(attr::TemplateId), QStringLiteral("2010"));
        const DataSetValue *study = set->item(attr::CurrentEvidence);
        QVERIFY(study);
        const DataSetValue *series = study->item(attr::ReferencedSeries);
        QVERIFY(series);
        QCOMPARE(series->text(attr::RetrieveAe), QStringLiteral("NARUSCP"));
        QCOMPARE(series->text(attr::RetrieveLocation), QStringLiteral("2.25.4242"));
        QVERIFY(series->text(attr::RetrieveUrl).startsWith(QStringLiteral("https://")));
        QCOMPARE(series->items(attr::ReferencedSop).size(), std::size_t(2));
        QStringList types;
        for (const DataSetValue &item : set->items(attr::ContentSequence))
            types.append(item.text(attr::ValueType));
        QCOMPARE(types.count(QStringLiteral("IMAGE")), 2);
        QCOMPARE(types.count(QStringLiteral("COMPOSITE")), 1); // the PDF is no image
    }

    void others()
    {
        const auto set = toDataSet(manifest());
        QVERIFY(set);
        NARU_VALIDATE("dciodvfy", QStringList{}, *set);
        NARU_VALIDATE("dsrdump", QStringList{QStringLiteral("+U8")}, *set);
    }

    void incomplete_data()
    {
        QTest::addColumn<int>("what");
        QTest::newRow("no title") << 0;
        QTest::newRow("no study") << 1;
        QTest::newRow("no instance") << 2;
        QTest::newRow("study without UID") << 3;
        QTest::newRow("instance without class") << 4;
    }
    void incomplete()
    {
        QFETCH(int, what);
        KeyObjectDocument document = manifest();
        if (what == 0)
            document.title = {};
        if (what == 1)
            document.studies.clear();
        if (what == 2)
            for (ReferencedSeries &series : document.studies[0].series)
                series.instances.clear();
        if (what == 3)
            document.studies[0].studyUid.clear();
        if (what == 4)
            document.studies[0].series[0].instances[0].sopClass.clear();
        const auto set = toDataSet(document);
        QVERIFY(!set && set.error().is(errors::Incomplete));
    }

    void anotherObject()
    {
        auto set = toDataSet(manifest());
        QVERIFY(set);
        set->setText(attr::SopClass, QStringLiteral("1.2.3"));
        const auto read = keyObjectsOf(*set);
        QVERIFY(!read && read.error().is(errors::WrongObject));
    }

    void manifestUids()
    {
        const QDateTime when(QDate(2026, 11, 22), QTime(9, 8, 7));
        const auto uid = newManifestUid({.root = QStringLiteral("1.2.410.100110.10.11100001")}, when);
        QVERIFY(uid);
        QCOMPARE(uid->size(), 64);
        QVERIFY(uid->startsWith(QStringLiteral("1.2.410.100110.10.11100001.20261122090807")));
        QVERIFY(base::Oid::parse(*uid));
        const auto another = newManifestUid({.root = QStringLiteral("1.2.410.100110.10.11100001")}, when);
        QVERIFY(another && *another != *uid);
        const auto own = newManifestUid({}, when);
        QVERIFY(own && own->startsWith(QStringLiteral("2.25.")));
        const auto few =
            newManifestUid({.root = QStringLiteral("1.2"), .time = false, .randomDigits = 5}, when);
        QVERIFY(few && few->size() == 9);
        for (const ManifestUidRule &rule :
            {ManifestUidRule{QStringLiteral("1.2.410.100110.10.111000011"), true, 23},
                ManifestUidRule{QStringLiteral("institution"), true, 23},
                ManifestUidRule{QStringLiteral("1.2"), false, 0},
                ManifestUidRule{QStringLiteral("1.2"), false, -1},
                ManifestUidRule{QStringLiteral("1.2"), false, 1000}}) {
            const auto refused = newManifestUid(rule, when);
            QVERIFY(!refused && refused.error().is(errors::BadUidRule));
        }
    }
};

QTEST_GUILESS_MAIN(TestImagingKeyObjects)
#include "tst_imaging_keyobjects.moc"
