// The kinds of checks a row of rules.tsv can ask for, each implemented once. A check answers with the paths
// at fault.
#pragma once

#include "core/cda/rules/Rules.h"
#include "core/clinical/forms/FieldValues.h"

#include <functional>

namespace naru::cda {

// What a check may look at.
struct Subject {
    const clinical::Document *document = nullptr;
    const std::vector<clinical::FieldValue> *values = nullptr;
    const base::XmlElement *root = nullptr; // only when bytes are checked
    const RuleOptions *options = nullptr;

    std::vector<const clinical::FieldValue *> all(const QString &key) const;
    // The value of another key in the same list element as `of`.
    const clinical::FieldValue *sibling(const clinical::FieldValue &of, const QString &key) const;
    // Present for "missing": committed or being typed.
    bool isPresent(const clinical::FieldValue &value) const;
};

using Check = std::function<QStringList(const Rule &, const Subject &)>;
const QMap<QString, Check> &checks();
// Kinds that need the XML, not only values.
bool needsBytes(const QString &kind);

// 13 digits that begin with a date and a century digit, with or without the hyphen.
bool looksLikeResidentNumber(const QString &text);

} // namespace naru::cda
