// How imports, releases and measurements of terms are printed.
#pragma once

#include "app/ctl/Output.h"
#include "core/services/TermTypes.h"

namespace naru::ctl {

QJsonObject releaseJson(const terminology::Release &release);
// What a failed import had found until then: the counts and the first hundred rows with a fault.
void setPartialReport(const terminology::ImportReport &report, Output &output);
QJsonObject importJson(const services::TermImport &import);
QJsonObject statsJson(const services::TermStats &stats);
// The same for people.
void printImport(const services::TermImport &import, Output &output);
void printStats(const services::TermStats &stats, Output &output);

} // namespace naru::ctl
