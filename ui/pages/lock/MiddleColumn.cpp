#include "ui/pages/lock/MiddleColumn.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/Parts.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
constexpr double widest = 90; // units; longer lines are hard to read
constexpr int nearlyAll = 98; // of a hundred parts of a narrow window
} // namespace

MiddleColumn::MiddleColumn(Theme &theme, const QString &name, QWidget *page)
    : QScrollArea(page)
{
    setObjectName(name);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *inside = new QWidget;
    auto *upDown = new QVBoxLayout(inside);
    // Layouts alone hand on how high wrapped words become at the width they get; a widget placed by its
    // alignment is asked for the width of the whole page.
    auto *across = new QHBoxLayout;
    m_box = new QWidget(inside);
    m_column = new QVBoxLayout(m_box);
    followSpacing(theme, upDown, 0, 0);
    followSpacing(theme, m_column, 4, 3);
    across->addStretch(1);
    across->addWidget(m_box, nearlyAll);
    across->addStretch(1);
    upDown->addStretch();
    upDown->addLayout(across);
    upDown->addStretch();
    const auto width = [this, &theme] { m_box->setMaximumWidth(theme.unit(widest)); };
    width();
    connect(&theme, &Theme::changed, m_box, width);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (now && m_box->isAncestorOf(now))
            bringIntoView();
    });
    setWidget(inside);
}

void MiddleColumn::keepInView(QWidget *message)
{
    m_message = message;
    message->installEventFilter(this);
}

bool MiddleColumn::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_message && (event->type() == QEvent::Show || event->type() == QEvent::Resize))
        QTimer::singleShot(0, this, &MiddleColumn::bringIntoView); // once it has its place
    return QScrollArea::eventFilter(watched, event);
}

void MiddleColumn::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    QTimer::singleShot(0, this, &MiddleColumn::bringIntoView);
}

// The whole of it; Qt's own way shows no more of a field than its cursor.
void MiddleColumn::showWhole(const QWidget *part)
{
    const QRect place(part->mapTo(widget(), QPoint(0, 0)), part->size());
    const QPoint middle = place.center();
    ensureVisible(middle.x(), middle.y(), 0, std::min(place.height(), viewport()->height()) / 2 + 1);
}

// The field that takes the keys comes last: where both do not fit, it is the one to see.
void MiddleColumn::bringIntoView()
{
    if (m_message && m_message->isVisible())
        showWhole(m_message);
    if (const QWidget *focus = QApplication::focusWidget(); focus && m_box->isAncestorOf(focus))
        showWhole(focus);
}

} // namespace naru::ui
