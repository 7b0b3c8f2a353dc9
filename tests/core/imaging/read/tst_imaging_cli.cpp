// `naructl image info` as scripts see it: the fields of the contract, folders, files that are no images.
#include "tests/core/imaging/read/TestImage.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace naru::imaging::test;

class TestImagingCli : public QObject {
    Q_OBJECT

    struct Ran {
        int status = -1;
        QJsonArray rows{};
        QByteArray text{};
    };
    static Ran info(const QStringList &files, bool json = true)
    {
        QProcess process;
        process.start(QStringLiteral(NARU_BINARY_DIR "/bin/naructl"),
            (json ? QStringList{QStringLiteral("--json")} : QStringList())
                + QStringList{QStringLiteral("image"), QStringLiteral("info")} + files);
        if (!process.waitForFinished(20'000 * NARU_TIME_FACTOR))
            return {};
        Ran out;
        out.status = process.exitCode();
        out.text = process.readAllStandardOutput();
        out.rows = QJsonDocument::fromJson(out.text).array();
        return out;
    }
    QString write(const QString &name, const QByteArray &bytes)
    {
        QDir(m_folder.path()).mkpath(QFileInfo(name).path());
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    QTemporaryDir m_folder;

private Q_SLOTS:
    void fieldsOfTheContract()
    {
        TestImage image;
        image.pixels = words({1, 2, 3, 4, 5, 6});
        image.before = DicomWriter()
                           .text(0x00080005, "CS", "ISO_IR 149")
                           .text(0x00080016, "UI", uid("sopSegmentation"))
                           .text(0x00080018, "UI", "2.25.3")
                           .text(0x00100010, "PN", "\xC8\xAB^\xB1\xE6\xB5\xBF")
                           .text(0x0020000D, "UI", "2.25.1")
                           .text(0x0020000E, "UI", "2.25.2")
                           .dataSet();
        const Ran ran = info({write(QStringLiteral("one.dcm"), image.file())});
        QCOMPARE(ran.status, 0);
        QCOMPARE(ran.rows.size(), 1);
        const QJsonObject row = ran.rows.first().toObject();
        const auto text = [&row](const char *key) { return row.value(QLatin1String(key)).toString(); };
        QCOMPARE(row.value(QStringLiteral("decodable")), QJsonValue(true));
        QCOMPARE(row.value(QStringLiteral("rows")).toInt(), 2);
        QCOMPARE(row.value(QStringLiteral("columns")).toInt(), 3);
        QCOMPARE(row.value(QStringLiteral("frames")).toInt(), 1);
        QCOMPARE(row.value(QStringLiteral("bits")).toInt(), 12);
        QCOMPARE(text("photometric"), QStringLiteral("MONOCHROME2"));
        QCOMPARE(text("patientName"), QStringLiteral("홍^길동"));
        QCOMPARE(text("transferSyntax"), QString::fromLatin1(uid("tsExplicitLE")));
        QCOMPARE(text("sopClass"), QString::fromLatin1(uid("sopSegmentation")));
        QCOMPARE(text("studyUid"), QStringLiteral("2.25.1"));
        QCOMPARE(text("seriesUid"), QStringLiteral("2.25.2"));
        QCOMPARE(text("sopUid"), QStringLiteral("2.25.3"));
        QCOMPARE(row.value(QStringLiteral("notes")).toArray().size(), 1);
        QVERIFY(text("file").endsWith(QStringLiteral("one.dcm")));
    }

    void foldersAndStrangers()
    {
        TestImage image;
        image.pixels = words({1, 2, 3, 4, 5, 6});
        write(QStringLiteral("disc/b/2"), image.file());
        write(QStringLiteral("disc/a/1"), image.file());
        write(QStringLiteral("disc/README.TXT"), "hello");
        write(QStringLiteral("disc/b/cut"), image.file().chopped(3));
        Ran ran = info({m_folder.filePath(QStringLiteral("disc"))});
        QCOMPARE(ran.status, 0);
        QCOMPARE(ran.rows.size(), 3); // the text is passed over
        QVERIFY(
            ran.rows[0].toObject().value(QStringLiteral("file")).toString().endsWith(QStringLiteral("a/1")));
        QCOMPARE(ran.rows[2].toObject().value(QStringLiteral("whyNot")).toString(),
            QStringLiteral("imaging.PixelsTruncated"));
        // Named, it is reported, and the answer is no.
        ran = info({m_folder.filePath(QStringLiteral("disc/README.TXT")), QStringLiteral("/nowhere")});
        QCOMPARE(ran.status, 1);
        QCOMPARE(ran.rows.size(), 2);
        QCOMPARE(ran.rows[0].toObject().value(QStringLiteral("whyNot")).toString(),
            QStringLiteral("imaging.NotDicom"));
        QCOMPARE(ran.rows[0].toObject().value(QStringLiteral("decodable")), QJsonValue(false));
        QCOMPARE(ran.rows[1].toObject().value(QStringLiteral("whyNot")).toString(),
            QStringLiteral("imaging.File"));
        QCOMPARE(info({}).status, 2);
        ran = info({m_folder.filePath(QStringLiteral("disc/a/1"))}, false);
        QVERIFY(ran.status == 0 && ran.text.contains("3x2x1"));
    }
};

QTEST_GUILESS_MAIN(TestImagingCli)
#include "tst_imaging_cli.moc"
