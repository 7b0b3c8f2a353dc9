#include "core/imaging/objects/DeidentifyRules.h"
#include "core/base/Tsv.h"
#include "core/imaging/objects/tables/deidentifyTable.h"

#include <QHash>

#include <array>

namespace naru::imaging {

namespace {
constexpr int FirstOption = 2; // column
enum Option : int {
    Uids,
    Device,
    Institution,
    Patient,
    Dates,
    Shift,
    Descriptors,
    Structured,
    Graphics,
    Options
};

struct Row {
    DeidentifyAction basic = DeidentifyAction::Remove;
    std::array<char, Options> options{};
};

// Of "X/Z/D" the last: what another definition of the object might need is there.
DeidentifyAction basicOf(const QString &actions)
{
    switch (actions.isEmpty() ? 'X' : actions.back().toLatin1()) {
    case 'D':
        return DeidentifyAction::Dummy;
    case 'Z':
        return DeidentifyAction::Empty;
    case 'U':
        return DeidentifyAction::Uid;
    default:
        return DeidentifyAction::Remove;
    }
}

const QHash<quint32, Row> &rows()
{
    static const QHash<quint32, Row> all = [] {
        QHash<quint32, Row> out;
        const auto table = base::TsvTable::parse(tables::deidentify);
        for (const QStringList &cells : table.rows()) {
            Row row;
            row.basic = basicOf(cells.value(1));
            for (int i = 0; i < Options; ++i) {
                const QString cell = cells.value(FirstOption + i);
                row.options[std::size_t(i)] = cell.isEmpty() ? '-' : cell[0].toLatin1();
            }
            QString tag = cells.value(0);
            out.insert(tag.replace(QLatin1Char('x'), QLatin1Char('0')).toUInt(nullptr, 16), row);
        }
        return out;
    }();
    return all;
}

// Curves (50xx,eeee) are one row, overlays (60xx) one for each of their parts.
quint32 keyOf(quint32 tag)
{
    if (tag >> 24 == 0x50)
        return 0x50000000;
    return tag >> 24 == 0x60 ? tag & 0xFF00FFFF : tag;
}
} // namespace

std::optional<DeidentifyRule> deidentifyRule(quint32 tag, const AnonymiseOptions &options)
{
    const auto row = rows().constFind(keyOf(tag));
    if (row == rows().constEnd())
        return std::nullopt;
    const std::array<bool, Options> wanted{options.keepUids, options.keepDevice, options.keepInstitution,
        options.keepPatient, options.keepDates, options.shiftDays.has_value(), options.keepDescriptors, false,
        options.keepGraphics};
    DeidentifyRule rule{row->basic, row->basic};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const char action = row->options[i];
        if (!wanted[i] || action == '-')
            continue;
        if (action == 'K')
            return DeidentifyRule{DeidentifyAction::Keep, row->basic};
        rule.action = i == Shift ? DeidentifyAction::Shift
            : i == Graphics      ? DeidentifyAction::Keep
                                 : DeidentifyAction::Clean;
    }
    return rule;
}

} // namespace naru::imaging
