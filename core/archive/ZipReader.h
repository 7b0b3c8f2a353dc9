// An archive from outside (PKWARE APPNOTE 6.3), entry by entry, never unpacked to disk. Budgets count what
// really comes out; the sizes an archive declares are not trusted. Not for two threads at once.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

struct zip;

namespace naru::archive {

struct ZipLimits {
    qint64 entries = 65'535;
    qint64 entryBytes = 2LL * 1024 * 1024 * 1024 - 1; // one entry, unpacked
    qint64 totalBytes = 64LL * 1024 * 1024 * 1024; // all that is read through one reader
    // An entry may swell this far beyond its packed size once it is larger than `freeBytes`: empty images
    // pack well, bombs pack a thousandfold.
    qint64 ratio = 200;
    qint64 freeBytes = 64LL * 1024 * 1024;
};

class ZipReader {
public:
    // archive.Broken, archive.TooMany, base.Io
    static base::Result<std::unique_ptr<ZipReader>> open(const QString &path, const ZipLimits &limits = {});

    qint64 count() const { return m_count; } // folders included
    // As the archive writes it, to compare with; never a path here. Empty when it cannot be read.
    QString name(qint64 index) const;
    // Nothing for a folder, and for what `wanted` refuses after a look at its first bytes (up to 256).
    // archive.Broken when the entry ends early, goes on too long or has a wrong sum; archive.TooLarge;
    // archive.Encrypted.
    using Wanted = std::function<bool(QByteArrayView head)>;
    base::Result<std::optional<QByteArray>> read(qint64 index, const Wanted &wanted = {});

private:
    struct Closer {
        void operator()(zip *archive) const;
    };
    std::unique_ptr<zip, Closer> m_zip{};
    ZipLimits m_limits{};
    qint64 m_count = 0, m_total = 0;
};

} // namespace naru::archive
