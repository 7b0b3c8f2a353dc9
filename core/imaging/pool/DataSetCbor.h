// Data sets as CBOR and back. The answer of a child is checked against the limits it was given, and for the
// order of its tags, before anybody reads it.
#pragma once

#include "core/imaging/objects/DataSetValue.h"

#include <QCborValue>

namespace naru::imaging {

QCborValue toCbor(const DataSetValue &set);
// Empty when it is no data set of ours or exceeds the limits.
std::optional<DataSetValue> dataSetFromCbor(const QCborValue &value, const DataSetLimits &limits);

} // namespace naru::imaging
