// What a decoder may do: compute, read and map descriptors it was given, answer on its socket. Everything
// else ends the process.
#pragma once

#include <QtGlobal>

namespace naru::decoder {

struct Confinement {
    bool limits = false; // memory, processor time, files
    bool filter = false; // system calls
};

// False: the system refuses, and the program must not go on. Sanitizer builds cannot live with either (their
// shadow memory, their reports); they skip both, and `done` says so.
bool confine(qint64 memoryLimit, Confinement &done);

} // namespace naru::decoder
