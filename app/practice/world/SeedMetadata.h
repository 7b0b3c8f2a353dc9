// XDS metadata of a document that the seeded world wrote: codes from the site profile, the rest from the
// document's values.
#pragma once

#include "app/practice/registry/Metadata.h"
#include "app/practice/seed/SeedWorld.h"
#include "app/practice/world/Site.h"

namespace naru::practice {

// Submission set, document entry (id "Document01") and the membership between them; hash, size and
// repositoryUniqueId are left to the repository.
std::vector<RegistryObject> seedSubmission(const SeedDocument &document,
    const clinical::Institution &institution, const QString &patientCx, const Site &site);

} // namespace naru::practice
