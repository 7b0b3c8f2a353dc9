// How the surfaces of a control look, drawn from the theme's tokens. Which control wants which is
// NaruStyle's.
#pragma once

#include <QColor>

class QPainter;
class QRect;
class QRectF;
class QString;
class QStyleOption;

namespace naru::ui {

class Theme;

class StylePaint {
public:
    explicit StylePaint(const Theme &theme)
        : m_theme(theme)
    {
    }

    // `look` as in NaruStyle.h; empty: an ordinary button.
    void button(const QStyleOption *option, QPainter *painter, const QString &look) const;
    void field(const QStyleOption *option, QPainter *painter, bool focused) const;
    void mark(
        const QStyleOption *option, QPainter *painter, bool round) const; // of a check box or radio button
    void tab(const QStyleOption *option, QPainter *painter) const;
    void closeMark(const QStyleOption *option, QPainter *painter) const;
    void header(const QStyleOption *option, QPainter *painter) const;
    // `slider` null: there is nothing to scroll.
    void scrollBar(const QStyleOption *option, const QRect &slider, QPainter *painter) const;
    void chevron(const QRectF &where, const QColor &color, QPainter *painter, bool up = false) const;
    void ring(const QRectF &rect, QPainter *painter, const char *token = "focus") const;
    void rowRing(const QRect &rect, QPainter *painter) const; // square, inside a list

private:
    const Theme &m_theme;
};

} // namespace naru::ui
