#include "core/clinical/forms/FieldValues.h"

#include "core/base/Hangul.h"
#include "core/clinical/forms/Fields.h"
#include "core/clinical/forms/FormSpec.h"

namespace naru::clinical {

namespace {
class Collector {
public:
    std::vector<FieldValue> out{};

    void text(const QString &key, const QString &path, const QString &value)
    {
        FieldValue field;
        field.key = key;
        field.path = path;
        field.text = value;
        out.push_back(std::move(field));
    }
    void time(const QString &key, const QString &path, const base::Timestamp &value)
    {
        text(key, path, value.toDisplay());
        out.back().time = value;
        out.back().isTime = true;
    }
    void coded(const QString &key, const QString &path, const CodedValue &value)
    {
        text(key, path, value.text());
        out.back().coded = value;
        out.back().isCoded = true;
    }
    void put(const QString &key, const QString &path, const QString &value) { text(key, path, value); }
    void put(const QString &key, const QString &path, const base::Timestamp &value)
    {
        time(key, path, value);
    }
    void put(const QString &key, const QString &path, const CodedValue &value) { coded(key, path, value); }
    void put(const QString &key, const QString &path, bool value)
    {
        text(key, path, value ? QStringLiteral("1") : QString());
    }
    void count(const QString &key, std::size_t size)
    {
        text(key, key, size == 0 ? QString() : QString::number(size));
    }
    void put(const QString &key, const QString &path, const Address &address)
    {
        text(key + QStringLiteral(".basic"), path + QStringLiteral(".basic"), address.basic);
        text(key + QStringLiteral(".detail"), path + QStringLiteral(".detail"), address.detail);
        text(key + QStringLiteral(".postalCode"), path + QStringLiteral(".postalCode"), address.postalCode);
    }

    template <typename T> void fields(const QString &key, const QString &path, const T &value)
    {
        visitFields(value, [&](const char *name, const auto &field) {
            const QString member = QLatin1Char('.') + QLatin1String(name);
            put(key + member, path + member, field);
        });
    }
    void institution(const QString &key, const QString &path, const Institution &value)
    {
        const auto field = [&](const char *name, const QString &t) {
            const QString member = QLatin1Char('.') + QLatin1String(name);
            text(key + member, path + member, t);
        };
        text(key, path, value.name);
        field("oid", value.oid), field("number", value.number), field("name", value.name);
        field("phone", value.phone);
        put(key + QStringLiteral(".address"), path + QStringLiteral(".address"), value.address);
        field("exchanges", value.exchanges ? QStringLiteral("1") : QString());
        field("relays", value.relays ? QStringLiteral("1") : QString());
    }
    void department(const QString &key, const QString &path, const Department &value)
    {
        text(key, path, value.name.isEmpty() ? value.code : value.name);
        text(key + QStringLiteral(".code"), path + QStringLiteral(".code"), value.code);
        text(key + QStringLiteral(".name"), path + QStringLiteral(".name"), value.name);
    }
    void person(const QString &key, const QString &path, const Practitioner &value)
    {
        const auto field = [&](const char *name, const QString &t) {
            const QString member = QLatin1Char('.') + QLatin1String(name);
            text(key + member, path + member, t);
        };
        text(key, path, value.name.isEmpty() ? value.licence + value.userId : value.name);
        field("name", value.name), field("licence", value.licence), field("userId", value.userId);
        field("phone", value.phone);
        department(
            key + QStringLiteral(".department"), path + QStringLiteral(".department"), value.department);
    }
};

QString word(EmergencyException::Case which)
{
    switch (which) {
    case EmergencyException::Case::Unconscious:
        return QStringLiteral("unconscious");
    case EmergencyException::Case::EmergencyPatient:
        return QStringLiteral("emergency");
    case EmergencyException::Case::NoGuardian:
        return QStringLiteral("noGuardian");
    case EmergencyException::Case::None:
        break;
    }
    return {};
}

QString word(ConsentStatement::Signer signer)
{
    switch (signer) {
    case ConsentStatement::Signer::Self:
        return QStringLiteral("self");
    case ConsentStatement::Signer::Family:
        return QStringLiteral("family");
    case ConsentStatement::Signer::LegalRepresentative:
        return QStringLiteral("legal");
    case ConsentStatement::Signer::Other:
        break;
    }
    return QStringLiteral("other");
}

void header(Collector &c, const Document &d)
{
    const auto same = [&c](const char *key, const QString &value) {
        c.text(QLatin1String(key), QLatin1String(key), value);
    };
    same("form", d.form == Form::Unknown ? QString() : formKey(d.form));
    same("id", d.id.root), same("id.extension", d.id.extension), same("setId", d.setId);
    same("version", QString::number(d.version)), same("title", d.title);
    same("replaces", d.replaces.root), same("inReplyTo", d.inReplyTo.root);
    same("confidentiality", d.confidentiality), same("encounter.code", d.encounter.code);
    const auto time = [&c](const char *key, const base::Timestamp &value) {
        c.time(QLatin1String(key), QLatin1String(key), value);
    };
    time("effectiveTime", d.effectiveTime), time("encounter.start", d.encounter.start);
    time("encounter.end", d.encounter.end), time("patient.birthDate", d.patient.birthDate);
    same("patient.localId", d.patient.localId.extension),
        same("patient.localId.root", d.patient.localId.root);
    same("patient.name", d.patient.name), same("patient.sex", sexToHl7(d.patient.sex));
    same("patient.phone", d.patient.phone);
    c.put(QStringLiteral("patient.address"), QStringLiteral("patient.address"), d.patient.address);
    const Guardian guardian = d.patient.guardian.value_or(Guardian{});
    same("patient.guardian.name", guardian.name), same("patient.guardian.relation", guardian.relation);
    same("patient.guardian.phone", guardian.phone);
    c.person(QStringLiteral("author"), QStringLiteral("author"), d.author);
    c.person(QStringLiteral("authenticator"), QStringLiteral("authenticator"), d.authenticator);
    c.institution(QStringLiteral("custodian"), QStringLiteral("custodian"), d.custodian);
    c.count(QStringLiteral("recipients"), d.recipients.size());
    for (std::size_t i = 0; i < d.recipients.size(); ++i) {
        const QString key = QStringLiteral("recipients.");
        const QString path = QStringLiteral("recipients[%1].").arg(i);
        c.institution(key + QStringLiteral("institution"), path + QStringLiteral("institution"),
            d.recipients[i].institution);
        c.department(key + QStringLiteral("department"), path + QStringLiteral("department"),
            d.recipients[i].department);
        c.person(key + QStringLiteral("doctor"), path + QStringLiteral("doctor"), d.recipients[i].doctor);
    }
}

void consent(Collector &c, const Document &d)
{
    if (!d.consent) {
        c.text(QStringLiteral("consent"), QStringLiteral("consent"), {});
        return;
    }
    const ConsentStatement &s = *d.consent;
    const auto same = [&c](const char *key, const QString &value) {
        const QString full = QStringLiteral("consent.") + QLatin1String(key);
        c.text(full, full, value);
    };
    c.text(QStringLiteral("consent"), QStringLiteral("consent"), QStringLiteral("1"));
    same("policy", s.policy), same("signer", word(s.signer));
    same("programmes", s.programmes.empty() ? QString() : QString::number(s.programmes.size()));
    c.time(QStringLiteral("consent.date"), QStringLiteral("consent.date"), s.date);
    c.time(QStringLiteral("consent.validUntil"), QStringLiteral("consent.validUntil"), s.validUntil);
    visitConsentTexts(s, [&](const char *name, const QString &value) { same(name, value); });
    same("agreedProvision", s.agreedProvision ? QStringLiteral("1") : QString());
    same("agreedSensitive", s.agreedSensitive ? QStringLiteral("1") : QString());
    same("signature", s.signaturePng.isEmpty() ? QString() : QString::number(s.signaturePng.size()));
    c.count(QStringLiteral("consent.excludedDepartments"), s.excludedDepartments.size());
    c.count(QStringLiteral("consent.withdrawnInstitutions"), s.withdrawnInstitutions.size());
    for (std::size_t i = 0; i < s.excludedDepartments.size(); ++i)
        c.department(QStringLiteral("consent.excludedDepartments.department"),
            QStringLiteral("consent.excludedDepartments[%1]").arg(i), s.excludedDepartments[i]);
    for (std::size_t i = 0; i < s.withdrawnInstitutions.size(); ++i)
        c.institution(QStringLiteral("consent.withdrawnInstitutions.institution"),
            QStringLiteral("consent.withdrawnInstitutions[%1]").arg(i), s.withdrawnInstitutions[i]);
}

void content(Collector &c, const Content &content)
{
    visitLists(content, [&](const char *name, const auto &list) {
        const QString key = QLatin1String(name);
        c.count(key, list.size());
        for (std::size_t i = 0; i < list.size(); ++i)
            c.fields(key, QStringLiteral("%1[%2]").arg(key).arg(i), list[i]);
    });
    visitTexts(content, [&](const char *name, const Text &text) {
        c.text(QLatin1String(name), QLatin1String(name), text.text);
    });
    visitGroups(content, [&](const char *name, const auto &group) {
        const QString key = QLatin1String(name);
        c.text(key, key, group.isEmpty() ? QString() : QStringLiteral("1"));
        c.fields(key, key, group);
    });
}
} // namespace

std::vector<FieldValue> fieldValues(const Document &document)
{
    Collector c;
    header(c, document);
    content(c, document.content);
    consent(c, document);
    c.text(QStringLiteral("exception"), QStringLiteral("exception"), word(document.exception.which));
    c.text(
        QStringLiteral("exception.which"), QStringLiteral("exception.which"), word(document.exception.which));
    c.text(QStringLiteral("exception.explanation"), QStringLiteral("exception.explanation"),
        document.exception.explanation);
    c.text(QStringLiteral("exception.decidedBy"), QStringLiteral("exception.decidedBy"),
        document.exception.decidedBy);
    c.time(QStringLiteral("exception.decidedAt"), QStringLiteral("exception.decidedAt"),
        document.exception.decidedAt);
    return std::move(c.out);
}

QString deniedAllergy(const Allergy &allergy, bool korean)
{
    static const std::vector<Choice> denials = valueSetChoices(QStringLiteral("noAllergy"));
    const CodedValue &what = allergy.agent.isEmpty() ? allergy.kind : allergy.agent;
    const QStringList said{base::folded(what.display), base::folded(what.originalText)};
    for (const Choice &denial : denials) {
        bool same = !what.code.isEmpty() && what.code == denial.code;
        for (const QString &words : {denial.code, denial.ko, denial.en})
            same = same || said.contains(base::folded(words));
        if (same)
            return korean ? denial.ko : denial.en;
    }
    return {};
}

} // namespace naru::clinical
