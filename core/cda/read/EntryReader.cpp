#include "core/cda/read/EntryReader.h"

namespace naru::cda {

using base::XmlElement;
using clinical::Entry;

bool isStatement(const QString &localName)
{
    static const QStringList names{QStringLiteral("act"), QStringLiteral("encounter"),
        QStringLiteral("observation"), QStringLiteral("observationMedia"), QStringLiteral("organizer"),
        QStringLiteral("procedure"), QStringLiteral("regionOfInterest"),
        QStringLiteral("substanceAdministration"), QStringLiteral("supply")};
    return names.contains(localName);
}

void EntryReader::read(const XmlElement &parent, std::vector<Entry> &out)
{
    for (const XmlElement &child : parent.children) {
        if (!isStatement(child.name))
            continue;
        if (m_remaining <= 0)
            return;
        --m_remaining;
        out.push_back(statement(child));
    }
}

Entry EntryReader::statement(const XmlElement &element)
{
    Entry entry;
    entry.kind = element.name;
    entry.nullFlavor = attributeOf(&element, "nullFlavor");
    entry.negated = attributeOf(&element, "negationInd") == QLatin1String("true");
    entry.status = attributeOf(childOf(&element, "statusCode"), "code");
    entry.code = readCoded(childOf(&element, "code"), &m_anchors);
    times(element, entry);
    details(element, entry);
    entry.narrativeId = referenceId(childOf(&element, "text"));
    for (const char *name : {"code", "value"}) {
        if (entry.narrativeId.isEmpty())
            entry.narrativeId = referenceId(childOf(&element, name));
    }
    for (const XmlElement &child : element.children) {
        if (child.name == QLatin1String("entryRelationship") || child.name == QLatin1String("component")) {
            read(child, entry.children);
        } else if (child.name == QLatin1String("participant")) {
            const XmlElement *role = childOf(&child, "participantRole");
            Entry participant;
            participant.kind = child.name;
            participant.code = readCoded(pathOf(role, {"playingEntity", "code"}), &m_anchors);
            participant.value = readText(pathOf(role, {"playingEntity", "name"}));
            if (participant.code.isEmpty())
                participant.code = readCoded(childOf(role, "code"), &m_anchors);
            if (m_remaining > 0 && (!participant.code.isEmpty() || !participant.value.isEmpty())) {
                --m_remaining;
                entry.children.push_back(std::move(participant));
            }
        }
    }
    return entry;
}

void EntryReader::times(const XmlElement &element, Entry &entry) const
{
    for (const XmlElement *time : element.all(QLatin1String("effectiveTime"))) {
        if (entry.time.isNull())
            entry.time = readTime(time);
        if (entry.endTime.isNull())
            entry.endTime = readHigh(time);
    }
}

void EntryReader::details(const XmlElement &element, Entry &entry) const
{
    QStringList values;
    for (const XmlElement *value : element.all(QLatin1String("value"))) {
        const ReadValue read =
            element.name == QLatin1String("observationMedia") ? ReadValue{} : readValue(value, &m_anchors);
        if (!read.text.isEmpty())
            values.append(read.text);
        if (entry.unit.isEmpty())
            entry.unit = read.unit;
        if (read.isCoded && entry.valueCode.isEmpty())
            entry.valueCode = read.coded;
    }
    entry.value = values.join(QStringLiteral(", "));
    QStringList flags;
    for (const XmlElement *code : element.all(QLatin1String("interpretationCode")))
        flags.append(attributeOf(code, "code"));
    flags.removeAll(QString());
    entry.interpretation = flags.join(QLatin1Char(' '));
    const XmlElement *range = pathOf(&element, {"referenceRange", "observationRange"});
    entry.referenceRange = readText(childOf(range, "text"));
    if (entry.referenceRange.isEmpty())
        entry.referenceRange = readValue(childOf(range, "value"), &m_anchors).text;
    const XmlElement *product = pathOf(&element, {"consumable", "manufacturedProduct"});
    if (!product)
        product = pathOf(&element, {"product", "manufacturedProduct"});
    if (product) {
        entry.code = readCoded(pathOf(product, {"manufacturedMaterial", "code"}), &m_anchors);
        if (entry.code.isEmpty())
            entry.code.originalText = readText(pathOf(product, {"manufacturedMaterial", "name"}));
        const ReadValue dose = readValue(childOf(&element, "doseQuantity"), &m_anchors);
        entry.value = dose.text;
        entry.unit = dose.unit;
    }
}

} // namespace naru::cda
