// Specific Character Set (0008,0005) to Unicode, with code extensions (PS3.5 6.1). Korean files often declare
// none or a wrong one: bytes that cannot be what was declared, but are UTF-8 or EUC-KR, are read as that and
// marked as guessed. A text never fails: what has no meaning becomes U+FFFD.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace naru::imaging {

class CharacterSet {
public:
    CharacterSet() = default;
    explicit CharacterSet(const QStringList &terms); // the values of (0008,0005)

    // What separates values and components ends a code extension (PS3.5 6.1.2.5.3).
    enum class Kind : char { Text, Values, Name }; // UT ST LT | LO SH UC | PN

    struct Decoded {
        QString text{};
        bool guessed = false;
    };
    Decoded decode(const QByteArray &bytes, Kind kind) const;

    bool nonStandard() const { return m_nonStandard; } // a term that the standard does not define, but known
    bool unknown() const { return m_unknown; } // a term nobody knows

    // Opens every converter, since the C library loads them from files that a confined process cannot open.
    static void warmUp();

private:
    Decoded decodeExtended(const QByteArray &bytes, Kind kind) const;

    QByteArray m_right{"ascii"}; // of the first value
    QByteArray m_further{}; // multi-byte set of a further value, where the escape may have been forgotten
    bool m_extended = false, m_nonStandard = false, m_unknown = false;
};

} // namespace naru::imaging
