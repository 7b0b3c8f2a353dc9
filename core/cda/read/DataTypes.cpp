#include "core/cda/read/DataTypes.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/cda/tables/qualifiersTable.h"

#include <QHash>
#include <QUrl>

namespace naru::cda {

using base::XmlElement;
using clinical::CodedValue;

const XmlElement *childOf(const XmlElement *element, const char *name)
{
    return element ? element->child(QLatin1String(name)) : nullptr;
}

const XmlElement *pathOf(const XmlElement *element, std::initializer_list<const char *> names)
{
    return element ? element->path(names) : nullptr;
}

QString attributeOf(const XmlElement *element, const char *name)
{
    return element ? element->attribute(QLatin1String(name)) : QString();
}

QString readText(const XmlElement *element)
{
    if (!element)
        return {};
    QString out = element->text;
    for (const XmlElement &child : element->children)
        out += (child.name == QLatin1String("br") ? QStringLiteral(" ") : child.allText()) + child.tail;
    return collapsed(out);
}

QString referenceId(const XmlElement *element)
{
    const XmlElement *reference = childOf(element, "reference");
    if (!reference)
        reference = pathOf(element, {"originalText", "reference"});
    const QString value = attributeOf(reference, "value").trimmed();
    return value.startsWith(QLatin1Char('#')) ? value.mid(1) : QString();
}

// The value of the first qualifier of this axis that is one of ours. Other systems' codes and other
// qualifiers are left to the narrative.
static QString readQualifier(const XmlElement &element, const base::TsvTable &table, const QString &axis)
{
    const QString snomed = base::oid("snomedCt").text();
    QString axisCode;
    QHash<QString, QString> values;
    for (int i = 0; i < table.rowCount(); ++i) {
        if (table.at(i, "axis") != axis)
            continue;
        if (axisCode.isEmpty())
            axisCode = table.at(i, "code");
        else
            values.insert(table.at(i, "code"), table.at(i, "value"));
    }
    for (const XmlElement *qualifier : element.all(QLatin1String("qualifier"))) {
        const XmlElement *name = childOf(qualifier, "name"), *value = childOf(qualifier, "value");
        if (attributeOf(name, "code").trimmed() != axisCode || attributeOf(name, "codeSystem") != snomed
            || attributeOf(value, "codeSystem") != snomed)
            continue;
        const auto found = values.constFind(attributeOf(value, "code").trimmed());
        if (found != values.cend())
            return *found;
    }
    return {};
}

static void readQualifiers(const XmlElement &element, CodedValue &value)
{
    if (!element.child(QLatin1String("qualifier")))
        return;
    const base::TsvTable table = base::TsvTable::parse(tables::qualifiers);
    value.side = readQualifier(element, table, QStringLiteral("side"));
    value.severity = readQualifier(element, table, QStringLiteral("severity"));
}

CodedValue readCoded(const XmlElement *element, const Anchors *anchors)
{
    CodedValue value;
    if (!element)
        return value;
    value.code = attributeOf(element, "code").trimmed();
    value.system = attributeOf(element, "codeSystem").trimmed();
    value.display = attributeOf(element, "displayName");
    value.nullFlavor = attributeOf(element, "nullFlavor");
    const XmlElement *original = childOf(element, "originalText");
    value.originalText = readText(original);
    if (value.originalText.isEmpty() && anchors)
        value.originalText = anchors->value(referenceId(original)).text;
    readQualifiers(*element, value);
    for (const XmlElement *translation : element->all(QLatin1String("translation")))
        value.translations.push_back(readCoded(translation, anchors));
    if (value.isEmpty() && value.translations.empty() && value.nullFlavor == QLatin1String("NI"))
        value.nullFlavor.clear(); // "no information" about a code is no code
    return value;
}

clinical::Identifier readIdentifier(const XmlElement *element)
{
    return {attributeOf(element, "root"), attributeOf(element, "extension")};
}

base::Timestamp readTime(const XmlElement *element)
{
    for (const XmlElement *source : {element, childOf(element, "low"), childOf(element, "center")}) {
        const QString value = attributeOf(source, "value");
        if (value.isEmpty())
            continue;
        if (auto time = base::Timestamp::parseHl7(value))
            return *time;
    }
    return {};
}

base::Timestamp readHigh(const XmlElement *element)
{
    const auto time = base::Timestamp::parseHl7(attributeOf(childOf(element, "high"), "value"));
    return time ? *time : base::Timestamp();
}

QString readTelecom(const XmlElement *parent)
{
    const QString value = attributeOf(childOf(parent, "telecom"), "value");
    if (!value.startsWith(QLatin1String("tel:"), Qt::CaseInsensitive))
        return value;
    return QUrl::fromPercentEncoding(value.mid(4).toUtf8());
}

clinical::Address readAddress(const XmlElement *parent)
{
    const XmlElement *addr = childOf(parent, "addr");
    clinical::Address address;
    if (!addr)
        return address;
    QStringList basic, detail;
    for (const XmlElement &part : addr->children) {
        if (part.name == QLatin1String("postalCode"))
            address.postalCode = readText(&part);
        else if (part.name == QLatin1String("streetAddressLine"))
            detail.append(readText(&part));
        else if (part.name != QLatin1String("useablePeriod"))
            basic.append(readText(&part));
    }
    basic.removeAll(QString());
    detail.removeAll(QString());
    address.basic = basic.isEmpty() ? collapsed(addr->text) : basic.join(QLatin1Char(' '));
    address.detail = detail.join(QLatin1Char(' '));
    return address;
}

QString readPersonName(const XmlElement *parent)
{
    const XmlElement *name = childOf(parent, "name");
    if (!name)
        return {};
    if (name->children.empty())
        return collapsed(name->text);
    QStringList family, given, all;
    bool delimiter = false;
    QString joined;
    for (const XmlElement &part : name->children) {
        if (part.name == QLatin1String("validTime"))
            continue;
        if (part.name == QLatin1String("delimiter")) {
            delimiter = true;
            joined += part.allText();
            continue;
        }
        const QString text = readText(&part);
        joined += text;
        (part.name == QLatin1String("family") ? family : given).append(text);
    }
    given.removeAll(QString());
    if (delimiter)
        return joined;
    const QString familyName = family.join(QLatin1Char(' '));
    const bool hangul =
        !familyName.isEmpty() && familyName[0].unicode() >= 0xAC00 && familyName[0].unicode() <= 0xD7A3;
    if (hangul)
        return familyName + given.join(QString());
    return (given + (familyName.isEmpty() ? QStringList() : QStringList(familyName))).join(QLatin1Char(' '));
}

QString xsiType(const XmlElement &element)
{
    const QString type =
        element.attribute(QLatin1String("type"), QStringLiteral("http://www.w3.org/2001/XMLSchema-instance"));
    return type.mid(type.lastIndexOf(QLatin1Char(':')) + 1);
}

ReadValue readValue(const XmlElement *value, const Anchors *anchors)
{
    ReadValue out;
    if (!value)
        return out;
    const QString type = xsiType(*value);
    const QString plain = attributeOf(value, "value");
    if (!attributeOf(value, "code").isEmpty() || type == QLatin1String("CD") || type == QLatin1String("CE")
        || type == QLatin1String("CV") || type == QLatin1String("CO") || type == QLatin1String("CS")) {
        out.coded = readCoded(value, anchors);
        out.isCoded = true;
        out.text = out.coded.text();
    } else if (type.startsWith(QLatin1String("TS")) || type.endsWith(QLatin1String("_TS"))) {
        out.text = readTime(value).toDisplay();
        if (const base::Timestamp high = readHigh(value); !high.isNull())
            out.text += QStringLiteral(" ~ ") + high.toDisplay();
    } else if (type == QLatin1String("RTO") || value->child(QLatin1String("numerator"))) {
        out.text = attributeOf(childOf(value, "numerator"), "value") + QLatin1Char('/')
            + attributeOf(childOf(value, "denominator"), "value");
        out.unit = attributeOf(childOf(value, "numerator"), "unit");
    } else if (!plain.isEmpty()) {
        out.text = plain;
        out.unit = attributeOf(value, "unit");
    } else if (const XmlElement *low = value->child(QLatin1String("low")); low || childOf(value, "high")) {
        const QString high = attributeOf(childOf(value, "high"), "value");
        out.text = attributeOf(low, "value") + (high.isEmpty() ? QString() : QLatin1Char('-') + high);
        out.unit = attributeOf(low ? low : childOf(value, "high"), "unit");
    } else {
        out.text = readText(value);
        if (out.text.isEmpty() && anchors)
            out.text = anchors->value(referenceId(value)).text;
    }
    return out;
}

} // namespace naru::cda
