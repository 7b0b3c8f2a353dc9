// Putting a finished document into the outbox: the one place that freezes and commits.
#pragma once

#include "core/cda/write/WriteProfile.h"
#include "core/services/Submission.h"

namespace naru::services {

struct SendRequest {
    PatientKey patient{};
    clinical::Document document{};
    QByteArray bytes{};
    storage::OutboxKind kind = storage::OutboxKind::Document;
    bool hold = true; // recall time of the site
    QString replacesUuid{}, replacesId{}; // RPLC
    QString dependsOn{}; // outbox item that must be done before
    bool keepDocumentForRecall = true;
    DraftId draft{}; // goes in the same transaction
    bool withDocument = true; // false: manifests alone, `document` is their header
    std::vector<SubmissionPlan::Manifest> manifests{};
    std::vector<storage::OutboxImage> images{}; // stored in the archive first
};

// The exchange id of the patient, asked for when not known yet.
base::Result<clinical::Identifier> exchangeIdOf(
    Profile::Internals &in, const PatientKey &patient, const base::WorkContext &work);
// Without an exchange id (nobody could be asked) the item is sealed and held; the worker identifies the
// patient first.
base::Result<OutboxId> queue(
    Profile::Internals &in, const SendRequest &request, const clinical::Identifier &exchangeId);
// The exchange id, or an empty one when the index could not be reached; another failure is one.
base::Result<clinical::Identifier> exchangeIdIfReachable(Profile::Internals &in, const PatientKey &patient);
// The newest unfinished consent item of the patient: clinical documents wait for it, so that the registry
// knows the consent.
QString pendingConsentItem(Profile::Internals &in, const PatientKey &patient);
cda::WriteProfile writeProfile(const ihe::SiteProfile &site);
// Next request number of the day (21 digits) and document id.
base::Result<clinical::Identifier> newDocumentIdentifier(Profile::Internals &in, clinical::Form form);

} // namespace naru::services
