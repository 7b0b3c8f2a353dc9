// DCMTK reads every file of a folder into one fresh volume. A process of its own: linked beside the CharLS
// package, its JPEG-LS codec calls the wrong library.
#include "tests/bench/PeerFolder.h"

#include <cstring>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>

namespace {
bool readFile(const std::string &path, char *to, std::size_t bytes)
{
    DcmFileFormat file;
    if (file.loadFile(path.c_str()).bad()
        || file.getDataset()->chooseRepresentation(EXS_LittleEndianExplicit, nullptr).bad())
        return false;
    const Uint16 *words = nullptr;
    const Uint8 *octets = nullptr;
    unsigned long count = 0;
    if (file.getDataset()->findAndGetUint16Array(DCM_PixelData, words, &count).good() && count * 2 >= bytes) {
        std::memcpy(to, words, bytes);
        return true;
    }
    if (file.getDataset()->findAndGetUint8Array(DCM_PixelData, octets, &count).bad() || count < bytes)
        return false;
    std::memcpy(to, octets, bytes);
    return true;
}
} // namespace

int main(int argc, char *argv[])
{
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DcmRLEDecoderRegistration::registerCodecs();
    DJDecoderRegistration::registerCodecs();
    DJLSDecoderRegistration::registerCodecs();
    // The dictionary is read once a process, before its first image.
    const auto start = peer::Clock::now();
    (void)dcmDataDict.rdlock().numberOfEntries();
    dcmDataDict.rdunlock();
    return peer::folder(argc, argv, peer::since(start), readFile);
}
