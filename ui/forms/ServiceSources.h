// The sources of the pickers, over the services.
#pragma once

#include "core/services/Types.h"
#include "ui/forms/FormContext.h"

namespace naru::services {
class Profile;
}

namespace naru::ui {

std::shared_ptr<CodeSource> termSource(std::shared_ptr<services::Profile> profile, const QString &valueSet);
std::shared_ptr<CodeSource> institutionSource(std::shared_ptr<services::Profile> profile);
// Fills the sources of a form.
FormContext formContext(
    DocumentModel &model, Theme &theme, bool korean, std::shared_ptr<services::Profile> profile);

} // namespace naru::ui
