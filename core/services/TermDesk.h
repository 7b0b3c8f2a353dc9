// The terminology of a data folder without its keys: terms are public, so that `naructl terms search` needs
// no passphrase. TermService adds what the clinic remembers.
#pragma once

#include "core/base/WorkContext.h"
#include "core/services/TermTypes.h"

#include <functional>
#include <memory>

namespace naru::services {

class TermDesk {
public:
    explicit TermDesk(const QString &dataDir); // releases in <dataDir>/terms; need not exist
    ~TermDesk();

    // For reading. Opened when first needed: a program that looks up no term pays nothing.
    const terminology::TermStore &shelf() const { return store(); }
    // For a visit of `day`: an earlier day is answered by the releases of that time. Invalid: today.
    std::shared_ptr<const terminology::Terminology> snapshot(QDate day = {}) const;
    // Looks at most once a second whether another process installed something (one stat).
    bool refresh(bool atOnce = false) const;

    TermAnswer search(const QString &query, const QStringList &systems, const TermContext &context, int limit,
        const terminology::TermUsage *usage = nullptr) const;
    base::Result<TermHit> show(const QString &code, const QString &system, const TermContext &context) const;
    std::vector<TermHit> children(
        const QString &code, const QString &system, const TermContext &context) const;
    std::vector<TermHit> path(const QString &code, const QString &system, const TermContext &context) const;
    std::vector<TermHit> map(
        const QString &code, const QString &from, const QString &to, const TermContext &context) const;
    TermPasted pasted(const QString &text, const QStringList &systems, const TermContext &context) const;
    TermStats stats() const;

    base::Status remove(const QString &releaseId) const;
    base::Status setAliases(const std::vector<terminology::Alias> &aliases) const;
    // Favourites are TermService's business. `look` sees the terms before they are installed.
    using Look = std::function<void(const std::vector<terminology::Concept> &)>;
    base::Result<TermImport> importMaster(const QStringList &files, terminology::ImportOptions options,
        const base::WorkContext &work, const Look &look = {}) const;

private:
    struct State;
    terminology::TermStore &store() const;
    void take() const;
    base::Result<terminology::ReleaseChange> install(const QString &master,
        const terminology::IndexMeta &meta, std::vector<terminology::Concept> terms,
        const base::WorkContext &work) const;
    std::unique_ptr<State> m_state{};
};

// "kcd", "KCD", "icd-9-cm" or an OID -> OID; an unknown name comes back as it is.
QString termSystemOid(const QString &name);
QString termKey(const QString &name); // letters and digits alone, in lower case: how names and codes compare
QString termSystemName(const QString &oid); // the name on the command line, else the OID
QStringList termSystemOids(const QStringList &names);
// Fails with services.NoTermSystem for a name nobody knows.
base::Result<QStringList> knownTermSystems(const QStringList &names);
// The importer for a name of a system or of a master; empty when nobody knows it.
QString termMaster(const QString &name);
QString termSystemMaster(const QString &name); // the importer that brings a system, by any of its names
// A row about `term`, judged on the day and for the person of `context`.
TermHit termRow(
    const terminology::Terminology &in, const terminology::Concept &term, const TermContext &context);
terminology::TermSubject termSubject(const TermContext &context);
QDate termDay(const TermContext &context);

} // namespace naru::services
