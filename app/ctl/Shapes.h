// JSON shapes of the contract: fields may be added, never renamed.
#pragma once

#include "core/services/Types.h"

#include <QJsonArray>
#include <QJsonObject>

namespace naru::ctl {

QJsonObject patientJson(const clinical::Patient &patient); // the resident number is never in it
QJsonObject patientRowJson(const services::PatientRow &row);
QJsonObject documentRowJson(const services::DocumentRow &row);
QJsonObject searchJson(const services::SearchResult &result);
QJsonObject attachedJson(const clinical::AttachedImages &images);
QJsonObject outboxRowJson(const services::OutboxRow &row);
QJsonObject termJson(const services::TermHit &hit);
// With what matched and how well, for lists of a search.
QJsonObject foundTermJson(const services::TermHit &hit);
QJsonObject problemsJson(clinical::Form form, const std::vector<clinical::RuleProblem> &problems);
bool hasErrors(const std::vector<clinical::RuleProblem> &problems);
QString isoTime(const QDateTime &time); // UTC, seconds; empty when null

} // namespace naru::ctl
