// What every confined child does before it meets a byte that is not ours: no core file, no debugger, bounded
// memory, and a list of the system calls it may make. Linux: seccomp and rlimits.
#pragma once

#include <initializer_list>
#include <seccomp.h>
#include <sys/resource.h>

namespace naru::cage {

// Sanitizers need calls and address space that no cage gives: their builds run without.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool Sanitized = true;
#else
constexpr bool Sanitized = false;
#endif

// True for a program that was started as a child of ours, with its socket.
bool hasSocket();
// Libraries must not print what they read.
void silenceQt();
// The C++ runtime looks for its tables and Qt asks for random bytes the first time; afterwards neither may.
void warmUpRuntime();

bool limit(__rlimit_resource resource, rlim_t value);
// No new rights, and neither a core file nor a debugger, which would show names and pixels.
bool keepPrivate();

// System calls that are not named end the process. Every function: false from the first refusal on.
class Filter {
public:
    Filter();
    ~Filter();
    Filter(const Filter &) = delete;
    Filter &operator=(const Filter &) = delete;

    bool allow(std::initializer_list<int> calls);
    bool allow(int call, std::initializer_list<scmp_arg_cmp> conditions);
    bool refuse(std::initializer_list<int> calls, int error); // told so, and goes on
    // Memory, but none that could run code.
    bool allowMemory();
    bool load();

private:
    scmp_filter_ctx m_filter;
    bool m_good;
};

} // namespace naru::cage
