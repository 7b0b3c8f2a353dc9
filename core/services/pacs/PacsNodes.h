// Nodes and the listener's settings as they are kept: JSON in the profile's settings, no patient data.
#pragma once

#include "core/imaging/dimse/DimseTypes.h"
#include "core/services/Internals.h"
#include "core/services/PacsTypes.h"

namespace naru::services {

std::vector<PacsNode> readNodes(const Profile::Internals &in);
base::Result<PacsNode> readNode(const Profile::Internals &in, const QString &name); // services.NoNode
base::Status writeNodes(Profile::Internals &in, const std::vector<PacsNode> &nodes);
PacsListen readListen(const Profile::Internals &in);
base::Status writeListen(Profile::Internals &in, const PacsListen &settings);

imaging::dimse::Node dimseNode(const PacsNode &node);
imaging::dimse::Model modelOf(const PacsNode &node);
base::Status checkNode(const PacsNode &node); // dimse.Invalid

} // namespace naru::services
