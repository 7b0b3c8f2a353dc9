// What the tests of made objects share: written, read back, and shown to the validators of others.
#pragma once

#include "core/imaging/objects/Part10Writer.h"
#include "core/imaging/objects/Subject.h"
#include "tests/core/imaging/read/TestImage.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

namespace naru::imaging::test {

// Through bytes and our reader; empty when either fails.
inline DataSetValue throughBytes(const DataSetValue &set)
{
    const auto file = writePart10(set);
    if (!file)
        return {};
    auto instance = openBytes(*file);
    if (!instance)
        return {};
    return (*instance)->dataSet({}).valueOr({});
}

// The lines in which a program of others complains; "absent" when it is not installed.
inline QByteArrayList complaints(
    const char *program, const QStringList &arguments, const DataSetValue &set, QByteArray *said = nullptr)
{
    const QString path = QStandardPaths::findExecutable(QLatin1String(program));
    if (path.isEmpty())
        return {"absent"};
    const auto file = writePart10(set);
    QTemporaryDir folder;
    QFile out(folder.filePath(QStringLiteral("object.dcm")));
    if (!file || !out.open(QIODevice::WriteOnly) || out.write(*file) != file->size())
        return {"not written"};
    out.close();
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(path, arguments + QStringList{out.fileName()});
    if (!process.waitForFinished(20'000 * NARU_TIME_FACTOR))
        return {"hangs"};
    const QByteArray all = process.readAllStandardOutput();
    if (said)
        *said = all;
    QByteArrayList bad;
    for (const QByteArray &line : all.split('\n')) {
        if (line.startsWith("Error") || line.startsWith("E:") || line.contains("Abort"))
            bad.append(line);
    }
    if (process.exitStatus() != QProcess::NormalExit || (process.exitCode() != 0 && bad.isEmpty()))
        bad.append(QByteArray("exit ") + QByteArray::number(process.exitCode()) + ": " + all.left(2000));
    return bad;
}

inline Subject koreanSubject()
{
    Subject out;
    out.patientName = QStringLiteral("Hong^Gildong=洪^吉洞=홍^길동");
    out.patientId = QStringLiteral("P-0042");
    out.birthDate = QStringLiteral("19600229");
    out.sex = QStringLiteral("M");
    out.studyUid = QStringLiteral("2.25.1001");
    out.studyDate = QStringLiteral("20261120");
    out.studyTime = QStringLiteral("101500");
    out.studyId = QStringLiteral("S1");
    out.accession = QStringLiteral("A77");
    out.referringPhysician = QStringLiteral("Kim^Uisa");
    return out;
}

} // namespace naru::imaging::test

// A validator that is not installed skips the test and says so.
#define NARU_VALIDATE(program, arguments, set)                                                               \
    do {                                                                                                     \
        const QByteArrayList naruBad = complaints(program, arguments, set);                                  \
        if (naruBad == QByteArrayList{"absent"})                                                             \
            QSKIP(program " is not installed");                                                              \
        QVERIFY2(naruBad.isEmpty(), naruBad.join('\n').constData());                                         \
    } while (false)
