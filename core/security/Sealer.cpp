#include "core/security/Sealer.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"
#include "core/security/Aead.h"
#include "core/security/Errors.h"

#include <QBuffer>
#include <QIODevice>

#include <QtEndian>
#include <array>

namespace naru::security {

namespace {
constexpr char envelopeVersion = 0x01;
constexpr const char *blobMagic = "NRC1";
constexpr int saltSize = 32;

// Labels of the subkeys: renaming one makes everything sealed under it unreadable.
constexpr std::array<const char *, 10> labels{"naru/records/1", "naru/documents/1", "naru/drafts/1",
    "naru/audit/1", "naru/audit-keys/1", "naru/resident-numbers/1", "naru/blind-index/1", "naru/users/1",
    "naru/outbox/1", "naru/images/1"};

void appendPart(QByteArray &out, const QByteArray &part)
{
    // Length-prefixed, so that ("ab","c") and ("a","bc") differ.
    std::array<char, 4> size{};
    qToBigEndian(quint32(part.size()), size.data());
    out.append(size.data(), 4);
    out.append(part);
}

QByteArray aadOf(Purpose purpose, const SealPlace &place)
{
    QByteArray out("naru-seal-1");
    out.append(char(purpose));
    appendPart(out, place.table.toUtf8());
    appendPart(out, place.row.toUtf8());
    appendPart(out, place.column.toUtf8());
    appendPart(out, QByteArray::number(place.version));
    return out;
}

base::Error broken(const SealPlace &place)
{
    // The row's key is left out: it may be pseudonymous, it need not be in a log.
    return base::Error(
        errors::SealBroken, {}, {{QStringLiteral("place"), place.table + QLatin1Char('.') + place.column}});
}

QByteArray chunkNonce(quint64 index)
{
    QByteArray nonce(aeadNonceSize, '\0');
    qToBigEndian(index, nonce.data() + 4);
    return nonce;
}

QByteArray chunkAad(const QByteArray &aad, quint64 index, bool last)
{
    QByteArray out = aad;
    std::array<char, 8> number{};
    qToBigEndian(index, number.data());
    out.append(number.data(), 8);
    out.append(last ? '\1' : '\0');
    return out;
}

base::Result<QByteArray> readExactly(QIODevice &in, qsizetype wanted)
{
    QByteArray out;
    while (out.size() < wanted) {
        const QByteArray piece = in.read(wanted - out.size());
        if (piece.isEmpty())
            break;
        out += piece;
    }
    if (out.size() < wanted && !in.atEnd())
        return base::Error(base::errors::Io, QStringLiteral("read of a stream"));
    return out;
}
} // namespace

base::Result<std::shared_ptr<const Sealer>> Sealer::fromKey(const base::SecureBytes &dek)
{
    if (dek.size() != 32)
        return base::Error(errors::KeyDerivation, QStringLiteral("the data key has a wrong size"));
    std::shared_ptr<Sealer> sealer(new Sealer);
    for (const char *label : labels) {
        NARU_ASSIGN(auto key, hkdf(dek, {}, label));
        sealer->m_keys.push_back(std::move(key));
    }
    return std::shared_ptr<const Sealer>(std::move(sealer));
}

Sealer::~Sealer() = default;

const base::SecureBytes &Sealer::key(Purpose purpose) const
{
    return m_keys.at(std::size_t(purpose));
}

QByteArray Sealer::seal(Purpose purpose, const SealPlace &place, QByteArrayView plain) const
{
    const QByteArray nonce = base::randomBytes(aeadNonceSize);
    return QByteArray(1, envelopeVersion) + nonce
        + aeadSeal(key(purpose), nonce, aadOf(purpose, place), plain);
}

base::Result<QByteArray> Sealer::open(Purpose purpose, const SealPlace &place, QByteArrayView sealed) const
{
    if (sealed.size() < 1 + aeadNonceSize + aeadTagSize || sealed.front() != envelopeVersion)
        return broken(place);
    const QByteArray nonce = sealed.sliced(1, aeadNonceSize).toByteArray();
    auto plain = aeadOpen(key(purpose), nonce, aadOf(purpose, place), sealed.sliced(1 + aeadNonceSize));
    if (!plain)
        return broken(place);
    return std::move(*plain);
}

base::Status Sealer::sealStream(Purpose purpose, const SealPlace &place, QIODevice &in, QIODevice &out) const
{
    const QByteArray salt = base::randomBytes(saltSize);
    NARU_ASSIGN(const auto blobKey, hkdf(key(purpose), salt, "naru/blob/1"));
    const QByteArray aad = aadOf(purpose, place);
    bool good = out.write(blobMagic, 4) == 4 && out.write(salt) == saltSize;
    NARU_ASSIGN(QByteArray chunk, readExactly(in, chunkSize));
    for (quint64 index = 0; good; ++index) {
        NARU_ASSIGN(QByteArray following, readExactly(in, chunkSize));
        const bool last = following.isEmpty();
        const QByteArray sealed = aeadSeal(blobKey, chunkNonce(index), chunkAad(aad, index, last), chunk);
        good = out.write(sealed) == sealed.size();
        if (last)
            break;
        chunk = std::move(following);
    }
    if (!good)
        return base::Error(base::errors::Io, QStringLiteral("write of a sealed stream"));
    return {};
}

base::Status Sealer::openStream(Purpose purpose, const SealPlace &place, QIODevice &in, QIODevice &out) const
{
    NARU_ASSIGN(const QByteArray head, readExactly(in, 4 + saltSize));
    if (head.size() != 4 + saltSize || !head.startsWith(blobMagic))
        return broken(place);
    NARU_ASSIGN(const auto blobKey, hkdf(key(purpose), head.sliced(4), "naru/blob/1"));
    const QByteArray aad = aadOf(purpose, place);
    NARU_ASSIGN(QByteArray chunk, readExactly(in, chunkSize + aeadTagSize));
    for (quint64 index = 0;; ++index) {
        NARU_ASSIGN(QByteArray following, readExactly(in, chunkSize + aeadTagSize));
        const bool last = following.isEmpty();
        const auto plain = aeadOpen(blobKey, chunkNonce(index), chunkAad(aad, index, last), chunk);
        if (!plain)
            return broken(place);
        if (out.write(*plain) != plain->size())
            return base::Error(base::errors::Io, QStringLiteral("write of an opened stream"));
        if (last)
            return {};
        chunk = std::move(following);
    }
}

base::Result<QByteArray> Sealer::sealChunks(
    Purpose purpose, const SealPlace &place, QByteArrayView plain) const
{
    QByteArray source = QByteArray::fromRawData(plain.data(), plain.size());
    QByteArray sealed;
    sealed.reserve(plain.size() + 64 + (plain.size() / chunkSize + 1) * aeadTagSize);
    QBuffer in(&source), out(&sealed);
    in.open(QIODevice::ReadOnly);
    out.open(QIODevice::WriteOnly);
    NARU_TRY(sealStream(purpose, place, in, out));
    return sealed;
}

base::Result<QByteArray> Sealer::openChunks(
    Purpose purpose, const SealPlace &place, QByteArrayView sealed) const
{
    QByteArray source = QByteArray::fromRawData(sealed.data(), sealed.size());
    QByteArray plain;
    plain.reserve(sealed.size());
    QBuffer in(&source), out(&plain);
    in.open(QIODevice::ReadOnly);
    out.open(QIODevice::WriteOnly);
    NARU_TRY(openStream(purpose, place, in, out));
    return plain;
}

QByteArray Sealer::blindIndex(QStringView field, QStringView value) const
{
    QByteArray message;
    appendPart(message, field.toUtf8());
    appendPart(message, value.toUtf8());
    return base::hmacSha256(key(Purpose::BlindIndex).view(), message);
}

base::SecureBytes Sealer::deriveKey(Purpose purpose, QByteArrayView label) const
{
    const QByteArray info = QByteArray("naru/derived/1|") + label.toByteArray();
    auto derived = hkdf(key(purpose), {}, info);
    return derived ? std::move(*derived) : base::SecureBytes();
}

} // namespace naru::security
