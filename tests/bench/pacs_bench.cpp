// C-STORE and C-GET against an Orthanc as it is installed, beside DCMTK's own programs in the same run: 500
// raw instances of 0.5 MB, best of three, each round into an Orthanc with nothing in it. Over the network
// only; nothing is sealed or decoded. Orthanc syncs each file before it answers: the floor is that alone, on
// the same disc in the same minute.
#include "core/imaging/dimse/DimseTeam.h"
#include "tests/support/FreePort.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QStorageInfo>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <random>
#include <thread>
#include <unistd.h>

using namespace naru;
using namespace naru::imaging::dimse;

namespace {
constexpr int Instances = 500, Rounds = 3;
constexpr int TheirInstances = 100; // of DCMTK's senders, which take 50 ms each where Orthanc delays
const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2", explicitLe = "1.2.840.10008.1.2.1";
const QString localHost = QStringLiteral("127.0.0.1");

QByteArray little(quint32 value, int bytes)
{
    return QByteArray(reinterpret_cast<const char *>(&value), bytes); // on a little endian machine
}

QByteArray element(quint32 tag, const char *vr, QByteArray value)
{
    if (value.size() % 2)
        value += qstrcmp(vr, "UI") == 0 ? '\0' : ' ';
    const bool wide = qstrcmp(vr, "OW") == 0;
    return little(tag >> 16, 2) + little(tag & 0xFFFF, 2) + vr + (wide ? QByteArray(2, '\0') : QByteArray())
        + little(quint32(value.size()), wide ? 4 : 2) + value;
}

QByteArray file(const QByteArray &study, int number, const QByteArray &pixels)
{
    const QByteArray uid = study + ".1." + QByteArray::number(number);
    const QByteArray meta = element(0x00020002, "UI", ct) + element(0x00020003, "UI", uid)
        + element(0x00020010, "UI", explicitLe) + element(0x00020012, "UI", "2.25.1");
    const auto word = [](quint32 value) { return little(value, 2); };
    return QByteArray(128, '\0') + "DICM" + element(0x00020000, "UL", little(quint32(meta.size()), 4)) + meta
        + element(0x00080016, "UI", ct) + element(0x00080018, "UI", uid) + element(0x00080060, "CS", "CT")
        + element(0x00100010, "PN", "Bench") + element(0x00100020, "LO", "B1")
        + element(0x0020000D, "UI", study) + element(0x0020000E, "UI", study + ".1")
        + element(0x00280002, "US", word(1)) + element(0x00280004, "CS", "MONOCHROME2")
        + element(0x00280010, "US", word(512)) + element(0x00280011, "US", word(512))
        + element(0x00280100, "US", word(16)) + element(0x00280101, "US", word(16))
        + element(0x00280102, "US", word(15)) + element(0x00280103, "US", word(0))
        + element(0x7FE00010, "OW", pixels);
}

void row(const char *name, double ours, double theirs, const char *peer)
{
    std::printf(
        "%s\t%.0f\tinstances/s\t%s\t%.0f\t%.2f\n", name, ours, peer, theirs, theirs > 0 ? ours / theirs : 0);
    std::fflush(stdout);
}

double rate(const QElapsedTimer &timer, int instances)
{
    const qint64 milliseconds = timer.elapsed();
    return milliseconds > 0 ? instances * 1000.0 / double(milliseconds) : 0;
}

// A DCMTK program; with TCP_NODELAY as those who know tell its users to run it.
double dcmtk(const QString &program, const QStringList &arguments, int instances)
{
    QProcess run;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TCP_NODELAY"), QStringLiteral("1"));
    run.setProcessEnvironment(environment);
    run.setStandardOutputFile(QProcess::nullDevice());
    QElapsedTimer timer;
    timer.start();
    run.start(program, arguments);
    return run.waitForFinished(120'000) && run.exitCode() == 0 ? rate(timer, instances) : 0;
}

class Orthanc {
public:
    explicit Orthanc(const QString &program, bool noDelay = false)
        : m_port(test::freePort())
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        if (noDelay)
            environment.insert(QStringLiteral("TCP_NODELAY"), QStringLiteral("1"));
        m_process.setProcessEnvironment(environment);
        QFile config(m_folder.filePath(QStringLiteral("orthanc.json")));
        if (!config.open(QIODevice::WriteOnly))
            return;
        config.write(
            QStringLiteral("{\"StorageDirectory\":\"%1/db\",\"IndexDirectory\":\"%1/db\","
                           "\"DicomPort\":%2,\"HttpPort\":%3,\"DicomAet\":\"ORTHANC\",\"Plugins\":[],"
                           "\"DicomModalities\":{\"naru\":[\"NARU\",\"127.0.0.1\",104],"
                           "\"getscu\":[\"GETSCU\",\"127.0.0.1\",104]}}")
                .arg(m_folder.path())
                .arg(m_port)
                .arg(test::freePort())
                .toUtf8());
        config.close();
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
        m_process.start(program, {config.fileName()});
        Client client(node());
        for (int i = 0; i < 200 && !client.echo(); ++i)
            QThread::msleep(100);
    }
    ~Orthanc()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Orthanc(const Orthanc &) = delete;
    Orthanc &operator=(const Orthanc &) = delete;
    Node node() const
    {
        return {QStringLiteral("orthanc"), localHost, m_port, QStringLiteral("ORTHANC"),
            QStringLiteral("NARU"), false, {}, {}};
    }
    QString port() const { return QString::number(m_port); }

private:
    QTemporaryDir m_folder{};
    int m_port;
    QProcess m_process{};
};

class Bench {
public:
    explicit Bench(QString orthanc)
        : m_program(std::move(orthanc))
        , m_pixels(512 * 512 * 2, '\0')
    {
        std::mt19937 random(1);
        std::generate(m_pixels.begin(), m_pixels.end(), [&random] { return char(random()); });
    }
    bool run();

private:
    std::vector<QByteArray> files(const QByteArray &study, int count = Instances) const;
    void syncFloor(int threads, double &best);
    void ourStore(const Orthanc &peer, const QByteArray &study, int associations, double &best);
    void ourGet(const Orthanc &peer, const QByteArray &study, double &best);
    void theirStore(const Orthanc &peer, const QString &program, const QByteArray &study, double &best);
    void theirGet(const Orthanc &peer, const QByteArray &study, double &best);
    void round();

    QString m_program;
    QByteArray m_pixels;
    double m_sync1 = 0, m_sync3 = 0, m_one = 0, m_team = 0, m_storescu = 0, m_dcmsend = 0, m_bothTold = 0,
           m_get = 0, m_getscu = 0;
};

std::vector<QByteArray> Bench::files(const QByteArray &study, int count) const
{
    std::vector<QByteArray> out;
    out.reserve(std::size_t(count));
    for (int i = 1; i <= count; ++i)
        out.push_back(file(study, i, m_pixels));
    return out;
}

// Files of the same size created, written and synced, as an archive must; nothing else.
void Bench::syncFloor(int threads, double &best)
{
    const QTemporaryDir folder;
    std::atomic<int> next{0}, good{0};
    QElapsedTimer timer;
    timer.start();
    {
        std::vector<std::jthread> team;
        for (int t = 0; t < threads; ++t)
            team.emplace_back([&] {
                for (int i = next++; i < Instances; i = next++) {
                    const QByteArray path = QFile::encodeName(folder.filePath(QString::number(i)));
                    const int out = ::open(path.constData(), O_CREAT | O_WRONLY | O_EXCL, 0600);
                    good +=
                        ::write(out, m_pixels.constData(), std::size_t(m_pixels.size())) == m_pixels.size()
                        && ::fsync(out) == 0;
                    ::close(out);
                }
            });
    }
    if (good == Instances)
        best = qMax(best, rate(timer, Instances));
}

void Bench::ourStore(const Orthanc &peer, const QByteArray &study, int associations, double &best)
{
    std::vector<Instance> instances;
    int number = 0;
    for (const QByteArray &bytes : files(study))
        instances.push_back(
            {QString::fromLatin1(ct), QString::fromLatin1(study + ".1." + QByteArray::number(++number)),
                QString::fromLatin1(explicitLe), [bytes] { return base::Result<QByteArray>(bytes); }});
    QElapsedTimer timer;
    timer.start();
    const auto outcomes = storeTogether(peer.node(), {}, instances, {}, {}, associations);
    const double reached = rate(timer, Instances);
    const auto good = [](const StoreOutcome &one) { return one.status == 0; };
    if (outcomes && std::all_of(outcomes->begin(), outcomes->end(), good))
        best = qMax(best, reached);
}

void Bench::theirStore(const Orthanc &peer, const QString &program, const QByteArray &study, double &best)
{
    const QTemporaryDir folder;
    int number = 0;
    for (const QByteArray &bytes : files(study, TheirInstances)) {
        QFile out(folder.filePath(QStringLiteral("%1.dcm").arg(++number)));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            return;
    }
    ::sync(); // what the peer reads is not to be written while it is measured
    best = qMax(best,
        dcmtk(program,
            {QStringLiteral("-aec"), QStringLiteral("ORTHANC"), QStringLiteral("+sd"), localHost, peer.port(),
                folder.path()},
            TheirInstances));
}

void Bench::ourGet(const Orthanc &peer, const QByteArray &study, double &best)
{
    Client client(peer.node());
    int arrived = 0;
    QElapsedTimer timer;
    timer.start();
    const auto done = client.get({Model::Study, Level::Study, {{0x0020000D, QString::fromLatin1(study)}}, {}},
        {QString::fromLatin1(ct)}, [&arrived](const Received &) {
            ++arrived;
            return base::Status();
        });
    if (!done)
        std::printf("# pacs.get\t%s\n", done.error().toString().toUtf8().constData());
    if (done && arrived == Instances)
        best = qMax(best, rate(timer, arrived));
}

void Bench::theirGet(const Orthanc &peer, const QByteArray &study, double &best)
{
    const QTemporaryDir folder;
    best = qMax(best,
        dcmtk(QStringLiteral("getscu"),
            {QStringLiteral("-S"), QStringLiteral("-aec"), QStringLiteral("ORTHANC"), QStringLiteral("-od"),
                folder.path(), QStringLiteral("-k"), QStringLiteral("0008,0052=STUDY"), QStringLiteral("-k"),
                QStringLiteral("0020,000d=") + QString::fromLatin1(study), localHost, peer.port()},
            Instances));
}

void Bench::round()
{
    syncFloor(1, m_sync1);
    syncFloor(UsualAssociations, m_sync3);
    const Orthanc peer(m_program);
    ourStore(peer, "2.25.881", 1, m_one);
    theirStore(peer, QStringLiteral("storescu"), "2.25.882", m_storescu);
    ourStore(peer, "2.25.883", UsualAssociations, m_team);
    theirStore(peer, QStringLiteral("dcmsend"), "2.25.884", m_dcmsend);
    ourGet(peer, "2.25.881", m_get);
    theirGet(peer, "2.25.881", m_getscu);
    const Orthanc told(m_program, true);
    theirStore(told, QStringLiteral("storescu"), "2.25.885", m_bothTold);
}

bool Bench::run()
{
    for (int i = 0; i < Rounds; ++i)
        round();
    row("pacs.store", m_team, m_storescu, "storescu TCP_NODELAY=1");
    row("pacs.store", m_team, m_dcmsend, "dcmsend TCP_NODELAY=1");
    row("pacs.store", m_team, m_bothTold, "storescu TCP_NODELAY=1, to an Orthanc with TCP_NODELAY=1");
    row("pacs.store", m_team, m_sync3, "floor: write + fsync, as many threads as associations");
    row("pacs.store-one-association", m_one, m_storescu, "storescu TCP_NODELAY=1");
    row("pacs.store-one-association", m_one, m_sync1, "floor: write + fsync, one thread");
    row("pacs.get", m_get, m_getscu, "getscu TCP_NODELAY=1");
    return m_team > 0 && m_one > 0 && m_get > 0;
}
} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QString orthanc = QStandardPaths::findExecutable(QStringLiteral("Orthanc"));
    if (orthanc.isEmpty())
        orthanc = QStandardPaths::findExecutable(QStringLiteral("Orthanc"), {QStringLiteral("/usr/sbin")});
    if (orthanc.isEmpty()) {
        std::printf("# pacs\tskipped: the package orthanc is not installed\n");
        return 0;
    }
    std::printf(
        "# pacs\t%d instances of 0.5 MB, uncompressed, Orthanc as installed on %s, loopback; the network "
        "alone; %d associations unless said otherwise\n",
        Instances, QStorageInfo(QDir::tempPath()).fileSystemType().constData(), UsualAssociations);
    return Bench(orthanc).run() ? 0 : 1;
}
