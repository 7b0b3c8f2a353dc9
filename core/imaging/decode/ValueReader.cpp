#include "core/imaging/decode/ValueReader.h"
#include "core/base/Oid.h"
#include "core/imaging/Errors.h"
#include "core/imaging/decode/FactsReader.h"
#include "core/imaging/decode/Tags.h"

#include <QtEndian>

#include <algorithm>
#include <bit>

namespace naru::imaging {

namespace {
base::Error tooLarge(const char *what)
{
    return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QLatin1String(what)}});
}

template <typename T> T load(const char *at, bool big)
{
    return big ? qFromBigEndian<T>(at) : qFromLittleEndian<T>(at);
}

double numberAt(const char *at, quint16 vr, bool big)
{
    switch (vr) {
    case vrOf("US"):
        return load<quint16>(at, big);
    case vrOf("SS"):
        return load<qint16>(at, big);
    case vrOf("SL"):
        return load<qint32>(at, big);
    case vrOf("FL"):
        return double(std::bit_cast<float>(load<quint32>(at, big)));
    case vrOf("FD"):
        return std::bit_cast<double>(load<quint64>(at, big));
    case vrOf("AT"):
        return double(quint32(load<quint16>(at, big)) << 16 | load<quint16>(at + 2, big));
    default:
        return load<quint32>(at, big);
    }
}

QString wholeAt(const char *at, quint16 vr, bool big)
{
    return vr == vrOf("SV") ? QString::number(load<qint64>(at, big))
                            : QString::number(load<quint64>(at, big));
}

CharacterSet::Kind kindOf(quint16 vr)
{
    if (vr == vrOf("PN"))
        return CharacterSet::Kind::Name;
    return vrRow(vr).several ? CharacterSet::Kind::Values : CharacterSet::Kind::Text;
}

// Padding goes; blanks at the front mean something only where there is a single value (PS3.5 6.2).
QString trimmed(QString text, bool front)
{
    text.remove(QChar(u'\0'));
    qsizetype end = text.size();
    while (end > 0 && text[end - 1] == QLatin1Char(' '))
        --end;
    text.truncate(end);
    return front ? text.trimmed() : text;
}

class Reader {
public:
    Reader(const ObjectFile &file, const DataSetLimits &limits)
        : m_limits(limits)
        , m_signed(file.set.integer(tag::PixelRepresentation, "US") == 1)
        , m_inflated(file.transferSyntax == base::oid("tsDeflated").text())
    {
    }
    base::Result<DataSetValue> read(const DataSet &set, const TextReader *parent, int depth);

private:
    base::Status value(
        const DataSet &set, const Element &at, const TextReader &text, DataElement &out, int depth);
    base::Status items(
        const DataSet &set, const Element &at, const TextReader &text, DataElement &out, int depth);
    base::Status bytes(const DataSet &set, const Element &at, bool big, DataElement &out);
    base::Result<QByteArray> take(const DataSet &set, const Element &at);
    quint16 vr(const Element &at) const;

    DataSetLimits m_limits;
    bool m_signed, m_inflated;
};

quint16 Reader::vr(const Element &at) const
{
    if (isVr(at.vr) && at.vr != vrOf("UN"))
        return at.vr;
    const quint16 known = dictionaryVr(at.tag, m_signed);
    // What has items but no length is a sequence, whoever wrote it.
    return at.undefined && known == vrOf("UN") ? vrOf("SQ") : known;
}

base::Result<QByteArray> Reader::take(const DataSet &set, const Element &at)
{
    m_limits.bytes -= at.length;
    if (m_limits.bytes < 0)
        return tooLarge("bytes");
    return at.length > 0 ? set.source().bytes(at.offset, at.length) : QByteArray();
}

base::Status Reader::bytes(const DataSet &set, const Element &at, bool big, DataElement &out)
{
    const int unit = big ? vrRow(out.vr).size : 1;
    const bool pixels =
        at.tag == tag::PixelData || at.tag == tag::FloatPixels || at.tag == tag::DoublePixels || at.undefined;
    if (at.length > 0 && !m_inflated && (pixels || at.length > m_limits.inlineBytes)) {
        out.bulk = BulkReference{at.offset, at.length, at.undefined, unit, {}};
        return {};
    }
    if (at.undefined && at.length > 0) // fragments, which have no form as a value
        return tooLarge("fragments");
    NARU_ASSIGN(out.bytes, take(set, at));
    for (qsizetype i = 0; unit > 1 && i + unit <= out.bytes.size(); i += unit)
        std::reverse(out.bytes.begin() + i, out.bytes.begin() + i + unit);
    return {};
}

base::Status Reader::items(
    const DataSet &set, const Element &at, const TextReader &text, DataElement &out, int depth)
{
    for (const DataSet &item :
        set.items(at.tag, int(std::clamp<qint64>(m_limits.elements, 0, 1'000'000)) + 1)) {
        if (--m_limits.elements < 0)
            return tooLarge("elements");
        NARU_ASSIGN(DataSetValue value, read(item, &text, depth + 1));
        out.items.push_back(std::move(value));
    }
    if (!out.items.empty() || at.length == 0 || at.vr != vrOf("UN"))
        return {};
    out.vr = vrOf("UN"); // no items after all
    return bytes(set, at, false, out);
}

base::Status Reader::value(
    const DataSet &set, const Element &at, const TextReader &text, DataElement &out, int depth)
{
    const bool big = set.encoding().bigEndian && at.vr != vrOf("UN");
    const VrRow &row = vrRow(out.vr);
    if (row.form == ValueForm::Items)
        return items(set, at, text, out, depth);
    if (row.form == ValueForm::Bytes)
        return bytes(set, at, big, out);
    NARU_ASSIGN(const QByteArray raw, take(set, at));
    const bool wide = out.vr == vrOf("SV") || out.vr == vrOf("UV");
    if (row.form == ValueForm::Number || wide) {
        const qsizetype unit = out.vr == vrOf("AT") ? 4 : row.size;
        for (qsizetype i = 0; i + unit <= raw.size(); i += unit) {
            if (wide)
                out.texts.append(wholeAt(raw.constData() + i, out.vr, big));
            else
                out.numbers.push_back(numberAt(raw.constData() + i, out.vr, big));
        }
        return {};
    }
    const QString decoded =
        row.characters ? text.characters().decode(raw, kindOf(out.vr)).text : QString::fromLatin1(raw);
    if (!row.several) {
        out.texts = {trimmed(decoded, false)};
        return {};
    }
    for (const QString &part : decoded.split(QLatin1Char('\\'))) {
        QString one = trimmed(part, true);
        while (out.vr == vrOf("PN") && one.endsWith(QLatin1Char('='))) // empty groups at the end say nothing
            one.chop(1);
        out.texts.append(one);
    }
    return {};
}

base::Result<DataSetValue> Reader::read(const DataSet &set, const TextReader *parent, int depth)
{
    if (depth > m_limits.depth)
        return errors::TooDeep;
    const TextReader text(set, parent);
    DataSetValue out;
    for (const Element &at : set.elements()) {
        if (--m_limits.elements < 0)
            return tooLarge("elements");
        if ((at.tag & 0xFFFF) == 0 || (at.tag >> 16) == 0xFFFE || out.has(at.tag))
            continue; // group lengths, strays; of two the first counts, as everywhere in this room
        DataElement element;
        element.tag = at.tag;
        element.vr = vr(at);
        NARU_TRY(value(set, at, text, element, depth));
        out.put(std::move(element));
    }
    return out;
}
} // namespace

base::Result<DataSetValue> readValues(const ObjectFile &file, const DataSetLimits &limits)
{
    return Reader(file, limits).read(file.set, nullptr, 0);
}

} // namespace naru::imaging
