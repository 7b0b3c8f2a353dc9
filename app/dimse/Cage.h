// What naru-dimse may do once it knows its node: talk on sockets, fill memory of its own making, answer its
// parent. It can open no file and start no program; a child that accepts cannot even connect anywhere.
#pragma once

#include <QtGlobal>

namespace naru::dimse {

// False: the system refuses, and the program must not go on. Sanitizer builds skip limits and filter.
bool confine(qint64 memory, qint64 instanceBytes, bool mayConnect);

} // namespace naru::dimse
