// The imported releases of a workstation: <folder>/releases.json names them, each is one TermFile beside it.
// The list is replaced by rename after the new file is synced: a killed import leaves the old index in
// service. Several processes may use one folder; refresh() notices what another one installed.
// Terminology is public data: these files are not sealed.
#pragma once

#include "core/terminology/BuiltinTerms.h"
#include "core/terminology/Terminology.h"

#include <mutex>

namespace naru::terminology {

struct Release {
    QString id{}; // file name without suffix
    QString master{}; // importer's name: "kostom", "kcd", "drugs", ...
    QStringList systems{}; // OIDs it brings
    IndexMeta meta{};
    int terms = 0;
    QDateTime installed{}; // UTC
    bool current = true; // false: kept for visits of its time
    friend bool operator==(const Release &, const Release &) = default;
};

// What a new release changes against the one it replaces.
struct ReleaseChange {
    int added = 0, removed = 0, renamed = 0, retired = 0;
    std::vector<Concept> gone{}; // removed or retired codes, as the old release had them (at most 1000)
};

class TermStore {
public:
    explicit TermStore(QString folder);

    // Never null: the starter terms when nothing is installed. A release that cannot be opened is left out
    // and named in problems(); the previous one of the same master takes its place.
    std::shared_ptr<const Terminology> current() const;
    // As of a past visit: the releases that were valid on that day.
    std::shared_ptr<const Terminology> on(QDate day) const;
    std::vector<Release> releases() const;
    std::vector<base::Error> problems() const;
    // Looks whether the list on disk changed (one stat); true when current() is a new one.
    bool refresh();

    // Writes the index, installs it as the current release of `master` and keeps the one before.
    base::Result<ReleaseChange> install(const QString &master, const IndexMeta &meta,
        std::vector<Concept> terms, const base::WorkContext &work = {});
    base::Status remove(const QString &id);

    // The clinic's own aliases (aliases.tsv in the folder).
    std::vector<Alias> aliases() const;
    base::Status setAliases(const std::vector<Alias> &aliases);

private:
    void load();
    std::shared_ptr<const Terminology> assemble(
        const std::vector<Release> &releases, std::vector<base::Error> &problems) const;
    base::Result<std::shared_ptr<const TermFile>> opened(const QString &id) const;
    // Frequency tables: the weights of those in `releases`, for terms about to be written, and into the
    // indexes of the current releases that bring one of `systems`. `dropped`: index files that are no longer
    // named.
    base::Status weighNew(const std::vector<Release> &releases, std::vector<Concept> &terms) const;
    base::Status weighAgain(std::vector<Release> &releases, const QStringList &systems, QStringList &dropped,
        const base::WorkContext &work) const;

    QString m_folder{};
    BuiltinTerms m_builtin{};
    mutable std::mutex m_mutex{};
    std::shared_ptr<const Terminology> m_current{};
    std::vector<Release> m_releases{};
    std::vector<base::Error> m_problems{};
    QByteArray m_stamp{}, m_aliasStamp{}; // of the files that m_current was made of
    mutable QHash<QString, std::shared_ptr<const TermFile>> m_open{};
};

} // namespace naru::terminology
