// From attached images to what the outbox freezes: the manifest's bytes and the instances that go before it.
#pragma once

#include "core/services/ImageSharing.h"
#include "core/services/Sending.h"

namespace naru::services {

// Errors as ImageSharing::describe().
base::Result<clinical::AttachedImages> describeImages(
    Profile::Internals &in, const PatientKey &patient, const QString &study, const QStringList &instances);
// What of it is stored now; nothing is said of what is still to come.
GoingImages goingImages(Profile::Internals &in, const clinical::AttachedImages &attached);
// Adds manifests and instances of `request.document.images` to the request. The chart is checked again:
// images may have been moved since they were attached.
base::Status addImages(Profile::Internals &in, SendRequest &request);

} // namespace naru::services
