#include "core/terminology/Terminology.h"

#include "core/base/Oid.h"
#include "core/terminology/AliasTable.h"
#include "core/terminology/BuiltinTerms.h"
#include "core/terminology/Spelling.h"
#include "core/terminology/TerminologySearch.h"
#include "core/terminology/index/Sides.h"

#include <QSet>

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr int maxDepth = 16; // of a hierarchy
constexpr qsizetype maxPasted = 64 * 1024; // characters
constexpr int maxPastedCodes = 1000;
constexpr QLatin1String starterSource("naru-starter");

QString keyOf(const Concept &term)
{
    return TermUsage::key(term.system, term.code);
}
} // namespace

struct Terminology::Data {
    TerminologySearch search;
};

std::shared_ptr<const TermFile> starterFile()
{
    return BuiltinTerms::inMemory().starter;
}

bool isStarter(const TermFile &file)
{
    return file.meta().source == starterSource;
}

Terminology::Terminology(std::vector<std::shared_ptr<const TermFile>> files, std::vector<Alias> clinicAliases,
    std::shared_ptr<const TermFile> programAliases)
{
    std::vector<std::shared_ptr<const TermFile>> aliases; // the clinic's own first
    if (!clinicAliases.empty())
        aliases.push_back(aliasIndex(std::move(clinicAliases)));
    if (!programAliases)
        programAliases = BuiltinTerms::inMemory().aliases;
    aliases.push_back(std::move(programAliases));
    m_data = std::make_shared<const Data>(Data{TerminologySearch(std::move(files), std::move(aliases))});
}

std::shared_ptr<const Terminology> Terminology::starter()
{
    static const std::shared_ptr<const Terminology> one =
        std::make_shared<const Terminology>(std::vector<std::shared_ptr<const TermFile>>{starterFile()});
    return one;
}

TermAnswer Terminology::search(QStringView query, const TermFilter &filter) const
{
    TermAnswer whole = m_data->search.search(query, filter);
    if (!whole.hits.empty())
        return whole;
    const WithoutSide rest = withoutSide(query);
    if (!rest.found || rest.query.isEmpty())
        return whole;
    TermAnswer sided = m_data->search.search(rest.query, filter);
    sided.side = rest.side;
    return sided;
}

std::optional<Concept> Terminology::show(const QString &system, QStringView code) const
{
    const auto at = m_data->search.place(system, code);
    if (at.file < 0)
        return std::nullopt;
    return files()[size_t(at.file)]->at(at.id);
}

std::vector<Concept> Terminology::children(const QString &system, QStringView code) const
{
    std::vector<Concept> out;
    const auto at = m_data->search.place(system, code);
    if (at.file >= 0) {
        const TermFile &file = *files()[size_t(at.file)];
        for (const int id : file.children(at.id))
            out.push_back(file.at(id));
    }
    return out;
}

std::vector<Concept> Terminology::path(const QString &system, QStringView code) const
{
    std::vector<Concept> out;
    QSet<QString> seen;
    std::optional<Concept> term = show(system, code);
    while (term && !term->parent.isEmpty() && !seen.contains(term->code) && out.size() < maxDepth) {
        seen.insert(term->code);
        term = show(system, term->parent);
        if (term)
            out.insert(out.begin(), *term);
    }
    return out;
}

std::vector<Concept> Terminology::map(const QString &from, QStringView code, const QString &to) const
{
    std::vector<Concept> out;
    QSet<QString> seen;
    const QString wanted = from == base::oid("kcd").text() ? normaliseKcd(code) : code.trimmed().toString();
    const auto add = [&](const QString &targetCode) {
        if (seen.contains(targetCode))
            return;
        seen.insert(targetCode);
        Concept bare;
        bare.system = to;
        bare.code = targetCode;
        out.push_back(show(to, targetCode).value_or(bare));
    };
    const std::optional<Concept> own = show(from, wanted);
    std::vector<Concept> thirds; // what is linked with the code, either way
    const auto linksFrom = [&](const Concept &term) {
        for (const CodeLink &link : term.links) {
            if (link.system == to)
                add(link.code);
        }
    };
    const auto linkedTo = [&](const QString &system, const QString &target, bool collect) {
        for (const auto &file : files()) {
            for (const int id : file->linkedFrom(system, target)) {
                Concept term = file->at(id);
                if (term.system == to)
                    add(term.code);
                else if (collect)
                    thirds.push_back(std::move(term));
            }
        }
    };
    if (own)
        linksFrom(*own);
    linkedTo(from, wanted, true);
    if (own) {
        for (const CodeLink &link : own->links) {
            if (link.system == to)
                continue;
            linkedTo(link.system, link.code, false);
            if (auto third = show(link.system, link.code))
                thirds.push_back(std::move(*third));
        }
    }
    for (const Concept &third : thirds)
        linksFrom(third);
    return out;
}

Terminology::Pasted Terminology::pasted(QStringView text, const QStringList &systems) const
{
    Pasted out;
    QSet<QString> seen;
    QString word;
    const auto take = [&] {
        if (word.isEmpty() || out.terms.size() + size_t(out.unknown.size()) >= maxPastedCodes) {
            word.clear();
            return;
        }
        std::optional<Concept> term;
        for (const QString &system : systems.isEmpty() ? counts().keys() : systems) {
            term = show(system, word);
            if (term)
                break;
        }
        if (term && !seen.contains(keyOf(*term))) {
            seen.insert(keyOf(*term));
            out.terms.push_back(std::move(*term));
        } else if (!term && !out.unknown.contains(word)) {
            out.unknown.append(word);
        }
        word.clear();
    };
    for (const QChar c : text.left(maxPasted)) {
        if (c.isSpace() || c == u',' || c == u';' || c == u'，' || c == u'、')
            take();
        else if (c.isPrint())
            word += c;
    }
    take();
    return out;
}

int Terminology::size() const
{
    int total = 0;
    const auto all = counts();
    for (const int count : all)
        total += count;
    return total;
}

QHash<QString, int> Terminology::counts() const
{
    QHash<QString, int> out;
    for (size_t i = 0; i < files().size(); ++i) {
        const auto own = files()[i]->counts();
        for (const QString &system : m_data->search.shown(i))
            out[system] += own.value(system);
    }
    return out;
}

const std::vector<std::shared_ptr<const TermFile>> &Terminology::files() const
{
    return m_data->search.files();
}

} // namespace naru::terminology
