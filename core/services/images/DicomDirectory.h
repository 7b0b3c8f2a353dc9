// The index of a medium (PS3.3 annex F, PS3.10 clause 8): one patient, one study, its series and instances.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/DataSetValue.h"
#include "core/services/ImageTypes.h"

#include <functional>

namespace naru::services {

struct DirectoryFile {
    InstanceRow row{};
    QStringList path{}; // "DICOM", "ST000001", ...
};

struct DirectorySeries {
    SeriesRow row{};
    std::vector<DirectoryFile> files{};
};

// `whole` reads an object whose record needs more than the facts say (reports, presentation states).
using WholeObject = std::function<base::Result<imaging::DataSetValue>(const InstanceRow &)>;
base::Result<QByteArray> dicomDirectory(
    const StudyRow &study, const std::vector<DirectorySeries> &series, const WholeObject &whole);

} // namespace naru::services
