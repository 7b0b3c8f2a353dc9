// A study as files: a folder or an archive with DICOMDIR, read back and compared.
#pragma once

#include "core/services/images/DicomDirectory.h"
#include "core/services/images/ImageDesk.h"

namespace naru::services {

class ImageExport {
public:
    ImageExport(
        Profile::Internals &internals, ImageDesk &desk, StudyRow study, std::vector<DirectorySeries> series);
    base::Result<ExportReport> toFolder(const QString &path, const base::WorkContext &work);
    base::Result<ExportReport> toArchive(const QString &path, const base::WorkContext &work);

private:
    struct File {
        QString name{}; // with '/' below the target
        QString key{}; // of the instance; empty: the directory
        QByteArray sha256{}; // of what was written
    };
    base::Status plan();
    base::Result<QByteArray> bytesOf(File &file) const; // SealBroken, services.ExportMismatch
    base::Status writeFolder(const QString &path, const base::WorkContext &work);
    base::Status compareFolder(const QString &path, const base::WorkContext &work) const;
    base::Status compareArchive(const QString &path, const base::WorkContext &work) const;
    ExportReport report(const QString &path) const;

    Profile::Internals &m;
    ImageDesk &m_desk;
    StudyRow m_study;
    std::vector<DirectorySeries> m_series;
    std::vector<File> m_files{};
    QByteArray m_directory{};
    QStringList m_made{}; // what a failure takes away again
};

} // namespace naru::services
