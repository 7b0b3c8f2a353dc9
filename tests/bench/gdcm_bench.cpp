// GDCM reads every file of a folder into one fresh volume. A process of its own: GDCM ends its process on
// some malformed files and never meets the product's.
#include "tests/bench/PeerFolder.h"

#include <gdcmImage.h>
#include <gdcmImageReader.h>

int main(int argc, char *argv[])
{
    return peer::folder(argc, argv, 0, [](const std::string &path, char *to, std::size_t bytes) {
        gdcm::ImageReader reader;
        reader.SetFileName(path.c_str());
        return reader.Read() && reader.GetImage().GetBufferLength() == bytes
            && reader.GetImage().GetBuffer(to);
    });
}
