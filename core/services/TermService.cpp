#include "core/services/TermService.h"

#include "core/base/Oid.h"
#include "core/services/Errors.h"
#include "core/services/Internals.h"
#include "core/services/TermDesk.h"
#include "core/services/TermUsageBook.h"
#include "core/terminology/ValueSets.h"

#include <QSet>

namespace naru::services {

namespace {
using Marks = std::shared_ptr<const terminology::TermUsage>;

void mark(TermHit &hit, const Marks &usage)
{
    if (!usage)
        return;
    const auto found = usage->counts.constFind(terminology::TermUsage::key(hit.system, hit.code));
    if (found == usage->counts.cend())
        return;
    hit.favourite = found->favourite;
    hit.recent = found->doctor > 0;
    hit.patientOwn = found->patient > 0;
}

std::vector<TermHit> marked(std::vector<TermHit> hits, const Marks &usage)
{
    for (TermHit &hit : hits)
        mark(hit, usage);
    return hits;
}

bool wanted(const TermHit &hit, const QStringList &oids, const TermContext &context)
{
    return (oids.isEmpty() || oids.contains(hit.system))
        && (context.categories.isEmpty() || hit.category.isEmpty()
            || context.categories.contains(hit.category))
        && (context.fields.isEmpty() || hit.field.isEmpty() || context.fields.contains(hit.field));
}
} // namespace

TermService::TermService(Profile::Internals &internals)
    : m(internals)
    , m_book(std::make_unique<TermUsageBook>(internals.stores))
{
}

TermService::~TermService() = default;

TermContext TermService::today(TermContext context) const
{
    if (!context.day.isValid())
        context.day = m.today();
    return context;
}

TermAnswer TermService::search(
    const QString &query, const QStringList &systems, const TermContext &context, int limit) const
{
    (void)refresh();
    const Marks usage = m_book->usage(m.userName(), context.patient, m.clock->nowUtc());
    TermAnswer answer = m.terms->search(query, systems, today(context), limit, usage.get());
    answer.hits = marked(std::move(answer.hits), usage);
    answer.similar = marked(std::move(answer.similar), usage);
    return answer;
}

std::vector<TermHit> TermService::search(const QString &query, const QStringList &systems, int limit) const
{
    return search(query, systems, TermContext(), limit).hits;
}

base::Result<TermHit> TermService::show(
    const QString &code, const QString &system, const TermContext &context) const
{
    NARU_ASSIGN(TermHit hit, m.terms->show(code, system, today(context)));
    mark(hit, m_book->usage(m.userName(), context.patient, m.clock->nowUtc()));
    return hit;
}

std::vector<TermHit> TermService::children(
    const QString &code, const QString &system, const TermContext &context) const
{
    return marked(m.terms->children(code, system, today(context)),
        m_book->usage(m.userName(), context.patient, m.clock->nowUtc()));
}

std::vector<TermHit> TermService::path(
    const QString &code, const QString &system, const TermContext &context) const
{
    return m.terms->path(code, system, today(context));
}

std::vector<TermHit> TermService::map(
    const QString &code, const QString &from, const QString &to, const TermContext &context) const
{
    return m.terms->map(code, from, to, today(context));
}

TermPasted TermService::pasted(
    const QString &text, const QStringList &systems, const TermContext &context) const
{
    TermPasted out = m.terms->pasted(text, systems, today(context));
    out.hits = marked(std::move(out.hits), m_book->usage(m.userName(), context.patient, m.clock->nowUtc()));
    return out;
}

// The row of a code that was chosen before, in the words of today's release. A code that its system no longer
// has keeps the words of its time and is shown as retired.
TermHit TermService::remembered(
    const terminology::Terminology &terms, const TermHit &before, const TermContext &context) const
{
    TermHit hit = before;
    if (const auto term = terms.show(before.system, before.code))
        hit = termRow(terms, *term, context);
    else
        hit.retired = terms.counts().value(before.system) > 0;
    hit.favourite = before.favourite;
    hit.recent = before.recent;
    hit.used = before.used;
    return hit;
}

TermStart TermService::start(const QStringList &systems, const TermContext &given, int limit) const
{
    (void)refresh(true);
    m_book->reload();
    const TermContext context = today(given);
    const auto terms = m.terms->snapshot(context.day);
    const QStringList oids = termSystemOids(systems);
    const QDateTime now = m.clock->nowUtc();
    QSet<QString> shown;
    const auto put = [&](std::vector<TermHit> &into, const TermHit &before) {
        const QString key = terminology::TermUsage::key(before.system, before.code);
        if (int(into.size()) >= limit || (!oids.isEmpty() && !oids.contains(before.system))
            || shown.contains(key))
            return;
        const TermHit hit = remembered(*terms, before, context);
        if (!wanted(hit, oids, context))
            return;
        shown.insert(key);
        into.push_back(hit);
    };
    TermStart out;
    for (const TermMemory &memory : m_book->patient(context.patient))
        put(out.patient, memory.hit);
    if (!context.patient.isEmpty()) {
        for (const TermHit &hit : m_book->onProblemList(context.patient))
            put(out.patient, hit);
    }
    const std::vector<TermMemory> mine = m_book->doctor(m.userName());
    std::vector<TermMemory> liked;
    std::copy_if(mine.begin(), mine.end(), std::back_inserter(liked),
        [](const TermMemory &memory) { return memory.favourite; });
    std::stable_sort(liked.begin(), liked.end(), [&now](const TermMemory &a, const TermMemory &b) {
        return TermUsageBook::decayed(a, now) > TermUsageBook::decayed(b, now);
    });
    for (const TermMemory &memory : liked)
        put(out.favourites, memory.hit);
    for (const TermMemory &memory : mine) {
        if (memory.at.isValid())
            put(out.recent, memory.hit);
    }
    for (const TermMemory &memory : m_book->clinic(now))
        put(out.clinic, memory.hit);
    const Marks usage = m_book->usage(m.userName(), context.patient, now);
    for (auto *group : {&out.patient, &out.favourites, &out.recent, &out.clinic})
        *group = marked(std::move(*group), usage);
    return out;
}

std::vector<TermHit> TermService::recent(const QStringList &systems, int limit) const
{
    const TermContext context = today({});
    const auto terms = m.terms->snapshot();
    const QStringList oids = termSystemOids(systems);
    std::vector<TermHit> out;
    for (const TermMemory &memory : m_book->doctor(m.userName())) {
        if (int(out.size()) < limit && memory.at.isValid()
            && (oids.isEmpty() || oids.contains(memory.hit.system)))
            out.push_back(remembered(*terms, memory.hit, context));
    }
    return out;
}

std::vector<TermHit> TermService::favourites(const QStringList &systems, const TermContext &context) const
{
    return start(systems, context, 500).favourites;
}

void TermService::used(const TermHit &hit, const TermContext &context)
{
    TermHit row = hit;
    if (row.conceptCode.isEmpty()) { // callers may know system and code only
        if (const auto term = m.terms->snapshot()->show(row.system, row.code))
            row.conceptCode = term->conceptCode;
    }
    (void)m_book->used(m.userName(), context.patient, row, m.clock->nowUtc());
}

base::Result<bool> TermService::toggleFavourite(const TermHit &hit)
{
    return m_book->toggleFavourite(m.userName(), hit);
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

} // namespace naru::services
