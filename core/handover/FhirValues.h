// FHIR R4 data types as clinical values.
#pragma once

#include "core/handover/Intake.h"
#include "core/handover/Json.h"

namespace naru::handover {

struct FhirQuantity {
    QString value{}; // with the comparator: "<0.1"
    QString unit{};
};

// CodeableConcept; unknown systems are noted.
clinical::CodedValue fhirConcept(const Json &codeableConcept, const QString &place, Intake &intake,
    std::initializer_list<const char *> preferred);
// The first code of a CodeableConcept, whatever its system ("entered-in-error").
QString fhirCode(const Json &codeableConcept);
FhirQuantity fhirQuantity(const Json &quantity);
// Any of value[x] of an Observation or one of its components, as text.
FhirQuantity fhirObservedValue(const Json &owner);
QString fhirReferenceRange(const Json &ranges);
QString fhirInterpretation(const Json &interpretations);
// base[x] as dateTime, Period.start or instant: fhirTime(resource, "effective", ...).
base::Timestamp fhirTime(const Json &owner, const char *base, const QString &place, Intake &intake);
QString fhirName(const Json &names);
QString fhirPhone(const Json &telecom);
clinical::Address fhirAddress(const Json &addresses);
// Practitioner: name, phone, licence (by the identifier systems of KR Core), another identifier as user id.
clinical::Practitioner fhirPractitioner(const Json &json, clinical::Practitioner known);
// dosageInstruction / dosage and dispenseRequest into the fields of the Korean prescription.
void fhirDosage(const Json &dosages, const Json &dispense, clinical::Medication &out);

} // namespace naru::handover
