// GDCM reads every file of a folder into one fresh volume; prints the seconds. A process of its own: GDCM
// ends its process on some malformed files and never meets the product's.
#include <gdcmImage.h>
#include <gdcmImageReader.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <sys/mman.h>

int main(int argc, char *argv[])
{
    if (argc < 3)
        return 2;
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
                    gdcm::ImageReader reader;
                    reader.SetFileName(files[at].c_str());
                    if (!reader.Read() || reader.GetImage().GetBufferLength() != frame
                        || !reader.GetImage().GetBuffer(volume + at * frame))
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
