// naru-decoder: started by the pool with one socket and nothing else. Everything that reads a file of ours
// (the converters of character sets, tables) happens before the process is confined and reports ready.
#include "app/cage/Cage.h"
#include "app/decoder/Sandbox.h"
#include "app/decoder/Service.h"
#include "core/base/Oid.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/decode/FrameCodec.h"
#include "core/imaging/pool/Wire.h"

#include <QString>

#include <cstdlib>
#include <malloc.h>
#include <pthread.h>

namespace {
void warmUp()
{
    naru::cage::silenceQt();
    naru::imaging::CharacterSet::warmUp();
    naru::imaging::knownSyntaxes();
    naru::base::oid("tsExplicitLE");
    naru::cage::warmUpRuntime();
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
    if (memory < Least || !naru::cage::hasSocket())
        return 2;
    warmUp();
    naru::decoder::Confinement done;
    if (!naru::decoder::confine(memory, done))
        return 3;
    return naru::decoder::Service(naru::imaging::wire::SocketDescriptor).run();
}
