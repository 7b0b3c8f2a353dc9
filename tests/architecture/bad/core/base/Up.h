// A lower room that includes a higher one.
#pragma once
#include "core/clinical/Thing.h"
