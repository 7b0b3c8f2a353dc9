// Rows of the terms group that change something; termsCommands() of Command.h gives them with the others.
#pragma once

#include "app/ctl/Command.h"

namespace naru::ctl {

std::vector<Command> termsChangeCommands();

} // namespace naru::ctl
