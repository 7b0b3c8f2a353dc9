#include "core/terminology/importers/Table.h"

namespace naru::terminology::importing {

QString columnLetters(qsizetype column)
{
    QString out;
    for (qsizetype n = column + 1; n > 0; n = (n - 1) / 26)
        out.prepend(QChar(char16_t(u'A' + (n - 1) % 26)));
    return out;
}

QString TableReader::columnName(qsizetype column) const
{
    const QString caption = m_captions.value(column);
    if (!caption.isEmpty())
        return caption;
    return m_place.sheet.isEmpty() ? QString::number(column + 1) : columnLetters(column);
}

base::Error TableReader::failure(const base::ErrorCode &code, qint64 row, qsizetype column) const
{
    base::Error error(code, QStringLiteral("row %1, column %2").arg(row).arg(column + 1));
    error.with(QStringLiteral("file"), m_place.file)
        .with(QStringLiteral("row"), QString::number(row))
        .with(QStringLiteral("column"), columnName(column));
    if (!m_place.sheet.isEmpty())
        error.with(QStringLiteral("sheet"), m_place.sheet);
    return error;
}

} // namespace naru::terminology::importing
