#include "ui/shell/Toast.h"

#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace naru::ui {

namespace {

constexpr int SayMs = 6000, UndoMs = 10000;

} // namespace

Toast::Toast(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_label(new QLabel(this))
    , m_undo(new QPushButton(this))
{
    setObjectName(QStringLiteral("toast"));
    auto *row = new QHBoxLayout(this);
    row->addWidget(m_label, 1);
    row->addWidget(m_undo);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setObjectName(QStringLiteral("toast.text"));
    m_undo->setObjectName(QStringLiteral("toast.undo"));
    setLook(m_undo, "banner");
    m_undo->setFocusPolicy(
        Qt::NoFocus); // Ctrl+Z is its key; it must not take the focus from where somebody types
    m_undo->setAccessibleName(tr("Undo"));
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &QWidget::hide);
    connect(m_undo, &QPushButton::clicked, this, [this] { undo(); });
    hide();
}

void Toast::say(const QString &text, std::function<void()> undo, const QString &undoLabel)
{
    m_act = std::move(undo);
    m_label->setText(text);
    m_undo->setText(undoLabel.isEmpty() ? tr("Undo") : undoLabel);
    m_undo->setAccessibleName(m_undo->text());
    m_undo->setVisible(bool(m_act));
    QPalette colors = m_theme.palette();
    colors.setColor(QPalette::WindowText, m_theme.color("onBanner"));
    m_label->setPalette(colors);
    setAccessibleName(text);
    place();
    show();
    raise();
    m_timer.start(m_act ? UndoMs : SayMs);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

bool Toast::undo()
{
    if (isHidden() || !m_act)
        return false;
    const auto act = std::move(m_act);
    m_act = nullptr;
    hide();
    act();
    return true;
}

QString Toast::text() const
{
    return isHidden() ? QString() : m_label->text();
}

void Toast::place()
{
    QWidget *window = parentWidget();
    const int room = window->width() - m_theme.unit(16);
    layout()->setContentsMargins(m_theme.unit(4), m_theme.unit(2), m_theme.unit(3), m_theme.unit(2));
    const int button = m_act ? m_undo->sizeHint().width() + m_theme.unit(2) : 0;
    const int wanted = m_label->fontMetrics().horizontalAdvance(m_label->text()) + button + m_theme.unit(10);
    const int width = std::min(std::max(wanted, m_theme.unit(40)), room);
    const int height = std::max(layout()->heightForWidth(width), m_theme.unit(9));
    setGeometry((window->width() - width) / 2, window->height() - height - m_theme.unit(11), width, height);
}

void Toast::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color("border"), 1));
    painter.setBrush(m_theme.color("banner"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.unit(), m_theme.unit());
}

} // namespace naru::ui
