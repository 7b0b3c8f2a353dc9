#include "core/imaging/render/Presets.h"

#include "core/base/Tsv.h"
#include "core/imaging/render/Voi.h"
#include "core/imaging/render/tables/windowsTable.h"

#include <algorithm>

namespace naru::imaging {

namespace {
struct Row {
    QString modality{};
    QStringList parts{};
    Preset preset{};
};

const std::vector<Row> &rows()
{
    static const std::vector<Row> all = [] {
        std::vector<Row> out;
        const base::TsvTable table = base::TsvTable::parse(tables::windows);
        for (int i = 0; i < table.rowCount(); ++i) {
            Row row;
            row.modality = table.at(i, "modality");
            row.parts = table.at(i, "parts").split(QLatin1Char(' '), Qt::SkipEmptyParts);
            row.preset.key = table.at(i, "key");
            row.preset.english = table.at(i, "english");
            row.preset.korean = table.at(i, "korean");
            row.preset.window = {table.at(i, "centre").toDouble(), table.at(i, "width").toDouble(), {}};
            out.push_back(std::move(row));
        }
        return out;
    }();
    return all;
}

void addOwn(const ImageFacts &facts, int frame, std::vector<Preset> &out)
{
    const FrameFacts &own = facts.frame(frame);
    for (std::size_t i = 0; i < own.windows.size(); ++i) {
        if (!isUsable(own.windows[i]))
            continue;
        out.push_back({QStringLiteral("file.%1").arg(i), {}, {}, own.windows[i], int(i)});
    }
    for (std::size_t i = 0; i < facts.voiLuts.size(); ++i) {
        const LookupTable &lut = facts.voiLuts[i];
        if (lut.entries.empty())
            continue;
        const double width = double(lut.entries.size());
        out.push_back({QStringLiteral("lut.%1").arg(i), {}, {},
            {lut.first + width / 2, width, lut.explanation}, int(own.windows.size() + i)});
    }
}
} // namespace

std::vector<Preset> presetsFor(const ImageFacts &facts, int frame)
{
    std::vector<Preset> out, rest;
    if (facts.samples != 1 || facts.photometric == QLatin1String("PALETTE COLOR"))
        return out;
    addOwn(facts, frame, out);
    const QString said = QStringList{facts.bodyPart, facts.studyDescription, facts.seriesDescription}
                             .join(QLatin1Char(' '))
                             .toUpper();
    for (const Row &row : rows()) {
        if (row.modality != facts.modality)
            continue;
        const bool fits = std::any_of(
            row.parts.begin(), row.parts.end(), [&said](const QString &part) { return said.contains(part); });
        (fits ? out : rest).push_back(row.preset);
    }
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

} // namespace naru::imaging
