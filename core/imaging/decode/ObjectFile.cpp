#include "core/imaging/decode/ObjectFile.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/decode/Inflate.h"
#include "core/imaging/decode/Tags.h"

#include <QtEndian>

#include <array>

namespace naru::imaging {

namespace {
constexpr qint64 MaximumInflated = 192LL * 1024 * 1024;

base::Result<std::shared_ptr<const ByteSource>> inflated(const ByteSource &source, qint64 begin)
{
    if (source.size() - begin > MaximumInflated)
        return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QStringLiteral("deflate")}});
    const QByteArray packed = source.bytes(begin, source.size() - begin);
    NARU_ASSIGN(QByteArray out, inflateBytes(packed, MaximumInflated));
    return std::shared_ptr<const ByteSource>(std::make_shared<ByteSource>(std::move(out)));
}

// How the element at `position` was written, by its look: groups begin low and grow, VRs are two capitals.
std::optional<Encoding> guess(const ByteSource &source, qint64 position)
{
    std::array<char, 8> raw{};
    if (!source.read(position, std::as_writable_bytes(std::span(raw))))
        return std::nullopt;
    const quint16 little = qFromLittleEndian<quint16>(raw.data()), big = qFromBigEndian<quint16>(raw.data());
    const bool isBig = big < little;
    const quint16 group = qMin(little, big);
    if (group == 0 || group > 0x0088)
        return std::nullopt;
    const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (capital(raw[4]) && capital(raw[5]))
        return Encoding{true, isBig};
    const quint32 length =
        isBig ? qFromBigEndian<quint32>(raw.data() + 4) : qFromLittleEndian<quint32>(raw.data() + 4);
    if (length != 0xFFFFFFFF && length > source.size() - position)
        return std::nullopt;
    return Encoding{false, isBig};
}

QString syntaxOf(Encoding encoding)
{
    return base::oid(encoding.bigEndian ? "tsExplicitBE"
            : encoding.explicitVr       ? "tsExplicitLE"
                                        : "tsImplicitLE")
        .text();
}

Encoding encodingOf(const QString &syntax)
{
    return {syntax != base::oid("tsImplicitLE").text(), syntax == base::oid("tsExplicitBE").text()};
}

// A file without prefix and meta header is taken for DICOM when it names what DICOM objects name.
bool looksLikeObject(const DataSet &set)
{
    for (const quint32 tag : {tag::SopClass, tag::SopUid, tag::StudyUid, tag::Rows, tag::Modality,
             tag::PixelData, tag::RecognitionCode}) {
        if (set.has(tag))
            return true;
    }
    return false;
}

qint64 startOf(const ByteSource &source)
{
    if (source.bytes(128, 4) == "DICM")
        return 132;
    return source.bytes(0, 4) == "DICM" ? 4 : 0;
}
} // namespace

base::Result<ObjectFile> ObjectFile::open(std::shared_ptr<const ByteSource> source)
{
    ObjectFile file;
    const qint64 start = startOf(*source);
    const DataSet meta = DataSet::readMeta(source, start);
    const bool hasMeta = !meta.elements().empty();
    if (start == 0)
        file.notes.append(QStringLiteral("no DICM prefix"));
    if (!hasMeta)
        file.notes.append(QStringLiteral("no meta header"));
    file.sopClass = meta.ascii(tag::MetaSopClass);
    file.transferSyntax = meta.ascii(tag::TransferSyntax);
    qint64 begin = meta.end();
    qint64 end = source->size();
    if (file.transferSyntax == base::oid("tsDeflated").text()) {
        NARU_ASSIGN(source, inflated(*source, begin));
        begin = 0;
        end = source->size();
    }
    const auto seen = guess(*source, begin);
    if (!hasMeta && start == 0 && !seen)
        return errors::NotDicom;
    Encoding encoding = encodingOf(file.transferSyntax);
    if (file.transferSyntax.isEmpty()) {
        encoding = seen.value_or(Encoding{false, false});
        file.transferSyntax = syntaxOf(encoding);
        file.notes.append(QStringLiteral("transfer syntax guessed"));
    } else if (seen && *seen != encoding) {
        encoding = *seen;
        file.notes.append(QStringLiteral("the data set is not in the declared transfer syntax"));
    }
    file.budget = std::make_shared<ReadBudget>();
    NARU_ASSIGN(file.set, DataSet::read(source, begin, end, encoding, file.budget));
    if (!hasMeta && start == 0 && !looksLikeObject(file.set))
        return errors::NotDicom;
    if (file.set.truncated())
        file.notes.append(QStringLiteral("the file ends before its data set does"));
    if (file.set.elements().empty())
        return errors::Truncated;
    return file;
}

} // namespace naru::imaging
