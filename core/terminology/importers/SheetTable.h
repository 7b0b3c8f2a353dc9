// The rows of one sheet as they unpack (ECMA-376 part 1, 18.3). Cells stand where their reference says
// ("C7"), rows and cells may be left out, values are taken as the text they are written as: a code that was
// kept as a number in the workbook has already lost its leading zeros there.
#pragma once

#include "core/terminology/importers/Workbook.h"
#include "core/terminology/importers/XmlScanner.h"

namespace naru::terminology::importing {

class SheetTable : public TableReader {
public:
    SheetTable(std::shared_ptr<Workbook> book, std::unique_ptr<ByteSource> source, const QString &sheet);

    base::Result<bool> next(TableRow &row) override;
    qint64 position() const override { return m_xml.position(); }
    qint64 size() const override { return m_xml.size(); }
    QString encoding() const override { return QStringLiteral("xlsx"); }

private:
    base::Status startRow(TableRow &row);
    base::Status readCells(TableRow &row);
    base::Status startCell();
    base::Status endCell(TableRow &row);
    base::Error broken(const char *what) const;
    base::Error placed(const base::Error &error) const;

    std::shared_ptr<Workbook> m_book;
    XmlScanner m_xml;
    QByteArray m_value{};
    QByteArray m_type{};
    qint64 m_row = 0;
    qsizetype m_column = -1;
    bool m_hasValue = false;
};

} // namespace naru::terminology::importing
