// A document of pages (PDF) as pictures: a confined naru-paper process opens and draws it, this one sees
// sizes and pixels only. A page that breaks the process is an error of that page; the next one gets a new
// process.
#pragma once

#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/imaging/pool/PixelMemory.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <mutex>
#include <vector>

namespace naru::imaging {

struct PaperOptions {
    QString program{}; // naru-paper; empty: beside the running program
    qint64 memoryLimit = 448LL * 1024 * 1024;
    int milliseconds = 3000; // of work, for opening and for a page
};

struct PaperSize {
    double width = 0, height = 0; // points of 1/72 inch, as the page is read (turned)
};

struct PaperPicture {
    int width = 0, height = 0;
    std::shared_ptr<PixelMemory> pixels{}; // rows of 0xffRRGGBB in the machine's byte order, no padding
};

class PaperChild;

class Paper {
public:
    // imaging.PaperProgram, .PaperDamaged, .PaperLocked, .PaperCrashed, .PaperTimeout, .TooLarge, .Stopped
    static base::Result<std::shared_ptr<Paper>> open(
        const QByteArray &document, const base::WorkContext &work, const PaperOptions &options = {});
    ~Paper();
    Paper(const Paper &) = delete;
    Paper &operator=(const Paper &) = delete;

    const std::vector<PaperSize> &pages() const { return m_pages; }
    // On white, as high as the page's shape asks; less wide where that would be more than 40 million pixels.
    // Any thread; one page at a time.
    base::Result<PaperPicture> draw(int page, int width, const base::WorkContext &work);

private:
    Paper(QByteArray document, const PaperOptions &options);
    base::Result<std::vector<PaperSize>> load(const base::WorkContext &work);

    std::mutex m_mutex{};
    QByteArray m_document;
    std::unique_ptr<PaperChild> m_child;
    std::vector<PaperSize> m_pages{};
};

} // namespace naru::imaging
