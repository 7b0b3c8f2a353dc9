// `naructl image import|node|send` as scripts see them: what cannot be read is named, and a UID that stands
// for several studies is not guessed at.
#include "tests/support/DicomStudy.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace naru::testsupport;

class TestCtlPacs : public QObject {
    Q_OBJECT

    struct Ran {
        int status = -1;
        QJsonDocument json{};
        QByteArray error{};
    };
    QTemporaryDir m_folder{};

    Ran run(const QStringList &words)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("NARU_PASSPHRASE"), QStringLiteral("test-only-passphrase"));
        environment.insert(
            QStringLiteral("NARU_SCRYPT_LOGN"), QStringLiteral("10")); // it opens a profile often
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(NARU_BINARY_DIR "/bin/naructl"),
            QStringList{QStringLiteral("--data"), m_folder.filePath(QStringLiteral("data")),
                QStringLiteral("--json"), QStringLiteral("image")}
                + words);
        if (!process.waitForFinished(30'000 * NARU_TIME_FACTOR))
            return {};
        return {process.exitCode(), QJsonDocument::fromJson(process.readAllStandardOutput()),
            process.readAllStandardError()};
    }
    void write(const QString &name, const QByteArray &bytes)
    {
        QDir(m_folder.path()).mkpath(QStringLiteral("in"));
        QFile file(m_folder.filePath(QStringLiteral("in/") + name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

private Q_SLOTS:
    void sendsOneStudyOrAsksWhich()
    {
        write(QStringLiteral("a"), slice(0, {.shade = 1}).file());
        write(QStringLiteral("b"), slice(0, {.shade = 2}).file()); // other bytes under the same identifiers
        write(QStringLiteral("cut"), QByteArray(128, '\0') + "DICM");
        write(QStringLiteral("readme"), "no image");
        const Ran taken = run({QStringLiteral("import"), m_folder.filePath(QStringLiteral("in"))});
        QCOMPARE(taken.status, 1); // not everything went well
        const QJsonObject report = taken.json.object();
        QCOMPARE(report.value(QStringLiteral("stored")).toInt(), 2);
        QCOMPARE(report.value(QStringLiteral("notDicom")).toInt(), 1);
        QCOMPARE(report.value(QStringLiteral("faultCount")).toInt(), 2); // the cut one, and the conflict
        QStringList named;
        for (const QJsonValue &fault : report.value(QStringLiteral("faults")).toArray()) {
            named.append(fault[QStringLiteral("file")].toString());
            QVERIFY(!fault[QStringLiteral("code")].toString().isEmpty());
        }
        QVERIFY(named.contains(QStringLiteral("cut")));

        const QStringList node{QStringLiteral("node"), QStringLiteral("add"), QStringLiteral("house"),
            QStringLiteral("--host"), QStringLiteral("127.0.0.1"), QStringLiteral("--port"),
            QStringLiteral("1"), QStringLiteral("--ae"), QStringLiteral("HOUSE")};
        QCOMPARE(run(node).status, 0);
        const QStringList to{QStringLiteral("--node"), QStringLiteral("house")};
        const Ran asked = run(QStringList{QStringLiteral("send"), QStringLiteral("2.25.100")} + to);
        QVERIFY2(asked.status == 2 && asked.error.contains("ctl.SeveralStudies"), asked.error);
        const QJsonArray studies = report.value(QStringLiteral("studies")).toArray();
        QCOMPARE(studies.size(), 2);
        for (const QJsonValue &study : studies) // which they are is told
            QVERIFY2(asked.error.contains(study.toString().toUtf8()), asked.error);
        QCOMPARE(run({QStringLiteral("jobs")}).json.array().size(), 0);
        // By its id one of them goes; nobody is there to take it.
        const Ran sent = run(QStringList{QStringLiteral("send"), studies.first().toString()} + to);
        QCOMPARE(sent.status, 3);
        QCOMPARE(sent.json[QStringLiteral("state")].toString(), QStringLiteral("queued"));
        QVERIFY(sent.json[QStringLiteral("notCommitted")].isArray());
        // A UID that stands for one study is as good as its id.
        QCOMPARE(run({QStringLiteral("remove"), studies.last().toString()}).status, 0);
        QCOMPARE(run(QStringList{QStringLiteral("send"), QStringLiteral("2.25.100")} + to).status, 3);
        QVERIFY(run(QStringList{QStringLiteral("send"), QStringLiteral("2.25.10")} + to).status == 1);
    }
};

QTEST_GUILESS_MAIN(TestCtlPacs)
#include "tst_ctl_pacs.moc"
