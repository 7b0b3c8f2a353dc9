#include "app/dimse/Cage.h"

#include <array>
#include <cerrno>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>

namespace naru::dimse {

namespace {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool Sanitized = true;
#else
constexpr bool Sanitized = false;
#endif

constexpr rlim_t Descriptors = 64;
constexpr qint64 Headers = 1 << 20; // of a Part 10 file, beyond the data set

bool limit(__rlimit_resource resource, rlim_t value)
{
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

// Instances live in memory files, which RLIMIT_DATA does not count and RLIMIT_FSIZE does.
bool setLimits(qint64 memory, qint64 instanceBytes)
{
    return limit(RLIMIT_DATA, rlim_t(memory))
        && limit(RLIMIT_AS, rlim_t(memory) + 2 * rlim_t(instanceBytes) + (rlim_t(1) << 30))
        && limit(RLIMIT_NOFILE, Descriptors) && limit(RLIMIT_FSIZE, rlim_t(instanceBytes + Headers));
}

bool allow(scmp_filter_ctx filter, bool mayConnect)
{
    static constexpr std::array calls{SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write),
        SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(recvfrom),
        SCMP_SYS(sendto), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6),
        SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(getpeername), SCMP_SYS(getsockname),
        SCMP_SYS(shutdown), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(memfd_create), SCMP_SYS(ftruncate),
        SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex),
        SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
        SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
        SCMP_SYS(fcntl), SCMP_SYS(sysinfo), SCMP_SYS(uname)};
    bool good = true;
    for (const int call : calls)
        good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    // Memory that could run code is refused.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        good = good
            && seccomp_rule_add(
                   filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, scmp_datum_t(PROT_EXEC), 0))
                == 0;
    if (mayConnect)
        good = good
            && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, AF_INET))
                == 0
            && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(connect), 0) == 0;
    // Libraries that look for a file of theirs are told that there is none.
    for (const int call : {SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(newfstatat),
             SCMP_SYS(access), SCMP_SYS(readlink)})
        good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0) == 0;
    return good;
}

bool loadFilter(bool mayConnect)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return false;
    const bool good = allow(filter, mayConnect) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}
} // namespace

bool confine(qint64 memory, qint64 instanceBytes, bool mayConnect)
{
    // No core file and no debugger: both would show names and keys.
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0
        || !limit(RLIMIT_CORE, 0))
        return false;
    if constexpr (Sanitized)
        return true;
    return setLimits(memory, instanceBytes) && loadFilter(mayConnect);
}

} // namespace naru::dimse
