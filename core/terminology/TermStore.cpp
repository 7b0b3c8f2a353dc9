#include "core/terminology/TermStore.h"

#include "core/base/Errors.h"
#include "core/terminology/AliasTable.h"
#include "core/terminology/Errors.h"
#include "core/terminology/Frequency.h"
#include "core/terminology/ReleaseList.h"

#include <QDir>
#include <QFile>
#include <QLockFile>

#include <algorithm>

namespace naru::terminology {

namespace {
constexpr int lockWaitMs = 30'000; // another import is a matter of seconds
constexpr size_t maxGone = 1000;

QString listPath(const QString &folder)
{
    return folder + QStringLiteral("/releases.json");
}
QString aliasPath(const QString &folder)
{
    return folder + QStringLiteral("/aliases.tsv");
}
QString filePath(const QString &folder, const QString &id)
{
    return folder + u'/' + id + QStringLiteral(".terms");
}

std::vector<Alias> readAliases(const QString &folder)
{
    QFile file(aliasPath(folder));
    if (!file.open(QIODevice::ReadOnly) || file.size() > 4 * 1024 * 1024)
        return {};
    const QByteArray bytes = file.readAll();
    return parseAliases(std::string_view(bytes.constData(), size_t(bytes.size())));
}

// Was this release in force on that day, as far as it says so itself?
bool inForce(const Release &release, QDate day)
{
    return (!release.meta.validFrom.isValid() || release.meta.validFrom <= day)
        && (!release.meta.validTo.isValid() || day <= release.meta.validTo);
}

ReleaseChange compare(const TermFile &before, const TermFile &after)
{
    ReleaseChange change;
    const QDate today = QDate::currentDate();
    int met = 0;
    for (int i = 0; i < before.size(); ++i) {
        Concept old = before.at(i);
        const int id = after.find(old.system, old.code);
        bool gone = id < 0;
        if (gone) {
            ++change.removed;
        } else {
            ++met;
            const Concept now = after.at(id);
            if (now.ko != old.ko || now.en != old.en)
                ++change.renamed;
            if (old.validOn(today) && !now.validOn(today)) {
                ++change.retired;
                gone = true;
            }
        }
        if (gone && change.gone.size() < maxGone)
            change.gone.push_back(std::move(old));
    }
    change.added = after.size() - met;
    return change;
}
} // namespace

TermStore::TermStore(QString folder)
    : m_folder(std::move(folder))
    , m_builtin(BuiltinTerms::in(m_folder))
{
    load();
}

// The chain of releases to try for each master: the current one first, then older ones by date.
std::shared_ptr<const Terminology> TermStore::assemble(
    const std::vector<Release> &releases, std::vector<base::Error> &problems) const
{
    std::vector<std::shared_ptr<const TermFile>> files;
    QStringList done;
    for (const Release &release : releases) {
        if (done.contains(release.master) || isFrequency(release.master))
            continue;
        auto file = opened(release.id);
        if (!file) {
            problems.push_back(file.error());
            continue;
        }
        done.append(release.master);
        files.push_back(std::move(*file));
    }
    files.push_back(m_builtin.starter);
    return std::make_shared<const Terminology>(std::move(files), readAliases(m_folder), m_builtin.aliases);
}

// Files are kept mapped while the list names them: a reload after an import maps the new one only.
base::Result<std::shared_ptr<const TermFile>> TermStore::opened(const QString &id) const
{
    const auto known = m_open.constFind(id);
    if (known != m_open.constEnd())
        return known.value();
    NARU_ASSIGN(std::shared_ptr<const TermFile> file, TermFile::open(filePath(m_folder, id)));
    m_open.insert(id, file);
    return file;
}

// With m_mutex held.
void TermStore::load()
{
    m_problems.clear();
    m_stamp = ReleaseList::stamp(listPath(m_folder));
    m_aliasStamp = ReleaseList::stamp(aliasPath(m_folder));
    auto list = ReleaseList::read(listPath(m_folder));
    if (!list)
        m_problems.push_back(list.error());
    m_releases = list ? std::move(*list) : std::vector<Release>{};
    QHash<QString, std::shared_ptr<const TermFile>> kept;
    for (const Release &release : m_releases) {
        if (m_open.contains(release.id))
            kept.insert(release.id, m_open.value(release.id));
    }
    m_open = std::move(kept);
    std::vector<Release> order = m_releases;
    std::stable_sort(order.begin(), order.end(), [](const Release &a, const Release &b) {
        return a.current != b.current ? a.current : a.installed > b.installed;
    });
    m_current = assemble(order, m_problems);
}

std::shared_ptr<const Terminology> TermStore::current() const
{
    const std::lock_guard lock(m_mutex);
    return m_current;
}

std::shared_ptr<const Terminology> TermStore::on(QDate day) const
{
    const std::lock_guard lock(m_mutex);
    if (!day.isValid())
        return m_current;
    // Those in force on the day, the newest of them first; else what comes nearest: the oldest kept.
    std::vector<Release> order = m_releases;
    std::stable_sort(order.begin(), order.end(), [day](const Release &a, const Release &b) {
        const bool forceA = inForce(a, day), forceB = inForce(b, day);
        if (forceA != forceB)
            return forceA;
        if (forceA && a.meta.validFrom != b.meta.validFrom)
            return a.meta.validFrom > b.meta.validFrom;
        if (forceA)
            return a.current != b.current ? a.current : a.installed > b.installed;
        return a.installed < b.installed;
    });
    std::vector<base::Error> problems;
    return assemble(order, problems);
}

std::vector<Release> TermStore::releases() const
{
    const std::lock_guard lock(m_mutex);
    return m_releases;
}

std::vector<base::Error> TermStore::problems() const
{
    const std::lock_guard lock(m_mutex);
    return m_problems;
}

bool TermStore::refresh()
{
    const std::lock_guard lock(m_mutex);
    if (ReleaseList::stamp(listPath(m_folder)) == m_stamp
        && ReleaseList::stamp(aliasPath(m_folder)) == m_aliasStamp)
        return false;
    load();
    return true;
}

base::Result<ReleaseChange> TermStore::install(
    const QString &master, const IndexMeta &meta, std::vector<Concept> terms, const base::WorkContext &work)
{
    if (!QDir(m_folder).exists() && QDir().mkpath(m_folder))
        (void)BuiltinTerms::in(m_folder); // what this process made of them is for the next one as well
    Release release;
    release.master = master;
    release.meta = meta;
    release.installed = QDateTime::currentDateTimeUtc();
    release.id = ReleaseList::newId(master, release.installed);
    const QString path = filePath(m_folder, release.id);
    if (!isFrequency(master)) {
        if (const auto known = ReleaseList::read(listPath(m_folder)))
            NARU_TRY(weighNew(*known, terms));
    }
    NARU_TRY(TermFile::write(path, meta, std::move(terms), work));
    auto file = TermFile::open(path);
    if (!file || work.stopRequested()) {
        QFile::remove(path);
        return file ? base::Error(base::errors::Stopped) : file.error();
    }
    release.systems = (*file)->systems();
    release.systems.sort();
    release.terms = (*file)->size();

    QLockFile turn(m_folder + QStringLiteral("/releases.lock"));
    turn.setStaleLockTime(lockWaitMs);
    if (!turn.tryLock(lockWaitMs)) {
        QFile::remove(path);
        return base::Error(errors::StoreBusy);
    }
    auto list = ReleaseList::read(listPath(m_folder));
    std::vector<Release> releases = list ? std::move(*list) : std::vector<Release>{};
    ReleaseChange change;
    change.added = release.terms;
    for (const Release &old : releases) {
        if (old.master != master || !old.current)
            continue;
        // Comparing takes up to a second: searches go on meanwhile.
        auto before = [&] {
            const std::lock_guard lock(m_mutex);
            return opened(old.id);
        }();
        if (before)
            change = compare(**before, **file);
    }
    QStringList dropped = ReleaseList::replace(releases, release), made;
    for (const Release &one : releases)
        made.append(one.id);
    base::Status status;
    if (isFrequency(master))
        status = weighAgain(releases, release.systems, dropped, work);
    if (status)
        status = ReleaseList::write(listPath(m_folder), releases);
    if (!status) {
        QFile::remove(path);
        for (const Release &one : releases) { // indexes with new weights that nobody names
            if (!made.contains(one.id))
                QFile::remove(filePath(m_folder, one.id));
        }
        return status.error();
    }
    for (const QString &id : dropped) // who has it mapped keeps it until the next search
        QFile::remove(filePath(m_folder, id));
    const std::lock_guard lock(m_mutex);
    m_open.insert(release.id, *file);
    load();
    return change;
}

base::Status TermStore::remove(const QString &id)
{
    QLockFile turn(m_folder + QStringLiteral("/releases.lock"));
    turn.setStaleLockTime(lockWaitMs);
    if (!QDir(m_folder).exists() || !turn.tryLock(lockWaitMs))
        return base::Error(QDir(m_folder).exists() ? errors::StoreBusy : errors::ReleaseUnknown, {},
            {{QStringLiteral("id"), id}});
    NARU_ASSIGN(std::vector<Release> releases, ReleaseList::read(listPath(m_folder)));
    const auto it =
        std::find_if(releases.begin(), releases.end(), [&id](const Release &one) { return one.id == id; });
    if (it == releases.end())
        return base::Error(errors::ReleaseUnknown, {}, {{QStringLiteral("id"), id}});
    const Release gone = *it;
    releases.erase(it);
    if (gone.current) { // the newest of those kept takes over
        Release *next = nullptr;
        for (Release &one : releases) {
            if (one.master == gone.master && (!next || one.installed > next->installed))
                next = &one;
        }
        if (next)
            next->current = true;
    }
    QStringList dropped{id};
    if (isFrequency(gone.master))
        NARU_TRY(weighAgain(releases, gone.systems, dropped, {}));
    NARU_TRY(ReleaseList::write(listPath(m_folder), releases));
    for (const QString &one : std::as_const(dropped))
        QFile::remove(filePath(m_folder, one));
    const std::lock_guard lock(m_mutex);
    load();
    return {};
}

std::vector<Alias> TermStore::aliases() const
{
    return readAliases(m_folder);
}

base::Status TermStore::setAliases(const std::vector<Alias> &aliases)
{
    QDir().mkpath(m_folder);
    const std::lock_guard lock(m_mutex);
    NARU_TRY(ReleaseList::replaceFile(aliasPath(m_folder), writeAliases(aliases)));
    load();
    return {};
}

} // namespace naru::terminology
