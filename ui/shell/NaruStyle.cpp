#include "ui/shell/NaruStyle.h"

#include "ui/shell/Theme.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
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

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

} // namespace

NaruStyle::NaruStyle(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("fusion")))
    , m_theme(theme)
    , m_paint(theme)
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
        m_paint.button(option, painter, lookOf(widget));
        return;
    case PE_PanelButtonTool:
        if (has(option, State_MouseOver) || has(option, State_Sunken) || has(option, State_On)
            || has(option, State_HasFocus))
            m_paint.button(option, painter, lookOf(widget));
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
        m_paint.field(option, painter, has(option, State_HasFocus));
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView *>(widget)) {
            m_paint.rowRing(option->rect, painter);
        } else if (!qobject_cast<const QPushButton *>(widget)) {
            m_paint.ring(option->rect, painter);
        }
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        m_paint.mark(option, painter, false);
        return;
    case PE_IndicatorRadioButton:
        m_paint.mark(option, painter, true);
        return;
    case PE_IndicatorTabClose:
        m_paint.closeMark(option, painter);
        return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
            m_theme.color("divider"));
        return;
    case PE_IndicatorArrowDown:
    case PE_IndicatorArrowUp:
        m_paint.chevron(option->rect, m_theme.color(has(option, State_Enabled) ? "text" : "textDisabled"),
            painter, element == PE_IndicatorArrowUp);
        return;
    case PE_IndicatorHeaderArrow:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option))
            m_paint.chevron(option->rect, m_theme.color("textSecondary"), painter,
                header->sortIndicator == QStyleOptionHeader::SortUp);
        return;
    case PE_Frame:
    case PE_FrameTabWidget:
    case PE_FrameMenu: {
        const bool focused = has(option, State_HasFocus) && qobject_cast<const QAbstractScrollArea *>(widget);
        if (qobject_cast<const QTextEdit *>(widget) || qobject_cast<const QPlainTextEdit *>(widget)) {
            m_paint.field(option, painter, has(option, State_HasFocus));
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
        m_paint.tab(option, painter);
        return;
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        m_paint.header(option, painter);
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
            m_paint.field(option, painter, has(option, State_HasFocus));
            const QRect arrow = proxy()->subControlRect(CC_ComboBox, option, SC_ComboBoxArrow, widget);
            m_paint.chevron(
                arrow, m_theme.color(has(option, State_Enabled) ? "text" : "textDisabled"), painter);
            return;
        }
    }
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        const bool scrolls = bar && bar->maximum > bar->minimum;
        m_paint.scrollBar(option,
            scrolls ? proxy()->subControlRect(control, option, SC_ScrollBarSlider, widget) : QRect(),
            painter);
        return;
    }
    if (control == CC_SpinBox) {
        m_paint.field(option, painter, has(option, State_HasFocus));
        const QColor ink = m_theme.color(has(option, State_Enabled) ? "text" : "textDisabled");
        m_paint.chevron(proxy()->subControlRect(control, option, SC_SpinBoxUp, widget), ink, painter, true);
        m_paint.chevron(proxy()->subControlRect(control, option, SC_SpinBoxDown, widget), ink, painter);
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
    case CT_SpinBox: // the base style counts its own small arrows
        return {result.width() + m_theme.unit(5), std::max(control, result.height())};
    case CT_LineEdit:
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

// The base style's buttons have one size in points of the screen, whatever the type.
QRect NaruStyle::spinBoxRect(const QRect &box, SubControl part) const
{
    const int arrows = m_theme.unit(4), half = box.height() / 2;
    if (part == SC_SpinBoxEditField)
        return box.adjusted(m_theme.unit(0.5), 1, -arrows, -1);
    const QRect up(box.right() + 1 - arrows, box.top(), arrows, half);
    if (part == SC_SpinBoxUp)
        return up;
    return part == SC_SpinBoxDown ? QRect(up.left(), up.bottom() + 1, arrows, box.height() - half) : QRect();
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
    if (control == CC_SpinBox && subControl != SC_SpinBoxFrame)
        return visualRect(option->direction, option->rect, spinBoxRect(option->rect, subControl));
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return visualRect(option->direction, option->rect, scrollBarRect(*bar, subControl));
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

} // namespace naru::ui
