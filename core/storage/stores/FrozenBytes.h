// The stored form of a frozen submission. Internal to the outbox: nobody else reads it.
#pragma once

#include "core/storage/stores/OutboxStore.h"

namespace naru::storage {

QByteArray frozenToBytes(const FrozenSubmission &submission);
base::Result<FrozenSubmission> frozenFromBytes(const QByteArray &bytes); // storage.Broken

} // namespace naru::storage
