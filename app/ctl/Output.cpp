#include "app/ctl/Output.h"

#include <QJsonDocument>

#include <cstdio>

namespace naru::ctl {

namespace {
int cells(const QString &text)
{
    int width = 0;
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        width += (u >= 0x1100 && u <= 0x115F) || (u >= 0x2E80 && u <= 0xD7A3) || (u >= 0xF900 && u <= 0xFF60)
            ? 2
            : 1;
    }
    return width;
}
} // namespace

void Output::table(const QStringList &header, const QList<QStringList> &rows)
{
    QList<int> widths;
    for (const QString &title : header)
        widths.append(cells(title));
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size() && i < widths.size(); ++i)
            widths[i] = qMax(widths[i], cells(row[i]));
    }
    const auto padded = [&widths](const QStringList &row) {
        QString out;
        for (qsizetype i = 0; i < row.size(); ++i) {
            out += row[i];
            if (i + 1 < row.size())
                out += QString(widths.value(i) - cells(row[i]) + 2, QLatin1Char(' '));
        }
        return out;
    };
    line(padded(header));
    for (const QStringList &row : rows)
        line(padded(row));
}

void Output::print() const
{
    QByteArray bytes = m_raw;
    if (bytes.isEmpty() && m_json) {
        bytes = m_document.isArray() ? QJsonDocument(m_document.toArray()).toJson(QJsonDocument::Compact)
                                     : QJsonDocument(m_document.toObject()).toJson(QJsonDocument::Compact);
        bytes += '\n';
    } else if (!m_json) {
        for (const QString &text : m_lines)
            bytes += text.toUtf8() + '\n';
    }
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

} // namespace naru::ctl
