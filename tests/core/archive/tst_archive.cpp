// ZIP archives from outside, honest and hostile, and our own.
#include "core/archive/Errors.h"
#include "core/archive/ZipReader.h"
#include "core/archive/ZipWriter.h"
#include "core/base/Errors.h"
#include "tests/support/ZipBytes.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace naru;
using archive::ZipReader;
using testsupport::zipBytes;
using testsupport::ZipPlain;

class TestArchive : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsWhatIsWanted();
    void refusesMoreEntriesThanAllowed();
    void stopsBombs();
    void countsAllEntriesTogether();
    void believesNoSize_data();
    void believesNoSize();
    void saysWhenAPasswordIsNeeded();
    void brokenArchives();
    void writesAndReadsBack();
    void leavesNothingWhenAPartFails();
    void stopsWritingOnRequest();

private:
    QString file(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QString::number(++m_count) + QStringLiteral(".zip"));
        QFile out(path);
        if (out.open(QIODevice::WriteOnly))
            out.write(bytes);
        return path;
    }
    QTemporaryDir m_folder{};
    int m_count = 0;
};

void TestArchive::readsWhatIsWanted()
{
    const QByteArray text = QByteArray("wanted ") + QByteArray(100'000, 'x');
    const auto reader = ZipReader::open(
        file(zipBytes({{"a/", {}, false}, {"../../a", text}, {"b", "not this one"}, {"c", {}, false}})));
    QVERIFY(reader.ok());
    QCOMPARE((*reader)->count(), 4);
    QCOMPARE((*reader)->name(1), QStringLiteral("../../a"));
    const auto wanted = [](QByteArrayView head) { return head.startsWith(QByteArrayView("wanted")); };
    QVERIFY(!(*reader)->read(0)->has_value());
    QCOMPARE(**(*reader)->read(1, wanted), text);
    QVERIFY(!(*reader)->read(2, wanted)->has_value());
    QCOMPARE(**(*reader)->read(3), QByteArray());
    QVERIFY(!(*reader)->read(4).ok());
    QVERIFY(!(*reader)->read(-1).ok());
}

void TestArchive::refusesMoreEntriesThanAllowed()
{
    QList<ZipPlain> entries;
    for (int i = 0; i < 101; ++i)
        entries.append({QByteArray::number(i), "x", false});
    archive::ZipLimits limits;
    limits.entries = 100;
    const auto reader = ZipReader::open(file(zipBytes(entries)), limits);
    QVERIFY(!reader.ok());
    QCOMPARE(reader.error().code, archive::errors::TooMany);
}

void TestArchive::stopsBombs()
{
    // 96 MiB of zeros in about 96 KiB.
    const QString path = file(zipBytes({{"bomb", QByteArray(96 * 1024 * 1024, '\0')}}));
    QVERIFY(QFileInfo(path).size() < 512 * 1024);
    const auto reader = ZipReader::open(path);
    const auto read = (*reader)->read(0);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, archive::errors::TooLarge);
}

void TestArchive::countsAllEntriesTogether()
{
    archive::ZipLimits limits;
    limits.totalBytes = 250;
    const QByteArray each(100, 'x');
    const auto reader =
        ZipReader::open(file(zipBytes({{"a", each, false}, {"b", each, false}, {"c", each, false}})), limits);
    QVERIFY((*reader)->read(0).ok());
    QVERIFY((*reader)->read(1).ok());
    const auto third = (*reader)->read(2);
    QVERIFY(!third.ok());
    QCOMPARE(third.error().code, archive::errors::TooLarge);
}

void TestArchive::believesNoSize_data()
{
    QTest::addColumn<bool>("deflate");
    QTest::addColumn<qint64>("says");
    QTest::addColumn<bool>("wrongSum");
    QTest::newRow("more than it has") << true << qint64(1'000'000) << false;
    QTest::newRow("less than it has") << true << qint64(10) << false;
    QTest::newRow("nothing") << true << qint64(0) << false;
    QTest::newRow("4 GiB") << true << qint64(0xFFFFFFFE) << false;
    QTest::newRow("wrong sum") << true << qint64(-1) << true;
    QTest::newRow("stored, wrong sum") << false << qint64(-1) << true;
    QTest::newRow("stored, more than it has") << false << qint64(1'000'000) << false;
}

void TestArchive::believesNoSize()
{
    QFETCH(bool, deflate);
    QFETCH(qint64, says);
    QFETCH(bool, wrongSum);
    const auto reader =
        ZipReader::open(file(zipBytes({{"a", QByteArray(50'000, 'x'), deflate, says, wrongSum}})));
    if (!reader) { // refused as a whole: as good
        QCOMPARE(reader.error().code, archive::errors::Broken);
        return;
    }
    const auto read = (*reader)->read(0);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, archive::errors::Broken);
}

void TestArchive::saysWhenAPasswordIsNeeded()
{
    ZipPlain entry{"a", "secret", false};
    entry.encrypted = true;
    const auto read = (*ZipReader::open(file(zipBytes({entry}))))->read(0);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code, archive::errors::Encrypted);
}

void TestArchive::brokenArchives()
{
    const QByteArray whole = zipBytes({{"a", QByteArray(5000, 'x')}, {"b", "y"}});
    QVERIFY(!ZipReader::open(m_folder.filePath(QStringLiteral("none.zip"))).ok());
    QVERIFY(!ZipReader::open(file("PK\x03\x04 and nothing")).ok());
    // Cut and flipped anywhere: an error or the bytes, never anything else.
    for (qsizetype cut = 0; cut < whole.size(); cut += 7) {
        if (const auto reader = ZipReader::open(file(whole.left(cut))))
            (void)(*reader)->read(0);
        QByteArray flipped = whole;
        flipped[cut] = char(flipped[cut] ^ 0x41);
        const auto reader = ZipReader::open(file(flipped));
        const auto read =
            reader ? (*reader)->read(0) : base::Result<std::optional<QByteArray>>(reader.error());
        QVERIFY(!read || !read->has_value() || **read == QByteArray(5000, 'x'));
    }
}

void TestArchive::writesAndReadsBack()
{
    const QString path = m_folder.filePath(QStringLiteral("ours.zip"));
    const QByteArray first(100'000, 'x');
    int made = 0;
    const auto part = [&made](const QByteArray &bytes) {
        return [&made, bytes]() -> base::Result<QByteArray> {
            ++made;
            return bytes;
        };
    };
    QVERIFY(archive::writeZip(path,
        {{QStringLiteral("DICOM/A"), part(first)}, {QStringLiteral("DICOM/B"), part({})},
            {QStringLiteral("DICOMDIR"), part("index")}})
                .ok());
    QCOMPARE(made, 3);
    // Names and pictures of a patient: for whoever made it alone, as the files of a folder are.
    const auto others =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QVERIFY(!(QFile::permissions(path) & others));
    const auto reader = ZipReader::open(path);
    QVERIFY(reader.ok());
    QCOMPARE((*reader)->count(), 3);
    QCOMPARE((*reader)->name(0), QStringLiteral("DICOM/A"));
    QCOMPARE(**(*reader)->read(0), first);
    QCOMPARE(**(*reader)->read(1), QByteArray());
    QCOMPARE(**(*reader)->read(2), QByteArray("index"));
    QVERIFY(QFileInfo(path).size() < 10'000);
    QVERIFY2(
        !archive::writeZip(path, {{QStringLiteral("A"), part("x")}}).ok(), "an existing file is replaced");
}

void TestArchive::leavesNothingWhenAPartFails()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("ours.zip"));
    const auto status = archive::writeZip(path,
        {{QStringLiteral("A"), []() -> base::Result<QByteArray> { return QByteArray(100'000, 'x'); }},
            {QStringLiteral("B"), []() -> base::Result<QByteArray> { return base::errors::TooLarge; }}});
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, base::errors::TooLarge);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TestArchive::stopsWritingOnRequest()
{
    QTemporaryDir folder;
    std::stop_source stop;
    const auto status = archive::writeZip(folder.filePath(QStringLiteral("ours.zip")),
        {{QStringLiteral("A"),
             [&stop]() -> base::Result<QByteArray> {
                 stop.request_stop();
                 return QByteArray("x");
             }},
            {QStringLiteral("B"), []() -> base::Result<QByteArray> { return QByteArray("y"); }}},
        base::WorkContext(stop.get_token()));
    QVERIFY(!status.ok());
    QCOMPARE(status.error().code, base::errors::Stopped);
    QVERIFY(QDir(folder.path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestArchive)
#include "tst_archive.moc"
