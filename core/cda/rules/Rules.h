// The rules of the exchange forms (rules.tsv: one row a rule) on values while they are typed, and on bytes of
// any CDA R2. Severity Error blocks sending, Warning does not.
#pragma once

#include "core/cda/read/CdaReader.h"

#include <QDate>
#include <QMap>

namespace naru::cda {

struct Rule {
    QString id{}; // "referral.reason", stable
    QStringList forms{}; // form keys; "*" any Korean form; "cda" any CDA R2
    clinical::RuleProblem::Severity severity = clinical::RuleProblem::Severity::Error;
    QString field{}; // key of clinical::FieldValue; for kind "element" the path in the XML
    QString check{}; // kind of check, one of checkKinds()
    QString parameter{};
    QString messageKo{}, messageEn{};
    QString source{};
};

const std::vector<Rule> &rules();
QStringList checkKinds();

struct RuleOptions {
    // What the user is typing just now, by field key or path ("reason", "problems[0].code"), composing
    // syllable included: counts as present for "missing"; all other checks wait for the committed value.
    QMap<QString, QString> liveTexts{};
    QDate today = QDate::currentDate();
    // The recipients come from the directory, so Institution::exchanges says something.
    bool participationKnown = false;
    // 요양급여 의뢰·회송 goes through the insurer's relay as well, so its items are needed.
    bool relay = false;
    bool partialConsentAllowed = false;
};

std::vector<clinical::RuleProblem> checkDocument(
    const clinical::Document &document, const RuleOptions &options = {});
bool blocksSending(const std::vector<clinical::RuleProblem> &problems);

struct Report {
    clinical::Form form = clinical::Form::Unknown;
    std::vector<clinical::RuleProblem> problems{};
    bool valid() const { return !blocksSending(problems); }
};
// Structural rules for any CDA R2, the form's rules for a Korean form, reader warnings as warnings. Bytes
// that cannot be read at all are a report with one problem ("cda.readable"), not an error: the answer is "not
// valid, because".
Report checkBytes(const QByteArray &bytes, const RuleOptions &options = {}, const ReadBudget &budget = {});
QString severityKey(clinical::RuleProblem::Severity severity); // "error" "warning" "information"

} // namespace naru::cda
