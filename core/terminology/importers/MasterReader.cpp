#include "core/terminology/importers/MasterReader.h"

#include "core/terminology/Errors.h"
#include "core/terminology/importers/DrugReader.h"
#include "core/terminology/importers/FrequencyReader.h"
#include "core/terminology/importers/KcdReader.h"
#include "core/terminology/importers/KostomReader.h"
#include "core/terminology/importers/LoincReader.h"
#include "core/terminology/importers/ProductReader.h"

namespace naru::terminology::importing {

std::unique_ptr<MasterReader> MasterReader::create(const QString &name, ImportLog &log)
{
    if (name == QLatin1String("kostom"))
        return std::make_unique<KostomReader>(log);
    if (name == QLatin1String("kcd"))
        return std::make_unique<KcdReader>(log);
    if (name == QLatin1String("drugs"))
        return std::make_unique<DrugReader>(log);
    if (name == QLatin1String("loinc"))
        return std::make_unique<LoincReader>(log);
    if (name == QLatin1String("frequency"))
        return std::make_unique<FrequencyReader>(log);
    return std::make_unique<ProductReader>(log);
}

void TermsByCode::reserve(qsizetype terms)
{
    m_terms.reserve(std::size_t(terms));
    m_rows.reserve(std::size_t(terms));
    m_index.reserve(terms);
}

TermsByCode::Place TermsByCode::add(const QString &code, qint64 row)
{
    const qsizetype before = m_index.size();
    std::size_t &slot = m_index[code];
    if (m_index.size() == before)
        return {slot, false};
    slot = m_terms.size();
    Concept &term = m_terms.emplace_back();
    term.code = code;
    m_rows.push_back(row);
    return {m_terms.size() - 1, true};
}

qsizetype TermsByCode::find(const QString &code) const
{
    const auto found = m_index.find(code);
    return found == m_index.end() ? -1 : qsizetype(*found);
}

bool addSynonym(Concept &term, const QString &name)
{
    if (name.isEmpty() || name == term.ko || name == term.en || term.synonyms.contains(name))
        return false;
    term.synonyms.append(name);
    return true;
}

base::Error duplicateOf(const QString &code, qint64 firstRow)
{
    return base::Error(errors::ImportDuplicate, {},
        {{QStringLiteral("code"), code.left(40)}, {QStringLiteral("first"), QString::number(firstRow)}});
}

} // namespace naru::terminology::importing
