// Enters the cage of naru-decoder and then does what its argument says; only `work` may end with 0.
#include "app/decoder/Sandbox.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <malloc.h>
#include <string>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {
void act(const std::string &what)
{
    if (what == "open")
        ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    else if (what == "create")
        ::open("/tmp/evil_child_was_here", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    else if (what == "socket")
        ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    else if (what == "exec")
        ::execl("/bin/true", "true", nullptr);
    else if (what == "fork")
        ::_exit(::fork() == 0 ? 9 : 9);
    else if (what == "signal")
        ::kill(::getppid(), 0);
    else if (what == "dumpable")
        ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    else if (what == "code")
        ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    else if (what == "stdout") {
        const ssize_t written = ::write(1, "x", 1);
        ::_exit(written == 1 ? 9 : 8);
    } else if (what == "memory")
        // Beyond the limit: an answer, not an end.
        ::_exit(
            ::mmap(nullptr, std::size_t(300) << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) == MAP_FAILED
                ? 0
                : 9);
    else if (what == "thread") {
        // Threads of this process are its own affair; what they do is filtered as well.
        int done = 0;
        std::thread([&done] { done = 1; }).join();
        ::_exit(done == 1 ? 0 : 9);
    } else if (what == "threadopen") {
        std::thread([] { ::open("/etc/passwd", O_RDONLY | O_CLOEXEC); }).join();
    } else if (what == "work") {
        void *memory = std::malloc(8 << 20);
        std::memset(memory, 1, 8 << 20);
        std::free(memory);
        ::_exit(0);
    }
}
} // namespace

int main(int argc, char *argv[])
{
    ::mallopt(M_ARENA_MAX, 1); // as the decoder does
    naru::decoder::Confinement done;
    if (argc != 2 || !naru::decoder::confine(200LL << 20, done))
        return 7;
    if (!done.filter)
        return 8; // a sanitizer build
    act(argv[1]);
    return 9; // it went through
}
