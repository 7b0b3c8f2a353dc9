#include "app/practice/Registry.h"
#include "core/clinical/Thing.h"
