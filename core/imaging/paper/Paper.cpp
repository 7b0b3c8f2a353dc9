#include "core/imaging/paper/Paper.h"
#include "core/imaging/Errors.h"
#include "core/imaging/paper/PaperChild.h"
#include "core/imaging/paper/PaperProtocol.h"
#include "core/imaging/pool/SharedMemory.h"

#include <QCborArray>
#include <QCborMap>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace naru::imaging {

namespace {
base::Error tooLarge(const char *what)
{
    return base::Error(errors::TooLarge, {}, {{QStringLiteral("what"), QString::fromLatin1(what)}});
}

// As far as it makes sense; no page at all is no document.
std::vector<PaperSize> sizesOf(const QCborMap &answer)
{
    const QCborArray told = answer.value(qint64(paper::Pages)).toArray();
    std::vector<PaperSize> out;
    if (told.size() % 2 != 0 || told.size() > 2 * qsizetype(paper::MostPages))
        return out;
    for (qsizetype i = 0; i < told.size(); i += 2) {
        const PaperSize size{told.at(i).toDouble(), told.at(i + 1).toDouble()};
        const auto good = [](double side) { return side > 0 && side <= paper::MostPoints; };
        if (!good(size.width) || !good(size.height)) // NaN too
            return {};
        out.push_back(size);
    }
    return out;
}

// Pixels of a page this wide, fewer where they would be too many.
PaperPicture pictureOf(const PaperSize &size, int width)
{
    const double ratio = size.height / size.width,
                 widest = std::floor(std::sqrt(double(paper::MostPixels) / ratio));
    const double wide = std::clamp(double(width), 1.0, std::max(1.0, widest)),
                 high = std::clamp(std::round(wide * ratio), 1.0, double(paper::MostPixels) / wide);
    return {int(wide), int(high), {}};
}
} // namespace

Paper::Paper(QByteArray document, const PaperOptions &options)
    : m_document(std::move(document))
    , m_child(std::make_unique<PaperChild>(options))
{
}

Paper::~Paper() = default;

base::Result<std::shared_ptr<Paper>> Paper::open(
    const QByteArray &document, const base::WorkContext &work, const PaperOptions &options)
{
    if (document.size() > paper::MostDocument)
        return tooLarge("bytes");
    std::shared_ptr<Paper> out(new Paper(document, options));
    NARU_ASSIGN(out->m_pages, out->load(work));
    return out;
}

base::Result<std::vector<PaperSize>> Paper::load(const base::WorkContext &work)
{
    NARU_TRY(m_child->start(work));
    NARU_ASSIGN(const int number, descriptorOf(m_document));
    const wire::Descriptor bytes(number);
    NARU_ASSIGN(
        const QCborMap answer, m_child->ask({{qint64(paper::Verb), int(paper::Open)}}, bytes.get(), work));
    std::vector<PaperSize> sizes = sizesOf(answer);
    if (sizes.empty())
        return errors::PaperDamaged;
    return sizes;
}

base::Result<PaperPicture> Paper::draw(int page, int width, const base::WorkContext &work)
{
    const std::lock_guard lock(m_mutex);
    if (page < 0 || page >= int(m_pages.size()))
        return errors::PaperDamaged;
    if (!m_child->running())
        NARU_TRY(load(work)); // an earlier page was its end
    PaperPicture out = pictureOf(m_pages[std::size_t(page)], width);
    const std::size_t bytes = std::size_t(out.width) * std::size_t(out.height) * 4;
    NARU_ASSIGN(const std::shared_ptr<SharedMemory> shared, SharedMemory::make(bytes));
    NARU_TRY(m_child->ask({{qint64(paper::Verb), int(paper::Draw)}, {qint64(paper::Page), page},
                              {qint64(paper::Width), out.width}, {qint64(paper::Height), out.height}},
        shared->descriptor(), work));
    // A child that is taken over later must not change what is read meanwhile.
    NARU_ASSIGN(out.pixels, PixelMemory::make(bytes));
    std::memcpy(out.pixels->data(), shared->data(), bytes);
    return out;
}

} // namespace naru::imaging
