// ITI-18 Registry Stored Query: parameters in (with quoting, lists and AND by repetition), registry objects
// out, filtered by consent.
#pragma once

#include "app/practice/consent/ConsentBook.h"
#include "app/practice/registry/RegistryAnswer.h"
#include "app/practice/registry/Store.h"

#include <functional>

namespace naru::practice {

// One Slot: alternatives (OR); the same name twice means AND.
struct QueryParameter {
    QString name{};
    QStringList values{};
};

struct QueryRequest {
    QString query{}; // urn:uuid:...
    bool leafClass = true; // else ObjectRef
    std::vector<QueryParameter> parameters{};

    bool has(const QString &name) const;
    QStringList values(const QString &name) const; // of all repetitions
};

struct QueryResult {
    RegistryAnswer answer{};
    std::vector<StoredObject> objects{};
};

QueryRequest readQuery(const base::XmlElement &adhocQueryRequest, RegistryAnswer &answer);

class StoredQuery {
public:
    using KnowsPatient = std::function<bool(const QString &cx)>;
    StoredQuery(Store &store, ConsentBook &consent, KnowsPatient knows)
        : m_store(store)
        , m_consent(consent)
        , m_knows(std::move(knows))
    {
    }
    QueryResult run(const QueryRequest &request, const Viewer &viewer) const;

private:
    struct Run;
    Store &m_store;
    ConsentBook &m_consent;
    KnowsPatient m_knows;
};

// <query:AdhocQueryResponse>.
void writeQueryResponse(QXmlStreamWriter &xml, const QueryResult &result, bool leafClass);

} // namespace naru::practice
