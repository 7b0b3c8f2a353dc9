#include "app/paper/Cage.h"
#include "app/cage/Cage.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace naru::paper {

namespace {
constexpr rlim_t CpuSeconds = 600;
constexpr rlim_t Descriptors = 256; // font files stay open
constexpr rlim_t Mapped = 4ULL << 30; // fonts and the picture: address space that is not the document's

// RLIMIT_FSIZE 0: no file grows; the picture is shared memory that the parent has made.
bool setLimits(qint64 memory)
{
    using cage::limit;
    return limit(RLIMIT_DATA, rlim_t(memory)) && limit(RLIMIT_AS, rlim_t(memory) + Mapped)
        && limit(RLIMIT_CPU, CpuSeconds) && limit(RLIMIT_NOFILE, Descriptors) && limit(RLIMIT_FSIZE, 0);
}

// The folders where PDFium looks for the fonts that a document names and does not bring.
bool readFontsOnly()
{
    constexpr __u64 reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    const landlock_ruleset_attr all{.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    const int rules = int(::syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0));
    if (rules < 0)
        return errno == ENOSYS || errno == EOPNOTSUPP;
    bool good = true;
    for (const char *folder : {"/usr/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF",
             "/usr/local/share/fonts"}) {
        const int place = ::open(folder, O_PATH | O_CLOEXEC);
        if (place < 0)
            continue; // not on this machine
        const landlock_path_beneath_attr beneath{.allowed_access = reading, .parent_fd = place};
        good = ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0 && good;
        ::close(place);
    }
    good = good && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return good;
}

bool loadFilter()
{
    cage::Filter filter;
    filter.allow({SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg),
        SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(newfstatat),
        SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx), SCMP_SYS(access), SCMP_SYS(faccessat),
        SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(getdents64), SCMP_SYS(futex), SCMP_SYS(getrandom),
        SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getpid), SCMP_SYS(gettid),
        SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getcwd), SCMP_SYS(sysinfo), SCMP_SYS(uname),
        SCMP_SYS(sched_getaffinity), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group)});
    // Some libraries print warnings; that is /dev/null.
    filter.allow(SCMP_SYS(write), {SCMP_A0(SCMP_CMP_EQ, 2)});
    filter.allowMemory();
    // Files are read; to write or make one ends the process.
    constexpr scmp_datum_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC;
    filter.allow(SCMP_SYS(openat), {SCMP_A2(SCMP_CMP_MASKED_EQ, writing, 0)});
    filter.allow(SCMP_SYS(open), {SCMP_A1(SCMP_CMP_MASKED_EQ, writing, 0)});
    // Asked for by libraries and needed by none of this work.
    filter.refuse({SCMP_SYS(fcntl), SCMP_SYS(ioctl), SCMP_SYS(prlimit64)}, EPERM);
    return filter.load();
}
} // namespace

bool confine(qint64 memory)
{
    if (!cage::keepPrivate())
        return false;
    if constexpr (cage::Sanitized)
        return true;
    return setLimits(memory) && readFontsOnly() && loadFilter();
}

} // namespace naru::paper
