#include "ui/widgets/FlowLayout.h"

#include <QWidget>

namespace naru::ui {

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
}

FlowLayout::~FlowLayout()
{
    for (QLayoutItem *item : m_items)
        delete item;
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.push_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[size_t(index)] : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[size_t(index)];
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize FlowLayout::sizeHint() const
{
    QSize size;
    for (const QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = {size.width() + item->sizeHint().width() + qMax(0, spacing()),
                qMax(size.height(), item->sizeHint().height())};
    }
    const QMargins m = contentsMargins();
    return size.grownBy(m);
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    arrange(rect, true);
}

int FlowLayout::arrange(const QRect &rect, bool move) const
{
    const QMargins m = contentsMargins();
    const QRect inner = rect.marginsRemoved(m);
    const int gap = qMax(0, spacing());
    struct Placed {
        QLayoutItem *item = nullptr;
        QRect box{};
    };
    std::vector<Placed> lineItems;
    int x = inner.x(), y = inner.y(), line = 0;
    const auto finishLine = [&] { // items of one line share its middle, whatever their heights
        for (const Placed &placed : lineItems) {
            if (move)
                placed.item->setGeometry(placed.box.translated(0, (line - placed.box.height()) / 2));
        }
        lineItems.clear();
    };
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size(qMin(item->sizeHint().width(), qMax(inner.width(), item->minimumSize().width())),
            item->sizeHint().height());
        if (x > inner.x() && x + size.width() > inner.right() + 1) {
            finishLine();
            x = inner.x();
            y += line + gap;
            line = 0;
        }
        lineItems.push_back({item, QRect(QPoint(x, y), size)});
        x += size.width() + gap;
        line = qMax(line, size.height());
    }
    finishLine();
    return y + line - rect.y() + m.bottom();
}

} // namespace naru::ui
