#include "core/services/TermService.h"

#include "core/base/Oid.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/terminology/StarterTerms.h"
#include "core/terminology/ValueSets.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace naru::services {

class TermUsageBook { };

namespace {
const QString usageKind = QStringLiteral("term");

// "kcd" or an OID.
QString systemOid(const QString &name)
{
    if (name.contains(QLatin1Char('.')))
        return name;
    for (const char *known : {"kcd", "kostom", "edi", "kd", "atc", "loinc", "icd9cm", "snomedCt"}) {
        if (name.compare(QLatin1String(known), Qt::CaseInsensitive) == 0)
            return base::oid(known).text();
    }
    return name;
}

TermHit hitFrom(const terminology::Concept &term)
{
    TermHit hit;
    hit.system = term.system;
    hit.systemName = base::oidTitle(term.system);
    hit.code = term.code;
    hit.ko = term.ko;
    hit.en = term.en;
    return hit;
}

std::vector<TermHit> searchIn(
    const terminology::TermIndex &index, const QString &query, const QStringList &systems, int limit)
{
    terminology::TermFilter filter;
    for (const QString &name : systems)
        filter.systems.append(systemOid(name));
    filter.limit = limit;
    std::vector<TermHit> out;
    for (const terminology::TermHit &found : index.search(query, filter)) {
        TermHit hit = hitFrom(found.term);
        hit.matched = found.matched;
        hit.score = found.score;
        out.push_back(hit);
    }
    return out;
}

QByteArray toJson(const TermHit &hit)
{
    return QJsonDocument(
        QJsonObject{{QStringLiteral("system"), hit.system}, {QStringLiteral("code"), hit.code},
            {QStringLiteral("ko"), hit.ko}, {QStringLiteral("en"), hit.en}})
        .toJson(QJsonDocument::Compact);
}

TermHit fromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    TermHit hit;
    hit.system = object.value(QStringLiteral("system")).toString();
    hit.systemName = base::oidTitle(hit.system);
    hit.code = object.value(QStringLiteral("code")).toString();
    hit.ko = object.value(QStringLiteral("ko")).toString();
    hit.en = object.value(QStringLiteral("en")).toString();
    hit.recent = true;
    return hit;
}
} // namespace

TermService::TermService(Profile::Internals &internals)
    : m(internals)
{
}

TermService::~TermService() = default;

std::vector<TermHit> TermService::search(const QString &query, const QStringList &systems, int limit) const
{
    std::vector<TermHit> hits = searchIn(*m.terms, query, systems, limit);
    // Within equal quality of match, what this user chose before comes first.
    const std::vector<TermHit> used = recent(systems, 100);
    for (TermHit &hit : hits) {
        for (const TermHit &before : used)
            hit.recent = hit.recent || (before.system == hit.system && before.code == hit.code);
    }
    std::stable_sort(hits.begin(), hits.end(), [](const TermHit &a, const TermHit &b) {
        const int left = int(a.score) / 1000, right = int(b.score) / 1000;
        return left != right ? left > right : a.recent && !b.recent;
    });
    return hits;
}

base::Result<TermHit> TermService::show(const QString &code, const QString &system, const TermContext &) const
{
    const auto found = m.terms->show(systemOid(system), code);
    if (!found)
        return base::Error(errors::NoTerm);
    return hitFrom(*found);
}

void TermService::used(const TermHit &hit, const TermContext &)
{
    (void)m.stores.usage->used(
        m.userName(), usageKind, hit.system + QLatin1Char('|') + hit.code, toJson(hit), m.clock->nowUtc());
}

std::vector<TermHit> TermService::recent(const QStringList &systems, int limit) const
{
    QStringList oids;
    for (const QString &name : systems)
        oids.append(systemOid(name));
    std::vector<TermHit> out;
    const auto rows = m.stores.usage->recents(m.userName(), usageKind, 500);
    for (const storage::Usage &row : rows ? *rows : QList<storage::Usage>()) {
        const TermHit hit = fromJson(row.value);
        if (int(out.size()) < limit && (oids.isEmpty() || oids.contains(hit.system)))
            out.push_back(hit);
    }
    return out;
}

std::vector<clinical::Department> TermService::departments() const
{
    std::vector<clinical::Department> out;
    for (const terminology::DepartmentCode &row : terminology::departments())
        out.push_back({row.cda, row.ko});
    return out;
}

std::vector<TermHit> TermService::valueSet(const QString &name) const
{
    std::vector<TermHit> out;
    for (const terminology::ValueSetEntry &row : terminology::valueSet(name)) {
        TermHit hit;
        hit.system = row.system;
        hit.code = row.code;
        hit.ko = row.ko;
        hit.en = row.en;
        out.push_back(hit);
    }
    return out;
}

QByteArray TermService::statsJson() const
{
    QJsonObject object;
    const auto counts = m.terms->counts();
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        object.insert(base::oidTitle(it.key()).isEmpty() ? it.key() : base::oidTitle(it.key()), it.value());
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::vector<TermHit> searchTerms(const QString &query, const QStringList &systems, int limit)
{
    static const terminology::TermIndex index(terminology::starterTerms());
    return searchIn(index, query, systems, limit);
}

} // namespace naru::services
