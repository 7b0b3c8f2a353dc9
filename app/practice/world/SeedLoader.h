// First start: the seeded people go into the index, their documents into the repositories and the registry,
// in one transaction.
#pragma once

#include "app/practice/imaging/ImageShelf.h"
#include "app/practice/mpi/Mpi.h"
#include "app/practice/registry/Registrar.h"
#include "app/practice/repository/Blobs.h"
#include "app/practice/world/Site.h"

namespace naru::practice {

struct SeedTargets {
    Database &db;
    Mpi &mpi;
    Blobs &blobs;
    Registrar &registrar;
    ImageShelf &images;
    const Site &site;
};

struct SeedReport {
    int patients = 0, documents = 0;
    QStringList refused{}; // error codes of documents the registry would not take; a mistake of the seed
};

bool isSeeded(Database &db);
// `institutions`: text of institutions.tsv. Error: base.Invalid.
base::Result<SeedReport> loadSeed(const SeedTargets &targets, quint64 seed, const QByteArray &institutions);

} // namespace naru::practice
