// What the test programs of the importers use.
#pragma once

#include "core/base/Oid.h"
#include "core/terminology/importers/Importer.h"
#include "tests/support/MasterFiles.h"
#include "tests/support/SyntheticMaster.h"

#include <QTemporaryDir>
#include <QTest>

namespace naru::terminology {

inline QString master(const char *name)
{
    return QStringLiteral(NARU_TEST_DATA "/terms/masters/") + QLatin1String(name);
}

inline QString oid(const char *name)
{
    return base::oid(name).text();
}

inline const Concept *find(const ImportedMaster &master, const char *code, const char *system = nullptr)
{
    for (const Concept &term : master.terms) {
        if (term.code == QLatin1String(code) && (!system || term.system == oid(system)))
            return &term;
    }
    return nullptr;
}

inline bool linked(const Concept &term, const char *system, const char *code)
{
    const CodeLink wanted{oid(system), QLatin1String(code)};
    return std::find(term.links.begin(), term.links.end(), wanted) != term.links.end();
}

// Every row read is accounted for.
inline bool balanced(const ImportReport &r)
{
    return r.read == r.kept + r.redirected + r.ignored + r.refused;
}

inline base::Result<ImportedMaster> importFiles(
    const QStringList &files, const char *name = "", QDate from = {})
{
    return importMaster(files, {QLatin1String(name), {}, from});
}

} // namespace naru::terminology
