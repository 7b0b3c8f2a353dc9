// Nothing that identifies a patient may be found in any file of a profile, in any encoding a search tool
// would try.
#include "StoreFixture.h"

#include <QDirIterator>
#include <QtTest>

#include <iconv.h>

using namespace naru;

namespace {
const QString name = QStringLiteral("남궁카나리");
const QString chart = QStringLiteral("CHART-7719283");
const QString resident = QStringLiteral("6103021234567");
const QString exchangeId = QStringLiteral("XCHG-5550192");
const QString phone = QStringLiteral("010-9988-7766");
const QString diagnosis = QStringLiteral("카나리아색조증");
const QString street = QStringLiteral("비둘기로 77길");

QByteArray cp949(const QString &text)
{
    QByteArray in = text.toUtf8(), out(in.size() * 2 + 8, '\0');
    iconv_t converter = iconv_open("CP949", "UTF-8");
    char *from = in.data(), *to = out.data();
    std::size_t left = std::size_t(in.size()), room = std::size_t(out.size());
    iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    out.truncate(to - out.data());
    return out;
}

QList<QByteArray> spellings(const QString &text)
{
    QList<QByteArray> out{text.toUtf8(), cp949(text), text.toUtf8().toBase64().chopped(4),
        text.toUtf8().toHex(), text.normalized(QString::NormalizationForm_D).toUtf8()};
    QByteArray little, big;
    for (const QChar c : text) {
        little += char(c.unicode() & 0xFF);
        little += char(c.unicode() >> 8);
        big += char(c.unicode() >> 8);
        big += char(c.unicode() & 0xFF);
    }
    return out << little << big;
}

QStringList findings(const QString &folder, int *files = nullptr)
{
    QStringList out;
    QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        if (files)
            ++*files;
        const QByteArray bytes = file.readAll();
        for (const QString &canary : {name, chart, resident, exchangeId, phone, diagnosis, street}) {
            for (const QByteArray &spelling : spellings(canary)) {
                if (bytes.contains(spelling) || file.fileName().toUtf8().contains(spelling))
                    out << canary + QStringLiteral(" in ") + file.fileName();
            }
        }
    }
    return out;
}

clinical::Patient patient()
{
    clinical::Patient out;
    out.localId = {QStringLiteral("1.2.3"), chart};
    out.exchangeId = {QStringLiteral("1.2.9"), exchangeId};
    out.name = name;
    out.phone = phone;
    out.residentNumber = resident;
    out.address.basic = street;
    out.birthDate = *base::Timestamp::parseIso(u"1961-03-02");
    return out;
}
} // namespace

class TestCanary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSearchFinds();
    void nothingInAnyStore();
};

void TestCanary::theSearchFinds()
{
    for (const QByteArray &spelling : spellings(name)) {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("x")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("before" + spelling + "after");
        file.close();
        QVERIFY(!findings(folder.path()).isEmpty());
    }
    QTemporaryDir folder;
    {
        const auto stores = *storage::Stores::open(folder.path(), test::fixedSealer());
        QVERIFY(
            stores.settings->set(QStringLiteral("bad"), name).ok()); // settings are in the clear by contract
        QVERIFY(!findings(folder.path()).isEmpty());
    }
}

void TestCanary::nothingInAnyStore()
{
    QTemporaryDir folder;
    auto stores = *storage::Stores::open(folder.path(), test::fixedSealer());
    clinical::HandOver handOver;
    handOver.patient = patient();
    handOver.content.problems.push_back({{{}, {}, diagnosis}});
    const QString key = *stores.patients->upsert(patient(), handOver);
    QVERIFY(stores.patients->setExchangeId(key, {QStringLiteral("1.2.9"), exchangeId}).ok());
    const QByteArray text = (name + chart + resident + diagnosis + street).toUtf8();
    const QString draft = *stores.drafts->create(QStringLiteral("kim"), key, clinical::Form::Referral, text);
    QVERIFY(stores.drafts->save(draft, text).ok());
    storage::NewOutboxItem item = test::outboxItem(QStringLiteral("1"));
    item.submission.documents.front().bytes = text;
    item.submission.submitObjectsRequest = text;
    item.submission.facts = text;
    item.uniqueKey = chart + resident;
    const QString id = *stores.outbox->enqueue(item);
    storage::StoredDocument document;
    document.patientKey = key;
    document.documentUniqueId = QStringLiteral("1.2.3.4");
    document.metadata = text;
    const QString stored = *stores.documents->put(document, text.repeated(3000));
    storage::ConsentRecord consent;
    consent.patientKey = key;
    consent.statement.signerName = name;
    consent.statement.signerPhone = phone;
    QVERIFY(stores.consents->add(consent).ok());
    storage::ExceptionRecord exception;
    exception.patientKey = key;
    exception.exception.explanation = diagnosis + name;
    QVERIFY(stores.consents->addException(exception).ok());
    QVERIFY(stores.usage
                ->used(QStringLiteral("kim"), QStringLiteral("diagnosis"), diagnosis, text,
                    QDateTime::currentDateTimeUtc())
                .ok());
    audit::Session session;
    session.account = QStringLiteral("kim");
    session.host = QStringLiteral("pc1");
    QVERIFY(
        stores.audit
            ->append(audit::EventBuilder(session).queried(QStringLiteral("query.iti47"), {{}, text, {}, {}},
                key, exchangeId + QStringLiteral("^^^&1.2.9&ISO"), {}, audit::Outcome::Success))
            .ok());
    QVERIFY(stores.audit->saveAnchor().ok());
    QVERIFY(stores.database->backupTo(folder.filePath(QStringLiteral("copy.db"))).ok());

    int files = 0;
    QCOMPARE(findings(folder.path(), &files), QStringList()); // with the WAL open
    QVERIFY2(files >= 5, "database, log, shared memory, document, anchor, copy");
    // What went in is still there for those with the key.
    QCOMPARE(stores.patients->get(key)->patient.residentNumber, resident);
    QCOMPARE(stores.outbox->submission(id)->submitObjectsRequest, text);
    QCOMPARE(*stores.documents->bytes(stored), text.repeated(3000));
    QVERIFY(stores.patients->remove(key).ok());
    QVERIFY(stores.drafts->discard(draft).ok());
    stores = {};
    QCOMPARE(findings(folder.path()), QStringList()); // after the last close
}

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
