// The link with image archives between two profiles of one machine: one listens, the other sends; and jobs
// that outlive what they wait for.
#include "ImageFixture.h"

#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/PacsService.h"

using namespace naru;
using namespace naru::services;

namespace {
PacsNode nodeAt(int port)
{
    PacsNode node;
    node.name = QStringLiteral("방사선과 저장소");
    node.host = QStringLiteral("127.0.0.1");
    node.port = port;
    node.aeTitle = QStringLiteral("HOUSE");
    node.ourAeTitle = QStringLiteral("CLINIC");
    return node;
}

PacsNode clinicNode()
{
    PacsNode node = nodeAt(104);
    node.name = QStringLiteral("clinic");
    node.aeTitle = QStringLiteral("CLINIC");
    return node;
}
} // namespace

class TestServicesPacs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nodesAreKept()
    {
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        PacsService &pacs = clinic.profile->pacs();
        QVERIFY(pacs.setNode(nodeAt(11112)).ok());
        PacsNode changed = nodeAt(11112);
        changed.commitment = true;
        QVERIFY(pacs.setNode(changed).ok());
        QCOMPARE(pacs.nodes(), std::vector<PacsNode>{changed});
        PacsNode bad = changed;
        bad.aeTitle = QStringLiteral("seventeen letters");
        QVERIFY(pacs.setNode(bad).error().is(imaging::dimse::errors::Invalid));
        bad = changed;
        bad.tls = true; // without certificates
        QVERIFY(pacs.setNode(bad).error().is(imaging::dimse::errors::Invalid));
        QVERIFY(pacs.fetch(QStringLiteral("nobody"), QStringLiteral("2.25.1")).error().is(errors::NoNode));
        QVERIFY(pacs.fetch(changed.name, QStringLiteral("../2.25.1"))
                    .error()
                    .is(imaging::dimse::errors::Invalid));
        QVERIFY(pacs.removeNode(changed.name).ok());
        QVERIFY(pacs.nodes().empty());
        QCOMPARE(clinic.acts(QStringLiteral("settings.")).size(), 3);
    }

    void onePreferred()
    {
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        PacsService &pacs = clinic.profile->pacs();
        QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
        for (const QString &name : std::as_const(names)) {
            PacsNode node = nodeAt(11112);
            node.name = name;
            QVERIFY(pacs.setNode(node).ok());
        }
        QVERIFY(pacs.preferNode(QStringLiteral("c")).ok());
        names.clear();
        for (const PacsNode &node : pacs.nodes())
            names.append(node.name);
        QCOMPARE(names.join(QLatin1Char(' ')), QStringLiteral("c a b"));
        QVERIFY(pacs.preferNode(QStringLiteral("d")).error().is(errors::NoNode));
    }

    void sentAndReceived()
    {
        test::ImageClinic clinic, house;
        QVERIFY(clinic.openOffline() && house.openOffline());
        QCOMPARE(clinic.import({clinic.series(QStringLiteral("ct"), 12)}).stored, 12);
        PacsListen listen;
        listen.aeTitle = QStringLiteral("HOUSE");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        QVERIFY(house.profile->pacs().setListenSettings(listen).ok());
        QVERIFY(house.profile->pacs().setNode(clinicNode()).ok());
        const auto port = house.profile->pacs().startListening();
        QVERIFY2(port.ok(), port ? "" : qPrintable(port.error().toString()));
        PacsService &pacs = clinic.profile->pacs();
        QVERIFY(pacs.setNode(nodeAt(*port)).ok());
        const auto steps = pacs.test(nodeAt(0).name);
        QVERIFY(steps.ok());
        QVERIFY(steps->back().ok);
        QCOMPARE(steps->back().step, QStringLiteral("echo"));
        const auto id = pacs.send(clinic.study().key, nodeAt(0).name);
        QVERIFY(id.ok());
        const auto job = pacs.run(*id);
        QVERIFY2(job.ok(), job ? "" : qPrintable(job.error().toString()));
        QVERIFY2(job->state == PacsJob::State::Done, qPrintable(job->message));
        QCOMPARE(job->done, 12);
        QCOMPARE(job->failed, 0);
        // Told as stored, so it is: no waiting here.
        QCOMPARE(house.study().instances, 12);
        QCOMPARE(house.study().studyUid, clinic.study().studyUid);
        QCOMPARE(house.study().source, QStringLiteral("pacs:clinic"));
        house.profile->pacs().stopListening();
        QVERIFY(house.acts(QStringLiteral("pacs.")).contains(QStringLiteral("pacs.receive success")));
        QVERIFY(clinic.acts(QStringLiteral("pacs.")).contains(QStringLiteral("pacs.send success")));
        // Done once: a second run sends nothing.
        QVERIFY(pacs.run(*id)->state == PacsJob::State::Done);
    }

    // Nobody is there: the job waits, says why, and goes on when the archive is back.
    void waitsForTheArchive()
    {
        test::ImageClinic clinic, house;
        QVERIFY(clinic.openOffline() && house.openOffline());
        QCOMPARE(clinic.import({clinic.series(QStringLiteral("ct"), 3)}).stored, 3);
        PacsService &pacs = clinic.profile->pacs();
        QVERIFY(pacs.setNode(nodeAt(1)).ok());
        const auto id = pacs.send(clinic.study().key, nodeAt(0).name);
        QVERIFY(id.ok());
        const auto waiting = pacs.run(*id);
        QVERIFY(waiting.ok());
        QVERIFY(waiting->state == PacsJob::State::Queued);
        QCOMPARE(waiting->lastError, QStringLiteral("dimse.Tcp"));
        QVERIFY(waiting->nextAttempt > QDateTime::currentDateTimeUtc());
        QCOMPARE(*pacs.runDue(), 0); // not due yet
        QVERIFY(clinic.acts(QStringLiteral("pacs.")).contains(QStringLiteral("pacs.send minor")));
        PacsListen listen;
        listen.aeTitle = QStringLiteral("HOUSE");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        QVERIFY(house.profile->pacs().setListenSettings(listen).ok());
        QVERIFY(house.profile->pacs().setNode(clinicNode()).ok());
        const auto port = house.profile->pacs().startListening();
        QVERIFY(port.ok());
        QVERIFY(pacs.setNode(nodeAt(*port)).ok());
        QVERIFY(pacs.retry(*id).ok());
        QCOMPARE(*pacs.runDue(), 1);
        QCOMPARE(house.study().instances, 3);
        QVERIFY(pacs.removeJob(*id).ok());
        QVERIFY(pacs.job(*id).error().is(errors::NoPacsJob));
    }

    void stoppedStaysStopped()
    {
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        PacsService &pacs = clinic.profile->pacs();
        QVERIFY(pacs.setNode(nodeAt(1)).ok());
        const auto id = pacs.fetch(nodeAt(0).name, QStringLiteral("2.25.1"));
        QVERIFY(id.ok());
        QVERIFY(pacs.stop(*id).ok());
        QCOMPARE(*pacs.runDue(), 0);
        QVERIFY(pacs.job(*id)->state == PacsJob::State::Stopped);
    }

    // Which chart a fetch goes into is part of what it is: asked for another, it is another.
    void fetchKnowsItsChart()
    {
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        PacsService &pacs = clinic.profile->pacs();
        QVERIFY(pacs.setNode(nodeAt(1)).ok());
        const auto id = pacs.fetch(nodeAt(1).name, QStringLiteral("2.25.1"), QStringLiteral("chart"));
        QVERIFY(id.ok());
        QCOMPARE(pacs.job(*id)->patientKey, QStringLiteral("chart"));
    }

    // Whoever is taken off the list, or may not send any more, is not let in from then on.
    void noLongerLetIn()
    {
        test::ImageClinic clinic, house;
        QVERIFY(clinic.openOffline() && house.openOffline());
        QCOMPARE(clinic.import({clinic.series(QStringLiteral("ct"), 1)}).stored, 1);
        PacsListen listen;
        listen.aeTitle = QStringLiteral("HOUSE");
        listen.address = QStringLiteral("127.0.0.1");
        listen.port = 0;
        PacsService &receiver = house.profile->pacs();
        QVERIFY(receiver.setListenSettings(listen).ok());
        QVERIFY(receiver.setNode(clinicNode()).ok());
        const auto port = receiver.startListening();
        QVERIFY(port.ok());
        PacsService &sender = clinic.profile->pacs();
        QVERIFY(sender.setNode(nodeAt(*port)).ok());
        QVERIFY(sender.test(nodeAt(0).name)->back().ok);
        PacsNode silenced = clinicNode();
        silenced.maySend = false;
        QVERIFY(receiver.setNode(silenced).ok());
        QVERIFY(!sender.test(nodeAt(0).name)->back().ok);
        QVERIFY(receiver.setNode(clinicNode()).ok()); // and in again, without a new start
        QVERIFY(sender.test(nodeAt(0).name)->back().ok);
        QVERIFY(receiver.removeNode(clinicNode().name).ok());
        QVERIFY(!sender.test(nodeAt(0).name)->back().ok);
        QCOMPARE(house.images().studies().size(), std::size_t(0));
    }

    // The disc refuses for a while: what lies in the folder is not taken for done.
    void watchedFolderOfAFullDisc()
    {
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        const QString folder = clinic.series(QStringLiteral("watched"), 2);
        for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files)) {
            QFile changed(file.filePath());
            QVERIFY(changed.open(QIODevice::ReadWrite));
            QVERIFY(changed.setFileTime(
                QDateTime::currentDateTimeUtc().addSecs(-60), QFileDevice::FileModificationTime));
        }
        PacsListen listen;
        listen.folders = {folder};
        QVERIFY(clinic.profile->pacs().setListenSettings(listen).ok());
        const QString store = clinic.folder.filePath(QStringLiteral("data/images"));
        QDir().rmdir(store);
        QVERIFY(!QFileInfo::exists(store));
        test::writeFile(store, "in the way");
        QCOMPARE(clinic.profile->pacs().importFolders().valueOr(0), 0);
        QVERIFY(clinic.profile->pacs().arrivals().failed > 0); // a person can see it
        QVERIFY(QFile::remove(store));
        int stored = 0;
        const auto look = [&] {
            stored += clinic.profile->pacs().importFolders().valueOr(-1000);
            return stored == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(look(), 10'000 * NARU_TIME_FACTOR);
    }

    void watchedFolder()
    {
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        PacsListen listen;
        listen.folders = {clinic.series(QStringLiteral("watched"), 2)};
        QVERIFY(clinic.profile->pacs().setListenSettings(listen).ok());
        QCOMPARE(*clinic.profile->pacs().importFolders(), 0); // may still be written
        int stored = 0;
        const auto look = [&] {
            stored += clinic.profile->pacs().importFolders().valueOr(-1000);
            return stored == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(look(), 10'000 * NARU_TIME_FACTOR);
        QCOMPARE(*clinic.profile->pacs().importFolders(), 0);
    }
};

QTEST_GUILESS_MAIN(TestServicesPacs)
#include "tst_services_pacs.moc"
