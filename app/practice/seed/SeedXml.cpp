#include "app/practice/seed/SeedXml.h"

#include "core/base/Oid.h"

namespace naru::practice {

namespace {
const QString &xsi()
{
    static const QString uri = QStringLiteral("http://www.w3.org/2001/XMLSchema-instance");
    return uri;
}
bool startsWithHangul(const QString &name)
{
    return !name.isEmpty() && name[0].unicode() >= 0xAC00 && name[0].unicode() <= 0xD7A3;
}
} // namespace

void SeedXml::attributes(Attributes list, bool skipEmpty)
{
    for (const auto &[name, value] : list) {
        if (skipEmpty && value.isEmpty())
            continue;
        if (QLatin1String(name) == QLatin1String("xsi:type"))
            m_writer.writeAttribute(xsi(), QStringLiteral("type"), value);
        else
            m_writer.writeAttribute(QLatin1String(name), value);
    }
}

void SeedXml::open(const char *name, Attributes list)
{
    m_writer.writeStartElement(QLatin1String(name));
    attributes(list, true);
}

void SeedXml::empty(const char *name, Attributes list)
{
    m_writer.writeEmptyElement(QLatin1String(name));
    attributes(list, true);
}

void SeedXml::text(const char *name, const QString &text, Attributes list)
{
    open(name, list);
    m_writer.writeCharacters(text);
    close();
}

void SeedXml::coded(const char *name, const clinical::CodedValue &value, const char *xsiType)
{
    m_writer.writeStartElement(QLatin1String(name));
    if (xsiType)
        m_writer.writeAttribute(xsi(), QStringLiteral("type"), QLatin1String(xsiType));
    if (value.code.isEmpty()) {
        m_writer.writeAttribute(QStringLiteral("nullFlavor"),
            value.nullFlavor.isEmpty() ? QStringLiteral("OTH") : value.nullFlavor);
        if (!value.text().isEmpty())
            text("originalText", value.text());
    } else {
        attributes({{"code", value.code}, {"codeSystem", value.system},
                       {"codeSystemName", base::oidTitle(value.system)}, {"displayName", value.display}},
            true);
    }
    for (const clinical::CodedValue &translation : value.translations) {
        empty("translation",
            {{"code", translation.code}, {"codeSystem", translation.system},
                {"codeSystemName", base::oidTitle(translation.system)},
                {"displayName", translation.display}});
    }
    close();
}

void SeedXml::telecom(const QString &phone)
{
    if (phone.isEmpty())
        empty("telecom", {{"nullFlavor", QStringLiteral("UNK")}});
    else
        empty("telecom", {{"value", QStringLiteral("tel:") + phone}});
}

void SeedXml::address(const clinical::Address &address)
{
    if (address.isEmpty())
        return;
    open("addr");
    text("additionalLocator", address.basic);
    if (!address.detail.isEmpty())
        text("streetAddressLine", address.detail);
    if (!address.postalCode.isEmpty())
        text("postalCode", address.postalCode);
    close();
}

// The national forms split Hangul names after the first character, whatever the family name; others are
// "given family".
void SeedXml::personName(const QString &name)
{
    open("name");
    if (startsWithHangul(name)) {
        text("family", name.left(1));
        text("given", name.mid(1));
    } else {
        const auto space = name.lastIndexOf(QLatin1Char(' '));
        text("given", space > 0 ? name.left(space) : name);
        text("family", space > 0 ? name.mid(space + 1) : QString());
    }
    close();
}

} // namespace naru::practice
