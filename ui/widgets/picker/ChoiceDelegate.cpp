#include "ui/widgets/picker/ChoiceDelegate.h"

#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/picker/PaletteScheme.h"
#include "ui/widgets/picker/PickerWords.h"

#include <QPainter>

namespace naru::ui {

namespace {

const QString kStar = QStringLiteral("★");
const QString kBetween = QStringLiteral(" · ");
constexpr int kIndent = 4; // units a level

QFont bold(QFont font)
{
    font.setBold(true);
    return font;
}

} // namespace

ChoiceDelegate::ChoiceDelegate(const CodeChoiceModel &model, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_model(model)
{
}

void ChoiceDelegate::setWidth(int width)
{
    if (m_width == width)
        return;
    m_width = width;
    m_generation = -1;
}

int ChoiceDelegate::codeWidth() const
{
    // Measuring one of them is enough: codes are digits and capitals of much the same width.
    const QString *longest = nullptr;
    for (const CodeChoice &row : m_model.rows()) {
        if (row.code != row.title() && (!longest || row.code.size() > longest->size()))
            longest = &row.code;
    }
    if (!longest || longest->isEmpty())
        return 0;
    const int width = QFontMetrics(m_font).horizontalAdvance(*longest) + m_digit / 2;
    return qMin(qMax(width, 5 * m_digit), 14 * m_digit) + 2 * m_unit;
}

void ChoiceDelegate::prepare(const QFont &font) const
{
    if (m_generation == m_model.generation() && font == m_font)
        return;
    m_generation = m_model.generation();
    m_font = font;
    const QFontMetrics fm(font);
    m_unit = qMax(3, fm.height() / 4);
    m_digit = fm.horizontalAdvance(QLatin1Char('0'));
    m_star = fm.horizontalAdvance(kStar);
    m_widest = QFontMetrics(bold(font)).horizontalAdvance(QStringLiteral("뷁")) + 1;
    m_code = codeWidth();
    m_rows.clear();
    m_rows.resize(m_model.rows().size());
}

ChoiceDelegate::Laid &ChoiceDelegate::laid(int row, const QFont &font) const
{
    prepare(font);
    std::unique_ptr<Laid> &slot = m_rows[size_t(row)];
    if (!slot)
        slot = std::make_unique<Laid>(layOut(m_model.rows()[size_t(row)]));
    return *slot;
}

ChoiceDelegate::Line ChoiceDelegate::shape(const QString &text, const std::vector<CodeMark> &marks,
    bool similar, const QFont &font, int width, int lines) const
{
    Line line;
    if (text.isEmpty())
        return line;
    QList<QTextLayout::FormatRange> formats;
    for (const CodeMark &mark : marks) {
        QTextCharFormat strong;
        strong.setFontWeight(QFont::Bold);
        formats.append({mark.from, mark.length, strong});
        if (similar || mark.half)
            line.half.push_back(mark);
    }
    QTextOption option;
    option.setWrapMode(lines > 1 ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    line.layout = std::make_unique<QTextLayout>(text, font);
    line.layout->setTextOption(option);
    line.layout->setFormats(formats);
    line.layout->beginLayout();
    double y = 0;
    for (int i = 0; i < lines; ++i) {
        QTextLine row = line.layout->createLine();
        if (!row.isValid())
            break;
        row.setLineWidth(width);
        row.setPosition({0, y});
        y += row.height();
    }
    const bool more = lines > 1 && line.layout->createLine().isValid();
    line.layout->endLayout();
    if (more) { // what tells two long names apart is as often at the end as at the front
        QString shorter = QFontMetrics(font).elidedText(text, Qt::ElideMiddle, width * lines - width / 4);
        return shape(shorter, {}, similar, font, width, 4);
    }
    return line;
}

QString ChoiceDelegate::secondLine(const CodeChoice &row)
{
    const bool english = !row.en.isEmpty() && row.en != row.title();
    if (!english)
        return row.matched;
    return row.matched.isEmpty() ? row.en : row.matched + kBetween + row.en;
}

ChoiceDelegate::Laid ChoiceDelegate::layOut(const CodeChoice &row) const
{
    const QFontMetrics fm(m_font);
    Laid out;
    out.headingHeight = row.heading.isEmpty() ? 0 : fm.height() + 2 * m_unit;
    const int left = 3 * m_unit + row.depth * kIndent * m_unit + m_digit + m_star + m_unit + m_code;
    const int room = qMax(8 * m_digit, m_width - left - 2 * m_unit);
    const QString badge = PickerWords::badge(row);
    const int badgeWidth = badge.isEmpty() ? 0 : fm.horizontalAdvance(badge) + 3 * m_unit;
    out.title.left = out.second.left = left;
    out.titleRoom = qMax(room / 2, room - badgeWidth);
    out.title.top = out.headingHeight + m_unit;
    int top = out.title.top + fm.height();
    if (int(row.title().size()) * m_widest > out.titleRoom) { // may need a second line
        shapeTitle(out, row);
        top = out.title.top + int(out.title.layout ? out.title.layout->boundingRect().height() : fm.height());
    }

    // Second line: the text that matched, the English name; what to mind stands at its end, or below it.
    const QString second = secondLine(row);
    out.warning = (PickerWords::warnings(row) + PickerWords::facts(row)).join(QStringLiteral(" · "));
    out.secondRoom = room;
    out.secondTop = top;
    if (!second.isEmpty() || !out.warning.isEmpty())
        top += fm.height();
    if (!out.warning.isEmpty()) {
        const int width = fm.horizontalAdvance(out.warning);
        const bool together =
            second.isEmpty() || room - width - 3 * m_unit >= qMin(fm.horizontalAdvance(second), room * 2 / 5);
        out.warningWidth = qMin(width, room);
        out.warningTop = together ? out.secondTop : top;
        out.warningRight = together && !second.isEmpty() ? m_width - 2 * m_unit : left + out.warningWidth;
        if (together)
            out.secondRoom = room - width - 3 * m_unit;
        else
            top += fm.height();
    }
    out.height = top + m_unit;
    return out;
}

void ChoiceDelegate::shapeTitle(Laid &place, const CodeChoice &row) const
{
    using Marked = CodeChoice::Marked;
    const bool marked = row.markedIn == (row.ko.isEmpty() ? Marked::En : Marked::Ko);
    Line line = shape(
        row.title(), marked ? row.marks : std::vector<CodeMark>(), row.similar, m_font, place.titleRoom, 2);
    line.left = place.title.left;
    line.top = place.title.top;
    place.title = std::move(line);
}

void ChoiceDelegate::shapeRow(Laid &place, const CodeChoice &row) const
{
    using Marked = CodeChoice::Marked;
    place.shaped = true;
    if (!place.title.layout)
        shapeTitle(place, row);
    const int left = place.title.left;
    QString second = secondLine(row);
    if (second.isEmpty() || place.secondRoom <= 0)
        return;
    const bool english = !row.en.isEmpty() && row.en != row.title();
    std::vector<CodeMark> marks;
    if (row.markedIn == Marked::Matched || (row.markedIn == Marked::En && english))
        marks = row.marks;
    if (row.markedIn == Marked::En && english && !row.matched.isEmpty()) {
        for (CodeMark &mark : marks)
            mark.from += int(row.matched.size() + kBetween.size());
    }
    if (int(second.size()) * m_widest > place.secondRoom)
        second = QFontMetrics(m_font).elidedText(second, Qt::ElideRight, place.secondRoom);
    std::erase_if(marks, [&](const CodeMark &mark) { return mark.from >= second.size(); });
    for (CodeMark &mark : marks)
        mark.length = qMin(mark.length, int(second.size()) - mark.from);
    place.second = shape(second, marks, row.similar, m_font, m_width * 2, 1);
    place.second.left = left;
    place.second.top = place.secondTop;
}

int ChoiceDelegate::rowHeight(int row, const QFont &font) const
{
    return laid(row, font).height;
}

QSize ChoiceDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return {qMin(m_width, 100), laid(index.row(), option.font).height};
}

ChoiceDelegate::Colours ChoiceDelegate::colours(
    const QPalette &palette, const CodeChoice &row, bool current) const
{
    const Theme::Scheme scheme = schemeOf(palette);
    const bool contrast = scheme == Theme::Scheme::HcDark || scheme == Theme::Scheme::HcLight;
    Colours out;
    const bool grey = m_stale || row.retired || !row.known;
    out.text = current ? palette.color(QPalette::HighlightedText)
        : grey         ? palette.color(QPalette::PlaceholderText)
                       : palette.color(QPalette::Text);
    out.weak = current ? out.text : Theme::color(QStringLiteral("textSecondary"), scheme);
    if (grey && !current)
        out.weak = out.text;
    // In high contrast a selected row draws everything in onSelection.
    out.warn = current && contrast ? out.text : Theme::color(QStringLiteral("warn"), scheme);
    // On the selected row the field is a piece of the plain surface, in every scheme.
    out.fill = row.similar ? Theme::color(QStringLiteral("diffChanged"), scheme)
        : current          ? palette.color(QPalette::Base)
                           : palette.color(QPalette::Highlight);
    out.onFill =
        row.similar || current ? palette.color(QPalette::Text) : palette.color(QPalette::HighlightedText);
    return out;
}

void ChoiceDelegate::paintLine(
    QPainter *painter, const Line &line, const QPoint &at, const Colours &colours, bool wrong) const
{
    if (!line.layout)
        return;
    const QPoint origin(at.x() + line.left, at.y() + line.top);
    const auto box = [&](const QTextLine &row, int from, int to) {
        const double x1 = row.cursorToX(from), x2 = row.cursorToX(to);
        return QRectF(origin.x() + x1 - 1, origin.y() + row.y(), x2 - x1 + 2, row.height());
    };
    const auto formats = line.layout->formats();
    QList<QTextLayout::FormatRange> ink;
    for (const QTextLayout::FormatRange &range : formats) {
        const bool half = !wrong
            && std::any_of(line.half.begin(), line.half.end(),
                [&](const CodeMark &mark) { return mark.from == range.start && mark.half; });
        for (int i = 0; i < line.layout->lineCount(); ++i) {
            const QTextLine row = line.layout->lineAt(i);
            const int from = qMax(range.start, row.textStart()),
                      to = qMin(range.start + range.length, row.textStart() + row.textLength());
            if (from >= to)
                continue;
            const QRectF place = box(row, from, to);
            if (half) { // an open syllable has a dotted line below it, what was typed a field around it
                painter->setPen(QPen(colours.text, qMax(1.0, m_unit / 3.0), Qt::DotLine));
                painter->drawLine(place.bottomLeft() + QPointF(1, -1), place.bottomRight() + QPointF(-1, -1));
            } else {
                painter->setPen(Qt::NoPen);
                painter->setBrush(colours.fill);
                painter->drawRoundedRect(place, 2, 2);
            }
        }
        QTextCharFormat format;
        format.setForeground(half ? colours.text : colours.onFill);
        ink.append({range.start, range.length, format});
    }
    painter->setPen(colours.text);
    line.layout->draw(painter, origin, ink);
}

void ChoiceDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const CodeChoice &row = m_model.rows()[size_t(index.row())];
    Laid &place = laid(index.row(), option.font);
    if (!place.shaped)
        shapeRow(place, row);
    const bool current = (option.state & QStyle::State_Selected) && row.known;
    const Colours ink = colours(option.palette, row, current);
    const QFontMetrics fm(option.font);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setFont(option.font);
    QRect area = option.rect;
    painter->fillRect(area, option.palette.base());
    if (place.headingHeight > 0) {
        const QRect head(area.left(), area.top(), area.width(), place.headingHeight);
        painter->fillRect(head, option.palette.color(QPalette::Window));
        painter->setFont(bold(option.font));
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(head.adjusted(2 * m_unit, 0, -2 * m_unit, 0), Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(bold(option.font))
                .elidedText(row.heading, Qt::ElideRight, head.width() - 4 * m_unit));
        painter->setFont(option.font);
        area.setTop(area.top() + place.headingHeight);
    }
    if (current) { // not by colour alone
        painter->fillRect(area, option.palette.highlight());
        painter->fillRect(QRect(area.left(), area.top(), qMax(3, m_unit * 3 / 4), area.height()), ink.text);
    }
    const int firstLine = option.rect.top() + place.title.top;
    int x = option.rect.left() + 2 * m_unit;
    const auto draw = [&](int left, int top, int width, const QString &text, const QColor &colour) {
        painter->setPen(colour);
        painter->drawText(QRect(left, top, width, fm.height()), Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    if (index.row() < 9 && row.known)
        draw(x, firstLine, m_digit + m_unit, QString::number(index.row() + 1), ink.weak);
    x += m_digit + m_unit + row.depth * kIndent * m_unit;
    if (row.favourite)
        draw(x, firstLine, m_star + m_unit, kStar, ink.warn);
    x += m_star + m_unit;
    if (m_code > 0 && row.code != row.title()) {
        if (row.markedIn == CodeChoice::Marked::Code) {
            Line code = shape(row.code, row.marks, row.similar, option.font, m_code * 2, 1);
            paintLine(painter, code, {x, firstLine}, ink, false);
        } else {
            draw(x, firstLine, m_code, fm.elidedText(row.code, Qt::ElideRight, m_code - m_unit), ink.text);
        }
    }
    paintLine(painter, place.title, option.rect.topLeft(), ink, row.similar);
    if (const QString badge = PickerWords::badge(row); !badge.isEmpty()) {
        const int width = fm.horizontalAdvance(badge) + 1;
        draw(option.rect.left() + m_width - 2 * m_unit - width, firstLine, width, badge, ink.weak);
    }
    Colours weak = ink;
    weak.text = ink.weak;
    paintLine(painter, place.second, option.rect.topLeft(), weak, row.similar);
    if (!place.warning.isEmpty()) {
        draw(option.rect.left() + place.warningRight - place.warningWidth,
            option.rect.top() + place.warningTop, place.warningWidth,
            fm.elidedText(place.warning, Qt::ElideRight, place.warningWidth + 2),
            PickerWords::warnings(row).isEmpty() ? weak.text : ink.warn);
    }
    painter->restore();
}

} // namespace naru::ui
