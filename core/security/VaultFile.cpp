#include "core/security/VaultFile.h"

#include "core/base/Digest.h"
#include "core/security/Aead.h"
#include "core/security/Errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace naru::security {

namespace {
constexpr int format = 1;
constexpr int saltSize = 32;

base::Error broken(const char *what)
{
    return base::Error(errors::VaultBroken, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray bytesAt(const QJsonObject &object, const char *key)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        object.value(QLatin1String(key)).toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? *decoded : QByteArray();
}

// The file may have been touched: parameters that would take hours or all memory are refused.
bool sane(const KdfParameters &kdf)
{
    const bool power = kdf.n >= 2 && (kdf.n & (kdf.n - 1)) == 0;
    return power && kdf.n <= (quint64(1) << 22) && kdf.r >= 1 && kdf.r <= 32 && kdf.p >= 1 && kdf.p <= 16
        && 128 * kdf.n * kdf.r <= quint64(4) * 1024 * 1024 * 1024;
}
} // namespace

QByteArray VaultSlot::binding(const QString &vaultId) const
{
    return QStringLiteral("naru-slot-1|%1|%2|%3|%4|%5")
        .arg(vaultId, user.name)
        .arg(kdf.n)
        .arg(kdf.r)
        .arg(kdf.p)
        .toUtf8();
}

base::Status VaultSlot::wrap(
    const QString &vaultId, const base::SecureBytes &passphrase, const base::SecureBytes &dek)
{
    salt = base::randomBytes(saltSize);
    NARU_ASSIGN(const base::SecureBytes kek, scrypt(passphrase, salt, kdf.n, kdf.r, kdf.p));
    const QByteArray nonce = base::randomBytes(aeadNonceSize);
    wrapped = nonce + aeadSeal(kek, nonce, binding(vaultId), dek.view());
    return {};
}

base::Result<base::SecureBytes> VaultSlot::unwrap(
    const QString &vaultId, const base::SecureBytes &passphrase) const
{
    NARU_ASSIGN(const base::SecureBytes kek, scrypt(passphrase, salt, kdf.n, kdf.r, kdf.p));
    if (wrapped.size() != aeadNonceSize + 32 + aeadTagSize)
        return base::Error(errors::WrongPassphrase);
    auto plain = aeadOpen(
        kek, wrapped.first(aeadNonceSize), binding(vaultId), QByteArrayView(wrapped).sliced(aeadNonceSize));
    if (!plain)
        return base::Error(errors::WrongPassphrase);
    base::SecureBytes dek{QByteArrayView(*plain)};
    plain->fill('\0');
    return dek;
}

VaultSlot *VaultFile::find(const QString &name)
{
    for (VaultSlot &slot : slots_) {
        if (slot.user.name == name)
            return &slot;
    }
    return nullptr;
}

QByteArray VaultFile::toBytes() const
{
    QJsonArray users;
    for (const VaultSlot &slot : slots_) {
        QJsonObject user{{QStringLiteral("name"), slot.user.name},
            {QStringLiteral("displayName"), slot.user.displayName},
            {QStringLiteral("licence"), slot.user.licence}, {QStringLiteral("role"), roleKey(slot.user.role)},
            {QStringLiteral("roleSeal"), base64(slot.roleSeal)},
            {QStringLiteral("kdf"),
                QJsonObject{{QStringLiteral("name"), QStringLiteral("scrypt")},
                    {QStringLiteral("n"), qint64(slot.kdf.n)}, {QStringLiteral("r"), qint64(slot.kdf.r)},
                    {QStringLiteral("p"), qint64(slot.kdf.p)}}},
            {QStringLiteral("salt"), base64(slot.salt)}, {QStringLiteral("key"), base64(slot.wrapped)},
            {QStringLiteral("failedAttempts"), slot.user.failedAttempts}};
        if (slot.user.lockedUntil.isValid())
            user.insert(QStringLiteral("lockedUntil"), slot.user.lockedUntil.toString(Qt::ISODateWithMs));
        users.append(user);
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("format"), format}, {QStringLiteral("vaultId"), vaultId},
                             {QStringLiteral("users"), users}})
        .toJson(QJsonDocument::Indented);
}

base::Result<VaultFile> VaultFile::parse(const QByteArray &bytes)
{
    QJsonParseError fault;
    const QJsonObject root = QJsonDocument::fromJson(bytes, &fault).object();
    if (fault.error != QJsonParseError::NoError)
        return broken("not JSON");
    if (root.value(QLatin1String("format")).toInt() != format)
        return broken("format");
    VaultFile file;
    file.vaultId = root.value(QLatin1String("vaultId")).toString();
    const QJsonArray users = root.value(QLatin1String("users")).toArray();
    if (file.vaultId.isEmpty() || users.isEmpty() || std::size_t(users.size()) > userLimit)
        return broken("users");
    for (const QJsonValue &value : users) {
        const QJsonObject object = value.toObject();
        const QJsonObject kdf = object.value(QLatin1String("kdf")).toObject();
        VaultSlot slot;
        slot.user.name = object.value(QLatin1String("name")).toString();
        slot.user.displayName = object.value(QLatin1String("displayName")).toString();
        slot.user.licence = object.value(QLatin1String("licence")).toString();
        slot.user.role = roleFromKey(object.value(QLatin1String("role")).toString());
        slot.user.failedAttempts =
            qBound(0, object.value(QLatin1String("failedAttempts")).toInt(), 1'000'000);
        slot.user.lockedUntil =
            QDateTime::fromString(object.value(QLatin1String("lockedUntil")).toString(), Qt::ISODateWithMs);
        slot.kdf.n = quint64(qMax(qint64(0), kdf.value(QLatin1String("n")).toInteger()));
        slot.kdf.r = quint32(qBound(qint64(0), kdf.value(QLatin1String("r")).toInteger(), qint64(1'000)));
        slot.kdf.p = quint32(qBound(qint64(0), kdf.value(QLatin1String("p")).toInteger(), qint64(1'000)));
        slot.salt = bytesAt(object, "salt");
        slot.wrapped = bytesAt(object, "key");
        slot.roleSeal = bytesAt(object, "roleSeal");
        if (slot.user.name.isEmpty() || slot.salt.isEmpty() || slot.wrapped.isEmpty()
            || slot.roleSeal.isEmpty())
            return broken("slot");
        if (kdf.value(QLatin1String("name")).toString() != QLatin1String("scrypt") || !sane(slot.kdf))
            return broken("kdf");
        if (file.find(slot.user.name))
            return broken("duplicate user");
        file.slots_.push_back(std::move(slot));
    }
    return file;
}

} // namespace naru::security
