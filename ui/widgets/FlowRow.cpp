#include "ui/widgets/FlowRow.h"

#include <QStyle>
#include <QWidget>

namespace naru::ui {

FlowRow::FlowRow(QWidget *parent, int horizontal, int vertical)
    : QLayout(parent)
    , m_horizontal(horizontal)
    , m_vertical(vertical)
{
}

FlowRow::~FlowRow()
{
    qDeleteAll(m_items);
}

void FlowRow::setGaps(int horizontal, int vertical)
{
    m_horizontal = horizontal;
    m_vertical = vertical;
    invalidate();
}

void FlowRow::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowRow::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QSize FlowRow::sizeHint() const
{
    int width = 0, height = 0;
    for (const QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        width += item->sizeHint().width() + std::max(0, m_horizontal);
        height = std::max(height, item->sizeHint().height());
    }
    const QMargins margins = contentsMargins();
    return QSize(width, height) + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

QSize FlowRow::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = size.expandedTo(item->minimumSize());
    }
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowRow::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowRow::arrange(const QRect &rect, bool apply) const
{
    const QMargins margins = contentsMargins();
    const QRect inner = rect.marginsRemoved(margins);
    const QWidget *owner = parentWidget();
    const int gapX = m_horizontal >= 0 || !owner
        ? std::max(0, m_horizontal)
        : owner->style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing);
    const int gapY = m_vertical >= 0 || !owner
        ? std::max(0, m_vertical)
        : owner->style()->pixelMetric(QStyle::PM_LayoutVerticalSpacing);
    int y = inner.top(), index = 0;
    while (index < m_items.size()) {
        // One line: as many items as fit.
        QList<int> line;
        int used = 0, height = 0;
        for (; index < m_items.size(); ++index) {
            QLayoutItem *item = m_items.at(index);
            if (item->isEmpty())
                continue;
            const int wide = std::min(item->sizeHint().width(), std::max(1, inner.width()));
            if (!line.isEmpty() && used + gapX + wide > inner.width())
                break;
            used += (line.isEmpty() ? 0 : gapX) + wide;
            const int tall =
                item->hasHeightForWidth() ? item->heightForWidth(wide) : item->sizeHint().height();
            height = std::max(height, tall);
            line.append(index);
        }
        if (line.isEmpty())
            break;
        if (apply) {
            int x = inner.left();
            // A line that wrapped starts at the left like any other; rightFrom 0 puts everything to the
            // right.
            bool shift = m_rightFrom == 0 || (m_rightFrom > 0 && line.first() < m_rightFrom);
            for (const int at : line) {
                if (shift && at >= m_rightFrom) {
                    x += inner.width() - used;
                    shift = false;
                }
                QLayoutItem *item = m_items.at(at);
                const int wide = std::min(item->sizeHint().width(), std::max(1, inner.width()));
                const int tall = item->hasHeightForWidth() ? item->heightForWidth(wide)
                                                           : std::min(height, item->sizeHint().height());
                item->setGeometry(QRect(x, y + (height - tall) / 2, wide, tall));
                x += wide + gapX;
            }
        }
        y += height + gapY;
    }
    const bool any = y > inner.top();
    return (any ? y - gapY : y) - rect.top() + margins.bottom();
}

} // namespace naru::ui
