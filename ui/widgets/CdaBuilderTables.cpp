// Tables of a read document: a grid where its unbreakable pieces fit the line, else lines of "heading:
// value".
#include "ui/widgets/CdaBuilder.h"

#include <QFontMetricsF>
#include <QTextTable>
#include <algorithm>

namespace naru::ui {

namespace {

constexpr int kMostColumns = 24;
constexpr double kUsualLine = 60; // characters, before a pane has its width
constexpr double kSmallFace = 0.86;

int columnsOf(const clinical::Block &table)
{
    int most = 1;
    for (const auto &row : table.rows) {
        int columns = 0;
        for (const clinical::Cell &cell : row)
            columns += qBound(1, cell.columnSpan, kMostColumns);
        most = qMax(most, columns);
    }
    return qMin(most, kMostColumns);
}

bool looksNumeric(const QString &text)
{
    if (text.isEmpty() || text.size() > 12)
        return false;
    bool ok = false;
    text.toDouble(&ok);
    return ok;
}

struct ColumnShape {
    double wanted = 4,
           least = 4; // in half-width characters: whole content, longest piece that should not break
    bool numeric = true;
};

double widthOf(QStringView text)
{
    double width = 0;
    for (const QChar c : text)
        width += c.unicode() > 0x1100 ? 1.9 : 1.0;
    return width;
}

// Widths by the content of each column, so that the pieces of a long table keep one grid and dates do not
// break.
std::vector<ColumnShape> columnShapes(const clinical::Block &table, int columns)
{
    std::vector<ColumnShape> shapes{size_t(columns)};
    size_t seen = 0;
    for (const auto &row : table.rows) {
        if (++seen > 200)
            break;
        int at = 0;
        for (const clinical::Cell &cell : row) {
            if (at >= columns)
                break;
            if (cell.columnSpan <= 1) {
                ColumnShape &shape = shapes[size_t(at)];
                const QString text = clinical::plainText(cell.blocks).left(200).trimmed();
                const bool head = int(seen) <= table.headRows || cell.header;
                shape.wanted = qMax(shape.wanted, qMin(widthOf(text) * (head ? 1.15 : 1.0) + 3, 36.0));
                for (const QString &piece : text.split(QLatin1Char(' ')))
                    shape.least = qMax(shape.least, qMin(widthOf(piece) * (head ? 1.15 : 1.0) + 3, 15.0));
                if (!head && !text.isEmpty() && !looksNumeric(text))
                    shape.numeric = false;
            }
            at += qBound(1, cell.columnSpan, kMostColumns);
        }
    }
    return shapes;
}

double leastOf(const clinical::Block &table)
{
    double least = 0;
    for (const ColumnShape &shape : columnShapes(table, columnsOf(table)))
        least += shape.least;
    return least;
}

// One row of headings over plain rows; anything else keeps its grid, whatever its width.
bool canBeLines(const clinical::Block &table)
{
    if (table.headRows != 1 || table.rows.size() < 2)
        return false;
    const size_t columns = table.rows.front().size();
    return std::all_of(table.rows.begin(), table.rows.end(), [&](const std::vector<clinical::Cell> &row) {
        return row.size() <= columns && std::all_of(row.begin(), row.end(), [](const clinical::Cell &cell) {
            return cell.columnSpan <= 1 && cell.rowSpan <= 1;
        });
    });
}

void collectFits(
    const std::vector<clinical::Section> &sections, double characters, int depth, std::vector<int> &out)
{
    for (const clinical::Section &section : sections) {
        for (const clinical::Block &block : section.narrative) {
            if (block.kind == clinical::Block::Kind::Table)
                out.push_back(int(CdaBuilder::fitOf(block, characters)));
        }
        if (depth < 16)
            collectFits(section.sections, characters, depth + 1, out);
    }
}

} // namespace

CdaBuilder::Fit CdaBuilder::fitOf(const clinical::Block &table, double characters)
{
    if (characters <= 0)
        return Fit::Grid;
    const double least = leastOf(table);
    if (least <= characters)
        return Fit::Grid;
    return least * kSmallFace <= characters || !canBeLines(table) ? Fit::SmallGrid : Fit::Lines;
}

std::vector<int> CdaBuilder::fits(const std::vector<clinical::Section> &sections, double characters)
{
    std::vector<int> out;
    collectFits(sections, characters, 0, out);
    return out;
}

double CdaBuilder::charactersIn(double width, const QFont &body, int unit)
{
    const double character = QFontMetricsF(body).horizontalAdvance(QLatin1Char('0'));
    return character > 0 ? qMax(1.0, (width - 6.0 * unit) / character) : 0;
}

void CdaBuilder::cellContent(QTextCursor &inside, const clinical::Cell &cell, const QTextBlockFormat &line,
    const QTextCharFormat &text, int depth, bool continued)
{
    bool first = true;
    for (const clinical::Block &inner : cell.blocks) {
        if (inner.kind == clinical::Block::Kind::Paragraph || inner.kind == clinical::Block::Kind::Caption) {
            if (!first)
                inside.insertBlock(line, text);
            runs(inside, inner.runs, text);
        } else {
            if (continued && first)
                inside.insertBlock(line, text);
            block(inside, inner, depth + 1);
        }
        first = false;
    }
}

void CdaBuilder::rowsAsLines(QTextCursor &cursor, const clinical::Block &b, size_t from, size_t to)
{
    const size_t begin = qMax(from, size_t(b.headRows));
    if (begin >= to)
        return;
    QTextTableFormat format;
    format.setBorder(1);
    format.setBorderBrush(m_options.colours.line);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderCollapse(true);
    format.setCellPadding(m_options.unit);
    format.setCellSpacing(0);
    format.setTopMargin(from == 0 ? m_options.unit : 0);
    format.setBottomMargin(to == b.rows.size() ? m_options.unit * 4 : 0);
    format.setWidth(QTextLength(QTextLength::PercentageLength, 99));
    QTextCharFormat weak = plain();
    weak.setForeground(m_options.colours.secondary);
    QTextBlockFormat line;
    line.setLeftMargin(m_options.unit * 4); // a long value goes on under itself, not under the next heading
    line.setTextIndent(-m_options.unit * 4);
    if (cursor.block().length() > 1)
        paragraph(cursor, 0, 0);
    QTextTable *table = cursor.insertTable(int(to - begin), 1, format);
    const std::vector<clinical::Cell> &head = b.rows.front();
    for (size_t r = begin; r < to; ++r) {
        QTextCursor inside = table->cellAt(int(r - begin), 0).firstCursorPosition();
        for (size_t c = 0; c < head.size(); ++c) {
            if (c > 0)
                inside.insertBlock(line, plain());
            inside.setBlockFormat(line);
            const QString heading = clinical::plainText(head[c].blocks).simplified();
            if (!heading.isEmpty())
                inside.insertText(visible(heading) + QStringLiteral(": "), weak);
            if (c >= b.rows[r].size() || clinical::plainText(b.rows[r][c].blocks).trimmed().isEmpty()) {
                if (c >= b.rows[r].size() || b.rows[r][c].blocks.empty())
                    inside.insertText(QStringLiteral("–"), weak);
                else
                    cellContent(inside, b.rows[r][c], line, plain(), 0, true); // perhaps a picture
                continue;
            }
            QTextCharFormat text = plain();
            if (c == 0 || b.rows[r][c].header)
                text.setFontWeight(QFont::Bold);
            cellContent(inside, b.rows[r][c], line, text, 0, true);
        }
    }
    cursor.movePosition(QTextCursor::End);
}

void CdaBuilder::table(QTextCursor &cursor, const clinical::Block &b, size_t from, size_t to, int depth)
{
    if (b.rows.empty() || from >= to)
        return;
    if (from == 0 && !b.caption.empty()) {
        paragraph(cursor, 1, 1);
        QTextCharFormat format = plain();
        format.setFontWeight(QFont::Bold);
        runs(cursor, b.caption, format);
    }
    const Fit fit = depth == 0 ? fitOf(b, m_options.characters) : Fit::Grid;
    if (fit == Fit::Lines) {
        rowsAsLines(cursor, b, from, to);
        return;
    }
    m_face = m_options.body;
    if (fit == Fit::SmallGrid)
        m_face.setPointSizeF(m_face.pointSizeF() * kSmallFace);
    const int columns = columnsOf(b);
    QTextTableFormat format;
    format.setBorder(1);
    format.setBorderBrush(m_options.colours.line);
    format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
    format.setBorderCollapse(true);
    format.setCellPadding(fit == Fit::SmallGrid ? m_options.unit / 2 : m_options.unit);
    format.setCellSpacing(0);
    format.setTopMargin(from == 0 ? m_options.unit : 0);
    format.setBottomMargin(to == b.rows.size() ? m_options.unit * (depth > 0 ? 1 : 4)
                                               : 0); // a heading's own margin does not count after a table
    format.setHeaderRowCount(from == 0 ? qMin(b.headRows, int(to - from)) : 0);
    const std::vector<ColumnShape> shapes = columnShapes(b, columns);
    double total = 0, least = 0;
    for (const ColumnShape &shape : shapes) {
        total += shape.wanted;
        least += shape.least;
    }
    // What is left after the unbreakable pieces is shared by want.
    const double line = m_options.characters <= 0 ? kUsualLine
        : fit == Fit::SmallGrid                   ? m_options.characters / kSmallFace
                                                  : m_options.characters;
    const double room = qMax(line, least), spare = qMax(1.0, total - least);
    QList<QTextLength> widths;
    for (const ColumnShape &shape : shapes) {
        const double width = total <= room
            ? shape.wanted
            : shape.least + (room - least) * (shape.wanted - shape.least) / spare;
        widths << QTextLength(QTextLength::PercentageLength, 100.0 * width / qMin(total, room));
    }
    format.setColumnWidthConstraints(widths);
    // A narrow table need not be stretched over the whole page.
    format.setWidth(QTextLength(
        QTextLength::PercentageLength, depth > 0 ? 99.0 : qBound(40.0, 100.0 * total / line * 1.1, 99.0)));

    if (cursor.block().length() > 1)
        paragraph(cursor, 0, 0);
    QTextTable *table = cursor.insertTable(int(to - from), columns, format);
    std::vector<std::vector<bool>> taken(to - from, std::vector<bool>(size_t(columns), false));
    for (size_t r = from; r < to; ++r) {
        int column = 0;
        const bool head = int(r) < b.headRows;
        for (const clinical::Cell &cell : b.rows[r]) {
            while (column < columns && taken[r - from][size_t(column)])
                ++column;
            if (column >= columns)
                break;
            const int across = qBound(1, cell.columnSpan, columns - column);
            const int down = qBound(1, cell.rowSpan, int(to - r));
            if (across > 1 || down > 1) {
                table->mergeCells(int(r - from), column, down, across);
                for (int y = 0; y < down; ++y) {
                    for (int x = 0; x < across; ++x)
                        taken[r - from + size_t(y)][size_t(column) + size_t(x)] = true;
                }
            }
            QTextTableCell target = table->cellAt(int(r - from), column);
            QTextCursor inside = target.firstCursorPosition();
            const bool strong = head || cell.header;
            if (strong) {
                QTextCharFormat shade = target.format();
                shade.setBackground(m_options.colours.headTint);
                target.setFormat(shade);
            }
            QTextCharFormat text = plain();
            if (strong)
                text.setFontWeight(QFont::Bold);
            QTextBlockFormat alignment;
            if (cell.align == QLatin1String("right")
                || (cell.align.isEmpty() && !strong && across == 1 && shapes[size_t(column)].numeric))
                alignment.setAlignment(Qt::AlignRight | Qt::AlignAbsolute);
            else if (cell.align == QLatin1String("center"))
                alignment.setAlignment(Qt::AlignHCenter);
            inside.setBlockFormat(alignment);
            inside.setBlockCharFormat(text);
            cellContent(inside, cell, alignment, text, depth);
            column += across;
        }
    }
    cursor.movePosition(QTextCursor::End);
    m_face = m_options.body;
}

} // namespace naru::ui
