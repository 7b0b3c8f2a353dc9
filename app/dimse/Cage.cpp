#include "app/dimse/Cage.h"
#include "app/cage/Cage.h"

#include <cerrno>
#include <sys/socket.h>

namespace naru::dimse {

namespace {
constexpr rlim_t Descriptors = 64;
constexpr qint64 Headers = 1 << 20; // of a Part 10 file, beyond the data set

// Instances live in memory files, which RLIMIT_DATA does not count and RLIMIT_FSIZE does.
bool setLimits(qint64 memory, qint64 instanceBytes)
{
    using cage::limit;
    return limit(RLIMIT_DATA, rlim_t(memory))
        && limit(RLIMIT_AS, rlim_t(memory) + 2 * rlim_t(instanceBytes) + (rlim_t(1) << 30))
        && limit(RLIMIT_NOFILE, Descriptors) && limit(RLIMIT_FSIZE, rlim_t(instanceBytes + Headers));
}

bool loadFilter(bool mayConnect)
{
    cage::Filter filter;
    filter.allow({SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(write), SCMP_SYS(writev),
        SCMP_SYS(lseek), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(recvfrom), SCMP_SYS(sendto),
        SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(getsockopt),
        SCMP_SYS(setsockopt), SCMP_SYS(getpeername), SCMP_SYS(getsockname), SCMP_SYS(shutdown),
        SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(memfd_create), SCMP_SYS(ftruncate), SCMP_SYS(futex),
        SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
        SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group),
        SCMP_SYS(fcntl), SCMP_SYS(sysinfo), SCMP_SYS(uname)});
    filter.allowMemory();
    if (mayConnect) {
        filter.allow(SCMP_SYS(socket), {SCMP_A0(SCMP_CMP_EQ, AF_INET)});
        filter.allow({SCMP_SYS(connect)});
    }
    // Libraries that look for a file of theirs are told that there is none.
    filter.refuse({SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(stat), SCMP_SYS(newfstatat), SCMP_SYS(access),
                      SCMP_SYS(readlink)},
        EACCES);
    return filter.load();
}
} // namespace

bool confine(qint64 memory, qint64 instanceBytes, bool mayConnect)
{
    if (!cage::keepPrivate())
        return false;
    if constexpr (cage::Sanitized)
        return true;
    return setLimits(memory, instanceBytes) && loadFilter(mayConnect);
}

} // namespace naru::dimse
