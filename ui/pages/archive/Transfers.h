// Jobs between this workstation and image archives, as a page starts them. They are durable: what is begun
// here goes on when the page is closed, and after a restart.
#pragma once

#include "core/services/PacsTypes.h"
#include "core/services/Types.h"
#include "ui/text/Language.h"

namespace naru::ui {

class AppContext;

// An unfinished fetch of the same study into the same chart goes on; else a new one begins. Its id.
base::Result<QString> startFetch(
    AppContext &context, const QString &node, const QString &studyUid, const services::PatientKey &patient);
base::Status startAgain(AppContext &context, const QString &job);

// "Radiology cannot be reached": why it is not done, in plain words; empty when nothing went wrong.
QString reasonOf(const services::PacsJob &job, text::Language language);
bool isOfAnother(const services::PacsJob &job); // refused for whose the images are: again is no use
bool isUnderWay(const services::PacsJob &job); // queued or running

} // namespace naru::ui
