#include "core/terminology/importers/ProductReader.h"

#include "core/base/Oid.h"
#include "core/terminology/Errors.h"
#include "core/terminology/importers/DrugReader.h"

namespace naru::terminology::importing {

namespace {
// ICD-9-CM volume 3 has two digits before the dot ("45.23"); lists write it with and without.
QString dotted(const QString &code, const QString &system)
{
    static const QString icd9cm = base::oid("icd9cm").text();
    if (system != icd9cm || code.size() <= 2 || code.contains(u'.'))
        return code;
    return code.left(2) + u'.' + code.mid(2);
}
} // namespace

void ProductReader::add(const RowView &row)
{
    if (row.has(Role::SkipWhenEmpty) && row.text(Role::SkipWhenEmpty).isEmpty())
        return m_log.ignore(); // the heading of an ingredient
    if (row.text(Role::Code).isEmpty())
        return m_log.refuse(row, Role::Code, base::Error(errors::ImportCodeMissing));
    if (row.text(Role::Ko).isEmpty() && row.text(Role::En).isEmpty())
        return m_log.refuse(row, Role::Ko, base::Error(errors::ImportNameMissing));
    const QString code = dotted(row.text(Role::Code), row.layout().system);
    const QDate from = m_log.date(row, Role::ValidFrom);
    const auto [at, isNew] = m_terms.add(code, row.number());
    if (!isNew)
        return again(row, at, from);
    Concept &term = m_terms.at(at);
    term.system = row.layout().system;
    term.validFrom = from;
    fill(row, term);
    if (from.isValid())
        m_latest.insert(at, from);
    ++m_log.report.kept;
}

void ProductReader::fill(const RowView &row, Concept &term)
{
    term.ko = row.text(Role::Ko);
    term.en = row.text(Role::En);
    term.help = joinedHelp(row, {Role::Maker, Role::Spec, Role::Unit, Role::Price});
    for (const int column : row.header().synonyms)
        addSynonym(term, row.cell(column));
    if (const QDate end = m_log.date(row, Role::Cancelled); end.isValid())
        term.validTo = end.addDays(-1);
    else if (row.has(Role::Retired))
        term.validTo = m_lastDay;
}

// The same code again: with another date it is its history and the latest row names it; with another name on
// the same day it contradicts.
void ProductReader::again(const RowView &row, std::size_t at, const QDate &from)
{
    Concept &term = m_terms.at(at);
    const QDate latest = m_latest.value(at);
    if (row.has(Role::Retired) || from == latest) {
        if (!row.has(Role::Retired) && (term.ko != row.text(Role::Ko) || term.en != row.text(Role::En)))
            return m_log.refuse(row, Role::Code, duplicateOf(term.code, m_terms.rowOf(at)));
        return m_log.ignore();
    }
    if (from.isValid() && (!latest.isValid() || from > latest)) {
        fill(row, term);
        m_latest.insert(at, from);
    }
    if (from.isValid() && term.validFrom.isValid())
        term.validFrom = std::min(term.validFrom, from);
    m_log.ignore();
}

} // namespace naru::terminology::importing
