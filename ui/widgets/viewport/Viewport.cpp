#include "ui/widgets/viewport/Viewport.h"

#include "core/imaging/render/Render.h"
#include "core/imaging/series/Geometry.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/SimpleTools.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace naru::ui {

Viewport::Viewport(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_language(language)
    , m_pan(std::make_unique<PanTool>())
    , m_zoom(std::make_unique<ZoomTool>())
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_InputMethodEnabled, false);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setMinimumSize(64, 64);
    setContextMenuPolicy(Qt::PreventContextMenu); // the page has a key and a click for its menu
    connect(&theme, &Theme::changed, this, [this] { update(); });
    sayName();
}

Viewport::~Viewport()
{
    if (m_provider)
        m_provider->leave(this);
}

void Viewport::setProvider(ImageProvider *provider)
{
    if (m_provider == provider)
        return;
    if (m_provider) {
        m_provider->leave(this);
        m_provider->disconnect(this);
    }
    m_provider = provider;
    m_appearance = {};
    m_rangeWindow.reset();
    m_painted.clear();
    m_transform.reset();
    m_transform.setSide(0);
    m_image = {};
    m_index = provider ? std::clamp(provider->first(), 0, std::max(0, provider->count() - 1)) : 0;
    if (provider) {
        connect(provider, &ImageProvider::imageChanged, this, [this](int index) {
            if (index == m_index)
                take(false);
            else
                update(arrivedArea());
        });
        connect(provider, &ImageProvider::countChanged, this, [this] {
            setIndex(m_index);
            sayName();
            update();
        });
        provider->lookAt(this, m_index, 0);
    }
    take(true);
}

void Viewport::setIndex(int index)
{
    if (!m_provider || m_provider->count() == 0)
        return;
    index = std::clamp(index, 0, m_provider->count() - 1);
    const int direction = index > m_index ? 1 : index < m_index ? -1 : 0;
    if (direction == 0 && m_image.state != ShownImage::State::Nothing)
        return;
    m_index = index;
    m_provider->lookAt(this, index, direction);
    take(true);
    Q_EMIT indexChanged(index);
}

// The image before stays until the next one is there only while it is the same; otherwise the view says that
// it loads: a wrong slice under a right number is worse than none.
void Viewport::take(bool another)
{
    m_image = m_provider && m_provider->count() > 0 ? m_provider->image(m_index) : ShownImage();
    if (m_image.facts) {
        const bool ready = m_image.isReady();
        const QSize size = ready ? QSize(m_image.pixels.shape.columns, m_image.pixels.shape.rows)
                                 : QSize(m_image.facts->columns, m_image.facts->rows);
        m_transform.setImage(size, imaging::pixelAspect(*m_image.facts, m_image.frame));
        const imaging::FrameFacts &facts = m_image.facts->frame(m_image.frame);
        if (ready && !m_rangeWindow && facts.windows.empty() && m_image.facts->voiLuts.empty()
            && m_image.pixels.shape.samples == 1)
            m_rangeWindow = imaging::defaultWindow(m_image.pixels, *m_image.facts, m_image.frame);
    }
    update();
    if (another)
        sayName();
    else
        sayState();
    Q_EMIT imageShown();
}

void Viewport::setTransform(const ViewTransform &transform)
{
    if (transform == m_transform)
        return;
    m_transform = transform;
    sayState();
    update();
    Q_EMIT transformChanged();
}

void Viewport::setAppearance(const Appearance &appearance)
{
    if (appearance == m_appearance)
        return;
    m_appearance = appearance;
    sayState();
    update();
    Q_EMIT appearanceChanged();
}

imaging::Window Viewport::window() const
{
    if (m_appearance.window)
        return *m_appearance.window;
    if (!m_image.isReady())
        return m_rangeWindow.value_or(imaging::Window());
    const auto &windows = m_image.frameFacts().windows;
    const int chosen = m_appearance.windowIndex.value_or(0);
    if (chosen >= 0 && std::size_t(chosen) < windows.size())
        return windows[std::size_t(chosen)];
    if (m_rangeWindow)
        return *m_rangeWindow;
    return imaging::defaultWindow(m_image.pixels, *m_image.facts, m_image.frame);
}

// A drag across 200 points doubles the width, whatever the unit.
void Viewport::changeWindow(double wider, double higher)
{
    if (!m_image.isReady() || m_image.pixels.shape.samples != 1)
        return;
    imaging::Window now = window();
    if (!(now.width > 0))
        now.width = 1;
    const double perPoint = now.width / 200;
    const bool whole = now.width >= 50; // HU and the like have no halves
    now.width =
        std::clamp(now.width + wider * std::max(perPoint, whole ? 0.5 : 0.0), whole ? 1.0 : 1e-6, 1e9);
    now.centre += higher * perPoint;
    now.explanation.clear();
    Appearance next = m_appearance;
    next.window = now;
    next.windowIndex.reset();
    setAppearance(next);
}

void Viewport::resetView()
{
    ViewTransform transform = m_transform;
    transform.reset();
    setTransform(transform);
    setAppearance({});
}

void Viewport::setTool(ViewTool *tool)
{
    m_tool = tool;
    setCursor(tool ? tool->cursor() : Qt::ArrowCursor);
}

void Viewport::setActive(bool active)
{
    if (m_active != active) {
        m_active = active;
        update();
    }
}

void Viewport::setCaption(const QString &caption)
{
    if (m_caption == caption)
        return;
    m_caption = caption;
    sayName();
    update();
}

void Viewport::setEmptyText(const QString &text)
{
    m_emptyText = text;
    sayState();
    update();
}

void Viewport::setMarks(const QString &marks)
{
    if (m_marks != marks) {
        m_marks = marks;
        sayState();
        update();
    }
}

void Viewport::setAlarm(const QString &alarm)
{
    if (m_alarm != alarm) {
        m_alarm = alarm;
        sayName();
        update();
    }
}

void Viewport::setMagnifier(bool on)
{
    m_magnifier = on;
    update();
}

QString Viewport::stateText() const
{
    if (!m_provider || m_provider->count() == 0)
        return {};
    QStringList parts{QStringLiteral("I %1/%2").arg(m_index + 1).arg(m_provider->count())};
    if (m_image.isReady()) {
        if (m_image.pixels.shape.samples == 1
            && m_image.facts->photometric != QLatin1String("PALETTE COLOR")) {
            const imaging::Window now = window();
            const int digits = now.width < 10 ? 2 : 0;
            parts
                << QStringLiteral("W %1 L %2").arg(now.width, 0, 'f', digits).arg(now.centre, 0, 'f', digits);
        }
        if (!m_onPaper)
            parts << QStringLiteral("%1 %").arg(std::lround(m_transform.zoom() * 100));
    }
    return parts.join(QStringLiteral("   "));
}

QString Viewport::placeText() const
{
    QStringList words{slicePlace()};
    if (m_image.facts)
        words << imaging::armAngles(m_image.frameFacts());
    words.removeAll(QString());
    return words.join(QStringLiteral(", "));
}

// In the direction in which slices follow each other: towards the left, the back, the head.
QString Viewport::slicePlace() const
{
    if (!m_image.facts)
        return {};
    const double thickness = m_image.frameFacts().sliceThickness;
    const auto plane = imaging::planeOf(*m_image.facts, m_image.frame);
    if (!plane)
        return thickness > 0 ? tr("Thickness %1 mm").arg(thickness) : QString();
    imaging::Vector3 normal = imaging::cross(plane->right, plane->down).unit();
    const std::array<double, 3> n = normal.array();
    const auto most =
        std::max_element(n.begin(), n.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
    if (*most < 0)
        normal = -normal;
    const QString where = QString::number(imaging::dot(plane->origin, normal), 'f', 1);
    return thickness > 0 ? tr("Position %1, thickness %2 mm").arg(where).arg(thickness)
                         : tr("Position %1 mm").arg(where);
}

double Viewport::millimetresPerPoint() const
{
    if (!m_image.facts)
        return 0;
    const QTransform toImage = m_transform.toImage();
    const QPointF centre = QRectF(rect()).center(), middle = toImage.map(centre);
    const QPointF across = toImage.map(centre + QPointF(1, 0)) - middle;
    const std::array<QPointF, 1> here{middle};
    const imaging::Calibration calibration =
        imaging::calibrationFor(*m_image.facts, m_image.frame, here, ownCalibration());
    const double length = std::hypot(across.x() * calibration.mmX, across.y() * calibration.mmY);
    return calibration.isLength() && std::isfinite(length) ? length : 0;
}

QString Viewport::pointedText() const
{
    if (!m_image.isReady() || m_image.pixels.shape.samples != 1 || !rect().contains(m_mouse.toPoint())
        || m_image.facts->photometric == QLatin1String("PALETTE COLOR"))
        return {};
    const QPointF at = m_transform.unmap(m_mouse);
    const imaging::Probe probe = imaging::probe(
        m_image.pixels, *m_image.facts, m_image.frame, int(std::floor(at.y())), int(std::floor(at.x())));
    if (!std::isfinite(probe.value))
        return {};
    const int digits = probe.value == std::floor(probe.value) ? 0 : 2;
    return QStringLiteral("%1 %2").arg(probe.value, 0, 'f', digits).arg(probe.unit).trimmed();
}

// A screen reader hears which image this is; the picture itself cannot be said.
void Viewport::sayName()
{
    const QString what = m_provider && m_provider->count() > 0 ? m_provider->title() : QString();
    QString name = what.isEmpty() ? tr("Image view, empty") : tr("Image view: %1").arg(what);
    if (!m_caption.isEmpty())
        name += QStringLiteral(", ") + m_caption;
    if (!m_alarm.isEmpty())
        name += QStringLiteral(", ") + m_alarm;
    setAccessibleName(name);
    sayState();
}

void Viewport::sayState()
{
    QStringList said{stateText()};
    if (m_image.state == ShownImage::State::Nothing)
        said << m_emptyText;
    else if (m_image.state == ShownImage::State::Broken)
        said << tr("Image %1 cannot be shown").arg(m_index + 1);
    said << m_marks;
    said.removeAll(QString());
    setAccessibleDescription(said.join(QStringLiteral(", ")));
}

bool Viewport::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_wantsKey) {
        auto *key = static_cast<QKeyEvent *>(event);
        if (m_wantsKey(key->key() | int(key->modifiers()))) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

ViewTool *Viewport::toolFor(Qt::MouseButton button)
{
    return button == Qt::LeftButton  ? m_tool
        : button == Qt::MiddleButton ? m_pan.get()
        : button == Qt::RightButton  ? m_zoom.get()
                                     : nullptr;
}

void Viewport::mousePressEvent(QMouseEvent *event)
{
    setFocus(Qt::MouseFocusReason);
    Q_EMIT activated();
    m_last = m_pressed = event->position();
    m_onBar = event->button() == Qt::LeftButton && dragStackBar(m_last);
    if (m_onBar)
        return;
    m_dragging = toolFor(event->button());
    if (m_dragging)
        m_dragging->press(*this, m_last, event->modifiers());
}

void Viewport::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF at = event->position(), delta = at - m_last;
    m_mouse = at;
    if (m_onBar && event->buttons()) {
        const QRectF bar = stackBar();
        dragStackBar(QPointF(bar.center().x(), std::clamp(at.y(), bar.top(), bar.bottom())));
        return;
    }
    m_last = at;
    if (event->buttons() && m_dragging)
        m_dragging->drag(*this, at, delta);
    else if (m_tool)
        m_tool->hover(*this, at);
    Q_EMIT pointed(m_transform.unmap(at));
    if (m_magnifier)
        update();
    else
        updatePointed();
}

// The line at the bottom alone: moving the mouse must not paint a mammogram again.
void Viewport::updatePointed()
{
    const int lines = 5 * fontMetrics().height() + m_theme.unit(4);
    update(QRect(0, height() - lines, width() / 2, lines));
}

void Viewport::mouseReleaseEvent(QMouseEvent *event)
{
    m_onBar = false;
    if (m_dragging && !event->buttons())
        std::exchange(m_dragging, nullptr)->release(*this, event->position());
    const double moved = QLineF(m_pressed, event->position()).length();
    if (event->button() == Qt::RightButton && moved < QApplication::startDragDistance())
        Q_EMIT menuWanted(event->globalPosition().toPoint());
}

void Viewport::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || stackBar().contains(event->position()))
        return;
    if (!m_tool || !m_tool->doubleClick(*this, event->position()))
        Q_EMIT doubleClicked();
}

void Viewport::wheelEvent(QWheelEvent *event)
{
    Q_EMIT activated();
    const double notches = event->angleDelta().y() / 120.0;
    if (event->modifiers() & Qt::ControlModifier) {
        ViewTransform transform = m_transform;
        transform.zoomAt(event->position(), std::pow(1.15, notches));
        setTransform(transform);
        event->accept();
        return;
    }
    m_wheelRest += notches;
    const int whole = int(m_wheelRest);
    m_wheelRest -= whole;
    if (whole != 0)
        step(-whole);
    event->accept();
}

void Viewport::leaveEvent(QEvent *)
{
    m_mouse = {-1, -1};
    Q_EMIT pointed(QPointF(std::numeric_limits<double>::quiet_NaN(), 0));
    if (m_magnifier)
        update();
    else
        updatePointed();
}

void Viewport::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    Q_EMIT activated();
    update();
}

QRectF Viewport::stackBar() const
{
    const double width = m_theme.unit(1.6);
    return {QWidget::width() - width, 0, width, double(height())};
}

// Where an image that has arrived, but is not this one, shows: the bar, and how many there are.
QRegion Viewport::arrivedArea() const
{
    const int lines = 3 + int(m_marks.count(QLatin1Char('\n')));
    const QRect words(
        width() / 2, 0, width() - width() / 2, lines * fontMetrics().height() + m_theme.unit(4));
    return QRegion(stackBar().toAlignedRect()) + words;
}

bool Viewport::dragStackBar(const QPointF &at)
{
    const QRectF bar = stackBar();
    const int count = m_provider ? m_provider->count() : 0;
    if (count < 2 || !bar.contains(at))
        return false;
    setIndex(int((at.y() - bar.top()) / std::max(1.0, bar.height()) * count));
    return true;
}

} // namespace naru::ui
