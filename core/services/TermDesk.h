// The terminology of a data folder without its keys: terms are public, so that `naructl terms search` needs
// no passphrase. TermService adds what the clinic remembers.
#pragma once

#include "core/base/WorkContext.h"
#include "core/services/TermTypes.h"

#include <memory>

namespace naru::services {

class TermDesk {
public:
    explicit TermDesk(const QString &dataDir); // releases in <dataDir>/terms; need not exist

    std::shared_ptr<const terminology::Terminology> snapshot() const;
    terminology::TermStore &store() const { return *m_store; }

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
    // Without the favourites, which only TermService can see.
    base::Result<TermImport> importMaster(const QStringList &files, const terminology::ImportOptions &options,
        const base::WorkContext &work, std::vector<terminology::Concept> *terms = nullptr) const;
    bool refresh() const;

private:
    std::shared_ptr<terminology::TermStore> m_store{};
};

// "kcd" or an OID -> OID; an unknown name comes back as it is.
QString termSystemOid(const QString &name);
// The short name of the command line, or the OID.
QString termSystemName(const QString &oid);
// A row about `term`, judged on the day and for the person of `context`.
TermHit termRow(
    const terminology::Terminology &in, const terminology::Concept &term, const TermContext &context);

} // namespace naru::services
