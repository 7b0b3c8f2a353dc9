// Images at rest: rows and sealed files together, versions of what carries one identifier, the upgrade of a
// profile that knew no images.
#include "StoreFixture.h"

#include "core/security/Errors.h"
#include "core/storage/Errors.h"
#include "core/storage/Migrations.h"

#include <QDirIterator>
#include <QtTest>

using namespace naru;
using storage::ImageCommit;
using storage::ImageStore;
using storage::StagedImage;
using State = storage::ImageCommit::State;

namespace {
const QByteArray canary = "HONG^GILDONG-canary";

struct Fixture {
    QTemporaryDir folder{};
    storage::Stores stores{};
    Fixture() { reopen(); }
    void reopen() { stores = *storage::Stores::open(folder.path(), test::fixedSealer()); }
    ImageStore &images() const { return *stores.images; }

    StagedImage staged(
        const QString &sop, const QByteArray &bytes, const QString &owner = QStringLiteral("p"))
    {
        StagedImage out = *images().stage(bytes);
        out.studyUid = QStringLiteral("1.2");
        out.owner = owner;
        out.seriesUid = QStringLiteral("1.2.3");
        out.sopUid = sop;
        out.studyDetails = canary + "study";
        out.seriesDetails = canary + "series";
        out.details = canary + "instance" + sop.toUtf8();
        out.frames = 2;
        return out;
    }
    ImageCommit put(const QString &sop, const QByteArray &bytes, const QString &owner = QStringLiteral("p"))
    {
        return images().commit({staged(sop, bytes, owner)})->front();
    }
    QStringList files() const
    {
        QStringList out;
        QDirIterator it(folder.filePath(QStringLiteral("images")), QDir::Files, QDirIterator::Subdirectories);
        while (it.hasNext())
            out.append(it.next());
        return out;
    }
};
} // namespace

class TestImages : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsWhatItWasGiven();
    void sumsFollowTheInstances();
    void sameBytesAreKnown();
    void whoeverWroteTheFile();
    void otherBytesUnderOneIdentifierStayApart();
    void patientsOfOneStudyUidStayApart();
    void twentyVersionsAreEnough();
    void failedTransactionLeavesNothing();
    void missingFileIsNoRow();
    void removedStudyIsGone();
    void orphansAreSwept();
    void touchedFilesDoNotOpen();
    void nothingIsInTheClear();
    void profileOfTheFirstSchemaIsUpgraded();
    void orderBeforeItWasAColumn();
};

void TestImages::keepsWhatItWasGiven()
{
    Fixture f;
    const QByteArray bytes = canary + QByteArray(300'000, 'p');
    const ImageCommit put = f.put(QStringLiteral("1"), bytes);
    QCOMPARE(put.state, State::Stored);
    QVERIFY(put.newSeries);
    f.reopen();
    QCOMPARE(*f.images().bytes(put.instanceKey), bytes);
    const auto instance = *f.images().instance(put.instanceKey);
    QCOMPARE(instance.details, canary + "instance1");
    QCOMPARE(instance.seriesKey, put.seriesKey);
    QCOMPARE(instance.studyKey, put.studyKey);
    QCOMPARE(instance.bytes, qint64(bytes.size()));
    QCOMPARE(instance.digest, f.images().digestOf(bytes));
    QCOMPARE(f.images().oneSeries(put.seriesKey)->details, canary + "series");
    const auto studies = *f.images().studiesByUid(QStringLiteral("1.2"));
    QCOMPARE(studies.size(), 1);
    QCOMPARE(studies.front().details, canary + "study");
    QVERIFY(f.images().studiesByUid(QStringLiteral("1.2.9"))->isEmpty());
    QCOMPARE(f.images().study(QStringLiteral("none")).error().code, storage::errors::NotFound);
    QCOMPARE(f.images().bytes(QStringLiteral("none")).error().code, storage::errors::NotFound);
    QVERIFY(f.stores.database->check().ok());
}

void TestImages::sumsFollowTheInstances()
{
    Fixture f;
    std::vector<StagedImage> batch;
    for (int i = 0; i < 5; ++i) {
        batch.push_back(f.staged(QString::number(i), QByteArray(10, char('a' + i))));
        batch.back().seriesUid = i < 3 ? QStringLiteral("s1") : QStringLiteral("s2");
    }
    const auto commits = *f.images().commit(batch);
    QCOMPARE(
        std::count_if(commits.begin(), commits.end(), [](const ImageCommit &c) { return c.newSeries; }), 2);
    const auto study = *f.images().study(commits.front().studyKey);
    QCOMPARE(study.series, 2);
    QCOMPARE(study.instances, 5);
    QCOMPARE(study.bytes, 50);
    const auto series = *f.images().oneSeries(commits.front().seriesKey);
    QCOMPARE(series.instances, 3);
    QCOMPARE(series.frames, 6);
    const auto instances = *f.images().instances(series.key);
    QCOMPARE(instances.size(), 3);
    QCOMPARE(instances.back().details, canary + "instance2"); // in the order of arrival
    // One folder a batch: what is synced together lies together.
    QSet<QString> folders;
    for (const QString &file : f.files())
        folders.insert(QFileInfo(file).path());
    QCOMPARE(folders.size(), 1);
}

void TestImages::sameBytesAreKnown()
{
    Fixture f;
    const ImageCommit first = f.put(QStringLiteral("1"), "abc");
    QVERIFY(f.images().known(QStringLiteral("1"), f.images().digestOf("abc"))->has_value());
    QVERIFY(!f.images().known(QStringLiteral("1"), f.images().digestOf("abd"))->has_value());
    const ImageCommit second = f.put(QStringLiteral("1"), "abc");
    QCOMPARE(second.state, State::Known);
    QCOMPARE(second.instanceKey, first.instanceKey);
    QCOMPARE(second.studyKey, first.studyKey);
    // Twice in one batch as well.
    const auto both =
        *f.images().commit({f.staged(QStringLiteral("2"), "x"), f.staged(QStringLiteral("2"), "x")});
    QCOMPARE(both[0].state, State::Stored);
    QCOMPARE(both[1].state, State::Known);
    QCOMPARE(f.images().study(first.studyKey)->instances, 2);
    QCOMPARE(f.files().size(), 2);
}

// One data set in the files of two programs is one image; in another transfer syntax it is another, and so is
// another data set.
void TestImages::whoeverWroteTheFile()
{
    Fixture f;
    const auto file = [](const QByteArray &syntax, const QByteArray &sender, const QByteArray &set) {
        const auto element = [](const char *tag, const char *vr, const QByteArray &value) {
            return QByteArray(tag, 4) + vr + char(value.size()) + '\0' + value;
        };
        const QByteArray meta = element("\2\0\x10\0", "UI", syntax) + element("\2\0\x16\0", "AE", sender);
        return QByteArray(128, sender[0]) + "DICM"
            + element("\2\0\0\0", "UL", QByteArray(1, char(meta.size())) + QByteArray(3, '\0')) + meta + set;
    };
    const QByteArray first = file("1.2.840.10008.1.2.1\0", "CLINIC", "abc");
    const ImageCommit kept = f.put(QStringLiteral("1"), first);
    QCOMPARE(f.put(QStringLiteral("1"), file("1.2.840.10008.1.2.1\0", "SOMEBODY ELSE", "abc")).state,
        State::Known);
    QCOMPARE(*f.images().bytes(kept.instanceKey), first);
    QCOMPARE(f.put(QStringLiteral("1"), file("1.2.840.10008.1.2\0", "CLINIC", "abc")).state, State::Conflict);
    QCOMPARE(
        f.put(QStringLiteral("1"), file("1.2.840.10008.1.2.1\0", "CLINIC", "abd")).state, State::Conflict);
    // What pretends to a head of its own is compared byte by byte.
    const QByteArray broken = first.left(140) + "\xff\xff\xff\x7f" + first.mid(144);
    QCOMPARE(f.images().digestOf(broken), f.images().digestOfFile(broken));
    for (qsizetype size = 0; size < first.size(); ++size)
        QVERIFY(!f.images().digestOf(first.left(size)).isEmpty());
}

void TestImages::otherBytesUnderOneIdentifierStayApart()
{
    Fixture f;
    const ImageCommit first = f.put(QStringLiteral("1"), "abc");
    const ImageCommit other = f.put(QStringLiteral("1"), "abd");
    QCOMPARE(other.state, State::Conflict);
    QVERIFY(other.studyKey != first.studyKey);
    QCOMPARE(f.images().study(other.studyKey)->version, 2);
    QCOMPARE(*f.images().bytes(first.instanceKey), QByteArray("abc"));
    QCOMPARE(*f.images().bytes(other.instanceKey), QByteArray("abd"));
    // The second time both are known, wherever they lie.
    QCOMPARE(f.put(QStringLiteral("1"), "abd").state, State::Known);
    QCOMPARE(f.put(QStringLiteral("1"), "abc").state, State::Known);
    // A further instance of the second kind goes on beside the first study's.
    QCOMPARE(f.put(QStringLiteral("2"), "x").studyKey, first.studyKey);
    // Without the first version, what comes again is known all the same.
    QVERIFY(f.images().removeStudy(first.studyKey).ok());
    QCOMPARE(f.put(QStringLiteral("1"), "abd").state, State::Known);
}

void TestImages::patientsOfOneStudyUidStayApart()
{
    Fixture f;
    const ImageCommit one = f.put(QStringLiteral("1"), "abc", QStringLiteral("kim"));
    const ImageCommit two = f.put(QStringLiteral("2"), "abd", QStringLiteral("lee"));
    QCOMPARE(two.state, State::Stored);
    QVERIFY(one.studyKey != two.studyKey);
    QCOMPARE(f.images().studiesByUid(QStringLiteral("1.2"))->size(), 2);
}

void TestImages::twentyVersionsAreEnough()
{
    Fixture f;
    for (int i = 0; i < 20; ++i)
        QCOMPARE(
            f.put(QStringLiteral("1"), QByteArray::number(i)).state, i ? State::Conflict : State::Stored);
    QCOMPARE(f.put(QStringLiteral("1"), "one more").state, State::Refused);
    QCOMPARE(f.put(QStringLiteral("2"), "another").state, State::Stored);
    QCOMPARE(f.files().size(), 21);
}

void TestImages::failedTransactionLeavesNothing()
{
    Fixture f;
    const auto failed = f.images().commit({f.staged(QStringLiteral("1"), "abc")},
        [](const std::vector<ImageCommit> &) { return base::Status(base::Error(storage::errors::Full)); });
    QCOMPARE(failed.error().code, storage::errors::Full);
    QVERIFY(f.images().studies()->isEmpty());
    QVERIFY(f.files().isEmpty());
}

void TestImages::missingFileIsNoRow()
{
    Fixture f;
    const StagedImage staged = f.staged(QStringLiteral("1"), "abc");
    QFile::remove(f.files().front());
    QVERIFY(!f.images().commit({staged}).ok());
    QVERIFY(f.images().studies()->isEmpty());
}

void TestImages::removedStudyIsGone()
{
    Fixture f;
    const ImageCommit first = f.put(QStringLiteral("1"), "abc");
    f.put(QStringLiteral("2"), "abd");
    const ImageCommit other = f.put(QStringLiteral("3"), "abd", QStringLiteral("lee"));
    QVERIFY(f.images().removeStudy(first.studyKey).ok());
    QCOMPARE(f.images().removeStudy(first.studyKey).error().code, storage::errors::NotFound);
    QCOMPARE(f.images().bytes(first.instanceKey).error().code, storage::errors::NotFound);
    QVERIFY(f.images().series(first.studyKey)->isEmpty());
    QVERIFY(f.images().instances(first.seriesKey)->isEmpty());
    QCOMPARE(*f.images().bytes(other.instanceKey), QByteArray("abd"));
    QCOMPARE(f.files().size(), 1);
    QCOMPARE(f.put(QStringLiteral("1"), "abc").state, State::Stored);
}

void TestImages::orphansAreSwept()
{
    Fixture f;
    const ImageCommit kept = f.put(QStringLiteral("1"), "abc");
    (void)f.staged(QStringLiteral("2"), "left behind");
    QCOMPARE(*f.images().sweepOrphans(), 0); // a write may be under way
    QCOMPARE(*f.images().sweepOrphans(-1), 1);
    QCOMPARE(*f.images().bytes(kept.instanceKey), QByteArray("abc"));
}

void TestImages::touchedFilesDoNotOpen()
{
    Fixture f;
    const ImageCommit one = f.put(QStringLiteral("1"), QByteArray(200'000, 'a'));
    const QString path = f.files().front();
    const ImageCommit two = f.put(QStringLiteral("2"), QByteArray(200'000, 'a'));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray whole = file.readAll();
    for (const qsizetype at : {qsizetype(0), qsizetype(20), whole.size() / 2, whole.size() - 1}) {
        QByteArray touched = whole;
        touched[at] = char(touched[at] ^ 1);
        file.resize(0), file.seek(0), file.write(touched), file.flush();
        QCOMPARE(f.images().bytes(one.instanceKey).error().code, security::errors::SealBroken);
    }
    for (const qsizetype size : {qsizetype(0), qsizetype(36), qsizetype(65'588), whole.size() - 1}) {
        file.resize(0), file.seek(0), file.write(whole.left(size)), file.flush();
        QCOMPARE(f.images().bytes(one.instanceKey).error().code, security::errors::SealBroken);
    }
    // Another instance's file in its place.
    file.close();
    QStringList both = f.files();
    both.removeOne(path);
    QVERIFY(QFile::remove(path) && QFile::copy(both.front(), path));
    QCOMPARE(f.images().bytes(one.instanceKey).error().code, security::errors::SealBroken);
    QVERIFY(f.images().bytes(two.instanceKey).ok());
    // A database that names a file elsewhere reads nothing there.
    QVERIFY(f.stores.database->execute("UPDATE image_instance SET file = '../../etc/hostname'").ok()
        || f.stores.database->execute("UPDATE image_instance SET file = '../' || key").ok());
    QCOMPARE(f.images().bytes(two.instanceKey).error().code, storage::errors::Broken);
}

void TestImages::nothingIsInTheClear()
{
    Fixture f;
    f.put(QStringLiteral("1.2.840.canary"), canary + QByteArray(100'000, 'x') + canary);
    QVERIFY(f.stores.database->checkpoint().ok());
    QDirIterator it(f.folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int looked = 0;
    while (it.hasNext()) {
        QFile file(it.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        for (const QByteArray &secret : {canary, QByteArray("GILDONG"), QByteArray("840.canary")})
            QVERIFY2(!bytes.contains(secret) && !file.fileName().toUtf8().contains(secret),
                qPrintable(file.fileName()));
        ++looked;
    }
    QVERIFY(looked >= 2);
}

void TestImages::profileOfTheFirstSchemaIsUpgraded()
{
    QTemporaryDir folder;
    storage::DatabaseOptions first;
    first.migrations = storage::programMigrations().mid(0, 1);
    QString document;
    {
        auto database = *storage::Database::open(folder.path(), first);
        QCOMPARE(database->schemaVersion(), 1);
        storage::DocumentStore documents(database, test::fixedSealer());
        storage::StoredDocument stored;
        stored.patientKey = QStringLiteral("p1");
        stored.documentUniqueId = QStringLiteral("1.2.3");
        document = *documents.put(stored, "<ClinicalDocument/>");
    }
    const auto stores = *storage::Stores::open(folder.path(), test::fixedSealer());
    QCOMPARE(stores.database->schemaVersion(), storage::programMigrations().last().version);
    QCOMPARE(*stores.documents->bytes(document), QByteArray("<ClinicalDocument/>"));
    QVERIFY(stores.images->studies()->isEmpty());
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("backup/naru-1.db"))));
    QVERIFY(stores.database->check().ok());
    // A program of the first schema keeps its hands off.
    QCOMPARE(storage::Database::open(folder.path(), first).error().code, storage::errors::Newer);
}

// Instances of before the column of their order: as they came, before those that have a number.
void TestImages::orderBeforeItWasAColumn()
{
    QTemporaryDir folder;
    storage::DatabaseOptions earlier;
    earlier.migrations = storage::programMigrations().mid(0, 4);
    {
        auto database = *storage::Database::open(folder.path(), earlier);
        QVERIFY(database->execute("INSERT INTO image_study VALUES ('st','',0,1,x'00',x'01',x'02',1,6,6,0,0)")
                    .ok());
        QVERIFY(database->execute("INSERT INTO image_series VALUES ('se','st',x'00',x'01',6,6)").ok());
        for (const char *key : {"f", "e", "d", "c", "b", "a"}) {
            const QByteArray k(key), blob = "x'0" + k.toHex() + "0'";
            QVERIFY(database
                        ->execute("INSERT INTO image_instance (key, series_key, study_key, blind_sop, "
                                  "blind_place, digest, file, bytes, sealed) VALUES ('"
                            + k + "','se','st'," + blob + ',' + blob + ',' + blob + ",'" + k + "',1,x'00')")
                        .ok());
        }
    }
    const auto stores = *storage::Stores::open(folder.path(), test::fixedSealer());
    const auto rows = stores.images->sealedInstances(QStringLiteral("se"));
    QVERIFY(rows.ok());
    QCOMPARE(rows->size(), 6);
    QCOMPARE(rows->front().key, QStringLiteral("f"));
    QCOMPARE(*stores.images->likelyFirst(QStringLiteral("st")), QStringLiteral("c"));
}

QTEST_GUILESS_MAIN(TestImages)
#include "tst_images.moc"
