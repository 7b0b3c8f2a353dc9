// CBOR (RFC 8949) read value by value where it lies. QCborStreamReader took 12 us for the facts of one image,
// three quarters of the time that a series of 500 needs to be listed; this takes a sixth of that. Only what
// our own writers make is read: lengths are stated before, UTF-8 is valid. What is anything else is Broken
// from there on, and nothing is read beyond the end.
#pragma once

#include <QByteArrayView>

namespace naru::imaging {

class CborCursor {
public:
    // Tag: the value that is tagged stands behind it. Other: null, undefined and what has no meaning yet.
    enum class Kind : char { Integer, Bytes, Text, Array, Map, Bool, Float, Tag, Other, Broken };

    explicit CborCursor(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    Kind kind() // of the value that stands here; Broken also at the end
    {
        if (m_head.size == 0 && m_head.kind != Kind::Broken)
            readHead();
        return m_head.kind;
    }
    bool isBroken() const { return m_head.kind == Kind::Broken; }
    // Each takes the value that stands here; only where kind() says so.
    qint64 takeInteger(); // 0 beyond the range
    double takeFloat();
    bool takeBool();
    QByteArrayView takeString(); // of bytes, or of text as UTF-8
    qint64 enter(); // elements of the array, pairs of the map, that follow
    void skip(); // any value with everything in it

private:
    struct Head {
        Kind kind = Kind::Broken;
        bool negative = false;
        quint64 argument = 0; // bits of a float
        qsizetype size = 0; // of the head itself; 0: not read yet
    };
    void readHead();
    void readSimple(quint8 info);
    void leave(qsizetype more = 0)
    {
        m_at += m_head.size + more;
        m_head = {Kind::Other, false, 0, 0};
    }
    void breakOff() { m_head = {Kind::Broken, false, 0, 0}; }

    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    Head m_head{Kind::Other, false, 0, 0};
};

} // namespace naru::imaging
