// Coded terms for the pickers: search, hierarchy, maps, what was used before, the releases of the profile and
// the clinic's own aliases.
//
// Systems are named as on the command line ("kcd", "kostom", "atc", "loinc", "icd9cm", "edi", "kd") or by
// OID; an empty list means all. Searching holds the terminology it began with, so an import or another
// process never shows half an index. Every method may be called from any thread. search() takes no lock while
// it searches and is meant for the key press; start(), used(), toggleFavourite() touch the sealed store
// (milliseconds); importMaster() takes seconds and belongs on a job.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

class TermUsageBook;

class TermService {
public:
    explicit TermService(Profile::Internals &internals);
    ~TermService();

    // --- finding
    TermAnswer search(
        const QString &query, const QStringList &systems, const TermContext &context, int limit = 50) const;
    std::vector<TermHit> search(const QString &query, const QStringList &systems, int limit = 20) const;
    base::Result<TermHit> show(
        const QString &code, const QString &system, const TermContext &context = {}) const;
    std::vector<TermHit> children(
        const QString &code, const QString &system, const TermContext &context = {}) const;
    // From the top to the parent.
    std::vector<TermHit> path(
        const QString &code, const QString &system, const TermContext &context = {}) const;
    std::vector<TermHit> map(
        const QString &code, const QString &from, const QString &to, const TermContext &context = {}) const;
    TermPasted pasted(const QString &text, const QStringList &systems, const TermContext &context = {}) const;

    // --- what was used before
    // The groups before the first key; also takes in what other programs of this profile have remembered.
    TermStart start(const QStringList &systems, const TermContext &context = {}, int limit = 10) const;
    std::vector<TermHit> recent(const QStringList &systems, int limit = 10) const;
    std::vector<TermHit> favourites(const QStringList &systems, const TermContext &context = {}) const;
    // Remembers the choice for this doctor, the clinic and, when named, the patient. Weights halve every 90
    // days. Only system, code and concept count; texts are kept to show a code that a release has dropped.
    void used(const TermHit &hit, const TermContext &context = {});
    // The new state.
    base::Result<bool> toggleFavourite(const TermHit &hit);

    // --- releases and aliases
    std::shared_ptr<const terminology::Terminology> snapshot() const;
    // Builds or maps the index and reads what was used, so that the first key does not wait. For a job.
    void warmUp() const;
    // Takes in what another process installed; true when something changed. Looks at most once a second (one
    // stat of two files), as a search does it by itself; `atOnce` looks now.
    bool refresh(bool atOnce = false) const;
    // Reads the files and puts them in service. Nothing changes unless everything succeeded. Audited.
    base::Result<TermImport> importMaster(const QStringList &files, const terminology::ImportOptions &options,
        const base::WorkContext &work = {});
    std::vector<terminology::Release> releases() const;
    std::vector<base::Error> problems() const;
    base::Status remove(const QString &releaseId);
    TermStats stats() const;
    QByteArray statsJson() const; // counts per system

    std::vector<terminology::Alias> aliases() const; // the clinic's own
    base::Status addAlias(const terminology::Alias &alias); // system as in the other calls
    base::Status removeAlias(const terminology::Alias &alias);

    // --- closed lists
    std::vector<clinical::Department> departments() const;
    // A value set of the forms ("guardianRelation", "relayStatus", "identityCheck" ...): code, Korean,
    // English.
    std::vector<TermHit> valueSet(const QString &name) const;

private:
    TermContext today(TermContext context) const;
    TermHit remembered(
        const terminology::Terminology &terms, const TermHit &before, const TermContext &context) const;
    // Names what a release took away and moves what it only renamed; `codes`: concept -> its code there.
    std::vector<TermAffected> followUp(
        const QStringList &users, const QHash<QString, QString> &codes, const QStringList &systems);
    base::Status setAliases(const std::vector<terminology::Alias> &aliases, const QString &what);

    Profile::Internals &m;
    std::unique_ptr<TermUsageBook> m_book;
};

} // namespace naru::services
