// How a row of the picker looks: number, star, code and Korean name; below them the text that matched, the
// English name and what to mind. A name wraps once before it is cut in its middle, because names that differ
// only at their end must not look alike. Laid out once per row and change: a key press paints nothing twice.
#pragma once

#include "ui/widgets/CodeSource.h"

#include <QFont>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace naru::ui {

class CodeChoiceModel;

class ChoiceDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    ChoiceDelegate(const CodeChoiceModel &model, QObject *parent);

    // Width of a row in pixels; rows are laid out for it.
    void setWidth(int width);
    // Rows of an older text: shown in grey until the answer is there.
    void setStale(bool stale) { m_stale = stale; }
    int rowHeight(int row, const QFont &font) const;

    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    struct Line {
        std::unique_ptr<QTextLayout> layout{};
        std::vector<CodeMark> half{}; // outlined instead of filled
        int left = 0, top = 0;
    };
    struct Laid {
        Line title{}, second{};
        bool shaped = false; // both lines; heights are known before
        int titleRoom = 0, secondRoom = 0, secondTop = 0;
        QString warning{};
        int warningTop = 0, warningRight = 0, warningWidth = 0;
        int headingHeight = 0, height = 0;
    };
    struct Colours {
        QColor text{}, weak{}, warn{}, fill{}, onFill{};
    };

    void prepare(const QFont &font) const;
    Laid &laid(int row, const QFont &font) const;
    // Places and heights, as far as possible without shaping text: only rows that are painted need that.
    Laid layOut(const CodeChoice &row) const;
    void shapeTitle(Laid &place, const CodeChoice &row) const;
    void shapeRow(Laid &place, const CodeChoice &row) const;
    static QString secondLine(const CodeChoice &row);
    Line shape(const QString &text, const std::vector<CodeMark> &marks, bool similar, const QFont &font,
        int width, int lines) const;
    int codeWidth() const;
    void paintLine(
        QPainter *painter, const Line &line, const QPoint &at, const Colours &colours, bool wrong) const;
    Colours colours(const QPalette &palette, const CodeChoice &row, bool current) const;

    const CodeChoiceModel &m_model;
    int m_width = 400;
    bool m_stale = false;
    mutable QFont m_font{};
    mutable int m_unit = 4, m_code = 0, m_digit = 8, m_star = 8;
    mutable int m_widest = 16; // no character of a name is wider
    mutable int m_generation = -1;
    mutable std::vector<std::unique_ptr<Laid>> m_rows{};
};

} // namespace naru::ui
