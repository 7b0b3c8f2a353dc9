// Institutions of the exchange, from the site profile's institutions.tsv.
#pragma once

#include "core/base/Result.h"
#include "core/clinical/Parties.h"

#include <vector>

namespace naru::services {

class Directory {
public:
    Directory() = default;
    // Columns by header name; a row without OID or name is an error that names the line.
    static base::Result<Directory> load(const QString &file);

    const std::vector<clinical::Institution> &all() const { return m_rows; }
    const clinical::Institution *byOid(const QString &oid) const;
    // Name, initial consonants, English-keyboard slip, institution number. Participants first, then how well
    // the name matches, then the shorter name.
    std::vector<clinical::Institution> search(const QString &query, int limit) const;

private:
    std::vector<clinical::Institution> m_rows{};
};

} // namespace naru::services
