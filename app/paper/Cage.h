// What naru-paper may still do once it has said Ready: compute, read its document, and read the fonts of the
// machine. Nothing can be written, connected to or run.
#pragma once

#include <QtGlobal>

namespace naru::paper {

// False: the process must not go on. `memory` bytes of its own at most. Kernels without Landlock confine
// which files may be read by nothing but the user's rights; what is read has no way out but as pixels of a
// page.
bool confine(qint64 memory);

} // namespace naru::paper
