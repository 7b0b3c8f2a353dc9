// How much memory decoded images may take: half of the machine's (or of the container's) less half a
// gigabyte, at least a quarter of a gigabyte.
#pragma once

#include <QtGlobal>

namespace naru::ui {

qint64 imageMemoryBudget();
qint64 imageMemoryBudgetFor(qint64 physicalBytes);

} // namespace naru::ui
