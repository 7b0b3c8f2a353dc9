#include "core/terminology/importers/KostomReader.h"

#include "core/base/Oid.h"
#include "core/terminology/Errors.h"
#include "core/terminology/Spelling.h"

#include <QRegularExpression>

namespace naru::terminology::importing {

namespace {
int countTight(QStringView text, QChar separator)
{
    int out = 0;
    for (qsizetype i = 0; i < text.size(); ++i)
        out += text[i] == separator && (i + 1 == text.size() || text[i + 1] != u' ') ? 1 : 0;
    return out;
}

std::size_t namesHash(const RowView &row)
{
    return qHashMulti(0, row.text(Role::Ko), row.text(Role::En));
}

const QString &kcd()
{
    static const QString oid = base::oid("kcd").text();
    return oid;
}

void addLink(Concept &term, const QString &system, QStringView code)
{
    CodeLink link{system, system == kcd() ? normaliseKcd(code) : code.trimmed().toString()};
    if (!link.code.isEmpty() && std::find(term.links.begin(), term.links.end(), link) == term.links.end())
        term.links.push_back(std::move(link));
}

QString fieldFromLinks(const Concept &term)
{
    const QString &name = term.en.isEmpty() ? term.ko : term.en;
    if (term.axis)
        return name.contains(u';') ? QStringLiteral("radiology") : QStringLiteral("laboratory");
    for (const auto &[system, field] : fieldsOfSystems()) {
        for (const CodeLink &link : term.links) {
            if (link.system == system)
                return field;
        }
    }
    return QStringLiteral("other");
}
} // namespace

// LOINC has five or six parts, radiology at least three; "1:160" or "A; B" in a name is neither.
bool isAxisString(QStringView name)
{
    return countTight(name, u':') >= 3 || countTight(name, u';') >= 2;
}

bool KostomReader::isRepeated(const RowView &row, const QString &code, std::size_t at)
{
    const std::size_t names = namesHash(row);
    const qsizetype before = m_seen.size();
    Seen &seen = m_seen[code];
    if (m_seen.size() != before) {
        seen = {at, row.number(), names};
        return false;
    }
    if (seen.concept_ != at || seen.names != names) {
        m_log.refuse(row, Role::Code, duplicateOf(code, seen.row));
        return true;
    }
    // The same row again; the first edition repeats it once for each reference.
    addLinks(row, m_terms.at(at));
    if (row.has(Role::RefCode))
        ++m_log.report.kept;
    else
        m_log.ignore();
    return true;
}

void KostomReader::addLinks(const RowView &row, Concept &term)
{
    for (const auto &[column, system] : row.header().links) {
        const QString &cell = row.cell(column);
        if (cell.isEmpty())
            continue;
        if (!cell.contains(u'|')) {
            addLink(term, system, cell);
            continue;
        }
        for (const QStringView code : QStringView(cell).split(u'|', Qt::SkipEmptyParts))
            addLink(term, system, code);
    }
    if (!row.has(Role::RefScheme) || row.text(Role::RefCode).isEmpty())
        return;
    const QString system = m_log.meaning(row, Role::RefScheme, "refScheme", "");
    if (system.isEmpty())
        return;
    for (const QStringView code : QStringView(row.text(Role::RefCode)).split(u'|', Qt::SkipEmptyParts))
        addLink(term, base::oid(system.toLatin1().constData()).text(), code);
}

// Extracts have a sheet or a file for each field: "간호", "보건의료용어표준_간호_V5.0".
const QString &KostomReader::fieldOfTable(const TablePlace &place)
{
    if (m_place.file == place.file && m_place.sheet == place.sheet)
        return m_field;
    m_place = place;
    m_field = exactMeaningOf("field", place.sheet);
    static const QRegularExpression separators(QStringLiteral("[\\s_.()-]+"));
    for (const QString &word : place.file.split(separators)) {
        if (m_field.isEmpty())
            m_field = exactMeaningOf("field", word);
    }
    return m_field;
}

void KostomReader::addName(const RowView &row, Concept &term, const QString &code)
{
    const bool preferred = code == term.code;
    if (preferred) { // the names so far were those of a synonym
        const QString ko = std::exchange(term.ko, row.text(Role::Ko));
        const QString en = std::exchange(term.en, row.text(Role::En));
        term.synonyms.removeAll(term.ko);
        term.synonyms.removeAll(term.en);
        addSynonym(term, ko);
        addSynonym(term, en);
    } else {
        addSynonym(term, row.text(Role::Ko));
        addSynonym(term, row.text(Role::En));
    }
    ++m_log.report.synonyms;
}

void KostomReader::add(const RowView &row)
{
    const QString &code = row.text(Role::Code);
    if (code.isEmpty())
        return m_log.refuse(row, Role::Code, base::Error(errors::ImportCodeMissing));
    if (row.text(Role::Ko).isEmpty() && row.text(Role::En).isEmpty())
        return m_log.refuse(row, Role::Ko, base::Error(errors::ImportNameMissing));
    const QString &given = row.text(Role::Concept);
    const QString &conceptCode = given.isEmpty() ? code : given;
    // A contradicting row must not leave an empty concept behind: it is looked at before one is made.
    const qsizetype known = m_terms.find(conceptCode);
    if (isRepeated(row, code, known < 0 ? m_terms.size() : std::size_t(known)))
        return;
    const auto [at, isNew] = m_terms.add(conceptCode, row.number());
    Concept &term = m_terms.at(at);
    const bool axis = isAxisString(row.text(Role::En)) || isAxisString(row.text(Role::Ko));
    if (isNew) {
        term.system = row.layout().system;
        term.ko = row.text(Role::Ko);
        term.en = row.text(Role::En);
        m_termCodes.push_back(code);
        m_named.push_back(!axis);
    } else {
        addName(row, term, code);
        if (code == conceptCode)
            m_termCodes[at] = code;
        m_named[at] = m_named[at] || !axis;
    }
    if (term.field.isEmpty())
        term.field = row.text(Role::Field).isEmpty() ? fieldOfTable(row.place())
                                                     : meaningOf("field", row.text(Role::Field));
    addLinks(row, term);
    ++m_log.report.kept;
}

std::vector<Concept> KostomReader::finish()
{
    m_seen.clear();
    std::vector<Concept> terms = m_terms.take();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        Concept &term = terms[i];
        term.conceptCode = std::exchange(term.code, m_termCodes[i]);
        term.axis = !m_named[i];
        if (term.field.isEmpty())
            term.field = fieldFromLinks(term);
    }
    return terms;
}

} // namespace naru::terminology::importing
