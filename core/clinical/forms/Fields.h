// The members of the content structs by name, once: narrative tables, field values, recovery from narrative
// and the random documents of the tests are all built from these lists, so a new member cannot be forgotten
// in one of them. visit("name", reference) is called in declaration order; Source is left out, it is not
// content.
#pragma once

#include "core/clinical/Document.h"

#include <type_traits>

namespace naru::clinical {

template <typename T, typename Struct>
inline constexpr bool isA = std::is_same_v<std::remove_cv_t<T>, Struct>;

// One element of a repeated section, or one of the single structs.
template <typename T, typename Visitor> void visitFields(T &v, Visitor &&visit)
{
    if constexpr (isA<T, Problem>) {
        visit("code", v.code), visit("onset", v.onset), visit("severity", v.severity), visit("main", v.main);
    } else if constexpr (isA<T, Medication>) {
        visit("code", v.code), visit("start", v.start), visit("doseValue", v.doseValue);
        visit("doseUnit", v.doseUnit), visit("timesPerDay", v.timesPerDay), visit("days", v.days);
        visit("usage", v.usage);
    } else if constexpr (isA<T, LabResult>) {
        visit("code", v.code), visit("item", v.item), visit("time", v.time), visit("value", v.value);
        visit("unit", v.unit), visit("referenceRange", v.referenceRange),
            visit("interpretation", v.interpretation);
        visit("laboratory", v.laboratory), visit("viewerUrl", v.viewerUrl);
        visit("accessionNumber", v.accessionNumber), visit("kosUid", v.kosUid);
    } else if constexpr (isA<T, Procedure>) {
        visit("code", v.code), visit("time", v.time), visit("diagnosis", v.diagnosis);
        visit("anaesthesia", v.anaesthesia), visit("note", v.note);
    } else if constexpr (isA<T, Allergy>) {
        visit("kind", v.kind), visit("agent", v.agent), visit("reaction", v.reaction), visit("time", v.time);
    } else if constexpr (isA<T, Immunization>) {
        visit("code", v.code), visit("time", v.time), visit("dose", v.dose);
    } else if constexpr (isA<T, VitalSign>) {
        visit("code", v.code), visit("time", v.time), visit("value", v.value), visit("unit", v.unit);
    } else if constexpr (isA<T, InfectiousDisease>) {
        visit("code", v.code), visit("onset", v.onset), visit("reported", v.reported);
        visit("diagnosed", v.diagnosed), visit("classification", v.classification),
            visit("admitted", v.admitted);
        visit("testResult", v.testResult), visit("region", v.region);
    } else if constexpr (isA<T, SocialHistory>) {
        visit("smoking", v.smoking), visit("drinking", v.drinking), visit("note", v.note);
    } else if constexpr (isA<T, ImageReading>) {
        visit("examined", v.examined), visit("read", v.read), visit("reader", v.reader),
            visit("code", v.code);
        visit("findings", v.findings), visit("conclusion", v.conclusion), visit("imageUrl", v.imageUrl);
        visit("studyUid", v.studyUid), visit("seriesUid", v.seriesUid), visit("sopUid", v.sopUid);
    } else if constexpr (isA<T, TransferDetails>) {
        visit("arrived", v.arrived), visit("transferred", v.transferred), visit("transport", v.transport);
        visit("vehicle", v.vehicle), visit("escort", v.escort);
    } else if constexpr (isA<T, RelayReason>) {
        visit("status", v.status), visit("clinical", v.clinical), visit("nonClinical", v.nonClinical);
        visit("transferType", v.transferType), visit("transferClinical", v.transferClinical);
        visit("transferNonClinical", v.transferNonClinical);
    } else {
        static_assert(isA<T, Text>, "no field list for this struct");
        visit("text", v.text);
    }
}

// The repeated sections of Content: visit("problems", vector).
template <typename C, typename Visitor> void visitLists(C &c, Visitor &&visit)
{
    visit("problems", c.problems), visit("medications", c.medications);
    visit("dischargeMedications", c.dischargeMedications), visit("labs", c.labs),
        visit("procedures", c.procedures);
    visit("allergies", c.allergies), visit("immunizations", c.immunizations), visit("vitals", c.vitals);
    visit("infections", c.infections), visit("readings", c.readings);
}

// Sections of one text, and the other single structs.
template <typename C, typename Visitor> void visitTexts(C &c, Visitor &&visit)
{
    visit("reason", c.reason), visit("opinion", c.opinion), visit("history", c.history);
    visit("keyResults", c.keyResults), visit("plan", c.plan);
}

template <typename C, typename Visitor> void visitGroups(C &c, Visitor &&visit)
{
    visit("social", c.social), visit("transfer", c.transfer), visit("relay", c.relay);
}

// Texts of a consent or withdrawal statement that are plain strings.
template <typename S, typename Visitor> void visitConsentTexts(S &s, Visitor &&visit)
{
    visit("signerName", s.signerName), visit("signerPhone", s.signerPhone);
    visit("signerRelation", s.signerRelation), visit("identityCheck", s.identityCheck);
    visit("signerReason", s.signerReason), visit("recipientText", s.recipientText);
    visit("purposeText", s.purposeText), visit("itemsText", s.itemsText), visit("periodText", s.periodText);
    visit("refusalText", s.refusalText), visit("textVersion", s.textVersion), visit("reason", s.reason);
}

} // namespace naru::clinical
