#include "ui/pages/imaging/PaperView.h"

#include "ui/jobs/UiJob.h"
#include "ui/shell/Theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace naru::ui {

namespace {
constexpr double Least = 0.25, Most = 4, Step = 1.25;
constexpr qsizetype MostKept = 4; // pictures of pages out of sight; those farthest away are dropped
constexpr double MostPixels = 16e6; // of a picture: A4 at 400 dots an inch; larger ones are stretched
constexpr double PointsAnInch = 72, ScreenInch = 96;

QImage imageOf(const imaging::PaperPicture &picture)
{
    if (!picture.pixels)
        return {};
    auto *owner = new std::shared_ptr<imaging::PixelMemory>(picture.pixels);
    return {reinterpret_cast<const uchar *>(picture.pixels->data()), picture.width, picture.height,
        qsizetype(picture.width) * 4, QImage::Format_RGB32,
        [](void *held) { delete static_cast<std::shared_ptr<imaging::PixelMemory> *>(held); }, owner};
}
} // namespace

PaperView::PaperView(Theme &theme, jobs::JobQueue &queue, text::Language language, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_queue(queue)
    , m_language(language)
{
    setObjectName(QStringLiteral("imaging.objects.pages"));
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setAutoFillBackground(false);
    connect(&theme, &Theme::changed, this, [this] { arrange(); });
    told();
}

void PaperView::setPaper(std::shared_ptr<imaging::Paper> paper)
{
    if (m_job)
        m_job->cancel();
    m_job = nullptr;
    m_paper = std::move(paper);
    m_sheets.clear();
    m_magnification = 1;
    m_widest = 1;
    for (int page = 0; page < pageCount(); ++page)
        m_widest = std::max(m_widest, m_paper->pages()[std::size_t(page)].width);
    m_told = -1;
    arrange();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    told();
}

int PaperView::pageCount() const
{
    return m_paper ? int(m_paper->pages().size()) : 0;
}

int PaperView::gap() const
{
    return m_theme.unit(2);
}

// The widest page fills the view, but is never much larger than paper: a report on a wide screen is read, not
// looked at from afar.
int PaperView::sheetWidth(int page) const
{
    const double most = 1.25 * m_theme.zoom() * m_widest * ScreenInch / PointsAnInch;
    const double fitting = std::clamp(double(viewport()->width() - 2 * gap()), 50.0, most);
    const double own = m_paper->pages()[std::size_t(page)].width / m_widest;
    return std::max(1, int(std::lround(fitting * own * m_magnification)));
}

int PaperView::sheetHeight(int page) const
{
    const imaging::PaperSize &size = m_paper->pages()[std::size_t(page)];
    return std::max(1, int(std::lround(sheetWidth(page) * size.height / size.width)));
}

QRect PaperView::sheetRect(int page) const
{
    const int width = sheetWidth(page), room = std::max(viewport()->width(), width + 2 * gap());
    return {(room - width) / 2 - horizontalScrollBar()->value(),
        m_tops[std::size_t(page)] - verticalScrollBar()->value(), width, sheetHeight(page)};
}

int PaperView::pixelsOf(int page) const
{
    const imaging::PaperSize &size = m_paper->pages()[std::size_t(page)];
    const double most = std::sqrt(MostPixels * size.width / size.height);
    return std::max(1, int(std::lround(std::min(sheetWidth(page) * devicePixelRatioF(), most))));
}

int PaperView::pageAt(int y) const
{
    const auto after = std::upper_bound(m_tops.begin(), m_tops.end(), y);
    return std::clamp(int(after - m_tops.begin()) - 1, 0, std::max(0, pageCount() - 1));
}

int PaperView::page() const
{
    return pageAt(verticalScrollBar()->value() + viewport()->height() / 2);
}

void PaperView::goToPage(int page)
{
    if (page >= 0 && page < pageCount())
        verticalScrollBar()->setValue(m_tops[std::size_t(page)] - gap());
}

bool PaperView::isDrawn(int page) const
{
    const auto found = m_sheets.constFind(page);
    return found != m_sheets.cend() && !found->picture.isNull() && found->width == pixelsOf(page);
}

// What was in the middle stays there; the beginning stays the beginning.
void PaperView::arrange()
{
    const int middle = verticalScrollBar()->value() + viewport()->height() / 2, kept = pageAt(middle);
    const bool known = verticalScrollBar()->value() > 0 && m_tops.size() > std::size_t(kept) + 1;
    const double into = known ? double(middle - m_tops[std::size_t(kept)])
            / std::max(1, m_tops[std::size_t(kept) + 1] - m_tops[std::size_t(kept)])
                              : 0;
    m_tops.assign(1, gap());
    int wide = 0;
    for (int page = 0; page < pageCount(); ++page) {
        m_tops.push_back(m_tops.back() + sheetHeight(page) + gap());
        wide = std::max(wide, sheetWidth(page) + 2 * gap());
    }
    const QSize view = viewport()->size();
    verticalScrollBar()->setRange(0, std::max(0, m_tops.back() - view.height()));
    verticalScrollBar()->setPageStep(view.height());
    verticalScrollBar()->setSingleStep(m_theme.unit(8));
    horizontalScrollBar()->setRange(0, std::max(0, wide - view.width()));
    horizontalScrollBar()->setPageStep(view.width());
    horizontalScrollBar()->setSingleStep(m_theme.unit(8));
    if (known && m_tops.size() > std::size_t(kept) + 1) {
        const int height = m_tops[std::size_t(kept) + 1] - m_tops[std::size_t(kept)];
        verticalScrollBar()->setValue(m_tops[std::size_t(kept)] + int(into * height) - view.height() / 2);
    }
    viewport()->update();
    drawNext();
    told();
}

void PaperView::setMagnification(double factor)
{
    factor = std::clamp(factor, Least, Most);
    if (factor == m_magnification)
        return;
    m_magnification = factor;
    arrange();
}

// One page at a time, what is seen first; a picture of another size is stretched until its own has come.
void PaperView::drawNext()
{
    if (!m_paper || m_job || m_tops.size() < 2)
        return;
    const int top = verticalScrollBar()->value(), first = pageAt(top),
              last = pageAt(top + viewport()->height());
    int wanted = -1;
    for (int page = first; page <= std::min(last + 1, pageCount() - 1) && wanted < 0; ++page) {
        if (!m_sheets.contains(page) || m_sheets[page].width != pixelsOf(page))
            wanted = page;
    }
    if (wanted < 0)
        return;
    dropOutside(first, last);
    const int width = pixelsOf(wanted);
    m_job = UiJob::start<imaging::PaperPicture>(
        m_queue, this,
        [paper = m_paper, wanted, width](
            const base::WorkContext &work) { return paper->draw(wanted, width, work); },
        [this, paper = m_paper, wanted, width](const base::Result<imaging::PaperPicture> &picture) {
            if (paper != m_paper)
                return; // another document meanwhile
            m_job = nullptr;
            Sheet &sheet = m_sheets[wanted];
            sheet.width = width;
            sheet.picture = picture ? imageOf(*picture) : QImage();
            sheet.trouble = picture ? QString() : text::sentence(picture.error(), m_language);
            viewport()->update();
            drawNext();
        });
}

// What is seen is never dropped, or it would be drawn for ever.
void PaperView::dropOutside(int first, int last)
{
    while (m_sheets.size() > last - first + 1 + MostKept) {
        const int low = m_sheets.firstKey(), high = m_sheets.lastKey();
        m_sheets.remove(first - low > high - last ? low : high);
    }
}

void PaperView::told()
{
    const int count = pageCount(), now = count > 0 ? page() : -1;
    setAccessibleName(count > 0 ? tr("Document, page %1 of %2").arg(now + 1).arg(count) : tr("Document"));
    if (std::exchange(m_told, now) != now && now >= 0)
        Q_EMIT pageChanged(now, count);
}

void PaperView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color("window"));
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (int page = pageAt(verticalScrollBar()->value()); page < pageCount(); ++page) {
        const QRect place = sheetRect(page);
        if (place.top() > viewport()->height())
            break;
        const Sheet sheet = m_sheets.value(page);
        if (!sheet.picture.isNull()) {
            painter.drawImage(place, sheet.picture);
        } else {
            painter.fillRect(place, Qt::white); // paper, in the dark too
            painter.setPen(Qt::black);
            painter.drawText(place.intersected(viewport()->rect()).adjusted(gap(), gap(), -gap(), -gap()),
                Qt::AlignCenter | Qt::TextWordWrap,
                sheet.trouble.isEmpty() ? tr("Loading …") : sheet.trouble);
        }
        painter.setPen(m_theme.color("border"));
        painter.drawRect(place.adjusted(-1, -1, 0, 0));
    }
}

void PaperView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    arrange();
}

void PaperView::scrollContentsBy(int, int)
{
    viewport()->update();
    drawNext();
    told();
}

void PaperView::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    switch (event->key()) {
    case Qt::Key_Home:
        bar->setValue(0);
        return;
    case Qt::Key_End:
        bar->setValue(bar->maximum());
        return;
    case Qt::Key_Space:
        bar->triggerAction(event->modifiers().testFlag(Qt::ShiftModifier) ? QScrollBar::SliderPageStepSub
                                                                          : QScrollBar::SliderPageStepAdd);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        setMagnification(m_magnification * Step);
        return;
    case Qt::Key_Minus:
        setMagnification(m_magnification / Step);
        return;
    case Qt::Key_0:
        setMagnification(1);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void PaperView::wheelEvent(QWheelEvent *event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QAbstractScrollArea::wheelEvent(event);
        return;
    }
    setMagnification(m_magnification * std::pow(Step, event->angleDelta().y() / 120.0));
    event->accept();
}

} // namespace naru::ui
