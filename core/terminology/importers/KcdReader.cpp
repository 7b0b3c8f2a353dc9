#include "core/terminology/importers/KcdReader.h"

#include "core/terminology/Errors.h"
#include "core/terminology/Spelling.h"

#include <QSet>

namespace naru::terminology::importing {

namespace {
// A reference of a row, from whichever language has one.
KcdReferences referencesOf(const RowView &row)
{
    KcdReferences out = kcdReferences(row.text(Role::Ko));
    return out.kind == KcdReferences::Kind::None ? kcdReferences(row.text(Role::En)) : out;
}

bool isBlock(const QString &code)
{
    return code.contains(u'-') || code.contains(u'~');
}

// The name of a row without its bracket and its "제외:".
QString plainName(const QString &text)
{
    const KcdReferences references = kcdReferences(text);
    return withoutRowPrefix(references.kind == KcdReferences::Kind::None ? text : references.text);
}

void addHelp(Concept &term, const QString &text)
{
    if (text.isEmpty() || term.help.contains(text))
        return;
    if (!term.help.isEmpty())
        term.help += u'\n';
    term.help += text;
}
} // namespace

QString KcdReader::codeOf(const RowView &row)
{
    const QString &given = row.text(Role::Code);
    if (given.isEmpty()) {
        m_log.refuse(row, Role::Code, base::Error(errors::ImportCodeMissing));
        return {};
    }
    const QString level = row.has(Role::Level) ? meaningOf("level", row.text(Role::Level)) : QString();
    const QString code = markedKcd(given).code;
    const bool heading = level == QLatin1String("chapter") || level == QLatin1String("block");
    if (!heading && !isKcd(code)) {
        m_log.refuse(row, Role::Code,
            base::Error(errors::ImportCodeInvalid, {}, {{QStringLiteral("code"), given.left(40)}}));
        return {};
    }
    if (level == QLatin1String("chapter")) {
        m_chapter = given;
        m_block.clear();
    } else if (level == QLatin1String("block")) {
        m_block = given;
    }
    return heading ? given : code;
}

void KcdReader::add(const RowView &row)
{
    const QString code = codeOf(row);
    if (code.isEmpty())
        return;
    if (row.has(Role::Retired))
        return addRetired(row, code);
    if (row.text(Role::Ko).isEmpty() && row.text(Role::En).isEmpty())
        return m_log.refuse(row, Role::Ko, base::Error(errors::ImportNameMissing));
    const auto [at, isNew] = m_terms.add(code, row.number());
    if (isNew)
        m_extras.emplace_back();
    if (isNew || m_extras[at].retired)
        addTitle(row, at);
    else
        addOther(row, at);
}

void KcdReader::addTitle(const RowView &row, std::size_t at)
{
    Concept &term = m_terms.at(at);
    term = Concept{.system = row.layout().system, .code = term.code};
    term.ko = row.text(Role::Ko);
    term.en = row.text(Role::En);
    m_extras[at] = {};
    m_extras[at].titleFromExclusion = referencesOf(row).kind == KcdReferences::Kind::Other;
    readFlags(row, at);
    ++m_log.report.kept;
}

void KcdReader::readFlags(const RowView &row, std::size_t at)
{
    Concept &term = m_terms.at(at);
    if (!row.text(Role::Complete).isEmpty()) {
        const QString complete = m_log.meaning(row, Role::Complete, "complete", "");
        m_extras[at].completeKnown = !complete.isEmpty();
        term.complete = complete != QLatin1String("no");
    }
    term.mainAllowed = m_log.meaning(row, Role::Main, "main", "yes") == QLatin1String("yes");
    term.notifiable = m_log.meaning(row, Role::Notifiable, "notifiable", "no") == QLatin1String("yes");
    term.koreanMedicine =
        m_log.meaning(row, Role::Medicine, "medicine", "western") == QLatin1String("korean");
    const QString sex = m_log.meaning(row, Role::Sex, "sex", "any");
    term.sex = sex == QLatin1String("male") ? Sex::Male
        : sex == QLatin1String("female")    ? Sex::Female
                                            : Sex::Any;
    term.ageFrom = m_log.number(row, Role::AgeFrom);
    const int ageTo = m_log.number(row, Role::AgeTo);
    term.ageTo = ageTo >= 150 ? 0 : ageTo; // 999 and the like: no limit
    term.validFrom = m_log.date(row, Role::ValidFrom);
    term.validTo = m_log.date(row, Role::ValidTo);
    // A manifestation code never stands alone as the main diagnosis.
    const bool manifestation =
        markedKcd(row.text(Role::Code)).mark == u'*' || row.text(Role::Mark).contains(u'*');
    if (manifestation)
        term.mainAllowed = false;
    if (isBlock(term.code) || term.code == m_chapter) {
        term.complete = term.mainAllowed = false;
        m_extras[at].completeKnown = true;
        term.parent = term.code == m_chapter ? QString() : m_chapter;
    } else if (row.has(Role::Level) && term.code.size() == 3) {
        term.parent = m_block.isEmpty() ? m_chapter : m_block;
    }
}

// A code that is in force in the master itself stays; the sheet of deleted codes may repeat it.
void KcdReader::addRetired(const RowView &row, const QString &code)
{
    const auto [at, isNew] = m_terms.add(code, row.number());
    if (!isNew) {
        m_log.problem(row, row.caption(Role::Code), duplicateOf(code, m_terms.rowOf(at)));
        return m_log.ignore();
    }
    m_extras.emplace_back();
    m_extras[at] = {true, false, true};
    Concept &term = m_terms.at(at);
    term.system = row.layout().system;
    term.ko = row.text(Role::Ko);
    term.en = row.text(Role::En);
    term.validTo = m_log.date(row, Role::ValidTo);
    if (!term.validTo.isValid())
        term.validTo = m_lastDay;
    term.replacedBy = markedKcd(row.text(Role::ReplacedBy)).code;
    ++m_log.report.kept;
}

void KcdReader::addOther(const RowView &row, std::size_t at)
{
    Concept &term = m_terms.at(at);
    const QString &ko = row.text(Role::Ko), &en = row.text(Role::En);
    if (ko == term.ko && en == term.en)
        return m_log.ignore();
    const QString level = row.has(Role::Level) ? meaningOf("level", row.text(Role::Level)) : QString();
    const KcdReferences references = referencesOf(row);
    const bool toOthers =
        references.kind == KcdReferences::Kind::Other && !references.codes.contains(term.code);
    if (isUsageNote(ko.isEmpty() ? en : ko) || level == QLatin1String("note")) {
        addHelp(term, ko.isEmpty() ? en : ko);
        return m_log.ignore();
    }
    if (references.kind == KcdReferences::Kind::Range
        || (level == QLatin1String("exclusion") && references.codes.isEmpty()))
        return m_log.ignore(); // another disease, and no single code to lead to
    if ((toOthers || references.kind == KcdReferences::Kind::Dagger) && addRedirect(row, references))
        return;
    if (isLegend(ko)) {
        m_legends.push_back({at, ko});
        return;
    }
    // The first row was an exclusion and this one is a name: the rows came in another order. The first one
    // was counted as kept; that count is this row's now and the redirect has its own.
    if (m_extras[at].titleFromExclusion) {
        const QString oldKo = std::exchange(term.ko, ko), oldEn = std::exchange(term.en, en);
        m_extras[at].titleFromExclusion = false;
        const KcdReferences old =
            kcdReferences(oldKo).codes.isEmpty() ? kcdReferences(oldEn) : kcdReferences(oldKo);
        m_redirects.push_back({plainName(oldKo), plainName(oldEn), old.codes, row.place(), m_terms.rowOf(at),
            row.caption(Role::Ko)});
        return;
    }
    addSynonym(term, plainName(ko));
    addSynonym(term, plainName(en));
    ++m_log.report.synonyms;
    ++m_log.report.kept;
}

bool KcdReader::addRedirect(const RowView &row, const KcdReferences &references)
{
    m_redirects.push_back({plainName(row.text(Role::Ko)), plainName(row.text(Role::En)), references.codes,
        row.place(), row.number(), row.caption(Role::Ko)});
    return true;
}

// The name leads to the code it points to; when the master has only its category, to that.
void KcdReader::resolveRedirects()
{
    for (const Redirect &redirect : m_redirects) {
        bool found = false;
        for (const QString &target : redirect.targets) {
            qsizetype at = -1;
            for (qsizetype length = target.size(); length >= 3 && at < 0; --length)
                at = m_terms.find(target.left(length));
            if (at < 0)
                continue;
            found = true;
            addSynonym(m_terms.at(std::size_t(at)), redirect.ko);
            addSynonym(m_terms.at(std::size_t(at)), redirect.en);
        }
        if (found) {
            ++m_log.report.redirected;
            continue;
        }
        m_log.ignore();
        if (m_log.report.problems.size() < ImportLog::MaxProblems) {
            base::Error error(errors::ImportRedirect, {},
                {{QStringLiteral("code"), redirect.targets.join(QLatin1String(", "))}});
            m_log.report.problems.push_back(
                {redirect.place.file, redirect.place.sheet, redirect.row, redirect.column, std::move(error)});
        }
    }
}

// Two or more digits under one code are the legend of its last character; a single row is a name such as "3
// 염색체".
void KcdReader::resolveLegends()
{
    QHash<std::size_t, QSet<QChar>> digits;
    for (const Legend &legend : m_legends)
        digits[legend.term].insert(legend.text.front());
    for (const Legend &legend : m_legends) {
        Concept &term = m_terms.at(legend.term);
        if (digits.value(legend.term).size() >= 2) {
            addHelp(term, legend.text);
            m_log.ignore();
        } else {
            addSynonym(term, legend.text);
            ++m_log.report.synonyms;
            ++m_log.report.kept;
        }
    }
}

void KcdReader::setParents()
{
    std::vector<bool> hasChildren(m_terms.size());
    for (std::size_t i = 0; i < m_terms.size(); ++i) {
        Concept &term = m_terms.at(i);
        for (qsizetype length = term.code.size() - 1;
             length >= 3 && term.parent.isEmpty() && !isBlock(term.code); --length) {
            if (m_terms.find(term.code.left(length)) >= 0)
                term.parent = term.code.left(length);
        }
        if (const qsizetype parent = term.parent.isEmpty() ? -1 : m_terms.find(term.parent); parent >= 0)
            hasChildren[std::size_t(parent)] = true;
    }
    for (std::size_t i = 0; i < m_terms.size(); ++i) {
        if (!m_extras[i].completeKnown)
            m_terms.at(i).complete = !hasChildren[i];
    }
}

std::vector<Concept> KcdReader::finish()
{
    resolveRedirects();
    resolveLegends();
    setParents();
    return m_terms.take();
}

} // namespace naru::terminology::importing
