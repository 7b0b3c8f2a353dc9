// From ebRIM objects to XDS metadata. Internal to core/ihe.
#pragma once

#include "core/ihe/ebxml/RimObject.h"
#include "core/ihe/metadata/Metadata.h"

#include <QHash>

namespace naru::ihe {

// Adds the object to `content` by what it is; classifications that stand outside their object (XDS.a style)
// are in `markers` as object id -> classification node. False when it is nothing that XDS knows.
bool addToContent(RimObject &&object, const QHash<QString, QString> &markers, RegistryContent &content);

} // namespace naru::ihe
