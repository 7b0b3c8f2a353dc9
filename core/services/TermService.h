// Coded terms for the pickers.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

namespace naru::services {

class TermService {
public:
    explicit TermService(Profile::Internals &internals);

    // systems: names as on the command line ("kcd", "atc", "loinc", "icd9cm", "allergy", "department", ...)
    // or OIDs; empty: all.
    std::vector<TermHit> search(const QString &query, const QStringList &systems, int limit = 20) const;
    base::Result<TermHit> show(const QString &code, const QString &system) const;
    // Remembers the choice of this user, so that it ranks higher.
    void used(const TermHit &hit);
    std::vector<TermHit> recent(const QStringList &systems, int limit = 10) const;
    std::vector<clinical::Department> departments() const;
    // A value set of the forms ("guardianRelation", "relayStatus", "identityCheck" ...): code, Korean,
    // English.
    std::vector<TermHit> valueSet(const QString &name) const;
    QByteArray statsJson() const;

private:
    Profile::Internals &m;
};

// The same search without a profile (naructl terms search).
std::vector<TermHit> searchTerms(const QString &query, const QStringList &systems, int limit);

} // namespace naru::services
