// Writes small DICOM objects for tests, element by element in the order of the calls and without any check: a
// test may lie about a length, a VR or an order. The bytes come from PS3.5 clause 7, PS3.10 clause 7.1.
#pragma once

#include <QByteArray>
#include <QList>

#include <bit>
#include <cstring>

namespace naru::testsupport {

class DicomWriter {
public:
    enum class Encoding : char { ImplicitLE, ExplicitLE, ExplicitBE };
    explicit DicomWriter(Encoding encoding = Encoding::ExplicitLE)
        : m_encoding(encoding)
    {
    }

    // The value as it is, padded to even length with `pad`.
    DicomWriter &put(quint32 tag, const char *vr, QByteArray value, char pad = ' ')
    {
        if (value.size() % 2)
            value.append(pad);
        header(tag, vr, quint32(value.size()));
        m_bytes += value;
        return *this;
    }
    DicomWriter &text(quint32 tag, const char *vr, const QByteArray &value)
    {
        return put(tag, vr, value, std::strcmp(vr, "UI") == 0 ? '\0' : ' ');
    }
    DicomWriter &us(quint32 tag, const QList<int> &values) { return numbers<quint16>(tag, "US", values); }
    DicomWriter &ss(quint32 tag, const QList<int> &values) { return numbers<qint16>(tag, "SS", values); }
    DicomWriter &ul(quint32 tag, const QList<quint32> &values) { return numbers<quint32>(tag, "UL", values); }
    DicomWriter &sl(quint32 tag, const QList<int> &values) { return numbers<qint32>(tag, "SL", values); }
    DicomWriter &fd(quint32 tag, const QList<double> &values)
    {
        QByteArray all;
        for (const double value : values)
            append(all, std::bit_cast<quint64>(value));
        return put(tag, "FD", all);
    }
    // Items are data sets of a writer with the same encoding. Without `defined` both the sequence and its
    // items have undefined length.
    DicomWriter &sequence(quint32 tag, const QList<QByteArray> &items, bool defined = true)
    {
        QByteArray body;
        for (const QByteArray &item : items)
            body += delimiter(0xFFFEE000, defined ? quint32(item.size()) : 0xFFFFFFFF) + item
                + (defined ? QByteArray() : delimiter(0xFFFEE00D, 0));
        header(tag, "SQ", defined ? quint32(body.size()) : 0xFFFFFFFF);
        m_bytes += defined ? body : body + delimiter(0xFFFEE0DD, 0);
        return *this;
    }
    // Encapsulated pixel data; `offsets` is the basic offset table, which may be empty.
    DicomWriter &fragments(const QList<QByteArray> &fragments, const QList<quint32> &offsets = {})
    {
        header(0x7FE00010, "OB", 0xFFFFFFFF);
        QByteArray table;
        for (const quint32 offset : offsets)
            append(table, offset);
        m_bytes += delimiter(0xFFFEE000, quint32(table.size())) + table;
        for (QByteArray fragment : fragments) {
            if (fragment.size() % 2)
                fragment.append('\0');
            m_bytes += delimiter(0xFFFEE000, quint32(fragment.size())) + fragment;
        }
        m_bytes += delimiter(0xFFFEE0DD, 0);
        return *this;
    }
    // An element header with any length, right or wrong.
    DicomWriter &header(quint32 tag, const char *vr, quint32 length)
    {
        append(m_bytes, quint16(tag >> 16));
        append(m_bytes, quint16(tag));
        if (m_encoding == Encoding::ImplicitLE) {
            append(m_bytes, length);
            return *this;
        }
        m_bytes.append(vr, 2);
        static const char *const wide[] = {
            "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"};
        for (const char *name : wide) {
            if (std::strncmp(vr, name, 2) == 0) {
                append(m_bytes, quint16(0));
                append(m_bytes, length);
                return *this;
            }
        }
        append(m_bytes, quint16(length));
        return *this;
    }
    DicomWriter &raw(const QByteArray &bytes)
    {
        m_bytes += bytes;
        return *this;
    }
    QByteArray delimiter(quint32 tag, quint32 length) const
    {
        QByteArray out;
        append(out, quint16(tag >> 16));
        append(out, quint16(tag));
        append(out, length);
        return out;
    }

    const QByteArray &dataSet() const { return m_bytes; }
    // A number in the byte order of the encoding.
    template <typename T> void append(QByteArray &out, T value) const
    {
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            const std::size_t shift = m_encoding == Encoding::ExplicitBE ? sizeof(T) - 1 - i : i;
            out.append(char(quint64(value) >> (8 * shift) & 0xFF));
        }
    }

    // Preamble, prefix and meta header before a data set; the SOP class and instance are repeated there.
    static QByteArray file(const QByteArray &dataSet, const QByteArray &transferSyntax,
        const QByteArray &sopClass, const QByteArray &sopInstance = "2.25.1")
    {
        DicomWriter meta;
        meta.put(0x00020001, "OB", QByteArray("\0\1", 2));
        meta.text(0x00020002, "UI", sopClass).text(0x00020003, "UI", sopInstance);
        meta.text(0x00020010, "UI", transferSyntax).text(0x00020012, "UI", "2.25.99");
        DicomWriter length;
        length.ul(0x00020000, {quint32(meta.dataSet().size())});
        return QByteArray(128, '\0') + "DICM" + length.dataSet() + meta.dataSet() + dataSet;
    }

private:
    template <typename T, typename V>
    DicomWriter &numbers(quint32 tag, const char *vr, const QList<V> &values)
    {
        QByteArray all;
        for (const V value : values)
            append(all, T(value));
        return put(tag, vr, all);
    }

    Encoding m_encoding;
    QByteArray m_bytes{};
};

} // namespace naru::testsupport
