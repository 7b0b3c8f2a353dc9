#include "core/terminology/BuiltinTerms.h"

#include "core/terminology/AliasTable.h"
#include "core/terminology/StarterTerms.h"
#include "core/terminology/index/Layout.h"
#include "core/terminology/index/tables/stockheadsTable.h"
#include "core/terminology/index/tables/variantsTable.h"
#include "resources/terms/aliasesTable.h"
#include "resources/terms/diagnosesTable.h"
#include "resources/terms/medicinesTable.h"
#include "resources/terms/proceduresTable.h"
#include "resources/terms/testsTable.h"

#include <QDir>

namespace naru::terminology {

namespace {
IndexMeta starterMeta()
{
    IndexMeta meta;
    meta.title = QStringLiteral("Starter terms");
    meta.source = QStringLiteral("naru-starter");
    return meta;
}

// Everything that decides what the indexes contain.
QString tablesSum()
{
    static const QString sum = [] {
        std::uint32_t crc = layout::formatVersion;
        for (const std::string_view table : {tables::diagnoses, tables::medicines, tables::tests,
                 tables::procedures, tables::aliases, tables::stockheads, tables::variants})
            crc = layout::crc32({reinterpret_cast<const unsigned char *>(table.data()), table.size()}, crc);
        return QString::number(crc, 16);
    }();
    return sum;
}

std::vector<Concept> programAliasTerms()
{
    return aliasTerms(programAliases());
}

const std::shared_ptr<const TermFile> &starterInMemory()
{
    static const auto one = TermFile::inMemory(starterMeta(), starterTerms());
    return one;
}

const std::shared_ptr<const TermFile> &aliasesInMemory()
{
    static const auto one = TermFile::inMemory({}, programAliasTerms(), false);
    return one;
}

// Mapped when it is there; otherwise made once in this process, and written for the next start.
std::shared_ptr<const TermFile> kept(
    const QString &path, const std::shared_ptr<const TermFile> &(*inMemory)())
{
    if (auto file = TermFile::open(path))
        return *file;
    return inMemory()->save(path) ? inMemory() : nullptr;
}
} // namespace

const BuiltinTerms &BuiltinTerms::inMemory()
{
    static const BuiltinTerms terms{starterInMemory(), aliasesInMemory()};
    return terms;
}

BuiltinTerms BuiltinTerms::in(const QString &folder)
{
    const QString mine = QStringLiteral("builtin-") + tablesSum();
    QDir dir(folder);
    if (!dir.exists() && !dir.mkdir(folder))
        return inMemory();
    BuiltinTerms out;
    out.starter = kept(dir.filePath(mine + QStringLiteral("-starter.index")), starterInMemory);
    out.aliases = kept(dir.filePath(mine + QStringLiteral("-aliases.index")), aliasesInMemory);
    if (!out.starter || !out.aliases)
        return inMemory();
    for (const QString &old : dir.entryList({QStringLiteral("builtin-*.index")}, QDir::Files)) {
        if (!old.startsWith(mine))
            dir.remove(old); // of another version of the program; a process that has it mapped keeps it
    }
    return out;
}

} // namespace naru::terminology
