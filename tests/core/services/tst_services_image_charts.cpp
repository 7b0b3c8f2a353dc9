// Images from the network, whose chart they belong to, finding and removing them, and what the audit trail
// says.
#include "ImageFixture.h"

#include "core/base/Errors.h"
#include "core/services/Errors.h"
#include "core/services/images/PatientMatch.h"

#include <QDirIterator>

#include <atomic>
#include <thread>

using namespace naru;
using namespace naru::services;

class TestServicesImageCharts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void oneFromTheNetwork();
    void manyFromTheNetwork();
    void chartByNumberAndBirthDate_data();
    void chartByNumberAndBirthDate();
    void wrongPatientIsLoud_data();
    void wrongPatientIsLoud();
    void aNameThatComesLater();
    void namesInLatin_data();
    void namesInLatin();
    void assignedByAPerson();
    void anotherChartIsNotTakenFrom();
    void removedIsGone();
    void searched();
    void auditSaysWhatHappened();

private:
    std::unique_ptr<test::ImageClinic> m{};
};

void TestServicesImageCharts::init()
{
    m = std::make_unique<test::ImageClinic>();
    VERIFY_OK(m->openOffline());
}

void TestServicesImageCharts::cleanup()
{
    m.reset();
}

void TestServicesImageCharts::oneFromTheNetwork()
{
    const auto first = m->images().put(test::slice(0).file(), QStringLiteral("pacs:ORTHANC"));
    VERIFY_OK(first);
    QCOMPARE(first->state, PutOutcome::State::Stored);
    QCOMPARE(m->study().key, first->studyKey);
    QCOMPARE(m->study().source, QStringLiteral("pacs:ORTHANC"));
    QCOMPARE(m->images().put(test::slice(0).file(), QStringLiteral("pacs:ORTHANC"))->state,
        PutOutcome::State::Known);
    const auto other = m->images().put(test::slice(0, {.shade = 3}).file(), QStringLiteral("pacs:ORTHANC"));
    QCOMPARE(other->state, PutOutcome::State::Conflict);
    QVERIFY(!m->images().put("no image", QStringLiteral("pacs:ORTHANC")).ok());
    // Not durable yet, and then it is.
    const auto waits = m->images().put(test::slice(1).file(), QStringLiteral("pacs:ORTHANC"), false);
    VERIFY_OK(waits);
    QVERIFY(waits->studyKey.isEmpty());
    QCOMPARE(waits->facts.instanceNumber, 2);
    VERIFY_OK(m->images().flush());
    QCOMPARE(m->images().study(first->studyKey)->instances, 2);
}

void TestServicesImageCharts::manyFromTheNetwork()
{
    std::vector<std::thread> senders;
    std::atomic<int> stored{0}, known{0};
    for (int sender = 0; sender < 4; ++sender) {
        senders.emplace_back([&, sender] {
            for (int i = 0; i < 20; ++i) { // every instance comes from two of them
                const auto put =
                    m->images().put(test::slice((sender % 2) * 20 + i).file(), QStringLiteral("pacs:X"));
                stored += put && put->state == PutOutcome::State::Stored;
                known += put && put->state == PutOutcome::State::Known;
            }
        });
    }
    for (std::thread &sender : senders)
        sender.join();
    QCOMPARE(stored, 40);
    QCOMPARE(known, 40);
    QCOMPARE(m->study().instances, 40);
}

void TestServicesImageCharts::chartByNumberAndBirthDate_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("issuer");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("birth");
    QTest::addColumn<QByteArray>("sex");
    QTest::addColumn<bool>("found");
    const QByteArray id = "20261122-017", none, born = "19610302", m = "M";
    QTest::newRow("number and birth date") << id << none << QByteArray("KIM^NARU") << born << m << true;
    QTest::newRow("Hangul name") << id << none << QByteArray("KIM^NARU=金^那流=김^나루") << born << m << true;
    QTest::newRow("mark behind the name") << id << none << QByteArray("김나루A") << born << m << true;
    QTest::newRow("no sex, no name") << id << none << none << born << none << true;
    QTest::newRow("other sex 'O'") << id << none << QByteArray("KIM^NARU") << born << QByteArray("O") << true;
    QTest::newRow("our clinic is the issuer")
        << id << QByteArray("1.2.410.100110.10.31999001") << QByteArray("KIM^NARU") << born << m << true;
    QTest::newRow("another issuer") << id << QByteArray("1.2.410.100110.10.31991001")
                                    << QByteArray("KIM^NARU") << born << m << false;
    QTest::newRow("number alone") << id << none << QByteArray("KIM^NARU") << none << m << false;
    QTest::newRow("other birth date")
        << id << none << QByteArray("KIM^NARU") << QByteArray("19610303") << m << false;
    QTest::newRow("broken birth date")
        << id << none << QByteArray("KIM^NARU") << QByteArray("1961") << m << false;
    QTest::newRow("name alone") << none << none << QByteArray("김^나루") << born << m << false;
    QTest::newRow("other number") << QByteArray("20261122-018") << none << QByteArray("KIM^NARU") << born << m
                                  << false;
    QTest::newRow("contradicting sex")
        << id << none << QByteArray("KIM^NARU") << born << QByteArray("F") << false;
    QTest::newRow("contradicting name") << id << none << QByteArray("박^하늘") << born << m << false;
}

void TestServicesImageCharts::chartByNumberAndBirthDate()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, issuer);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, birth);
    QFETCH(QByteArray, sex);
    QFETCH(bool, found);
    const PatientKey patient = m->patient();
    QVERIFY(!patient.isEmpty());
    test::TestInstance image;
    image.patientId = id, image.issuer = issuer, image.patientName = name;
    image.birthDate = birth, image.sex = sex;
    m->import({m->series(QStringLiteral("cd"), 1, image)});
    const StudyRow study = m->study();
    QCOMPARE(study.patientName.toUtf8(), name);
    QCOMPARE(study.patientKey, found ? patient : PatientKey());
    QCOMPARE(study.match, found ? ImageMatch::Matched : ImageMatch::Unmatched);
    QCOMPARE(m->images().studies({.patientKey = patient}).size(), std::size_t(found));
    QCOMPARE(m->images().studies({.unmatched = true}).size(), std::size_t(!found));
}

void TestServicesImageCharts::wrongPatientIsLoud_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("birth");
    QTest::addColumn<QByteArray>("sex");
    QTest::addColumn<QString>("differing");
    const QByteArray born = "19610302", m = "M";
    QTest::newRow("nothing to compare") << QByteArray() << QByteArray() << QByteArray() << QString();
    QTest::newRow("same") << QByteArray("KIM^NARU==김^나루") << born << m << QString();
    QTest::newRow("another script only") << QByteArray("SMITH^JOHN") << born << m << QString();
    QTest::newRow("birth date") << QByteArray("김^나루") << QByteArray("19610203") << m
                                << QStringLiteral("birthDate");
    QTest::newRow("sex") << QByteArray("김^나루") << born << QByteArray("F") << QStringLiteral("sex");
    QTest::newRow("name") << QByteArray("KIM^NARU==박^하늘") << born << m << QStringLiteral("name");
    QTest::newRow("all") << QByteArray("박하늘") << QByteArray("19800101") << QByteArray("F")
                         << QStringLiteral("birthDate sex name");
}

void TestServicesImageCharts::wrongPatientIsLoud()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, birth);
    QFETCH(QByteArray, sex);
    QFETCH(QString, differing);
    const PatientKey patient = m->patient();
    test::TestInstance image;
    image.patientId = "H-998877"; // a hospital's number says nothing against it
    image.patientName = name, image.birthDate = birth, image.sex = sex;
    const ImportReport report = m->import({m->series(QStringLiteral("cd"), 2, image)}, patient);
    QCOMPARE(report.stored, 2);
    const StudyRow study = m->study();
    QCOMPARE(study.patientKey, patient);
    QCOMPARE(study.match, differing.isEmpty() ? ImageMatch::Matched : ImageMatch::Mismatch);
    QCOMPARE(study.differing.join(QLatin1Char(' ')), differing);
    QCOMPARE(m->images().study(study.key)->match, study.match);
}

// A first series that does not name the patient, as some devices' reports: the second one's name counts.
void TestServicesImageCharts::aNameThatComesLater()
{
    const PatientKey patient = m->patient();
    test::TestInstance image;
    image.patientName.clear();
    m->import({m->series(QStringLiteral("first"), 1, image)}, patient);
    QCOMPARE(m->study().match, ImageMatch::Matched);
    image.patientName = "박^하늘";
    image.seriesUid = "2.25.100.2";
    image.seriesNumber = 2;
    m->import({m->series(QStringLiteral("second"), 1, image)}, patient);
    QCOMPARE(m->study().series, 2);
    QCOMPARE(m->study().match, ImageMatch::Mismatch);
    QCOMPARE(m->study().differing, QStringList{QStringLiteral("name")});
}

void TestServicesImageCharts::namesInLatin_data()
{
    QTest::addColumn<QString>("chart");
    QTest::addColumn<QString>("image");
    QTest::addColumn<bool>("same");
    const auto row = [](const char *chart, const char *image, bool same) {
        QTest::newRow(image) << QString::fromLatin1(chart) << QString::fromLatin1(image) << same;
    };
    row("Gildong Hong", "HONG^GILDONG", true);
    row("Hong Gil-Dong", "HONG^GIL DONG", true);
    row("HONG GIL DONG", "GILDONG^HONG", true);
    row("John Ronald Smith", "SMITH^JOHN^RONALD^DR^JR", true);
    row("Kim Mina", "KIM^NAMI", false); // the same letters
    row("Dora Lee", "LEE^ROAD", false);
    row("Anna Marie Louise Sophie van der Berg", "VAN DER BERG^ANNA^MARIE LOUISE SOPHIE", true);
    row("Anna Marie Louise Sophie van der Berg", "VAN DER BERG^ANNA^MARIE LOUISE", false);
}

void TestServicesImageCharts::namesInLatin()
{
    QFETCH(const QString, chart);
    QFETCH(const QString, image);
    QFETCH(const bool, same);
    clinical::Patient patient;
    patient.name = chart;
    StudyRow row;
    row.patientName = image;
    QCOMPARE(differencesFrom(patient, row).contains(QStringLiteral("name")), !same);
}

void TestServicesImageCharts::assignedByAPerson()
{
    m->import({m->series(QStringLiteral("cd"), 1, {.patientId = "H-1", .birthDate = "19700101"})});
    const QString key = m->study().key;
    const PatientKey patient = m->patient();
    QCOMPARE(m->images().assign(key, QStringLiteral("none")).error().code, services::errors::NoPatient);
    QCOMPARE(m->images().assign(QStringLiteral("none"), patient).error().code, services::errors::NoStudy);
    QCOMPARE(m->study().match, ImageMatch::Unmatched);
    VERIFY_OK(m->images().assign(key, patient));
    QCOMPARE(m->study().match, ImageMatch::Mismatch);
    VERIFY_OK(m->images().assign(key, {}));
    QCOMPARE(m->study().match, ImageMatch::Unmatched);
    QCOMPARE(m->acts(QStringLiteral("image.assign")).size(), 3); // in; out of the chart, and to nobody
}

void TestServicesImageCharts::anotherChartIsNotTakenFrom()
{
    const PatientKey patient = m->patient();
    const auto other = m->profile->patients().importHandOver(test::handOverWith("localId", {}));
    clinical::Patient second;
    second.name = QStringLiteral("박하늘");
    second.localId.extension = QStringLiteral("77");
    second.birthDate = base::Timestamp::fromDate(QDate(1980, 1, 1));
    const auto key = m->profile->patients().save(second);
    VERIFY_OK(key);
    const QString folder = m->series(QStringLiteral("cd"), 2);
    m->import({folder});
    QCOMPARE(m->study().patientKey, patient);
    const ImportReport report = m->import({folder, m->series(QStringLiteral("more"), 3)}, *key);
    QCOMPARE(m->study().patientKey, patient);
    QVERIFY(!report.faults.empty());
    QCOMPARE(report.faults.front().code, QStringLiteral("services.ImageOtherChart"));
    // A study in no chart goes where the person says, known or not.
    const QString nobodys = m->series(
        QStringLiteral("nobody"), 1, {.patientId = "X", .studyUid = "2.25.300", .seriesUid = "2.25.300.1"});
    m->import({nobodys});
    QCOMPARE(m->import({nobodys}, *key).known, 1);
    QCOMPARE(m->images().studies({.studyUid = QStringLiteral("2.25.300")}).front().patientKey, *key);
}

void TestServicesImageCharts::removedIsGone()
{
    m->import({m->series(QStringLiteral("cd"), 3)});
    const QString key = m->study().key;
    VERIFY_OK(m->images().remove(key));
    QVERIFY(m->images().studies().empty());
    QCOMPARE(m->images().remove(key).error().code, services::errors::NoStudy);
    QDirIterator left(
        m->folder.filePath(QStringLiteral("data/images")), QDir::Files, QDirIterator::Subdirectories);
    QVERIFY(!left.hasNext());
    QCOMPARE(m->import({m->path(QStringLiteral("cd"))}).stored, 3);
}

void TestServicesImageCharts::searched()
{
    m->import({m->series(QStringLiteral("a"), 1, {.patientName = "HONG^GILDONG==홍^길동"}),
        m->series(QStringLiteral("b"), 1,
            {.studyUid = "2.25.200",
                .seriesUid = "2.25.200.1",
                .studyDate = "20261121",
                .description = "BRAIN MR",
                .modality = "MR"})});
    const auto found = [this](const char *text) {
        QStringList out;
        for (const StudyRow &row : m->images().studies({.text = QString::fromUtf8(text)}))
            out.append(row.description);
        return out.join(QLatin1Char(','));
    };
    QCOMPARE(found(""), QStringLiteral("BRAIN MR,CHEST CT")); // newest first
    QCOMPARE(found("gildong"), QStringLiteral("CHEST CT"));
    QCOMPARE(found("홍길동"), QStringLiteral("CHEST CT")); // "홍^길동" in the file
    QCOMPARE(found("ㅎㄱㄷ"), QStringLiteral("CHEST CT"));
    QCOMPARE(found("brain"), QStringLiteral("BRAIN MR"));
    QCOMPARE(found("2026-11-21"), QStringLiteral("BRAIN MR"));
    QCOMPARE(found("nobody"), QString());
}

void TestServicesImageCharts::auditSaysWhatHappened()
{
    m->import({m->series(QStringLiteral("cd"), 5)});
    QCOMPARE(m->acts(), QStringList({QStringLiteral("image.import success")}));
    const StudyRow study = m->study();
    const auto rows = m->images().instances(m->images().series(study.key).front().key);
    QCOMPARE(m->acts().size(), 1); // a list is no look at the images
    for (const InstanceRow &row : rows)
        VERIFY_OK(m->images().source(row.key));
    QCOMPARE(m->acts().mid(1), QStringList({QStringLiteral("image.open success")}));
    for (const AuditRow &row : m->profile->audit().list(10)) {
        if (row.event == QLatin1String("image.open"))
            QCOMPARE(row.object, study.studyUid);
    }
    VERIFY_OK(m->images().remove(study.key));
    QCOMPARE(m->acts().mid(2), QStringList({QStringLiteral("image.remove success")}));
    QVERIFY(m->profile->audit().verify()->intact);
}

QTEST_GUILESS_MAIN(TestServicesImageCharts)
#include "tst_services_image_charts.moc"
