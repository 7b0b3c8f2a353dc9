#pragma once
#include "core/ihe/B.h"
