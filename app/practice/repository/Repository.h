// One document repository: ITI-41 in (hash and size checked, then ITI-42 to the registry), ITI-43 out.
#pragma once

#include "app/practice/http/LoopbackClient.h"
#include "app/practice/registry/RegistryAnswer.h"
#include "app/practice/registry/Store.h"
#include "app/practice/repository/Blobs.h"

#include <functional>
#include <mutex>

namespace naru::practice {

struct RepositoryPorts {
    QString id{}; // repositoryUniqueId
    LoopbackSettings registry{};
    // Documents that were registered, with their bytes; the exchange answers referrals from here.
    std::function<void(const RegistryObject &entry, const QString &patient, const QByteArray &bytes)>
        accepted{};
    // Documents that are about to be registered: what is remembered of one that is refused after all does no
    // harm.
    std::function<void(const RegistryObject &entry, const QByteArray &bytes)> arriving{};
};

class Repository {
public:
    using Bytes = QHash<QString, QByteArray>; // entry id as submitted -> bytes
    using MayRead = std::function<bool(const StoredObject &)>;

    Repository(Blobs &blobs, Store &store, RepositoryPorts ports)
        : m_blobs(blobs)
        , m_store(store)
        , m_ports(std::move(ports))
    {
    }
    const QString &id() const { return m_ports.id; }
    // xdsb:ProvideAndRegisterDocumentSetRequest.
    RegistryAnswer provide(const SoapRequest &request, const QString &submitter);
    RegistryAnswer provideObjects(
        std::vector<RegistryObject> objects, const Bytes &bytes, const QString &submitter);
    // xdsb:RetrieveDocumentSetRequest -> MTOM answer.
    HttpAnswer retrieve(const SoapRequest &request, const MayRead &mayRead) const;

private:
    RegistryAnswer storeAndRegister(
        std::vector<RegistryObject> &objects, const Bytes &bytes, const QString &submitter);
    bool check(std::vector<RegistryObject> &objects, const Bytes &bytes, RegistryAnswer &answer) const;
    bool checkDocument(RegistryObject &entry, const QByteArray &bytes, RegistryAnswer &answer) const;
    RegistryAnswer registerSet(const std::vector<RegistryObject> &objects, const QString &submitter) const;
    Blobs &m_blobs;
    Store &m_store;
    RepositoryPorts m_ports;
    std::mutex m_submitting{};
};

} // namespace naru::practice
