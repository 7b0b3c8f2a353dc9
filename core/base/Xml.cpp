#include "core/base/Xml.h"

#include "core/base/Errors.h"

#include <QStringConverter>
#include <QXmlStreamWriter>

namespace naru::base {

namespace {
Error broken(const ErrorCode &code, qint64 line, const QString &what)
{
    return Error(code, what + QStringLiteral(" at line ") + QString::number(line),
        {{QStringLiteral("line"), QString::number(line)}, {QStringLiteral("what"), what}});
}

// Builds the tree without recursion on the input's depth.
class TreeBuilder {
public:
    TreeBuilder(const QByteArray &bytes, const XmlBudget &budget)
        : m_reader(bytes)
        , m_budget(budget)
    {
        m_reader.setEntityExpansionLimit(0);
    }

    Result<XmlElement> build()
    {
        while (!m_reader.atEnd()) {
            switch (m_reader.readNext()) {
            case QXmlStreamReader::StartElement:
                NARU_TRY(start());
                break;
            case QXmlStreamReader::EndElement:
                end();
                break;
            case QXmlStreamReader::Characters:
                NARU_TRY(characters());
                break;
            case QXmlStreamReader::DTD:
            case QXmlStreamReader::EntityReference:
                return broken(errors::XmlForbidden, line(), QStringLiteral("DOCTYPE or entity"));
            default:
                break;
            }
        }
        if (m_reader.hasError())
            return broken(errors::XmlBroken, line(), m_reader.errorString());
        if (!m_hasRoot)
            return broken(errors::XmlBroken, line(), QStringLiteral("no element"));
        return std::move(m_root);
    }

private:
    qint64 line() const { return m_reader.lineNumber(); }

    Status start()
    {
        if (++m_elements > m_budget.elements)
            return broken(errors::XmlBudget, line(), QStringLiteral("number of elements"));
        if (int(m_open.size()) >= m_budget.depth)
            return broken(errors::XmlBudget, line(), QStringLiteral("depth"));
        const QXmlStreamAttributes attributes = m_reader.attributes();
        if (attributes.size() > m_budget.attributesPerElement)
            return broken(errors::XmlBudget, line(), QStringLiteral("attributes of one element"));
        XmlElement element;
        element.namespaceUri = m_reader.namespaceUri().toString();
        element.name = m_reader.name().toString();
        element.line = line();
        element.attributes.reserve(std::size_t(attributes.size()));
        for (const QXmlStreamAttribute &attribute : attributes)
            element.attributes.push_back({attribute.namespaceUri().toString(), attribute.name().toString(),
                attribute.value().toString()});
        // Children live in their parent's vector, so only the open path is kept by index.
        if (m_open.empty()) {
            m_root = std::move(element);
            m_hasRoot = true;
            m_open.push_back(&m_root);
        } else {
            m_open.back()->children.push_back(std::move(element));
            m_open.push_back(&m_open.back()->children.back());
        }
        return {};
    }

    void end() { m_open.pop_back(); }

    Status characters()
    {
        if (m_open.empty())
            return {};
        m_textBytes += m_reader.text().size();
        if (m_textBytes > m_budget.textBytes)
            return broken(errors::XmlBudget, line(), QStringLiteral("amount of text"));
        XmlElement &parent = *m_open.back();
        QString &target = parent.children.empty() ? parent.text : parent.children.back().tail;
        target += m_reader.text();
        return {};
    }

    QXmlStreamReader m_reader;
    const XmlBudget &m_budget;
    XmlElement m_root{};
    bool m_hasRoot = false;
    // Valid while open: a vector only grows at its last element's level, and that element's ancestors do not
    // move.
    std::vector<XmlElement *> m_open{};
    qint64 m_elements = 0;
    qint64 m_textBytes = 0;
};

bool isWide(QByteArrayView bytes)
{
    return bytes.size() >= 2
        && ((uchar(bytes[0]) == 0xFF && uchar(bytes[1]) == 0xFE)
            || (uchar(bytes[0]) == 0xFE && uchar(bytes[1]) == 0xFF) || bytes[0] == 0 || bytes[1] == 0);
}

// Skips a comment, CDATA section or processing instruction at `at` (which points at '<'); returns the index
// after it, or `at` when there is none, or -1 when it never ends.
qsizetype skipNonElement(QByteArrayView bytes, qsizetype at)
{
    struct Kind {
        const char *open, *close;
    };
    for (const Kind &kind : {Kind{"<!--", "-->"}, Kind{"<![CDATA[", "]]>"}, Kind{"<?", "?>"}}) {
        if (!bytes.sliced(at).startsWith(QByteArrayView(kind.open)))
            continue;
        const qsizetype end = bytes.indexOf(QByteArrayView(kind.close), at);
        return end < 0 ? -1 : end + qsizetype(qstrlen(kind.close));
    }
    return at;
}
} // namespace

QString XmlElement::attribute(QLatin1String local, const QString &ns) const
{
    for (const XmlAttribute &attribute : attributes) {
        if (attribute.name == local && (ns.isEmpty() || attribute.namespaceUri == ns))
            return attribute.value;
    }
    return {};
}

bool XmlElement::hasAttribute(QLatin1String local) const
{
    for (const XmlAttribute &attribute : attributes) {
        if (attribute.name == local)
            return true;
    }
    return false;
}

const XmlElement *XmlElement::child(QLatin1String local) const
{
    for (const XmlElement &element : children) {
        if (element.name == local)
            return &element;
    }
    return nullptr;
}

const XmlElement *XmlElement::path(std::initializer_list<const char *> names) const
{
    const XmlElement *at = this;
    for (const char *name : names) {
        at = at->child(QLatin1String(name));
        if (!at)
            return nullptr;
    }
    return at;
}

std::vector<const XmlElement *> XmlElement::all(QLatin1String local) const
{
    std::vector<const XmlElement *> out;
    for (const XmlElement &element : children) {
        if (element.name == local)
            out.push_back(&element);
    }
    return out;
}

QString XmlElement::value(QLatin1String childName) const
{
    const XmlElement *element = child(childName);
    return element ? element->allText().trimmed() : QString();
}

QString XmlElement::allText() const
{
    QString out = text;
    for (const XmlElement &element : children)
        out += element.allText() + element.tail;
    return out;
}

Status xmlPrecheck(QByteArrayView bytes, const XmlBudget &budget)
{
    if (bytes.size() > budget.bytes)
        return Error(errors::TooLarge, QStringLiteral("%1 bytes").arg(bytes.size()),
            {{QStringLiteral("what"), QStringLiteral("XML")}});
    if (isWide(bytes)) { // rare, but as quadratic as any: looked at in UTF-8
        const auto encoding =
            QStringConverter::encodingForData(bytes, u'<').value_or(QStringConverter::Utf16);
        const QByteArray narrow = QString(QStringDecoder(encoding).decode(bytes)).toUtf8();
        return isWide(narrow) ? Status() : xmlPrecheck(narrow, budget);
    }
    qint64 line = 1;
    const char *const at = bytes.data(); // unchecked access: this loop sees every byte of large answers
    const qsizetype size = bytes.size();
    for (qsizetype i = 0; i < size; ++i) {
        if (at[i] == '\n')
            ++line;
        if (at[i] != '<')
            continue;
        const qsizetype after = skipNonElement(bytes, i);
        if (after < 0)
            return {}; // unterminated: the parser says where
        if (after != i) {
            line += bytes.sliced(i, after - i).count('\n');
            i = after - 1;
            continue;
        }
        if (bytes.sliced(i).startsWith("<!DOCTYPE") || bytes.sliced(i).startsWith("<!ENTITY"))
            return broken(errors::XmlForbidden, line, QStringLiteral("DOCTYPE"));
        int equals = 0;
        char quote = 0;
        for (++i; i < size && (quote || at[i] != '>'); ++i) {
            const char c = at[i];
            if (c == '\n')
                ++line;
            if (quote)
                quote = c == quote ? 0 : quote;
            else if (c == '"' || c == '\'')
                quote = c;
            else if (c == '=' && ++equals > budget.attributesPerElement)
                return broken(errors::XmlBudget, line, QStringLiteral("attributes of one element"));
        }
    }
    return {};
}

Result<XmlElement> parseXml(const QByteArray &bytes, const XmlBudget &budget)
{
    NARU_TRY(xmlPrecheck(bytes, budget));
    return TreeBuilder(bytes, budget).build();
}

namespace {
void writeElement(QXmlStreamWriter &writer, const XmlElement &element)
{
    writer.writeStartElement(element.namespaceUri, element.name);
    for (const XmlAttribute &attribute : element.attributes) {
        if (attribute.namespaceUri.isEmpty())
            writer.writeAttribute(attribute.name, attribute.value);
        else
            writer.writeAttribute(attribute.namespaceUri, attribute.name, attribute.value);
    }
    if (!element.text.isEmpty())
        writer.writeCharacters(element.text);
    for (const XmlElement &child : element.children) {
        writeElement(writer, child);
        if (!child.tail.isEmpty())
            writer.writeCharacters(child.tail);
    }
    writer.writeEndElement();
}
} // namespace

QByteArray writeXml(const XmlElement &element, const QHash<QString, QString> &prefixes)
{
    QByteArray out;
    QXmlStreamWriter writer(&out);
    for (auto it = prefixes.cbegin(); it != prefixes.cend(); ++it) {
        if (it.value().isEmpty())
            writer.writeDefaultNamespace(it.key());
        else
            writer.writeNamespace(it.key(), it.value());
    }
    writeElement(writer, element);
    return out;
}

} // namespace naru::base
