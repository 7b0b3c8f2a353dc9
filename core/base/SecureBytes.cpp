#include "core/base/SecureBytes.h"

#include <openssl/crypto.h>

namespace naru::base {

SecureBytes::SecureBytes(QByteArrayView bytes)
    : m_bytes(bytes.begin(), bytes.end())
{
}

void SecureBytes::wipe()
{
    if (!m_bytes.empty())
        OPENSSL_cleanse(m_bytes.data(), m_bytes.size());
    m_bytes.clear();
}

} // namespace naru::base
