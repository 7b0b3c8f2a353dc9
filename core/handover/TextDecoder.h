// Bytes to text, strictly: a byte that the character set does not have is an error with its offset, never a
// replacement character. CP949 (Microsoft's superset of EUC-KR) goes through the C library's iconv, which is
// always there, instead of through ICU, which a Qt build may lack.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>

namespace naru::handover {

class TextDecoder {
public:
    struct Text {
        QString text{}; // not yet NFC; without BOM
        QString charset{}; // "UTF-8" "UTF-16" "CP949"
    };

    // A BOM decides; else `declared` (any common spelling: "EUC-KR", "ks_c_5601-1987", "UNICODE UTF-8"); else
    // UTF-8 when the bytes are valid UTF-8, else CP949. When the declared set does not fit, the answer is an
    // error, not a guess.
    static base::Result<Text> decode(const QByteArray &bytes, const QString &declared = {});

    // The name above for a spelling; empty when not supported. US-ASCII is read as what it is a part of,
    // UTF-8.
    static QString canonicalCharset(const QString &name);
    // The offset of the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates); -1 when
    // all is well.
    static qsizetype firstInvalidUtf8(QByteArrayView bytes);
};

} // namespace naru::handover
