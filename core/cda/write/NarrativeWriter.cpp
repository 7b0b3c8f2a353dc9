#include "core/cda/write/NarrativeWriter.h"

#include "core/base/Oid.h"
#include "core/cda/Words.h"

namespace naru::cda {

namespace {
struct UsedColumn {
    QString field{};
    QString heading{};
    bool code = false; // the code column of a coded field
};

// Columns of the table file first, then fields it does not know, so that none is lost.
std::vector<UsedColumn> usedColumns(const QString &section, const std::vector<NumberedRow> &rows)
{
    std::vector<Column> columns = columnsOf(section);
    QStringList known;
    for (const Column &column : columns)
        known.append(column.field);
    for (const NumberedRow &row : rows) {
        for (auto it = row.cells.cbegin(); it != row.cells.cend(); ++it) {
            if (!known.contains(it.key())) {
                known.append(it.key());
                columns.push_back({it.key(), it.key(), it.key()});
            }
        }
    }
    std::vector<UsedColumn> used;
    for (const Column &column : columns) {
        bool filled = false, codes = false;
        for (const NumberedRow &row : rows) {
            const NarrativeCell cell = row.cells.value(column.field);
            filled = filled || !cell.isEmpty();
            codes = codes || (cell.isCoded && !codeText(cell.coded).isEmpty());
        }
        if (filled)
            used.push_back({column.field, column.ko, false});
        if (codes)
            used.push_back({column.field,
                column.ko + QLatin1Char(' ') + wordKo("label", QStringLiteral("codeColumn")), true});
    }
    return used;
}

QString plainCell(const NumberedRow &row, const char *field)
{
    return row.cells.value(QLatin1String(field)).text;
}

// The last cell of a result with images is the way to them: the web address, the accession number in rel, the
// UID of the manifest in rev (korea-documents 4). Without an address it has no href.
bool isImageLink(const NumberedRow &row, const QString &field)
{
    const bool address = !plainCell(row, "viewerUrl").isEmpty();
    return !plainCell(row, "kosUid").isEmpty()
        && field == (address ? QLatin1String("viewerUrl") : QLatin1String("kosUid"));
}

void writeImageLink(XmlOut &out, const QString &id, const NumberedRow &row, const QString &text)
{
    out.startMixed("td", {{"ID", id}});
    out.startMixed("linkHtml",
        {{"href", plainCell(row, "viewerUrl")}, {"rel", plainCell(row, "accessionNumber")},
            {"rev", plainCell(row, "kosUid")}});
    out.lines(text).end();
    out.end();
}

void writeCell(XmlOut &out, const NumberedRow &row, const UsedColumn &column, const NarrativeCell &cell)
{
    const QString id = row.id + QLatin1Char('.') + column.field;
    if (isImageLink(row, column.field))
        return writeImageLink(out, id, row, cell.text);
    if (cell.isEmpty()) {
        out.empty("td");
        return;
    }
    if (column.code) {
        out.leaf("td", codeText(cell.coded));
        return;
    }
    out.startMixed("td", {{"ID", id}});
    writeCellContent(out, id, cell);
    out.end();
}
} // namespace

NarrativeCell narrativeCell(const QString &value)
{
    return {value, {}, false};
}

NarrativeCell narrativeCell(const base::Timestamp &value)
{
    return {value.toDisplay(), {}, false};
}

NarrativeCell narrativeCell(const clinical::CodedValue &value)
{
    return {{}, value, true};
}

NarrativeCell narrativeCell(bool main)
{
    return {main ? wordKo("flag", QStringLiteral("main")) : QString(), {}, false};
}

QString codeText(const clinical::CodedValue &value)
{
    QString out = value.code;
    if (!value.code.isEmpty() && !value.system.isEmpty()) {
        const QString title = base::oidTitle(value.system);
        out += QLatin1Char(' ') + (title.isEmpty() ? value.system : title);
    }
    for (const clinical::CodedValue &translation : value.translations) {
        QStringList parts{codeText(translation), translation.display, translation.originalText};
        parts.removeAll(QString());
        const QString text = parts.join(QLatin1Char(' '));
        if (!text.isEmpty())
            out += (out.isEmpty() ? QString() : QStringLiteral("; ")) + text;
    }
    return out;
}

void writeCellContent(XmlOut &out, const QString &cellId, const NarrativeCell &cell)
{
    if (!cell.isCoded) {
        out.lines(cell.text);
        return;
    }
    const clinical::CodedValue &value = cell.coded;
    out.lines(value.text());
    if (!value.originalText.isEmpty() && !value.display.isEmpty() && value.display != value.originalText)
        out.text(QStringLiteral(" [")).text(value.display).text(QStringLiteral("]"));
    if (!value.displayEn.isEmpty()) {
        out.text(QStringLiteral(" ("))
            .leaf("content", value.displayEn, {{"ID", cellId + QStringLiteral(".en")}});
        out.text(QStringLiteral(")"));
    }
}

void writeTable(
    XmlOut &out, const QString &section, const std::vector<NumberedRow> &rows, const QString &caption)
{
    const std::vector<UsedColumn> columns = usedColumns(section, rows);
    out.start("table", {{"border", QStringLiteral("1")}});
    if (!caption.isEmpty())
        out.leaf("caption", caption);
    out.start("thead").start("tr");
    for (const UsedColumn &column : columns)
        out.leaf("th", column.heading);
    if (columns.empty()) // only empty rows: still a table that says so
        out.leaf("th", wordKo("label", QStringLiteral("noInformation")));
    out.end().end().start("tbody");
    for (const NumberedRow &row : rows) {
        out.start("tr", {{"ID", row.id}});
        for (const UsedColumn &column : columns)
            writeCell(out, row, column, row.cells.value(column.field));
        if (columns.empty())
            out.empty("td");
        out.end();
    }
    out.end().end();
}

void writeDetailTable(XmlOut &out, const QString &section, const NumberedRow &row)
{
    const std::vector<UsedColumn> columns = usedColumns(section, {row});
    if (columns.empty())
        return;
    out.start("table", {{"border", QStringLiteral("1")}, {"ID", row.id}}).start("tbody");
    for (const UsedColumn &column : columns) {
        out.start("tr").leaf("th", column.heading);
        writeCell(out, row, column, row.cells.value(column.field));
        out.end();
    }
    out.end().end();
}

void writeReadingList(XmlOut &out, const NumberedRow &row)
{
    // Positions are fixed (korea-documents 4): 검사일, 판독일, 판독의, ImageURL, StudyUID, SeriesUID, SOPUID,
    // 판독결론, 검사코드, 검사명.
    static const char *const positions[] = {"examined", "read", "reader", "imageUrl", "studyUid", "seriesUid",
        "sopUid", "conclusion", "", "code"};
    const auto heading = [](const QString &field) {
        for (const Column &column : columnsOf(QStringLiteral("readings"))) {
            if (column.field == field)
                return column.ko;
        }
        return field;
    };
    out.start("list", {{"listType", QStringLiteral("ordered")}, {"ID", row.id}});
    for (const char *name : positions) {
        const QString field = QLatin1String(name);
        const bool code = field.isEmpty();
        const NarrativeCell cell = row.cells.value(code ? QStringLiteral("code") : field);
        const QString id = row.id + QLatin1Char('.') + field;
        out.startMixed("item", {{"ID", code ? QString() : id}});
        out.leaf("caption", code ? wordKo("label", QStringLiteral("codeColumn")) : heading(field));
        if (code)
            out.text(codeText(cell.coded));
        else
            writeCellContent(out, id, cell);
        out.end();
    }
    out.end();
    const QString findings = row.cells.value(QStringLiteral("findings")).text;
    if (findings.isEmpty())
        return;
    out.startMixed("paragraph").startMixed("caption").text(heading(QStringLiteral("findings"))).end();
    out.startMixed("content", {{"ID", row.id + QStringLiteral(".findings")}}).lines(findings).end().end();
}

} // namespace naru::cda
