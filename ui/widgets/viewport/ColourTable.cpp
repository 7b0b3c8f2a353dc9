#include "ui/widgets/viewport/ColourTable.h"

#include "ui/widgets/viewport/coloursTable.h"

#include <QStringList>
#include <algorithm>
#include <cmath>

namespace naru::ui {

namespace {

struct Point {
    double at = 0;
    QColor colour{};
};

std::array<QRgb, 256> between(const std::vector<Point> &points)
{
    std::array<QRgb, 256> out{};
    for (int i = 0; i < 256; ++i) {
        const double at = i / 255.0;
        std::size_t next = 1;
        while (next + 1 < points.size() && points[next].at < at)
            ++next;
        const Point &low = points[next - 1], &high = points[next];
        const double part = high.at > low.at ? std::clamp((at - low.at) / (high.at - low.at), 0.0, 1.0) : 1.0;
        const auto mix = [part](int a, int b) { return int(std::lround(a + (b - a) * part)); };
        out[std::size_t(i)] = qRgb(mix(low.colour.red(), high.colour.red()),
            mix(low.colour.green(), high.colour.green()), mix(low.colour.blue(), high.colour.blue()));
    }
    return out;
}

std::vector<ColourTable> readRows()
{
    std::vector<ColourTable> all;
    const QString text = QString::fromUtf8(
        widgets::viewport::tables::colours.data(), qsizetype(widgets::viewport::tables::colours.size()));
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        const QStringList cells = line.split(QLatin1Char('\t'));
        if (line.startsWith(QLatin1Char('#')) || cells.size() < 4 || cells.first() == QLatin1String("name"))
            continue;
        std::vector<Point> points;
        for (const QString &point : cells.at(3).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            const qsizetype colon = point.indexOf(QLatin1Char(':'));
            points.push_back({point.left(colon).toDouble(), QColor(point.mid(colon + 1))});
        }
        if (points.size() >= 2)
            all.push_back({cells.at(0), cells.at(1), cells.at(2), between(points)});
    }
    return all;
}

} // namespace

const std::vector<ColourTable> &ColourTable::all()
{
    static const std::vector<ColourTable> rows = readRows();
    return rows;
}

const ColourTable &ColourTable::of(const QString &name)
{
    const auto &rows = all();
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&](const ColourTable &row) { return row.name == name; });
    return found == rows.end() ? rows.front() : *found;
}

} // namespace naru::ui
