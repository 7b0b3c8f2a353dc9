#include "core/cda/render/Render.h"

#include "core/base/Hangul.h"
#include "core/base/Tsv.h"
#include "core/cda/Words.h"
#include "core/cda/tables/warningsTable.h"

#include <QJsonArray>

namespace naru::cda {

using namespace clinical;

namespace {
QString word(const char *group, const QString &value, Language language)
{
    return language == Language::Korean ? wordKo(group, value) : wordEn(group, value);
}

QString label(const char *key, Language language)
{
    return word("label", QLatin1String(key), language);
}

QString joined(const QStringList &parts, const QString &separator = QStringLiteral(" "))
{
    QStringList out = parts;
    out.removeAll(QString());
    return out.join(separator);
}

QString withBrackets(const QString &text)
{
    return text.isEmpty() ? QString() : QLatin1Char('(') + text + QLatin1Char(')');
}
} // namespace

std::vector<std::pair<QString, QString>> headerLines(const ReadDocument &read, Language language)
{
    const Document &d = read.document;
    std::vector<std::pair<QString, QString>> lines;
    const auto add = [&](const char *key, const QString &value) {
        if (!value.isEmpty())
            lines.emplace_back(label(key, language), value);
    };
    add("patient", d.patient.name);
    add("sex", word("sex", sexToHl7(d.patient.sex), language));
    add("birthDate", d.patient.birthDate.toDisplay());
    add("chart", d.patient.localId.extension);
    add("phone", d.patient.phone);
    const Address &a = d.patient.address;
    add("address", joined({a.basic, a.detail, withBrackets(a.postalCode)}));
    if (d.patient.guardian)
        add("guardian",
            joined({d.patient.guardian->name,
                withBrackets(word("relation", d.patient.guardian->relation, language)),
                d.patient.guardian->phone}));
    add("author",
        joined({d.author.name, d.author.department.name, d.custodian.name, withBrackets(d.author.licence),
            d.author.phone}));
    add("authenticator", joined({d.authenticator.name, withBrackets(d.authenticator.userId)}));
    for (const Recipient &r : d.recipients)
        add("recipient",
            joined({r.institution.name, r.department.name, r.doctor.name, withBrackets(r.institution.number),
                r.institution.phone}));
    add("custodian", joined({d.custodian.name, withBrackets(d.custodian.number), d.custodian.phone}));
    add("effectiveTime", d.effectiveTime.toDisplay());
    add("confidentiality", word("confidentiality", d.confidentiality, language));
    add("version", d.version > 1 ? QString::number(d.version) : QString());
    add("replaces", joined({d.replaces.root, d.replaces.extension}));
    add("inReplyTo", joined({d.inReplyTo.root, d.inReplyTo.extension}));
    add("document", joined({d.id.root, d.id.extension}));
    return lines;
}

QString sectionTitle(const Section &section, Language language)
{
    if (!section.title.isEmpty())
        return section.title;
    const QString &name = language == Language::English && !section.code.displayEn.isEmpty()
        ? section.code.displayEn
        : section.code.display;
    return name.isEmpty() ? section.code.code : name;
}

namespace {
void sectionText(const Section &section, Language language, QStringList &lines)
{
    lines.append(QString());
    lines.append(QStringLiteral("■ ") + sectionTitle(section, language));
    const QString text = plainText(section.narrative);
    if (!text.isEmpty())
        lines.append(text);
    for (const Section &nested : section.sections)
        sectionText(nested, language, lines);
}

QJsonObject codeJson(const CodedValue &value)
{
    QJsonObject out;
    const auto put = [&out](const char *key, const QString &text) {
        if (!text.isEmpty())
            out.insert(QLatin1String(key), text);
    };
    put("code", value.code), put("system", value.system), put("display", value.display);
    put("displayEn", value.displayEn), put("originalText", value.originalText),
        put("nullFlavor", value.nullFlavor);
    QJsonArray translations;
    for (const CodedValue &translation : value.translations)
        translations.append(codeJson(translation));
    if (!translations.isEmpty())
        out.insert(QStringLiteral("translations"), translations);
    return out;
}

void sectionJson(const Section &section, int level, Language language, QJsonArray &out)
{
    QJsonArray entries;
    for (const Entry &entry : section.entries)
        entries.append(entryJson(entry));
    QJsonObject object{{QStringLiteral("code"), section.code.code},
        {QStringLiteral("system"), section.code.system},
        {QStringLiteral("title"), sectionTitle(section, language)}, {QStringLiteral("level"), level},
        {QStringLiteral("narrative"), base::withVisibleControls(plainText(section.narrative))},
        {QStringLiteral("entries"), entries}};
    if (!section.nullFlavor.isEmpty())
        object.insert(QStringLiteral("nullFlavor"), section.nullFlavor);
    out.append(object);
    for (const Section &nested : section.sections)
        sectionJson(nested, level + 1, language, out);
}

QJsonObject personJson(const Practitioner &person)
{
    return {{QStringLiteral("name"), person.name}, {QStringLiteral("licence"), person.licence},
        {QStringLiteral("phone"), person.phone}, {QStringLiteral("department"), person.department.name},
        {QStringLiteral("departmentCode"), person.department.code}};
}

QJsonObject patientJson(const Patient &patient)
{
    return {{QStringLiteral("name"), patient.name}, {QStringLiteral("sex"), sexToHl7(patient.sex)},
        {QStringLiteral("birthDate"), patient.birthDate.toIso()},
        {QStringLiteral("id"), patient.localId.extension}, {QStringLiteral("idRoot"), patient.localId.root},
        {QStringLiteral("phone"), patient.phone},
        {QStringLiteral("address"),
            joined({patient.address.basic, patient.address.detail, patient.address.postalCode})}};
}
} // namespace

QString warningText(const ReadWarning &warning, Language language)
{
    static const base::TsvTable table = base::TsvTable::parse(tables::warnings);
    for (int row = 0; row < table.rowCount(); ++row) {
        if (table.at(row, "code") != warning.code)
            continue;
        QString text = table.at(row, language == Language::Korean ? "ko" : "en");
        for (auto it = warning.arguments.cbegin(); it != warning.arguments.cend(); ++it)
            text.replace(QStringLiteral("%{") + it.key() + QLatin1Char('}'), it.value());
        return text;
    }
    return warning.message.isEmpty() ? warning.code : warning.message;
}

QString plainText(const ReadDocument &read, Language language)
{
    QStringList lines{read.document.title};
    for (const auto &[name, value] : headerLines(read, language))
        lines.append(name + QStringLiteral(": ") + value);
    if (read.signaturePresent)
        lines.append(label("signature", language));
    for (const Section &section : read.sections)
        sectionText(section, language, lines);
    if (read.nonXmlBody) {
        lines.append(QString());
        lines.append(QStringLiteral("■ %1: %2, %3 bytes")
                         .arg(label("attachment", language), read.nonXmlBody->mediaType)
                         .arg(read.nonXmlBody->bytes.size()));
        if (read.nonXmlBody->mediaType.startsWith(QLatin1String("text/plain")))
            lines.append(QString::fromUtf8(read.nonXmlBody->bytes));
    }
    if (!read.warnings.empty()) {
        lines.append(QString());
        lines.append(QStringLiteral("■ ") + label("warnings", language));
        for (const ReadWarning &warning : read.warnings)
            lines.append(QStringLiteral("! ") + warningText(warning, language)
                + (warning.path.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(warning.path)));
    }
    return base::withVisibleControls(lines.join(QLatin1Char('\n'))) + QLatin1Char('\n');
}

QJsonObject entryJson(const Entry &entry)
{
    QJsonObject out{{QStringLiteral("kind"), entry.kind}};
    const auto put = [&out](const char *key, const QString &text) {
        if (!text.isEmpty())
            out.insert(QLatin1String(key), text);
    };
    if (!entry.code.isEmpty() || !entry.code.translations.empty())
        out.insert(QStringLiteral("code"), codeJson(entry.code));
    put("value", entry.value), put("unit", entry.unit), put("time", entry.time.toIso());
    put("endTime", entry.endTime.toIso()), put("status", entry.status),
        put("interpretation", entry.interpretation);
    put("referenceRange", entry.referenceRange), put("narrativeId", entry.narrativeId);
    put("nullFlavor", entry.nullFlavor);
    if (!entry.valueCode.isEmpty() || !entry.valueCode.translations.empty())
        out.insert(QStringLiteral("valueCode"), codeJson(entry.valueCode));
    if (entry.negated)
        out.insert(QStringLiteral("negated"), true);
    QJsonArray children;
    for (const Entry &child : entry.children)
        children.append(entryJson(child));
    if (!children.isEmpty())
        out.insert(QStringLiteral("entries"), children);
    return out;
}

QJsonObject json(const ReadDocument &read, Language language)
{
    const Document &d = read.document;
    QJsonArray recipients, sections, warnings;
    for (const Recipient &recipient : d.recipients)
        recipients.append(QJsonObject{{QStringLiteral("institution"), recipient.institution.name},
            {QStringLiteral("institutionNumber"), recipient.institution.number},
            {QStringLiteral("institutionOid"), recipient.institution.oid},
            {QStringLiteral("department"), recipient.department.name},
            {QStringLiteral("departmentCode"), recipient.department.code},
            {QStringLiteral("doctor"), recipient.doctor.name}});
    for (const Section &section : read.sections)
        sectionJson(section, 1, language, sections);
    for (const ReadWarning &warning : read.warnings)
        warnings.append(
            QJsonObject{{QStringLiteral("code"), warning.code}, {QStringLiteral("path"), warning.path},
                {QStringLiteral("message"), warningText(warning, language)}});
    QJsonObject author = personJson(d.author);
    author.insert(QStringLiteral("institution"), d.custodian.name);
    QJsonObject out{{QStringLiteral("form"), formKey(d.form)}, {QStringLiteral("id"), d.id.root},
        {QStringLiteral("idExtension"), d.id.extension}, {QStringLiteral("setId"), d.setId},
        {QStringLiteral("version"), d.version}, {QStringLiteral("title"), d.title},
        {QStringLiteral("effectiveTime"), d.effectiveTime.toIso()},
        {QStringLiteral("confidentiality"), d.confidentiality},
        {QStringLiteral("typeCode"), codeJson(read.typeCode)},
        {QStringLiteral("templateIds"), QJsonArray::fromStringList(read.templateIds)},
        {QStringLiteral("patient"), patientJson(d.patient)}, {QStringLiteral("author"), author},
        {QStringLiteral("recipient"), recipients}, {QStringLiteral("sections"), sections},
        {QStringLiteral("signaturePresent"), read.signaturePresent}, {QStringLiteral("warnings"), warnings}};
    if (read.nonXmlBody)
        out.insert(QStringLiteral("nonXmlBody"),
            QJsonObject{{QStringLiteral("mediaType"), read.nonXmlBody->mediaType},
                {QStringLiteral("bytes"), read.nonXmlBody->bytes.size()}});
    return out;
}

} // namespace naru::cda
