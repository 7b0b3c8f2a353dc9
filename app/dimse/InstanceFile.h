// An instance on its way in: a Part 10 file in memory of its own, filled as the pieces come and sealed before
// the parent gets it. Nothing of it is ever on a disk here.
#pragma once

#include "app/dimse/Command.h"
#include "core/imaging/pool/Wire.h"

namespace naru::dimse {

class InstanceFile {
public:
    // Preamble and meta header (PS3.10 7.1) for what the command announces; dimse.TooLarge
    static base::Result<std::unique_ptr<InstanceFile>> make(
        const Command &command, const QByteArray &syntax, const QByteArray &sender, qint64 limit);

    base::Status append(const char *data, qsizetype size);
    // Whether the data set is whole and is the instance that the command named.
    bool isWhole(const Command &command, const QByteArray &syntax) const;
    bool seal();
    int descriptor() const { return m_memory.get(); }
    qint64 size() const { return m_size; }

private:
    imaging::wire::Descriptor m_memory{};
    qint64 m_size = 0, m_begin = 0, m_limit = 0;
};

} // namespace naru::dimse
