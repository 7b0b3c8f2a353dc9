// Registry objects in the database, one row each.
#pragma once

#include "app/practice/db/Database.h"
#include "app/practice/registry/Metadata.h"

#include <optional>

namespace naru::practice {

struct StoredObject {
    qint64 seq = 0;
    RegistryObject object{}; // status is the present one
    QString patient{}; // canonical CX; of the submission for associations
    QString submitter{}; // institution OID that submitted it
};

// "ext^^^&root&ISO" whatever spelling came in (urn:oid:, missing ISO); empty when there is no id or no
// authority.
QString canonicalCx(const QString &cx);

class Store {
public:
    explicit Store(Database &db)
        : m_db(db)
    {
    }
    void add(const RegistryObject &object, const QString &patient, const QString &submitter,
        const QString &updatedUtc);
    void setStatus(const QString &id, const QString &status);
    std::optional<StoredObject> byId(const QString &id) const;
    std::vector<StoredObject> byUniqueId(const QString &uniqueId, ObjectKind kind) const;
    std::vector<StoredObject> ofPatient(const QString &patient, ObjectKind kind) const;
    std::vector<StoredObject> associationsTouching(const QString &id) const; // as source or target
    qint64 count(ObjectKind kind) const;
    qint64 duplicateUniqueIds() const; // document entries that share a uniqueId with an earlier one

private:
    std::vector<StoredObject> read(Statement &statement) const;
    Database &m_db;
};

} // namespace naru::practice
