// One list of members serves both directions (`visit`), so that they cannot drift apart.
#include "core/imaging/pool/FactsCbor.h"
#include "core/imaging/pool/CborCursor.h"

#include <QCborArray>
#include <QCborMap>
#include <QtEndian>

#include <cmath>
#include <limits>
#include <type_traits>

namespace naru::imaging {

namespace {
constexpr qsizetype MostElements = 1'000'000, MostText = 64 * 1024;

template <typename T> constexpr bool IsArray = false;
template <typename T, std::size_t N> constexpr bool IsArray<std::array<T, N>> = true;

class Writer {
public:
    QCborMap map{};
    template <typename T> void operator()(int key, const T &value)
    {
        // What is empty by default is left out when empty; numbers have other defaults than 0 and are not.
        constexpr bool number = std::is_arithmetic_v<T> || std::is_enum_v<T> || IsArray<T>;
        if (number || !(value == T{}))
            map.insert(qint64(key), encode(value));
    }

private:
    static QCborValue encode(bool v) { return v; }
    static QCborValue encode(int v) { return qint64(v); }
    static QCborValue encode(double v) { return v; }
    static QCborValue encode(const QString &v) { return v; }
    static QCborValue encode(const QByteArray &v) { return v; }
    template <typename E> static QCborValue encode(E v) requires std::is_enum_v<E> { return qint64(v); }
    static QCborValue encode(const std::vector<quint16> &v)
    {
        QByteArray bytes(qsizetype(v.size()) * 2, Qt::Uninitialized);
        if (!v.empty())
            qToLittleEndian<quint16>(v.data(), qsizetype(v.size()), bytes.data());
        return bytes;
    }
    static QCborValue encode(const QStringList &v) { return QCborArray::fromStringList(v); }
    template <typename T> static QCborValue encode(const std::optional<T> &v) { return encode(*v); }
    template <typename T> static QCborValue encode(const std::vector<T> &v)
    {
        QCborArray out;
        for (const T &one : v)
            out.append(encode(one));
        return out;
    }
    template <typename T, std::size_t N> static QCborValue encode(const std::array<T, N> &v)
    {
        QCborArray out;
        for (const T &one : v)
            out.append(encode(one));
        return out;
    }
    template <typename T> static QCborValue encode(const T &v) requires std::is_class_v<T>;
};

// Reads as the bytes come. Members are asked for in the order in which Writer wrote them; a key that comes
// out of its turn is passed over.
class Reader {
public:
    explicit Reader(CborCursor &source, FactsTexts *texts = nullptr)
        : m_in(source)
        , m_texts(texts)
    {
    }
    // All of the map that stands here.
    template <typename T> void map(T &x);

    template <typename T> void operator()(int key, T &value)
    {
        while (m_key < key) {
            if (m_key != Before)
                m_in.skip(); // the value of a key that is not ours
            readKey();
        }
        if (m_key != key)
            return;
        decode(value);
        m_key = Before;
    }

private:
    using Value = CborCursor::Kind;
    static constexpr qint64 Before = std::numeric_limits<qint64>::min(),
                            Past = std::numeric_limits<qint64>::max();

    // Past at the end of the map, and where what follows cannot be read.
    void readKey()
    {
        m_key = Past;
        while (m_pairs > 0 && !m_in.isBroken()) {
            --m_pairs;
            if (m_in.kind() == Value::Integer) {
                const qint64 key = m_in.takeInteger();
                if (key > Before && key < Past) {
                    m_key = key;
                    return;
                }
            } else {
                m_in.skip();
            }
            m_in.skip();
        }
    }
    template <typename F> void array(F &&element)
    {
        if (m_in.kind() != Value::Array)
            return m_in.skip();
        const qint64 count = m_in.enter();
        for (qint64 i = 0; i < count && !m_in.isBroken(); ++i)
            element(i);
    }
    QString text()
    {
        if (m_in.kind() == Value::Text)
            return QString::fromUtf8(m_in.takeString()).left(MostText);
        m_in.skip();
        return {};
    }
    QByteArray bytes()
    {
        if (m_in.kind() == Value::Bytes)
            return m_in.takeString().toByteArray();
        m_in.skip();
        return {};
    }
    qint64 integer()
    {
        if (m_in.kind() == Value::Integer)
            return m_in.takeInteger();
        m_in.skip();
        return 0;
    }

    void decode(bool &v)
    {
        if (m_in.kind() == Value::Bool) {
            v = m_in.takeBool();
        } else {
            m_in.skip();
            v = false;
        }
    }
    void decode(int &v)
    {
        const qint64 number = integer();
        v = number > std::numeric_limits<int>::max() || number < std::numeric_limits<int>::min()
            ? 0
            : int(number);
    }
    void decode(double &v)
    {
        v = m_in.kind() == Value::Float ? m_in.takeFloat() : double(integer());
        v = std::isfinite(v) ? v : 0;
    }
    void decode(QString &v)
    {
        v = m_texts && m_in.kind() == Value::Text ? m_texts->of(m_key, m_in.takeString()) : text();
    }
    void decode(QByteArray &v) { v = bytes(); }
    template <typename E> void decode(E &v) requires std::is_enum_v<E>
    {
        // The last enumerators: whatever lies beyond is the first.
        const qint64 most = std::is_same_v<E, Kind> ? qint64(Kind::Other)
            : std::is_same_v<E, SpacingSource>      ? qint64(SpacingSource::UltrasoundRegion)
                                                    : qint64(VoiFunction::Sigmoid);
        const qint64 number = integer();
        v = number >= 0 && number <= most ? E(char(number)) : E{};
    }
    void decode(std::vector<quint16> &v)
    {
        const QByteArray entries = bytes().left(2 * 65536);
        v.resize(std::size_t(entries.size() / 2));
        if (!v.empty())
            qFromLittleEndian<quint16>(entries.constData(), qsizetype(v.size()), v.data());
    }
    void decode(QStringList &v)
    {
        array([&](qint64 i) { i < 10'000 ? v.append(text()) : m_in.skip(); });
    }
    template <typename T> void decode(std::optional<T> &v) { decode(v.emplace()); }
    template <typename T> void decode(std::vector<T> &v)
    {
        array([&](qint64 i) { i < MostElements ? decode(v.emplace_back()) : m_in.skip(); });
    }
    template <typename T, std::size_t N> void decode(std::array<T, N> &v)
    {
        array([&](qint64 i) { std::size_t(i) < N ? decode(v[std::size_t(i)]) : m_in.skip(); });
    }
    template <typename T> void decode(T &v) requires std::is_class_v<T> { Reader(m_in).map(v); }

    CborCursor &m_in;
    FactsTexts *m_texts;
    qint64 m_pairs = 0; // of the map, not begun yet
    qint64 m_key = Before; // of the value that stands next; Before: not read yet
};

template <typename V, typename T> void visit(V &v, T &x)
{
    using P = std::remove_const_t<T>;
    if constexpr (std::is_same_v<P, Window>) {
        v(1, x.centre), v(2, x.width), v(3, x.explanation);
    } else if constexpr (std::is_same_v<P, LookupTable>) {
        v(1, x.first), v(2, x.bits), v(3, x.entries), v(4, x.explanation), v(5, x.type);
    } else if constexpr (std::is_same_v<P, FrameFacts>) {
        v(1, x.hasPosition), v(2, x.position), v(3, x.orientation), v(4, x.spacingRow);
        v(5, x.spacingColumn), v(6, x.spacingSource), v(7, x.sliceThickness), v(8, x.hasRescale);
        v(9, x.slope), v(10, x.intercept), v(11, x.rescaleType), v(12, x.windows), v(13, x.voi);
        v(14, x.frameTime), v(15, x.stackPosition), v(16, x.temporalPosition), v(17, x.stackId);
        v(18, x.acquisition), v(19, x.echoTime), v(20, x.bValue), v(21, x.triggerTime);
        v(22, x.primaryAngle), v(23, x.secondaryAngle);
    } else if constexpr (std::is_same_v<P, UltrasoundRegion>) {
        v(1, x.left), v(2, x.top), v(3, x.right), v(4, x.bottom), v(5, x.unitX), v(6, x.unitY);
        v(7, x.deltaX), v(8, x.deltaY), v(9, x.flags);
    } else if constexpr (std::is_same_v<P, Overlay>) {
        v(1, x.group), v(2, x.rows), v(3, x.columns), v(4, x.originRow), v(5, x.originColumn);
        v(6, x.firstFrame), v(7, x.frames), v(8, x.embeddedBit), v(9, x.bits), v(10, x.label);
    } else if constexpr (std::is_same_v<P, Shutter>) {
        v(1, x.shape), v(2, x.left), v(3, x.right), v(4, x.top), v(5, x.bottom), v(6, x.centreRow);
        v(7, x.centreColumn), v(8, x.radius), v(9, x.vertices), v(10, x.value);
    } else if constexpr (std::is_same_v<P, Palette>) {
        v(1, x.red), v(2, x.green), v(3, x.blue), v(4, x.supplemental);
    } else {
        v(1, x.kind), v(2, x.sopClass), v(3, x.sopUid), v(4, x.studyUid), v(5, x.seriesUid);
        v(6, x.frameOfReferenceUid), v(7, x.transferSyntax), v(8, x.modality), v(9, x.bodyPart);
        v(10, x.laterality), v(11, x.viewPosition), v(12, x.patientName), v(13, x.patientId);
        v(14, x.issuerOfPatientId), v(15, x.birthDate), v(16, x.sex), v(17, x.studyDate);
        v(18, x.studyTime), v(19, x.studyDescription), v(20, x.seriesDescription), v(21, x.accession);
        v(22, x.institution), v(23, x.manufacturer), v(24, x.station), v(25, x.characterSet);
        v(26, x.characterSetGuessed), v(27, x.seriesNumber), v(28, x.instanceNumber);
        v(29, x.acquisitionNumber), v(30, x.imageType), v(31, x.patientOrientation), v(32, x.rows);
        v(33, x.columns), v(34, x.frames), v(35, x.samples), v(36, x.bitsAllocated), v(37, x.bitsStored);
        v(38, x.highBit), v(39, x.isSigned), v(40, x.isFloat), v(41, x.planar), v(42, x.photometric);
        v(43, x.lossy), v(44, x.padding), v(45, x.paddingLimit), v(46, x.aspect);
        v(47, x.estimatedMagnification), v(48, x.presentationLutShape), v(49, x.frameFacts);
        v(50, x.modalityLut), v(51, x.voiLuts), v(52, x.palette), v(53, x.regions), v(54, x.overlays);
        v(55, x.shutter), v(56, x.decodable), v(57, x.whyNot), v(58, x.notes);
    }
}

template <typename T> QCborValue Writer::encode(const T &v) requires std::is_class_v<T>
{
    Writer inner;
    visit(inner, v);
    return inner.map;
}

template <typename T> void Reader::map(T &x)
{
    if (m_in.kind() != CborCursor::Kind::Map)
        return m_in.skip();
    m_pairs = m_in.enter();
    visit(*this, x);
    while (m_key != Past) { // what nobody asked for
        if (m_key != Before)
            m_in.skip();
        readKey();
    }
}

bool usable(const Overlay &overlay)
{
    if (overlay.rows < 0 || overlay.columns < 0 || overlay.frames < 1 || overlay.rows > 65535
        || overlay.columns > 65535 || overlay.embeddedBit < -1 || overlay.embeddedBit > 31)
        return false;
    const qint64 wanted = (qint64(overlay.rows) * overlay.columns * overlay.frames + 7) / 8;
    return overlay.bits.size() >= wanted || (overlay.embeddedBit >= 0 && overlay.bits.isEmpty());
}

bool usable(const LookupTable &table)
{
    return table.bits >= 1 && table.bits <= 16 && !table.entries.empty();
}

bool usable(const ImageFacts &f)
{
    bool good = f.rows >= 0 && f.rows <= 65535 && f.columns >= 0 && f.columns <= 65535 && f.frames >= 0
        && f.samples >= 0 && f.samples <= 65535 && f.bitsAllocated >= 0 && f.bitsAllocated <= 65535
        && f.aspect[0] >= 1 && f.aspect[1] >= 1;
    for (const Overlay &overlay : f.overlays)
        good = good && usable(overlay);
    for (const LookupTable &table : f.voiLuts)
        good = good && usable(table);
    if (f.modalityLut)
        good = good && usable(*f.modalityLut);
    if (f.palette)
        good = good && usable(f.palette->red) && usable(f.palette->green) && usable(f.palette->blue);
    if (f.decodable)
        good = good && f.rows > 0 && f.columns > 0 && f.frames > 0 && (f.samples == 1 || f.samples == 3)
            && f.bitsStored >= 1 && f.bitsStored <= f.bitsAllocated && f.bitsAllocated <= 64 && f.highBit >= 0
            && f.highBit < f.bitsAllocated;
    return good;
}
} // namespace

QByteArray toCbor(const ImageFacts &facts)
{
    Writer writer;
    visit(writer, facts);
    return QCborValue(writer.map).toCbor();
}

QString FactsTexts::of(qint64 key, QByteArrayView utf8)
{
    if (key < 0 || key >= qint64(m_texts.size()))
        return QString::fromUtf8(utf8).left(MostText);
    Text &last = m_texts[std::size_t(key)];
    if (last.utf8 != utf8) {
        last.utf8 = utf8.toByteArray();
        last.text = QString::fromUtf8(utf8).left(MostText);
    }
    return last.text;
}

std::optional<ImageFacts> factsFromCbor(const QByteArray &cbor, FactsTexts *texts)
{
    CborCursor in(cbor);
    if (in.kind() != CborCursor::Kind::Map)
        return std::nullopt;
    ImageFacts facts;
    Reader(in, texts).map(facts);
    return !in.isBroken() && usable(facts) ? std::optional(std::move(facts)) : std::nullopt;
}

} // namespace naru::imaging
