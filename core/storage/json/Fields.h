// Every struct of core/clinical described once: visit(name, member) for each member in order. Reader, writer
// and the test's generator are visitors. A member that is added to a struct and forgotten here makes
// tst_clinical_json fail (it counts).
#pragma once

#include "core/clinical/HandOver.h"
#include "core/clinical/ReadDocument.h"

#include <array>
#include <type_traits>

namespace naru::storage::json {

template <typename T, typename U>
concept Is = std::is_same_v<std::remove_const_t<T>, U>;

// Words of enums, in the order of their values.
template <typename E> struct Words;
#define NARU_WORDS(Type, ...)                                                                                \
    template <> struct Words<Type> {                                                                         \
        static constexpr auto list = std::to_array<const char *>({__VA_ARGS__});                             \
    };
NARU_WORDS(clinical::Source::Kind, "none", "typed", "emr", "document", "exchange")
NARU_WORDS(clinical::LabResult::Category, "specimen", "pathology", "radiology", "functional")
NARU_WORDS(clinical::Sex, "unknown", "male", "female", "undifferentiated")
NARU_WORDS(clinical::Form, "unknown", "referral", "return", "reply", "summary", "imagingReport", "emergency",
    "consent", "withdrawal")
NARU_WORDS(clinical::Programme, "exchange", "referral", "imaging")
NARU_WORDS(clinical::ConsentStatement::Signer, "self", "family", "legalRepresentative", "other")
NARU_WORDS(clinical::EmergencyException::Case, "none", "unconscious", "emergencyPatient", "noGuardian")
NARU_WORDS(clinical::Block::Kind, "paragraph", "list", "table", "caption", "unsupported")
NARU_WORDS(clinical::RuleProblem::Severity, "error", "warning", "information")
#undef NARU_WORDS

// clang-format off
#define NARU_FIELDS(Type) template <typename V, Is<clinical::Type> T> void fields(V &v, T &x)
#define F(member) v(#member, x.member)
NARU_FIELDS(CodedValue) { F(code); F(system); F(display); F(displayEn); F(originalText); F(nullFlavor); F(translations); F(side);
    F(severity); }
NARU_FIELDS(Identifier) { F(root); F(extension); }
NARU_FIELDS(Source) { F(kind); F(label); F(documentId); F(asOf); F(original); F(reviewed); }
NARU_FIELDS(Address) { F(basic); F(detail); F(postalCode); }
NARU_FIELDS(Problem) { F(code); F(onset); F(severity); F(main); F(source); }
NARU_FIELDS(Medication) { F(code); F(start); F(doseValue); F(doseUnit); F(timesPerDay); F(days); F(usage); F(source); }
NARU_FIELDS(LabResult) { F(category); F(code); F(item); F(time); F(value); F(unit); F(referenceRange); F(interpretation);
    F(laboratory); F(viewerUrl); F(accessionNumber); F(kosUid); F(source); }
NARU_FIELDS(Procedure) { F(code); F(time); F(diagnosis); F(anaesthesia); F(note); F(source); }
NARU_FIELDS(Allergy) { F(kind); F(agent); F(reaction); F(time); F(source); }
NARU_FIELDS(Immunization) { F(code); F(time); F(dose); F(source); }
NARU_FIELDS(VitalSign) { F(code); F(time); F(value); F(unit); F(source); }
NARU_FIELDS(InfectiousDisease) { F(code); F(onset); F(reported); F(diagnosed); F(classification); F(admitted);
    F(testResult); F(region); F(source); }
NARU_FIELDS(SocialHistory) { F(smoking); F(drinking); F(note); F(source); }
NARU_FIELDS(ImageReading) { F(examined); F(read); F(reader); F(code); F(findings); F(conclusion); F(imageUrl); F(studyUid);
    F(seriesUid); F(sopUid); F(source); }
NARU_FIELDS(TransferDetails) { F(arrived); F(transferred); F(transport); F(vehicle); F(escort); }
NARU_FIELDS(Text) { F(text); F(source); }
NARU_FIELDS(RelayReason) { F(status); F(clinical); F(nonClinical); F(transferType); F(transferClinical);
    F(transferNonClinical); }
NARU_FIELDS(Content) { F(problems); F(medications); F(dischargeMedications); F(labs); F(procedures); F(allergies);
    F(immunizations); F(vitals); F(infections); F(readings); F(social); F(transfer); F(relay); F(reason); F(opinion);
    F(history); F(keyResults); F(plan); }
NARU_FIELDS(Guardian) { F(relation); F(name); F(phone); F(address); }
NARU_FIELDS(Patient) { F(localId); F(exchangeId); F(name); F(sex); F(birthDate); F(phone); F(address); F(residentNumber);
    F(guardian); F(sources); }
NARU_FIELDS(Department) { F(code); F(name); }
NARU_FIELDS(Institution) { F(oid); F(number); F(name); F(phone); F(address); F(kind); F(departments); F(exchanges);
    F(relays); F(images); }
NARU_FIELDS(Practitioner) { F(userId); F(licence); F(name); F(phone); F(department); }
NARU_FIELDS(Recipient) { F(institution); F(department); F(doctor); }
NARU_FIELDS(Encounter) { F(code); F(start); F(end); }
NARU_FIELDS(ConsentStatement) { F(programmes); F(policy); F(date); F(validUntil); F(signer); F(signerName);
    F(signerPhone); F(signerRelation); F(identityCheck); F(signerReason); F(excludedDepartments); F(recipientText);
    F(purposeText); F(itemsText); F(periodText); F(refusalText); F(agreedProvision); F(agreedSensitive); F(textVersion);
    F(signaturePng); F(withdrawnInstitutions); F(reason); }
NARU_FIELDS(EmergencyException) { v("case", x.which); F(explanation); F(decidedBy); F(decidedAt); }
NARU_FIELDS(AttachedImages) { F(kosUid); F(studyKey); F(studyUid); F(accession); F(description); F(modalities); F(date);
    F(images); F(bytes); F(instances); }
NARU_FIELDS(Document) { F(form); F(id); F(setId); F(version); F(replaces); F(title); F(effectiveTime); F(confidentiality);
    F(patient); F(author); F(authenticator); F(custodian); F(recipients); F(encounter); F(content); F(consent);
    F(exception); F(inReplyTo); F(images); }
NARU_FIELDS(HandOverNote) { F(place); F(message); }
NARU_FIELDS(HandOver) { F(format); F(encoding); F(patient); F(encounter); F(doctor); F(content); F(notes); }
NARU_FIELDS(Run) { F(text); F(bold); F(emphasis); F(underline); F(strike); F(superscript); F(subscript); F(lineBreak);
    F(highlight); F(link); F(id); F(mediaId); F(footnote); }
NARU_FIELDS(Cell) { F(blocks); F(rowSpan); F(columnSpan); F(header); F(align); F(id); }
NARU_FIELDS(Block) { F(kind); F(runs); F(ordered); F(items); F(rows); F(headRows); F(caption); F(id); F(elementName); }
NARU_FIELDS(Entry) { F(kind); F(code); F(value); F(valueCode); F(unit); F(time); F(endTime); F(status); F(interpretation);
    F(referenceRange); F(narrativeId); F(negated); F(nullFlavor); F(children); }
NARU_FIELDS(Section) { F(id); F(code); F(templateIds); F(title); F(nullFlavor); F(narrative); F(entries); F(sections); }
NARU_FIELDS(Media) { F(mediaType); F(bytes); }
NARU_FIELDS(ReadWarning) { F(code); F(path); F(message); F(arguments); }
NARU_FIELDS(ReadDocument) { F(document); F(typeCode); F(templateIds); F(languageCode); F(sections); F(media);
    F(nonXmlBody); F(signaturePresent); F(warnings); }
NARU_FIELDS(RuleProblem) { F(rule); F(severity); F(field); F(path); F(messageKo); F(messageEn); }
#undef F
#undef NARU_FIELDS
// clang-format on

} // namespace naru::storage::json
