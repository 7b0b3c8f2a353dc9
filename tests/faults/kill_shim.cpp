// LD_PRELOAD shim: counts the calls that change files or talk to a peer, and at call number NARU_KILL_AT ends
// the process with SIGKILL, as a power button would for this program. NARU_KILL_MODE: before (nothing of the
// call happened), after (all of it), torn (half of the bytes). NARU_KILL_COUNT names a file that receives the
// number of calls of a run to its end. Standard output and error do not count.
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {
std::atomic<long> calls{0};

long killAt()
{
    static const long at = [] {
        const char *text = std::getenv("NARU_KILL_AT");
        return text ? std::atol(text) : 0L;
    }();
    return at;
}

enum class Mode { Before, After, Torn };
Mode mode()
{
    static const Mode chosen = [] {
        const char *text = std::getenv("NARU_KILL_MODE");
        return !text || !std::strcmp(text, "before") ? Mode::Before
            : !std::strcmp(text, "after")            ? Mode::After
                                                     : Mode::Torn;
    }();
    return chosen;
}

[[noreturn]] void die()
{
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

template <typename F> F real(const char *name)
{
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

bool now()
{
    const long at = killAt();
    return ++calls == at && at > 0;
}

struct CountAtExit {
    ~CountAtExit()
    {
        if (const char *file = std::getenv("NARU_KILL_COUNT")) {
            if (FILE *out = std::fopen(file, "w")) {
                std::fprintf(out, "%ld\n", calls.load());
                std::fclose(out);
            }
        }
    }
} countAtExit;

// Calls without bytes: `torn` is the same as `before`.
template <typename Call> auto plain(Call call)
{
    const bool hit = now();
    if (hit && mode() != Mode::After)
        die();
    const auto result = call();
    if (hit)
        die();
    return result;
}

// Calls with bytes: `part(n)` performs the call with the first n of them.
template <typename Part> ssize_t bytes(size_t size, Part part)
{
    const bool hit = now();
    if (hit && mode() == Mode::Before)
        die();
    if (hit && mode() == Mode::Torn) {
        part(size / 2);
        die();
    }
    const ssize_t result = part(size);
    if (hit)
        die();
    return result;
}
} // namespace

extern "C" {

ssize_t write(int fd, const void *data, size_t size)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t)>("write");
    if (fd <= 2)
        return next(fd, data, size);
    return bytes(size, [&](size_t n) { return next(fd, data, n); });
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return bytes(size, [&](size_t n) { return next(fd, data, n, at); });
}

ssize_t send(int fd, const void *data, size_t size, int flags)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, int)>("send");
    return bytes(size, [&](size_t n) { return next(fd, data, n, flags); });
}

ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length)
{
    static const auto next =
        real<ssize_t (*)(int, const void *, size_t, int, const struct sockaddr *, socklen_t)>("sendto");
    return bytes(size, [&](size_t n) { return next(fd, data, n, flags, to, length); });
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    static const auto next = real<ssize_t (*)(int, const struct msghdr *, int)>("sendmsg");
    return plain([&] { return next(fd, message, flags); });
}

ssize_t recv(int fd, void *data, size_t size, int flags)
{
    static const auto next = real<ssize_t (*)(int, void *, size_t, int)>("recv");
    return plain([&] { return next(fd, data, size, flags); });
}

int connect(int fd, const struct sockaddr *to, socklen_t length)
{
    static const auto next = real<int (*)(int, const struct sockaddr *, socklen_t)>("connect");
    return plain([&] { return next(fd, to, length); });
}

int fsync(int fd)
{
    static const auto next = real<int (*)(int)>("fsync");
    return plain([&] { return next(fd); });
}

int fdatasync(int fd)
{
    static const auto next = real<int (*)(int)>("fdatasync");
    return plain([&] { return next(fd); });
}

int rename(const char *from, const char *to)
{
    static const auto next = real<int (*)(const char *, const char *)>("rename");
    return plain([&] { return next(from, to); });
}

int unlink(const char *path)
{
    static const auto next = real<int (*)(const char *)>("unlink");
    return plain([&] { return next(path); });
}

int ftruncate64(int fd, off64_t size)
{
    static const auto next = real<int (*)(int, off64_t)>("ftruncate64");
    return plain([&] { return next(fd, size); });
}

} // extern "C"
