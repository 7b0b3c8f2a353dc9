// The way of images into a clinic: folders, discs, archives, what is wrong with them, and whose they are.
#include "ImageFixture.h"

#include "core/base/Errors.h"
#include "core/services/Errors.h"
#include "tests/support/ZipBytes.h"

#include <QDirIterator>

#include <atomic>
#include <sys/stat.h>
#include <thread>

#include <unistd.h>

using namespace naru;
using namespace naru::services;
using testsupport::zipBytes;
using testsupport::ZipPlain;

class TestServicesImages : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void folderIsImportedAndListed();
    void bytesAreThoseOfTheFile();
    void instancesAreInOrderWithFacts();
    void likelyFirstIsTheMiddleHoweverTheyCame();
    void onceIsEnough();
    void otherThingsOnADisc();
    void withoutPreamble();
    void linksAreNotFollowed();
    void pathThatIsNotThere();
    void archiveIsImported();
    void hostileArchives_data();
    void hostileArchives();
    void discWithIndex_data();
    void discWithIndex();
    void stopKeepsWhatIsComplete();
    void firstImagesComeBeforeTheLast();
    void sameIdentifierOtherBytes();
    void damagedFilesHurtNobody();
    void decoderThatIsMissing();

private:
    std::unique_ptr<test::ImageClinic> m{};
};

void TestServicesImages::init()
{
    m = std::make_unique<test::ImageClinic>();
    VERIFY_OK(m->openOffline());
}

void TestServicesImages::cleanup()
{
    m.reset();
}

void TestServicesImages::folderIsImportedAndListed()
{
    const QString folder = m->series(QStringLiteral("cd/a"), 5);
    test::TestInstance scout;
    scout.seriesUid = "2.25.100.2";
    scout.seriesNumber = 2;
    scout.modality = "SR";
    m->series(QStringLiteral("cd/b/deeper"), 2, scout);
    const ImportReport report = m->import({m->path(QStringLiteral("cd"))});
    QCOMPARE(report.files, 7);
    QCOMPARE(report.total, 7);
    QCOMPARE(report.stored, 7);
    QCOMPARE(report.studies, 1);
    QVERIFY(report.faults.empty() && !report.stopped);
    const StudyRow study = m->study();
    QCOMPARE(study.key, report.studyKeys.value(0));
    QCOMPARE(study.studyUid, QStringLiteral("2.25.100"));
    QCOMPARE(study.patientName, QStringLiteral("KIM^NARU"));
    QCOMPARE(study.patientId, QStringLiteral("20261122-017"));
    QCOMPARE(study.birthDate, QStringLiteral("19610302"));
    QCOMPARE(study.date, QStringLiteral("20261120"));
    QCOMPARE(study.description, QStringLiteral("CHEST CT"));
    QCOMPARE(study.institution, QStringLiteral("Test Hospital"));
    QCOMPARE(study.source, QStringLiteral("import"));
    QCOMPARE(
        QSet<QString>({QStringLiteral("CT, SR"), QStringLiteral("SR, CT")}).contains(study.modalities), true);
    QCOMPARE(study.series, 2);
    QCOMPARE(study.instances, 7);
    QCOMPARE(study.match, ImageMatch::Unmatched);
    const auto series = m->images().series(study.key);
    QCOMPARE(series.size(), std::size_t(2));
    QCOMPARE(series[0].number, 1);
    QCOMPARE(series[0].instances, 5);
    QCOMPARE(series[0].frames, 5);
    QCOMPARE(series[0].description, QStringLiteral("AXIAL"));
    QCOMPARE(series[1].modality, QStringLiteral("SR"));
    // And for the next program on this profile.
    m->profile.reset();
    VERIFY_OK(m->openOffline());
    QCOMPARE(m->study().instances, 7);
}

void TestServicesImages::bytesAreThoseOfTheFile()
{
    m->import({m->series(QStringLiteral("cd"), 2)});
    const auto rows = m->images().instances(m->images().series(m->study().key).front().key);
    QCOMPARE(rows.size(), std::size_t(2));
    for (int i = 0; i < 2; ++i) {
        const auto source = m->images().source(rows[std::size_t(i)].key);
        VERIFY_OK(source);
        QVERIFY(source->path.isEmpty());
        QCOMPARE(source->bytes, test::slice(i).file());
        const auto again = m->images().source(rows[std::size_t(i)].key);
        QCOMPARE(again->bytes.constData(), source->bytes.constData()); // the pool knows it by its address
        const auto pool = m->images().pool();
        VERIFY_OK(pool);
        const auto frame = (*pool)->frame(*source, 0);
        VERIFY_OK(frame);
        QCOMPARE(frame->shape.rows, 16);
    }
    QCOMPARE(m->images().source(QStringLiteral("none")).error().code, services::errors::NoImage);
}

void TestServicesImages::instancesAreInOrderWithFacts()
{
    m->import({m->series(QStringLiteral("cd"), 12)});
    const auto rows = m->images().instances(m->images().series(m->study().key).front().key);
    QCOMPARE(rows.size(), std::size_t(12));
    const auto pool = m->images().pool();
    for (int i = 0; i < 12; ++i) {
        const InstanceRow &row = rows[std::size_t(i)];
        QCOMPARE(row.number, i + 1);
        QCOMPARE(row.sopUid.toLatin1(), test::slice(i).sopUid);
        const auto facts = (*pool)->facts({{}, test::slice(i).file()});
        VERIFY_OK(facts);
        QCOMPARE(row.facts, *facts); // nothing is lost between the decoder and the store
        QCOMPARE(row.facts.frame(0).position[2], i * 2.5);
    }
}

void TestServicesImages::likelyFirstIsTheMiddleHoweverTheyCame()
{
    const auto arrive = [this](const QList<int> &order, const char *study) {
        test::TestInstance like;
        like.studyUid = study;
        like.seriesUid = QByteArray(study) + ".1";
        for (const int number : order) {
            test::TestInstance one = test::slice(number, like);
            one.sopUid = like.seriesUid + '.' + QByteArray::number(number);
            VERIFY_OK(m->images().put(one.file(), QStringLiteral("test"), true));
        }
        services::StudyFilter filter;
        filter.studyUid = QString::fromLatin1(study);
        const QString key = m->images().studies(filter).front().key;
        const auto rows = m->images().instances(m->images().series(key).front().key);
        QCOMPARE(rows.size(), std::size_t(order.size()));
        const std::size_t wanted = order.size() < 5 ? 0 : std::size_t(order.size()) / 2;
        for (std::size_t i = 0; i < rows.size(); ++i)
            QCOMPARE(rows[i].number, int(i) + 1);
        QCOMPARE(m->images().likelyFirst(key), rows[wanted].key);
    };
    arrive({0, 1, 2, 3, 4, 5, 6, 7, 8}, "2.25.701");
    arrive({8, 7, 6, 5, 4, 3, 2, 1, 0}, "2.25.702");
    arrive({3, 9, 0, 5, 7, 1, 8, 2, 6, 4}, "2.25.703");
    arrive({1, 0}, "2.25.704"); // two views: the first of them
    QCOMPARE(m->images().likelyFirst(QStringLiteral("none")), QString());
}

void TestServicesImages::onceIsEnough()
{
    const QString folder = m->series(QStringLiteral("cd"), 5);
    m->import({folder});
    const ImportReport again = m->import({folder, folder});
    QCOMPARE(again.files, 5);
    QCOMPARE(again.known, 5);
    QCOMPARE(again.stored, 0);
    QCOMPARE(again.studies, 1);
    QVERIFY(again.faults.empty());
    QCOMPARE(m->study().instances, 5);
    // Two copies on one disc.
    m->series(QStringLiteral("two/a"), 3, {.studyUid = "2.25.200", .seriesUid = "2.25.200.1"});
    m->series(QStringLiteral("two/b"), 3, {.studyUid = "2.25.200", .seriesUid = "2.25.200.1"});
    const ImportReport copies = m->import({m->path(QStringLiteral("two"))});
    QCOMPARE(copies.stored, 3);
    QCOMPARE(copies.known, 3);
}

void TestServicesImages::otherThingsOnADisc()
{
    m->series(QStringLiteral("cd/DICOM"), 3);
    test::writeFile(m->path(QStringLiteral("cd/autorun.inf")), "[autorun]");
    test::writeFile(m->path(QStringLiteral("cd/viewer.exe")), QByteArray("MZ") + QByteArray(5000, '\0'));
    test::writeFile(m->path(QStringLiteral("cd/empty")), {});
    test::writeFile(
        m->path(QStringLiteral("cd/liar.dcm")), QByteArray("\x08\0\5\0CS", 6) + QByteArray(50, 'x'));
    const ImportReport report = m->import({m->path(QStringLiteral("cd"))});
    QCOMPARE(report.stored, 3);
    QCOMPARE(report.files, 7);
    QCOMPARE(report.notDicom + int(report.faults.size()), 4); // the liar may be called damaged
    QVERIFY(report.notDicom >= 3);
}

void TestServicesImages::withoutPreamble()
{
    test::TestInstance plain;
    plain.preamble = false;
    m->series(QStringLiteral("cd"), 2, plain);
    QCOMPARE(m->import({m->path(QStringLiteral("cd"))}).stored, 2);
    QCOMPARE(m->study().description, QStringLiteral("CHEST CT"));
}

void TestServicesImages::linksAreNotFollowed()
{
    const QString outside = m->series(QStringLiteral("outside"), 2);
    m->series(QStringLiteral("cd"), 1, {.sopUid = "2.25.5"});
    QVERIFY(QFile::link(outside, m->path(QStringLiteral("cd/folder"))));
    QVERIFY(QFile::link(outside + QStringLiteral("/IM00001"), m->path(QStringLiteral("cd/file"))));
    QVERIFY(QFile::link(m->path(QStringLiteral("cd")), m->path(QStringLiteral("cd/itself"))));
    QCOMPARE(::mkfifo(QFile::encodeName(m->path(QStringLiteral("cd/pipe"))).constData(), 0600), 0);
    const ImportReport report = m->import({m->path(QStringLiteral("cd"))});
    QCOMPARE(report.files, 1);
    QCOMPARE(report.stored, 1);
}

void TestServicesImages::pathThatIsNotThere()
{
    const auto report = m->images().import({m->path(QStringLiteral("nowhere"))}, {}, {});
    QVERIFY(!report.ok());
    QCOMPARE(report.error().code, services::errors::NoPath);
    const auto noChart = m->images().import({m->series(QStringLiteral("cd"), 1)}, QStringLiteral("none"), {});
    QCOMPARE(noChart.error().code, services::errors::NoPatient);
    QVERIFY(m->images().studies().empty());
}

void TestServicesImages::archiveIsImported()
{
    QList<ZipPlain> entries{{"DICOM/", {}, false}, {"readme.txt", "hello"}};
    for (int i = 0; i < 5; ++i)
        entries.append({"DICOM/IM" + QByteArray::number(i), test::slice(i).file()});
    entries.append({"../../../tmp/escape.dcm", test::slice(5).file(), false});
    entries.append({"inner.zip", zipBytes({{"a", test::slice(6).file()}})});
    test::writeFile(m->path(QStringLiteral("images.zip")), zipBytes(entries));
    const ImportReport report = m->import({m->path(QStringLiteral("images.zip"))});
    QCOMPARE(report.stored, 6);
    QCOMPARE(report.notDicom, 2); // a text, and an archive inside the archive
    QVERIFY(report.faults.empty());
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/escape.dcm")));
    QCOMPARE(m->study().instances, 6);
}

void TestServicesImages::hostileArchives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("stored");
    const QByteArray good = test::slice(0).file();
    QTest::newRow("bomb") << zipBytes(
        {{"a", good}, {"b", test::slice(1).file() + QByteArray(90 << 20, '\0')}})
                          << QByteArray("archive.TooLarge") << 1;
    QList<ZipPlain> many;
    for (int i = 0; i < 70'000; ++i)
        many.append({QByteArray::number(i), "x", false});
    QByteArray counted = zipBytes(many);
    QTest::newRow("70,000 entries, 65,535 counted") << counted << QByteArray() << 0;
    ZipPlain liar{"b", test::slice(1).file()};
    liar.saysSize = 100;
    QTest::newRow("says less") << zipBytes({{"a", good}, liar}) << QByteArray("archive.Broken") << 1;
    liar.saysSize = 0x7FFFFFFF;
    QTest::newRow("says more") << zipBytes({{"a", good}, liar}) << QByteArray("archive.Broken") << 1;
    ZipPlain locked{"b", test::slice(1).file(), false};
    locked.encrypted = true;
    QTest::newRow("locked") << zipBytes({{"a", good}, locked}) << QByteArray("archive.Encrypted") << 1;
    QTest::newRow("cut") << zipBytes({{"a", good}}).chopped(30) << QByteArray("archive.Broken") << 0;
}

void TestServicesImages::hostileArchives()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, code);
    QFETCH(int, stored);
    test::writeFile(m->path(QStringLiteral("evil.zip")), bytes);
    QElapsedTimer clock;
    clock.start();
    const ImportReport report = m->import({m->path(QStringLiteral("evil.zip"))});
    QVERIFY2(clock.elapsed() < 4000 * NARU_TIME_FACTOR, qPrintable(QString::number(clock.elapsed())));
    QCOMPARE(report.stored, stored);
    QVERIFY(report.files <= 65'535);
    if (code.isEmpty())
        return;
    QCOMPARE(report.faults.size(), std::size_t(1));
    QCOMPARE(report.faults.front().code, QString::fromLatin1(code));
    QVERIFY(report.faults.front().file.startsWith(QLatin1String("evil.zip")));
}

namespace {
// A DICOMDIR that names the files of paths like {"DICOM", "IM1"}.
QByteArray dicomdir(const QList<QByteArrayList> &paths)
{
    QList<QByteArray> records;
    for (const QByteArrayList &path : paths) {
        testsupport::DicomWriter record;
        record.ul(0x00041400, {0})
            .us(0x00041410, {0xFFFF})
            .ul(0x00041420, {0})
            .text(0x00041430, "CS", "IMAGE");
        record.text(0x00041500, "CS", path.join('\\'));
        records.append(record.dataSet());
    }
    testsupport::DicomWriter w;
    w.text(0x00041130, "CS", "TEST").ul(0x00041200, {0}).ul(0x00041202, {0}).us(0x00041212, {0});
    w.sequence(0x00041220, records);
    return testsupport::DicomWriter::file(w.dataSet(), base::oid("tsExplicitLE").text().toLatin1(),
        base::oid("sopDirectory").text().toLatin1(), "2.25.3");
}
} // namespace

void TestServicesImages::discWithIndex_data()
{
    QTest::addColumn<QString>("index");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<bool>("openIndex");
    QTest::newRow("as written") << QStringLiteral("DICOMDIR") << QStringLiteral("DICOM") << QString()
                                << false;
    QTest::newRow("lower case") << QStringLiteral("dicomdir") << QStringLiteral("dicom") << QString()
                                << false;
    QTest::newRow("ISO version") << QStringLiteral("DICOMDIR") << QStringLiteral("DICOM")
                                 << QStringLiteral(";1") << false;
    QTest::newRow("dot") << QStringLiteral("DICOMDIR") << QStringLiteral("DICOM") << QStringLiteral(".")
                         << false;
    QTest::newRow("in a folder") << QStringLiteral("export/Dicomdir") << QStringLiteral("export/DICOM")
                                 << QString() << false;
    QTest::newRow("index opened") << QStringLiteral("DICOMDIR") << QStringLiteral("DICOM") << QString()
                                  << true;
}

void TestServicesImages::discWithIndex()
{
    QFETCH(QString, index);
    QFETCH(QString, folder);
    QFETCH(QString, suffix);
    QFETCH(bool, openIndex);
    for (int i = 0; i < 3; ++i)
        test::writeFile(
            m->path(QStringLiteral("cd/%1/im%2%3").arg(folder).arg(i).arg(suffix)), test::slice(i).file());
    test::writeFile(m->path(QStringLiteral("cd/") + index),
        dicomdir({{"DICOM", "IM0"}, {"DICOM", "IM1"}, {"DICOM", "IM2"}, {"DICOM", "IM3"}, {"..", "IM3"}}));
    const ImportReport report =
        m->import({m->path(openIndex ? QStringLiteral("cd/") + index : QStringLiteral("cd"))});
    QCOMPARE(report.stored, 3);
    QCOMPARE(report.missing, 1);
    QCOMPARE(report.faults.size(), std::size_t(1));
    QCOMPARE(report.faults.front().code, QStringLiteral("services.ImageMissing"));
    QCOMPARE(report.faults.front().file, QStringLiteral("DICOM/IM3"));
}

void TestServicesImages::stopKeepsWhatIsComplete()
{
    const QString folder = m->series(QStringLiteral("cd"), 300);
    std::stop_source stop;
    const base::WorkContext work(stop.get_token(), [&stop](const base::Progress &progress) {
        if (progress.done >= 100)
            stop.request_stop();
    });
    const auto report = m->images().import({folder}, {}, work);
    VERIFY_OK(report);
    QVERIFY(report->stopped);
    QVERIFY2(report->stored >= 90 && report->stored < 300, qPrintable(QString::number(report->stored)));
    QVERIFY(report->faults.empty());
    QCOMPARE(m->study().instances, report->stored);
    const ImportReport rest = m->import({folder});
    QCOMPARE(rest.stored + rest.known, 300);
    QCOMPARE(rest.known, report->stored);
    QCOMPARE(m->study().instances, 300);
}

void TestServicesImages::firstImagesComeBeforeTheLast()
{
    const QString folder = m->series(QStringLiteral("cd"), 300);
    std::atomic<int> calls{0}, least{1000};
    const auto report = m->images().import({folder}, {}, {}, [&](const ImportReport &soFar) {
        ++calls;
        least = std::min(least.load(), soFar.stored);
        if (soFar.studyKeys.isEmpty() || m->study().instances < soFar.stored)
            least = -1; // told before it was there
    });
    VERIFY_OK(report);
    QVERIFY(calls >= 3);
    QVERIFY2(least > 0 && least <= 100, qPrintable(QString::number(least)));
}

void TestServicesImages::sameIdentifierOtherBytes()
{
    m->import({m->series(QStringLiteral("cd"), 3)});
    const QString other = m->series(QStringLiteral("other"), 3, {.shade = 7});
    const ImportReport report = m->import({other});
    QCOMPARE(report.stored, 3);
    QCOMPARE(report.conflicts, 3);
    QCOMPARE(report.faults.size(), std::size_t(3));
    QCOMPARE(report.faults.front().code, QStringLiteral("services.ImageConflict"));
    auto studies = m->images().studies({.studyUid = QStringLiteral("2.25.100")});
    QCOMPARE(studies.size(), std::size_t(2));
    std::sort(
        studies.begin(), studies.end(), [](const auto &a, const auto &b) { return a.version < b.version; });
    QCOMPARE(studies[1].version, 2);
    const auto first = m->images().instances(m->images().series(studies[0].key).front().key);
    QCOMPARE(m->images().source(first.front().key)->bytes, test::slice(0).file()); // not overwritten
    QCOMPARE(m->import({other}).known, 3);
}

void TestServicesImages::damagedFilesHurtNobody()
{
    m->series(QStringLiteral("cd"), 4);
    const QByteArray whole = test::slice(9).file();
    test::writeFile(m->path(QStringLiteral("cd/cut")), whole.left(200));
    test::writeFile(m->path(QStringLiteral("cd/short")), whole.chopped(100)); // pixels end early
    QByteArray deep;
    for (int i = 0; i < 10'000; ++i)
        deep = testsupport::DicomWriter().header(0x00081140, "SQ", 0xFFFFFFFF).dataSet()
            + QByteArray("\xFE\xFF\x00\xE0\xFF\xFF\xFF\xFF", 8) + deep.left(200'000);
    test::writeFile(m->path(QStringLiteral("cd/deep")),
        testsupport::DicomWriter::file(
            deep, base::oid("tsExplicitLE").text().toLatin1(), test::TestInstance::sopClass()));
    test::writeFile(m->path(QStringLiteral("cd/head only")), whole.left(132)); // the mark, and nothing
    test::writeFile(m->path(QStringLiteral("cd/locked")), test::slice(10).file());
    QFile::setPermissions(m->path(QStringLiteral("cd/locked")), {});
    test::writeFile(m->path(QStringLiteral("cd/readme.txt")), "no image");
    const ImportReport report = m->import({m->path(QStringLiteral("cd"))});
    QFile::setPermissions(m->path(QStringLiteral("cd/locked")), QFileDevice::ReadOwner);
    QVERIFY(report.stored >= 4);
    QCOMPARE(report.notDicom, 1); // and no image among them
    QCOMPARE(report.stored + report.notDicom + int(report.faults.size()), 10);
    QVERIFY(!report.faults.empty());
    QStringList named;
    for (const ImportReport::Fault &fault : report.faults) {
        QVERIFY(!fault.message.contains(QLatin1String("KIM")) && !fault.code.isEmpty());
        named.append(fault.file);
    }
    for (const char *file : {"cut", "deep", "head only"})
        QVERIFY2(named.contains(QLatin1String(file)), file);
    const bool root = ::geteuid() == 0; // whom no permission holds
    QVERIFY(root || named.contains(QStringLiteral("locked")));
}

void TestServicesImages::decoderThatIsMissing()
{
    services::OpenOptions options;
    options.dataDir = m->folder.filePath(QStringLiteral("other"));
    options.passphrase = base::SecureBytes{QByteArrayView("test-only")};
    options.scryptLogN = 10;
    options.decoder = QStringLiteral("/nowhere/naru-decoder");
    const auto profile = Profile::open(std::move(options));
    VERIFY_OK(profile);
    const auto report = (*profile)->images().import({m->series(QStringLiteral("cd"), 1)}, {}, {});
    QVERIFY(!report.ok());
    QCOMPARE(QString::fromLatin1(report.error().code.id), QStringLiteral("imaging.DecoderStart"));
}

QTEST_GUILESS_MAIN(TestServicesImages)
#include "tst_services_images.moc"
