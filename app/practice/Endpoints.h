// The services behind the endpoints, and the paths they answer on.
#pragma once

#include "app/practice/audit/AuditRepository.h"
#include "app/practice/faults/AuditGate.h"
#include "app/practice/http/Server.h"
#include "app/practice/imaging/ImageShelf.h"
#include "app/practice/mpi/Identity.h"
#include "app/practice/registry/Registrar.h"
#include "app/practice/registry/StoredQuery.h"
#include "app/practice/replies/ReplyDesk.h"
#include "app/practice/repository/Repository.h"
#include "app/practice/world/Site.h"

namespace naru::practice {

struct Endpoints {
    Endpoints(const Site &site, const QString &folder, const QByteArray &secret, ReplySettings replySettings);
    void openRepositories(const LoopbackSettings &loopback);

    const Site &site;
    Database db{};
    FaultPlan faults{};
    Mpi mpi;
    Store store;
    ConsentBook consent;
    Blobs blobs;
    ImageShelf images;
    Registrar registrar;
    StoredQuery queries;
    Identity identity;
    ReplyDesk replies;
    std::vector<std::unique_ptr<Repository>> repositories{};
    std::unique_ptr<AuditRepository> audit{};
    QString imagesBase{}; // of DICOMweb, with the real port
};

void addEndpoints(Server &server, Endpoints &endpoints);

} // namespace naru::practice
