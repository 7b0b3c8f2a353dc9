// Fusion with flat surfaces, one radius, a visible focus ring and no motion. Everything is drawn from the
// theme's tokens; a widget asks for a look by a dynamic property: "naruLook" = "primary" | "quiet" | "danger"
// | "banner" on buttons.
#pragma once

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
    void drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const;
    void drawField(const QStyleOption *option, QPainter *painter, bool focused) const;
    void drawMark(const QStyleOption *option, QPainter *painter, bool round) const;
    void drawTab(const QStyleOption *option, QPainter *painter) const;
    void drawScrollBar(const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const;
    QRect scrollBarRect(const QStyleOptionSlider &bar, SubControl part) const;
    void drawHeader(const QStyleOption *option, QPainter *painter) const;
    void drawChevron(const QRectF &where, const QColor &color, QPainter *painter, bool up = false) const;
    void ring(const QRectF &rect, QPainter *painter, const char *token = "focus") const;

    const Theme &m_theme;
};

// Marks a button: the style draws "primary" filled with the accent, "quiet" without a frame.
void setLook(QWidget *button, const char *look);

} // namespace naru::ui
