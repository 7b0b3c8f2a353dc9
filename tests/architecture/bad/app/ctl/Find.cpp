#include "core/storage/Store.h"
