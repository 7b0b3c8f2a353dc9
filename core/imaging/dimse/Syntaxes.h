// What is offered in presentation contexts.
#pragma once

#include "core/imaging/dimse/DimseTypes.h"

#include <QCborMap>

namespace naru::imaging::dimse {

QStringList plainSyntaxes(); // explicit and implicit little endian, for messages without pixels
// Every syntax instances are stored in, the likeliest first; one a context, so that the node sends what it
// has.
QStringList storedSyntaxes();
QStringList usualStorageClasses(); // tables/storage.tsv
// The answer to an instance that arrived: what its sender is told. "Out of resources" (A700) asks it to try
// again; what cannot be read here would come as unreadable again (C000).
QCborMap answerTo(const base::Status &kept);
Commitment commitmentOf(const QCborMap &map); // of a Committed event, checked

} // namespace naru::imaging::dimse
