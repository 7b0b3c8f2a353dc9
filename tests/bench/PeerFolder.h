// What the peers of ./test --bench imaging share: the files of a folder into one volume, by a number of
// threads. Without Qt, since each peer is a program of its own. Prints "seconds hash ms", the last being when
// the first file was there.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/mman.h>
#include <thread>
#include <vector>

namespace peer {

using Clock = std::chrono::steady_clock;

inline double since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

inline std::vector<std::string> filesOf(const char *folder)
{
    std::vector<std::string> files;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

// Anonymous memory that nobody has touched.
struct Volume {
    explicit Volume(std::size_t size)
        : bytes(size)
        , at(static_cast<char *>(
              mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)))
    {
    }
    std::size_t bytes;
    char *at;
};

inline std::uint64_t hashOf(const char *at, std::size_t bytes) // FNV-1a over 64-bit words
{
    std::uint64_t out = 14695981039346656037ULL;
    const auto *words = reinterpret_cast<const std::uint64_t *>(at);
    for (std::size_t i = 0; i < bytes / 8; ++i)
        out = (out ^ words[i]) * 1099511628211ULL;
    return out;
}

// work(i) for all i below count, by so many threads; seconds. False from any of them: minus one.
template <typename Work> double timed(int workers, std::size_t count, const Work &work)
{
    std::atomic<std::size_t> next{0}, failed{0};
    const auto start = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < workers; ++i) {
            threads.emplace_back([&] {
                for (std::size_t at = next++; at < count; at = next++)
                    failed += work(at) ? 0 : 1;
            });
        }
    }
    return failed > 0 ? -1 : since(start);
}

// FOLDER WORKERS FRAMEBYTES; one(path, to, bytes) decodes a file. `before`: seconds of what a program does
// once before its first image.
template <typename One> int folder(int argc, char *argv[], double before, const One &one)
{
    if (argc < 4)
        return 2;
    const std::vector<std::string> files = filesOf(argv[1]);
    const std::size_t frame = std::size_t(std::atoll(argv[3]));
    const Volume volume(frame * files.size());
    double first = 0;
    const auto start = Clock::now();
    const double time = timed(std::atoi(argv[2]), files.size(), [&](std::size_t i) {
        const bool good = one(files[i], volume.at + i * frame, frame);
        if (i == 0)
            first = since(start) + before;
        return good;
    });
    if (time < 0)
        return 1;
    std::printf("%.6f %016llx %.3f\n", time, static_cast<unsigned long long>(hashOf(volume.at, volume.bytes)),
        first * 1000);
    return 0;
}

} // namespace peer
