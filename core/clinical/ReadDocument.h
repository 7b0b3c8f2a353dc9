// Any CDA R2 document as it can be shown: header, sections with narrative and entries, what was odd about it.
// Made by cda::readDocument(); Korean forms also fill `document`, so that their content can be reused.
#pragma once

#include "core/clinical/Document.h"
#include "core/clinical/Narrative.h"

#include <QMap>

namespace naru::clinical {

// A machine-readable statement of a section, flattened for display and comparison.
struct Entry {
    QString kind{}; // local name of the CDA class: observation, act, substanceAdministration ...
    CodedValue code{};
    QString value{}; // as text: "7.1", "2형 당뇨병"
    CodedValue valueCode{}; // when the value is a code (a diagnosis in KCD)
    QString unit{};
    base::Timestamp time{};
    base::Timestamp endTime{};
    QString status{};
    QString interpretation{};
    QString referenceRange{};
    QString narrativeId{}; // #id it points at
    bool negated = false;
    QString nullFlavor{};
    std::vector<Entry> children{};
    friend bool operator==(const Entry &, const Entry &);
};
inline bool operator==(const Entry &a, const Entry &b)
{
    return a.kind == b.kind && a.code == b.code && a.value == b.value && a.valueCode == b.valueCode
        && a.unit == b.unit && a.time == b.time && a.endTime == b.endTime && a.status == b.status
        && a.interpretation == b.interpretation && a.referenceRange == b.referenceRange
        && a.narrativeId == b.narrativeId && a.negated == b.negated && a.nullFlavor == b.nullFlavor
        && a.children == b.children;
}

struct Section {
    QString id{};
    CodedValue code{};
    QStringList templateIds{};
    QString title{};
    QString nullFlavor{};
    std::vector<Block> narrative{};
    std::vector<Entry> entries{};
    std::vector<Section> sections{}; // nested
};

struct Media {
    QString mediaType{};
    QByteArray bytes{};
};

// Something the reader must see: code is stable ("narrative.mismatch"), arguments make the sentence.
struct ReadWarning {
    QString code{};
    QString path{}; // "section 30954-2, entry 3"
    QString message{}; // English
    QMap<QString, QString> arguments{};
    friend bool operator==(const ReadWarning &, const ReadWarning &) = default;
};

struct ReadDocument {
    Document document{}; // header always; content as far as the form is known
    CodedValue typeCode{}; // ClinicalDocument/code
    QStringList templateIds{};
    QString languageCode{};
    std::vector<Section> sections{};
    QMap<QString, Media> media{}; // observationMedia by ID
    // nonXMLBody: the embedded bytes and what they claim to be.
    std::optional<Media> nonXmlBody{};
    bool signaturePresent = false; // present is not the same as valid
    std::vector<ReadWarning> warnings{};
};

// Outcome of the rules, for the CLI, inline validation and the read view alike.
struct RuleProblem {
    enum class Severity { Error, Warning, Information };
    QString rule{}; // row id in the rules table
    Severity severity = Severity::Error;
    QString field{}; // FieldSpec key, e.g. "reason", "recipient.institution"; empty when the document itself
    QString path{}; // place in the document
    QString messageKo{};
    QString messageEn{};
    friend bool operator==(const RuleProblem &, const RuleProblem &) = default;
};

} // namespace naru::clinical
