#include "core/terminology/index/TermFile.h"

#include "core/terminology/index/HitMaker.h"
#include "core/terminology/index/Searcher.h"
#include "core/terminology/index/Sides.h"
#include "core/terminology/index/TermFileData.h"

#include <algorithm>

namespace naru::terminology {

TermFile::TermFile(std::unique_ptr<Data> data)
    : m_data(std::move(data))
{
}
TermFile::~TermFile() = default;

base::Status TermFile::write(const QString &path, const IndexMeta &meta, std::vector<Concept> terms,
    const base::WorkContext &work, bool codes)
{
    NARU_ASSIGN(BuiltIndex built, buildIndex(meta, std::move(terms), codes, work));
    NARU_TRY(IndexImage::write(path, built));
    work.report("index", 100, 100);
    return {};
}

std::shared_ptr<const TermFile> TermFile::inMemory(
    const IndexMeta &meta, std::vector<Concept> terms, bool codes)
{
    auto built = buildIndex(meta, std::move(terms), codes, {});
    if (!built) // more terms than an index can hold: not what is kept in memory
        built = buildIndex(meta, {}, codes, {});
    auto data = std::make_unique<Data>();
    data->image = IndexImage::fromBuilt(*built);
    return std::shared_ptr<const TermFile>(new TermFile(std::move(data)));
}

base::Result<std::shared_ptr<const TermFile>> TermFile::open(const QString &path)
{
    auto data = std::make_unique<Data>();
    NARU_ASSIGN(data->image, IndexImage::open(path));
    return std::shared_ptr<const TermFile>(new TermFile(std::move(data)));
}

const IndexMeta &TermFile::meta() const
{
    return m_data->image->tables().meta;
}

base::Status TermFile::verify() const
{
    return m_data->image->verify();
}

base::Status TermFile::save(const QString &path) const
{
    return m_data->image->save(path);
}

int TermFile::size() const
{
    return int(m_data->image->terms());
}

QStringList TermFile::systems() const
{
    QStringList out;
    for (const TermGroup &group : m_data->image->tables().groups) {
        if (!out.contains(group.system))
            out.append(group.system);
    }
    return out;
}

QHash<QString, int> TermFile::counts() const
{
    QHash<QString, int> out;
    const IndexTables &tables = m_data->image->tables();
    for (size_t i = 0; i < tables.groups.size(); ++i)
        out[tables.groups[i].system] += tables.groupCounts[i];
    return out;
}

qint64 TermFile::bytes() const
{
    return m_data->image->bytes();
}

Concept TermFile::at(int id) const
{
    return id >= 0 ? m_data->image->concept_(std::uint32_t(id)) : Concept();
}

int TermFile::find(const QString &system, QStringView code) const
{
    return m_data->image->find(system, code);
}

std::vector<int> TermFile::children(int id) const
{
    std::vector<int> out;
    if (id >= 0) {
        for (const std::uint32_t child : m_data->image->children(std::uint32_t(id)))
            out.push_back(int(child));
    }
    return out;
}

std::vector<int> TermFile::linkedFrom(const QString &system, QStringView code) const
{
    const IndexImage &image = *m_data->image;
    std::vector<int> out;
    const auto hash = layout::linkHash(reinterpret_cast<const char16_t *>(system.utf16()),
        size_t(system.size()), code.utf16(), size_t(code.size()));
    for (const layout::LinkEntry &entry : image.links(hash)) {
        const Concept term = image.concept_(entry.term);
        const bool linked = std::any_of(term.links.begin(), term.links.end(),
            [&](const CodeLink &link) { return link.system == system && link.code == code; });
        if (linked && (out.empty() || out.back() != int(entry.term)))
            out.push_back(int(entry.term));
    }
    return out;
}

bool TermFile::before(const TermHit &a, const TermHit &b)
{
    return a.score > b.score;
}

TermAnswer TermFile::searchWords(QStringView text, const TermFilter &filter) const
{
    TermAnswer out;
    const Query query = Query::parse(text);
    if (query.empty())
        return out;
    const auto usage = m_data->usage.get(*m_data->image, filter.usage);
    Searcher searcher(*m_data->image, filter, usage.get());
    const HitMaker maker(*m_data->image, filter, usage.get());
    out.hits = maker.hits(searcher.search(query), query);
    if (out.hits.empty() && filter.fuzzy)
        out.similar = maker.similar(searcher.similar(query), query);
    return out;
}

TermAnswer TermFile::search(QStringView query, const TermFilter &filter) const
{
    TermAnswer whole = searchWords(query, filter);
    if (!whole.hits.empty())
        return whole;
    const WithoutSide rest = withoutSide(query);
    if (!rest.found || rest.query.isEmpty())
        return whole;
    TermAnswer sided = searchWords(rest.query, filter);
    sided.side = rest.side;
    return sided;
}

} // namespace naru::terminology
