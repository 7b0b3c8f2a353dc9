#include "core/terminology/index/IndexImage.h"

#include "core/base/Errors.h"
#include "core/terminology/Errors.h"
#include "core/terminology/WholeFile.h"

#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace naru::terminology {

using namespace layout;

namespace {
std::uint64_t aligned(std::uint64_t offset)
{
    return (offset + alignment - 1) / alignment * alignment;
}

// Where each section goes; fills the table and the sums. Returns the size of the file.
std::uint64_t place(BuiltIndex &built)
{
    std::uint64_t offset = aligned(sizeof(Header));
    for (std::size_t i = 0; i < SectionCount; ++i) {
        const std::string &bytes = built.sections[i];
        SectionEntry &entry = built.header.table[i];
        entry.offset = offset;
        entry.size = bytes.size();
        entry.crc = crc32({reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size()});
        offset = aligned(offset + bytes.size());
    }
    built.header.fileSize = offset;
    built.header.crc = 0;
    built.header.crc = crc32({reinterpret_cast<const unsigned char *>(&built.header), sizeof(Header)});
    return offset;
}

bool writeSections(int file, const BuiltIndex &built)
{
    static constexpr char zeros[alignment] = {};
    std::uint64_t at = sizeof(Header);
    bool ok = writeAll(file, reinterpret_cast<const char *>(&built.header), sizeof(Header));
    for (std::size_t i = 0; ok && i < SectionCount; ++i) {
        const SectionEntry &entry = built.header.table[i];
        ok = writeAll(file, zeros, std::size_t(entry.offset - at))
            && writeAll(file, built.sections[i].data(), built.sections[i].size());
        at = entry.offset + entry.size;
    }
    return ok && writeAll(file, zeros, std::size_t(built.header.fileSize - at));
}

base::Error damaged(const QString &name, const QString &what)
{
    return base::Error(
        errors::IndexDamaged, what, {{QStringLiteral("file"), name}, {QStringLiteral("what"), what}});
}

base::Error ioError(const QString &name, const char *step)
{
    return base::Error(base::errors::Io, QString::fromLatin1(step), {{QStringLiteral("what"), name}});
}
} // namespace

IndexImage::~IndexImage()
{
    auto *bytes = const_cast<unsigned char *>(m_bytes.data());
    if (m_ahead)
        ::munmap(bytes, m_bytes.size());
    else
        ::operator delete(bytes, std::align_val_t(alignment));
}

base::Status IndexImage::write(const QString &path, BuiltIndex &built)
{
    place(built);
    return replaceFile(path, [&built](int file) { return writeSections(file, built); });
}

base::Status IndexImage::save(const QString &path) const
{
    return replaceFile(path, [this](int file) {
        return writeAll(file, reinterpret_cast<const char *>(m_bytes.data()), m_bytes.size());
    });
}

std::unique_ptr<IndexImage> IndexImage::fromBuilt(const BuiltIndex &source)
{
    BuiltIndex built = source;
    const auto size = std::size_t(place(built));
    auto *bytes = static_cast<unsigned char *>(::operator new(size, std::align_val_t(alignment)));
    std::memset(bytes, 0, size);
    std::memcpy(bytes, &built.header, sizeof(Header));
    for (std::size_t i = 0; i < SectionCount;
         ++i) // NOLINTNEXTLINE(bugprone-not-null-terminated-result): no C string
        std::memcpy(bytes + built.header.table[i].offset, built.sections[i].data(), built.sections[i].size());
    std::unique_ptr<IndexImage> image(new IndexImage);
    image->m_bytes = {bytes, size};
    image->m_header = built.header;
    if (auto tables = readTables(image->section<unsigned char>(Meta)))
        image->m_tables = std::move(*tables);
    image->attach();
    return image;
}

base::Result<std::unique_ptr<IndexImage>> IndexImage::open(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return base::Error(
            errors::IndexNotThere, QString::fromLatin1("open"), {{QStringLiteral("file"), name}});
    struct stat info { };
    const bool known = ::fstat(file, &info) == 0 && S_ISREG(info.st_mode);
    const auto size = known ? std::size_t(info.st_size) : 0;
    if (size < sizeof(Header)) {
        ::close(file);
        return damaged(name, QStringLiteral("shorter than its header"));
    }
    void *bytes = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    if (bytes == MAP_FAILED)
        return ioError(name, "mmap");
    // A key press touches some dozens of places: read ahead around each would read the whole file.
    ::madvise(bytes, size, MADV_RANDOM);
    std::unique_ptr<IndexImage> image(new IndexImage);
    image->m_bytes = {static_cast<const unsigned char *>(bytes), size};
    image->m_ahead = std::make_unique<const ReadAhead>(image->m_bytes);
    NARU_TRY(image->check(name));
    image->attach();
    image->readAhead();
    return image;
}

// Small tables that every search reads all over.
void IndexImage::readAhead() const
{
    for (const std::uint32_t each :
        {std::uint32_t(Names) + Sample, std::uint32_t(Names) + WideKeys, std::uint32_t(Initials) + WideKeys})
        m_ahead->askWhole(section<unsigned char>(each));
}

base::Status IndexImage::check(const QString &name)
{
    m_name = name;
    std::memcpy(&m_header, m_bytes.data(), sizeof(Header));
    if (m_header.magic != magic)
        return damaged(name, QStringLiteral("not an index"));
    if (m_header.version != formatVersion)
        return base::Error(errors::IndexVersion, {},
            {{QStringLiteral("file"), name}, {QStringLiteral("version"), QString::number(m_header.version)}});
    if (m_header.byteOrder != byteOrder)
        return damaged(name, QStringLiteral("byte order"));
    Header plain = m_header;
    plain.crc = 0;
    if (crc32({reinterpret_cast<const unsigned char *>(&plain), sizeof(Header)}) != m_header.crc)
        return damaged(name, QStringLiteral("sum of the header"));
    if (m_header.fileSize != m_bytes.size())
        return damaged(
            name, QStringLiteral("%1 bytes instead of %2").arg(m_bytes.size()).arg(m_header.fileSize));
    if (m_header.sections != SectionCount)
        return damaged(name, QStringLiteral("number of sections"));
    for (std::size_t i = 0; i < SectionCount; ++i) {
        const SectionEntry &entry = m_header.table[i];
        if (entry.offset % alignment != 0 || entry.offset < sizeof(Header) || entry.offset > m_bytes.size()
            || entry.size > m_bytes.size() - entry.offset)
            return damaged(name, QStringLiteral("place of section %1").arg(i));
    }
    const std::uint64_t terms = m_header.terms;
    const auto sized = [&](std::uint32_t which, std::uint64_t bytes) {
        return m_header.table[which].size == bytes;
    };
    if (!sized(ChildStart, 4 * (terms + 1)) || !sized(Sign, sizeof(SignEntry) * terms)
        || !sized(Fact, sizeof(FactEntry) * (terms + 1)))
        return damaged(name, QStringLiteral("size of a table of terms"));
    for (const std::uint32_t first : {Names, Initials, Axis}) {
        const std::uint64_t suffixes = m_header.table[first + Position].size / 4;
        const std::uint64_t blocks = (suffixes + (1U << blockShift) - 1) >> blockShift;
        const std::uint64_t supers = (suffixes + (1U << superShift) - 1) >> superShift;
        const std::uint64_t arena = m_header.table[first + Arena].size;
        if (arena <= arenaPadding || arena >= 0xFFFFFFFFU || !sized(first + TermStart, 4 * (terms + 1))
            || m_header.table[first + Plane].size < arena / 4 || !sized(first + Score, 2 * suffixes)
            || !sized(first + Sample, 4 * ((arena >> sampleShift) + 1))
            || !sized(first + BlockMax, 2 * blocks) || !sized(first + SuperMax, 2 * supers)
            || m_header.table[first + Closed].size % 4 != 0 || !sized(first + BlockGroups, 2 * blocks)
            || !sized(first + Keys, 8 * blocks))
            return damaged(name, QStringLiteral("size of a table of suffixes"));
        const auto text = section<unsigned char>(first + Arena);
        for (std::size_t i = text.size() - arenaPadding - (text.size() > arenaPadding + 1 ? 1 : 0);
             i < text.size(); ++i) {
            if (text[i] != 0)
                return damaged(name, QStringLiteral("end of the strings"));
        }
        if (text[0] != 0)
            return damaged(name, QStringLiteral("start of the strings"));
    }
    auto tables = readTables(section<unsigned char>(Meta));
    if (!tables || (tables->groups.empty() && terms > 0))
        return damaged(name, QStringLiteral("description"));
    m_tables = std::move(*tables);
    return {};
}

void IndexImage::attach()
{
    m_records = section<unsigned char>(Records);
    m_childStart = section<std::uint32_t>(ChildStart);
    m_child = section<std::uint32_t>(Child);
    m_links = section<LinkEntry>(Link);
    m_sign = section<SignEntry>(Sign);
    m_fact = section<FactEntry>(Fact);
    const std::uint32_t firsts[] = {Names, Initials, Axis};
    for (std::size_t a = 0; a < 3; ++a) {
        std::span<const unsigned char> parts[PartCount];
        for (std::uint32_t i = 0; i < PartCount; ++i)
            parts[i] = section<unsigned char>(firsts[a] + i);
        m_arrays[a] = m_header.terms > 0 ? SuffixArray(parts, m_header.terms, m_ahead.get()) : SuffixArray();
    }
}

base::Status IndexImage::verify() const
{
    for (std::size_t i = 0; i < SectionCount; ++i) {
        if (crc32(section<unsigned char>(std::uint32_t(i))) != m_header.table[i].crc)
            return damaged(m_name, QStringLiteral("sum of section %1").arg(i));
    }
    return {};
}

std::span<const unsigned char> IndexImage::record(std::uint32_t term) const
{
    if (term >= m_header.terms)
        return {};
    const std::size_t from = std::min<std::size_t>(m_fact[term].record, m_records.size());
    const std::size_t to = std::clamp<std::size_t>(m_fact[term + 1].record, from, m_records.size());
    return m_records.subspan(from, to - from);
}

void IndexImage::prefetchRecords(std::span<const std::uint32_t> terms) const
{
    for (const std::uint32_t term : terms) {
        if (term >= m_header.terms)
            continue;
        __builtin_prefetch(&m_fact[term]);
        if (m_ahead)
            m_ahead->ask(&m_fact[term], 2 * sizeof(FactEntry));
    }
    for (const std::uint32_t term : terms) {
        const auto bytes = record(term);
        for (std::size_t line = 0; line < bytes.size(); line += 64)
            __builtin_prefetch(bytes.data() + line);
        if (m_ahead && !bytes.empty())
            m_ahead->ask(bytes.data(), bytes.size());
    }
}

const TermGroup &IndexImage::groupOf(std::uint32_t term) const
{
    return m_tables.groups[std::min<std::size_t>(group(term), m_tables.groups.size() - 1)];
}

Concept IndexImage::concept_(std::uint32_t term) const
{
    return term < m_header.terms ? readRecord(record(term), groupOf(term), m_tables.linkSystems) : Concept();
}

int IndexImage::find(const QString &system, QStringView code) const
{
    std::uint32_t low = 0, high = m_header.terms;
    while (low < high) {
        const std::uint32_t middle = low + (high - low) / 2;
        const int order = groupOf(middle).system.compare(system);
        if (order < 0 || (order == 0 && compareCode(record(middle), code) < 0))
            low = middle + 1;
        else
            high = middle;
    }
    const bool found =
        low < m_header.terms && groupOf(low).system == system && compareCode(record(low), code) == 0;
    return found ? int(low) : -1;
}

std::span<const std::uint32_t> IndexImage::children(std::uint32_t term) const
{
    if (term >= m_header.terms)
        return {};
    const std::size_t from = std::min<std::size_t>(m_childStart[term], m_child.size());
    const std::size_t to = std::clamp<std::size_t>(m_childStart[term + 1], from, m_child.size());
    return m_child.subspan(from, to - from);
}

std::span<const LinkEntry> IndexImage::links(std::uint32_t hash) const
{
    const auto from = std::lower_bound(m_links.begin(), m_links.end(), hash,
        [](const LinkEntry &entry, std::uint32_t wanted) { return entry.hash < wanted; });
    auto to = from;
    while (to != m_links.end() && to->hash == hash)
        ++to;
    return {from, to};
}

} // namespace naru::terminology
