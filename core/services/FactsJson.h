// OutboxFacts <-> the JSON that is sealed with an outbox item.
#pragma once

#include "core/services/Internals.h"

namespace naru::services {

QByteArray factsToJson(const OutboxFacts &facts);
OutboxFacts factsFromJson(const QByteArray &json);

} // namespace naru::services
