// Frequency tables of a TermStore: their weights stand in the indexes, so that a search pays nothing for
// them.
#include "core/base/Errors.h"
#include "core/terminology/Frequency.h"
#include "core/terminology/ReleaseList.h"

#include <QSet>

#include <algorithm>

namespace naru::terminology {

namespace {
const Release *tableFor(const std::vector<Release> &releases, const QString &system)
{
    const auto it = std::find_if(releases.begin(), releases.end(), [&](const Release &one) {
        return one.current && isFrequency(one.master) && one.systems.contains(system);
    });
    return it == releases.end() ? nullptr : &*it;
}
} // namespace

base::Status TermStore::weighNew(const std::vector<Release> &releases, std::vector<Concept> &terms) const
{
    QSet<QString> systems;
    for (const Concept &term : terms)
        systems.insert(term.system);
    for (const QString &system : std::as_const(systems)) {
        const Release *release = tableFor(releases, system);
        if (!release)
            continue;
        NARU_ASSIGN(
            const auto table, TermFile::open(m_folder + u'/' + release->id + QStringLiteral(".terms")));
        weigh(terms, system, table.get());
    }
    return {};
}

base::Status TermStore::weighAgain(std::vector<Release> &releases, const QStringList &systems,
    QStringList &dropped, const base::WorkContext &work) const
{
    const auto path = [this](const QString &id) { return m_folder + u'/' + id + QStringLiteral(".terms"); };
    for (Release &release : releases) {
        const bool brings = std::any_of(systems.begin(), systems.end(),
            [&](const QString &system) { return release.systems.contains(system); });
        if (!release.current || isFrequency(release.master) || !brings)
            continue;
        NARU_ASSIGN(const auto before, TermFile::open(path(release.id)));
        std::vector<Concept> terms;
        terms.reserve(size_t(before->size()));
        for (int i = 0; i < before->size(); ++i)
            terms.push_back(before->at(i));
        for (const QString &system : systems) {
            const Release *table = tableFor(releases, system);
            if (!table) {
                weigh(terms, system, nullptr);
                continue;
            }
            NARU_ASSIGN(const auto weights, TermFile::open(path(table->id)));
            weigh(terms, system, weights.get());
        }
        const QString id = ReleaseList::newId(release.master, QDateTime::currentDateTimeUtc());
        NARU_TRY(TermFile::write(path(id), before->meta(), std::move(terms), work));
        dropped.append(release.id);
        release.id = id;
    }
    return {};
}

} // namespace naru::terminology
