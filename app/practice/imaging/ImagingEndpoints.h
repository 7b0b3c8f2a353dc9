// The imaging source and the imaging repository of the practice exchange: RAD-69 (XDS-I.b), WADO-URI (RAD-55)
// and DICOMweb (QIDO-RS, WADO-RS). Images are made and sent one after the other, so that the first one is
// there at once.
#pragma once

#include "app/practice/http/Server.h"

namespace naru::practice {

struct Endpoints;

void addImagingEndpoints(Server &server, Endpoints &endpoints);

} // namespace naru::practice
