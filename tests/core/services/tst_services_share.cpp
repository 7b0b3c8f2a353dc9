// Sharing images step by step against the practice exchange: stopped between any two steps with the program
// ended and started again, refused by the archive, and with a patient who changes their mind while images are
// on their way.
#include "ImageFixture.h"
#include "PracticeProcess.h"
#include "core/ihe/web/StowRs.h"
#include "core/services/Errors.h"
#include "core/services/ImageSharing.h"

using namespace naru;
using namespace naru::services;

class TestServicesShare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_exchange.start(
            {QStringLiteral("--empty"), QStringLiteral("--reply-delay"), QStringLiteral("100000")}));
    }
    void init();
    void cleanup();
    void answers_data();
    void answers();
    void restartedAfterEveryStep();
    void heldNothingLeaves();
    void withdrawnOnTheWay();
    void refusedByTheArchive();
    void faultsOfTheArchive_data();
    void faultsOfTheArchive();
    void referralWaitsForItsImages();
    void attachedTakenAndRecalled();

private:
    void reopen();
    PatientKey patient() const { return m_patient; }
    QString import(int count, int rows = 16);
    base::Result<Shared> share(const QString &study);
    OutboxRow item(const OutboxId &id) { return *m->profile->outbox().get(id); }
    int count(const char *what) { return m_exchange.get("/admin/counts").value(QLatin1String(what)).toInt(); }
    PracticeProcess m_exchange{};
    std::unique_ptr<test::ImageClinic> m{};
    PatientKey m_patient{};
    QByteArray m_chart{}, m_birth{};
    QString m_site{};
    int m_number = 0;
};

void TestServicesShare::init()
{
    QVERIFY(m_exchange.faults(""));
    m = std::make_unique<test::ImageClinic>();
    m_site = test::siteCopy(m_exchange.folder() + QStringLiteral("/site.json"),
        m->folder.filePath(QStringLiteral("site.json")), 0, false);
    VERIFY_OK(m->open(m_site));
    const QByteArray n = QByteArray::number(++m_number);
    const QByteArray year = QByteArray::number(1950 + m_number);
    m_chart = "SH-" + n;
    m_birth = year + "0302";
    const auto imported =
        m->profile->patients().importHandOver(test::sample("naru.json")
                                                  .replace("20261122-017", m_chart)
                                                  .replace("1961-03-02", year + "-03-02")
                                                  .replace("610302-1234567", year.mid(2) + "0302-1234567"));
    VERIFY_OK(imported);
    m_patient = imported->key;
    ConsentAct act = m->act(m_patient);
    act.programmes.push_back(clinical::Programme::Imaging);
    VERIFY_OK(m->profile->consents().give(act));
    VERIFY_OK(m->profile->outbox().run({}, true));
}

void TestServicesShare::cleanup()
{
    const auto verdict = m->profile->audit().verify();
    VERIFY_OK(verdict);
    QVERIFY(verdict->intact);
    m.reset();
}

// What a killed program leaves is what the profile's folder says.
void TestServicesShare::reopen()
{
    m->profile.reset();
    VERIFY_OK(m->open(m_site));
}

QString TestServicesShare::import(int count, int rows)
{
    testsupport::TestInstance like;
    like.patientId = m_chart;
    like.birthDate = m_birth;
    like.studyUid = "2.25.900" + QByteArray::number(m_number);
    like.seriesUid = like.studyUid + ".1";
    like.rows = like.columns = rows;
    const auto report = m->import({m->series(QStringLiteral("cd"), count, like)}, m_patient);
    return report.studyKeys.value(0);
}

base::Result<Shared> TestServicesShare::share(const QString &study)
{
    return m->profile->sharing().share({m_patient, {study}, {}, {}});
}

void TestServicesShare::answers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("stored");
    QTest::addColumn<int>("reason"); // of the first failure; -1: no answer at all
    const QByteArray good = R"("00081199":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2.3"]}}]})";
    const QByteArray bad = R"("00081198":{"vr":"SQ","Value":[{"00081155":{"vr":"UI","Value":["1.2.4"]},)"
                           R"("00081197":{"vr":"US","Value":[292]}}]})";
    QTest::newRow("all") << "{" + good + "}" << 1 << 0;
    QTest::newRow("in-an-array") << "[{" + good + "}]" << 1 << 0;
    QTest::newRow("some") << "{" + good + "," + bad + "}" << 1 << 292;
    QTest::newRow("none") << "{" + bad + "}" << 0 << 292;
    QTest::newRow("says-nothing") << QByteArray("{}") << 0 << -1;
    QTest::newRow("no-json") << QByteArray("<html>") << 0 << -1;
    QTest::newRow("empty") << QByteArray() << 0 << -1;
    QTest::newRow("uid-is-none") << QByteArray(R"({"00081199":{"Value":[{"00081155":{"Value":["../x"]}}]}})")
                                 << 0 << -1;
}

void TestServicesShare::answers()
{
    QFETCH(QByteArray, json);
    QFETCH(int, stored);
    QFETCH(int, reason);
    const auto answer = ihe::readStoreAnswer(json);
    QCOMPARE(answer.ok(), reason >= 0);
    if (reason < 0)
        return;
    QCOMPARE(answer->stored.size(), stored);
    QCOMPARE(answer->failed.empty() ? 0 : answer->failed.front().reason, reason);
    QVERIFY(!ihe::mayHelpAgain(292) && ihe::mayHelpAgain(0x0110) && ihe::mayHelpAgain(0xA700));
}

void TestServicesShare::restartedAfterEveryStep()
{
    const QString study = import(130);
    const int documents = count("documents"), images = count("storedImages");
    const auto shared = share(study);
    VERIFY_OK(shared);
    QCOMPARE(shared->images, 130);
    reopen(); // sealed, nothing sent
    QCOMPARE(item(shared->outbox).imagesStored, 0);
    // A run that is stopped after its first batch.
    for (int expected : {64, 128, 130}) {
        std::stop_source stop;
        const base::WorkContext work(stop.get_token(), [&stop](const base::Progress &progress) {
            if (QByteArrayView(progress.step) == QByteArrayView("images"))
                stop.request_stop();
        });
        VERIFY_OK(m->profile->outbox().run(work, true));
        QCOMPARE(item(shared->outbox).imagesStored, expected);
        QCOMPARE(count("documents"), documents); // the manifest waits
        reopen();
    }
    QCOMPARE(item(shared->outbox).state, OutboxState::Queued);
    // The manifest arrives, its answer does not.
    QVERIFY(m_exchange.faults("submit:unknown,times=1;query:status=503,times=1"));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(item(shared->outbox).state, OutboxState::Unknown);
    reopen();
    QVERIFY(m_exchange.faults(""));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(item(shared->outbox).state, OutboxState::Done);
    QCOMPARE(count("documents"), documents + 1);
    QCOMPARE(count("duplicates"), 0);
    QCOMPARE(count("storedImages"), images + 130);
    const DocumentRow row = m->profile->records().local(m_patient).front();
    QVERIFY(row.manifest && row.sentByUs);
    QCOMPARE(row.id, shared->studies.front().kosUid);
}

void TestServicesShare::heldNothingLeaves()
{
    m_site = test::siteCopy(m_exchange.folder() + QStringLiteral("/site.json"),
        m->folder.filePath(QStringLiteral("held.json")), 600, false);
    reopen();
    const int images = count("storedImages");
    const auto shared = share(import(2));
    VERIFY_OK(shared);
    VERIFY_OK(m->profile->outbox().run({}));
    QCOMPARE(item(shared->outbox).state, OutboxState::Held);
    QCOMPARE(count("storedImages"), images);
    VERIFY_OK(m->profile->outbox().recall(shared->outbox));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(count("storedImages"), images);
}

void TestServicesShare::withdrawnOnTheWay()
{
    const int images = count("storedImages");
    const auto shared = share(import(2));
    VERIFY_OK(shared);
    ConsentAct act = m->act(m_patient);
    act.programmes = {clinical::Programme::Imaging};
    act.withdrawalReason = QStringLiteral("no longer");
    VERIFY_OK(m->profile->consents().withdraw(act));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(item(shared->outbox).state, OutboxState::Rejected);
    QCOMPARE(item(shared->outbox).lastError, QString::fromLatin1(services::errors::NoConsent.id));
    QCOMPARE(count("storedImages"), images);
    const auto again = share(m->study().key);
    QVERIFY(!again && again.error().is(services::errors::NoConsent));
}

// Other bytes are there under the same name: nothing that names them may be registered.
void TestServicesShare::refusedByTheArchive()
{
    const QString study = import(2);
    VERIFY_OK(share(study));
    VERIFY_OK(m->profile->outbox().run({}, true));
    const int documents = count("documents");
    VERIFY_OK(m->images().remove(study));
    testsupport::TestInstance other;
    other.patientId = m_chart;
    other.birthDate = m_birth;
    other.studyUid = "2.25.900" + QByteArray::number(m_number);
    other.seriesUid = other.studyUid + ".1";
    other.shade = 5;
    const auto report = m->import({m->series(QStringLiteral("other"), 2, other)}, m_patient);
    const auto shared = share(report.studyKeys.value(0));
    VERIFY_OK(shared);
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(item(shared->outbox).state, OutboxState::Rejected);
    QCOMPARE(item(shared->outbox).lastError, QString::fromLatin1(services::errors::ImagesRefused.id));
    QCOMPARE(count("documents"), documents);
}

void TestServicesShare::faultsOfTheArchive_data()
{
    QTest::addColumn<QByteArray>("fault");
    for (const char *fault : {"refuse", "reset@30", "status=503", "html", "unknown"})
        QTest::newRow(fault) << QByteArray(fault);
}

void TestServicesShare::faultsOfTheArchive()
{
    QFETCH(QByteArray, fault);
    const int documents = count("documents"), images = count("storedImages");
    const auto shared = share(import(3));
    VERIFY_OK(shared);
    QVERIFY(m_exchange.faults("store:" + fault + ",times=1"));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(item(shared->outbox).state, OutboxState::Queued);
    QVERIFY(!item(shared->outbox).lastError.isEmpty());
    QCOMPARE(count("documents"), documents);
    VERIFY_OK(m->profile->outbox().retry(shared->outbox)); // without its pause
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(item(shared->outbox).state, OutboxState::Done);
    QCOMPARE(count("documents"), documents + 1);
    QCOMPARE(count("storedImages"), images + 3);
    QStringList acts = m->acts(QStringLiteral("image.share"));
    QCOMPARE(acts.filter(QStringLiteral("success")).size(), 1);
    QVERIFY(acts.size() > 1);
}

void TestServicesShare::referralWaitsForItsImages()
{
    const QString study = import(3);
    Draft draft = m->referral(m_patient);
    const auto attached = m->profile->sharing().attach(draft.id, study);
    VERIFY_OK(attached);
    QCOMPARE(attached->document.content.labs.back().kosUid, attached->document.images.front().kosUid);
    // One more look keeps the manifest's name.
    const auto twice = m->profile->sharing().attach(draft.id, study);
    VERIFY_OK(twice);
    QCOMPARE(twice->document.images.size(), std::size_t(1));
    const int sets = count("submissionSets"), documents = count("documents");
    const auto preview = m->profile->compose().sealPreview(draft.id);
    VERIFY_OK(preview);
    QVERIFY(preview->bytes.contains("rev=\"" + twice->document.images.front().kosUid.toUtf8() + "\""));
    const auto sealed = m->profile->compose().send(draft.id, preview->sha256);
    VERIFY_OK(sealed);
    QVERIFY(m_exchange.faults("store:status=503,times=1"));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(count("documents"), documents);
    const auto gone = m->images().remove(study);
    QVERIFY(!gone && gone.error().is(services::errors::ImagesWaiting));
    VERIFY_OK(m->profile->outbox().retry(sealed->outbox));
    VERIFY_OK(m->profile->outbox().run({}, true));
    QCOMPARE(item(sealed->outbox).state, OutboxState::Done);
    QCOMPARE(count("documents"), documents + 2);
    QCOMPARE(count("submissionSets"), sets + 1);
}

void TestServicesShare::attachedTakenAndRecalled()
{
    m_site = test::siteCopy(m_exchange.folder() + QStringLiteral("/site.json"),
        m->folder.filePath(QStringLiteral("held.json")), 600, false);
    reopen();
    const QString study = import(3);
    const Draft draft = m->referral(m_patient);
    const std::size_t results = draft.document.content.labs.size();
    auto attached = m->profile->sharing().attach(draft.id, study);
    VERIFY_OK(attached);
    const auto taken = m->profile->sharing().detach(draft.id, attached->document.images.front().kosUid);
    VERIFY_OK(taken);
    QVERIFY(taken->document.images.empty());
    QCOMPARE(taken->document.content.labs.size(), results);
    VERIFY_OK(m->profile->sharing().attach(draft.id, study));
    const auto preview = m->profile->compose().sealPreview(draft.id);
    VERIFY_OK(preview);
    const auto sealed = m->profile->compose().send(draft.id, preview->sha256);
    VERIFY_OK(sealed);
    VERIFY_OK(m->profile->outbox().recall(sealed->outbox)); // back on the desk, with its images
    const auto back = m->profile->compose().open(m->profile->compose().list().front().id);
    VERIFY_OK(back);
    QCOMPARE(back->document.images.size(), std::size_t(1));
    QCOMPARE(back->document.images.front().images, 3);
}

QTEST_GUILESS_MAIN(TestServicesShare)
#include "tst_services_share.moc"
