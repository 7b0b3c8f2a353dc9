#include "ui/shell/NaruStyle.h"

#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QTextEdit>
#include <QToolButton>

namespace naru::ui {

namespace {

QString lookOf(const QWidget *widget)
{
    return widget ? widget->property("naruLook").toString() : QString();
}

QColor blend(const QColor &a, const QColor &b, double share)
{
    return QColor::fromRgbF(float(a.redF() + (b.redF() - a.redF()) * share),
        float(a.greenF() + (b.greenF() - a.greenF()) * share),
        float(a.blueF() + (b.blueF() - a.blueF()) * share));
}

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

} // namespace

NaruStyle::NaruStyle(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("fusion")))
    , m_theme(theme)
{
}

void setLook(QWidget *button, const char *look)
{
    button->setProperty("naruLook", QString::fromLatin1(look));
    button->update();
}

void NaruStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QPushButton *>(widget) || qobject_cast<QComboBox *>(widget)
        || qobject_cast<QTabBar *>(widget) || qobject_cast<QToolButton *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void NaruStyle::ring(const QRectF &rect, QPainter *painter, const char *token) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(m_theme.color(token), 2));
    painter->drawRoundedRect(rect.adjusted(1, 1, -1, -1), m_theme.unit(), m_theme.unit());
    painter->restore();
}

void NaruStyle::drawChevron(const QRectF &where, const QColor &color, QPainter *painter, bool up) const
{
    const double half = m_theme.unit(0.9);
    const QPointF middle = where.center();
    const double rise = up ? -half / 2 : half / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(color, 1.5 * m_theme.zoom(), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF points[] = {
        middle + QPointF(-half, -rise), middle + QPointF(0, rise), middle + QPointF(half, -rise)};
    painter->drawPolyline(points, 3);
    painter->restore();
}

void NaruStyle::drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const QString look = lookOf(widget);
    const bool enabled = has(option, State_Enabled),
               down = has(option, State_Sunken) || has(option, State_On);
    const bool hover = enabled && has(option, State_MouseOver);
    QColor fill = m_theme.color("raised"), line = m_theme.color("border");
    if (look == QLatin1String("primary") && enabled) {
        fill = m_theme.color("accent");
        line = fill;
    } else if (look == QLatin1String("quiet") || look == QLatin1String("banner")) {
        fill = Qt::transparent;
        line = Qt::transparent;
    }
    const bool banner = look == QLatin1String("banner");
    if (banner) {
        if (down || hover)
            fill = blend(m_theme.color("banner"), m_theme.color("onBanner"), 0.15);
    } else if (has(option, State_On) && look != QLatin1String("primary")) {
        fill = m_theme.color("selection");
        line = m_theme.color("accent");
    } else if (down || hover) {
        const QColor under = fill.alpha() == 0 ? m_theme.color("window") : fill;
        fill = blend(under, m_theme.color("text"), down ? 0.16 : 0.07);
    }
    if (!enabled && look != QLatin1String("quiet") && !banner) {
        fill = m_theme.color("window");
        line = m_theme.color("divider");
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.alpha() == 0 ? QPen(Qt::NoPen) : QPen(line, 1));
    painter->setBrush(fill);
    const QRectF box = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter->drawRoundedRect(box, m_theme.unit(), m_theme.unit());
    painter->restore();
    if (has(option, State_HasFocus)) {
        ring(option->rect, painter, banner ? "focusOnBanner" : "focus");
        if (look
            == QLatin1String(
                "primary")) { // the ring alone would drown in the fill: one contrast line inside it
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(QPen(m_theme.color("onAccent"), 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(
                QRectF(option->rect).adjusted(2.5, 2.5, -2.5, -2.5), m_theme.unit(), m_theme.unit());
            painter->restore();
        }
    }
}

void NaruStyle::drawField(const QStyleOption *option, QPainter *painter, bool focused) const
{
    const bool enabled = has(option, State_Enabled);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(m_theme.color(enabled ? "border" : "divider"), 1));
    QColor fill = option->palette.color(QPalette::Base);
    if (!enabled || has(option, State_ReadOnly))
        fill = m_theme.color("window");
    painter->setBrush(fill);
    painter->drawRoundedRect(
        QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.unit(), m_theme.unit());
    painter->restore();
    if (focused)
        ring(option->rect, painter);
}

void NaruStyle::drawMark(const QStyleOption *option, QPainter *painter, bool round) const
{
    const QRectF box = QRectF(option->rect).adjusted(1.5, 1.5, -1.5, -1.5);
    const bool on = has(option, State_On), enabled = has(option, State_Enabled);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QColor line = m_theme.color(!enabled ? "divider" : on ? "accent" : "border");
    painter->setPen(QPen(line, 1.3));
    painter->setBrush(on && enabled ? m_theme.color("accent") : m_theme.color("surface"));
    if (round)
        painter->drawEllipse(box);
    else
        painter->drawRoundedRect(box, 3, 3);
    const QColor mark = m_theme.color(enabled ? "onAccent" : "textDisabled");
    if (on && round) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(mark);
        const double inset = box.width() * 0.3;
        painter->drawEllipse(box.adjusted(inset, inset, -inset, -inset));
    } else if (on) {
        painter->setPen(QPen(mark, box.width() * 0.14, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF tick[] = {{box.left() + box.width() * 0.22, box.top() + box.height() * 0.52},
            {box.left() + box.width() * 0.43, box.top() + box.height() * 0.72},
            {box.left() + box.width() * 0.78, box.top() + box.height() * 0.30}};
        painter->drawPolyline(tick, 3);
    } else if (has(option, State_NoChange)) {
        painter->setPen(QPen(m_theme.color("text"), 2));
        painter->drawLine(
            QPointF(box.left() + 3, box.center().y()), QPointF(box.right() - 3, box.center().y()));
    }
    painter->restore();
}

void NaruStyle::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool selected = has(option, State_Selected);
    painter->save();
    QColor fill = m_theme.color(selected ? "surface" : "window");
    if (!selected && has(option, State_MouseOver))
        fill = blend(fill, m_theme.color("text"), 0.06);
    painter->fillRect(option->rect, fill);
    const int bar = std::max(2, m_theme.unit(0.6));
    QRect line = option->rect;
    if (selected) {
        line.setHeight(bar);
        painter->fillRect(line, m_theme.color("accent"));
    }
    painter->setPen(QPen(m_theme.color("divider"), 1));
    painter->drawLine(option->rect.topRight(), option->rect.bottomRight());
    if (!selected)
        painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
    painter->restore();
    if (has(option, State_HasFocus))
        ring(QRectF(option->rect).adjusted(2, bar + 1, -2, -2), painter);
}

void NaruStyle::drawHeader(const QStyleOption *option, QPainter *painter) const
{
    painter->save();
    QColor fill = m_theme.color("window");
    if (has(option, State_MouseOver) && has(option, State_Enabled))
        fill = blend(fill, m_theme.color("text"), 0.05);
    painter->fillRect(option->rect, fill);
    painter->setPen(QPen(m_theme.color("divider"), 1));
    painter->drawLine(option->rect.bottomLeft(), option->rect.bottomRight());
    painter->restore();
}

// A slim handle in a quiet groove: at large type the arrows and edges of the base style outweigh the page.
void NaruStyle::drawScrollBar(
    const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    painter->save();
    painter->fillRect(option->rect, m_theme.color("window"));
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (bar && bar->maximum > bar->minimum) {
        const QRectF handle = proxy()->subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget);
        const double inset = std::min(handle.width(), handle.height()) * 0.22;
        const bool held =
            has(option, State_Sunken) || (has(option, State_MouseOver) && has(option, State_Enabled));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(m_theme.color(held ? "textSecondary" : "border"));
        const QRectF inside = handle.adjusted(inset, inset, -inset, -inset);
        const double round = std::min(inside.width(), inside.height()) / 2;
        painter->drawRoundedRect(inside, round, round);
    }
    painter->restore();
}

QRect NaruStyle::scrollBarRect(const QStyleOptionSlider &bar, SubControl part) const
{
    const QRect all = bar.rect;
    const bool across = bar.orientation == Qt::Horizontal;
    const int length = across ? all.width() : all.height();
    const int range = bar.maximum - bar.minimum;
    int handle = length;
    if (range > 0) {
        const double share = double(std::max(1, bar.pageStep)) / (double(range) + std::max(1, bar.pageStep));
        handle = std::min(length, std::max(int(length * share), m_theme.unit(6)));
    }
    const int at = sliderPositionFromValue(
        bar.minimum, bar.maximum, bar.sliderPosition, length - handle, bar.upsideDown);
    const auto piece = [&](int from, int size) {
        return across ? QRect(all.left() + from, all.top(), size, all.height())
                      : QRect(all.left(), all.top() + from, all.width(), size);
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return all;
    case SC_ScrollBarSlider:
        return piece(at, handle);
    case SC_ScrollBarSubPage:
        return piece(0, at);
    case SC_ScrollBarAddPage:
        return piece(at + handle, length - at - handle);
    default:
        return {}; // no arrows
    }
}

void NaruStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand:
        drawButton(option, painter, widget);
        return;
    case PE_PanelButtonTool:
        if (has(option, State_MouseOver) || has(option, State_Sunken) || has(option, State_On)
            || has(option, State_HasFocus))
            drawButton(option, painter, widget);
        return;
    case PE_FrameDefaultButton:
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth <= 0) {
            painter->fillRect(option->rect, option->palette.brush(QPalette::Base));
            return;
        }
        drawField(option, painter, has(option, State_HasFocus));
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView *>(widget)) {
            painter->save();
            painter->setPen(QPen(m_theme.color("focus"), 2));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(option->rect.adjusted(1, 1, -1, -1));
            painter->restore();
        } else if (!qobject_cast<const QPushButton *>(widget)) {
            ring(option->rect, painter);
        }
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawMark(option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        drawMark(option, painter, true);
        return;
    case PE_IndicatorTabClose: {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (has(option, State_MouseOver) || has(option, State_Sunken)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(blend(m_theme.color("window"), m_theme.color("text"), 0.12));
            painter->drawRoundedRect(option->rect, 3, 3);
        }
        painter->setPen(
            QPen(m_theme.color("textSecondary"), 1.5 * m_theme.zoom(), Qt::SolidLine, Qt::RoundCap));
        const double inset = option->rect.width() * 0.3;
        const QRectF cross = QRectF(option->rect).adjusted(inset, inset, -inset, -inset);
        painter->drawLine(cross.topLeft(), cross.bottomRight());
        painter->drawLine(cross.topRight(), cross.bottomLeft());
        painter->restore();
        return;
    }
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            m_theme.color("divider"));
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
        drawChevron(option->rect, m_theme.color(has(option, State_Enabled) ? "text" : "textDisabled"),
            painter, element == PE_IndicatorArrowUp);
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            drawChevron(option->rect, m_theme.color("textSecondary"), painter,
                header->sortIndicator == QStyleOptionHeader::SortUp);
        return;
    case PE_Frame:
    case PE_FrameTabWidget:
    case PE_FrameMenu: {
        const bool focused = has(option, State_HasFocus) && qobject_cast<const QAbstractScrollArea *>(widget);
        if (qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)) {
            drawField(option, painter, has(option, State_HasFocus));
            return;
        }
        painter->save();
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(m_theme.color(focused             ? "focus"
                                     : element == PE_FrameMenu ? "border"
                                                               : "divider"),
            1));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void NaruStyle::drawControl(
    ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    switch (element) {
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy(*button);
            const QString look = lookOf(widget);
            const bool on = has(option, State_On);
            if (has(option, State_Enabled)) {
                copy.palette.setColor(QPalette::ButtonText,
                    m_theme.color(look == QLatin1String("primary") ? "onAccent"
                            : look == QLatin1String("banner")      ? "onBanner"
                            : on                                   ? "onSelection"
                            : look == QLatin1String("danger")      ? "error"
                                                                   : "text"));
            }
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_TabBarTabShape:
        drawTab(option, painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        drawHeader(option, painter);
        return;
    case CE_Splitter:
        painter->fillRect(option->rect, m_theme.color("window"));
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void NaruStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    if (control == CC_ComboBox) {
        const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (combo && !combo->editable) {
            drawField(option, painter, has(option, State_HasFocus));
            const QRect arrow = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
            drawChevron(arrow, m_theme.color(has(option, State_Enabled) ? "text" : "textDisabled"), painter);
            return;
        }
    }
    if (control == CC_ScrollBar) {
        drawScrollBar(option, painter, widget);
        return;
    }
    if (control == CC_SpinBox) {
        drawField(option, painter, has(option, State_HasFocus));
        const QColor ink = m_theme.color(has(option, State_Enabled) ? "text" : "textDisabled");
        drawChevron(proxy()->subControlRect(control, option, SC_SpinBoxUp, widget), ink, painter, true);
        drawChevron(proxy()->subControlRect(control, option, SC_SpinBoxDown, widget), ink, painter);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QSize NaruStyle::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    const int control = m_theme.controlHeight();
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const int icon = button && !button->icon.isNull() ? button->iconSize.width() + m_theme.unit() : 0;
        const int text = button ? button->fontMetrics.size(Qt::TextShowMnemonic, button->text).width() : 0;
        const bool quiet =
            lookOf(widget) == QLatin1String("quiet") || lookOf(widget) == QLatin1String("banner");
        const int wide = text + icon + m_theme.unit(quiet ? 3 : 5);
        // Words inside the banner stand in its line; a second line of them must not cost a button's height.
        if (lookOf(widget) == QLatin1String("banner") && button)
            return {wide, m_theme.unit(4.8)};
        return {
            std::max(wide, quiet || text == 0 ? wide : m_theme.unit(14)), std::max(control, result.height())};
    }
    case CT_ComboBox:
        return {result.width() + m_theme.unit(2), std::max(control, result.height())};
    case CT_LineEdit:
    case CT_SpinBox:
        return {result.width(), std::max(control, result.height())};
    case CT_TabBarTab:
        return {result.width() + m_theme.unit(2), std::max(m_theme.unit(7), result.height())};
    case CT_HeaderSection:
        return {result.width() + m_theme.unit(), std::max(control, result.height())};
    case CT_MenuItem:
        return {result.width() + m_theme.unit(2),
            std::max(
                result.height(), result.height() <= m_theme.unit(2) ? result.height() : m_theme.unit(6))};
    case CT_MenuBarItem:
        return {result.width() + m_theme.unit(2), std::max(m_theme.unit(6), result.height())};
    default:
        return result;
    }
}

int NaruStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return m_theme.unit(3);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return m_theme.unit(2);
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return m_theme.unit(3.6);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return m_theme.unit(1.5);
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ListViewIconSize:
        return qRound(16 * m_theme.zoom());
    case PM_ToolBarIconSize:
        return qRound(20 * m_theme.zoom());
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return m_theme.unit(3.6);
    case PM_ScrollBarExtent:
        return m_theme.unit(3);
    case PM_HeaderMarkSize:
        return m_theme.unit(2.5);
    case PM_HeaderMargin:
        return m_theme.unit(1.5);
    case PM_SplitterWidth:
        return m_theme.unit(2);
    case PM_TabBarTabHSpace:
        return m_theme.unit(6);
    case PM_TabBarTabVSpace:
        return m_theme.unit(2);
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_MenuPanelWidth:
        return 1;
    case PM_FocusFrameHMargin:
        return m_theme.unit(1.5);
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int NaruStyle::styleHint(
    StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_Widget_Animation_Duration:
    case SH_Menu_SubMenuPopupDelay:
        return 0;
    case SH_Menu_FlashTriggeredItem:
    case SH_Menu_FadeOutOnHide:
    case SH_ComboBox_Popup:
    case SH_ScrollBar_Transient:
    case SH_Splitter_OpaqueResize:
        return hint == SH_Splitter_OpaqueResize ? 1 : 0;
    case SH_TabBar_ElideMode:
        return Qt::ElideMiddle;
    case SH_Table_GridLineColor:
        return int(m_theme.color("divider").rgba());
    case SH_MenuBar_AltKeyNavigation:
    case SH_ItemView_ShowDecorationSelected:
    case SH_UnderlineShortcut:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QRect NaruStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_LineEditContents)
        rect.adjust(m_theme.unit(), 0, -m_theme.unit(), 0);
    return rect;
}

QRect NaruStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option,
    SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ComboBox) {
        const QRect box = option->rect;
        const int arrow = m_theme.unit(5);
        if (subControl == SC_ComboBoxArrow)
            return visualRect(
                option->direction, box, QRect(box.right() - arrow, box.top(), arrow, box.height()));
        if (subControl == SC_ComboBoxEditField)
            return visualRect(option->direction, box,
                QRect(box.left() + m_theme.unit(1.5), box.top(), box.width() - arrow - m_theme.unit(1.5),
                    box.height()));
    }
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return visualRect(option->direction, option->rect, scrollBarRect(*bar, subControl));
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

} // namespace naru::ui
