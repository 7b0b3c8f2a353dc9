// Turns the rows of one master into terms. One reader takes the rows of all files of an import, in their
// order.
#pragma once

#include "core/terminology/importers/ImportLog.h"

namespace naru::terminology::importing {

// Terms by code in the order they came, for the masters with one term a code.
class TermsByCode {
public:
    struct Place {
        std::size_t index = 0;
        bool isNew = false;
    };

    void reserve(qsizetype terms);
    Place add(const QString &code, qint64 row);
    qsizetype find(const QString &code) const; // -1: not there
    Concept &at(std::size_t index) { return m_terms[index]; }
    qint64 rowOf(std::size_t index) const { return m_rows[index]; }
    std::size_t size() const { return m_terms.size(); }
    std::vector<Concept> take() { return std::move(m_terms); }

private:
    std::vector<Concept> m_terms{};
    std::vector<qint64> m_rows{};
    QHash<QString, std::size_t> m_index{};
};

class MasterReader {
public:
    explicit MasterReader(ImportLog &log)
        : m_log(log)
    {
    }
    virtual ~MasterReader() = default;
    MasterReader(const MasterReader &) = delete;
    MasterReader &operator=(const MasterReader &) = delete;

    void reserve(qsizetype terms) { m_terms.reserve(terms); } // a guess from the size of the file
    virtual void add(const RowView &row) = 0;
    // The last day of codes in a sheet of deleted codes that gives no date.
    virtual void setRetirement(QDate lastDay) { m_lastDay = lastDay; }
    // The system that the import names, for tables that may be about any.
    virtual void setSystem(const QString &) { }
    virtual std::vector<Concept> finish() { return m_terms.take(); }

    // By Layout::reader.
    static std::unique_ptr<MasterReader> create(const QString &name, ImportLog &log);

protected:
    ImportLog &m_log;
    QDate m_lastDay{};
    TermsByCode m_terms{};
};

// Adds `name` unless it is empty or one of the names already there; true when added.
bool addSynonym(Concept &term, const QString &name);
base::Error duplicateOf(const QString &code, qint64 firstRow);

} // namespace naru::terminology::importing
