// `naructl image anonymize` as scripts see it: a folder in, a folder of nameless copies out.
#include "tests/core/imaging/read/TestImage.h"

#include <QDir>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace naru::imaging::test;

class TestCtlAnonymize : public QObject {
    Q_OBJECT

    struct Ran {
        int status = -1;
        QJsonObject json{};
        QByteArray error{};
    };
    static Ran anonymize(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(NARU_BINARY_DIR "/bin/naructl"),
            QStringList{QStringLiteral("--json"), QStringLiteral("image"), QStringLiteral("anonymize")}
                + arguments);
        if (!process.waitForFinished(20'000 * NARU_TIME_FACTOR))
            return {};
        return {process.exitCode(), QJsonDocument::fromJson(process.readAllStandardOutput()).object(),
            process.readAllStandardError()};
    }
    void write(const QString &name, const QByteArray &bytes)
    {
        QDir(m_folder.path()).mkpath(QFileInfo(name).path());
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    static QByteArray image(const QByteArray &number, DicomWriter::Encoding encoding, const char *syntax)
    {
        TestImage image{.encoding = encoding, .syntax = syntax};
        image.pixels = words({1, 2, 3, 4, 5, 6}, encoding);
        image.before = DicomWriter(encoding)
                           .text(0x00080016, "UI", uid("sopCt"))
                           .text(0x00080018, "UI", "2.25.31337" + number)
                           .text(0x00080060, "CS", "CT")
                           .text(0x00100010, "PN", "Hong^Gildong")
                           .text(0x00100020, "LO", "P-0042-7781")
                           .text(0x0020000D, "UI", "2.25.3133700")
                           .dataSet();
        return image.file();
    }
    QTemporaryDir m_folder;

private Q_SLOTS:
    void folderToFolder()
    {
        using Encoding = DicomWriter::Encoding;
        write(QStringLiteral("in/Gildong/1"), image("1", Encoding::ExplicitLE, "tsExplicitLE"));
        write(QStringLiteral("in/Gildong/2"), image("2", Encoding::ExplicitBE, "tsExplicitBE"));
        write(QStringLiteral("in/Gildong/3"), image("3", Encoding::ImplicitLE, "tsImplicitLE"));
        write(QStringLiteral("in/README.TXT"), "hello Gildong");
        const QString out = m_folder.filePath(QStringLiteral("in/out")); // inside of what is read
        const Ran ran = anonymize({m_folder.filePath(QStringLiteral("in")), QStringLiteral("-o"), out});
        QVERIFY2(ran.status == 0, ran.error);
        QCOMPARE(ran.json.value(QStringLiteral("written")).toInt(), 3);
        QCOMPARE(ran.json.value(QStringLiteral("failed")).toInt(), 0);
        QCOMPARE(ran.json.value(QStringLiteral("files")).toArray().size(), 3);
        QCOMPARE(QDir(out).entryList(QDir::Files).size(), 3);
        QSet<QString> studies;
        for (const QString &name : QDir(out).entryList(QDir::Files)) {
            QVERIFY(!name.contains(QStringLiteral("Gildong")));
            QFile file(QDir(out).filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            for (const char *secret : {"Gildong", "P-0042-7781", "2.25.31337"})
                QVERIFY2(!bytes.contains(secret), secret);
            auto instance = openBytes(bytes);
            QVERIFY(instance);
            QCOMPARE(samplesOf<quint16>(**instance), (QList<quint16>{1, 2, 3, 4, 5, 6}));
            studies.insert((*instance)->facts().studyUid);
        }
        QCOMPARE(studies.size(), 1); // three slices of one study still are
    }

    void whatCannotBeDone()
    {
        write(QStringLiteral("cut"), image("9", DicomWriter::Encoding::ExplicitLE, "tsExplicitLE"));
        write(QStringLiteral("text"), "hello");
        const QByteArray pdf = DicomWriter()
                                   .text(0x00080016, "UI", uid("sopPdf"))
                                   .text(0x00080018, "UI", "2.25.1")
                                   .put(0x00420011, "OB", "%PDF")
                                   .dataSet();
        write(QStringLiteral("pdf"), DicomWriter::file(pdf, uid("tsExplicitLE"), uid("sopPdf")));
        Ran ran = anonymize({m_folder.filePath(QStringLiteral("cut")),
            m_folder.filePath(QStringLiteral("text")), m_folder.filePath(QStringLiteral("pdf")),
            QStringLiteral("-o"), m_folder.filePath(QStringLiteral("o1"))});
        QCOMPARE(ran.status, 1);
        QCOMPARE(ran.json.value(QStringLiteral("written")).toInt(), 1);
        QCOMPARE(ran.json.value(QStringLiteral("failed")).toInt(), 2);
        const QJsonArray rows = ran.json.value(QStringLiteral("files")).toArray();
        QCOMPARE(
            rows[1].toObject().value(QStringLiteral("code")).toString(), QStringLiteral("imaging.NotDicom"));
        QCOMPARE(rows[2].toObject().value(QStringLiteral("code")).toString(),
            QStringLiteral("imaging.EmbeddedDocument"));
        QCOMPARE(QDir(m_folder.filePath(QStringLiteral("o1"))).entryList(QDir::Files).size(), 1);
        const QString again = m_folder.filePath(QStringLiteral("o1"));
        const QString cut = m_folder.filePath(QStringLiteral("cut")),
                      dir = m_folder.filePath(QStringLiteral("o2"));
        QCOMPARE(anonymize({cut, QStringLiteral("-o"), again}).status, 2); // nothing is written over
        QCOMPARE(anonymize({cut}).status, 2);
        QCOMPARE(
            anonymize({cut, QStringLiteral("-o"), dir, QStringLiteral("--keep"), QStringLiteral("names")})
                .status,
            2);
        QCOMPARE(anonymize({cut, QStringLiteral("-o"), dir, QStringLiteral("--keep"), QStringLiteral("dates"),
                               QStringLiteral("--shift-days"), QStringLiteral("5")})
                     .status,
            2);
        ran = anonymize(
            {cut, QStringLiteral("-o"), dir, QStringLiteral("--keep"), QStringLiteral("device,uids")});
        QCOMPARE(ran.status, 0);
    }
};

QTEST_GUILESS_MAIN(TestCtlAnonymize)
#include "tst_ctl_anonymize.moc"
