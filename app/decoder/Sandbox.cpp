#include "app/decoder/Sandbox.h"
#include "app/cage/Cage.h"

#include <cerrno>
#include <sched.h>
#include <thread>

namespace naru::decoder {

namespace {
constexpr rlim_t CpuSeconds = 900; // the service retires long before
constexpr rlim_t Descriptors = 64;
constexpr rlim_t SharedWindow = 4ULL << 30; // address space for mapped frames, which are not ours to count

// RLIMIT_DATA counts private memory only; RLIMIT_AS counts shared frames as well.
bool setLimits(qint64 memory)
{
    using cage::limit;
    return limit(RLIMIT_DATA, rlim_t(memory)) && limit(RLIMIT_AS, rlim_t(memory) + SharedWindow)
        && limit(RLIMIT_CPU, CpuSeconds) && limit(RLIMIT_NOFILE, Descriptors) && limit(RLIMIT_FSIZE, 0);
}

// A thread of this process, and nothing else that clone can make: fork has other flags. The newer call keeps
// its flags in memory, where a filter cannot see them; told that it does not exist, the C library uses this
// one.
void allowThreads(cage::Filter &filter)
{
    constexpr scmp_datum_t thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD
        | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
    filter.allow(SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_EQ, thread)});
    filter.refuse({SCMP_SYS(clone3)}, ENOSYS);
    filter.allow({SCMP_SYS(set_robust_list), SCMP_SYS(rseq)});
}

bool loadFilter()
{
    cage::Filter filter;
    filter.allow({SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg),
        SCMP_SYS(close), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
        SCMP_SYS(setitimer), SCMP_SYS(alarm), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group)});
    // Some libraries print warnings; that is /dev/null.
    filter.allow(SCMP_SYS(write), {SCMP_A0(SCMP_CMP_EQ, 2)});
    filter.allowMemory();
    allowThreads(filter);
    return filter.load();
}
} // namespace

bool confine(qint64 memoryLimit, Confinement &done)
{
    if (!cage::keepPrivate())
        return false;
    if constexpr (cage::Sanitized)
        return true;
    // With the first thread the C library installs a signal handler, which later ends the process.
    std::thread([] {}).join();
    done.limits = setLimits(memoryLimit);
    done.filter = done.limits && loadFilter();
    return done.filter;
}

} // namespace naru::decoder
