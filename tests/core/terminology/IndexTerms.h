// Terms for the tests of the index: one by hand, many by a seed, and the codes an answer names.
#pragma once

#include "core/base/Oid.h"
#include "core/terminology/Terminology.h"
#include "tests/support/SyntheticMaster.h"

#include <QStringList>
#include <vector>

namespace naru::terminology {

inline Concept term(const char *code, const char *ko, const char *en = "", const char *system = "kcd")
{
    Concept out;
    out.system = base::oid(system).text();
    out.code = QString::fromUtf8(code);
    out.ko = QString::fromUtf8(ko);
    out.en = QString::fromUtf8(en);
    return out;
}

inline std::vector<Concept> made(int total, quint32 seed)
{
    testsupport::SyntheticOptions options;
    options.seed = seed;
    options.total = total;
    options.synonymsPerThousand = 200;
    options.cp949 = false;
    return testsupport::syntheticKostom(options);
}

inline QStringList codes(const std::vector<TermHit> &hits)
{
    QStringList out;
    for (const TermHit &hit : hits)
        out.append(hit.term.code);
    return out;
}

// One index over a few terms; asked without similar spellings.
inline QStringList ask(const std::vector<Concept> &terms, const QString &query, TermFilter filter = {})
{
    return codes(TermFile::inMemory({}, terms)->search(query, filter).hits);
}

} // namespace naru::terminology
