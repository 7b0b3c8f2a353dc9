// The way of images out of a clinic: the same bytes, an index that others can follow, nothing unrecorded and
// nothing left behind.
#include "ImageFixture.h"

#include "core/archive/ZipReader.h"
#include "core/base/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/services/Errors.h"

#include <QDirIterator>
#include <QProcess>
#include <QStandardPaths>
#include <QtEndian>

using namespace naru;
using namespace naru::services;

class TestServicesImageExport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void folderHasTheBytesAndAnIndex();
    void archiveHasTheBytesAndAnIndex();
    void comesBackTheSame();
    void indexLeadsToEveryFile();
    void othersCanFollowTheIndex();
    void whatIsThereIsNotTouched();
    void failureLeavesNothing_data();
    void failureLeavesNothing();
    void stoppedLeavesNothing();
    void unknownStudy();
    void isRecorded();

private:
    QStringList filesBelow(const QString &folder) const
    {
        QStringList out;
        QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (it.hasNext())
            out.append(QDir(folder).relativeFilePath(it.next()));
        out.sort();
        return out;
    }
    std::unique_ptr<test::ImageClinic> m{};
    QString m_study{};
};

void TestServicesImageExport::init()
{
    m = std::make_unique<test::ImageClinic>();
    VERIFY_OK(m->openOffline());
    test::TestInstance image;
    image.patientName = "KIM^NARU==김^나루";
    m->series(QStringLiteral("cd/a"), 3, image);
    image.seriesUid = "2.25.100.2";
    image.seriesNumber = 2;
    m->series(QStringLiteral("cd/b"), 2, image);
    m->import({m->path(QStringLiteral("cd"))});
    m_study = m->study().key;
}

void TestServicesImageExport::cleanup()
{
    m.reset();
}

void TestServicesImageExport::folderHasTheBytesAndAnIndex()
{
    const QString out = m->path(QStringLiteral("out/disc"));
    const auto report = m->images().exportTo(m_study, out);
    VERIFY_OK(report);
    QCOMPARE(report->instances, 5);
    QVERIFY(report->directory);
    const QStringList files = filesBelow(out);
    QCOMPARE(files.size(), 6);
    QVERIFY(files.contains(QStringLiteral("DICOMDIR")));
    static const QRegularExpression name(QStringLiteral("\\A[A-Z0-9_]{1,8}(/[A-Z0-9_]{1,8}){0,7}\\z"));
    for (const QString &file : files)
        QVERIFY2(name.match(file).hasMatch(), qPrintable(file)); // PS3.10 8.2, and no patient in a name
    QCOMPARE(test::fileBytes(out + QStringLiteral("/DICOM/ST000001/SE000001/IM000002")),
        test::fileBytes(m->path(QStringLiteral("cd/a/IM00002"))));
}

void TestServicesImageExport::archiveHasTheBytesAndAnIndex()
{
    const QString out = m->path(QStringLiteral("out.zip"));
    VERIFY_OK(m->images().exportTo(m_study, out));
    const auto reader = archive::ZipReader::open(out);
    VERIFY_OK(reader);
    QCOMPARE((*reader)->count(), 6);
    QCOMPARE((*reader)->name(5), QStringLiteral("DICOMDIR"));
    QCOMPARE(**(*reader)->read(0), test::fileBytes(m->path(QStringLiteral("cd/a/IM00001"))));
}

void TestServicesImageExport::comesBackTheSame()
{
    const QString folder = m->path(QStringLiteral("disc")), archive = m->path(QStringLiteral("disc.zip"));
    VERIFY_OK(m->images().exportTo(m_study, folder));
    VERIFY_OK(m->images().exportTo(m_study, archive));
    for (const QString &path : {folder, archive}) {
        VERIFY_OK(m->images().remove(m->study().key));
        const ImportReport report = m->import({path});
        QCOMPARE(report.stored, 5);
        QCOMPARE(report.missing, 0); // all that the index names is there
        QVERIFY(report.faults.empty());
        QCOMPARE(m->study().instances, 5);
    }
}

void TestServicesImageExport::indexLeadsToEveryFile()
{
    const QString out = m->path(QStringLiteral("disc"));
    VERIFY_OK(m->images().exportTo(m_study, out));
    const QByteArray bytes = test::fileBytes(out + QStringLiteral("/DICOMDIR"));
    const auto pool = m->images().pool();
    const auto set = (*pool)->dataSet({{}, bytes});
    VERIFY_OK(set);
    QCOMPARE(set->integer(0x00041212), 0);
    // By the offsets, as a reader that does not read from front to end.
    const auto itemAt = [&bytes](quint32 offset) {
        return bytes.mid(offset, 4) == QByteArray("\xFE\xFF\x00\xE0", 4);
    };
    const auto link = [&bytes](quint32 offset, int element) { // 0x1400 or 0x1420, first in each record
        const qsizetype at = bytes.indexOf(
            QByteArray("\x04\x00", 2) + char(element & 0xFF) + char(element >> 8) + "UL", offset);
        return qFromLittleEndian<quint32>(bytes.constData() + at + 8);
    };
    const auto first = quint32(*set->number(0x00041200));
    QCOMPARE(quint32(*set->number(0x00041202)), first);
    QVERIFY(itemAt(first));
    QCOMPARE(link(first, 0x1400), 0u); // one patient
    const quint32 study = link(first, 0x1420);
    QVERIFY(itemAt(study));
    QList<int> counts;
    for (quint32 series = link(study, 0x1420); series; series = link(series, 0x1400)) {
        QVERIFY(itemAt(series));
        counts.append(0);
        for (quint32 image = link(series, 0x1420); image; image = link(image, 0x1400)) {
            QVERIFY(itemAt(image));
            QCOMPARE(link(image, 0x1420), 0u);
            ++counts.last();
        }
    }
    QCOMPARE(counts, (QList<int>{3, 2}));
    const auto &records = set->items(0x00041220);
    QCOMPARE(records.size(), std::size_t(9));
    QCOMPARE(records[0].text(imaging::attr::PatientName), QStringLiteral("KIM^NARU==김^나루"));
    QCOMPARE(records[3].text(0x00041430), QStringLiteral("IMAGE"));
    QCOMPARE(records[3].texts(0x00041500).join(QLatin1Char('/')),
        QStringLiteral("DICOM/ST000001/SE000001/IM000001"));
    QCOMPARE(records[3].text(0x00041511).toLatin1(), test::slice(0).sopUid);
}

void TestServicesImageExport::othersCanFollowTheIndex()
{
    const QString dump = QStandardPaths::findExecutable(QStringLiteral("dcmdump"));
    if (dump.isEmpty())
        QSKIP("dcmdump is not installed");
    const QString out = m->path(QStringLiteral("disc"));
    VERIFY_OK(m->images().exportTo(m_study, out));
    QProcess process;
    process.start(dump, {QStringLiteral("+U8"), out + QStringLiteral("/DICOMDIR")});
    QVERIFY(process.waitForFinished());
    const QByteArray text = process.readAllStandardOutput() + process.readAllStandardError();
    QVERIFY2(process.exitCode() == 0 && !text.contains("E: "), text.constData());
    QCOMPARE(text.count("DirectoryRecordType"), 9);
}

void TestServicesImageExport::whatIsThereIsNotTouched()
{
    const QString used = m->path(QStringLiteral("used"));
    test::writeFile(used + QStringLiteral("/.hidden"), "mine");
    QCOMPARE(m->images().exportTo(m_study, used).error().code, services::errors::ExportTarget);
    QCOMPARE(filesBelow(used), QStringList({QStringLiteral(".hidden")}));
    test::writeFile(m->path(QStringLiteral("used.zip")), "mine");
    QCOMPARE(m->images().exportTo(m_study, m->path(QStringLiteral("used.zip"))).error().code,
        services::errors::ExportTarget);
    QCOMPARE(test::fileBytes(m->path(QStringLiteral("used.zip"))), QByteArray("mine"));
    const QString empty = m->path(QStringLiteral("empty"));
    QDir().mkpath(empty);
    VERIFY_OK(m->images().exportTo(m_study, empty));
}

void TestServicesImageExport::failureLeavesNothing_data()
{
    QTest::addColumn<QString>("target");
    QTest::newRow("folder") << QStringLiteral("disc");
    QTest::newRow("archive") << QStringLiteral("disc.zip");
}

void TestServicesImageExport::failureLeavesNothing()
{
    QFETCH(QString, target);
    // One of the sealed files is damaged: better no disc than one that lacks an image.
    QDirIterator sealed(
        m->folder.filePath(QStringLiteral("data/images")), QDir::Files, QDirIterator::Subdirectories);
    QFile file(sealed.next());
    QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(100));
    file.write("damage");
    file.close();
    const auto report = m->images().exportTo(m_study, m->path(target));
    QVERIFY(!report.ok());
    QCOMPARE(QString::fromLatin1(report.error().code.id), QStringLiteral("security.SealBroken"));
    QVERIFY(!QFileInfo::exists(m->path(target)));
    QCOMPARE(QDir(m->media.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        QStringList({QStringLiteral("cd")}));
    QCOMPARE(m->acts(QStringLiteral("image.export")),
        QStringList({QStringLiteral("image.export success"), QStringLiteral("image.export minor")}));
}

void TestServicesImageExport::stoppedLeavesNothing()
{
    for (const QString &target : {QStringLiteral("disc"), QStringLiteral("disc.zip")}) {
        for (const int after : {1, 3, 5, 8}) {
            std::stop_source stop;
            const base::WorkContext work(stop.get_token(), [&](const base::Progress &progress) {
                if (progress.done >= after)
                    stop.request_stop();
            });
            const auto report = m->images().exportTo(m_study, m->path(target), work);
            if (report.ok())
                continue; // too late to stop
            QCOMPARE(report.error().code, base::errors::Stopped);
            QVERIFY(!QFileInfo::exists(m->path(target)));
        }
        QFile::remove(m->path(target));
    }
}

void TestServicesImageExport::unknownStudy()
{
    QCOMPARE(m->images().exportTo(QStringLiteral("none"), m->path(QStringLiteral("x"))).error().code,
        services::errors::NoStudy);
    QVERIFY(!QFileInfo::exists(m->path(QStringLiteral("x"))));
}

void TestServicesImageExport::isRecorded()
{
    VERIFY_OK(m->images().exportTo(m_study, m->path(QStringLiteral("disc"))));
    QCOMPARE(m->acts(QStringLiteral("image.export")), QStringList({QStringLiteral("image.export success")}));
}

QTEST_GUILESS_MAIN(TestServicesImageExport)
#include "tst_services_image_export.moc"
