#include "core/net/Client.h"
