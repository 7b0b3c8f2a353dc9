// naru-paper: started with one socket and nothing else, opens one document (PDF) and draws its pages.
#include "app/cage/Cage.h"
#include "app/paper/Cage.h"
#include "app/paper/Service.h"
#include "core/imaging/pool/Wire.h"

#include <QCoreApplication>

#include <cstdlib>

int main(int argc, char *argv[])
{
    constexpr qint64 Least = 64LL * 1024 * 1024;
    const qint64 memory = argc > 1 ? std::atoll(argv[1]) : 0;
    if (memory < Least || !naru::cage::hasSocket())
        return 2;
    if (!qEnvironmentVariableIsSet("NARU_PAPER_STDERR"))
        naru::cage::silenceQt();
    const QCoreApplication application(argc, argv);
    naru::paper::Service service(naru::imaging::wire::SocketDescriptor); // the library starts here
    naru::cage::warmUpRuntime();
    if (!naru::paper::confine(memory))
        return 3;
    return service.run();
}
