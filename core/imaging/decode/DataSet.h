// A bounded reader of data sets (PS3.5 clause 7): where each element is, values only when asked for. Depth,
// elements and items are limited, lengths must lie inside the file, and an element that cannot be read is
// absent. It is ours, and not a library's, since the library at hand recurses without a limit while it
// parses, and since two readers of one hostile file that disagree are a fault of their own.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/decode/ByteSource.h"
#include "core/imaging/objects/Vr.h"

#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace naru::imaging {

class CharacterSet;

struct Encoding {
    bool explicitVr = true, bigEndian = false;
    friend bool operator==(const Encoding &, const Encoding &) = default;
};

struct Element {
    quint32 tag = 0;
    quint16 vr = 0; // two letters, 0 with implicit VR
    bool undefined = false; // length was 0xFFFFFFFF; `length` is then what was found
    qint64 offset = 0, length = 0; // of the value
};

// What a whole file may cost, shared by all of its sequences.
struct ReadBudget {
    qint64 elements = 2'000'000;
    static constexpr int MaximumDepth = 64;
};

class DataSet {
public:
    DataSet() = default;
    // Reads headers from `begin` to `end`, or to an item's delimiter. A length beyond the end stops there:
    // truncated() is true, what came before is kept. Errors: imaging.TooDeep, .Malformed (budget).
    static base::Result<DataSet> read(std::shared_ptr<const ByteSource> source, qint64 begin, qint64 end,
        Encoding encoding, std::shared_ptr<ReadBudget> budget, int depth = 0);

    // The meta header (group 0002, explicit little endian): ends before the first element of another group.
    static DataSet readMeta(std::shared_ptr<const ByteSource> source, qint64 begin);

    const std::vector<Element> &elements() const { return m_elements; }
    const ByteSource &source() const { return *m_source; }
    std::shared_ptr<const ByteSource> sharedSource() const { return m_source; }
    Encoding encoding() const { return m_encoding; }
    bool truncated() const { return m_truncated; }
    qint64 end() const { return m_end; } // behind the last element read
    const Element *find(quint32 tag) const;
    bool has(quint32 tag) const { return find(tag) != nullptr; }

    // Values; absent or unreadable ones are empty. The VR of the file wins over `vr`, the one the standard
    // gives, which serves implicit VR and UN.
    QByteArray bytes(quint32 tag, qint64 limit = 1 << 20) const;
    std::vector<double> numbers(quint32 tag, const char *vr, int most = 65536) const;
    std::optional<double> number(quint32 tag, const char *vr) const;
    int integer(quint32 tag, const char *vr, int absent = 0) const;
    QString ascii(quint32 tag) const; // codes and UIDs: trimmed, without NUL
    QStringList asciis(quint32 tag) const;
    // 16-bit entries of OW, US or SS data.
    std::vector<quint16> words(quint32 tag, int most) const;
    // Items of a sequence, at most `most`; an empty list when it is not one.
    std::vector<DataSet> items(quint32 tag, int most = 100'000) const;
    std::optional<DataSet> firstItem(quint32 tag) const;

private:
    struct Cursor;
    base::Status readElement(Cursor &cursor);
    base::Status skipUndefined(Cursor &cursor, Encoding encoding, int depth) const;
    base::Status skipItem(Cursor &cursor, Encoding encoding, int depth) const;
    bool header(qint64 &position, qint64 end, Encoding encoding, Element &element, quint32 &length) const;

    std::shared_ptr<const ByteSource> m_source{};
    std::shared_ptr<ReadBudget> m_budget{};
    Encoding m_encoding{};
    std::vector<Element> m_elements{};
    int m_depth = 0;
    bool m_truncated = false;
    qint64 m_end = 0;
};

} // namespace naru::imaging
