#include "core/ihe/A.h"
