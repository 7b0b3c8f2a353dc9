// Images through the practice exchange: 500 slices of one clinic shared, and fetched by another institution.
#pragma once

#include <QString>

namespace naru::bench {

// Prints its lines; 0 when all was measured. `program`: naru-practice.
int exchangeImages(const QString &program, const QString &decoder);

} // namespace naru::bench
