#include "app/decoder/Sandbox.h"

#include <array>
#include <cerrno>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <thread>

namespace naru::decoder {

namespace {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool Sanitized = true;
#else
constexpr bool Sanitized = false;
#endif

constexpr rlim_t CpuSeconds = 900; // the service retires long before
constexpr rlim_t Descriptors = 64;
constexpr rlim_t SharedWindow = 4ULL << 30; // address space for mapped frames, which are not ours to count

bool limit(__rlimit_resource resource, rlim_t value)
{
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

// RLIMIT_DATA counts private memory only; RLIMIT_AS counts shared frames as well.
bool setLimits(qint64 memory)
{
    return limit(RLIMIT_DATA, rlim_t(memory)) && limit(RLIMIT_AS, rlim_t(memory) + SharedWindow)
        && limit(RLIMIT_CPU, CpuSeconds) && limit(RLIMIT_NOFILE, Descriptors) && limit(RLIMIT_FSIZE, 0);
}

bool allow(scmp_filter_ctx filter)
{
    static constexpr std::array calls{SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(recvmsg),
        SCMP_SYS(sendmsg), SCMP_SYS(close), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
        SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(setitimer),
        SCMP_SYS(alarm), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(restart_syscall),
        SCMP_SYS(exit), SCMP_SYS(exit_group)};
    bool good = true;
    for (const int call : calls)
        good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0;
    // Some libraries print warnings; that is /dev/null.
    good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, SCMP_A0(SCMP_CMP_EQ, 2)) == 0;
    // Memory that could run code is refused.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        good = good
            && seccomp_rule_add(
                   filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, scmp_datum_t(PROT_EXEC), 0))
                == 0;
    return good;
}

// A thread of this process, and nothing else that clone can make: fork has other flags. The newer call keeps
// its flags in memory, where a filter cannot see them; told that it does not exist, the C library uses this
// one.
bool allowThreads(scmp_filter_ctx filter)
{
    constexpr scmp_datum_t thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD
        | CLONE_SYSVSEM | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, SCMP_A0(SCMP_CMP_EQ, thread)) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(set_robust_list), 0) == 0
        && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(rseq), 0) == 0;
}

bool loadFilter()
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return false;
    const bool good = allow(filter) && allowThreads(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return good;
}
} // namespace

bool confine(qint64 memoryLimit, Confinement &done)
{
    // No core file and no debugger: both would show pixels and names.
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0
        || !limit(RLIMIT_CORE, 0))
        return false;
    if constexpr (Sanitized)
        return true;
    // With the first thread the C library installs a signal handler, which later ends the process.
    std::thread([] {}).join();
    done.limits = setLimits(memoryLimit);
    done.filter = done.limits && loadFilter();
    return done.filter;
}

} // namespace naru::decoder
