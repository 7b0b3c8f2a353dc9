#include "core/clinical/Narrative.h"

namespace naru::clinical {

QString plainText(const std::vector<Run> &runs)
{
    QString out;
    for (const Run &run : runs)
        out += run.lineBreak ? QStringLiteral("\n") : run.text;
    return out;
}

QString plainText(const std::vector<Block> &blocks)
{
    QStringList lines;
    for (const Block &block : blocks) {
        if (!block.caption.empty())
            lines.append(plainText(block.caption));
        if (!block.runs.empty())
            lines.append(plainText(block.runs));
        for (const Cell &item : block.items)
            lines.append(plainText(item.blocks));
        for (const auto &row : block.rows) {
            QStringList cells;
            for (const Cell &cell : row)
                cells.append(plainText(cell.blocks));
            lines.append(cells.join(QLatin1Char('\t')));
        }
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace naru::clinical
