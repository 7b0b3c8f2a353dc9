#include "core/services/TermUsageBook.h"

#include "core/base/Oid.h"
#include "core/services/TermDesk.h"
#include "core/terminology/Spelling.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace naru::services {

namespace {
const QString doctorKind = QStringLiteral("term");
const QString clinicKind = QStringLiteral("term.clinic");
const QString patientKind = QStringLiteral("term.patient");
const QString clinicOwner{}; // users have names, patients have keys: the clinic has neither
constexpr double halfLifeDays = 90;
constexpr int keptRows = 500; // of the store
// One choice counts 16, so that it is still told from none after a year; 4,095 daily choices fill the range.
constexpr double oneChoice = 16;

QString keyOf(const TermHit &hit)
{
    return terminology::TermUsage::key(hit.system, hit.code);
}

double faded(double weight, qint64 milliseconds)
{
    return weight * std::exp2(-double(milliseconds) / (halfLifeDays * 24 * 3600 * 1000));
}

QByteArray packed(const TermHit &hit, double weight, const QDateTime &at)
{
    QJsonObject object{{QStringLiteral("system"), hit.system}, {QStringLiteral("code"), hit.code},
        {QStringLiteral("concept"), hit.conceptCode}, {QStringLiteral("ko"), hit.ko},
        {QStringLiteral("en"), hit.en}, {QStringLiteral("weight"), weight}};
    if (at.isValid())
        object.insert(QStringLiteral("at"), double(at.toMSecsSinceEpoch()));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

TermMemory unpacked(const storage::Usage &row)
{
    const QJsonObject object = QJsonDocument::fromJson(row.value).object();
    TermMemory memory;
    TermHit &hit = memory.hit;
    hit.system = object.value(QStringLiteral("system")).toString();
    hit.systemName = base::oidTitle(hit.system);
    hit.code = object.value(QStringLiteral("code")).toString();
    hit.conceptCode = object.value(QStringLiteral("concept")).toString();
    hit.ko = object.value(QStringLiteral("ko")).toString();
    hit.en = object.value(QStringLiteral("en")).toString();
    hit.used = row.count;
    hit.recent = row.count > 0;
    hit.favourite = row.favourite;
    memory.favourite = row.favourite;
    // Rows of the first version have a count only.
    memory.weight = object.value(QStringLiteral("weight")).toDouble(row.count);
    const QJsonValue at = object.value(QStringLiteral("at"));
    memory.at = at.isDouble() ? QDateTime::fromMSecsSinceEpoch(qint64(at.toDouble()), Qt::UTC) : row.lastUsed;
    return memory;
}

int asCount(double weight)
{
    return weight <= 0 ? 0 : std::clamp(int(std::lround(weight * oneChoice)), 1, 65535);
}
} // namespace

TermUsageBook::TermUsageBook(const storage::Stores &stores)
    : m_stores(stores)
{
}

double TermUsageBook::decayed(const TermMemory &memory, const QDateTime &now)
{
    return memory.at.isValid() ? faded(memory.weight, memory.at.msecsTo(now)) : 0;
}

std::vector<TermMemory> TermUsageBook::read(const QString &owner, const QString &kind) const
{
    std::vector<TermMemory> out;
    const auto recents = m_stores.usage->recents(owner, kind, keptRows);
    const auto favourites = m_stores.usage->favourites(owner, kind);
    for (const storage::Usage &row : recents ? *recents : QList<storage::Usage>())
        out.push_back(unpacked(row));
    for (const storage::Usage &row : favourites ? *favourites : QList<storage::Usage>()) {
        if (!row.lastUsed.isValid())
            out.push_back(unpacked(row));
    }
    return out;
}

const std::vector<TermMemory> &TermUsageBook::rows(const QString &owner, const QString &kind)
{
    const QString key = kind + u'|' + owner;
    const auto known = m_rows.constFind(key);
    if (known != m_rows.cend())
        return *known;
    if (m_rows.isEmpty())
        m_version = dataVersion();
    return *m_rows.insert(key, read(owner, kind));
}

// The newest row of its code, in the order of the store: by time, favourites that were never used last.
void TermUsageBook::follow(const QString &owner, const QString &kind, const TermMemory &memory)
{
    const auto found = m_rows.find(kind + u'|' + owner);
    m_cached = {};
    if (found == m_rows.end())
        return;
    std::vector<TermMemory> &all = *found;
    std::erase_if(all, [&memory](const TermMemory &other) { return keyOf(other.hit) == keyOf(memory.hit); });
    if (!memory.at.isValid() && !memory.favourite)
        return;
    const auto place = std::find_if(all.begin(), all.end(), [&memory](const TermMemory &other) {
        return !other.at.isValid() || (memory.at.isValid() && other.at <= memory.at);
    });
    all.insert(memory.at.isValid() ? place : all.end(), memory);
}

// Changes when another connection has written to the file, and only then.
qint64 TermUsageBook::dataVersion() const
{
    auto statement = m_stores.database->prepare("PRAGMA data_version");
    if (!statement)
        return -1;
    const auto row = statement->step();
    return row && *row ? statement->number(0) : -1;
}

void TermUsageBook::reload()
{
    const std::lock_guard lock(m_mutex);
    if (m_rows.isEmpty() || dataVersion() == m_version)
        return;
    m_rows.clear();
    m_cached = {};
}

std::shared_ptr<const terminology::TermUsage> TermUsageBook::usage(
    const QString &user, const QString &patient, const QDateTime &now)
{
    const std::lock_guard lock(m_mutex);
    if (m_cached.known && m_cached.user == user && m_cached.patient == patient && m_cached.day == now.date())
        return m_cached.usage;
    auto usage = std::make_shared<terminology::TermUsage>();
    const QDateTime start(now.date(), QTime(0, 0), Qt::UTC);
    for (const TermMemory &memory : rows(user, doctorKind)) {
        auto &counts = usage->counts[keyOf(memory.hit)];
        counts.doctor = asCount(decayed(memory, start));
        counts.favourite = memory.favourite;
    }
    for (const TermMemory &memory : rows(clinicOwner, clinicKind))
        usage->counts[keyOf(memory.hit)].clinic = asCount(decayed(memory, start));
    if (!patient.isEmpty()) {
        for (const TermMemory &memory : rows(patient, patientKind))
            usage->counts[keyOf(memory.hit)].patient = asCount(decayed(memory, start));
        for (const TermHit &hit : onProblemList(patient))
            usage->counts[keyOf(hit)].patient += int(oneChoice);
    }
    m_cached = {user, patient, true, now.date(), usage->counts.isEmpty() ? nullptr : usage};
    return m_cached.usage;
}

std::vector<TermMemory> TermUsageBook::doctor(const QString &user)
{
    const std::lock_guard lock(m_mutex);
    return rows(user, doctorKind);
}

std::vector<TermMemory> TermUsageBook::patient(const QString &patient)
{
    const std::lock_guard lock(m_mutex);
    return patient.isEmpty() ? std::vector<TermMemory>() : rows(patient, patientKind);
}

std::vector<TermMemory> TermUsageBook::clinic(const QDateTime &now)
{
    std::vector<TermMemory> all;
    {
        const std::lock_guard lock(m_mutex);
        all = rows(clinicOwner, clinicKind);
    }
    std::stable_sort(all.begin(), all.end(),
        [&now](const TermMemory &a, const TermMemory &b) { return decayed(a, now) > decayed(b, now); });
    return all;
}

std::vector<TermHit> TermUsageBook::onProblemList(const QString &patient)
{
    std::vector<TermHit> out;
    const auto record = m_stores.patients->get(patient);
    if (!record || !record->handOver)
        return out;
    const clinical::Content &content = record->handOver->content;
    const auto take = [&out](const clinical::CodedValue &code) {
        if (code.code.isEmpty() || code.system.isEmpty())
            return;
        TermHit hit;
        hit.system = code.system;
        hit.systemName = base::oidTitle(code.system);
        hit.code = code.system == termSystemOid(QStringLiteral("kcd")) ? terminology::normaliseKcd(code.code)
                                                                       : code.code;
        hit.ko = code.display;
        hit.en = code.displayEn;
        out.push_back(hit);
    };
    for (const clinical::Problem &problem : content.problems)
        take(problem.code);
    for (const clinical::Medication &medication : content.medications) {
        take(medication.code);
        for (const clinical::CodedValue &other : medication.code.translations)
            take(other);
    }
    return out;
}

base::Result<TermMemory> TermUsageBook::add(
    const QString &owner, const QString &kind, const TermHit &hit, double weight, QDateTime when)
{
    NARU_ASSIGN(const auto stored, m_stores.usage->find(owner, kind, keyOf(hit)));
    TermMemory memory;
    if (stored) {
        memory = unpacked(*stored);
        if (memory.at.isValid() && memory.at > when) { // of two clocks, the later: nothing grows younger
            weight = faded(weight, when.msecsTo(memory.at));
            when = memory.at;
        }
        weight += decayed(memory, when);
    }
    const QByteArray value = packed(hit, weight, when);
    NARU_TRY(m_stores.usage->used(owner, kind, keyOf(hit), value, when));
    storage::Usage row;
    row.value = value;
    row.count = memory.hit.used + 1;
    row.lastUsed = when;
    row.favourite = memory.favourite;
    return unpacked(row);
}

base::Status TermUsageBook::used(
    const QString &user, const QString &patient, const TermHit &hit, const QDateTime &when)
{
    if (hit.code.isEmpty())
        return {};
    TermMemory mine, clinic, own;
    const base::Status done = m_stores.database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(mine, add(user, doctorKind, hit, 1, when));
        NARU_ASSIGN(clinic, add(clinicOwner, clinicKind, hit, 1, when));
        if (!patient.isEmpty()) {
            NARU_ASSIGN(own, add(patient, patientKind, hit, 1, when));
        }
        return {};
    });
    NARU_TRY(done);
    const std::lock_guard lock(m_mutex);
    follow(user, doctorKind, mine);
    follow(clinicOwner, clinicKind, clinic);
    if (!patient.isEmpty())
        follow(patient, patientKind, own);
    return {};
}

base::Result<bool> TermUsageBook::toggleFavourite(const QString &user, const TermHit &hit)
{
    TermMemory memory;
    memory.hit = hit;
    const base::Status done = m_stores.database->inTransaction([&]() -> base::Status {
        NARU_ASSIGN(const auto before, m_stores.usage->find(user, doctorKind, keyOf(hit)));
        if (before)
            memory = unpacked(*before);
        memory.favourite = !memory.favourite;
        memory.hit.favourite = memory.favourite;
        return m_stores.usage->setFavourite(
            user, doctorKind, keyOf(hit), packed(hit, memory.weight, memory.at), memory.favourite);
    });
    NARU_TRY(done);
    const std::lock_guard lock(m_mutex);
    follow(user, doctorKind, memory);
    return memory.favourite;
}

base::Status TermUsageBook::move(const QString &user, const TermMemory &from, const TermHit &to)
{
    const base::Status done = m_stores.database->inTransaction([&]() -> base::Status {
        if (from.at.isValid()) {
            NARU_ASSIGN(
                [[maybe_unused]] const TermMemory moved, add(user, doctorKind, to, from.weight, from.at));
        }
        if (from.favourite)
            NARU_TRY(m_stores.usage->setFavourite(
                user, doctorKind, keyOf(to), packed(to, from.weight, from.at), true));
        return m_stores.usage->remove(user, doctorKind, keyOf(from.hit));
    });
    const std::lock_guard lock(m_mutex); // rare: read again
    m_rows.clear();
    m_cached = {};
    return done;
}

} // namespace naru::services
