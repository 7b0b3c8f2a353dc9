// The two character sets of Korean files, byte by byte: what is not in the set is found, never replaced.
// CP949 is Microsoft's superset of EUC-KR; its table comes from the C library's iconv, which is always there,
// instead of from ICU, which a Qt build may lack.
#pragma once

#include <QByteArray>
#include <QString>

namespace naru::base {

// The offset of the first byte that is not UTF-8 (RFC 3629: no overlong forms, no surrogates); -1 when all is
// well.
qsizetype firstInvalidUtf8(QByteArrayView bytes);

// False when the C library was installed without its conversion tables; the functions below then refuse every
// byte above 0x7F.
bool hasCp949();
// The offset of the first byte that is not CP949 (half a pair, a pair that is not assigned); -1 when all is
// well.
qsizetype firstInvalidCp949(QByteArrayView bytes);
// Replaces `out`; the answer is as above, and `out` is then what came before the offset.
qsizetype fromCp949(QByteArrayView bytes, QString &out);

} // namespace naru::base
