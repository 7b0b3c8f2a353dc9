// Section text: one table a section, headings from tables/columns.tsv, IDs "<section>.<row>.<field>" on rows
// and cells so that entries can point at them and the reader can find them again.
#pragma once

#include "core/cda/write/XmlOut.h"
#include "core/clinical/forms/Fields.h"

#include <QMap>

namespace naru::cda {

struct NarrativeCell {
    QString text{};
    clinical::CodedValue coded{};
    bool isCoded = false;
    bool isEmpty() const { return text.isEmpty() && coded.isEmpty() && coded.translations.empty(); }
};
// Fields of one row by name.
using NarrativeRow = QMap<QString, NarrativeCell>;

struct NumberedRow {
    QString id{}; // "problems.1"
    NarrativeRow cells{};
};

NarrativeCell narrativeCell(const QString &value);
NarrativeCell narrativeCell(const base::Timestamp &value);
NarrativeCell narrativeCell(const clinical::CodedValue &value);
NarrativeCell narrativeCell(bool main);

template <typename T> NarrativeRow narrativeRow(const T &value)
{
    NarrativeRow row;
    clinical::visitFields(value, [&row](const char *name, const auto &field) {
        row.insert(QLatin1String(name), narrativeCell(field));
    });
    return row;
}

// A table with a row for each element; columns that no row fills are left out.
void writeTable(
    XmlOut &out, const QString &section, const std::vector<NumberedRow> &rows, const QString &caption = {});
// A table of "heading | value" rows for a single struct.
void writeDetailTable(XmlOut &out, const QString &section, const NumberedRow &row);
// The ten-position ordered list of an image reading, then its findings.
void writeReadingList(XmlOut &out, const NumberedRow &row);
// Content of a cell: name, the doctor's own words, English name under "<id>.en".
void writeCellContent(XmlOut &out, const QString &cellId, const NarrativeCell &cell);
QString codeText(const clinical::CodedValue &value); // "E11.9 KCD; 123 KOSTOM 이름"

} // namespace naru::cda
