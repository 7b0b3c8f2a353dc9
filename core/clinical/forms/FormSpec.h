// The fields of the exchange forms as rows (forms.tsv): what the rules check, the CLI asks for and the UI
// builds its editors from. Keys are those of FieldValues.h.
#pragma once

#include "core/clinical/Document.h"

namespace naru::clinical {

enum class FieldKind {
    Text, // one line
    Multiline,
    Date,
    DateTime,
    Code, // one choice of `valueSet`
    Concept, // one concept found in terminology; `valueSet` names the code system
    List, // repeated group; its members are the rows whose key starts with "<key>."
    Group, // one group of members
    Institution,
    Flag,
    Image,
};

enum class Requirement {
    Optional,
    Required,
    Relay
}; // Relay: required when the insurer's relay is a destination

struct FieldSpec {
    Form form = Form::Unknown;
    QString key{}; // "reason", "problems", "problems.code"
    QString section{}; // LOINC or DCM code of its CDA section; empty for the header
    QString labelKo{}, labelEn{};
    FieldKind kind = FieldKind::Text;
    Requirement requirement = Requirement::Optional;
    QString valueSet{};
    QString hintKo{}, hintEn{};
    int order = 0;

    bool isMember() const { return key.contains(QLatin1Char('.')); }
    friend bool operator==(const FieldSpec &, const FieldSpec &) = default;
};

// In order. Rows of forms.tsv with form "*" count for every form that has the parent key.
const std::vector<FieldSpec> &formFields(Form form);
const FieldSpec *fieldSpec(Form form, const QString &key);
// Top-level rows only, in order: what a section navigator lists.
std::vector<FieldSpec> formSections(Form form);

// Choices of a small value set (valuesets.tsv): "relayStatus", "guardianRelation", "confidentiality" ...
struct Choice {
    QString code{}, ko{}, en{};
    friend bool operator==(const Choice &, const Choice &) = default;
};
std::vector<Choice> valueSetChoices(const QString &valueSet);
// Korean word of a choice, the code itself when the set does not have it.
QString choiceKo(const QString &valueSet, const QString &code);
QString choiceCode(const QString &valueSet, const QString &ko);

} // namespace naru::clinical
