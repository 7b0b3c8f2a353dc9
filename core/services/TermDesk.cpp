#include "core/services/TermDesk.h"

#include "core/base/Oid.h"
#include "core/services/Errors.h"
#include "core/terminology/Spelling.h"

#include <QElapsedTimer>

#include <atomic>
#include <mutex>

namespace naru::services {

using terminology::Concept;
using terminology::Terminology;

struct TermDesk::State {
    QString folder{};
    std::once_flag made{};
    std::unique_ptr<terminology::TermStore> store{};
    std::atomic<int> installing{0};

    std::mutex mutex{}; // of what follows; held for moments only
    std::shared_ptr<const Terminology> now{};
    QElapsedTimer looked{};
    // The terminology of one past day: the drafts of a day are written one after the other.
    QDate day{};
    std::shared_ptr<const Terminology> dayOf{}, dayTerms{};
};

namespace {
int ageOn(const TermContext &context, QDate day)
{
    if (context.age >= 0 || !context.birthDate.isValid())
        return context.age;
    int years = day.year() - context.birthDate.year();
    if (QDate(day.year(), context.birthDate.month(), 1).addDays(context.birthDate.day() - 1) > day)
        --years;
    return std::max(0, years);
}

void fill(TermHit &hit, const Concept &term)
{
    hit.system = term.system;
    hit.systemName = base::oidTitle(term.system);
    hit.code = term.code;
    hit.ko = term.ko;
    hit.en = term.en;
    hit.conceptCode = term.conceptCode;
    hit.parent = term.parent;
    hit.field = term.field;
    hit.category = term.category;
    hit.unit = term.unit;
    hit.help = term.help;
    hit.complete = term.complete;
    hit.mainAllowed = term.mainAllowed;
    hit.notifiable = term.notifiable;
    hit.koreanMedicine = term.koreanMedicine;
    hit.validFrom = term.validFrom;
    hit.validTo = term.validTo;
    hit.replacedBy = term.replacedBy;
    hit.sex = term.sex;
    hit.ageFrom = term.ageFrom;
    hit.ageTo = term.ageTo;
}

void nameReplacement(TermHit &hit, const Terminology &in)
{
    if (hit.replacedBy.isEmpty())
        return;
    if (const auto instead = in.show(hit.system, hit.replacedBy))
        hit.replacedByName = instead->ko.isEmpty() ? instead->en : instead->ko;
}

TermHit found(const Terminology &in, const terminology::TermHit &from)
{
    TermHit hit;
    fill(hit, from.term);
    hit.source = from.source;
    const QString &own = from.source == TermSource::Korean ? from.term.ko
        : from.source == TermSource::English               ? from.term.en
                                                           : from.term.code;
    if (from.source == TermSource::Synonym || from.source == TermSource::Alias) {
        hit.matched = from.matched;
    } else if (!from.matched.isEmpty() && from.matched != own) { // a word of an alias table
        hit.matched = from.matched;
        hit.source = TermSource::Alias;
    }
    hit.kind = from.kind;
    hit.score = from.score;
    hit.marks = from.marks;
    hit.children = from.children;
    hit.retired = from.retired;
    hit.sexConflict = from.sexConflict;
    hit.ageConflict = from.ageConflict;
    hit.favourite = from.favourite;
    hit.recent = from.used;
    hit.similar = from.kind == terminology::MatchKind::Similar;
    nameReplacement(hit, in);
    return hit;
}

std::vector<TermHit> rowsOf(
    const Terminology &in, const std::vector<Concept> &terms, const TermContext &context)
{
    std::vector<TermHit> out;
    out.reserve(terms.size());
    for (const Concept &term : terms)
        out.push_back(termRow(in, term, context));
    return out;
}
} // namespace

QDate termDay(const TermContext &context)
{
    return context.day.isValid() ? context.day : QDate::currentDate();
}

terminology::TermSubject termSubject(const TermContext &context)
{
    terminology::TermSubject subject;
    subject.sex = context.sex == clinical::Sex::Male ? terminology::Sex::Male
        : context.sex == clinical::Sex::Female       ? terminology::Sex::Female
                                                     : terminology::Sex::Any;
    subject.age = ageOn(context, termDay(context));
    return subject;
}

TermHit termRow(const Terminology &in, const Concept &term, const TermContext &context)
{
    TermHit hit;
    fill(hit, term);
    hit.retired = !term.validOn(termDay(context));
    const terminology::TermSubject subject = termSubject(context);
    hit.sexConflict =
        term.sex != terminology::Sex::Any && subject.sex != terminology::Sex::Any && term.sex != subject.sex;
    hit.ageConflict =
        subject.age >= 0 && (subject.age < term.ageFrom || (term.ageTo > 0 && subject.age > term.ageTo));
    if (!term.complete)
        hit.children = int(in.children(term.system, term.code).size());
    nameReplacement(hit, in);
    return hit;
}

TermDesk::TermDesk(const QString &dataDir)
    : m_state(std::make_unique<State>())
{
    m_state->folder = dataDir + QStringLiteral("/terms");
}

TermDesk::~TermDesk() = default;

terminology::TermStore &TermDesk::store() const
{
    std::call_once(m_state->made, [this] {
        m_state->store = std::make_unique<terminology::TermStore>(m_state->folder);
        const std::lock_guard lock(m_state->mutex);
        m_state->now = m_state->store->current();
        m_state->looked.start();
    });
    return *m_state->store;
}

void TermDesk::take() const
{
    auto now = store().current();
    const std::lock_guard lock(m_state->mutex);
    m_state->now = std::move(now);
}

// Kept here as well: the store is busy for a second or two while it compares a new release with the old one,
// and a key press must not wait for that.
std::shared_ptr<const Terminology> TermDesk::snapshot(QDate day) const
{
    (void)store();
    const std::lock_guard lock(m_state->mutex);
    const bool past = day.isValid() && day < QDate::currentDate();
    if (!past || m_state->installing > 0)
        return m_state->now;
    if (m_state->day != day || m_state->dayOf != m_state->now) {
        m_state->dayTerms = store().on(day);
        m_state->day = day;
        m_state->dayOf = m_state->now;
    }
    return m_state->dayTerms;
}

bool TermDesk::refresh(bool atOnce) const
{
    (void)store();
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->installing > 0 || (!atOnce && m_state->looked.elapsed() < 1000))
            return false;
        m_state->looked.start();
    }
    if (!store().refresh())
        return false;
    take();
    return true;
}

base::Result<terminology::ReleaseChange> TermDesk::install(const QString &master,
    const terminology::IndexMeta &meta, std::vector<Concept> terms, const base::WorkContext &work) const
{
    terminology::TermStore &here = store();
    m_state->installing.fetch_add(1);
    auto change = here.install(master, meta, std::move(terms), work);
    m_state->installing.fetch_sub(1);
    take();
    return change;
}

base::Status TermDesk::remove(const QString &releaseId) const
{
    const base::Status removed = store().remove(releaseId);
    take();
    return removed;
}

base::Status TermDesk::setAliases(const std::vector<terminology::Alias> &aliases) const
{
    const base::Status written = store().setAliases(aliases);
    take();
    return written;
}

TermAnswer TermDesk::search(const QString &query, const QStringList &systems, const TermContext &context,
    int limit, const terminology::TermUsage *usage) const
{
    const auto terms = snapshot(context.day);
    terminology::TermFilter filter;
    filter.systems = termSystemOids(systems);
    filter.fields = context.fields;
    filter.categories = context.categories;
    filter.department = terminology::departmentFor(terminology::Channel::Fhir, context.department);
    filter.day = termDay(context);
    filter.axisStrings = context.axisStrings;
    filter.subject = termSubject(context);
    filter.usage = usage;
    filter.limit = std::clamp(limit, 1, 500);
    const terminology::TermAnswer answer = terms->search(query, filter);
    TermAnswer out;
    out.side = answer.side;
    out.hits.reserve(answer.hits.size());
    for (const terminology::TermHit &hit : answer.hits)
        out.hits.push_back(found(*terms, hit));
    for (const terminology::TermHit &hit : answer.similar) {
        out.similar.push_back(found(*terms, hit));
        out.similar.back().similar = true;
    }
    return out;
}

base::Result<TermHit> TermDesk::show(
    const QString &code, const QString &system, const TermContext &context) const
{
    const auto terms = snapshot(context.day);
    const auto term = terms->show(termSystemOid(system), code);
    if (!term)
        return base::Error(errors::NoTerm);
    return termRow(*terms, *term, context);
}

std::vector<TermHit> TermDesk::children(
    const QString &code, const QString &system, const TermContext &context) const
{
    const auto terms = snapshot(context.day);
    return rowsOf(*terms, terms->children(termSystemOid(system), code), context);
}

std::vector<TermHit> TermDesk::path(
    const QString &code, const QString &system, const TermContext &context) const
{
    const auto terms = snapshot(context.day);
    return rowsOf(*terms, terms->path(termSystemOid(system), code), context);
}

std::vector<TermHit> TermDesk::map(
    const QString &code, const QString &from, const QString &to, const TermContext &context) const
{
    const auto terms = snapshot(context.day);
    return rowsOf(*terms, terms->map(termSystemOid(from), code, termSystemOid(to)), context);
}

TermPasted TermDesk::pasted(const QString &text, const QStringList &systems, const TermContext &context) const
{
    const auto terms = snapshot(context.day);
    const Terminology::Pasted pasted = terms->pasted(text, termSystemOids(systems));
    return {rowsOf(*terms, pasted.terms, context), pasted.unknown};
}

TermStats TermDesk::stats() const
{
    const auto terms = snapshot();
    TermStats out;
    out.releases = store().releases();
    out.counts = terms->counts();
    out.terms = terms->size();
    out.clinicAliases = int(store().aliases().size());
    for (const auto &file : terms->files())
        out.indexBytes += file->bytes();
    out.problems = store().problems();
    return out;
}

} // namespace naru::services
