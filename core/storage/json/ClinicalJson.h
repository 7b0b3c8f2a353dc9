// Values of core/clinical <-> JSON, complete and lossless. Member names are the member names of the structs
// in camelCase; members that have their initial value are left out; enums are the words below; timestamps are
// ISO 8601 as precise as known ("2026-11"); bytes are base64. Shared by the stores, the hand-over format of
// EMR vendors and naructl: fields may be added, never renamed.
#pragma once

#include "core/base/Result.h"
#include "core/clinical/HandOver.h"
#include "core/clinical/ReadDocument.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace naru::storage {

struct JsonNotes {
    QStringList unknown{}; // paths of members nobody asked for: "content.problems[2].colour"
};

template <typename T> QJsonObject toJson(const T &value);
// storage.JsonShape names the path of the first value of the wrong kind. Unknown members are noted, not
// refused.
template <typename T> base::Result<T> fromJson(const QJsonObject &object, JsonNotes *notes = nullptr);

// Text form: UTF-8, compact. At most 64 MiB, depth as QJsonDocument limits it.
template <typename T> QByteArray toJsonText(const T &value);
template <typename T> base::Result<T> fromJsonText(const QByteArray &text, JsonNotes *notes = nullptr);

// For these types (and what they contain):
// It reads the list as one expression and would indent it further each time.
// clang-format off
#define NARU_CLINICAL_JSON_TYPES(X) \
    X(CodedValue) X(Identifier) X(Source) X(Address) X(Problem) X(Medication) X(LabResult) X(Procedure) \
    X(Allergy) X(Immunization) X(VitalSign) X(InfectiousDisease) X(SocialHistory) X(ImageReading) \
    X(TransferDetails) X(Text) X(RelayReason) X(Content) X(Guardian) X(Patient) X(Department) \
    X(Institution) X(Practitioner) X(Recipient) X(Encounter) X(ConsentStatement) X(EmergencyException) \
    X(Document) X(HandOverNote) X(HandOver) X(Run) X(Cell) X(Block) X(Entry) X(Section) X(Media) \
    X(ReadWarning) X(ReadDocument) X(RuleProblem)
// clang-format on

#define NARU_DECLARE_JSON(Type)                                                                              \
    extern template QJsonObject toJson(const clinical::Type &);                                              \
    extern template base::Result<clinical::Type> fromJson(const QJsonObject &, JsonNotes *);                 \
    extern template QByteArray toJsonText(const clinical::Type &);                                           \
    extern template base::Result<clinical::Type> fromJsonText(const QByteArray &, JsonNotes *);
NARU_CLINICAL_JSON_TYPES(NARU_DECLARE_JSON)
#undef NARU_DECLARE_JSON

} // namespace naru::storage
