#include "core/cda/write/EntryWriter.h"

#include "core/base/Oid.h"
#include "core/cda/Errors.h"
#include "core/cda/Words.h"

namespace naru::cda {

using namespace clinical;
using base::Timestamp;

namespace {
const QString eventMood = QStringLiteral("EVN");

void status(XmlOut &out, const char *code = "completed")
{
    out.empty("statusCode", {{"code", QLatin1String(code)}});
}

void startClass(XmlOut &out, const char *element, const char *classCode)
{
    out.start(element, {{"classCode", QLatin1String(classCode)}, {"moodCode", eventMood}});
}

void startRelation(XmlOut &out, const char *typeCode)
{
    out.start("entryRelationship", {{"typeCode", QLatin1String(typeCode)}});
}

// A concern act around an observation, as the problem and allergy sections have it.
void startConcern(XmlOut &out, const QString &rowId, const Timestamp &time)
{
    out.start("entry");
    startClass(out, "act", "ACT");
    out.fixedCode("code", "CONC", "actClass").reference(rowId);
    status(out);
    if (!time.isNull())
        out.interval("effectiveTime", time, {});
    startRelation(out, "SUBJ");
    startClass(out, "observation", "OBS");
    out.fixedCode("code", "ASSERTION", "actCode").reference(rowId);
    status(out);
    if (!time.isNull())
        out.interval("effectiveTime", time, {});
}

void endConcern(XmlOut &out)
{
    out.end().end().end().end();
}

// A further fact of a row that CDA has no place of its own for: its narrative cell says what it is.
void detailTime(XmlOut &out, const QString &rowId, const char *field, const Timestamp &time)
{
    if (time.isNull())
        return;
    startRelation(out, "SUBJ");
    startClass(out, "observation", "OBS");
    out.start("code", {{"nullFlavor", QStringLiteral("OTH")}})
        .leaf("originalText", QLatin1String(field))
        .end();
    out.reference(rowId + QLatin1Char('.') + QLatin1String(field));
    status(out);
    out.time("effectiveTime", time).end().end();
}

void detailText(
    XmlOut &out, const char *relation, const QString &rowId, const char *field, const QString &text)
{
    if (text.isEmpty())
        return;
    startRelation(out, relation);
    startClass(out, "observation", "OBS");
    out.start("code", {{"nullFlavor", QStringLiteral("OTH")}})
        .leaf("originalText", QLatin1String(field))
        .end();
    out.reference(rowId + QLatin1Char('.') + QLatin1String(field));
    status(out);
    out.leaf("value", text, {{"xsi:type", QStringLiteral("ST")}}).end().end();
}

bool isCount(const QString &text)
{
    return isDecimal(text) && !text.contains(QLatin1Char('.')) && !text.startsWith(QLatin1Char('-'))
        && text.size() < 10;
}

void material(XmlOut &out, const CodedValue &code)
{
    out.start("consumable").start("manufacturedProduct").start("manufacturedMaterial");
    out.coded("code", code).end().end().end();
}

bool fitsUnit(const QString &unit)
{
    return std::none_of(unit.begin(), unit.end(), [](QChar c) { return c.isSpace(); });
}
} // namespace

void writeEntry(XmlOut &out, const Problem &problem, const QString &rowId)
{
    startConcern(out, rowId, problem.onset);
    out.coded("value", problem.code, "CD");
    detailText(out, "SUBJ", rowId, "severity", problem.severity);
    endConcern(out);
}

void writeEntry(XmlOut &out, const Medication &m, const QString &rowId)
{
    out.start("entry");
    startClass(out, "substanceAdministration", "SBADM");
    out.startMixed("text").text(m.usage).empty("reference", {{"value", QLatin1Char('#') + rowId}}).end();
    status(out);
    if (!m.start.isNull())
        out.interval("effectiveTime", m.start, {}, true);
    if (isDecimal(m.days)) {
        out.start(
            "effectiveTime", {{"xsi:type", QStringLiteral("PIVL_TS")}, {"operator", QStringLiteral("A")}});
        out.empty("period", {{"value", m.days}, {"unit", QStringLiteral("d")}}).end();
    }
    if (isCount(m.timesPerDay))
        out.empty("repeatNumber", {{"value", m.timesPerDay}});
    if (isDecimal(m.doseValue))
        out.empty("doseQuantity",
            {{"value", m.doseValue}, {"unit", fitsUnit(m.doseUnit) ? m.doseUnit : QString()}});
    material(out, m.code);
    out.end().end();
}

void writeEntry(XmlOut &out, const LabResult &r, const QString &rowId)
{
    out.start("entry");
    startClass(out, "organizer", "BATTERY");
    out.empty("id", {{"root", base::oid("krForms").text()}, {"extension", categoryKey(r.category)}});
    out.coded("code", r.code);
    status(out);
    out.start("component");
    startClass(out, "observation", "OBS");
    out.coded("code", r.code);
    out.startMixed("text").text(r.item).empty("reference", {{"value", QLatin1Char('#') + rowId}}).end();
    status(out);
    if (!r.time.isNull())
        out.time("effectiveTime", r.time);
    out.measurement(r.value, r.unit);
    if (!r.interpretation.isEmpty())
        out.coded("interpretationCode", {r.interpretation, base::oid("observationInterpretation").text()});
    if (!r.laboratory.isEmpty()) {
        out.start("performer").start("assignedEntity").empty("id", {{"nullFlavor", QStringLiteral("NI")}});
        out.start("representedOrganization").leaf("name", r.laboratory).end().end().end();
    }
    if (!r.referenceRange.isEmpty()) {
        out.start("referenceRange").start("observationRange");
        out.leaf("value", r.referenceRange, {{"xsi:type", QStringLiteral("ST")}}).end().end();
    }
    out.end().end().end().end();
}

void writeEntry(XmlOut &out, const Procedure &p, const QString &rowId)
{
    out.start("entry");
    startClass(out, "procedure", "PROC");
    out.coded("code", p.code, nullptr, true).reference(rowId);
    status(out);
    if (!p.time.isNull())
        out.time("effectiveTime", p.time);
    if (!p.diagnosis.isEmpty() || !p.diagnosis.translations.empty()) {
        startRelation(out, "RSON");
        startClass(out, "observation", "OBS");
        out.fixedCode("code", "ASSERTION", "actCode").reference(rowId + QStringLiteral(".diagnosis"));
        status(out);
        out.coded("value", p.diagnosis, "CD").end().end();
    }
    detailText(out, "SUBJ", rowId, "anaesthesia", p.anaesthesia);
    out.end().end();
}

void writeEntry(XmlOut &out, const Allergy &a, const QString &rowId)
{
    startConcern(out, rowId, a.time);
    out.coded("value", a.kind, "CD");
    if (!a.agent.isEmpty() || !a.agent.translations.empty()) {
        out.start("participant", {{"typeCode", QStringLiteral("CSM")}});
        out.start("participantRole", {{"classCode", QStringLiteral("MANU")}});
        out.start("playingEntity", {{"classCode", QStringLiteral("MMAT")}}).coded("code", a.agent);
        out.end().end().end();
    }
    detailText(out, "MFST", rowId, "reaction", a.reaction);
    endConcern(out);
}

void writeEntry(XmlOut &out, const Immunization &i, const QString &rowId)
{
    out.start("entry");
    startClass(out, "substanceAdministration", "SBADM");
    out.reference(rowId);
    status(out);
    if (!i.time.isNull())
        out.time("effectiveTime", i.time);
    if (isCount(i.dose))
        out.empty("repeatNumber", {{"value", i.dose}});
    material(out, i.code);
    out.end().end();
}

void writeEntry(XmlOut &out, const InfectiousDisease &d, const QString &rowId)
{
    out.start("entry");
    startClass(out, "observation", "OBS");
    out.fixedCode("code", "ASSERTION", "actCode").reference(rowId);
    status(out);
    if (!d.onset.isNull())
        out.interval("effectiveTime", d.onset, {});
    out.coded("value", d.code, "CD");
    detailTime(out, rowId, "reported", d.reported);
    detailTime(out, rowId, "diagnosed", d.diagnosed);
    out.end().end();
}

void writeEntry(XmlOut &out, const ImageReading &r, const QString &rowId)
{
    out.start("entry");
    startClass(out, "observation", "OBS");
    out.coded("code", r.code).reference(rowId);
    status(out);
    if (!r.examined.isNull())
        out.time("effectiveTime", r.examined);
    if (!r.conclusion.isEmpty())
        out.leaf("value", r.conclusion, {{"xsi:type", QStringLiteral("ST")}});
    if (!r.reader.isEmpty() || !r.read.isNull()) {
        out.start("author").time("time", r.read).start("assignedAuthor");
        out.empty("id", {{"nullFlavor", QStringLiteral("NI")}});
        if (!r.reader.isEmpty())
            out.start("assignedPerson").personName(r.reader).end();
        out.end().end();
    }
    out.end().end();
}

void writeEntry(XmlOut &out, const SocialHistory &history, const QString &rowId)
{
    const auto observation = [&](const char *loincCode, const CodedValue &value, const char *field) {
        if (value.isEmpty() && value.translations.empty())
            return;
        out.start("entry");
        startClass(out, "observation", "OBS");
        out.fixedCode("code", loincCode, "loinc").reference(rowId + QLatin1Char('.') + QLatin1String(field));
        status(out);
        out.coded("value", value, "CD").end().end();
    };
    observation("72166-2", history.smoking, "smoking"); // Tobacco smoking status
    observation("11331-6", history.drinking, "drinking"); // History of alcohol use
}

void writeEntry(XmlOut &out, const TransferDetails &transfer, const QString &rowId)
{
    out.start("entry");
    startClass(out, "encounter", "ENC");
    out.fixedCode("code", "EMER", "actCode").reference(rowId);
    status(out);
    out.interval("effectiveTime", transfer.arrived, transfer.transferred).end().end();
}

void writeEntry(XmlOut &out, const EmergencyException &exception, const QString &rowId)
{
    out.start("entry");
    startClass(out, "act", "ACT");
    // ActReason ETREAT, "emergency treatment": the purpose for which a record may go without consent.
    out.coded("code",
        {QStringLiteral("ETREAT"), base::oid("actReason").text(),
            wordKo("exceptionCase", exceptionKey(exception.which))});
    out.reference(rowId);
    status(out);
    if (!exception.decidedAt.isNull())
        out.time("effectiveTime", exception.decidedAt);
    if (!exception.decidedBy.isEmpty()) {
        out.start("performer").start("assignedEntity").empty("id", {{"nullFlavor", QStringLiteral("NI")}});
        out.start("assignedPerson").personName(exception.decidedBy).end().end().end();
    }
    out.end().end();
}

void writeVitals(XmlOut &out, const std::vector<VitalSign> &vitals, const QString &sectionId)
{
    out.start("entry");
    startClass(out, "organizer", "CLUSTER");
    out.fixedCode("code", "74728-7", "loinc"); // Vital signs panel
    status(out);
    for (std::size_t i = 0; i < vitals.size(); ++i) {
        const VitalSign &v = vitals[i];
        out.setPlace(QStringLiteral("vitals[%1]").arg(i));
        out.start("component");
        startClass(out, "observation", "OBS");
        out.coded("code", v.code).reference(QStringLiteral("%1.%2").arg(sectionId).arg(i + 1));
        status(out);
        if (!v.time.isNull())
            out.time("effectiveTime", v.time);
        out.measurement(v.value, v.unit).end().end();
    }
    out.end().end();
}

void writeRelayAct(XmlOut &out, const RelayReason &r)
{
    const QString separator = QStringLiteral("||&");
    const QStringList positions{
        r.status, r.clinical, r.nonClinical, r.transferType, r.transferClinical, r.transferNonClinical};
    for (const QString &position : positions) {
        if (position.contains(separator))
            out.fail(base::Error(errors::RelaySeparator));
    }
    out.start("entry");
    startClass(out, "act", "PCPR");
    out.id("templateId", {base::oid("relayActTemplate").text(), {}});
    out.empty("code", {{"nullFlavor", QStringLiteral("NI")}});
    out.leaf("text", positions.join(separator));
    status(out, "active");
    out.end().end();
}

} // namespace naru::cda
