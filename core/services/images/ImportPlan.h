// What an import will look at: files of folders and entries of archives, listed before the first is opened.
#pragma once

#include "core/archive/ZipReader.h"
#include "core/base/Result.h"
#include "core/base/WorkContext.h"

#include <QSet>
#include <QStringList>

#include <memory>
#include <mutex>
#include <vector>

namespace naru::services {

struct ImportItem {
    QString path{}; // a file, or the archive
    QString shown{}; // for the report
    QString place{}; // where a DICOMDIR would look for it: lower case, '/' between folders
    int archive = -1; // of ImportPlan::archives
    qint64 entry = -1;
};

class ImportPlan {
public:
    // services.NoPath when one is not there; what an archive does wrong is a fault of that archive.
    static base::Result<ImportPlan> make(const QStringList &paths, const base::WorkContext &work);

    const std::vector<ImportItem> &items() const { return m_items; }
    const std::vector<std::pair<QString, base::Error>> &faults() const { return m_faults; }
    bool hasPlace(const QString &place) const { return m_places.contains(place); }
    // The bytes; nothing for what cannot be DICOM. Thread-safe; an archive unpacks one entry at a time.
    base::Result<std::optional<QByteArray>> read(const ImportItem &item) const;

private:
    struct Archive {
        std::unique_ptr<archive::ZipReader> reader{};
        std::unique_ptr<std::mutex> mutex = std::make_unique<std::mutex>();
    };
    void addFolder(const QString &folder, const base::WorkContext &work);
    void addFile(const QString &path);
    void addArchive(const QString &path);
    void add(ImportItem item);

    std::vector<ImportItem> m_items{};
    std::vector<std::pair<QString, base::Error>> m_faults{};
    std::vector<Archive> m_archives{};
    QSet<QString> m_places{}, m_paths{};
};

// As DICOMDIR and discs differ in it: lower case, no ISO 9660 version ";1", no dot at the end.
QString discPlace(const QString &path);

} // namespace naru::services
