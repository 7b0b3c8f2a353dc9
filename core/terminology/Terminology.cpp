#include "core/terminology/Terminology.h"

#include "core/base/Oid.h"
#include "core/terminology/AliasTable.h"
#include "core/terminology/Spelling.h"
#include "core/terminology/StarterTerms.h"
#include "core/terminology/index/Sides.h"

#include <QSet>

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr int maxDepth = 16; // of a hierarchy
constexpr qsizetype maxPasted = 64 * 1024; // characters
constexpr int maxPastedCodes = 1000;
constexpr QLatin1String starterSource("naru-starter");

// A table of aliases and the index over it.
struct AliasFile {
    std::vector<Alias> rows{};
    std::shared_ptr<const TermFile> index{};
};

std::shared_ptr<const AliasFile> makeAliasFile(std::vector<Alias> rows)
{
    auto file = std::make_shared<AliasFile>();
    file->index = aliasIndex(rows);
    file->rows = std::move(rows);
    return file;
}

std::shared_ptr<const AliasFile> programAliasFile()
{
    static const std::shared_ptr<const AliasFile> file = makeAliasFile(programAliases());
    return file;
}

QString normalisedCode(const QString &system, QStringView code)
{
    return system == base::oid("kcd").text() ? normaliseKcd(code) : code.trimmed().toString();
}

QString keyOf(const Concept &term)
{
    return TermUsage::key(term.system, term.code);
}
} // namespace

struct Terminology::Data {
    std::vector<std::shared_ptr<const TermFile>> files{};
    std::vector<QStringList> shown{}; // systems of each file that are not hidden by an earlier release
    std::vector<std::shared_ptr<const AliasFile>> aliases{}; // the clinic's own first

    struct Place {
        const TermFile *file = nullptr;
        int id = -1;
    };
    Place place(const QString &system, QStringView code) const
    {
        const QString wanted = normalisedCode(system, code);
        for (const QString &spelling : {wanted, wanted.toUpper()}) {
            for (size_t i = 0; i < files.size(); ++i) {
                if (!shown[i].contains(system))
                    continue;
                const int id = files[i]->find(system, spelling);
                if (id >= 0)
                    return {files[i].get(), id};
            }
        }
        return {};
    }
    TermAnswer search(QStringView query, const TermFilter &filter) const;
    void addAliasHits(QStringView query, const TermFilter &filter, std::vector<TermHit> &hits) const;
};

std::shared_ptr<const TermFile> starterFile()
{
    static const std::shared_ptr<const TermFile> file = [] {
        IndexMeta meta;
        meta.title = QStringLiteral("Starter terms");
        meta.source = starterSource;
        return TermFile::inMemory(meta, starterTerms());
    }();
    return file;
}

Terminology::Terminology(std::vector<std::shared_ptr<const TermFile>> files, std::vector<Alias> clinicAliases)
{
    auto data = std::make_shared<Data>();
    QSet<QString> released;
    for (const auto &file : files) {
        if (file && file->meta().source != starterSource) {
            for (const QString &system : file->systems())
                released.insert(system);
        }
    }
    for (auto &file : files) {
        if (!file)
            continue;
        QStringList systems = file->systems();
        if (file->meta().source == starterSource)
            systems.removeIf([&](const QString &system) { return released.contains(system); });
        data->files.push_back(std::move(file));
        data->shown.push_back(std::move(systems));
    }
    if (!clinicAliases.empty())
        data->aliases.push_back(makeAliasFile(std::move(clinicAliases)));
    data->aliases.push_back(programAliasFile());
    m_data = std::move(data);
}

std::shared_ptr<const Terminology> Terminology::starter()
{
    static const std::shared_ptr<const Terminology> one =
        std::make_shared<const Terminology>(std::vector<std::shared_ptr<const TermFile>>{starterFile()});
    return one;
}

void Terminology::Data::addAliasHits(
    QStringView query, const TermFilter &filter, std::vector<TermHit> &hits) const
{
    TermFilter plain;
    plain.systems = filter.systems;
    plain.fuzzy = false;
    plain.limit = filter.limit;
    for (const auto &table : aliases) {
        if (!table->index)
            continue;
        for (TermHit &hit : table->index->searchWords(query, plain).hits) {
            const Alias &row = table->rows[size_t(hit.term.code.toInt())];
            if (hit.kind == MatchKind::Inside)
                continue; // an alias is met whole or from its start
            const Place at = place(row.system, row.code);
            if (!at.file)
                continue;
            hit.term = at.file->at(at.id);
            if ((!filter.categories.isEmpty() && !filter.categories.contains(hit.term.category))
                || (!filter.fields.isEmpty() && !filter.fields.contains(hit.term.field)))
                continue;
            at.file->judge(hit, at.id, filter);
            hits.push_back(std::move(hit));
        }
    }
}

TermAnswer Terminology::Data::search(QStringView query, const TermFilter &filter) const
{
    TermAnswer out;
    std::vector<TermHit> similar;
    TermFilter one = filter;
    for (size_t i = 0; i < files.size(); ++i) {
        one.systems.clear();
        for (const QString &system : shown[i]) {
            if (filter.systems.isEmpty() || filter.systems.contains(system))
                one.systems.append(system);
        }
        if (one.systems.isEmpty())
            continue;
        TermAnswer part = files[i]->searchWords(query, one);
        const auto move = [&](std::vector<TermHit> &from, std::vector<TermHit> &to) {
            for (TermHit &hit : from) {
                const Place first = i == 0 ? Place() : place(hit.term.system, hit.term.code);
                if (i == 0 || first.file == files[i].get())
                    to.push_back(std::move(hit));
            }
        };
        move(part.hits, out.hits);
        move(part.similar, similar);
    }
    addAliasHits(query, filter, out.hits);
    const auto best = [&filter](std::vector<TermHit> &hits) {
        std::stable_sort(hits.begin(), hits.end(), TermFile::before);
        QSet<QString> seen;
        std::erase_if(hits, [&seen](const TermHit &hit) {
            const auto size = seen.size();
            seen.insert(keyOf(hit.term));
            return seen.size() == size;
        });
        const auto limit = size_t(std::clamp(filter.limit, 1, 500));
        if (hits.size() > limit)
            hits.resize(limit);
    };
    best(out.hits);
    if (out.hits.empty()) {
        best(similar);
        out.similar = std::move(similar);
    }
    return out;
}

TermAnswer Terminology::search(QStringView query, const TermFilter &filter) const
{
    TermAnswer whole = m_data->search(query, filter);
    if (!whole.hits.empty())
        return whole;
    const WithoutSide rest = withoutSide(query);
    if (!rest.found || rest.query.isEmpty())
        return whole;
    TermAnswer sided = m_data->search(rest.query, filter);
    sided.side = rest.side;
    return sided;
}

std::optional<Concept> Terminology::show(const QString &system, QStringView code) const
{
    const Data::Place at = m_data->place(system, code);
    if (!at.file)
        return std::nullopt;
    return at.file->at(at.id);
}

std::vector<Concept> Terminology::children(const QString &system, QStringView code) const
{
    std::vector<Concept> out;
    const Data::Place at = m_data->place(system, code);
    if (at.file) {
        for (const int id : at.file->children(at.id))
            out.push_back(at.file->at(id));
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
    const QString wanted = normalisedCode(from, code);
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
        for (const auto &file : m_data->files) {
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
    for (size_t i = 0; i < m_data->files.size(); ++i) {
        const auto own = m_data->files[i]->counts();
        for (const QString &system : m_data->shown[i])
            out[system] += own.value(system);
    }
    return out;
}

const std::vector<std::shared_ptr<const TermFile>> &Terminology::files() const
{
    return m_data->files;
}

} // namespace naru::terminology
