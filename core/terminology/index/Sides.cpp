#include "core/terminology/index/Sides.h"

#include "core/base/Tsv.h"
#include "core/terminology/KeySpelling.h"
#include "core/terminology/index/tables/sidesTable.h"

#include <vector>

namespace naru::terminology {

namespace {
struct Side {
    QByteArray keys{};
    QString word{}, side{};
};

const std::vector<Side> &sides()
{
    static const std::vector<Side> rows = [] {
        std::vector<Side> out;
        const base::TsvTable table = base::TsvTable::parse(tables::sides);
        out.reserve(std::size_t(table.rowCount()));
        for (int row = 0; row < table.rowCount(); ++row)
            out.push_back({spell(table.at(row, "word")).bytes, table.at(row, "word"), table.at(row, "side")});
        return out;
    }();
    return rows;
}

const Side *sideOf(const QByteArray &keys)
{
    for (const Side &side : sides()) {
        if (side.keys == keys)
            return &side;
    }
    return nullptr;
}

// 왼쪽무릎: long words only, 좌 and 우 begin too many others.
const Side *sideBefore(const QString &word)
{
    const Side *longest = nullptr;
    for (const Side &side : sides()) {
        if (side.word.size() >= 2 && side.word[0].unicode() > 0x7F && word.size() > side.word.size()
            && word.startsWith(side.word) && (!longest || longest->word.size() < side.word.size()))
            longest = &side;
    }
    return longest;
}

bool beginsSide(const QByteArray &keys)
{
    if (keys.size() < 2)
        return false;
    for (const Side &side : sides()) {
        if (side.keys.startsWith(keys))
            return true;
    }
    return false;
}
} // namespace

WithoutSide withoutSide(QStringView query)
{
    WithoutSide out;
    const QStringList words = query.toString().simplified().split(u' ', Qt::SkipEmptyParts);
    QStringList kept;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QByteArray keys = spell(words[i]).bytes;
        if (const Side *side = sideOf(keys)) {
            out.side = out.found && out.side != side->side ? QStringLiteral("both") : side->side;
            out.found = true;
        } else if (const Side *attached = sideBefore(words[i])) {
            out.side = attached->side;
            out.found = true;
            kept += words[i].mid(attached->word.size());
        } else if (i + 1 == words.size() && i > 0 && beginsSide(keys)) {
            out.found = true;
        } else {
            kept += words[i];
        }
    }
    out.query = kept.join(u' ');
    return out;
}

} // namespace naru::terminology
