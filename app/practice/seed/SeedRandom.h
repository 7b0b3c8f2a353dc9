// Numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014). The standard
// distributions are not portable, so ranges are made here. Not for keys or secrets.
#pragma once

#include <QString>
#include <QStringList>

namespace naru::practice {

class SeedRandom {
public:
    explicit SeedRandom(quint64 seed)
        : m_state(seed)
    {
    }
    quint64 next()
    {
        quint64 z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    // 0 .. below-1; 0 when below is not positive.
    int below(int below) { return below > 0 ? int(next() % quint64(below)) : 0; }
    int between(int low, int high) { return low + below(high - low + 1); }
    bool chance(int percent) { return this->below(100) < percent; }
    double unit() { return double(next() >> 11) / 9007199254740992.0; }
    QString pick(const QStringList &list)
    {
        return list.isEmpty() ? QString() : list[below(int(list.size()))];
    }
    QString digits(int count)
    {
        QString out;
        for (int i = 0; i < count; ++i)
            out += QChar(u'0' + below(10));
        return out;
    }
    // RFC 4122 version 4 layout over these numbers.
    QString uuidUrn()
    {
        const QString hex = QStringLiteral("%1%2")
                                .arg(next(), 16, 16, QLatin1Char('0'))
                                .arg(next(), 16, 16, QLatin1Char('0'));
        static constexpr const char *variants[] = {"8", "9", "a", "b"};
        return QStringLiteral("urn:uuid:%1-%2-4%3-%4%5-%6")
            .arg(hex.left(8), hex.mid(8, 4), hex.mid(13, 3), QLatin1String(variants[below(4)]),
                hex.mid(17, 3), hex.mid(20, 12));
    }

private:
    quint64 m_state;
};

} // namespace naru::practice
