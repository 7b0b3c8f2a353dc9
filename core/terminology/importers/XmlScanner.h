// Start tags, end tags and text of a part of a workbook, read from the zip entry as it unpacks. A sheet of a
// master is 100 to 200 MB of XML with one pattern; measured on a sheet of 350,000 rows (128 MB, same machine
// and load): QXmlStreamReader 7.0 s, which turns every name and blank into UTF-16 first, this reader 1.8 s
// with the unpacking. It knows less: no DTD and no entity but the five of XML, no namespaces, UTF-8 only.
// What it does not know is an error, never passed over.
#pragma once

#include "core/terminology/importers/ByteSource.h"

#include <array>
#include <memory>

namespace naru::terminology::importing {

class XmlScanner {
public:
    enum class Kind { Start, End, Text, Finish };

    explicit XmlScanner(std::unique_ptr<ByteSource> source);

    base::Result<Kind> next();
    // Of the last token, valid until the next one. Names without prefix.
    QByteArrayView name() const { return m_name; }
    QByteArrayView attribute(const char *localName) const; // entities unresolved; empty when absent
    // Appends the text of the last token with its entities resolved; false when one is not known.
    bool appendText(QByteArray &out) const;
    static bool appendUnescaped(QByteArrayView raw, QByteArray &out);

    qint64 position() const { return m_source->position(); }
    qint64 size() const { return m_source->size(); }

private:
    base::Status start();
    base::Status fill(); // another piece; the current token moves to the front of the buffer
    base::Result<qsizetype> find(char c, qsizetype from); // -1 at the end of the entry
    base::Result<qsizetype> findText(const char *text, qsizetype from);
    base::Status markup(bool &isToken, Kind &kind); // m_at stands on '<'
    base::Status special(bool &isToken, Kind &kind); // "<!" and "<?"
    bool tag(qsizetype end); // false when it does not fit the open elements
    base::Error broken(const char *what) const;

    std::unique_ptr<ByteSource> m_source;
    QByteArray m_buffer{};
    qsizetype m_at = 0;
    static constexpr int MaxDepth = 64; // a sheet has eight levels
    std::array<quint64, MaxDepth + 1> m_open{}; // names of the open elements
    int m_depth = 0;
    bool m_atEnd = false;
    bool m_pendingEnd = false; // of an empty element
    bool m_literal = false; // the text is CDATA
    bool m_started = false;
    QByteArrayView m_name{}, m_attributes{}, m_text{};
};

} // namespace naru::terminology::importing
