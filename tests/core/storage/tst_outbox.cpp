// Every way an item of the outbox may move, and that it moves no other way.
#include "StoreFixture.h"

#include "core/audit/Errors.h"
#include "core/base/Errors.h"
#include "core/security/Errors.h"

#include <QtTest>

using namespace naru;
using storage::OutboxItem;
using storage::OutboxState;

class TestOutbox : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void frozenBytesComeBack();
    void normalJourney();
    void certainlyNotSentBacksOff();
    void unknownIsVerifiedBeforeResending();
    void whatIsSentAgainMayWait();
    void clockSetBackHoldsNothing();
    void staleWorkersCannotWrite();
    void allForbiddenTransitions();
    void heldAndRecalled();
    void imagesGoFirst();
    void replacementWaits();
    void duplicatesAreRefused();
    void crashedSendingBecomesUnknown();
    void auditSharesTheTransaction();
    void leaseIsExclusive();

private:
    QString add(const QString &number)
    {
        return *m_stores.outbox->enqueue(test::outboxItem(number), test::event());
    }
    OutboxState state(const QString &id) { return m_stores.outbox->get(id)->state; }
    std::unique_ptr<QTemporaryDir> m_folder{};
    std::shared_ptr<base::ManualClock> m_clock{};
    storage::Stores m_stores{};
};

void TestOutbox::init()
{
    m_stores = {};
    m_folder = std::make_unique<QTemporaryDir>();
    m_clock = std::make_shared<base::ManualClock>(QDateTime(QDate(2026, 11, 22), QTime(9, 0), Qt::UTC));
    auto stores = storage::Stores::open(m_folder->path(), test::fixedSealer(), m_clock);
    QVERIFY(stores.ok());
    m_stores = *stores;
}

void TestOutbox::frozenBytesComeBack()
{
    storage::NewOutboxItem item = test::outboxItem(QStringLiteral("1"));
    item.submission.documents.front().bytes = base::randomBytes(200'000);
    item.submission.documents.push_back(item.submission.documents.front());
    item.submission.facts = "{\"title\":\"진료의뢰서\"}";
    const QString id = *m_stores.outbox->enqueue(item);
    QCOMPARE(*m_stores.outbox->submission(id), item.submission);
    const auto stored = m_stores.outbox->get(id);
    QCOMPARE(stored->documentUniqueId, QStringLiteral("1.2.3.1"));
    QCOMPARE(stored->kind, storage::OutboxKind::Referral);
    QCOMPARE(storage::outboxKindKey(stored->kind), QStringLiteral("referral"));
    // The payload of another item in its place does not open.
    const QString other = add(QStringLiteral("2"));
    QVERIFY(m_stores.database
                ->execute(qPrintable(
                    QStringLiteral("UPDATE outbox SET sealed = (SELECT sealed FROM outbox WHERE id = '%1') "
                                   "WHERE id = '%2'")
                        .arg(id, other)))
                .ok());
    QVERIFY(m_stores.outbox->submission(other).error().is(security::errors::SealBroken));
    QVERIFY(m_stores.outbox->get(QStringLiteral("nobody")).error().is(storage::errors::NotFound));
}

// An item whose images are not all acknowledged is not sent, and what was acknowledged is not forgotten.
void TestOutbox::imagesGoFirst()
{
    storage::NewOutboxItem item = test::outboxItem(QStringLiteral("1"));
    item.images = {{0, QStringLiteral("a"), 10}, {0, QStringLiteral("b"), 20}, {0, QStringLiteral("c"), 30}};
    const QString id = *m_stores.outbox->enqueue(item);
    QVERIFY(!*m_stores.outbox->claimNext());
    QVERIFY(m_stores.outbox->claim(id).error().is(storage::errors::WrongState));
    QCOMPARE(m_stores.outbox->imagesDue()->size(), 1);
    QVERIFY(m_stores.outbox->imagesStored(id, {1, 0}, test::event()));
    const auto waiting = m_stores.outbox->waitingImages(id);
    QCOMPARE(waiting->size(), std::size_t(1));
    QCOMPARE(waiting->front(), (storage::OutboxImage{2, QStringLiteral("c"), 30}));
    QCOMPARE(*m_stores.outbox->imageProgress(id), (storage::ImageProgress{3, 2, 60, 30}));
    // Later: not before its time, and then again.
    const QDateTime later = m_clock->nowUtc().addSecs(5);
    QVERIFY(m_stores.outbox->postpone(*m_stores.outbox->get(id), QStringLiteral("net.Reset"), later));
    QVERIFY(m_stores.outbox->imagesDue()->isEmpty());
    QCOMPARE(m_stores.outbox->get(id)->lastError, QStringLiteral("net.Reset"));
    m_clock->advance(6'000);
    QCOMPARE(m_stores.outbox->imagesDue()->size(), 1);
    QVERIFY(m_stores.outbox->imagesStored(id, {2}, test::event()));
    QVERIFY(m_stores.outbox->imagesDue()->isEmpty());
    QVERIFY(*m_stores.outbox->claimNext());
    // Refused before anything of it left.
    item = test::outboxItem(QStringLiteral("2"));
    item.images = {{0, QStringLiteral("d"), 1}};
    const QString second = *m_stores.outbox->enqueue(item);
    QVERIFY(m_stores.outbox->refuse(
        *m_stores.outbox->get(second), QStringLiteral("services.ImagesRefused"), test::event()));
    QCOMPARE(state(second), OutboxState::Rejected);
    QVERIFY(m_stores.outbox->imagesDue()->isEmpty());
}

void TestOutbox::normalJourney()
{
    const QString id = add(QStringLiteral("1"));
    QCOMPARE(state(id), OutboxState::Queued);
    const auto claimed = m_stores.outbox->claimNext();
    QVERIFY(claimed.ok() && *claimed);
    QCOMPARE((*claimed)->id, id);
    QCOMPARE((*claimed)->state, OutboxState::Sending);
    QCOMPARE((*claimed)->attempts, 1);
    QVERIFY(!*m_stores.outbox->claimNext());
    QCOMPARE(m_stores.outbox->attempts(id)->size(), 1);
    QVERIFY(!m_stores.outbox->attempts(id)->first().ended.isValid());
    QVERIFY(m_stores.outbox->done(**claimed, test::event(QStringLiteral("export.iti41"))).ok());
    QCOMPARE(state(id), OutboxState::Done);
    QCOMPARE(m_stores.outbox->attempts(id)->first().outcome, QStringLiteral("done"));
    QVERIFY(m_stores.outbox->attempts(id)->first().ended.isValid());
    QCOMPARE(m_stores.audit->counts()->records, 2);
}

void TestOutbox::certainlyNotSentBacksOff()
{
    const QString id = add(QStringLiteral("1"));
    OutboxItem item = **m_stores.outbox->claimNext();
    const QDateTime later = m_clock->nowUtc().addSecs(30);
    QVERIFY(m_stores.outbox->notSent(item, QStringLiteral("net.Refused"), later).ok());
    QCOMPARE(m_stores.outbox->get(id)->lastError, QStringLiteral("net.Refused"));
    QCOMPARE(**m_stores.outbox->nextDue(), later);
    QVERIFY(!*m_stores.outbox->claimNext());
    m_clock->advance(30'000);
    item = **m_stores.outbox->claimNext();
    QCOMPARE(item.attempts, 2);
    QVERIFY(
        m_stores.outbox->notSent(item, QStringLiteral("net.Refused"), m_clock->nowUtc().addSecs(900)).ok());
    QVERIFY(m_stores.outbox->hurry(id).ok());
    QVERIFY(*m_stores.outbox->claimNext());
    QCOMPARE(m_stores.outbox->attempts(id)->size(), 3);
}

void TestOutbox::unknownIsVerifiedBeforeResending()
{
    const QString id = add(QStringLiteral("1"));
    const OutboxItem item = **m_stores.outbox->claimNext();
    QVERIFY(m_stores.outbox->unknown(item, QStringLiteral("net.Timeout")).ok());
    QVERIFY2(!*m_stores.outbox->claimNext(), "unknown is never sent by itself");
    QCOMPARE(*m_stores.outbox->absent(item), false);
    m_clock->advance(59'000);
    QCOMPARE(*m_stores.outbox->absent(item), false);
    QCOMPARE(state(id), OutboxState::Unknown);
    m_clock->advance(1'000);
    QCOMPARE(*m_stores.outbox->absent(item), true);
    QCOMPARE(state(id), OutboxState::Queued);
    const auto before = m_stores.outbox->submission(id);
    const OutboxItem again = **m_stores.outbox->claimNext();
    QCOMPARE(*m_stores.outbox->submission(again.id), *before); // same bytes, same ids
    QVERIFY(m_stores.outbox->unknown(again, QStringLiteral("net.Timeout")).ok());
    QVERIFY2(m_stores.outbox->done(again, test::event()).ok(), "found in the registry");
}

// An endpoint that loses whatever it is given is not sent it again at once.
void TestOutbox::whatIsSentAgainMayWait()
{
    const QString id = add(QStringLiteral("1"));
    const OutboxItem item = **m_stores.outbox->claimNext();
    QVERIFY(m_stores.outbox->unknown(item, QStringLiteral("net.Timeout")).ok());
    QCOMPARE(*m_stores.outbox->absent(item), false);
    m_clock->advance(60'000);
    const QDateTime next = m_clock->nowUtc().addSecs(300);
    QCOMPARE(*m_stores.outbox->absent(item, 60, next), true);
    QCOMPARE(state(id), OutboxState::Queued);
    QVERIFY(!*m_stores.outbox->claimNext());
    QCOMPARE(**m_stores.outbox->nextDue(), next);
    m_clock->advance(300'000);
    QVERIFY(*m_stores.outbox->claimNext());
}

// A machine that was ten years ahead gets the right time: nothing may wait for those ten years.
void TestOutbox::clockSetBackHoldsNothing()
{
    const QDateTime right = m_clock->nowUtc();
    m_clock->set(right.addYears(10));
    const QString queued = add(QStringLiteral("1"));
    const OutboxItem refused = **m_stores.outbox->claimNext();
    QVERIFY(m_stores.outbox->notSent(refused, QStringLiteral("net.Refused"), m_clock->nowUtc().addSecs(900))
                .ok());
    const QString unknown = add(QStringLiteral("2"));
    const OutboxItem lost = **m_stores.outbox->claimNext();
    QCOMPARE(lost.id, unknown);
    QVERIFY(m_stores.outbox->unknown(lost, QStringLiteral("net.Reset")).ok());
    QCOMPARE(*m_stores.outbox->absent(lost), false);

    m_clock->set(right);
    const auto again = m_stores.outbox->claimNext();
    QVERIFY2(again.ok() && again->has_value(), "waits for a time that was never right");
    QCOMPARE((*again)->id, queued);
    QCOMPARE(*m_stores.outbox->absent(lost), false); // counted anew
    m_clock->advance(60'000);
    QCOMPARE(*m_stores.outbox->absent(lost), true);
    QCOMPARE(state(unknown), OutboxState::Queued);
    // Its back-off counts again from here.
    QVERIFY(m_stores.outbox->notSent(**again, QStringLiteral("net.Refused"), m_clock->nowUtc().addSecs(900))
                .ok());
    QCOMPARE((**m_stores.outbox->claimNext()).id, unknown);
    QVERIFY(!m_stores.outbox->claimNext()->has_value());
}

void TestOutbox::staleWorkersCannotWrite()
{
    const QString id = add(QStringLiteral("1"));
    const OutboxItem first = **m_stores.outbox->claimNext();
    QVERIFY(m_stores.outbox->notSent(first, QStringLiteral("net.Refused"), {}).ok());
    const OutboxItem second = **m_stores.outbox->claimNext();
    // The first attempt reports late: its claim is over.
    QVERIFY(m_stores.outbox->done(first, test::event()).error().is(storage::errors::WrongState));
    QVERIFY(m_stores.outbox->rejected(first, QStringLiteral("x"), test::event())
                .error()
                .is(storage::errors::WrongState));
    QCOMPARE(state(id), OutboxState::Sending);
    QVERIFY(m_stores.outbox->done(second, test::event()).ok());
    QVERIFY(m_stores.outbox->done(second, test::event()).error().is(storage::errors::WrongState));
}

void TestOutbox::allForbiddenTransitions()
{
    using Move = std::function<base::Status(const OutboxItem &)>;
    storage::OutboxStore &box = *m_stores.outbox;
    const QList<std::pair<const char *, Move>> moves{
        {"held queued", [&](const OutboxItem &i) { return box.release(i.id); }},
        {"held queued rejected", [&](const OutboxItem &i) { return box.recall(i.id); }},
        {"rejected", [&](const OutboxItem &i) { return box.retry(i.id); }},
        {"queued",
            [&](const OutboxItem &i) {
                return box.claim(i.id) ? base::Status() : base::Error(storage::errors::WrongState);
            }},
        {"sending", [&](const OutboxItem &i) { return box.notSent(i, {}, {}); }},
        {"sending unknown", [&](const OutboxItem &i) { return box.done(i, test::event()); }},
        {"sending unknown", [&](const OutboxItem &i) { return box.rejected(i, {}, test::event()); }},
        {"sending unknown", [&](const OutboxItem &i) { return box.unknown(i, {}); }},
    };
    const char *states[] = {"held", "queued", "sending", "unknown", "done", "rejected", "recalled"};
    int number = 0;
    for (const auto &[from, move] : moves) {
        for (const char *state : states) {
            const QString id = add(QString::number(++number));
            QVERIFY(m_stores.database
                        ->execute(qPrintable(QStringLiteral("UPDATE outbox SET state = '%1' WHERE id = '%2'")
                                                 .arg(QLatin1String(state), id)))
                        .ok());
            const bool allowed = QByteArray(from).split(' ').contains(state)
                && !(QByteArray(from) == "held queued"
                    && QByteArray(state) == "queued"); // release is for held only
            const OutboxItem item = *box.get(id);
            const base::Status status = move(item);
            QVERIFY2(status.ok() == allowed,
                qPrintable(QStringLiteral("%1 from %2").arg(QLatin1String(from), QLatin1String(state))));
            if (!allowed) {
                QVERIFY(status.error().is(storage::errors::WrongState));
                QCOMPARE(*box.get(id), item); // nothing moved
            }
        }
    }
}

void TestOutbox::heldAndRecalled()
{
    storage::NewOutboxItem item = test::outboxItem(QStringLiteral("1"));
    item.held = true;
    const QString id = *m_stores.outbox->enqueue(item);
    QVERIFY(!*m_stores.outbox->claimNext());
    QVERIFY(m_stores.outbox->release(id).ok());
    QVERIFY(m_stores.outbox->recall(id, test::event(QStringLiteral("document.recall"))).ok());
    QVERIFY(!*m_stores.outbox->claimNext());
    QVERIFY2(m_stores.outbox->enqueue(item).ok(), "what was never sent may be made anew");
}

void TestOutbox::replacementWaits()
{
    const QString parent = add(QStringLiteral("1"));
    storage::NewOutboxItem child = test::outboxItem(QStringLiteral("2"));
    child.kind = storage::OutboxKind::Replace;
    child.dependsOn = parent;
    const QString id = *m_stores.outbox->enqueue(child);
    const OutboxItem first = **m_stores.outbox->claimNext();
    QCOMPARE(first.id, parent);
    QVERIFY(!*m_stores.outbox->claimNext());
    QVERIFY(m_stores.outbox->claim(id).error().is(storage::errors::WrongState));
    QVERIFY(m_stores.outbox->unknown(first, {}).ok());
    QVERIFY(!*m_stores.outbox->claimNext());
    QVERIFY(m_stores.outbox->done(first, test::event()).ok());
    QCOMPARE((**m_stores.outbox->claimNext()).id, id);
    child = test::outboxItem(QStringLiteral("3"));
    child.dependsOn = QStringLiteral("no such item");
    QVERIFY(!m_stores.outbox->enqueue(child).ok());
}

void TestOutbox::duplicatesAreRefused()
{
    storage::NewOutboxItem item = test::outboxItem(QStringLiteral("1"));
    item.uniqueKey = QStringLiteral("inst|patient|20261122|doc|referral");
    QVERIFY(m_stores.outbox->enqueue(item, test::event()).ok());
    QVERIFY(m_stores.outbox->enqueue(item, test::event()).error().is(storage::errors::Duplicate));
    storage::NewOutboxItem other = test::outboxItem(QStringLiteral("2"));
    other.uniqueKey = item.uniqueKey;
    QVERIFY(m_stores.outbox->enqueue(other).error().is(storage::errors::Duplicate));
    other = test::outboxItem(QStringLiteral("3"));
    other.submission.submissionSetUniqueId.clear();
    QVERIFY(m_stores.outbox->enqueue(other).error().is(base::errors::Invalid));
    QCOMPARE(m_stores.outbox->list()->size(), 1);
    QCOMPARE(m_stores.audit->counts()->records, 1); // the refused ones left no record
}

void TestOutbox::crashedSendingBecomesUnknown()
{
    const QString id = add(QStringLiteral("1"));
    QVERIFY(*m_stores.outbox->claimNext());
    QCOMPARE(*m_stores.outbox->recoverSending(), 1);
    QCOMPARE(state(id), OutboxState::Unknown);
    QCOMPARE(m_stores.outbox->get(id)->lastError, QStringLiteral("storage.Interrupted"));
    QCOMPARE(*m_stores.outbox->recoverSending(), 0);
}

void TestOutbox::auditSharesTheTransaction()
{
    const QString id = add(QStringLiteral("1"));
    const OutboxItem item = **m_stores.outbox->claimNext();
    audit::AuditEvent broken; // cannot be written as a message
    QVERIFY(m_stores.outbox->done(item, broken).error().is(audit::errors::Invalid));
    QCOMPARE(state(id), OutboxState::Sending);
    QVERIFY(!m_stores.outbox->attempts(id)->first().ended.isValid());
    QCOMPARE(m_stores.audit->counts()->records, 1);
}

void TestOutbox::leaseIsExclusive()
{
    {
        const auto lease = storage::OutboxLease::acquire(*m_stores.database);
        QVERIFY(lease.ok());
        QVERIFY(storage::OutboxLease::acquire(*m_stores.database).error().is(storage::errors::WorkerBusy));
    }
    QVERIFY(storage::OutboxLease::acquire(*m_stores.database).ok());
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
