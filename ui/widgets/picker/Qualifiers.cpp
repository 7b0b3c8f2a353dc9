#include "ui/widgets/picker/Qualifiers.h"

#include "core/base/Tsv.h"
#include "ui/widgets/picker/PickerWords.h"
#include "ui/widgets/picker/qualifiersTable.h"

#include <algorithm>

namespace naru::ui {

namespace {

struct Row {
    QString axis{}, value{}, ko{}, en{};
};

const std::vector<Row> &rows()
{
    static const std::vector<Row> all = [] {
        std::vector<Row> out;
        const base::TsvTable table = base::TsvTable::parse(widgets::picker::tables::qualifiers);
        out.reserve(std::size_t(table.rowCount()));
        for (int i = 0; i < table.rowCount(); ++i)
            out.push_back({table.at(i, "axis"), table.at(i, "value"), table.at(i, "ko"), table.at(i, "en")});
        return out;
    }();
    return all;
}

const Row *find(const QString &axis, const QString &value)
{
    const auto at = std::find_if(
        rows().begin(), rows().end(), [&](const Row &row) { return row.axis == axis && row.value == value; });
    return at == rows().end() ? nullptr : &*at;
}

const QString kSide = QStringLiteral("side");
const QString kSeverity = QStringLiteral("severity");

} // namespace

QStringList Qualifiers::values(const QString &axis)
{
    QStringList out;
    for (const Row &row : rows()) {
        if (row.axis == axis)
            out << row.value;
    }
    return out;
}

QString Qualifiers::word(const QString &axis, const QString &value)
{
    const Row *row = find(axis, value);
    return row ? row->ko : QString();
}

CodeChoice Qualifiers::applied(CodeChoice choice, const QString &side, const QString &severity)
{
    if (choice.code.isEmpty())
        return choice;
    const bool was = choice.qualified();
    const Row *sideRow = find(kSide, side), *severityRow = find(kSeverity, severity);
    choice.coded.side = sideRow ? side : QString();
    choice.coded.severity = severityRow ? severity : QString();
    QStringList before, after;
    for (const Row *row : {sideRow, severityRow}) {
        if (row)
            before << row->ko, after << row->en;
    }
    if (!before.isEmpty())
        choice.coded.originalText = choice.ko.isEmpty()
            ? (QStringList(choice.en) + after).join(QStringLiteral(", "))
            : (before << choice.ko).join(QLatin1Char(' '));
    else if (was)
        choice.coded.originalText.clear(); // the words were ours
    return choice;
}

std::vector<CodeRefinement> Qualifiers::offered(const CodeChoice &choice, bool severityHasCodes)
{
    std::vector<CodeRefinement> out;
    const QString &side = choice.coded.side, &severity = choice.coded.severity;
    if (choice.sided && side.isEmpty()) {
        for (const QString &value : values(kSide))
            out.push_back({kSide, PickerWords::side(value), applied(choice, value, severity)});
    }
    if (choice.graded && severity.isEmpty() && !severityHasCodes) {
        for (const QString &value : values(kSeverity))
            out.push_back({kSeverity, PickerWords::severity(value), applied(choice, side, value)});
    }
    return out;
}

CodeChoice Qualifiers::carried(const CodeChoice &from, const CodeChoice &to)
{
    const auto kept = [](const QString &value, bool had, bool has) {
        return had && !has ? QString() : value;
    };
    return applied(
        to, kept(from.coded.side, from.sided, to.sided), kept(from.coded.severity, from.graded, to.graded));
}

} // namespace naru::ui
