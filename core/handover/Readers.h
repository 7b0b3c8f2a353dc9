// One reader a format, behind readHandOver(). Each takes decoded text; HL7 v2 takes bytes, because MSH-18
// names its own charset.
#pragma once

#include "core/handover/Json.h"
#include "core/handover/ReadHandOver.h"

namespace naru::handover {

base::Result<clinical::HandOver> readNaruJson(const Json &root, const ReadOptions &options);
base::Result<clinical::HandOver> readFhir(const Json &root, const ReadOptions &options);
base::Result<clinical::HandOver> readHl7v2(const QByteArray &bytes, const ReadOptions &options);
base::Result<clinical::HandOver> readCsv(const QString &text, const ReadOptions &options);

} // namespace naru::handover
