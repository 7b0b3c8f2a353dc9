#include "core/terminology/importers/LoincReader.h"

#include "core/terminology/Errors.h"

namespace naru::terminology::importing {

bool isLoinc(QStringView code)
{
    const qsizetype hyphen = code.indexOf(u'-');
    if (hyphen < 1 || hyphen > 7 || hyphen != code.size() - 2 || !code.back().isDigit())
        return false;
    int sum = 0;
    for (qsizetype i = 0; i < hyphen; ++i) {
        if (code[i] < u'0' || code[i] > u'9')
            return false;
        const int digit = code[i].unicode() - u'0';
        const bool doubled = (hyphen - i) % 2 == 1;
        sum += doubled ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
    return (10 - sum % 10) % 10 == code.back().unicode() - u'0';
}

void LoincReader::add(const RowView &row)
{
    const QString &code = row.text(Role::Code);
    if (code.isEmpty())
        return m_log.refuse(row, Role::Code, base::Error(errors::ImportCodeMissing));
    if (!isLoinc(code))
        return m_log.refuse(row, Role::Code,
            base::Error(errors::ImportCodeInvalid, {}, {{QStringLiteral("code"), code.left(40)}}));
    if (!row.has(Role::En))
        return addVariant(row, code);
    m_hasTable = true;
    const QString &name = row.text(Role::En).isEmpty() ? row.text(Role::Component) : row.text(Role::En);
    if (name.isEmpty())
        return m_log.refuse(row, Role::En, base::Error(errors::ImportNameMissing));
    const auto [at, isNew] = m_terms.add(code, row.number());
    Concept &term = m_terms.at(at);
    if (!isNew) {
        if (term.en != name)
            return m_log.refuse(row, Role::Code, duplicateOf(code, m_terms.rowOf(at)));
        return m_log.ignore();
    }
    term.system = row.layout().system;
    term.en = name;
    for (const int column : row.header().synonyms)
        addSynonym(term, row.cell(column));
    term.category = meaningOf("class", row.text(Role::Class));
    if (term.category.isEmpty())
        term.category = meaningOf("classType", row.text(Role::ClassType));
    term.unit = row.text(Role::Unit).section(u';', 0, 0);
    if (m_log.meaning(row, Role::Status, "status", "current") == QLatin1String("retired")) {
        term.validTo = m_lastDay;
        term.replacedBy = row.text(Role::ReplacedBy);
    }
    ++m_log.report.kept;
}

void LoincReader::addVariant(const RowView &row, const QString &code)
{
    const QString &shown = row.text(Role::Ko).isEmpty() ? row.text(Role::LongName) : row.text(Role::Ko);
    Korean korean{shown, {}, row.place(), row.number(), row.caption(Role::Code)};
    if (shown != row.text(Role::LongName))
        korean.synonyms.append(row.text(Role::LongName));
    for (const int column : row.header().synonyms)
        korean.synonyms.append(row.cell(column));
    if (shown.isEmpty())
        return m_log.refuse(row, Role::Ko, base::Error(errors::ImportNameMissing));
    if (m_korean.contains(code))
        return m_korean.value(code).name == shown
            ? m_log.ignore()
            : m_log.refuse(row, Role::Code, duplicateOf(code, m_korean.value(code).row));
    m_korean.insert(code, korean);
    ++m_log.report.kept;
}

// A variant names what the table has; alone, it is a table of Korean names.
std::vector<Concept> LoincReader::finish()
{
    QString system;
    for (const Layout &layout : layouts()) {
        if (layout.reader == QLatin1String("loinc"))
            system = layout.system;
    }
    QStringList codes = m_korean.keys();
    codes.sort();
    for (const QString &code : std::as_const(codes)) {
        const Korean &korean = *m_korean.constFind(code);
        if (m_hasTable && m_terms.find(code) < 0) {
            --m_log.report.kept;
            m_log.ignore();
            continue;
        }
        Concept &term = m_terms.at(m_terms.add(code, korean.row).index);
        term.system = system;
        term.ko = korean.name;
        for (const QString &name : korean.synonyms)
            addSynonym(term, name);
    }
    return m_terms.take();
}

} // namespace naru::terminology::importing
