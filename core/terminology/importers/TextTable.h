// CSV (RFC 4180) and separated text. Cells are cut on bytes, which is safe: no trail byte of UTF-8 or CP949
// is a separator, a quotation mark or a line end. Then each cell is decoded, strictly.
//
// Differences between publishers that are accepted: a byte order mark; LF, CR LF or (when the file has no LF
// at all) CR as line end; a bare CR inside a row of an LF file is a blank of its text; with a tab as
// separator a quotation mark is an ordinary character unless it encloses a whole cell.
#pragma once

#include "core/terminology/importers/Table.h"

#include <QFile>

namespace naru::terminology::importing {

class TextTable : public TableReader {
public:
    static base::Result<std::unique_ptr<TextTable>> open(const QString &path, char separator);
    // A device that is open for reading, for what is no file.
    static base::Result<std::unique_ptr<TextTable>> open(
        std::unique_ptr<QIODevice> device, const QString &name, char separator);

    base::Result<bool> next(TableRow &row) override;
    qint64 position() const override { return m_consumed; }
    qint64 size() const override { return m_device->isSequential() ? 0 : m_device->size(); }
    QString encoding() const override;
    QString separator() const override { return QString(QLatin1Char(m_separator)); }

private:
    enum class Charset { Ascii, Utf8, Cp949 };
    struct Span {
        qsizetype from = 0, length = 0;
        bool quoted = false, doubled = false; // doubled: contains "" or the quote was broken
    };
    enum class Scan { Row, NeedMore, TooManyColumns };

    TextTable(std::unique_ptr<QIODevice> device, const QString &name, char separator);
    base::Status begin();
    bool more(); // reads another piece; false at the end of the file
    Scan scanRow();
    qsizetype scanQuoted(qsizetype at, Span &span, bool &needMore);
    bool endsRow(qsizetype at) const;
    void chooseCharset(qsizetype from);
    base::Status decode(TableRow &row);
    bool decodeCell(QByteArrayView bytes, QString &out) const;

    std::unique_ptr<QIODevice> m_device;
    QByteArray m_buffer{};
    std::vector<Span> m_spans{};
    qsizetype m_at = 0; // start of the next row in the buffer
    qsizetype m_rowEnd = 0; // behind the row last scanned, line end included
    qint64 m_consumed = 0;
    qint64 m_line = 1;
    qint64 m_lines = 0; // line ends in the row last scanned
    char m_separator = ',';
    char m_lineEnd = '\n';
    Charset m_charset = Charset::Ascii;
    bool m_atEnd = false;
    bool m_brokenQuote = false;
};

} // namespace naru::terminology::importing
