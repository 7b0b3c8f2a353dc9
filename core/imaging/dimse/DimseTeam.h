// C-STORE of many instances over several associations at once, each with a confined child of its own. An
// archive that syncs every file to its disc before it answers then does so for several at a time, which is
// several times faster; on one association it cannot, since it must answer one before it may read the next.
#pragma once

#include "core/imaging/dimse/DimseClient.h"

namespace naru::imaging::dimse {

// Three: as fast as more of them (core/imaging/dimse/README.md), and an archive with four threads, which is
// Orthanc as it is installed, still answers everybody else.
constexpr int UsualAssociations = 3;

// As Client::store, an outcome for every instance and each instance in one association's hands only. `each`
// is called for one at a time; Instance::bytes by several threads at once. What associations that the node
// does not grant were to carry goes over the first one. Few instances get fewer associations.
base::Result<std::vector<StoreOutcome>> storeTogether(const Node &node, const Limits &limits,
    const std::vector<Instance> &instances, const base::WorkContext &work = {}, const Client::Each &each = {},
    int associations = UsualAssociations, int attempts = 3);

} // namespace naru::imaging::dimse
