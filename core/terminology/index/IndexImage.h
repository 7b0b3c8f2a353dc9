// An index in memory: mapped from its file, or built there. Checked once when it is opened; afterwards every
// number read from it is bounded before it is used.
#pragma once

#include "core/terminology/index/IndexBuilder.h"
#include "core/terminology/index/ReadAhead.h"
#include "core/terminology/index/SuffixArray.h"

#include <memory>

namespace naru::terminology {

class IndexImage {
public:
    enum Array : unsigned char { NamesArray, InitialsArray, AxisArray };

    static base::Result<std::unique_ptr<IndexImage>> open(const QString &path);
    static std::unique_ptr<IndexImage> fromBuilt(const BuiltIndex &built);
    // Temporary name, sync, rename, sync of the folder.
    static base::Status write(const QString &path, BuiltIndex &built);
    base::Status save(const QString &path) const; // the same from an open one
    ~IndexImage();
    IndexImage(const IndexImage &) = delete;
    IndexImage &operator=(const IndexImage &) = delete;

    base::Status verify() const; // the sums of the sections
    qint64 bytes() const { return qint64(m_bytes.size()); }
    const IndexTables &tables() const { return m_tables; }
    std::uint32_t terms() const { return m_header.terms; }
    bool lostLetters() const { return (m_header.flags & layout::hasLostLetters) != 0; }
    const SuffixArray &array(Array which) const { return m_arrays[which]; }

    std::span<const unsigned char> record(std::uint32_t term) const;
    Concept concept_(std::uint32_t term) const;
    unsigned group(std::uint32_t term) const { return term < m_header.terms ? m_fact[term].group() : 0; }
    const TermGroup &groupOf(std::uint32_t term) const;
    // -1: not there.
    int find(const QString &system, QStringView code) const;
    std::span<const std::uint32_t> children(std::uint32_t term) const;
    std::uint32_t family(std::uint32_t term) const
    {
        return std::min(m_fact[term].family, m_header.terms - 1);
    }
    std::uint32_t familyHead(std::uint32_t term) const { return m_fact[term].heads(); }
    std::span<const layout::LinkEntry> links(std::uint32_t hash) const;
    // Asks for what take() of a search and the row of a term will read.
    void prefetch(std::uint32_t term) const
    {
        if (term >= m_header.terms)
            return;
        __builtin_prefetch(&m_fact[term]);
        if (m_ahead)
            m_ahead->ask(&m_fact[term], sizeof(layout::FactEntry));
    }
    // The records of terms that become rows.
    void prefetchRecords(std::span<const std::uint32_t> terms) const;
    void askSign(std::uint32_t term) const
    {
        if (m_ahead && term < m_header.terms)
            m_ahead->ask(&m_sign[term], sizeof(layout::SignEntry));
    }
    const layout::SignEntry &sign(std::uint32_t term) const { return m_sign[term]; }
    const layout::FactEntry &fact(std::uint32_t term) const { return m_fact[term]; }

private:
    IndexImage() = default;
    base::Status check(const QString &name);
    void attach();
    void readAhead() const;
    template <typename T> std::span<const T> section(std::uint32_t which) const
    {
        const layout::SectionEntry &entry = m_header.table[which];
        return {
            reinterpret_cast<const T *>(m_bytes.data() + entry.offset), std::size_t(entry.size) / sizeof(T)};
    }

    std::span<const unsigned char> m_bytes{};
    std::unique_ptr<const ReadAhead> m_ahead{}; // of a mapped one
    QString m_name{};
    layout::Header m_header{};
    IndexTables m_tables{};
    SuffixArray m_arrays[3]{};
    std::span<const unsigned char> m_records{};
    std::span<const std::uint32_t> m_childStart{}, m_child{};
    std::span<const layout::LinkEntry> m_links{};
    std::span<const layout::SignEntry> m_sign{};
    std::span<const layout::FactEntry> m_fact{};
};

} // namespace naru::terminology
