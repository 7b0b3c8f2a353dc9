// A profile with decoders, and studies as files.
#pragma once

#include "ServiceFixture.h"
#include "core/services/ImageService.h"
#include "tests/support/DicomStudy.h"

#include <QDir>

namespace naru::test {

using testsupport::slice;
using testsupport::TestInstance;

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(path.section(QLatin1Char('/'), 0, -2));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
}

// As if nobody had written into this folder for a minute: what changed just now is not taken from a watched
// one.
inline bool age(const QString &folder)
{
    bool good = true;
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files)) {
        QFile changed(file.filePath());
        good = good && changed.open(QIODevice::ReadWrite)
            && changed.setFileTime(
                QDateTime::currentDateTimeUtc().addSecs(-60), QFileDevice::FileModificationTime);
    }
    return good;
}

struct ImageClinic : Clinic {
    QTemporaryDir media{};
    services::ImageService &images() { return profile->images(); }

    QString path(const QString &below) const { return media.filePath(below); }
    // A series of slices as files of a folder.
    QString series(const QString &folder, int count, const TestInstance &like = {})
    {
        for (int i = 0; i < count; ++i)
            writeFile(path(folder + QStringLiteral("/IM%1").arg(i + 1, 5, 10, QLatin1Char('0'))),
                slice(i, like).file());
        return path(folder);
    }
    services::ImportReport import(const QStringList &paths, const services::PatientKey &patient = {})
    {
        auto report = images().import(paths, patient, {});
        if (!report)
            qWarning("%s", qPrintable(report.error().toString()));
        return report ? *report : services::ImportReport{.files = -1};
    }
    services::StudyRow study()
    {
        const auto all = images().studies();
        return all.size() == 1 ? all.front() : services::StudyRow{};
    }
    QStringList acts(const QString &prefix = QStringLiteral("image."))
    {
        QStringList out;
        for (const services::AuditRow &row : profile->audit().list(1000)) {
            if (row.event.startsWith(prefix))
                out.prepend(row.event + QLatin1Char(' ') + row.outcome);
        }
        return out;
    }
};

} // namespace naru::test
