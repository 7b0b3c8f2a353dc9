#include "core/cda/write/XmlOut.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/cda/Errors.h"
#include "core/cda/tables/qualifiersTable.h"

#include <QRegularExpression>
#include <QUrl>

namespace naru::cda {

namespace {
bool isSpace(QChar c)
{
    return c.isSpace();
}

QString notTextReason(char16_t u)
{
    return QStringLiteral("U+%1").arg(u, 4, 16, QLatin1Char('0')).toUpper();
}
} // namespace

bool isDecimal(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("\\A-?[0-9]+(\\.[0-9]+)?\\z"));
    return text.size() <= 40 && pattern.match(text).hasMatch();
}

XmlOut::XmlOut()
{
    m_out.reserve(64 * 1024);
    m_out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
}

void XmlOut::fail(const base::Error &error)
{
    if (!m_fault)
        m_fault = error;
}

void XmlOut::newLine()
{
    m_out += '\n';
    m_out.append(qsizetype(m_open.size()), ' ');
}

void XmlOut::open(const char *name, Attributes attributes, bool close)
{
    bool mixed = false;
    if (!m_open.empty()) {
        if (m_pending)
            m_out += '>';
        m_open.back().children = true;
        mixed = m_open.back().mixed;
    }
    if (!mixed)
        newLine();
    m_out += '<';
    m_out += name;
    for (const Attribute &attribute : attributes) {
        if (attribute.value.isEmpty())
            continue;
        m_out += ' ';
        m_out += attribute.name;
        m_out += "=\"";
        escape(attribute.value, true);
        m_out += '"';
    }
    m_pending = !close;
    if (close)
        m_out += "/>";
    else
        m_open.push_back({name, mixed, false});
}

XmlOut &XmlOut::start(const char *name, Attributes attributes)
{
    open(name, attributes, false);
    return *this;
}

XmlOut &XmlOut::startMixed(const char *name, Attributes attributes)
{
    open(name, attributes, false);
    m_open.back().mixed = true;
    return *this;
}

XmlOut &XmlOut::text(const QString &text)
{
    if (text.isEmpty())
        return *this;
    if (m_pending)
        m_out += '>';
    m_pending = false;
    m_open.back().mixed = true;
    escape(text, false);
    return *this;
}

XmlOut &XmlOut::lines(const QString &text)
{
    QString unix = text;
    unix.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
    bool first = true;
    for (const QString &line : unix.split(QLatin1Char('\n'))) {
        if (!first)
            empty("br");
        first = false;
        this->text(line);
    }
    return *this;
}

XmlOut &XmlOut::end()
{
    const Open open = m_open.back();
    m_open.pop_back();
    if (m_pending) {
        m_out += "/>";
    } else {
        if (!open.mixed && open.children)
            newLine();
        m_out += "</";
        m_out += open.name;
        m_out += '>';
    }
    m_pending = false;
    return *this;
}

XmlOut &XmlOut::empty(const char *name, Attributes attributes)
{
    open(name, attributes, true);
    return *this;
}

XmlOut &XmlOut::leaf(const char *name, const QString &text, Attributes attributes)
{
    return startMixed(name, attributes).text(text).end();
}

void XmlOut::escape(const QString &text, bool attribute)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const char16_t u = c.unicode();
        const bool pair = c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        const bool control = u < 0x20 && u != u'\t' && u != u'\n' && u != u'\r';
        if (control || (c.isSurrogate() && !pair) || u >= 0xFFFE) { // XML 1.0, production Char
            fail(base::Error(errors::TextNotXml, m_place,
                {{QStringLiteral("field"), m_place}, {QStringLiteral("character"), notTextReason(u)}}));
            continue;
        }
        if (pair) {
            m_out += QStringView(text).sliced(i, 2).toUtf8();
            ++i;
        } else if (u == u'&') {
            m_out += "&amp;";
        } else if (u == u'<') {
            m_out += "&lt;";
        } else if (u == u'>') {
            m_out += "&gt;";
        } else if (u == u'"' && attribute) {
            m_out += "&quot;";
        } else if (u == u'\r' || (attribute && (u == u'\n' || u == u'\t'))) {
            m_out += "&#" + QByteArray::number(u) + ';';
        } else if (u < 0x80) {
            m_out += char(u);
        } else {
            m_out += QStringView(&c, 1).toUtf8();
        }
    }
}

void XmlOut::checkToken(const QString &token)
{
    if (std::any_of(token.begin(), token.end(), isSpace))
        fail(base::Error(errors::CodeInvalid, m_place, {{QStringLiteral("field"), m_place}}));
}

void XmlOut::checkUid(const QString &uid)
{
    // CDA R2 data types: uid = OID, UUID or a registered name.
    static const QRegularExpression pattern(
        QStringLiteral("\\A([0-2](\\.(0|[1-9][0-9]*))*|[A-Za-z][A-Za-z0-9-]*|"
                       "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\\z"));
    if (!uid.isEmpty() && !pattern.match(uid).hasMatch())
        fail(base::Error(errors::CodeInvalid, m_place, {{QStringLiteral("field"), m_place}}));
}

void XmlOut::qualifier(const char *axis, const QString &value)
{
    if (value.isEmpty())
        return;
    const base::TsvTable table = base::TsvTable::parse(tables::qualifiers);
    int nameRow = -1;
    for (int i = 0; i < table.rowCount(); ++i) {
        if (table.at(i, "axis") != QLatin1String(axis))
            continue;
        if (nameRow < 0) {
            nameRow = i;
            continue;
        }
        if (table.at(i, "value") != value)
            continue;
        start("qualifier");
        for (const auto &[name, row] : {std::pair{"name", nameRow}, std::pair{"value", i}})
            empty(name,
                {{"code", table.at(row, "code")}, {"codeSystem", base::oid("snomedCt").text()},
                    {"displayName", table.at(row, "display")}});
        end();
        return;
    }
    fail(base::Error(errors::CodeInvalid, m_place, {{QStringLiteral("field"), m_place}}));
}

XmlOut &XmlOut::coded(
    const char *name, const clinical::CodedValue &value, const char *xsiType, bool qualified)
{
    checkToken(value.code);
    checkUid(value.system);
    const bool nothing = value.isEmpty() && value.nullFlavor.isEmpty() && value.translations.empty();
    QString flavor = value.nullFlavor;
    if (value.code.isEmpty() && flavor.isEmpty())
        flavor = nothing ? QStringLiteral("NI") : QStringLiteral("UNK");
    checkToken(flavor);
    start(name,
        {{"xsi:type", QLatin1String(xsiType)}, {"nullFlavor", flavor}, {"code", value.code},
            {"codeSystem", value.system},
            {"codeSystemName", value.system.isEmpty() ? QString() : base::oidTitle(value.system)},
            {"displayName", value.display}});
    if (!value.originalText.isEmpty())
        leaf("originalText", value.originalText);
    // Between originalText and translation, as the schema has it; a CE (materials, entities) has none.
    if (!nothing && (qualified || qstrcmp(xsiType, "CD") == 0)) {
        qualifier("side", value.side);
        qualifier("severity", value.severity);
    }
    for (const clinical::CodedValue &translation : value.translations)
        coded("translation", translation);
    return end();
}

XmlOut &XmlOut::fixedCode(const char *name, const char *code, const char *oidName)
{
    return empty(name, {{"code", QLatin1String(code)}, {"codeSystem", base::oid(oidName).text()}});
}

XmlOut &XmlOut::id(const char *name, const clinical::Identifier &id)
{
    checkUid(id.root);
    if (id.isEmpty())
        return empty(name, {{"nullFlavor", QStringLiteral("NI")}});
    return empty(name, {{"root", id.root}, {"extension", id.extension}});
}

XmlOut &XmlOut::time(const char *name, const base::Timestamp &time)
{
    if (time.isNull())
        return empty(name, {{"nullFlavor", QStringLiteral("UNK")}});
    return empty(name, {{"value", time.toHl7()}});
}

XmlOut &XmlOut::interval(
    const char *name, const base::Timestamp &low, const base::Timestamp &high, bool asIvl)
{
    if (low.isNull() && high.isNull())
        return empty(name, {{"nullFlavor", QStringLiteral("UNK")}});
    start(name, {{"xsi:type", asIvl ? QStringLiteral("IVL_TS") : QString()}});
    if (!low.isNull())
        time("low", low);
    if (!high.isNull())
        time("high", high);
    return end();
}

XmlOut &XmlOut::telecom(const QString &phone)
{
    if (!phone.isEmpty())
        // RFC 3966: what is no URI character ("내선 3") is percent-encoded, so that the value stays an
        // anyURI.
        empty("telecom",
            {{"value",
                QStringLiteral("tel:") + QString::fromLatin1(QUrl::toPercentEncoding(phone, "+()*"))}});
    return *this;
}

XmlOut &XmlOut::address(const clinical::Address &address)
{
    if (address.isEmpty())
        return *this;
    start("addr");
    if (!address.basic.isEmpty())
        leaf("additionalLocator", address.basic);
    if (!address.detail.isEmpty())
        leaf("streetAddressLine", address.detail);
    if (!address.postalCode.isEmpty())
        leaf("postalCode", address.postalCode);
    return end();
}

XmlOut &XmlOut::personName(const QString &name)
{
    if (name.isEmpty())
        return empty("name", {{"nullFlavor", QStringLiteral("NI")}});
    const auto [family, given] = clinical::familyAndGiven(name);
    start("name");
    // A name that its parts alone would not rebuild (a blank between Hangul parts) carries the blank as
    // delimiter.
    const bool hangul = family + given == name;
    const bool spaced = family + QLatin1Char(' ') + given == name;
    const bool western = given + QLatin1Char(' ') + family == name;
    if (!hangul && !spaced && !western)
        return leaf("family", name).end();
    if (hangul || spaced)
        leaf("family", family);
    if (spaced && !hangul)
        startMixed("delimiter").text(QStringLiteral(" ")).end();
    if (!given.isEmpty())
        leaf("given", given);
    if (!hangul && !spaced)
        leaf("family", family);
    return end();
}

XmlOut &XmlOut::measurement(const QString &value, const QString &unit)
{
    if (value.isEmpty())
        return *this;
    if (isDecimal(value) && std::none_of(unit.begin(), unit.end(), isSpace))
        return empty("value", {{"xsi:type", QStringLiteral("PQ")}, {"value", value}, {"unit", unit}});
    return leaf("value", value, {{"xsi:type", QStringLiteral("ST")}});
}

XmlOut &XmlOut::reference(const QString &id)
{
    return start("text").empty("reference", {{"value", QLatin1Char('#') + id}}).end();
}

base::Result<QByteArray> XmlOut::finish()
{
    if (m_fault)
        return *m_fault;
    return m_out + '\n';
}

} // namespace naru::cda
