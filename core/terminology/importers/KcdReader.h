// 한국표준질병·사인분류 (KCD): the master of HIRA, its sheet of deleted codes, and the database of KOSTAT.
//
// Rows of one code are not all names of it. The first row is the title; another row is a synonym (inclusion),
// a usage note (help), or an exclusion that names another disease and points to its code: that name becomes a
// synonym of the code it points to and never of the code it stands under, because picking by that name would
// code the wrong disease.
#pragma once

#include "core/terminology/importers/KcdReference.h"
#include "core/terminology/importers/MasterReader.h"

namespace naru::terminology::importing {

class KcdReader : public MasterReader {
public:
    using MasterReader::MasterReader;
    void add(const RowView &row) override;
    std::vector<Concept> finish() override;

private:
    struct Redirect {
        QString ko{}, en{}; // without the bracket
        QStringList targets{};
        TablePlace place{};
        qint64 row = 0;
        QString column{};
    };
    struct Legend { // "0 경도": a digit and what it stands for
        std::size_t term = 0;
        QString text{};
    };
    // What a term still lacks when its row was read.
    struct Extra {
        bool completeKnown = false;
        bool titleFromExclusion = false;
        bool retired = false;
    };

    void addTitle(const RowView &row, std::size_t at);
    void addRetired(const RowView &row, const QString &code);
    void addOther(const RowView &row, std::size_t at);
    void readFlags(const RowView &row, std::size_t at);
    bool addRedirect(const RowView &row, const KcdReferences &references);
    QString codeOf(const RowView &row);
    void resolveRedirects();
    void resolveLegends();
    void setParents();

    std::vector<Extra> m_extras{};
    std::vector<Redirect> m_redirects{};
    std::vector<Legend> m_legends{};
    QString m_chapter{}, m_block{}; // KOSTAT: the headings above the row
};

} // namespace naru::terminology::importing
