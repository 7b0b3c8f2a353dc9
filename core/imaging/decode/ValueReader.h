// The data set of a file as values (objects/DataSetValue.h): text decoded, VRs of the dictionary where the
// file has none, large values left where they are.
#pragma once

#include "core/imaging/decode/ObjectFile.h"
#include "core/imaging/objects/DataSetValue.h"

namespace naru::imaging {

// imaging.TooDeep, .TooLarge (elements, bytes). A bulk value of a deflated file has no place in the file: it
// is taken along as far as the limits allow.
base::Result<DataSetValue> readValues(const ObjectFile &file, const DataSetLimits &limits);

} // namespace naru::imaging
