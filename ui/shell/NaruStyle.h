// Fusion with flat surfaces, one radius, a visible focus ring and no motion. Everything is drawn from the
// theme's tokens; a widget asks for a look by a dynamic property: "naruLook" = "primary" | "quiet" | "danger"
// | "banner" on buttons.
#pragma once

#include "ui/shell/StylePaint.h"

#include <QProxyStyle>

class QStyleOptionSlider;

namespace naru::ui {

class Theme;

class NaruStyle : public QProxyStyle {
    Q_OBJECT
public:
    explicit NaruStyle(const Theme &theme);

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
        const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
        const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
        QStyleHintReturn *returnData) const override;
    QRect subElementRect(
        SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl subControl,
        const QWidget *widget) const override;
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

private:
    QRect scrollBarRect(const QStyleOptionSlider &bar, SubControl part) const;
    QRect spinBoxRect(const QRect &box, SubControl part) const;

    const Theme &m_theme;
    StylePaint m_paint;
};

// Marks a button: the style draws "primary" filled with the accent, "quiet" without a frame.
void setLook(QWidget *button, const char *look);

} // namespace naru::ui
