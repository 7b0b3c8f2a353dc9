// The instances of a series as the store has them, opened and read on several threads: the first image of a
// long series waits for it. By number, then UID. One that was touched is listed without facts.
#pragma once

#include "core/imaging/series/Stack.h"
#include "core/services/ImageTypes.h"
#include "core/storage/stores/ImageStore.h"

namespace naru::services {

std::vector<InstanceRow> instanceRows(const storage::ImageStore &store, const QString &seriesKey);
// The same for who wants nothing but facts and keys; texts that they have in common are shared.
std::vector<imaging::InstanceRef> instanceRefs(const storage::ImageStore &store, const QString &seriesKey);

} // namespace naru::services
