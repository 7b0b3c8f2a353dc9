#include "core/imaging/objects/Part10Writer.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Encoder.h"

#include <QBuffer>
#include <QtEndian>

#include <unistd.h>

namespace naru::imaging {

namespace {
constexpr qint64 Piece = 4LL * 1024 * 1024; // a multiple of every unit that is swapped
constexpr int PreambleLength = 128;

base::Error missing(quint32 tag)
{
    return base::Error(errors::BulkMissing, {}, {{QStringLiteral("tag"), tagText(tag)}});
}

bool isOneOf(const QString &uid, std::initializer_list<const char *> names)
{
    return std::any_of(
        names.begin(), names.end(), [&uid](const char *name) { return base::oid(name).text() == uid; });
}

QString syntaxOf(const WriteOptions &options)
{
    return options.transferSyntax.isEmpty() ? base::oid("tsExplicitLE").text() : options.transferSyntax;
}

// The syntax must be one that is written here, and one that the pixels are stored in.
base::Status checkSyntax(const DataSetValue &set, const QString &syntax)
{
    const bool plain = isOneOf(syntax, {"tsExplicitLE", "tsImplicitLE"});
    const DataElement *pixels = set.find(attr::PixelData);
    const bool encapsulated = pixels && pixels->bulk && pixels->bulk->encapsulated;
    const bool known = !base::oidTitle(syntax).isEmpty();
    if (!known || isOneOf(syntax, {"tsDeflated", "tsExplicitBE"}) || (plain && encapsulated)
        || (!plain && pixels && !encapsulated))
        return base::Error(errors::UnsupportedSyntax, {}, {{QStringLiteral("syntax"), syntax.left(64)}});
    return {};
}

base::Result<QByteArray> metaOf(const DataSetValue &set, const WriteOptions &options)
{
    const QString sopClass = options.sopClass.isEmpty() ? set.text(attr::SopClass) : options.sopClass;
    const QString sopUid = options.sopUid.isEmpty() ? set.text(attr::SopUid) : options.sopUid;
    if (sopClass.isEmpty() || sopUid.isEmpty())
        return base::Error(
            errors::Incomplete, {}, {{QStringLiteral("what"), QStringLiteral("SOP Class, SOP Instance")}});
    const auto text = [](quint32 tag, const char *vr, const QString &value) {
        DataElement element;
        element.tag = tag;
        element.vr = vrOf(vr);
        element.texts = {value};
        return element;
    };
    DataElement version;
    version.tag = 0x00020001;
    version.vr = vrOf("OB");
    version.bytes = QByteArray("\0\1", 2);
    Encoder body;
    NARU_TRY(body.add(version));
    NARU_TRY(body.add(text(0x00020002, "UI", sopClass)));
    NARU_TRY(body.add(text(0x00020003, "UI", sopUid)));
    NARU_TRY(body.add(text(0x00020010, "UI", syntaxOf(options))));
    NARU_TRY(body.add(text(0x00020012, "UI", base::oid("naruImplementation").text())));
    NARU_TRY(body.add(text(0x00020013, "SH", QStringLiteral("NARU"))));
    DataElement length;
    length.tag = 0x00020000;
    length.vr = vrOf("UL");
    length.numbers = {double(body.bytes().size())};
    Encoder head;
    NARU_TRY(head.add(length));
    return QByteArray(PreambleLength, '\0') + "DICM" + head.bytes() + body.bytes();
}

void swapUnits(QByteArray &bytes, int unit)
{
    for (qsizetype at = 0; unit > 1 && at + unit <= bytes.size(); at += unit)
        std::reverse(bytes.begin() + at, bytes.begin() + at + unit);
}

base::Status write(QIODevice &out, const QByteArray &bytes)
{
    return out.write(bytes) == bytes.size() ? base::Status() : base::Status(errors::WriteFailed);
}

base::Status copyBulk(QIODevice &out, const BulkReference &bulk, const BulkReader &read)
{
    if (!read)
        return missing(attr::PixelData);
    for (qint64 done = 0; done < bulk.length;) {
        const qint64 piece = qMin(Piece, bulk.length - done);
        NARU_ASSIGN(QByteArray bytes, read(bulk.offset + done, piece));
        if (bytes.size() != piece)
            return missing(attr::PixelData);
        swapUnits(bytes, bulk.swap);
        NARU_TRY(write(out, bytes));
        done += piece;
    }
    return bulk.length % 2 ? write(out, QByteArray(1, '\0')) : base::Status();
}

base::Status emitBody(QIODevice &out, const Encoder &body, const BulkReader &read)
{
    qsizetype done = 0;
    for (const Encoder::Hole &hole : body.holes()) {
        NARU_TRY(write(out, body.bytes().mid(done, hole.position - done)));
        NARU_TRY(copyBulk(out, hole.bulk, read));
        done = hole.position;
    }
    return write(out, done == 0 ? body.bytes() : body.bytes().mid(done));
}

base::Result<Encoder> bodyOf(const DataSetValue &set, const WriteOptions &options)
{
    const QString syntax = syntaxOf(options);
    NARU_TRY(checkSyntax(set, syntax));
    Encoder body(!isOneOf(syntax, {"tsImplicitLE"}));
    NARU_TRY(body.add(set));
    return body;
}
} // namespace

BulkReader bulkReader(int descriptor)
{
    return [descriptor](qint64 offset, qint64 length) -> base::Result<QByteArray> {
        QByteArray out(length, Qt::Uninitialized);
        for (qint64 done = 0; done < length;) {
            const ssize_t got =
                ::pread(descriptor, out.data() + done, std::size_t(length - done), off_t(offset + done));
            if (got <= 0)
                return errors::File;
            done += got;
        }
        return out;
    };
}

BulkReader bulkReader(const QByteArray &bytes)
{
    return [bytes](qint64 offset, qint64 length) -> base::Result<QByteArray> {
        if (offset < 0 || length < 0 || offset > bytes.size() - length)
            return errors::File;
        return bytes.mid(offset, length);
    };
}

base::Status writePart10To(QIODevice &out, const DataSetValue &set, const WriteOptions &options)
{
    NARU_ASSIGN(const QByteArray meta, metaOf(set, options));
    NARU_ASSIGN(const Encoder body, bodyOf(set, options));
    NARU_TRY(write(out, meta));
    return emitBody(out, body, options.bulk);
}

base::Result<QByteArray> writePart10(const DataSetValue &set, const WriteOptions &options)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    NARU_TRY(writePart10To(buffer, set, options));
    return bytes;
}

base::Result<QByteArray> encodeDataSet(const DataSetValue &set, const WriteOptions &options)
{
    NARU_ASSIGN(const Encoder body, bodyOf(set, options));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    NARU_TRY(emitBody(buffer, body, options.bulk));
    return bytes;
}

} // namespace naru::imaging
