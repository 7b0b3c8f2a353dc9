#include "ui/pages/imaging/ReadingText.h"

#include <cmath>

namespace naru::ui {

namespace {

QString unitText(const QString &unit)
{
    if (unit == QLatin1String("mm2"))
        return QStringLiteral("mm²");
    if (unit == QLatin1String("px2"))
        return QStringLiteral("px²");
    return unit == QLatin1String("deg") ? QStringLiteral("°") : unit;
}

} // namespace

QString ReadingText::kind(imaging::ShapeKind kind)
{
    switch (kind) {
    case imaging::ShapeKind::Point:
        return tr("Value");
    case imaging::ShapeKind::Length:
        return tr("Length");
    case imaging::ShapeKind::Angle:
        return tr("Angle");
    case imaging::ShapeKind::Cobb:
        return tr("Cobb angle");
    case imaging::ShapeKind::Polyline:
        return tr("Polyline");
    case imaging::ShapeKind::Ellipse:
        return tr("Ellipse");
    case imaging::ShapeKind::Rectangle:
        return tr("Rectangle");
    case imaging::ShapeKind::Arrow:
        return tr("Arrow");
    case imaging::ShapeKind::Text:
        return tr("Text");
    }
    return {};
}

QString ReadingText::number(double value, const QString &unit)
{
    if (!std::isfinite(value))
        return tr("no value");
    if (unit == QLatin1String("mm2") && std::abs(value) >= 100)
        return QStringLiteral("%1 cm²").arg(value / 100, 0, 'f', 2);
    const int digits = std::abs(value) >= 1000 ? 0 : 1;
    const QString shown = unitText(unit);
    return shown == QStringLiteral("°")
        ? QStringLiteral("%1°").arg(value, 0, 'f', 1)
        : QStringLiteral("%1 %2").arg(value, 0, 'f', digits).arg(shown).trimmed();
}

QString ReadingText::main(const imaging::Reading &reading)
{
    if (reading.emptyArea)
        return tr("no pixel with a value");
    if (reading.statistics && !reading.statistics->empty() && reading.statistics->grey
        && reading.kind != imaging::ShapeKind::Point)
        return tr("mean %1").arg(number(reading.statistics->mean, reading.statistics->unit));
    return reading.quantities.empty() ? QString() : number(reading.value(), reading.unit());
}

QStringList ReadingText::lines(const imaging::Reading &reading)
{
    QStringList out;
    if (const QString first = main(reading); !first.isEmpty())
        out << first;
    if (reading.statistics && !reading.statistics->empty() && reading.statistics->grey
        && reading.kind != imaging::ShapeKind::Point) {
        out << tr("SD %1").arg(reading.statistics->deviation, 0, 'f', 1)
            << tr("min %1, max %2")
                   .arg(reading.statistics->minimum, 0, 'f', 0)
                   .arg(reading.statistics->maximum, 0, 'f', 0);
    }
    if (const imaging::Quantity *area = reading.find("area"))
        out << tr("area %1").arg(number(area->value, area->unit));
    if (reading.statistics && !reading.statistics->empty() && reading.kind != imaging::ShapeKind::Point)
        out << tr("%n pixel(s)", nullptr, int(reading.statistics->count));
    return out;
}

QString ReadingText::calibration(const imaging::Reading &reading)
{
    using Kind = imaging::ShapeKind;
    if (reading.kind == Kind::Arrow || reading.kind == Kind::Text || reading.kind == Kind::Point
        || reading.kind == Kind::Angle || reading.kind == Kind::Cobb)
        return {};
    switch (reading.calibration.source) {
    case imaging::CalibrationSource::None:
        return tr("Not calibrated: pixels");
    case imaging::CalibrationSource::PixelSpacing:
        return tr("Pixel spacing");
    case imaging::CalibrationSource::Calibrated:
        return tr("Calibrated by the device");
    case imaging::CalibrationSource::Magnification:
        return tr("Detector, magnification removed");
    case imaging::CalibrationSource::Detector:
        return tr("At the detector: too large");
    case imaging::CalibrationSource::Uncertain:
        return tr("Spacing of unknown kind");
    case imaging::CalibrationSource::UltrasoundRegion:
        return tr("Ultrasound region");
    case imaging::CalibrationSource::Manual:
        return tr("by the user");
    }
    return {};
}

QString ReadingText::byUser(const imaging::Reading &reading)
{
    return reading.calibration.source == imaging::CalibrationSource::Manual && !calibration(reading).isEmpty()
        ? tr("Calibration: by the user")
        : QString();
}

} // namespace naru::ui
