#include "core/terminology/importers/Layouts.h"

#include "core/base/Hangul.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/terminology/importers/tables/mastercolumnsTable.h"
#include "core/terminology/importers/tables/mastersTable.h"
#include "core/terminology/importers/tables/mastervaluesTable.h"

#include <QHash>
#include <QRegularExpression>

#include <cstdio>
#include <cstdlib>

namespace naru::terminology::importing {

namespace {
[[noreturn]] void tableMistake(const QString &what)
{
    std::fprintf(stderr, "importers/tables: %s\n", qPrintable(what));
    std::abort();
}

Role roleOf(const QString &name)
{
    static const QHash<QString, Role> roles = [] {
        static const char *const names[] = {"code", "concept", "ko", "en", "field", "link", "refScheme",
            "refCode", "version", "complete", "main", "notifiable", "sex", "ageFrom", "ageTo", "medicine",
            "level", "mark", "validFrom", "validTo", "replacedBy", "retired", "product", "atc", "maker",
            "spec", "quantity", "form", "pack", "representative", "cancelled", "unit", "price",
            "skipWhenEmpty", "synonym", "component", "class", "classType", "status", "longName", "patients",
            "claims"};
        static_assert(std::size(names) == std::size_t(Role::Count));
        QHash<QString, Role> out;
        for (std::size_t i = 0; i < std::size(names); ++i)
            out.insert(QLatin1String(names[i]), Role(i));
        return out;
    }();
    const auto found = roles.find(name);
    if (found == roles.end())
        tableMistake(QStringLiteral("no role ") + name);
    return *found;
}

LayoutColumn::Need needOf(const QString &name)
{
    if (name == QLatin1String("required"))
        return LayoutColumn::Need::Required;
    if (name == QLatin1String("expected"))
        return LayoutColumn::Need::Expected;
    if (name != QLatin1String("optional"))
        tableMistake(QStringLiteral("no need ") + name);
    return LayoutColumn::Need::Optional;
}

std::vector<Layout> readLayouts()
{
    std::vector<Layout> out;
    const auto masters = base::TsvTable::parse(tables::masters);
    const auto columns = base::TsvTable::parse(tables::mastercolumns);
    for (int i = 0; i < masters.rowCount(); ++i) {
        Layout layout;
        layout.master = masters.at(i, "master");
        layout.name = masters.at(i, "layout");
        layout.reader = masters.at(i, "reader");
        layout.namedOnly = masters.at(i, "found") == QLatin1String("named");
        layout.sheets = masters.at(i, "sheets").split(u';');
        layout.system = base::oid(masters.at(i, "system").toLatin1().constData()).text();
        layout.ko = masters.at(i, "ko");
        layout.en = masters.at(i, "en");
        for (int c = 0; c < columns.rowCount(); ++c) {
            if (columns.at(c, "layout") != layout.name)
                continue;
            LayoutColumn column;
            column.role = roleOf(columns.at(c, "role"));
            column.need = needOf(columns.at(c, "need"));
            if (const QString system = columns.at(c, "system"); !system.isEmpty())
                column.system = base::oid(system.toLatin1().constData()).text();
            const QStringList captions = columns.at(c, "captions").split(u';');
            column.caption = captions.first();
            for (const QString &caption : captions)
                column.captions.append(foldedCaption(caption));
            layout.columns.push_back(std::move(column));
        }
        out.push_back(std::move(layout));
    }
    return out;
}
} // namespace

bool Layout::fitsSheet(const QString &sheet) const
{
    for (const QString &pattern : sheets) {
        const QString expression = QRegularExpression::wildcardToRegularExpression(
            foldedCaption(pattern), QRegularExpression::UnanchoredWildcardConversion);
        const QRegularExpression matcher(QLatin1Char('^') + expression + QLatin1Char('$'));
        if (pattern == QLatin1String("*") || matcher.match(foldedCaption(sheet)).hasMatch())
            return true;
    }
    return false;
}

const std::vector<Layout> &layouts()
{
    static const std::vector<Layout> all = readLayouts();
    return all;
}

QString foldedCaption(QStringView caption)
{
    QString out;
    out.reserve(caption.size());
    for (const QChar c : base::normalized(caption)) {
        // 양•한방구분, 양·한방구분 and 양한방구분 are one caption.
        if (!c.isSpace() && c != u'\u2022' && c != u'\u00B7' && c != u'\u318D' && c != u'\u30FB' && c != u'.')
            out += c.toUpper();
    }
    return out;
}

namespace {
const QHash<QString, QString> &meanings()
{
    static const QHash<QString, QString> all = [] {
        const auto table = base::TsvTable::parse(tables::mastervalues);
        QHash<QString, QString> out;
        for (int i = 0; i < table.rowCount(); ++i)
            out.insert(
                table.at(i, "role") + u'\t' + foldedCaption(table.at(i, "value")), table.at(i, "meaning"));
        return out;
    }();
    return all;
}
} // namespace

QString exactMeaningOf(const char *role, QStringView value)
{
    return meanings().value(QLatin1String(role) + QLatin1Char('\t') + foldedCaption(value));
}

QString meaningOf(const char *role, QStringView value)
{
    const QString exact = exactMeaningOf(role, value);
    return exact.isEmpty() ? meanings().value(QLatin1String(role) + QLatin1String("\t*")) : exact;
}

const std::vector<std::pair<QString, QString>> &fieldsOfSystems()
{
    static const std::vector<std::pair<QString, QString>> all = [] {
        const auto table = base::TsvTable::parse(tables::mastervalues);
        std::vector<std::pair<QString, QString>> out;
        for (int i = 0; i < table.rowCount(); ++i) {
            if (table.at(i, "role") == QLatin1String("fieldOf"))
                out.emplace_back(
                    base::oid(table.at(i, "value").toLatin1().constData()).text(), table.at(i, "meaning"));
        }
        return out;
    }();
    return all;
}

Header matchHeader(const Layout &layout, const TableRow &row)
{
    Header header;
    header.layout = &layout;
    header.row = row.row;
    header.column.fill(-1);
    QStringList folded;
    for (int i = 0; i < row.count; ++i) {
        header.captions.append(base::normalized(row.at(i)).simplified());
        folded.append(foldedCaption(row.at(i)));
        if (!folded.last().isEmpty())
            header.fields = i + 1;
    }
    header.complete = true;
    for (const LayoutColumn &column : layout.columns) {
        int at = -1;
        for (int i = 0; i < folded.size() && at < 0; ++i)
            at = column.captions.contains(folded[i]) ? i : -1;
        const bool required = column.need == LayoutColumn::Need::Required;
        if (at < 0) {
            if (column.need != LayoutColumn::Need::Optional)
                header.missing.push_back(&column);
            header.complete = header.complete && !required;
            continue;
        }
        ++header.matched;
        if (required)
            header.neededFields = std::max(header.neededFields, at + 1);
        if (column.role == Role::Link)
            header.links.emplace_back(at, column.system);
        else if (column.role == Role::Synonym)
            header.synonyms.push_back(at);
        else
            header.column[std::size_t(column.role)] = at;
    }
    return header;
}

} // namespace naru::terminology::importing
