// DCMTK with its JPEG-LS codec reads every file of a folder into one fresh volume; prints the seconds. A
// process of its own: linked beside the CharLS package, that codec calls the wrong library.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <sys/mman.h>
#include <thread>
#include <vector>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpls/djdecode.h>

int main(int argc, char *argv[])
{
    if (argc < 3)
        return 2;
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DJLSDecoderRegistration::registerCodecs();
    std::vector<std::string> files;
    for (const auto &entry : std::filesystem::directory_iterator(argv[1]))
        files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    constexpr std::size_t frame = 512 * 512 * 2;
    auto *volume = static_cast<char *>(
        mmap(nullptr, frame * files.size(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    std::atomic<std::size_t> next{0}, failed{0};
    const auto start = std::chrono::steady_clock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < std::atoi(argv[2]); ++i) {
            threads.emplace_back([&] {
                for (std::size_t at = next++; at < files.size(); at = next++) {
                    DcmFileFormat file;
                    const Uint16 *pixels = nullptr;
                    unsigned long count = 0;
                    if (file.loadFile(files[at].c_str()).good()
                        && file.getDataset()->chooseRepresentation(EXS_LittleEndianExplicit, nullptr).good()
                        && file.getDataset()->findAndGetUint16Array(DCM_PixelData, pixels, &count).good()
                        && count * 2 == frame)
                        std::memcpy(volume + at * frame, pixels, frame);
                    else
                        ++failed;
                }
            });
        }
    }
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    if (failed > 0)
        return 1;
    std::printf("%.6f\n", time.count());
    return 0;
}
