#include "core/ihe/A.h"
#include <httplib.h>
#include <sqlite3.h>
