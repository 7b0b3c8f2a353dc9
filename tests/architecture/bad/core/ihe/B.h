#pragma once
#include "core/ihe/A.h"
