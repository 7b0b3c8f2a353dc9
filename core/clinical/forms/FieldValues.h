// A Document as a flat list of named values, so that rules, tests and differences need no knowledge of its
// structs. Keys have no index ("problems.code"), paths do ("problems[0].code").
#pragma once

#include "core/clinical/Document.h"

namespace naru::clinical {

struct FieldValue {
    QString key{};
    QString path{};
    QString text{}; // as people read it; coded values: text(); times: toDisplay(); flags: "1" or ""
    CodedValue coded{};
    base::Timestamp time{};
    bool isCoded = false, isTime = false;
    bool isEmpty() const { return text.trimmed().isEmpty(); }
};

// Every field, empty ones too, of header, content, consent and exception. Lists also give one value with the
// list's own key whose text is the number of elements ("" when none).
std::vector<FieldValue> fieldValues(const Document &document);

// What an entry of the allergies says when it says that there are none ("No known allergy", NKDA, 없음), in
// the words of the value set noAllergy; empty for an allergy.
QString deniedAllergy(const Allergy &allergy, bool korean);

} // namespace naru::clinical
