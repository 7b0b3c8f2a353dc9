// Allowed: what only looks like a violation. tr("x") SIGNAL(x) QEventLoop "1.2.3.4.5.6"
#include "core/base/Good.h"
/* #include "core/ihe/Old.h" */
const char *version = "1.2.3.4";
int str(int);
int x = str(1) + entr(2);
const char *raw = R"(qDebug() tr("x"))";
const char *address = "127.0.0.1";
int big = 1'000'000;
