// A thin hand on QXmlStreamWriter for CDA: elements with attributes in one call.
#pragma once

#include "core/clinical/Coded.h"

#include <QXmlStreamWriter>
#include <initializer_list>
#include <utility>

namespace naru::practice {

class SeedXml {
public:
    using Attributes = std::initializer_list<std::pair<const char *, QString>>;

    explicit SeedXml(QByteArray *out)
        : m_writer(out)
    {
        m_writer.setAutoFormatting(true);
        m_writer.setAutoFormattingIndent(1);
    }

    QXmlStreamWriter &raw() { return m_writer; }
    void open(const char *name, Attributes attributes = {});
    void close() { m_writer.writeEndElement(); }
    void empty(const char *name, Attributes attributes = {}); // attributes with empty values are left out
    void text(const char *name, const QString &text, Attributes attributes = {});
    void id(const QString &root, const QString &extension = {})
    {
        empty("id", {{"root", root}, {"extension", extension}});
    }
    // code, value, ... of type CD/CE; translations inside. xsiType only for `value`.
    void coded(const char *name, const clinical::CodedValue &value, const char *xsiType = nullptr);
    void telecom(const QString &phone);
    void address(const clinical::Address &address);
    void personName(const QString &name);

private:
    void attributes(Attributes list, bool skipEmpty);

    QXmlStreamWriter m_writer;
};

} // namespace naru::practice
