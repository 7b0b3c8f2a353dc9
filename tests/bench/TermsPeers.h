// What a clinic program would use without an engine of its own, over the same terms.
#pragma once

#include "core/terminology/Concept.h"

#include <memory>
#include <vector>

namespace naru::bench {

class Peer {
public:
    virtual ~Peer() = default;
    virtual const char *name() const = 0;
    virtual int rows(const QString &query, int limit) = 0; // how many rows it shows
    virtual qint64 bytes() const = 0;
    virtual double buildSeconds() const = 0;
};

std::vector<std::unique_ptr<Peer>> peers(
    const QString &folder, const std::vector<terminology::Concept> &terms);

} // namespace naru::bench
