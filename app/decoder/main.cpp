// naru-decoder: started by the pool with one socket and nothing else. Everything that reads a file of ours
// (the converters of character sets, tables) happens before the process is confined and reports ready.
#include "app/decoder/Sandbox.h"
#include "app/decoder/Service.h"
#include "core/base/Oid.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/decode/FrameCodec.h"
#include "core/imaging/pool/DecoderProtocol.h"

#include <QString>

#include <cstdlib>
#include <malloc.h>
#include <pthread.h>
#include <sys/socket.h>

namespace {
// Libraries must not print what they read.
void silence(QtMsgType, const QMessageLogContext &, const QString &) { }

bool hasSocket()
{
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(naru::imaging::protocol::SocketDescriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

void warmUp()
{
    qInstallMessageHandler(silence);
    naru::imaging::CharacterSet::warmUp();
    naru::imaging::knownSyntaxes();
    naru::base::oid("tsExplicitLE");
    qHash(QString()); // the seed of hashes asks the system for random bytes
    try { // the first throw lets the runtime look for its tables
        throw 1;
    } catch (int) {
    }
    // Frame-sized blocks are used again instead of being mapped and cleared anew for each frame.
    constexpr int Block = 64 * 1024 * 1024;
    ::mallopt(M_MMAP_THRESHOLD, Block);
    ::mallopt(M_TRIM_THRESHOLD, 2 * Block);
    // Threads inside a JPEG 2000 frame need little; the usual 8 MiB each would count as memory used.
    pthread_attr_t threads;
    ::pthread_attr_init(&threads);
    ::pthread_attr_setstacksize(&threads, 1024 * 1024);
    ::pthread_setattr_default_np(&threads);
    ::pthread_attr_destroy(&threads);
    // One heap for all threads: more would ask the system how many processors there are, which ends the
    // process.
    ::mallopt(M_ARENA_MAX, 1);
}
} // namespace

int main(int argc, char *argv[])
{
    constexpr qint64 Least = 64LL * 1024 * 1024;
    const qint64 memory = argc > 1 ? std::atoll(argv[1]) : 0;
    if (memory < Least || !hasSocket())
        return 2;
    warmUp();
    naru::decoder::Confinement done;
    if (!naru::decoder::confine(memory, done))
        return 3;
    return naru::decoder::Service(naru::imaging::protocol::SocketDescriptor).run();
}
