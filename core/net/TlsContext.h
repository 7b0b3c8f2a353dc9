// Makes an OpenSSL client context of a TlsIdentity. Internal to core/net.
#pragma once

#include "core/base/Result.h"
#include "core/net/TlsIdentity.h"

#include <memory>
#include <openssl/ssl.h>

namespace naru::net {

struct SslDeleter {
    void operator()(SSL_CTX *context) const { SSL_CTX_free(context); }
    void operator()(SSL *ssl) const { SSL_free(ssl); }
};
using SslContextPtr = std::unique_ptr<SSL_CTX, SslDeleter>;
using SslPtr = std::unique_ptr<SSL, SslDeleter>;

base::Result<SslContextPtr> makeTlsContext(const TlsIdentity &identity); // net.Identity
QString opensslErrorText(); // of this thread, and clears the queue

} // namespace naru::net
