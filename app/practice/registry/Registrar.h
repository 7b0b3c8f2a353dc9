// ITI-42 Register Document Set-b and ITI-57 Update Document Set (availability status only): checks a
// submission as a whole and stores all of it or nothing.
#pragma once

#include "app/practice/consent/ConsentBook.h"
#include "app/practice/registry/RegistryAnswer.h"
#include "app/practice/registry/Store.h"

#include <functional>
#include <optional>

namespace naru::practice {

// What the registrar asks of its neighbours.
struct RegistrarPorts {
    std::function<bool(const QString &cx)> knowsPatient{};
    // The bytes a repository holds; empty when it does not.
    std::function<std::optional<QByteArray>(const QString &repository, const QString &uniqueId)> bytesOf{};
    QStringList repositories{}; // repositoryUniqueIds
    bool partialConsentAllowed = false;
};

struct SubmitMode {
    bool update = false; // ITI-57
    bool consentRequired =
        true; // false only for the seeded world, which has records of people who never consented
};

class Registrar {
public:
    Registrar(Database &db, Store &store, ConsentBook &consent, RegistrarPorts ports)
        : m_db(db)
        , m_store(store)
        , m_consent(consent)
        , m_ports(std::move(ports))
    {
    }
    // `request` = lcm:SubmitObjectsRequest.
    RegistryAnswer submit(const base::XmlElement &request, const QString &submitter, SubmitMode mode);
    RegistryAnswer submitObjects(
        std::vector<RegistryObject> objects, const QString &submitter, SubmitMode mode);

private:
    struct Submission;
    void store(Submission &submission, const QString &submitter);
    void replaceEffects(Submission &submission);
    void deprecate(const QString &id, int depth);
    Database &m_db;
    Store &m_store;
    ConsentBook &m_consent;
    RegistrarPorts m_ports;
};

} // namespace naru::practice
