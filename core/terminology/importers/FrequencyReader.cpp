#include "core/terminology/importers/FrequencyReader.h"

#include "core/base/Oid.h"
#include "core/terminology/Errors.h"
#include "core/terminology/Spelling.h"

#include <algorithm>
#include <cmath>

namespace naru::terminology::importing {

namespace {
constexpr qsizetype mostDigits = 15;

// "1,234" -> 1234; -1 when it is no number.
qint64 countOf(QString text)
{
    text.remove(u',');
    const bool digits = !text.isEmpty() && text.size() <= mostDigits
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits ? text.toLongLong() : -1;
}

// Small numbers are hidden in published tables.
bool hidden(const QString &text)
{
    return text.isEmpty() || text == QLatin1String("-") || text == QLatin1String("*");
}
} // namespace

void FrequencyReader::add(const RowView &row)
{
    static const QString kcd = base::oid("kcd").text();
    if (row.text(Role::Code).isEmpty())
        return m_log.refuse(row, Role::Code, base::Error(errors::ImportCodeMissing));
    const QString code = m_system == kcd ? normaliseKcd(row.text(Role::Code)) : row.text(Role::Code);
    if (m_system == kcd && !isKcd(code))
        return m_log.refuse(row, Role::Code,
            base::Error(errors::ImportCodeInvalid, {}, {{QStringLiteral("code"), code.left(40)}}));
    const Role role = row.has(Role::Claims) ? Role::Claims : Role::Patients;
    if (hidden(row.text(role)))
        return m_log.ignore();
    const qint64 count = countOf(row.text(role));
    if (count < 0)
        return m_log.refuse(row, role,
            base::Error(errors::ImportValue, {}, {{QStringLiteral("value"), row.text(role).left(40)}}));
    const auto [at, isNew] = m_terms.add(code, row.number());
    if (isNew) {
        m_terms.at(at).system = m_system;
        m_terms.at(at).ko = row.text(Role::Ko);
        m_counts.push_back(0);
        ++m_log.report.kept;
    } else {
        ++m_log.report.synonyms; // another row of the same code
        ++m_log.report.kept;
    }
    m_counts[at] += count;
}

std::vector<Concept> FrequencyReader::finish()
{
    const auto top = std::max_element(m_counts.begin(), m_counts.end());
    const double highest = top == m_counts.end() ? 1 : std::log1p(double(std::max<qint64>(*top, 1)));
    for (std::size_t i = 0; i < m_counts.size(); ++i)
        m_terms.at(i).weight =
            std::max(1, int(std::lround(1000 * std::log1p(double(m_counts[i])) / highest)));
    return m_terms.take();
}

} // namespace naru::terminology::importing
