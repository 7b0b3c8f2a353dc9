// A taken-over naru-dimse: what it tries once it is confined. 0: it could, or for `work` all is well.
#include "app/dimse/Cage.h"

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    const char *act = argc > 1 ? argv[1] : "";
    const bool mayConnect = argc > 2 && std::strcmp(argv[2], "asker") == 0;
    if (!naru::dimse::confine(256LL << 20, 1 << 20, mayConnect))
        return 3;
    if (std::strcmp(act, "work") == 0) {
        const int memory = ::memfd_create("instance", MFD_CLOEXEC);
        return memory >= 0 && ::write(memory, "x", 1) == 1 ? 0 : 1;
    }
    if (std::strcmp(act, "read") == 0)
        return ::open("/etc/passwd", O_RDONLY) >= 0 ? 0 : 1;
    if (std::strcmp(act, "write") == 0)
        return ::open("/tmp/evil", O_CREAT | O_WRONLY, 0600) >= 0 ? 0 : 1;
    if (std::strcmp(act, "exec") == 0) {
        ::execl("/bin/true", "true", nullptr);
        return 1;
    }
    if (std::strcmp(act, "fork") == 0)
        return ::fork() >= 0 ? 0 : 1;
    if (std::strcmp(act, "socket") == 0)
        return ::socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : 1;
    if (std::strcmp(act, "unix") == 0)
        return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 0 : 1;
    if (std::strcmp(act, "listen") == 0) {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in any{};
        any.sin_family = AF_INET;
        return ::bind(socket, reinterpret_cast<sockaddr *>(&any), sizeof any) == 0 ? 0 : 1;
    }
    return 2;
}
