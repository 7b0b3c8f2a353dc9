#include "core/imaging/decode/codecs/LosslessJpeg.h"

#include "core/imaging/decode/codecs/LosslessHuffman.h"
#include "core/imaging/decode/codecs/LosslessRows.h"
#include "core/imaging/decode/codecs/Samples.h"

#include <array>
#include <cstring>
#include <memory>

namespace naru::imaging::codecs {

namespace {
int big16(const std::uint8_t *at)
{
    return at[0] << 8 | at[1];
}

// Entropy-coded data of one scan without its stuffing, cut at restart markers.
struct ScanData {
    std::unique_ptr<std::uint8_t[]> bytes{};
    std::vector<std::size_t> ends{}; // of each restart interval
};

class Decoder {
public:
    Decoder(const JpegHeader &header, const CodecInput &input, std::span<std::byte> out)
        : m_header(header)
        , m_input(input)
        , m_out(out)
        , m_tables(std::make_unique<std::array<LosslessHuffman, 4>>())
    {
    }
    base::Status run();

private:
    struct Scan {
        std::vector<int> components{}; // indices of the frame's components
        std::array<int, 4> tables{};
        int predictor = 1, point = 0;
    };
    base::Status readTables(const std::uint8_t *body, int length);
    base::Result<Scan> readScan(const std::uint8_t *body, int length) const;
    ScanData unstuff(const std::uint8_t *&at, const std::uint8_t *end, std::size_t padding) const;
    base::Status decodeScan(const Scan &scan, const ScanData &data);
    base::Status take(const std::uint8_t *&at, const std::uint8_t *end, const std::uint8_t *body, int length);
    void shiftPoint(const Scan &scan);

    const JpegHeader &m_header;
    const CodecInput &m_input;
    std::span<std::byte> m_out;
    std::unique_ptr<std::array<LosslessHuffman, 4>> m_tables;
    std::array<bool, 4> m_done{};
    int m_restart = 0; // pixels in an interval, 0: none
};

base::Status Decoder::readTables(const std::uint8_t *body, int length)
{
    while (length >= 17) {
        const int kind = body[0] >> 4, slot = body[0] & 15;
        int size = 0;
        for (int i = 0; i < 16; ++i)
            size += body[1 + i];
        if (slot > 3 || size > length - 17)
            return failed(QStringLiteral("a Huffman table is cut off"));
        // Tables of the other class belong to DCT streams; some encoders leave them in.
        if (kind == 0 && !(*m_tables)[std::size_t(slot)].build(body + 1, body + 17, size))
            return failed(QStringLiteral("a Huffman table is no prefix code"));
        body += 17 + size;
        length -= 17 + size;
    }
    return length == 0 ? base::Status{} : failed(QStringLiteral("a Huffman table is cut off"));
}

base::Result<Decoder::Scan> Decoder::readScan(const std::uint8_t *body, int length) const
{
    Scan scan;
    const int count = length > 0 ? body[0] : 0;
    if (count < 1 || count > int(m_header.components.size()) || length < 4 + 2 * count)
        return failed(QStringLiteral("the JPEG scan header is cut off"));
    for (int i = 0; i < count; ++i) {
        const int id = body[1 + 2 * i], slot = body[2 + 2 * i] >> 4;
        int found = -1;
        for (int c = 0; c < int(m_header.components.size()); ++c) {
            const bool twice =
                std::find(scan.components.begin(), scan.components.end(), c) != scan.components.end();
            if (found < 0 && m_header.components[std::size_t(c)].id == id && !m_done[std::size_t(c)]
                && !twice)
                found = c;
        }
        if (found < 0)
            return failed(QStringLiteral("a JPEG scan names an unknown or finished component"));
        if (slot > 3 || !(*m_tables)[std::size_t(slot)].ready())
            return failed(QStringLiteral("a JPEG scan uses a Huffman table that is not there"));
        scan.components.push_back(found);
        scan.tables[std::size_t(i)] = slot;
    }
    scan.predictor = body[1 + 2 * count];
    scan.point = body[3 + 2 * count] & 15;
    if (scan.predictor < 1 || scan.predictor > 7 || scan.point >= m_header.precision)
        return failed(QStringLiteral("the JPEG predictor or point transform is out of range"));
    return scan;
}

// Afterwards `at` stands on the marker that ended the scan. Padding is zeros: the row loop reads without
// asking, at most 4 bytes a sample, and looks after each row how far it got.
ScanData Decoder::unstuff(const std::uint8_t *&at, const std::uint8_t *end, std::size_t padding) const
{
    ScanData out;
    out.bytes = std::make_unique_for_overwrite<std::uint8_t[]>(std::size_t(end - at) + padding);
    std::uint8_t *to = out.bytes.get();
    while (at < end) {
        const auto *mark = static_cast<const std::uint8_t *>(std::memchr(at, 0xFF, std::size_t(end - at)));
        const std::uint8_t *stop = mark ? mark : end;
        std::memcpy(to, at, std::size_t(stop - at));
        to += stop - at;
        at = stop;
        if (end - at < 2) { // a lone FF at the very end is no data
            at = end;
            break;
        }
        if (at[1] == 0) {
            *to++ = 0xFF;
            at += 2;
        } else if (at[1] == 0xFF) {
            ++at;
        } else if (at[1] >= 0xD0 && at[1] <= 0xD7) {
            out.ends.push_back(std::size_t(to - out.bytes.get()));
            at += 2;
        } else {
            break;
        }
    }
    out.ends.push_back(std::size_t(to - out.bytes.get()));
    std::memset(to, 0, padding);
    return out;
}

base::Status Decoder::decodeScan(const Scan &scan, const ScanData &data)
{
    const int rows = m_input.shape.rows, columns = m_input.shape.columns;
    if (m_restart % columns != 0)
        return failed(QStringLiteral("a JPEG restart interval ends inside a row"));
    RowJob job;
    job.components = int(scan.components.size());
    job.stride = m_input.shape.samples;
    job.columns = columns;
    job.wide = FrameShape::bytesOf(m_input.shape.type);
    job.predictor = scan.predictor;
    job.start = 1 << (m_header.precision - scan.point - 1);
    for (std::size_t i = 0; i < scan.components.size(); ++i) {
        job.tables[i] = &(*m_tables)[std::size_t(scan.tables[i])];
        job.offsets[i] = scan.components[i];
    }
    const int step = m_restart > 0 ? m_restart / columns : rows;
    std::size_t begin = 0;
    for (int row = 0, interval = 0; row < rows; row += step, ++interval) {
        if (std::size_t(interval) >= data.ends.size())
            return failed(QStringLiteral("the JPEG stream ends in row %1").arg(row));
        const std::size_t end = data.ends[std::size_t(interval)];
        const int count = qMin(step, rows - row);
        const int good =
            decodeRows(job, data.bytes.get() + begin, data.bytes.get() + end, m_out.data(), row, count);
        if (good < count)
            return failed(QStringLiteral("the JPEG stream is damaged in row %1").arg(row + good));
        begin = end;
    }
    return {};
}

void Decoder::shiftPoint(const Scan &scan)
{
    const std::size_t pixels = std::size_t(m_input.shape.rows) * std::size_t(m_input.shape.columns);
    const auto stride = std::size_t(m_input.shape.samples);
    for (const int component : scan.components) {
        for (std::size_t i = 0; i < pixels; ++i) {
            const std::size_t at = i * stride + std::size_t(component);
            if (FrameShape::bytesOf(m_input.shape.type) == 1) {
                auto *to = reinterpret_cast<std::uint8_t *>(m_out.data());
                to[at] = std::uint8_t(to[at] << scan.point);
            } else {
                auto *to = reinterpret_cast<std::uint16_t *>(m_out.data());
                to[at] = std::uint16_t(to[at] << scan.point);
            }
        }
    }
}

base::Status Decoder::take(
    const std::uint8_t *&at, const std::uint8_t *end, const std::uint8_t *body, int length)
{
    NARU_ASSIGN(const Scan scan, readScan(body, length));
    const std::size_t padding = std::size_t(m_input.shape.columns) * scan.components.size() * 4 + 64;
    const ScanData data = unstuff(at, end, padding);
    NARU_TRY(decodeScan(scan, data));
    if (scan.point > 0)
        shiftPoint(scan);
    for (const int component : scan.components)
        m_done[std::size_t(component)] = true;
    return {};
}

base::Status Decoder::run()
{
    const auto *at = reinterpret_cast<const std::uint8_t *>(m_input.bytes.data()) + 2;
    const auto *const end = at + m_input.bytes.size() - 2;
    const auto finished = [this] {
        for (std::size_t i = 0; i < m_header.components.size(); ++i) {
            if (!m_done[i])
                return false;
        }
        return true;
    };
    while (!finished()) {
        if (end - at < 4)
            return failed(QStringLiteral("the JPEG stream ends before its last scan"));
        const int marker = at[1];
        if (at[0] != 0xFF || marker == 0xFF) {
            ++at;
            continue;
        }
        if (marker == 0 || marker == 1 || (marker >= 0xD0 && marker <= 0xD9))
            return failed(QStringLiteral("the JPEG stream ends before its last scan"));
        const int length = big16(at + 2);
        if (length < 2 || length > end - at - 2)
            return failed(QStringLiteral("a JPEG marker segment is cut off"));
        const std::uint8_t *body = at + 4;
        at += 2 + length;
        if (marker == 0xC4)
            NARU_TRY(readTables(body, length - 2));
        else if (marker == 0xDD && length >= 4)
            m_restart = big16(body);
        else if (marker == 0xDA)
            NARU_TRY(take(at, end, body, length - 2));
    }
    return {};
}
} // namespace

base::Status decodeLosslessJpeg(const JpegHeader &header, const CodecInput &input, std::span<std::byte> out)
{
    for (const JpegComponent &component : header.components) {
        const bool alone = header.components.size() == 1;
        if (!alone && (component.horizontal != 1 || component.vertical != 1))
            return failed(QStringLiteral("subsampled lossless JPEG"));
    }
    if (FrameShape::bytesOf(input.shape.type) > 2 || header.precision > 16)
        return mismatch(QStringLiteral("the precision"), header.precision, input.bitsStored);
    return Decoder(header, input, out).run();
}

} // namespace naru::imaging::codecs
