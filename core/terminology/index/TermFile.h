// One release of one or more code systems as a memory-mapped, read-only index file (facts: key-byte suffix
// array). Any number of threads may ask at once. The file never changes after it was written; a new release
// is a new file.
//
// Layout: a header (magic "NARUTERM", format version, byte order mark, section table, CRC-32 of the header
// and of each section), then 64-byte aligned sections. open() checks the header, that every section lies
// inside the file and that the sizes agree; offsets read later are bounded by the arena, so a damaged file
// gives wrong text at worst, never a read outside the mapping. verify() checks the section sums.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/terminology/TermSearch.h"

#include <memory>
#include <optional>

namespace naru::terminology {

struct IndexMeta {
    QString title{}; // "상병마스터", for people
    QString version{}; // as the publisher names it
    QString source{}; // file name of the master, without its path
    QDate validFrom{}, validTo{}; // of the release
    friend bool operator==(const IndexMeta &, const IndexMeta &) = default;
};

class TermFile {
public:
    // Writes to a temporary name beside `path`, syncs and renames. Terms may come in any order; the result is
    // byte-identical for the same set. Duplicate (system, code) rows are the importer's business: here the
    // first one wins.
    static base::Status write(const QString &path, const IndexMeta &meta, std::vector<Concept> terms,
        const base::WorkContext &work = {}, bool codes = true);
    // The same in memory, for the terms built into the program and for tests.
    // With `codes` false the codes are kept and shown but not searched (alias tables, where they are row
    // numbers).
    static std::shared_ptr<const TermFile> inMemory(
        const IndexMeta &meta, std::vector<Concept> terms, bool codes = true);
    static base::Result<std::shared_ptr<const TermFile>> open(const QString &path);
    ~TermFile();
    TermFile(const TermFile &) = delete;
    TermFile &operator=(const TermFile &) = delete;

    const IndexMeta &meta() const;
    base::Status verify() const;
    // The file that write() makes of the same terms.
    base::Status save(const QString &path) const;

    int size() const; // terms
    QStringList systems() const; // OIDs in this file
    QHash<QString, int> counts() const; // terms per system
    qint64 bytes() const; // of the mapping

    Concept at(int id) const; // 0 <= id < size(); otherwise an empty one
    int find(const QString &system, QStringView code) const; // -1: not there; exact code, already normalised
    std::vector<int> children(int id) const; // direct ones, in code order
    // Terms that have a link to (system, code): the reverse of Concept::links.
    std::vector<int> linkedFrom(const QString &system, QStringView code) const;

    // Best first, never more than filter.limit.
    TermAnswer search(QStringView query, const TermFilter &filter = {}) const;

    // search() without taking a side of the body out of the query.
    TermAnswer searchWords(QStringView query, const TermFilter &filter) const;
    // The order of hits, over any number of files.
    static bool before(const TermHit &a, const TermHit &b);

private:
    friend class TerminologySearch;
    struct Data;
    explicit TermFile(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace naru::terminology
