// Hashes and random numbers. XDS hashes are SHA-1 in lower-case hex (IHE ITI TF-3 4.2.3.2.10); everything of
// our own is SHA-256.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace naru::base {

QByteArray sha1(QByteArrayView bytes); // 20 raw bytes
QByteArray sha256(QByteArrayView bytes); // 32 raw bytes
QString sha1Hex(QByteArrayView bytes); // 40 lower-case digits
QString sha256Hex(QByteArrayView bytes); // 64 lower-case digits
QByteArray hmacSha256(QByteArrayView key, QByteArrayView bytes);
// Cryptographically secure; ends the program when the system has none, because nothing safe can follow.
QByteArray randomBytes(int count);
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace naru::base
