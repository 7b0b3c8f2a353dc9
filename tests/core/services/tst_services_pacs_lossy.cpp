// An archive that says "stored" to several associations at once and keeps only some: it ends up with all, and
// the job says so only then.
#include "ImageFixture.h"
#include "core/services/PacsService.h"
#include "tests/core/imaging/dimse/Peer.h"

#include <QSet>

using namespace naru;
using namespace naru::services;
using namespace dimsetest;

namespace {
constexpr quint16 StoreRq = 0x0001, FindRq = 0x0020;
const QByteArray findModel = "1.2.840.10008.5.1.4.1.2.2.1", commitment = "1.2.840.10008.1.20.1";

// The value of a UI element of a command set.
QByteArray uidAfter(const QByteArray &body, const QByteArray &tag)
{
    const qsizetype at = body.lastIndexOf(tag); // its bytes may stand in other values before
    QByteArray rest = at < 0 ? QByteArray() : body.mid(at + 8);
    qsizetype size = 0;
    while (size < rest.size() && (rest[size] == '.' || (rest[size] >= '0' && rest[size] <= '9')))
        ++size;
    return rest.left(size);
}

struct Lossy {
    QByteArray study = "2.25.100", series = "2.25.100.1";
    int dropsOf = 0; // every so many-th instance is dropped, the first time it comes
    bool searches = true; // offers C-FIND at all
    bool commits = true; // and storage commitment
    QSet<QByteArray> kept{}, dropped{};
    int came = 0;
    Peer peer{[this](Talk &talk, int) { serve(talk); }};

    void serve(Talk &talk)
    {
        if (!talk.accept(commits ? QByteArrayList() : QByteArrayList{commitment}))
            return;
        if (!searches && talk.contextOf(findModel) != 0)
            return; // hangs up
        for (Heard heard = talk.hearCommand(); heard.type == 4; heard = talk.hearCommand()) {
            if (heard.field == StoreRq)
                store(talk, heard);
            else if (heard.field == FindRq)
                find(talk, heard);
        }
        talk.raw(pduOf(6, QByteArray(4, '\0')));
    }
    void store(Talk &talk, const Heard &heard)
    {
        const QByteArray uid = uidAfter(heard.body, QByteArray("\x00\x00\x00\x10", 4));
        ++came;
        if (dropsOf > 0 && came % dropsOf == 0 && !dropped.contains(uid))
            dropped.insert(uid);
        else
            kept.insert(uid);
        talk.say(heard.context, answer(heard, 0));
    }
    void find(Talk &talk, const Heard &heard)
    {
        const QByteArray asked = talk.hear().body;
        const auto match = [&](const QByteArray &elements) {
            talk.say(heard.context, answer(heard, 0xFF00, true), elements);
        };
        if (asked.contains("STUDY ")) {
            if (!kept.isEmpty())
                match(element(0x0020000D, "UI", study));
        } else if (asked.contains("SERIES")) {
            match(element(0x0020000D, "UI", study) + element(0x0020000E, "UI", series));
        } else {
            for (const QByteArray &uid : std::as_const(kept))
                match(element(0x00080018, "UI", uid) + element(0x0020000E, "UI", series));
        }
        talk.say(heard.context, answer(heard, 0));
    }
};
} // namespace

class TestServicesPacsLossy : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatItLosesComesAgain()
    {
        Lossy archive;
        archive.dropsOf = 7;
        const PacsJob job = send(archive);
        QCOMPARE(job.state, PacsJob::State::Done);
        QCOMPARE(job.done, 24);
        QVERIFY(archive.dropped.size() >= 3);
        QCOMPARE(archive.kept.size(), 24);
        QCOMPARE(archive.came, 24 + int(archive.dropped.size()));
    }

    void oneAssociationIsBelieved()
    {
        Lossy archive;
        QCOMPARE(send(archive, 1).state, PacsJob::State::Done);
        QCOMPARE(archive.peer.visits(), 1); // not even asked
        QCOMPARE(archive.came, 24);
    }

    void whoCannotVouchGetsOne_data()
    {
        QTest::addColumn<bool>("searches");
        QTest::addColumn<bool>("commits");
        QTest::addColumn<int>("visits");
        QTest::newRow("cannot be asked afterwards") << false << true << 2; // the question, and the images
        QTest::newRow("answers for nothing") << true << false << 3; // two questions
    }
    // One association, whatever the node says.
    void whoCannotVouchGetsOne()
    {
        QFETCH(bool, searches);
        QFETCH(bool, commits);
        Lossy archive;
        archive.searches = searches;
        archive.commits = commits;
        QCOMPARE(send(archive).state, PacsJob::State::Done);
        QCOMPARE(archive.kept.size(), 24);
        QTEST(archive.peer.visits(), "visits");
    }

private:
    static PacsJob send(const Lossy &archive, int associations = 3)
    {
        test::ImageClinic clinic;
        if (!clinic.openOffline() || clinic.import({clinic.series(QStringLiteral("ct"), 24)}).stored != 24)
            return {};
        PacsNode node;
        node.name = QStringLiteral("lossy");
        node.host = QStringLiteral("127.0.0.1");
        node.port = archive.peer.port();
        node.aeTitle = QStringLiteral("LOSSY");
        node.ourAeTitle = QStringLiteral("CLINIC");
        node.associations = associations;
        PacsService &pacs = clinic.profile->pacs();
        if (!pacs.setNode(node))
            return {};
        const auto id = pacs.send(clinic.study().key, node.name);
        const auto job = id ? pacs.run(*id) : base::Result<PacsJob>(id.error());
        return job ? *job : PacsJob{};
    }
};

QTEST_GUILESS_MAIN(TestServicesPacsLossy)
#include "tst_services_pacs_lossy.moc"
