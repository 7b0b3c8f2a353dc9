#include "app/practice/seed/ReferralReader.h"

#include "core/base/Errors.h"
#include "core/base/Oid.h"
#include "core/base/Xml.h"

namespace naru::practice {

using base::XmlElement;

namespace {
constexpr size_t maxEntries = 200;

base::Error invalid(const char *what)
{
    return base::Error(
        base::errors::Invalid, QLatin1String(what), {{QStringLiteral("what"), QLatin1String(what)}});
}

clinical::Identifier idOf(const XmlElement *owner)
{
    const XmlElement *id = owner ? owner->child(QLatin1String("id")) : nullptr;
    return id ? clinical::Identifier{id->attribute(QLatin1String("root")),
               id->attribute(QLatin1String("extension"))}
              : clinical::Identifier{};
}

QString phoneOf(const XmlElement *owner)
{
    const XmlElement *telecom = owner ? owner->child(QLatin1String("telecom")) : nullptr;
    const QString value = telecom ? telecom->attribute(QLatin1String("value")) : QString();
    return value.startsWith(QLatin1String("tel:")) ? value.mid(4) : value;
}

QString nameOf(const XmlElement *owner)
{
    const XmlElement *name = owner ? owner->child(QLatin1String("name")) : nullptr;
    if (!name)
        return {};
    const QString family = name->value(QLatin1String("family"));
    const QString given = name->value(QLatin1String("given"));
    if (family.isEmpty() && given.isEmpty())
        return name->allText().simplified();
    const bool hangul = !family.isEmpty() && family[0].unicode() >= 0xAC00 && family[0].unicode() <= 0xD7A3;
    return hangul ? family + given : (given + QLatin1Char(' ') + family).trimmed();
}

clinical::Address addressOf(const XmlElement *owner)
{
    const XmlElement *addr = owner ? owner->child(QLatin1String("addr")) : nullptr;
    if (!addr)
        return {};
    return {addr->value(QLatin1String("additionalLocator")), addr->value(QLatin1String("streetAddressLine")),
        addr->value(QLatin1String("postalCode"))};
}

clinical::CodedValue codedOf(const XmlElement *element)
{
    clinical::CodedValue out;
    if (!element)
        return out;
    out.code = element->attribute(QLatin1String("code"));
    out.system = element->attribute(QLatin1String("codeSystem"));
    out.display = element->attribute(QLatin1String("displayName"));
    out.nullFlavor = element->attribute(QLatin1String("nullFlavor"));
    if (const XmlElement *original = element->child(QLatin1String("originalText")))
        out.originalText = original->allText().simplified();
    for (const XmlElement *translation : element->all(QLatin1String("translation"))) {
        if (out.translations.size() < 8)
            out.translations.push_back(codedOf(translation));
    }
    return out;
}

base::Timestamp lowOf(const XmlElement *owner)
{
    if (!owner)
        return {};
    for (const XmlElement *time : owner->all(QLatin1String("effectiveTime"))) {
        const XmlElement *low = time->child(QLatin1String("low"));
        const QString value =
            low ? low->attribute(QLatin1String("value")) : time->attribute(QLatin1String("value"));
        if (!value.isEmpty())
            return base::Timestamp::parseHl7(value).valueOr({});
    }
    return {};
}

clinical::Patient patientOf(const XmlElement *role)
{
    clinical::Patient out;
    const XmlElement *person = role->child(QLatin1String("patient"));
    out.localId = idOf(role);
    out.name = nameOf(person);
    out.phone = phoneOf(role);
    out.address = addressOf(role);
    if (!person)
        return out;
    if (const XmlElement *sex = person->child(QLatin1String("administrativeGenderCode")))
        out.sex = clinical::sexFromText(sex->attribute(QLatin1String("code")));
    if (const XmlElement *birth = person->child(QLatin1String("birthTime")))
        out.birthDate = base::Timestamp::parseHl7(birth->attribute(QLatin1String("value"))).valueOr({});
    if (const XmlElement *guardian = person->child(QLatin1String("guardian"))) {
        clinical::Guardian one;
        one.relation = codedOf(guardian->child(QLatin1String("code"))).code;
        one.name = nameOf(guardian->child(QLatin1String("guardianPerson")));
        one.phone = phoneOf(guardian);
        one.address = addressOf(guardian);
        out.guardian = one;
    }
    return out;
}

void authorOf(const XmlElement &root, Referral &out)
{
    if (const XmlElement *whole =
            root.path({"custodian", "assignedCustodian", "representedCustodianOrganization"})) {
        const clinical::Identifier id = idOf(whole);
        out.institution.oid = id.root;
        out.institution.number =
            id.extension.isEmpty() ? id.root.section(QLatin1Char('.'), -1) : id.extension;
        out.institution.name = whole->value(QLatin1String("name"));
        out.institution.phone = phoneOf(whole);
        out.institution.address = addressOf(whole);
    }
    const XmlElement *assigned = root.path({"author", "assignedAuthor"});
    if (!assigned)
        return;
    out.doctor.licence = idOf(assigned).extension;
    out.doctor.name = nameOf(assigned->child(QLatin1String("assignedPerson")));
    out.doctor.phone = phoneOf(assigned);
    if (const XmlElement *department = assigned->child(QLatin1String("representedOrganization")))
        out.doctor.department = {idOf(department).extension, department->value(QLatin1String("name"))};
}

void problemsOf(const XmlElement &section, Referral &out)
{
    for (const XmlElement *entry : section.all(QLatin1String("entry"))) {
        const XmlElement *observation = entry->path({"act", "entryRelationship", "observation"});
        if (!observation || out.problems.size() >= maxEntries)
            continue;
        clinical::Problem one;
        one.code = codedOf(observation->child(QLatin1String("value")));
        one.onset = lowOf(observation);
        one.main = out.problems.empty();
        if (!one.code.isEmpty())
            out.problems.push_back(one);
    }
}

void medicationsOf(const XmlElement &section, Referral &out)
{
    for (const XmlElement *entry : section.all(QLatin1String("entry"))) {
        const XmlElement *given = entry->child(QLatin1String("substanceAdministration"));
        if (!given || out.medications.size() >= maxEntries)
            continue;
        clinical::Medication one;
        one.code =
            codedOf(given->path({"consumable", "manufacturedProduct", "manufacturedMaterial", "code"}));
        one.start = lowOf(given);
        if (const XmlElement *dose = given->child(QLatin1String("doseQuantity"))) {
            one.doseValue = dose->attribute(QLatin1String("value"));
            one.doseUnit = dose->attribute(QLatin1String("unit"));
        }
        if (const XmlElement *times = given->child(QLatin1String("repeatNumber")))
            one.timesPerDay = times->attribute(QLatin1String("value"));
        for (const XmlElement *time : given->all(QLatin1String("effectiveTime"))) {
            if (const XmlElement *period = time->child(QLatin1String("period")))
                one.days = period->attribute(QLatin1String("value"));
        }
        if (const XmlElement *text = given->child(QLatin1String("text")))
            one.usage = text->allText().simplified();
        if (!one.code.isEmpty())
            out.medications.push_back(one);
    }
}
} // namespace

base::Result<Referral> readReferral(const QByteArray &bytes)
{
    NARU_ASSIGN(const XmlElement root, base::parseXml(bytes));
    if (root.name != QLatin1String("ClinicalDocument"))
        return invalid("not a ClinicalDocument");
    bool referral = false;
    for (const XmlElement *id : root.all(QLatin1String("templateId")))
        referral = referral || id->attribute(QLatin1String("root")) == base::oid("krReferral").text();
    if (!referral)
        return invalid("not a referral");
    Referral out;
    out.id = idOf(&root);
    const XmlElement *role = root.path({"recordTarget", "patientRole"});
    if (out.id.root.isEmpty() || !role || idOf(role).isEmpty())
        return invalid("referral without id or patient");
    out.patient = patientOf(role);
    authorOf(root, out);
    if (const XmlElement *asked =
            root.path({"informationRecipient", "intendedRecipient", "receivedOrganization"}))
        out.askedDepartment = {idOf(asked).extension, asked->value(QLatin1String("name"))};
    const XmlElement *body = root.path({"component", "structuredBody"});
    for (const XmlElement *component :
        body ? body->all(QLatin1String("component")) : std::vector<const XmlElement *>{}) {
        const XmlElement *section = component->child(QLatin1String("section"));
        const QString code = section ? codedOf(section->child(QLatin1String("code"))).code : QString();
        if (code == QLatin1String("11450-4"))
            problemsOf(*section, out);
        else if (code == QLatin1String("10160-0"))
            medicationsOf(*section, out);
    }
    return out;
}

} // namespace naru::practice
