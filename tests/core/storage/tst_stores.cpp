// The stores from a clinic's day: patients, drafts, documents, consents, habits.
#include "StoreFixture.h"

#include "core/base/Errors.h"
#include "core/security/Errors.h"

#include <QDir>
#include <QtTest>

using namespace naru;

namespace {
clinical::Patient patient(const char *chart, const char *name)
{
    clinical::Patient out;
    out.localId = {QStringLiteral("1.2.3"), QString::fromUtf8(chart)};
    out.name = QString::fromUtf8(name);
    out.birthDate = *base::Timestamp::parseIso(u"1961-03-02");
    out.residentNumber = QStringLiteral("6103021234567");
    return out;
}
} // namespace

class TestStores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void patientIsOnePerChart();
    void exchangeIdSurvivesHandOver();
    void patientSearch_data();
    void patientSearch();
    void rowsCannotBeSwapped();
    void wrongKeyOpensNothing();
    void draftRevisions();
    void draftBelongsToOneEditor();
    void documentsRoundTrip();
    void documentFilesTouched();
    void orphanFilesAreSwept();
    void consents();
    void settingsAndUsage();

private:
    std::unique_ptr<QTemporaryDir> m_folder{};
    storage::Stores m_stores{};
};

void TestStores::init()
{
    m_stores = {};
    m_folder = std::make_unique<QTemporaryDir>();
    m_stores = *storage::Stores::open(m_folder->path(), test::fixedSealer());
}

void TestStores::patientIsOnePerChart()
{
    storage::PatientStore &store = *m_stores.patients;
    const QString key = *store.upsert(patient("100", "홍길동"));
    clinical::HandOver handOver;
    handOver.format = QStringLiteral("csv");
    handOver.content.reason.text = QStringLiteral("흉통");
    clinical::Patient changed = patient("100", "홍길순");
    changed.residentNumber.clear();
    QCOMPARE(*store.upsert(changed, handOver), key);
    const auto record = *store.get(key);
    QCOMPARE(record.patient.name, QStringLiteral("홍길순"));
    QCOMPARE(
        record.patient.residentNumber, QStringLiteral("6103021234567")); // not lost by a hand-over without it
    QCOMPARE(record.handOver->content.reason.text, QStringLiteral("흉통"));
    QCOMPARE(record.handOver->patient, record.patient);
    QCOMPARE(store.list()->size(), 1);
    QVERIFY(*store.upsert(patient("101", "홍길동")) != key);
    QVERIFY(!*store.findByLocalId({QStringLiteral("1.2.3"), QStringLiteral("102")}));
    QCOMPARE((*store.findByLocalId({QStringLiteral("1.2.3"), QStringLiteral("100")}))->key, key);
    QVERIFY(store.get(QStringLiteral("nobody")).error().is(storage::errors::NotFound));
}

void TestStores::exchangeIdSurvivesHandOver()
{
    storage::PatientStore &store = *m_stores.patients;
    const QString key = *store.upsert(patient("100", "홍길동"));
    const clinical::Identifier id{QStringLiteral("1.2.9"), QStringLiteral("K77")};
    QVERIFY(store.setExchangeId(key, id).ok());
    QCOMPARE(store.get(key)->patient.residentNumber, QStringLiteral("6103021234567"));
    (void)*store.upsert(patient("100", "홍길동"));
    QCOMPARE(store.get(key)->patient.exchangeId, id);
    QCOMPARE((*store.findByExchangeId(id))->key, key);
    clinical::Patient found; // came from the exchange, not from the EMR
    found.exchangeId = id;
    found.name = QStringLiteral("홍길동");
    QCOMPARE(*store.upsert(found), key);
    QCOMPARE(store.get(key)->patient.localId.extension, QStringLiteral("100"));
}

void TestStores::patientSearch_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("hits");
    QTest::newRow("name") << QStringLiteral("홍길동") << 1;
    QTest::newRow("part") << QStringLiteral("길") << 2;
    QTest::newRow("initial consonants") << QStringLiteral("ㅎㄱㄷ") << 1;
    QTest::newRow("chart") << QStringLiteral("A-20") << 1;
    QTest::newRow("birthday") << QStringLiteral("610302") << 3;
    QTest::newRow("birthday with dashes") << QStringLiteral("1961-03-02") << 3;
    QTest::newRow("nothing") << QStringLiteral("세종") << 0;
    QTest::newRow("everything") << QString() << 3;
}

void TestStores::patientSearch()
{
    QFETCH(QString, text);
    QFETCH(int, hits);
    (void)*m_stores.patients->upsert(patient("A-10", "홍길동"));
    (void)*m_stores.patients->upsert(patient("A-20", "고길순"));
    (void)*m_stores.patients->upsert(patient("B-30", "이순신"));
    QCOMPARE(m_stores.patients->search(text)->size(), hits);
}

void TestStores::rowsCannotBeSwapped()
{
    const QString one = *m_stores.patients->upsert(patient("1", "홍길동"));
    const QString two = *m_stores.patients->upsert(patient("2", "이순신"));
    QVERIFY(m_stores.database
                ->execute(qPrintable(QStringLiteral(
                    "UPDATE patient SET sealed = (SELECT sealed FROM patient WHERE key = '%1') "
                    "WHERE key = '%2'")
                                         .arg(one, two)))
                .ok());
    QVERIFY(m_stores.patients->get(one).ok());
    QVERIFY(m_stores.patients->get(two).error().is(security::errors::SealBroken));
}

void TestStores::wrongKeyOpensNothing()
{
    const QString key = *m_stores.patients->upsert(patient("1", "홍길동"));
    const auto other = *storage::Stores::open(m_folder->path(), test::fixedSealer('j'));
    QVERIFY(other.patients->get(key).error().is(security::errors::SealBroken));
    QVERIFY(!*other.patients->findByLocalId(patient("1", "x").localId));
}

void TestStores::draftRevisions()
{
    storage::DraftStore &store = *m_stores.drafts;
    const QString id =
        *store.create(QStringLiteral("kim"), QStringLiteral("p1"), clinical::Form::Referral, "{\"v\":0}");
    QVERIFY(store.revertToSaved(id).error().is(storage::errors::WrongState));
    QVERIFY(store.journal(id, "{\"v\":1}").ok());
    QVERIFY(store.get(id)->saved.isEmpty());
    QVERIFY(store.save(id, "{\"v\":2}").ok());
    QVERIFY(!store.get(id)->summary.hasUnsaved());
    QVERIFY(store.journal(id, "{\"v\":3}").ok());
    auto draft = *store.get(id);
    QVERIFY(draft.summary.hasUnsaved());
    QCOMPARE(draft.journal, QByteArray("{\"v\":3}"));
    QCOMPARE(draft.saved, QByteArray("{\"v\":2}"));
    QCOMPARE(draft.summary.form, clinical::Form::Referral);
    QVERIFY(store.revertToSaved(id).ok());
    QCOMPARE(store.get(id)->journal, QByteArray("{\"v\":2}"));
    QCOMPARE(store.list(QStringLiteral("kim"), QStringLiteral("p1"))->size(), 1);
    QVERIFY(store.list(QStringLiteral("lee"))->isEmpty());
    QVERIFY(store.discard(id).ok());
    QVERIFY(store.journal(id, "{}").error().is(storage::errors::NotFound));
}

void TestStores::draftBelongsToOneEditor()
{
    storage::DraftStore &store = *m_stores.drafts;
    const QString id =
        *store.create(QStringLiteral("kim"), QStringLiteral("p1"), clinical::Form::Referral, "{}");
    QVERIFY(store.orphans()->isEmpty()); // we live
    QVERIFY(store.open(id).ok()); // our own
    // Another living process: process 1 of this host, as it was started.
    QFile file(QStringLiteral("/proc/1/stat"));
    if (file.open(QIODevice::ReadOnly)) {
        const QByteArray line = file.readAll();
        const QString stamp = QString::fromLatin1(QSysInfo::bootUniqueId()) + QLatin1Char('/')
            + QString::fromLatin1(line.mid(line.lastIndexOf(')') + 2).split(' ').value(19));
        QVERIFY(
            m_stores.database
                ->execute(qPrintable(QStringLiteral("UPDATE draft SET pid = 1, process = '%1'").arg(stamp)))
                .ok());
        QVERIFY(store.open(id).error().is(storage::errors::WrongState));
    }
    // The number was given to a new process: not the editor.
    QVERIFY(m_stores.database->execute("UPDATE draft SET pid = 1, process = 'another boot/1'").ok());
    QCOMPARE(store.orphans()->size(), 1);
    QVERIFY(store.open(id).ok());
    QVERIFY(store.closeCleanly(id).ok());
    QVERIFY(store.get(id)->summary.cleanClosed);
}

void TestStores::documentsRoundTrip()
{
    storage::DocumentStore &store = *m_stores.documents;
    storage::StoredDocument document;
    document.patientKey = QStringLiteral("p1");
    document.documentUniqueId = QStringLiteral("1.2.3");
    document.repositoryUniqueId = QStringLiteral("1.9");
    document.metadata = "{\"title\":\"회송서\"}";
    const QByteArray bytes = base::randomBytes(150'000);
    const QString id = *store.put(document, bytes);
    QCOMPARE(*store.bytes(id), bytes);
    QCOMPARE(store.get(id)->sha1, base::sha1Hex(bytes));
    QCOMPARE(store.get(id)->size, qint64(bytes.size()));
    QCOMPARE(*store.unseen(), 1);
    QVERIFY(store.setSeen(id).ok());
    QVERIFY(store.setStatus(id, QStringLiteral("deprecated")).ok());
    QCOMPARE(store.get(id)->status, QStringLiteral("deprecated"));
    QCOMPARE(store.get(id)->metadata, document.metadata);
    QCOMPARE(*store.put(document, "new bytes"), id); // fetched again
    QCOMPARE(*store.bytes(id), QByteArray("new bytes"));
    QVERIFY(store.get(id)->seen);
    document.repositoryUniqueId = QStringLiteral("1.8");
    QVERIFY(*store.put(document, "elsewhere") != id);
    QCOMPARE(store.byPatient(QStringLiteral("p1"))->size(), 2);
    QCOMPARE((*store.findByUniqueId(QStringLiteral("1.2.3"), QStringLiteral("1.9")))->id, id);
    QVERIFY(!*store.findByUniqueId(QStringLiteral("1.2.4")));
    const QDir files(m_folder->filePath(QStringLiteral("documents")));
    QCOMPARE(files.entryList(QDir::Files).size(), 2); // the replaced file went
    for (const QString &name : files.entryList(QDir::Files))
        QVERIFY(QRegularExpression(QStringLiteral("^[0-9a-f]{64}$")).match(name).hasMatch());
    QVERIFY(store.remove(id).ok());
    QCOMPARE(files.entryList(QDir::Files).size(), 1);
    document.documentUniqueId.clear();
    QVERIFY(store.put(document, "x").error().is(base::errors::Invalid));
    const storage::SearchOutcome outcome{QStringLiteral("p1"), QStringLiteral("registry"),
        QDateTime::fromMSecsSinceEpoch(5, Qt::UTC), QStringLiteral("net.Timeout"), 0};
    QVERIFY(store.recordSearch(outcome).ok());
    QCOMPARE(*store.searches(QStringLiteral("p1")), QList<storage::SearchOutcome>{outcome});
}

void TestStores::documentFilesTouched()
{
    storage::StoredDocument document;
    document.patientKey = QStringLiteral("p1");
    document.documentUniqueId = QStringLiteral("1.2.3");
    const QString id = *m_stores.documents->put(document, QByteArray(100'000, 'd'));
    const QDir files(m_folder->filePath(QStringLiteral("documents")));
    QFile file(files.filePath(files.entryList(QDir::Files).first()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.resize(36 + 64 * 1024 + 16); // cut at a chunk
    file.close();
    QVERIFY(m_stores.documents->bytes(id).error().is(security::errors::SealBroken));
    QVERIFY(file.remove());
    QVERIFY(m_stores.documents->bytes(id).error().is(base::errors::Io));
    // A row that names a file outside.
    QVERIFY(m_stores.database->execute("UPDATE document SET file = '../../../../etc/passwd'").ok());
    QVERIFY(m_stores.documents->bytes(id).error().is(base::errors::Io));
}

void TestStores::orphanFilesAreSwept()
{
    storage::StoredDocument document;
    document.patientKey = QStringLiteral("p1");
    document.documentUniqueId = QStringLiteral("1.2.3");
    const QString id = *m_stores.documents->put(document, "d");
    QFile orphan(m_folder->filePath(QStringLiteral("documents/") + QString(64, QLatin1Char('a'))));
    QVERIFY(orphan.open(QIODevice::WriteOnly));
    orphan.close();
    QCOMPARE(*m_stores.documents->sweepOrphans(), 0); // too young: a write may be under way
    QCOMPARE(*m_stores.documents->sweepOrphans(0), 1);
    QCOMPARE(*m_stores.documents->bytes(id), QByteArray("d"));
}

void TestStores::consents()
{
    storage::ConsentStore &store = *m_stores.consents;
    storage::ConsentRecord record;
    record.patientKey = QStringLiteral("p1");
    record.statement.signerName = QStringLiteral("홍길동");
    record.statement.signaturePng = base::randomBytes(500);
    record.statement.programmes = {clinical::Programme::ReferralReturn};
    const QString id = *store.add(record);
    QVERIFY(store.setState(id, storage::ConsentRecord::State::Queued, {}, QStringLiteral("o1")).ok());
    QVERIFY(store.setState(id, storage::ConsentRecord::State::Registered, QStringLiteral("1.2.3")).ok());
    const auto read = *store.get(id);
    QCOMPARE(read.statement, record.statement);
    QCOMPARE(read.state, storage::ConsentRecord::State::Registered);
    QCOMPARE(read.outboxId, QStringLiteral("o1"));
    QCOMPARE(read.documentUniqueId, QStringLiteral("1.2.3"));
    QCOMPARE(store.byPatient(QStringLiteral("p1"))->size(), 1);
    QVERIFY(store.setState(QStringLiteral("x"), storage::ConsentRecord::State::Queued)
                .error()
                .is(storage::errors::NotFound));
    storage::ExceptionRecord exception;
    exception.patientKey = QStringLiteral("p1");
    exception.exception.which = clinical::EmergencyException::Case::Unconscious;
    (void)*store.addException(exception);
    QCOMPARE(store.exceptions(QStringLiteral("p1"))->first().exception, exception.exception);
}

void TestStores::settingsAndUsage()
{
    QVERIFY(m_stores.settings->set(QStringLiteral("ui.theme"), QStringLiteral("dark")).ok());
    QVERIFY(m_stores.settings->set(QStringLiteral("ui.theme"), QStringLiteral("light")).ok());
    QVERIFY(m_stores.settings->set(QStringLiteral("net.x"), QStringLiteral("1")).ok());
    QCOMPARE(m_stores.settings->all(QStringLiteral("ui."))->size(), 1);
    QCOMPARE(*m_stores.settings->get(QStringLiteral("ui.theme")), QStringLiteral("light"));
    QVERIFY(m_stores.settings->remove(QStringLiteral("ui.theme")).ok());
    QCOMPARE(*m_stores.settings->get(QStringLiteral("ui.theme"), QStringLiteral("d")), QStringLiteral("d"));
    const QString kim = QStringLiteral("kim"), kind = QStringLiteral("diagnosis");
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(1'000'000, Qt::UTC);
    for (int i = 0; i < 5; ++i)
        QVERIFY(m_stores.usage->used(kim, kind, QString::number(i), "v", now.addSecs(i)).ok());
    QVERIFY(m_stores.usage->used(kim, kind, QStringLiteral("0"), "v0", now.addSecs(9)).ok());
    const auto recents = *m_stores.usage->recents(kim, kind, 3);
    QCOMPARE(recents.size(), 3);
    QCOMPARE(recents.first().key, QStringLiteral("0"));
    QCOMPARE(recents.first().count, 2);
    QCOMPARE(recents.first().value, QByteArray("v0"));
    QVERIFY(m_stores.usage->setFavourite(kim, kind, QStringLiteral("3"), "v", true).ok());
    QCOMPARE(m_stores.usage->favourites(kim, kind)->size(), 1);
    QVERIFY(m_stores.usage->recents(QStringLiteral("lee"), kind)->isEmpty());
    QVERIFY(m_stores.usage->remove(kim, kind, QStringLiteral("3")).ok());
    QVERIFY(m_stores.usage->favourites(kim, kind)->isEmpty());
}

QTEST_GUILESS_MAIN(TestStores)
#include "tst_stores.moc"
