// The sources of the pickers, over the services.
#pragma once

#include "core/services/Types.h"
#include "ui/forms/FormContext.h"

namespace naru::services {
class Profile;
}

namespace naru::ui {

// The visit a code is chosen for; asked anew for every search, because the document changes.
using TermVisit = std::function<services::TermContext()>;

std::shared_ptr<CodeSource> termSource(
    std::shared_ptr<services::Profile> profile, const QString &valueSet, TermVisit visit = {});
std::shared_ptr<CodeSource> institutionSource(std::shared_ptr<services::Profile> profile);
// Fills the sources of a form. `patient` names whose earlier codes come first; may be empty.
FormContext formContext(DocumentModel &model, Theme &theme, bool korean,
    const std::shared_ptr<services::Profile> &profile,
    const std::function<services::PatientKey()> &patient = {});

} // namespace naru::ui
