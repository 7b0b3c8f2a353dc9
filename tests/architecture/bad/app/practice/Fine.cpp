#include "app/practice/seed/World.h"
#include "core/clinical/Thing.h"
