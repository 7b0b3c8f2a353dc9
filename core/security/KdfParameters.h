// Cost of turning a passphrase into a key.
#pragma once

#include <QtGlobal>

namespace naru::security {

// scrypt (RFC 7914). 2^17/8/1 is 128 MiB and about 0.6 s on a clinic's PC; each slot remembers its own.
struct KdfParameters {
    quint64 n = quint64(1) << 17;
    quint32 r = 8;
    quint32 p = 1;
    friend bool operator==(const KdfParameters &, const KdfParameters &) = default;
};

} // namespace naru::security
