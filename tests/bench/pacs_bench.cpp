// C-STORE and C-GET against an Orthanc as it is installed, beside DCMTK's own programs in the same run: 500
// raw instances of 0.5 MB, best of three. Over the network only; nothing is sealed or decoded.
#include "core/imaging/dimse/DimseClient.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <netinet/in.h>
#include <random>
#include <sys/socket.h>
#include <unistd.h>

using namespace naru;
using namespace naru::imaging::dimse;

namespace {
constexpr int Instances = 500, Rounds = 3;
const QByteArray ct = "1.2.840.10008.5.1.4.1.1.2", explicitLe = "1.2.840.10008.1.2.1", study = "2.25.880";

int freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto *plain = reinterpret_cast<sockaddr *>(&address);
    const bool good = ::bind(socket, plain, size) == 0 && ::getsockname(socket, plain, &size) == 0;
    ::close(socket);
    return good ? ntohs(address.sin_port) : 0;
}

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

QByteArray file(int number, const QByteArray &pixels)
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

double rate(qint64 milliseconds, int instances)
{
    return milliseconds > 0 ? instances * 1000.0 / double(milliseconds) : 0;
}

// A DCMTK program with TCP_NODELAY, as its users are told to run it.
double dcmtk(const QString &program, const QStringList &arguments)
{
    QProcess run;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TCP_NODELAY"), QStringLiteral("1"));
    run.setProcessEnvironment(environment);
    QElapsedTimer timer;
    timer.start();
    run.start(program, arguments);
    return run.waitForFinished(120'000) && run.exitCode() == 0 ? rate(timer.elapsed(), Instances) : 0;
}

int bench(const QString &orthanc)
{
    const QTemporaryDir folder;
    const int port = freePort(), http = freePort();
    QFile config(folder.filePath(QStringLiteral("orthanc.json")));
    if (!config.open(QIODevice::WriteOnly))
        return 1;
    config.write(
        QStringLiteral("{\"StorageDirectory\":\"%1/db\",\"IndexDirectory\":\"%1/db\",\"DicomPort\":%2,"
                       "\"HttpPort\":%3,\"DicomAet\":\"ORTHANC\",\"Plugins\":[],\"DicomModalities\":{"
                       "\"naru\":[\"NARU\",\"127.0.0.1\",104],"
                       "\"getscu\":[\"GETSCU\",\"127.0.0.1\",104]}}")
            .arg(folder.path())
            .arg(port)
            .arg(http)
            .toUtf8());
    config.close();
    QProcess peer;
    peer.setStandardOutputFile(QProcess::nullDevice());
    peer.setStandardErrorFile(QProcess::nullDevice());
    peer.start(orthanc, {config.fileName()});
    Node node{QStringLiteral("orthanc"), QStringLiteral("127.0.0.1"), port, QStringLiteral("ORTHANC"),
        QStringLiteral("NARU"), false, {}, {}};
    Client client(node);
    for (int i = 0; i < 200 && !client.echo(); ++i)
        QThread::msleep(100);
    QByteArray pixels(512 * 512 * 2, '\0');
    std::mt19937 random(1);
    std::generate(pixels.begin(), pixels.end(), [&random] { return char(random()); });
    std::vector<Instance> instances;
    QDir(folder.path()).mkdir(QStringLiteral("in"));
    for (int i = 1; i <= Instances; ++i) {
        const QByteArray bytes = file(i, pixels);
        QFile out(folder.filePath(QStringLiteral("in/%1.dcm").arg(i)));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            return 1;
        instances.push_back({QString::fromLatin1(ct), QStringLiteral("2.25.880.1.%1").arg(i),
            QString::fromLatin1(explicitLe), [bytes] { return base::Result<QByteArray>(bytes); }});
    }
    double stored = 0, got = 0, theirStore = 0, theirGet = 0;
    for (int round = 0; round < Rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        const auto outcomes = client.store(instances);
        const int good = outcomes ? int(std::count_if(outcomes->begin(), outcomes->end(),
                             [](const StoreOutcome &one) { return one.status == 0; }))
                                  : 0;
        if (good == Instances)
            stored = qMax(stored, rate(timer.elapsed(), good));
        int arrived = 0;
        timer.restart();
        const auto done =
            client.get({Model::Study, Level::Study, {{0x0020000D, QString::fromLatin1(study)}}, {}},
                {QString::fromLatin1(ct)}, [&arrived](const Received &) {
                    ++arrived;
                    return base::Status();
                });
        if (!done)
            std::printf("# pacs.get\t%s\n", done.error().toString().toUtf8().constData());
        if (done && arrived == Instances)
            got = qMax(got, rate(timer.elapsed(), arrived));
    }
    const QString address = QStringLiteral("127.0.0.1"), at = QString::number(port);
    theirStore = dcmtk(QStringLiteral("storescu"),
        {QStringLiteral("-aec"), QStringLiteral("ORTHANC"), QStringLiteral("+sd"), address, at,
            folder.filePath(QStringLiteral("in"))});
    QDir(folder.path()).mkdir(QStringLiteral("out"));
    theirGet = dcmtk(QStringLiteral("getscu"),
        {QStringLiteral("-S"), QStringLiteral("-aec"), QStringLiteral("ORTHANC"), QStringLiteral("-od"),
            folder.filePath(QStringLiteral("out")), QStringLiteral("-k"), QStringLiteral("0008,0052=STUDY"),
            QStringLiteral("-k"), QStringLiteral("0020,000d=2.25.880"), address, at});
    peer.kill();
    peer.waitForFinished();
    row("pacs.store", stored, theirStore, "storescu TCP_NODELAY=1");
    row("pacs.get", got, theirGet, "getscu TCP_NODELAY=1");
    return stored > 0 && got > 0 ? 0 : 1;
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
        "# pacs\t500 instances of 0.5 MB, uncompressed, Orthanc as installed, loopback; the network alone\n");
    return bench(orthanc);
}
