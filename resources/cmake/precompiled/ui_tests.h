// What most tests of ui/ include; see Precompile.cmake.
#pragma once
#include "tests.h"
#include "ui_core.h"
#include <QSignalSpy>
