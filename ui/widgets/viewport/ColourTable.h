// Pseudo-colours: 256 colours a table, made from the points of colours.tsv.
#pragma once

#include <QColor>
#include <QString>
#include <array>
#include <vector>

namespace naru::ui {

struct ColourTable {
    QString name{}, english{}, korean{};
    std::array<QRgb, 256> colours{};

    // All rows in their order; the first is grey.
    static const std::vector<ColourTable> &all();
    static const ColourTable &of(const QString &name); // grey for an unknown name
};

} // namespace naru::ui
