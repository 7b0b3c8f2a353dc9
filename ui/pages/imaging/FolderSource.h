// A folder or a disc, read as it is: nothing is stored. Files that are no DICOM are counted; those that call
// themselves DICOM and cannot be read are named, with the reason.
#pragma once

#include "ui/pages/imaging/StudySource.h"

#include <QHash>
#include <mutex>

namespace naru::ui {

class FolderSource : public StudySource {
public:
    explicit FolderSource(const QString &folder, const imaging::DecoderOptions &options = {});

    base::Result<std::vector<services::StudyRow>> studies(const base::WorkContext &work) override;
    base::Result<std::vector<imaging::InstanceRef>> instances(
        const QString &studyKey, const base::WorkContext &work) override;
    base::Result<imaging::ImageSource> bytes(const QString &handle) override;
    base::Result<imaging::DecoderPool *> pool() override;
    // As an import of the same folder would say it; empty until it was read.
    services::ImportReport report();

private:
    base::Status read(const base::WorkContext &work);

    QString m_folder;
    imaging::DecoderOptions m_options;
    std::mutex m_mutex{};
    std::unique_ptr<imaging::DecoderPool> m_pool{};
    bool m_read = false;
    services::ImportReport m_report{};
    QStringList m_order{}; // study UIDs as they were met
    QHash<QString, std::vector<imaging::InstanceRef>> m_studies{};
};

} // namespace naru::ui
