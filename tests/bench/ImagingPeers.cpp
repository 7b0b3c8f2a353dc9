#include "tests/bench/ImagingPeers.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>

namespace naru::bench {

namespace {
PeerRun run(const char *name, const QStringList &arguments)
{
    constexpr int Longest = 600'000;
    const QString program =
        QCoreApplication::applicationDirPath() + QStringLiteral("/naru_bench_") + QLatin1String(name);
    PeerRun out;
    if (!QFileInfo(program).isExecutable()) {
        out.why = QStringLiteral("not built: apt-get install lib%1-dev").arg(QLatin1String(name));
        return out;
    }
    QProcess child;
    child.setProcessChannelMode(QProcess::SeparateChannels);
    child.start(program, arguments);
    if (!child.waitForFinished(Longest)) {
        out.why = QStringLiteral("takes too long");
        return out;
    }
    if (child.exitStatus() != QProcess::NormalExit)
        out.why = QStringLiteral("crashes");
    else if (child.exitCode() != 0)
        out.why = QStringLiteral("cannot");
    const QList<QByteArray> words = child.readAllStandardOutput().simplified().split(' ');
    if (!out.why.isEmpty() || words.size() != 3)
        return out;
    out.seconds = words[0].toDouble();
    out.hash = words[1].toULongLong(nullptr, 16);
    out.firstMs = words[2].toDouble();
    return out;
}
} // namespace

PeerRun readSeries(const char *peer, const Series &series, int workers)
{
    return run(peer, {series.folder, QString::number(workers), QString::number(series.frameBytes)});
}

PeerRun decodeAlone(const char *codec, const Series &series, int workers, int threadsPerFrame)
{
    const testsupport::PlainImage &shape = series.shape;
    return run("codecs",
        {QLatin1String(codec), series.frames.empty() ? series.folder : series.streams,
            QString::number(workers), QString::number(series.frameBytes), QString::number(shape.bits),
            QString::number(int(shape.isSigned)), QString::number(shape.columns), QString::number(shape.rows),
            QString::number(threadsPerFrame)});
}

} // namespace naru::bench
