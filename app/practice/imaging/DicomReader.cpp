#include "app/practice/imaging/DicomReader.h"

#include "app/practice/seed/imaging/Tags.h"
#include "core/base/Oid.h"

#include <QStringDecoder>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <utility>

namespace naru::practice {

namespace {
constexpr int maxDepth = 16;
constexpr int maxElements = 200000;
constexpr quint32 undefined = 0xFFFFFFFF;
constexpr quint32 itemTag = 0xFFFEE000, itemEnd = 0xFFFEE00D, sequenceEnd = 0xFFFEE0DD;

class SetReader {
public:
    SetReader(const QByteArray &bytes, bool implicit)
        : m_bytes(bytes)
        , m_implicit(implicit)
    {
    }
    // `end` -1: until an item delimiter. False: broken.
    bool read(qsizetype &at, qsizetype end, int depth, ReadSet &out)
    {
        const qsizetype limit = end < 0 ? m_bytes.size() : end;
        while (at < limit) {
            quint32 tag = 0;
            if (!tagAt(at, tag) || ++m_count > maxElements)
                return false;
            if (tag == itemEnd) {
                at += 8;
                return end < 0 && at <= m_bytes.size();
            }
            if (tag == tag::PixelData && depth == 0) {
                at = m_bytes.size();
                return true;
            }
            if (!element(at, limit, tag, depth, out))
                return false;
        }
        return end >= 0 && at == end;
    }

private:
    bool tagAt(qsizetype at, quint32 &tag) const
    {
        if (at + 8 > m_bytes.size())
            return false;
        const char *p = m_bytes.constData() + at;
        tag = quint32(qFromLittleEndian<quint16>(p)) << 16 | qFromLittleEndian<quint16>(p + 2);
        return true;
    }
    bool element(qsizetype &at, qsizetype limit, quint32 tag, int depth, ReadSet &out)
    {
        static const QByteArray wide("OBODOFOLOVOWSQUCURUTUN");
        ReadSet::Element one;
        one.vr = m_implicit ? QByteArray("UN") : m_bytes.mid(at + 4, 2);
        const qsizetype found = wide.indexOf(one.vr);
        const bool isWide = !m_implicit && found >= 0 && found % 2 == 0;
        const char *p = m_bytes.constData() + at;
        if (isWide && at + 12 > m_bytes.size())
            return false;
        const quint32 length = m_implicit ? qFromLittleEndian<quint32>(p + 4)
            : isWide                      ? qFromLittleEndian<quint32>(p + 8)
                                          : qFromLittleEndian<quint16>(p + 6);
        at += isWide ? 12 : 8;
        const bool sequence =
            one.vr == "SQ" || (length == undefined && one.vr == "UN") || (m_implicit && isKnownSequence(tag));
        if (sequence) {
            // PS3.5 6.2.2: below a sequence of unknown VR everything is implicit little endian.
            const bool before = std::exchange(m_implicit, m_implicit || one.vr == "UN");
            const bool whole = items(at, length, depth, one.items);
            m_implicit = before;
            if (!whole)
                return false;
        } else {
            if (length == undefined || at + qsizetype(length) > limit)
                return false;
            one.value = m_bytes.mid(at, qsizetype(length));
            at += qsizetype(length);
        }
        out.elements[tag] = std::move(one);
        return true;
    }
    static bool isKnownSequence(quint32 tag)
    {
        static constexpr std::array known{tag::CurrentEvidence, tag::ContentSequence, tag::ReferencedRequest,
            tag::ConceptName, tag::ReferencedSeries, tag::ReferencedSop, tag::ContentTemplate};
        return std::find(known.begin(), known.end(), tag) != known.end();
    }
    bool items(qsizetype &at, quint32 length, int depth, std::vector<ReadSet> &out)
    {
        const qsizetype end = length == undefined ? -1 : at + qsizetype(length);
        if (depth >= maxDepth || end > m_bytes.size())
            return false;
        while (end < 0 || at < end) {
            quint32 tag = 0;
            if (!tagAt(at, tag) || ++m_count > maxElements)
                return false;
            const quint32 size = qFromLittleEndian<quint32>(m_bytes.constData() + at + 4);
            at += 8;
            if (tag == sequenceEnd)
                return end < 0;
            const qsizetype itemStop = size == undefined ? -1 : at + qsizetype(size);
            if (tag != itemTag || itemStop > m_bytes.size())
                return false;
            out.emplace_back();
            if (!read(at, itemStop, depth + 1, out.back()))
                return false;
        }
        return at == end;
    }

    const QByteArray &m_bytes;
    bool m_implicit = false;
    int m_count = 0;
};

// Person names and texts of character sets that are not read here are left out of lists; the files keep them.
QString decoded(const ReadSet &set, const QByteArray &value)
{
    const auto charset = set.elements.find(tag::SpecificCharacterSet);
    const bool utf8 =
        charset != set.elements.end() && charset->second.value.trimmed().startsWith("ISO_IR 192");
    const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return uchar(c) < 0x80; });
    if (!utf8 && !plain)
        return {};
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString out = decoder(value);
    return decoder.hasError() ? QString() : out;
}
} // namespace

QString ReadSet::text(quint32 tag) const
{
    const auto found = elements.find(tag);
    if (found == elements.end())
        return {};
    QString out = decoded(*this, found->second.value);
    while (out.endsWith(QChar(0)) || out.endsWith(QLatin1Char(' ')))
        out.chop(1);
    return out.trimmed();
}

const std::vector<ReadSet> &ReadSet::items(quint32 tag) const
{
    static const std::vector<ReadSet> none;
    const auto found = elements.find(tag);
    return found == elements.end() ? none : found->second.items;
}

std::optional<ReadFile> readPart10(const QByteArray &bytes)
{
    constexpr qsizetype start = 132;
    if (bytes.size() < start + 12 || bytes.mid(128, 4) != "DICM")
        return std::nullopt;
    // The meta header is explicit little endian, group 0002 alone; its first element says how long it is.
    const quint32 length = qFromLittleEndian<quint32>(bytes.constData() + start + 8);
    const qsizetype body = start + 12 + qsizetype(length);
    if (bytes.mid(start, 6) != QByteArray::fromHex("02000000554c") || body > bytes.size())
        return std::nullopt;
    ReadSet meta;
    qsizetype at = start;
    if (!SetReader(bytes, false).read(at, body, 1, meta))
        return std::nullopt;
    ReadFile out;
    out.transferSyntax = meta.text(0x00020010);
    if (out.transferSyntax.isEmpty() || out.transferSyntax == base::oid("tsExplicitBE").text()
        || out.transferSyntax == base::oid("tsDeflated").text())
        return std::nullopt;
    SetReader reader(bytes, out.transferSyntax == base::oid("tsImplicitLE").text());
    at = body;
    return reader.read(at, bytes.size(), 0, out.set) ? std::optional(std::move(out)) : std::nullopt;
}

QJsonObject listedHeader(const ReadSet &set)
{
    using Row = std::pair<quint32, const char *>;
    static constexpr std::array<Row, 26> rows{{{tag::SopClassUid, "UI"}, {tag::SopInstanceUid, "UI"},
        {tag::StudyDate, "DA"}, {tag::StudyTime, "TM"}, {tag::AccessionNumber, "SH"}, {tag::Modality, "CS"},
        {tag::Manufacturer, "LO"}, {tag::InstitutionName, "LO"}, {tag::ReferringPhysician, "PN"},
        {tag::StudyDescription, "LO"}, {tag::SeriesDescription, "LO"}, {tag::PatientName, "PN"},
        {tag::PatientId, "LO"}, {tag::IssuerOfPatientId, "LO"}, {tag::PatientBirthDate, "DA"},
        {tag::PatientSex, "CS"}, {tag::BodyPart, "CS"}, {tag::StudyUid, "UI"}, {tag::SeriesUid, "UI"},
        {tag::StudyId, "SH"}, {tag::SeriesNumber, "IS"}, {tag::InstanceNumber, "IS"},
        {tag::FrameOfReference, "UI"}, {tag::Photometric, "CS"}, {tag::Laterality, "CS"},
        {tag::ImageType, "CS"}}};
    DicomObject out;
    for (const auto &[tag, vr] : rows) {
        if (set.elements.count(tag))
            out.text(tag, vr, set.text(tag));
    }
    return out.json();
}

QStringList studiesOfManifest(const QByteArray &bytes)
{
    const auto file = readPart10(bytes);
    QStringList out;
    if (!file || file->set.text(tag::SopClassUid) != base::oid("sopKeyObjects").text())
        return out;
    for (const ReadSet &study : file->set.items(tag::CurrentEvidence)) {
        const QString uid = study.text(tag::StudyUid);
        if (!uid.isEmpty() && !out.contains(uid) && out.size() < 100)
            out.append(uid);
    }
    return out;
}

} // namespace naru::practice
