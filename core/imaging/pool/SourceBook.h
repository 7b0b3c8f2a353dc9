// Descriptors of image sources and the numbers by which the children know them: the same file with the same
// contents has the same number.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/pool/Wire.h"

#include <mutex>

namespace naru::imaging {

class SourceBook {
public:
    struct Opened {
        qint64 number = 0;
        int descriptor = -1; // valid as long as `owner` lives
        std::shared_ptr<wire::Descriptor> owner{};
    };
    // imaging.File for what is no regular file or cannot be read.
    base::Result<Opened> open(const ImageSource &source);

private:
    struct Held {
        QByteArray bytes{}; // holds the memory, so that its address stays a name for it
        Opened opened{};
    };
    base::Result<Opened> openFile(const QString &path) const;
    base::Result<Opened> openBytes(const QByteArray &bytes);

    std::mutex m_mutex{};
    std::vector<Held> m_held{}; // oldest first
    qint64 m_next = 1;
};

} // namespace naru::imaging
