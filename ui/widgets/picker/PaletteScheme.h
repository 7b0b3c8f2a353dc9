// Which scheme a palette came from: the picker is used where no theme is at hand.
#pragma once

#include "ui/shell/Theme.h"

namespace naru::ui {

Theme::Scheme schemeOf(const QPalette &palette);

} // namespace naru::ui
