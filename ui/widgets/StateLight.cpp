#include "ui/widgets/StateLight.h"

#include "ui/shell/Theme.h"

#include <QPainter>

namespace naru::ui {

StateLight::StateLight(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_language(language)
{
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void StateLight::setState(const QString &group, const QString &key, const QString &suffix)
{
    m_word = text::word(group, key, m_language);
    m_suffix = suffix;
    setAccessibleName(text());
    updateGeometry();
    update();
}

QString StateLight::text() const
{
    return m_suffix.isEmpty() ? m_word.text() : m_word.text() + QLatin1Char(' ') + m_suffix;
}

QSize StateLight::sizeHint() const
{
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + m_theme.unit(), metrics.height()};
}

void StateLight::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_theme.color(m_word.role.isEmpty() ? QStringLiteral("text") : m_word.role));
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft, m_word.text());
    if (!m_suffix.isEmpty()) {
        const int shift = QFontMetrics(font()).horizontalAdvance(m_word.text() + QLatin1Char(' '));
        painter.setPen(m_theme.color("textSecondary"));
        painter.drawText(rect().adjusted(shift, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_suffix);
    }
}

} // namespace naru::ui
