// A row that breaks into further rows when its width ends, so that nothing is cut and no horizontal scroll
// bar appears.
#pragma once

#include <QLayout>
#include <QList>

namespace naru::ui {

class FlowRow : public QLayout {
public:
    explicit FlowRow(QWidget *parent = nullptr, int horizontal = -1, int vertical = -1);
    ~FlowRow() override;

    void setGaps(int horizontal, int vertical);
    void addItem(QLayoutItem *item) override;
    int count() const override { return int(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), false); }
    QSize sizeHint() const override;
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;
    // From this item on things stand at the right end when they share the row with others.
    void setRightFrom(int index) { m_rightFrom = index; }

private:
    int arrange(const QRect &rect, bool apply) const;

    QList<QLayoutItem *> m_items{};
    int m_horizontal, m_vertical;
    int m_rightFrom = -1;
};

} // namespace naru::ui
