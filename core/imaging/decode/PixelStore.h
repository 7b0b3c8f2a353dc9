// Where the bytes of each frame are: one run of native pixels, or the fragments of encapsulated ones (PS3.5
// A.4), found by the extended offset table, the basic one, one fragment a frame or the markers that begin a
// codestream. A table that does not fit the fragments is not believed.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"
#include "core/imaging/decode/ObjectFile.h"

namespace naru::imaging {

class PixelStore {
public:
    // Notes what it had to guess in `facts.notes`. imaging.NoPixels, .Malformed
    static base::Result<PixelStore> locate(const ObjectFile &file, ImageFacts &facts);

    bool encapsulated() const { return m_encapsulated; }
    bool isFloat() const { return m_float; }
    bool isDouble() const { return m_double; }
    bool bigEndian() const { return m_bigEndian; }
    bool wordSwapped() const { return m_wordSwapped; } // big endian OW of 8-bit pixels
    const ByteSource &source() const { return *m_source; }

    // Native pixels.
    qint64 offset() const { return m_offset; }
    qint64 length() const { return m_length; }
    // The joined fragments of a frame. imaging.FrameMissing, .PixelsTruncated, .TooLarge
    base::Result<QByteArray> frame(int index) const;
    int framesFound() const { return int(m_frames.size()); }
    // Native pixels that begin like a JPEG or JPEG 2000 stream, which should stand in fragments.
    bool holdsStream() const;
    // Takes the whole value as the fragment of the only frame.
    void takeAsFragment();
    // All fragments one after the other (video).
    base::Result<QByteArray> everything(qint64 limit) const;

private:
    struct Fragment {
        qint64 offset = 0, length = 0; // of the value
    };
    struct Span {
        std::size_t first = 0, count = 0;
    };
    bool holdsItems() const;
    bool walk(const Element &pixels);
    bool byExtendedTable(const DataSet &set, int frames);
    bool byBasicTable(int frames);
    bool byMarkers(int frames);
    base::Result<QByteArray> join(Span span, qint64 limit) const;

    std::shared_ptr<const ByteSource> m_source{};
    bool m_encapsulated = false, m_float = false, m_double = false, m_bigEndian = false,
         m_wordSwapped = false;
    qint64 m_offset = 0, m_length = 0;
    std::vector<Fragment> m_fragments{};
    std::vector<quint32> m_basicTable{};
    std::vector<Span> m_frames{};
    bool m_incomplete = false, m_tableMissing = false;
};

} // namespace naru::imaging
