#include "ui/pages/imaging/WaveformView.h"

#include "ui/shell/Theme.h"

#include <QPaintEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace naru::ui {

namespace {
constexpr double PaperSpeed = 25, Gain = 10, RowHeight = 25; // mm a second, mm a millivolt, mm a channel
constexpr double MostSeconds = 600; // of one sheet
constexpr int Inch = 96; // points, as Qt takes them
const QColor Paper(255, 250, 250), FineLine(248, 214, 214), BoldLine(236, 168, 168), Ink(20, 20, 30);

double millivolts(const QString &unit)
{
    return unit == QLatin1String("uV") ? 0.001
        : unit == QLatin1String("mV")  ? 1
        : unit == QLatin1String("V")   ? 1000
                                       : 0;
}
} // namespace

WaveformView::WaveformView(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("imaging.waveform"));
    setAccessibleName(tr("Recording"));
    connect(&theme, &Theme::changed, this, [this] {
        resize(sizeHint());
        update();
    });
}

double WaveformView::millimetre() const
{
    return Inch / 25.4 * m_theme.zoom();
}

void WaveformView::setGroups(std::vector<imaging::WaveformGroup> groups)
{
    m_groups = std::move(groups);
    arrange();
    QStringList names;
    for (const Row &row : m_rows)
        names.append(row.channel->label + QStringLiteral(" (") + row.scale + QLatin1Char(')'));
    setAccessibleDescription(names.join(QStringLiteral(", ")));
    resize(sizeHint());
    update();
}

void WaveformView::arrange()
{
    m_rows.clear();
    double top = 0;
    for (const imaging::WaveformGroup &group : m_groups) {
        for (const imaging::WaveformChannel &channel : group.channels) {
            Row row{&group, &channel, top, Gain, 0, {}};
            const double factor = millivolts(channel.unit.value);
            if (factor > 0) {
                row.millimetresPerUnit = Gain * factor;
                row.scale = tr("10 mm/mV");
            } else {
                double low = 0, high = 0;
                for (const float value : channel.values) {
                    if (std::isfinite(value)) {
                        low = std::min(low, double(value));
                        high = std::max(high, double(value));
                    }
                }
                row.middle = (low + high) / 2;
                row.millimetresPerUnit = high > low ? RowHeight * 0.8 / (high - low) : 1;
                row.scale = QStringLiteral("%1 ~ %2 %3").arg(low).arg(high).arg(channel.unit.value);
            }
            m_rows.push_back(row);
            top += RowHeight;
        }
    }
}

QSize WaveformView::sizeHint() const
{
    double seconds = 1;
    for (const imaging::WaveformGroup &group : m_groups)
        seconds = std::max(seconds, group.seconds());
    const double width = std::min(seconds, MostSeconds) * PaperSpeed + 10;
    return {int(std::ceil(width * millimetre())),
        int(std::ceil(double(std::max<std::size_t>(1, m_rows.size())) * RowHeight * millimetre()))};
}

double WaveformView::yOf(const Row &row, double value) const
{
    constexpr double Far = 1e6; // beyond any sheet; a painter counts in smaller numbers than a device may
    return std::clamp(
        (row.top + RowHeight / 2 - (value - row.middle) * row.millimetresPerUnit) * millimetre(), -Far, Far);
}

QPointF WaveformView::pointOf(int group, int channel, int sample) const
{
    const imaging::WaveformGroup &all = m_groups.at(std::size_t(group));
    const imaging::WaveformChannel &one = all.channels.at(std::size_t(channel));
    const auto row =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &r) { return r.channel == &one; });
    const double seconds = sample / all.frequency + one.skew;
    return {seconds * PaperSpeed * millimetre(), yOf(*row, double(one.values.at(std::size_t(sample))))};
}

void WaveformView::paintPaper(QPainter &painter, const QRect &part) const
{
    painter.fillRect(part, Paper);
    const double mm = millimetre();
    const int first = int(part.left() / mm), last = int(part.right() / mm) + 1;
    const int top = int(part.top() / mm), bottom = int(part.bottom() / mm) + 1;
    for (const bool bold : {false, true}) {
        painter.setPen(QPen(bold ? BoldLine : FineLine, 0));
        for (int x = first; x <= last; ++x) {
            if ((x % 5 == 0) == bold)
                painter.drawLine(QPointF(x * mm, part.top()), QPointF(x * mm, part.bottom()));
        }
        for (int y = top; y <= bottom; ++y) {
            if ((y % 5 == 0) == bold)
                painter.drawLine(QPointF(part.left(), y * mm), QPointF(part.right(), y * mm));
        }
    }
}

// Of long recordings only what is in sight; a gap where the device had no value.
void WaveformView::paintRow(QPainter &painter, const Row &row, const QRect &part) const
{
    const double mm = millimetre(), step = PaperSpeed * mm / std::max(1e-6, row.group->frequency);
    const float *values = row.channel->values.data();
    const std::size_t count = row.channel->values.size();
    const double shift = row.channel->skew * PaperSpeed * mm;
    const auto sampleAt = [&](double x) { // near this place, inside the recording
        const double at = (x - shift) / step;
        return at > 0 ? std::size_t(std::min(at, double(count))) : 0;
    };
    const std::size_t to = std::min(count, sampleAt(part.right()) + 3);
    std::size_t from = sampleAt(part.left());
    from -= std::min<std::size_t>(from, 1);
    // Where very many samples share a point of the screen, the lowest and the highest say as much as all.
    constexpr double InAPoint = 4;
    const auto together = std::size_t(std::clamp(1 / (step * InAPoint), 1.0, 1e9));
    QPainterPath path;
    bool down = false;
    const auto draw = [&](std::size_t i) {
        const QPointF point(double(i) * step + shift, yOf(row, double(values[i])));
        down ? path.lineTo(point) : path.moveTo(point);
        down = true;
    };
    for (std::size_t i = from; i < to; i += together) {
        std::size_t low = i, high = i;
        for (std::size_t k = i; k < std::min(to, i + together); ++k) {
            low = values[k] < values[low] || !std::isfinite(values[low]) ? k : low;
            high = values[k] > values[high] || !std::isfinite(values[high]) ? k : high;
        }
        if (!std::isfinite(values[low]) || !std::isfinite(values[high])) {
            down = false;
            continue;
        }
        draw(std::min(low, high));
        if (low != high)
            draw(std::max(low, high));
    }
    painter.setPen(QPen(Ink, 1.2));
    painter.drawPath(path);
    painter.setFont(m_theme.font(Theme::Face::BodyBold));
    painter.drawText(
        QPointF(mm, (row.top + 5) * mm), row.channel->label + QStringLiteral("   25 mm/s  ") + row.scale);
}

void WaveformView::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    paintPaper(painter, event->rect());
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Row &row : m_rows) {
        const double mm = millimetre();
        // A deflection may leave its strip by half a strip.
        const QRectF strip(0, (row.top - RowHeight / 2) * mm, width(), RowHeight * 2 * mm);
        if (strip.intersects(event->rect()))
            paintRow(painter, row, event->rect());
    }
}

} // namespace naru::ui
