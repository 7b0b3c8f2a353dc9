// Sharing images step by step against the practice exchange: stopped between any two steps with the program
// ended and started again, refused by the archive, and with a patient who changes their mind while images are
// on their way.
#include "ImageFixture.h"
#include "PracticeProcess.h"
#include "core/ihe/web/StowRs.h"
#include "core/services/DraftMerge.h"
#include "core/services/Errors.h"
#include "core/services/ImageSharing.h"
#include "core/services/images/Manifests.h"

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
    void underAnException();
    void attachedWhileWritten();
    void mergedParts();
    void attachedTakenAndRecalled();

private:
    void reopen();
    PatientKey patient() const { return m_patient; }
    QString import(int count, int rows = 16);
    void saysWhereItsImagesLie(const QString &document);
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
    saysWhereItsImagesLie(row.id);
}

// RAD-68: who reads the manifest may ask by RAD-69 (location), C-MOVE (AE title) or DICOMweb (address).
void TestServicesShare::saysWhereItsImagesLie(const QString &document)
{
    const auto stored = m->profile->records().stored(document);
    VERIFY_OK(stored);
    const auto pool = m->images().pool();
    VERIFY_OK(pool);
    const auto set = (*pool)->dataSet({.path = {}, .bytes = stored->bytes});
    VERIFY_OK(set);
    const auto manifest = services::manifestOf(*set);
    VERIFY_OK(manifest);
    const auto site = ihe::SiteProfile::load(m_site);
    VERIFY_OK(site);
    QVERIFY(!site->imaging.front().aeTitle.isEmpty());
    for (const imaging::ReferencedSeries &series : manifest->studies.front().series) {
        QCOMPARE(series.retrieveAeTitle, site->imaging.front().aeTitle);
        QCOMPARE(series.retrieveLocationUid, site->imaging.front().id);
        QVERIFY(series.retrieveUrl.startsWith(site->imaging.front().dicomweb));
    }
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

// A known patient who took the consent back, and cannot be asked: the images go as the document does.
void TestServicesShare::underAnException()
{
    ConsentAct act = m->act(m_patient);
    act.programmes.push_back(clinical::Programme::Imaging);
    act.withdrawalReason = QStringLiteral("no longer");
    VERIFY_OK(m->profile->consents().withdraw(act));
    VERIFY_OK(m->profile->outbox().run({}, true));
    const QString study = import(3);
    Draft draft = m->referral(m_patient);
    VERIFY_OK(m->profile->sharing().attach(draft.id, study));
    VERIFY_OK(m->profile->compose().amend(draft.id, [](clinical::Document &document) {
        document.exception.which = clinical::EmergencyException::Case::Unconscious;
        document.exception.explanation = QStringLiteral("의식 없음");
        document.exception.decidedBy = QStringLiteral("김의사");
        document.exception.decidedAt = base::Timestamp::fromDate(QDate::currentDate());
        return true;
    }));
    const int images = count("storedImages"), exceptions = count("emergencyImages");
    const auto preview = m->profile->compose().sealPreview(draft.id);
    VERIFY_OK(preview);
    const auto sealed = m->profile->compose().send(draft.id, preview->sha256);
    VERIFY_OK(sealed);
    reopen(); // what may go is known to the item, not to this program
    VERIFY_OK(m->profile->outbox().run({}, true));
    const OutboxRow row = item(sealed->outbox);
    QVERIFY2(row.state == OutboxState::Done, qPrintable(row.lastError));
    QCOMPARE(count("storedImages"), images + 3);
    QCOMPARE(count("emergencyImages"), exceptions + 3);
    const QString trail = m->folder.filePath(QStringLiteral("trail.json"));
    VERIFY_OK(m->profile->audit().exportTo(trail));
    QFile file(trail);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray messages = file.readAll();
    const qsizetype purpose = messages.indexOf("<PurposeOfUse csd-code=\"ETREAT\"");
    QVERIFY2(purpose > 0, messages.right(3000).constData());
}

// Two writers of one draft: the page that has it open and knows only what it has seen, and the viewer.
void TestServicesShare::attachedWhileWritten()
{
    const QString study = import(3);
    services::ComposeService &compose = m->profile->compose();
    const DraftId id = m->referral(m_patient).id;
    auto page = compose.open(id);
    VERIFY_OK(page);
    page->document.content.reason.text = QStringLiteral("written before");
    VERIFY_OK(compose.save(*page));
    auto attached = m->profile->sharing().attach(id, study); // the words stay
    VERIFY_OK(attached);
    QCOMPARE(attached->document.content.reason.text, QStringLiteral("written before"));
    page->document.content.reason.text = QStringLiteral("written after"); // and so do the images
    VERIFY_OK(compose.save(*page));
    auto stored = compose.open(id);
    VERIFY_OK(stored);
    QCOMPARE(stored->document.content.reason.text, QStringLiteral("written after"));
    QCOMPARE(stored->document.images.size(), std::size_t(1));
    const QString kos = stored->document.images.front().kosUid;
    QCOMPARE(stored->document.content.labs.back().kosUid, kos);
    // A finding that the viewer names.
    VERIFY_OK(compose.amend(id, [](clinical::Document &document) {
        document.content.readings.push_back({});
        document.content.readings.back().sopUid = QStringLiteral("2.25.77");
        return true;
    }));
    VERIFY_OK(compose.save(*page));
    page = compose.open(id);
    VERIFY_OK(page);
    QCOMPARE(page->document.content.readings.back().sopUid, QStringLiteral("2.25.77"));
    // What the page has seen and removed stays removed; what grew is news.
    ImageSharing::take(page->document, kos);
    page->document.content.readings.pop_back();
    VERIFY_OK(compose.save(*page));
    stored = compose.open(id);
    VERIFY_OK(stored);
    QVERIFY(stored->document.images.empty());
    QVERIFY(stored->document.content.readings.empty());
    const auto nothing = compose.amend(id, [](clinical::Document &document) {
        document.title = QStringLiteral("not kept");
        return false;
    });
    VERIFY_OK(nothing);
    QVERIFY(compose.open(id)->document.title != QLatin1String("not kept"));
    QVERIFY(!compose.amend(QStringLiteral("none"), [](clinical::Document &) { return true; }));
}

// The same with the choice of images that grows, and a study that both sides attached.
void TestServicesShare::mergedParts()
{
    clinical::Document mine, theirs;
    clinical::AttachedImages images;
    images.kosUid = QStringLiteral("2.25.1");
    images.studyKey = QStringLiteral("a");
    images.images = 1;
    mine.images = {images};
    mine.content.labs.emplace_back().kosUid = images.kosUid;
    images.images = 2;
    theirs.images = {images};
    theirs.content.labs.emplace_back().kosUid = images.kosUid;
    QVERIFY(takeUnseen(mine, theirs, draftParts(mine)));
    QCOMPARE(mine.images.front().images, 2);
    QCOMPARE(mine.images.size(), std::size_t(1));
    QCOMPARE(mine.content.labs.size(), std::size_t(1));
    QVERIFY(!takeUnseen(mine, theirs, draftParts(mine)));
    theirs.images.front().kosUid = QStringLiteral("2.25.2"); // the same study, smaller
    theirs.images.front().images = 1;
    QVERIFY(!takeUnseen(mine, theirs, draftParts(mine)));
    QCOMPARE(mine.images.front().kosUid, QStringLiteral("2.25.1"));
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
