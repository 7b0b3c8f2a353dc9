#include "core/imaging/Errors.h"
#include "core/imaging/volume/Volume.h"

namespace naru::imaging {

VolumeBuffers::VolumeBuffers(qint64 budget)
    : m_budget(budget)
{
}

base::Result<DecoderPool::Volume> VolumeBuffers::take(DecoderPool &pool, std::size_t bytes)
{
    const std::lock_guard lock(m_mutex);
    const auto out = [this](DecoderPool::Volume buffer) {
        m_out += qint64(buffer.bytes);
        return buffer;
    };
    // Up to half as much again may lie idle: better than touching new memory.
    if (m_kept.memory && m_kept.bytes >= bytes && m_kept.bytes <= bytes + bytes / 2)
        return out(std::exchange(m_kept, {}));
    m_kept = {};
    if (m_budget > 0 && m_out + qint64(bytes) > m_budget)
        return base::Error(errors::VolumeTooLarge, {},
            {{QStringLiteral("mib"), QString::number((bytes + 1024 * 1024 - 1) / (1024 * 1024))}});
    NARU_ASSIGN(DecoderPool::Volume made, pool.sharedVolume(bytes));
    return out(std::move(made));
}

void VolumeBuffers::give(DecoderPool::Volume buffer)
{
    const std::lock_guard lock(m_mutex);
    m_out -= qint64(buffer.bytes);
    // Somebody may still look at a slice: then it is not ours to write into.
    if (buffer.memory.use_count() == 1 && buffer.bytes >= m_kept.bytes)
        m_kept = std::move(buffer);
}

qint64 VolumeBuffers::used() const
{
    const std::lock_guard lock(m_mutex);
    return m_out + qint64(m_kept.bytes);
}

void VolumeBuffers::drop()
{
    const std::lock_guard lock(m_mutex);
    m_kept = {};
}

} // namespace naru::imaging
