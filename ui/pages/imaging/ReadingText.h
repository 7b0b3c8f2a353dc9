// A reading in words, for the list and beside the drawing: "12.4 mm", "평균 42 HU".
#pragma once

#include "core/imaging/measure/Measure.h"

#include <QCoreApplication>
#include <QStringList>

namespace naru::ui {

class ReadingText {
    Q_DECLARE_TR_FUNCTIONS(naru::ui::ReadingText)
public:
    static QString kind(imaging::ShapeKind kind); // "줄자"
    static QString main(const imaging::Reading &reading); // "12.4 mm"; empty for arrows
    static QStringList lines(const imaging::Reading &reading); // everything, most important first
    static QString calibration(
        const imaging::Reading &reading); // "보정: 픽셀 간격"; empty when it plays no part
    static QString byUser(const imaging::Reading &reading); // "보정: 사용자"; empty unless it is so
    static QString number(double value, const QString &unit);
};

} // namespace naru::ui
