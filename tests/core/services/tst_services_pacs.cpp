// The link with image archives between two profiles of one machine: one listens, the other sends; and jobs
// that outlive what they wait for.
#include "ImageFixture.h"

#include "core/imaging/dimse/Errors.h"
#include "core/services/Errors.h"
#include "core/services/PacsService.h"
#include "tests/support/DicomWriter.h"
#include "tests/support/FreePort.h"

#include <QProcess>
#include <QStandardPaths>

#include <unistd.h>

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

    // Slices of 16 x 16 whose bytes are packed as literal runs (PS3.5 annex G), and one in YBR.
    static void writeCompressed(test::ImageClinic &clinic, int count)
    {
        const QByteArray syntax = base::oid("tsRle").text().toLatin1();
        for (int i = 0; i <= count; ++i) {
            const bool colour = i == count;
            const testsupport::TestInstance one = testsupport::slice(i);
            QByteArray set = one.dataSet();
            const QByteArray pixels = set.last(qsizetype(one.rows) * one.columns * 2);
            set.chop(pixels.size() + 12);
            const int segments = colour ? 3 : 2;
            QList<quint32> header{quint32(segments)};
            QByteArray body;
            for (int segment = 0; segment < segments; ++segment) {
                header.append(quint32(64 + body.size()));
                for (int at = 0; at < 256; at += 128) {
                    body.append(char(127));
                    for (int k = at; k < at + 128; ++k)
                        body.append(pixels[2 * k + (segment == 0 ? 1 : 0)]);
                }
            }
            header.resize(16);
            testsupport::DicomWriter frame, writer;
            QByteArray bytes;
            for (const quint32 value : std::as_const(header))
                frame.append(bytes, value);
            if (colour) {
                set.replace("MONOCHROME2 ", "YBR_FULL    ");
                set.replace(one.sopUid, QByteArray("2.25.100.1.9"));
                for (const auto &[tag, value] : {std::pair(0x28000200, 3), std::pair(0x28000001, 8),
                         std::pair(0x28000101, 8), std::pair(0x28000201, 7), std::pair(0x28000301, 0)})
                    setShort(set, quint32(tag), value);
            }
            writer.fragments({bytes + body});
            test::writeFile(clinic.path(QStringLiteral("rle/IM%1").arg(i)),
                testsupport::DicomWriter::file(set + writer.dataSet(), syntax, one.sopClass(),
                    colour ? QByteArray("2.25.100.1.9") : one.sopUid));
        }
    }
    // `tag` as its bytes stand in a file.
    static void setShort(QByteArray &set, quint32 tag, int value)
    {
        QByteArray name;
        for (int shift = 24; shift >= 0; shift -= 8)
            name.append(char(tag >> shift));
        const qsizetype at = set.indexOf(name + "US");
        QVERIFY(at > 0);
        set[at + 8] = char(value);
    }
    static void compareFrames(test::ImageClinic &clinic, test::ImageClinic &house)
    {
        const auto framesOf = [](test::ImageClinic &one) {
            QMap<QString, QByteArray> out;
            const auto pool = one.images().pool();
            for (const SeriesRow &series : one.images().series(one.study().key)) {
                for (const InstanceRow &row : one.images().instances(series.key)) {
                    const auto frame = (*pool)->frame(*one.images().source(row.key), 0);
                    if (frame)
                        out.insert(row.sopUid,
                            QByteArray(reinterpret_cast<const char *>(frame->data.data()),
                                qsizetype(frame->data.size())));
                }
            }
            return out;
        };
        const QMap<QString, QByteArray> sent = framesOf(clinic);
        QCOMPARE(sent.size(), 4); // one of them in YBR
        QCOMPARE(framesOf(house), sent);
    }

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

    // An archive that takes nothing compressed: the same pixels arrive without compression, and that is told.
    void withoutTheirCompression_data()
    {
        QTest::addColumn<QStringList>("accepts");
        QTest::newRow("explicit") << QStringList{QStringLiteral("+xe")};
        QTest::newRow("implicit-only") << QStringList{QStringLiteral("+xi")};
    }
    void withoutTheirCompression()
    {
        QFETCH(QStringList, accepts);
        const QString program = QStandardPaths::findExecutable(QStringLiteral("storescp"));
        if (program.isEmpty())
            QSKIP("DCMTK's storescp is not installed");
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        writeCompressed(clinic, 3);
        QCOMPARE(clinic.import({clinic.path(QStringLiteral("rle"))}).stored, 4);
        QTemporaryDir arrived;
        const int port = naru::test::freePort();
        QProcess archive;
        archive.start(program,
            accepts
                + QStringList{QStringLiteral("-aet"), QStringLiteral("HOUSE"), QStringLiteral("-od"),
                    arrived.path(), QString::number(port)});
        QVERIFY(archive.waitForStarted());
        PacsService &pacs = clinic.profile->pacs();
        QVERIFY(pacs.setNode(nodeAt(port)).ok());
        QTRY_VERIFY_WITH_TIMEOUT(pacs.test(nodeAt(0).name)->back().ok, 10'000 * NARU_TIME_FACTOR);
        const auto id = pacs.send(clinic.study().key, nodeAt(0).name);
        QVERIFY(id.ok());
        const auto job = pacs.run(*id);
        archive.kill();
        archive.waitForFinished();
        QVERIFY2(job.ok(), job ? "" : qPrintable(job.error().toString()));
        QVERIFY2(job->state == PacsJob::State::Done, qPrintable(job->message));
        QCOMPARE(job->done, 4);
        QCOMPARE(job->converted, 4);
        QCOMPARE(job->failed, 0);
        test::ImageClinic house;
        QVERIFY(house.openOffline());
        QCOMPARE(house.import({arrived.path()}).stored, 4);
        compareFrames(clinic, house);
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
        QVERIFY(test::age(folder));
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
        QCOMPARE(clinic.profile->pacs().arrivals().failed, 2); // each once, however often it was tried
    }

    void watchedFolder()
    {
        test::ImageClinic clinic;
        QVERIFY(clinic.openOffline());
        PacsListen listen;
        listen.folders = {clinic.series(QStringLiteral("watched"), 2)};
        QVERIFY(clinic.profile->pacs().setListenSettings(listen).ok());
        QCOMPARE(*clinic.profile->pacs().importFolders(), 0); // may still be written
        QVERIFY(test::age(listen.folders.first()));
        QCOMPARE(*clinic.profile->pacs().importFolders(), 2);
        QCOMPARE(*clinic.profile->pacs().importFolders(), 0);
    }
};

QTEST_GUILESS_MAIN(TestServicesPacs)
#include "tst_services_pacs.moc"
