// STOW-RS (PS3.18 10.5; IHE RAD-108): instances in, each by itself, answered with what became of it.
#pragma once

#include "app/practice/http/Server.h"

namespace naru::practice {

struct Endpoints;

// POST of /dicomweb/studies and /dicomweb/studies/{uid}; ?SourceID= must be the institution of the
// certificate where it is given.
HttpAnswer storeInstances(Endpoints &endpoints, const HttpRequest &request);

} // namespace naru::practice
