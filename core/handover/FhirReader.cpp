// FHIR R4 (4.0.1) with the identifiers and code systems of KR Core 2.0.0. Whether a resource counts is
// decided by its status (tables/fhir_status.tsv) and by its subject: anything about another patient is
// refused.
#include "core/base/Tsv.h"
#include "core/handover/Coding.h"
#include "core/handover/Errors.h"
#include "core/handover/FhirBundle.h"
#include "core/handover/FhirValues.h"
#include "core/handover/Readers.h"
#include "core/handover/tables/fhir_statusTable.h"

#include <QSet>

namespace naru::handover {

namespace {
using namespace clinical;
using L1 = QLatin1String;

QString fateOf(const QString &type, const QString &code)
{
    static const auto rows = base::TsvTable::parse(tables::fhir_status);
    for (int i = 0; i < rows.rowCount() && !code.isEmpty(); ++i) {
        if (rows.at(i, "code") == code
            && (rows.at(i, "resource") == L1("*") || rows.at(i, "resource") == type))
            return rows.at(i, "fate");
    }
    return {};
}

class FhirReader {
public:
    FhirReader(const FhirBundle &bundle, const ReadOptions &options)
        : m_bundle(bundle)
        , m_intake(options, "fhir-r4", QStringLiteral("EMR (FHIR)"))
    {
    }

    base::Result<HandOver> read()
    {
        NARU_TRY(findPatient());
        if (!m_patient)
            return base::Error(errors::NoPatient, QStringLiteral("FHIR without a Patient resource"));
        readPatient();
        findMainConditions();
        for (const FhirResource &resource : m_bundle.resources())
            NARU_TRY(readResource(resource));
        return m_intake.finish();
    }

private:
    Content &content() { return m_intake.out().content; }

    base::Status findPatient()
    {
        for (const FhirResource &resource : m_bundle.resources()) {
            if (resource.type != L1("Patient"))
                continue;
            if (m_patient
                && !(m_patient->json->string(L1("id")) == resource.json->string(L1("id"))
                    && !resource.json->string(L1("id")).isEmpty()))
                return base::Error(
                    errors::SecondPatient, resource.path, {{QStringLiteral("place"), resource.path}});
            if (!m_patient)
                m_patient = &resource;
        }
        return {};
    }

    // Encounter.diagnosis of rank 1 is the 주상병.
    void findMainConditions()
    {
        for (const FhirResource &resource : m_bundle.resources()) {
            if (resource.type != L1("Encounter"))
                continue;
            for (const Json &diagnosis : (*resource.json)[L1("diagnosis")].items) {
                if (diagnosis.string(L1("rank")) == L1("1"))
                    m_mainConditions.insert(m_bundle.resolve(diagnosis[L1("condition")], resource));
            }
        }
    }

    void readPatient()
    {
        const Json &json = *m_patient->json;
        Patient &patient = m_intake.out().patient;
        const QString place = m_patient->path;
        readIdentifiers(json[L1("identifier")], place);
        m_intake.patientText("name", &Patient::name, fhirName(json[L1("name")]));
        if (const QString sex = json.string(L1("gender")); sex != L1("unknown"))
            m_intake.patientSex(sex, place + QStringLiteral(".gender"));
        m_intake.patientBirthDate(json.string(L1("birthDate")), place + QStringLiteral(".birthDate"));
        m_intake.patientText("phone", &Patient::phone, fhirPhone(json[L1("telecom")]));
        patient.address = fhirAddress(json[L1("address")]);
        if (!patient.address.isEmpty())
            patient.sources.insert(QStringLiteral("address"), m_intake.source());
        if (const Json &contact = json[L1("contact")].at(0); contact.isObject()) {
            Guardian guardian;
            const Json &name = contact[L1("name")];
            guardian.name = Intake::text(name.string(L1("text")));
            if (guardian.name.isEmpty())
                guardian.name = Intake::text(name.string(L1("family")) + name[L1("given")].at(0).scalar());
            guardian.relation = Intake::text(fhirCode(contact[L1("relationship")].at(0)));
            guardian.phone = Intake::text(fhirPhone(contact[L1("telecom")]));
            guardian.address = fhirAddress(contact[L1("address")]);
            patient.guardian = guardian;
            patient.sources.insert(QStringLiteral("guardian"), m_intake.source());
        }
    }

    // MR (or the first without a type) is the chart number, NNKOR or the rrn system the resident number, MHID
    // a key of the personal health record service, which is not taken over.
    void readIdentifiers(const Json &identifiers, const QString &place)
    {
        Patient &patient = m_intake.out().patient;
        for (std::size_t i = 0; identifiers.isArray() && i < identifiers.items.size() && i < 64; ++i) {
            const Json &identifier = identifiers.items[i];
            const QString type = fhirCode(identifier[L1("type")]);
            const QString system = identifier.string(L1("system"));
            const QString value = Intake::text(identifier.string(L1("value")));
            const QString here = place + QStringLiteral(".identifier[%1]").arg(i);
            if (type == L1("NNKOR") || system == L1("https://mois.go.kr/rrn")) {
                if (!m_intake.takeResidentNumber(identifier.string(L1("value"))))
                    m_intake.note(here, QStringLiteral("not of the form of a resident number; left out"));
            } else if (type == L1("MR") || (type.isEmpty() && patient.localId.extension.isEmpty())) {
                patient.localId = {systemOid(system), value};
                patient.sources.insert(QStringLiteral("localId"), m_intake.source());
            } else {
                m_intake.note(here, QStringLiteral("this kind of identifier is not taken over"));
            }
        }
    }

    base::Status readResource(const FhirResource &resource)
    {
        using Handler = void (FhirReader::*)(const FhirResource &);
        static const QHash<QString, Handler> handlers{{QStringLiteral("Condition"), &FhirReader::condition},
            {QStringLiteral("MedicationRequest"), &FhirReader::medicationRequest},
            {QStringLiteral("MedicationStatement"), &FhirReader::medicationStatement},
            {QStringLiteral("Observation"), &FhirReader::observation},
            {QStringLiteral("AllergyIntolerance"), &FhirReader::allergy},
            {QStringLiteral("Procedure"), &FhirReader::procedure},
            {QStringLiteral("Encounter"), &FhirReader::encounter},
            {QStringLiteral("Practitioner"), &FhirReader::practitioner},
            {QStringLiteral("PractitionerRole"), &FhirReader::practitionerRole},
            {QStringLiteral("Immunization"), &FhirReader::immunization}};
        // Read through references from the ones above.
        static const QSet<QString> helpers{QStringLiteral("Patient"), QStringLiteral("Organization"),
            QStringLiteral("Medication"), QStringLiteral("Specimen"), QStringLiteral("Composition")};
        if (helpers.contains(resource.type))
            return {};
        const Handler handler = handlers.value(resource.type);
        if (!handler) {
            m_intake.note(resource.path, QStringLiteral("this kind of resource is not taken over"));
            return {};
        }
        NARU_TRY(checkSubject(resource));
        if (statusAllows(resource) && m_intake.admit(resource.path))
            (this->*handler)(resource);
        return {};
    }

    base::Status checkSubject(const FhirResource &resource)
    {
        for (const char *name : {"subject", "patient"}) {
            const Json &reference = (*resource.json)[L1(name)];
            if (reference.string(L1("reference")).isEmpty())
                continue;
            const Json *target = m_bundle.resolve(reference, resource);
            const bool ours = target
                && (target == m_patient->json
                    || (target->string(L1("resourceType")) == L1("Patient")
                        && target->string(L1("id")) == m_patient->json->string(L1("id"))));
            if (ours)
                continue;
            const QString place = resource.path + QLatin1Char('.') + L1(name);
            return base::Error(errors::SecondPatient, place, {{QStringLiteral("place"), place}});
        }
        return {};
    }

    bool statusAllows(const FhirResource &resource)
    {
        const Json &json = *resource.json;
        if (json.string(L1("doNotPerform")) == L1("true")) {
            m_intake.note(resource.path, QStringLiteral("an order not to do something; left out"));
            return false;
        }
        m_isPast = false;
        for (const QString &code : {json.string(L1("status")), fhirCode(json[L1("clinicalStatus")]),
                 fhirCode(json[L1("verificationStatus")])}) {
            const QString fate = fateOf(resource.type, code);
            if (fate == L1("skip")) {
                m_intake.note(resource.path, QStringLiteral("left out because of its status: ") + code);
                return false;
            }
            m_isPast = m_isPast || fate == L1("past");
            if (fate == L1("note"))
                m_intake.note(resource.path, QStringLiteral("status: ") + code);
        }
        return true;
    }

    void condition(const FhirResource &r)
    {
        const Json &json = *r.json;
        Problem problem;
        problem.code = fhirConcept(
            json[L1("code")], r.path + QStringLiteral(".code"), m_intake, {"kcd", "icd10", "snomedCt"});
        problem.onset = fhirTime(json, "onset", r.path, m_intake);
        if (problem.onset.isNull())
            problem.onset =
                m_intake.time(json.string(L1("recordedDate")), r.path + QStringLiteral(".recordedDate"));
        problem.severity = Intake::text(json[L1("severity")][L1("coding")].at(0).string(L1("display")));
        problem.source = m_intake.source();
        if (problem.code.isEmpty()) {
            m_intake.note(r.path, QStringLiteral("a condition without code and text; left out"));
        } else if (fhirCode(json[L1("category")].at(0)) == QStringLiteral("주호소")) {
            appendLine(content().reason, problem.code.text());
        } else if (m_isPast) {
            appendLine(content().history,
                (problem.code.text() + QLatin1Char(' ') + problem.onset.toDisplay()).trimmed());
        } else {
            problem.main = m_mainConditions.contains(r.json);
            content().problems.push_back(problem);
        }
    }

    void appendLine(Text &target, const QString &line)
    {
        target.text += (target.text.isEmpty() ? QString() : QStringLiteral("\n")) + line;
        target.source = m_intake.source();
    }

    void medication(const FhirResource &r, const Json &dosage, const base::Timestamp &start)
    {
        const Json &json = *r.json;
        const Json *concept_ = &json[L1("medicationCodeableConcept")];
        QString place = r.path + QStringLiteral(".medicationCodeableConcept");
        if (!concept_->isObject()) {
            place = r.path + QStringLiteral(".medicationReference");
            const Json *target = m_bundle.resolve(json[L1("medicationReference")], r);
            if (!target) {
                m_intake.note(place, QStringLiteral("the medicine is not in the bundle; left out"));
                return;
            }
            concept_ = &(*target)[L1("code")];
        }
        Medication out;
        out.code = fhirConcept(*concept_, place, m_intake, {"kd", "edi", "atc"});
        if (out.code.system.isEmpty())
            out.code.system = drugSystemByShape(out.code.code);
        out.start = start;
        fhirDosage(dosage, json[L1("dispenseRequest")], out);
        if (dosage.items.size() > 1)
            m_intake.note(r.path, QStringLiteral("more than one dosage; the first is taken over"));
        out.source = m_intake.source();
        if (out.code.isEmpty())
            m_intake.note(place, QStringLiteral("a medicine without code and text; left out"));
        else
            content().medications.push_back(out);
    }

    void medicationRequest(const FhirResource &r)
    {
        const Json &json = *r.json;
        medication(r, json[L1("dosageInstruction")],
            m_intake.time(json.string(L1("authoredOn")), r.path + QStringLiteral(".authoredOn")));
    }

    void medicationStatement(const FhirResource &r)
    {
        medication(r, (*r.json)[L1("dosage")], fhirTime(*r.json, "effective", r.path, m_intake));
    }

    void observation(const FhirResource &r)
    {
        const Json &json = *r.json;
        base::Timestamp time = fhirTime(json, "effective", r.path, m_intake);
        if (time.isNull())
            time = m_intake.time(json.string(L1("issued")), r.path + QStringLiteral(".issued"));
        bool taken = observed(r, json, r.path, time);
        const Json &components = json[L1("component")];
        for (std::size_t i = 0; components.isArray() && i < components.items.size(); ++i) {
            const QString place = r.path + QStringLiteral(".component[%1]").arg(i);
            if (i > 0 && !m_intake.admit(place)) // the resource itself was admitted already
                break;
            taken = observed(r, components.items[i], place, time) || taken;
        }
        if (!taken)
            m_intake.note(r.path, QStringLiteral("an observation without a value; left out"));
    }

    LabResult::Category categoryOf(const Json &json) const
    {
        for (const Json &category : json[L1("category")].items) {
            const QString code = fhirCode(category);
            if (code == L1("imaging"))
                return LabResult::Category::Radiology;
            if (code == L1("exam") || code == L1("procedure"))
                return LabResult::Category::Functional;
            if (const QString key = hl7Meaning("0074", code); !key.isEmpty())
                return labCategoryOf(key);
        }
        return LabResult::Category::Specimen;
    }

    // One value, of the Observation itself or of a component; false when it carries none.
    bool observed(const FhirResource &r, const Json &owner, const QString &place, const base::Timestamp &time)
    {
        const FhirQuantity value = fhirObservedValue(owner);
        if (value.value.isEmpty())
            return false;
        const CodedValue code =
            fhirConcept(owner[L1("code")], place + QStringLiteral(".code"), m_intake, {"edi", "loinc"});
        if (smoking(code, value) || vital(code, value, time))
            return true;
        LabResult lab;
        lab.category = categoryOf(*r.json);
        lab.code = code;
        lab.item = code.text();
        lab.time = time;
        lab.value = value.value;
        lab.unit = value.unit;
        lab.referenceRange = fhirReferenceRange(owner[L1("referenceRange")]);
        lab.interpretation = fhirInterpretation(owner[L1("interpretation")]);
        lab.laboratory = Intake::text((*r.json)[L1("performer")].at(0).string(L1("display")));
        lab.source = m_intake.source();
        content().labs.push_back(lab);
        return true;
    }

    static QString loincOf(const CodedValue &code)
    {
        const QString loinc = systemOid(QStringLiteral("loinc"));
        if (code.system == loinc)
            return code.code;
        for (const CodedValue &other : code.translations) {
            if (other.system == loinc)
                return other.code;
        }
        return {};
    }

    bool smoking(const CodedValue &code, const FhirQuantity &value)
    {
        const QString loinc = loincOf(code); // 2166-2: a misspelling of 72166-2 that is in circulation
        if (loinc != L1("72166-2") && loinc != L1("2166-2"))
            return false;
        content().social.smoking.display = value.value;
        content().social.source = m_intake.source();
        return true;
    }

    bool vital(const CodedValue &code, const FhirQuantity &value, const base::Timestamp &time)
    {
        auto out = vitalByLoinc(loincOf(code));
        if (!out)
            return false;
        out->value = value.value;
        if (!value.unit.isEmpty())
            out->unit = value.unit;
        out->time = time;
        out->source = m_intake.source();
        content().vitals.push_back(*out);
        return true;
    }

    void allergy(const FhirResource &r)
    {
        const Json &json = *r.json;
        Allergy out;
        out.agent =
            fhirConcept(json[L1("code")], r.path + QStringLiteral(".code"), m_intake, {"kd", "edi", "atc"});
        out.kind.display = Intake::text(json[L1("category")].at(0).scalar());
        QStringList reactions;
        for (const Json &reaction : json[L1("reaction")].items) {
            for (const Json &sign : reaction[L1("manifestation")].items)
                reactions.append(
                    fhirConcept(sign, r.path + QStringLiteral(".reaction"), m_intake, {"kostom"}).text());
        }
        out.reaction = reactions.join(QStringLiteral(", "));
        out.time = fhirTime(json, "onset", r.path, m_intake);
        if (out.time.isNull())
            out.time =
                m_intake.time(json.string(L1("recordedDate")), r.path + QStringLiteral(".recordedDate"));
        out.source = m_intake.source();
        content().allergies.push_back(out);
    }

    void procedure(const FhirResource &r)
    {
        const Json &json = *r.json;
        Procedure out;
        out.code = fhirConcept(
            json[L1("code")], r.path + QStringLiteral(".code"), m_intake, {"icd9cm", "edi", "snomedCt"});
        out.time = fhirTime(json, "performed", r.path, m_intake);
        out.note = Intake::text(json[L1("note")].at(0).string(L1("text")));
        if (const Json &reason = json[L1("reasonCode")].at(0); reason.isObject())
            out.diagnosis = fhirConcept(reason, r.path + QStringLiteral(".reasonCode[0]"), m_intake, {"kcd"});
        out.source = m_intake.source();
        content().procedures.push_back(out);
    }

    void immunization(const FhirResource &r)
    {
        const Json &json = *r.json;
        Immunization out;
        out.code = fhirConcept(
            json[L1("vaccineCode")], r.path + QStringLiteral(".vaccineCode"), m_intake, {"kostom", "kd"});
        out.time = fhirTime(json, "occurrence", r.path, m_intake);
        const Json &protocol = json[L1("protocolApplied")].at(0);
        out.dose = protocol.string(L1("doseNumberPositiveInt"));
        if (out.dose.isEmpty())
            out.dose = Intake::text(protocol.string(L1("doseNumberString")));
        out.source = m_intake.source();
        content().immunizations.push_back(out);
    }

    void encounter(const FhirResource &r)
    {
        const Json &json = *r.json;
        Encounter out;
        const QString code = json[L1("class")].string(L1("code"));
        out.code = code == L1("ACUTE") || code == L1("NONAC") ? QStringLiteral("IMP")
            : code.isEmpty()                                  ? out.code
                                                              : code;
        const Json &period = json[L1("period")];
        out.start = m_intake.time(period.string(L1("start")), r.path + QStringLiteral(".period.start"));
        out.end = m_intake.time(period.string(L1("end")), r.path + QStringLiteral(".period.end"));
        Encounter &known = m_intake.out().encounter;
        if (m_hasEncounter)
            m_intake.note(r.path, QStringLiteral("more than one visit; the latest is taken over"));
        if (!m_hasEncounter || known.start < out.start)
            known = out;
        m_hasEncounter = true;
        for (const Json &participant : json[L1("participant")].items) {
            const Json *who = m_bundle.resolve(participant[L1("individual")], r);
            if (who && who->string(L1("resourceType")) == L1("PractitionerRole"))
                takeRole(*who, r);
            else if (who)
                takeDoctor(*who);
        }
    }

    void takeDoctor(const Json &json)
    {
        auto &doctor = m_intake.out().doctor;
        if (doctor && !doctor->name.isEmpty())
            return;
        doctor = fhirPractitioner(json, doctor.value_or(Practitioner{}));
    }

    void takeRole(const Json &json, const FhirResource &from)
    {
        if (const Json *person = m_bundle.resolve(json[L1("practitioner")], from))
            takeDoctor(*person);
        auto &doctor = m_intake.out().doctor;
        if (!doctor || !doctor->department.name.isEmpty() || !doctor->department.code.isEmpty())
            return;
        const Json &coding = json[L1("specialty")].at(0)[L1("coding")].at(0);
        QString code = Intake::text(coding.string(L1("code")));
        if (code.size() == 2)
            code += m_intake.options().departmentSuffix;
        doctor->department = {code, Intake::text(coding.string(L1("display")))};
    }

    void practitioner(const FhirResource &r) { takeDoctor(*r.json); }
    void practitionerRole(const FhirResource &r) { takeRole(*r.json, r); }

    const FhirBundle &m_bundle;
    Intake m_intake;
    const FhirResource *m_patient = nullptr;
    QSet<const Json *> m_mainConditions{};
    bool m_isPast = false;
    bool m_hasEncounter = false;
};
} // namespace

base::Result<HandOver> readFhir(const Json &root, const ReadOptions &options)
{
    const FhirBundle bundle(root);
    return FhirReader(bundle, options).read();
}

} // namespace naru::handover
