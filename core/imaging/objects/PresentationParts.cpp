#include "core/imaging/objects/PresentationParts.h"
#include "core/imaging/objects/Attributes.h"

#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace naru::imaging {

namespace {
constexpr std::size_t MostPoints = 65535; // of Number of Graphic Points, US
constexpr int MostEntries = 65536;

bool isFinite(const GraphicPoint &point)
{
    constexpr double Most = 1e7;
    return std::isfinite(point.x) && std::isfinite(point.y) && std::abs(point.x) < Most
        && std::abs(point.y) < Most;
}
} // namespace

const std::vector<GraphicTypeRow> &graphicTypes()
{
    static const std::vector<GraphicTypeRow> rows{{GraphicType::Point, "POINT", 1, 1},
        {GraphicType::Polyline, "POLYLINE", 2, 0}, {GraphicType::Interpolated, "INTERPOLATED", 2, 0},
        {GraphicType::Circle, "CIRCLE", 2, 2}, {GraphicType::Ellipse, "ELLIPSE", 4, 4}};
    return rows;
}

const char *sizeModeName(DisplayedArea::Mode mode)
{
    static constexpr std::array names{"SCALE TO FIT", "TRUE SIZE", "MAGNIFY"};
    return names[std::size_t(mode)];
}

const char *voiFunctionName(VoiFunction function)
{
    static constexpr std::array names{"LINEAR", "LINEAR_EXACT", "SIGMOID"};
    return names[std::size_t(function)];
}

bool isDrawable(const GraphicObject &graphic)
{
    const auto row = std::find_if(graphicTypes().begin(), graphicTypes().end(),
        [&graphic](const GraphicTypeRow &one) { return one.type == graphic.type; });
    return row != graphicTypes().end() && graphic.points.size() >= std::size_t(row->least)
        && (row->most == 0 || graphic.points.size() <= std::size_t(row->most))
        && graphic.points.size() <= MostPoints
        && std::all_of(graphic.points.begin(), graphic.points.end(), isFinite);
}

bool isDrawable(const TextObject &text)
{
    const bool box = !text.box || (isFinite((*text.box)[0]) && isFinite((*text.box)[1]));
    return !text.text.isEmpty() && (text.box || text.anchor) && box
        && (!text.anchor || isFinite(*text.anchor));
}

bool isClosed(const GraphicObject &graphic)
{
    if (graphic.type == GraphicType::Circle || graphic.type == GraphicType::Ellipse)
        return true;
    return graphic.type != GraphicType::Point && graphic.points.size() > 2
        && graphic.points.front() == graphic.points.back();
}

std::vector<double> encodedLab(const std::array<double, 3> &lab)
{
    return {std::round(std::clamp(lab[0], 0.0, 100.0) * 655.35),
        std::round((std::clamp(lab[1], -128.0, 127.0) + 128) * 257),
        std::round((std::clamp(lab[2], -128.0, 127.0) + 128) * 257)};
}

std::optional<std::array<double, 3>> decodedLab(const std::vector<double> &values)
{
    if (values.size() != 3)
        return std::nullopt;
    return std::array{values[0] / 655.35, values[1] / 257 - 128, values[2] / 257 - 128};
}

DataSetValue lutItem(const LookupTable &lut)
{
    DataSetValue item;
    const std::size_t entries = std::min<std::size_t>(lut.entries.size(), MostEntries);
    DataElement descriptor;
    descriptor.tag = attr::LutDescriptor;
    descriptor.vr = lut.first < 0 ? vrOf("SS") : vrOf("US");
    // 65,536 is written as 0 (C.11.1.1.1); more than SS holds as its negative.
    const int count = int(entries % MostEntries);
    descriptor.numbers = {double(lut.first < 0 && count > 32767 ? count - MostEntries : count),
        double(lut.first), double(lut.bits)};
    item.put(std::move(descriptor));
    if (!lut.explanation.isEmpty())
        item.setText(attr::LutExplanation, lut.explanation);
    DataElement data;
    data.tag = attr::LutData;
    data.vr = vrOf("OW");
    data.bytes.resize(qsizetype(entries) * 2);
    for (std::size_t i = 0; i < entries; ++i)
        qToLittleEndian(lut.entries[i], data.bytes.data() + 2 * i);
    item.put(std::move(data));
    return item;
}

std::optional<LookupTable> lutOf(const DataSetValue &item)
{
    const std::vector<double> descriptor = item.numbers(attr::LutDescriptor);
    if (descriptor.size() != 3)
        return std::nullopt;
    LookupTable out;
    const auto whole = [&descriptor](
                           std::size_t i) { return int(std::clamp(descriptor[i], -65536.0, 65536.0)); };
    out.first = whole(1);
    out.bits = whole(2);
    out.explanation = item.text(attr::LutExplanation);
    out.type = item.text(attr::LutType);
    const int said = (whole(0) + MostEntries) % MostEntries;
    const std::size_t count = said == 0 ? MostEntries : std::size_t(said);
    const QByteArray bytes = item.bytes(attr::LutData);
    for (const double entry : item.numbers(attr::LutData)) // some writers have VR US
        out.entries.push_back(quint16(std::clamp(entry, 0.0, 65535.0)));
    for (qsizetype i = 0; i + 2 <= bytes.size(); i += 2)
        out.entries.push_back(qFromLittleEndian<quint16>(bytes.constData() + i));
    if (out.entries.size() < count || out.bits < 8 || out.bits > 16)
        return std::nullopt;
    out.entries.resize(count);
    return out;
}

QString codeString(const QString &text)
{
    constexpr qsizetype Most = 16;
    QString out = text.toUpper().left(Most);
    for (QChar &c : out) {
        const bool good = (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u' ';
        if (!good)
            c = u'_';
    }
    return out.trimmed();
}

} // namespace naru::imaging
