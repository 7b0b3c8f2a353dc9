// Bytes of a data set (PS3.5 clause 7), little endian, with holes where bulk values are copied in. Of this
// folder.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/DataSetValue.h"

namespace naru::imaging {

class Encoder {
public:
    explicit Encoder(bool explicitVr = true)
        : m_explicit(explicitVr)
    {
    }

    struct Hole {
        qsizetype position = 0; // in bytes()
        BulkReference bulk{};
    };
    // `top`: the outermost one, which gets the Specific Character Set.
    base::Status add(const DataSetValue &set, bool top = true);
    base::Status add(const DataElement &element);
    const QByteArray &bytes() const { return m_bytes; }
    const std::vector<Hole> &holes() const { return m_holes; }
    qint64 length() const; // with the holes filled

private:
    void header(quint32 tag, quint16 vr, quint32 length);
    base::Status addItems(const DataElement &element);
    base::Status addBulk(const DataElement &element);
    base::Status addValue(quint32 tag, quint16 vr, QByteArray value);
    void append(const Encoder &other);
    template <typename T> void number(T value);

    bool m_explicit;
    int m_depth = 0;
    QByteArray m_bytes{};
    std::vector<Hole> m_holes{};
};

} // namespace naru::imaging
