// An xlsx workbook: its sheets by name and its shared strings (ECMA-376 part 1, 18.2, 18.4).
#pragma once

#include "core/terminology/importers/Table.h"
#include "core/terminology/importers/ZipArchive.h"

namespace naru::terminology::importing {

// The shared strings as UTF-8 in one block: a third of the memory of one QString each.
class SharedStrings {
public:
    base::Status read(const ZipArchive &archive, const QString &part);
    qsizetype size() const { return qsizetype(m_ends.size()); }
    QByteArrayView at(qsizetype index) const; // 0 <= index < size()

private:
    QByteArray m_text{};
    std::vector<quint32> m_ends{};
};

class Workbook {
public:
    static bool isWorkbook(const QString &path); // begins like a zip archive
    static bool isOldExcel(const QString &path); // begins like an OLE2 file: xls, or an encrypted xlsx
    static base::Result<std::shared_ptr<Workbook>> open(const QString &path);

    const QStringList &sheets() const { return m_names; }
    const QString &file() const { return m_archive->file(); }
    // A reader over the rows of one sheet; it keeps the workbook alive.
    static base::Result<std::unique_ptr<TableReader>> rows(std::shared_ptr<Workbook> book, qsizetype sheet);
    const SharedStrings &strings() const { return m_strings; }

private:
    base::Status readParts();

    std::unique_ptr<ZipArchive> m_archive;
    QStringList m_names{}, m_parts{};
    SharedStrings m_strings{};
};

} // namespace naru::terminology::importing
