// A naru-paper that is not one. Its own name says which: cage-* enters the cage and then tries something (0:
// it could), the others speak with the parent and lie.
#include "app/paper/Cage.h"
#include "core/imaging/paper/PaperProtocol.h"
#include "core/imaging/pool/Wire.h"

#include <QCborArray>

#include <cmath>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {
namespace words = naru::imaging::paper;
namespace wire = naru::imaging::wire;

int tryInCage(const std::string &what)
{
    if (!naru::paper::confine(256LL << 20))
        return 3;
    if (what == "cage-work")
        return ::access("/usr/share/fonts", R_OK) == 0 || errno == ENOENT ? 0 : 1;
    if (what == "cage-fonts")
        return ::open("/usr/share/fonts", O_RDONLY | O_DIRECTORY) >= 0 || errno == ENOENT ? 0 : 1;
    if (what == "cage-read")
        return ::open("/etc/passwd", O_RDONLY) >= 0 ? 0 : 1;
    if (what == "cage-write")
        return ::open("/tmp/naru-evil-paper", O_CREAT | O_WRONLY, 0600) >= 0 ? 0 : 1;
    if (what == "cage-exec") {
        ::execl("/bin/true", "true", nullptr);
        return 1;
    }
    if (what == "cage-fork")
        return ::fork() >= 0 ? 0 : 1;
    if (what == "cage-socket")
        return ::socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : 1;
    if (what == "cage-code")
        return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED
            ? 0
            : 1;
    return 2;
}

void say(QCborMap map)
{
    wire::send(wire::SocketDescriptor, map);
}

QCborMap pages(const QCborArray &sizes)
{
    return {
        {qint64(words::Verb), int(words::Done)}, {qint64(words::Ok), true}, {qint64(words::Pages), sizes}};
}
} // namespace

int main(int, char *argv[])
{
    const std::string name = std::strrchr(argv[0], '/') + 1;
    if (name.rfind("cage-", 0) == 0)
        return tryInCage(name);
    const int version = name == "version" ? 99 : words::CurrentVersion;
    if (name == "dumb")
        return 0;
    say({{qint64(words::Verb), int(words::Ready)}, {qint64(words::Version), version}});
    for (;;) {
        wire::Message question;
        if (wire::receive(wire::SocketDescriptor, question, 4096) != wire::Got::Message)
            return 0;
        const bool open = question.map.value(qint64(words::Verb)).toInteger() == words::Open;
        if (name == "nan")
            say(pages({std::nan(""), 10.0}));
        else if (name == "negative")
            say(pages({-5.0, 10.0}));
        else if (name == "huge")
            say(pages({1e300, 1e-300}));
        else if (name == "odd")
            say(pages({1.0, 2.0, 3.0}));
        else if (name == "nothing")
            say(pages({}));
        else if (name == "wrongword")
            say({{qint64(words::Verb), int(words::Ready)}});
        else if (name == "silent")
            ::pause();
        else if (!open)
            return 1; // "dies": at the first page
        else
            say(pages({100.0, 50.0, 3.0, 14400.0}));
    }
}
