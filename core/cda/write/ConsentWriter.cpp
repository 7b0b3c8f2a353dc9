#include "core/cda/write/ConsentWriter.h"

#include "core/base/Oid.h"
#include "core/cda/Words.h"
#include "core/cda/write/NarrativeWriter.h"

namespace naru::cda {

using clinical::ConsentStatement;

namespace {
const QString prefix = QStringLiteral("consent.1.");
const QString signatureId = QStringLiteral("signature.image");

QString heading(const QString &field)
{
    for (const Column &column : columnsOf(QStringLiteral("consent"))) {
        if (column.field == field)
            return column.ko;
    }
    return field;
}

void startRow(XmlOut &out, const QString &headingText)
{
    out.start("tr").leaf("th", headingText);
}

// Always written, empty or not: the national module finds some rows by their position.
void textRow(XmlOut &out, const char *field, const QString &text, const QString &headingText = {})
{
    const QString name = QLatin1String(field);
    startRow(out, headingText.isEmpty() ? heading(name) : headingText);
    out.setPlace(QStringLiteral("consent.") + name);
    out.startMixed("td", {{"ID", text.isEmpty() ? QString() : prefix + name}}).lines(text).end().end();
}

void programmesRow(XmlOut &out, const ConsentStatement &s)
{
    startRow(out, heading(QStringLiteral("programmes")));
    out.startMixed("td");
    for (std::size_t i = 0; i < s.programmes.size(); ++i) {
        const QString key = clinical::programmeKey(s.programmes[i]);
        out.text(i == 0 ? QString() : QStringLiteral(", "));
        out.leaf("content", wordKo("programme", key), {{"ID", prefix + QStringLiteral("programmes.") + key}});
    }
    out.end().end();
}

void departmentsRow(XmlOut &out, const ConsentStatement &s, const QString &headingText)
{
    startRow(out, headingText);
    out.startMixed("td");
    for (std::size_t i = 0; i < s.excludedDepartments.size(); ++i) {
        const QString id = prefix + QStringLiteral("departments.%1").arg(i + 1);
        out.text(i == 0 ? QString() : QStringLiteral(", "));
        out.leaf("content", s.excludedDepartments[i].code, {{"ID", id + QStringLiteral(".code")}});
        out.text(QStringLiteral(" "));
        out.leaf("content", s.excludedDepartments[i].name, {{"ID", id + QStringLiteral(".name")}});
    }
    out.end().end();
}

void institutionsRow(XmlOut &out, const ConsentStatement &s, const char *member,
    QString clinical::Institution::*value, const QString &headingText)
{
    startRow(out, headingText);
    out.startMixed("td");
    for (std::size_t i = 0; i < s.withdrawnInstitutions.size(); ++i) {
        const QString id =
            prefix + QStringLiteral("institutions.%1.%2").arg(i + 1).arg(QLatin1String(member));
        out.text(i == 0 ? QString() : QStringLiteral(", "));
        out.leaf("content", s.withdrawnInstitutions[i].*value, {{"ID", id}});
    }
    out.end().end();
}

QString agreement(bool agreed)
{
    return wordKo("flag", agreed ? QStringLiteral("agreed") : QStringLiteral("refused"));
}

QString policyText(const ConsentStatement &s)
{
    const QString title = base::oidTitle(s.policy);
    return title.isEmpty() ? s.policy : title;
}

// Signer fields that stand outside the positioned table.
void signerTable(XmlOut &out, const ConsentStatement &s)
{
    out.start("table", {{"border", QStringLiteral("1")}}).start("tbody");
    textRow(out, "signerRelation", s.signerRelation);
    textRow(out, "identityCheck", s.identityCheck);
    textRow(out, "signerReason", s.signerReason);
    textRow(out, "textVersion", s.textVersion);
    out.end().end();
}

void relationshipLine(XmlOut &out, const ConsentStatement &s)
{
    out.startMixed("paragraph", {{"ID", QStringLiteral("relationship")}});
    out.text(wordKo("label", QStringLiteral("relationLine")) + QStringLiteral(": ")
        + wordKo("signer", signerKey(s.signer)));
    out.end();
}

void consentTable(XmlOut &out, const ConsentStatement &s)
{
    // Row 8, the last, holds the excluded departments.
    out.start("table", {{"border", QStringLiteral("1")}}).start("tbody");
    textRow(out, "date", s.date.toDisplay());
    textRow(out, "validUntil", s.validUntil.toDisplay());
    textRow(out, "policy", policyText(s));
    programmesRow(out, s);
    textRow(out, "signer", wordKo("signer", signerKey(s.signer)));
    textRow(out, "signerName", s.signerName);
    textRow(out, "signerPhone", s.signerPhone);
    departmentsRow(out, s, heading(QStringLiteral("excludedDepartments")));
    out.end().end();
}

void lawTable(XmlOut &out, const ConsentStatement &s)
{
    out.start("table", {{"border", QStringLiteral("1")}}).start("tbody");
    textRow(out, "recipientText", s.recipientText);
    textRow(out, "purposeText", s.purposeText);
    textRow(out, "itemsText", s.itemsText);
    textRow(out, "periodText", s.periodText);
    textRow(out, "refusalText", s.refusalText);
    textRow(out, "agreedProvision", agreement(s.agreedProvision));
    textRow(out, "agreedSensitive", agreement(s.agreedSensitive));
    if (!s.reason.isEmpty())
        textRow(out, "reason", s.reason);
    if (!s.withdrawnInstitutions.empty()) {
        institutionsRow(
            out, s, "name", &clinical::Institution::name, heading(QStringLiteral("withdrawnInstitutions")));
        institutionsRow(out, s, "oid", &clinical::Institution::oid, QStringLiteral("OID"));
    }
    out.end().end();
}

void withdrawalTable(XmlOut &out, const ConsentStatement &s)
{
    // Rows by position: 4 institutions, 5 their OIDs, 6 reason, 8 departments, 9 reason, 10 reason of a whole
    // withdrawal.
    const bool institutions = !s.withdrawnInstitutions.empty();
    const bool departments = !institutions && !s.excludedDepartments.empty();
    const QString why = heading(QStringLiteral("reason"));
    const auto reasonRow = [&](bool here, const QString &headingText) {
        textRow(out, "reason", here ? s.reason : QString(), headingText);
    };
    out.start("table", {{"border", QStringLiteral("1")}}).start("tbody");
    textRow(out, "date", s.date.toDisplay());
    textRow(out, "policy", policyText(s));
    programmesRow(out, s);
    institutionsRow(
        out, s, "name", &clinical::Institution::name, heading(QStringLiteral("withdrawnInstitutions")));
    institutionsRow(out, s, "oid", &clinical::Institution::oid, QStringLiteral("OID"));
    reasonRow(institutions, QStringLiteral("기관 ") + why);
    textRow(out, "signerName", s.signerName);
    departmentsRow(out, s, QStringLiteral("철회 진료과"));
    reasonRow(departments, QStringLiteral("진료과 ") + why);
    reasonRow(!institutions && !departments, QStringLiteral("전체 ") + why);
    out.end().end();
    out.start("table", {{"border", QStringLiteral("1")}}).start("tbody");
    textRow(out, "signer", wordKo("signer", signerKey(s.signer)));
    textRow(out, "signerPhone", s.signerPhone);
    if (!s.validUntil.isNull())
        textRow(out, "validUntil", s.validUntil.toDisplay());
    out.end().end();
}
} // namespace

void writeConsentText(XmlOut &out, const clinical::Document &document)
{
    if (!document.consent) {
        out.leaf("paragraph", wordKo("label", QStringLiteral("noInformation")));
        return;
    }
    const ConsentStatement &s = *document.consent;
    const bool withdrawal = document.form == clinical::Form::Withdrawal;
    relationshipLine(out, s);
    if (withdrawal)
        withdrawalTable(out, s);
    else
        consentTable(out, s);
    const bool lawTexts =
        !(s.recipientText + s.purposeText + s.itemsText + s.periodText + s.refusalText).isEmpty()
        || s.agreedProvision || s.agreedSensitive;
    if (!withdrawal || lawTexts) {
        ConsentStatement rest = s;
        if (withdrawal) { // these stand in the positioned table already
            rest.reason.clear();
            rest.withdrawnInstitutions.clear();
        }
        lawTable(out, rest);
    }
    signerTable(out, s);
}

void writeSignatureText(XmlOut &out)
{
    out.startMixed("paragraph").empty("renderMultiMedia", {{"referencedObject", signatureId}}).end();
}

void writeSignatureEntry(XmlOut &out, const ConsentStatement &s)
{
    out.start("entry").start("observationMedia",
        {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}, {"ID", signatureId}});
    out.leaf("value", QString::fromLatin1(s.signaturePng.toBase64()),
        {{"xsi:type", QStringLiteral("ED")}, {"mediaType", QStringLiteral("image/png")},
            {"representation", QStringLiteral("B64")}});
    out.end().end();
}

void writeExceptionText(XmlOut &out, const clinical::EmergencyException &exception, const QString &rowId)
{
    NumberedRow row;
    row.id = rowId;
    row.cells.insert(
        QStringLiteral("which"), narrativeCell(wordKo("exceptionCase", exceptionKey(exception.which))));
    row.cells.insert(QStringLiteral("explanation"), narrativeCell(exception.explanation));
    row.cells.insert(QStringLiteral("decidedBy"), narrativeCell(exception.decidedBy));
    row.cells.insert(QStringLiteral("decidedAt"), narrativeCell(exception.decidedAt));
    writeDetailTable(out, QStringLiteral("exception"), row);
}

} // namespace naru::cda
