#include "app/practice/http/Peer.h"

#include <arpa/inet.h>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace naru::practice {

namespace {
int portOf(int fd, bool peer)
{
    sockaddr_in address{};
    socklen_t length = sizeof address;
    auto *generic = reinterpret_cast<sockaddr *>(&address);
    const int failed = peer ? ::getpeername(fd, generic, &length) : ::getsockname(fd, generic, &length);
    return failed || address.sin_family != AF_INET ? -1 : ntohs(address.sin_port);
}
} // namespace

void resetConnection(int localPort, int remotePort)
{
    DIR *folder = ::opendir("/proc/self/fd");
    if (!folder)
        return;
    int found = -1;
    while (const dirent *entry = ::readdir(folder)) {
        const int fd = std::atoi(entry->d_name);
        if (fd > 2 && portOf(fd, true) == remotePort && portOf(fd, false) == localPort)
            found = fd;
    }
    ::closedir(folder);
    if (found < 0)
        return;
    const linger now{1, 0};
    ::setsockopt(found, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing >= 0) {
        ::dup2(nothing, found); // closes the socket: RST
        ::close(nothing);
    }
}

} // namespace naru::practice
