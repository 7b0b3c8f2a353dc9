// Data sets in the DICOM JSON Model (PS3.18 annex F), as DICOMweb sends and takes them. Both directions keep
// every value: what a JSON number cannot hold exactly is written as a string, which F.2.2 allows for DS, IS,
// SV and UV.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/DataSetValue.h"

#include <QJsonObject>

namespace naru::imaging {

// Errors: imaging.BadJson (not the model; `what` says where), .TooDeep, .TooLarge (elements, bytes).
// An attribute without "vr" gets that of the dictionary. Group length and group 0002 elements are dropped.
base::Result<DataSetValue> fromJson(const QJsonObject &object, const DataSetLimits &limits = {});
base::Result<DataSetValue> fromJson(const QByteArray &json, const DataSetLimits &limits = {});
// An array of data sets (QIDO-RS answers, WADO-RS metadata); the limits hold for all of them together.
base::Result<std::vector<DataSetValue>> listFromJson(
    const QByteArray &json, const DataSetLimits &limits = {});

// Bulk references are written as BulkDataURI when they have one and left without a value otherwise.
QJsonObject toJsonObject(const DataSetValue &set);
QByteArray toJson(const DataSetValue &set); // compact, UTF-8

} // namespace naru::imaging
