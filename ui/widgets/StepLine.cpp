#include "ui/widgets/StepLine.h"

#include "ui/shell/Theme.h"

#include <QPainter>

namespace naru::ui {

StepLine::StepLine(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void StepLine::setSteps(const QList<LineStep> &steps)
{
    m_steps = steps;
    setAccessibleName(text());
    updateGeometry();
    update();
}

QString StepLine::text() const
{
    QStringList parts;
    for (const LineStep &step : m_steps)
        parts.append(QStringList{step.symbol, step.word, step.time}.join(QLatin1Char(' ')).trimmed());
    return parts.join(QStringLiteral(" → "));
}

QSize StepLine::sizeHint() const
{
    const int wide = std::max(width(), m_theme.unit(60));
    return {wide, heightForWidth(wide)};
}

int StepLine::arrange(int width, QPainter *painter) const
{
    const QFontMetrics bold(m_theme.font(Theme::Face::BodyBold)), body(m_theme.font(Theme::Face::Body));
    const int line = body.height() + m_theme.unit();
    const QString arrow = QStringLiteral(" → ");
    int x = 0, y = 0;
    for (int i = 0; i < m_steps.size(); ++i) {
        const LineStep &step = m_steps.at(i);
        const QString head = step.symbol + QLatin1Char(' ') + step.word;
        const QString tail = step.time.isEmpty() ? QString() : QLatin1Char(' ') + step.time;
        const QString link = i + 1 < m_steps.size() ? arrow : QString();
        const int wide = bold.horizontalAdvance(head) + body.horizontalAdvance(tail + link);
        if (x > 0 && x + wide > width) {
            x = 0;
            y += line;
        }
        if (painter) {
            painter->setFont(m_theme.font(Theme::Face::BodyBold));
            painter->setPen(m_theme.color(step.role));
            painter->drawText(x, y + body.ascent(), head);
            const int after = x + bold.horizontalAdvance(head);
            painter->setFont(m_theme.font(Theme::Face::Body));
            painter->setPen(m_theme.color("textSecondary"));
            painter->drawText(after, y + body.ascent(), tail + link);
        }
        x += wide;
    }
    return y + line;
}

void StepLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    arrange(width(), &painter);
}

} // namespace naru::ui
