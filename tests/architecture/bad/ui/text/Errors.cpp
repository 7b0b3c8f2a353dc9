#include "core/net/Errors.h"
#include "core/base/Good.h"
