// Published masters in their published forms. What a release calls its columns and sheets is a row in
// tables/masters.tsv (an import profile), so that a new edition needs a new row and no new program.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/terminology/index/TermFile.h"

#include <memory>

namespace naru::terminology {

// One refused or noteworthy row. Never more than 1000 are kept; the counts go on.
struct RowProblem {
    QString file{}; // name without path
    QString sheet{};
    qint64 row = 0; // 1-based, as a spreadsheet or editor shows it
    QString column{}; // caption of the master, empty when the row as a whole is meant
    base::Error error; // terminology.ImportColumnMissing, .ImportDuplicate, .ImportFieldCount, ...
};

struct ImportReport {
    qint64 read = 0, kept = 0, synonyms = 0, redirected = 0, ignored = 0, refused = 0;
    QString encoding{}; // "UTF-8", "CP949", "xlsx"
    std::vector<RowProblem> problems{};
};

struct ImportedMaster {
    QString master{}; // key of tables/masters.tsv: "kostom", "kcd", "drugs", "drug-prices", "edi", "icd9cm",
                      // "loinc"
    IndexMeta meta{};
    std::vector<Concept> terms{};
    ImportReport report{};
};

struct ImportOptions {
    QString master{}; // empty: recognised by the captions of the first file
    QString version{}; // empty: taken from the file name when it carries one ("V7.0", "2024.11")
    QDate validFrom{};
    // When given: the rows read and refused so far, filled when the import fails as a whole.
    std::shared_ptr<ImportReport> partial{};
    QString forSystem{}; // OID that a frequency table is about; empty: KCD
};

// Names and titles of the masters known, in table order (name TAB Korean TAB English).
QStringList masterNames();

// Reads every file into one release, all or nothing: a file that is no such master, a missing column, a text
// in neither encoding, a row longer than 1 MiB or a workbook that unpacks beyond its budget fails with file,
// row and column. A single bad row (wrong field count, empty code) is refused, counted and reported, and the
// rest goes on, unless more than one row in ten is refused: then the file is not what it seems. `work`
// reports bytes and can stop the import.
base::Result<ImportedMaster> importMaster(
    const QStringList &files, const ImportOptions &options, const base::WorkContext &work = {});

} // namespace naru::terminology
