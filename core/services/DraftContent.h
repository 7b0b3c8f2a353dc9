// What a new document starts from: clinic, patient, hand-over, earlier documents; and filling it from JSON.
#pragma once

#include "core/services/ComposeService.h"
#include "core/services/Internals.h"

#include <QJsonObject>

namespace naru::services {

// Header and content of a fresh document; its id is fixed here.
base::Result<clinical::Document> startDocument(Profile::Internals &in, clinical::Form form,
    const PatientKey &patient, const ComposeService::NewOptions &options);
// Members of clinical::Content by name, "recipient", "title", "confidentiality"; services.JsonMember for
// anything else.
base::Result<clinical::Document> filledFromJson(
    const Profile::Internals &in, clinical::Document document, const QByteArray &json);
// Field by field, in people's words.
std::vector<FieldDifference> fieldDifferences(
    const clinical::Document &before, const clinical::Document &after);

} // namespace naru::services
