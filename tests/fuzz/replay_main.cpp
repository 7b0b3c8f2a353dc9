// Runs a fuzz target without libFuzzer: every file of the corpus, its truncations at a few places, then
// mutations from a fixed seed, so that two runs do the same. Any compiler can run it. When the target dies,
// the input is left as crash-<pid> and its origin is printed.
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int *argc, char ***argv);

namespace {
using Bytes = std::vector<std::uint8_t>;
constexpr std::size_t maximumMutant = 1 << 16; // mutants of large files say nothing new and take long

// What the signal handler needs, in a form it may touch.
const std::uint8_t *currentData = nullptr;
std::size_t currentSize = 0;
char currentOrigin[512] = "";

void onCrash(int signal)
{
    char name[64];
    std::snprintf(name, sizeof name, "crash-%d", int(getpid()));
    const int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file >= 0) {
        if (write(file, currentData, currentSize) < 0)
            name[0] = '\0';
        close(file);
    }
    std::fprintf(stderr, "\ndied of signal %d on %s; the input is in %s\n", signal, currentOrigin, name);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(const Bytes &input, const std::string &origin)
{
    // An exact copy on the heap, so that a sanitizer sees a read past the end.
    const Bytes copy(input.begin(), input.end());
    currentData = copy.data();
    currentSize = copy.size();
    std::strncpy(currentOrigin, origin.c_str(), sizeof currentOrigin - 1);
    LLVMFuzzerTestOneInput(copy.data(), copy.size());
}

struct Seed {
    std::string name{};
    Bytes bytes{};
};

std::vector<Seed> readCorpus(const std::filesystem::path &where)
{
    std::vector<Seed> out;
    std::error_code none;
    const auto add = [&](const std::filesystem::path &path) {
        std::ifstream in(path, std::ios::binary);
        out.push_back({path.filename().string(), Bytes(std::istreambuf_iterator<char>(in), {})});
    };
    if (std::filesystem::is_regular_file(where, none))
        add(where);
    for (const auto &entry : std::filesystem::directory_iterator(where, none)) {
        if (entry.is_regular_file())
            add(entry.path());
    }
    std::sort(out.begin(), out.end(), [](const Seed &a, const Seed &b) { return a.name < b.name; });
    return out;
}

class Mutator {
public:
    explicit Mutator(const std::vector<Seed> &seeds)
        : m_seeds(seeds)
    {
    }

    Bytes next(std::string &origin)
    {
        const Seed &seed = m_seeds[below(m_seeds.size())];
        origin = "a mutation of " + seed.name;
        Bytes bytes = seed.bytes;
        if (bytes.size() > maximumMutant)
            bytes.resize(maximumMutant);
        for (std::size_t n = 1 + below(4); n > 0; --n)
            change(bytes);
        return bytes;
    }

private:
    // Not std::uniform_int_distribution: its results differ between libraries.
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : std::size_t(m_random() % limit); }

    void change(Bytes &bytes)
    {
        static constexpr const char *tokens[] = {"\0", "\r", "\n", "\"", "\\", "{", "}", "[", "]", "<", ">",
            "|", "^", "~", "&", ",", "\xEF\xBB\xBF", "\xFF\xFE", "\xB0\xAD", "\xED\xA0\x80", "-1",
            "99999999999999999999", "1e999", "]]>", "<!--", "&#0;", "urn:oid:", "%00", "2026-02-30",
            "\\u0000", "\\ud800"};
        const std::size_t at = below(bytes.size() + 1);
        const std::size_t length = std::min(below(64) + 1, bytes.size() - at);
        const auto here = bytes.begin() + std::ptrdiff_t(at);
        switch (below(7)) {
        case 0: // one bit
            if (at < bytes.size())
                bytes[at] ^= std::uint8_t(1u << below(8));
            break;
        case 1: // one byte
            if (at < bytes.size())
                bytes[at] = std::uint8_t(below(256));
            break;
        case 2:
            bytes.erase(here, here + std::ptrdiff_t(length));
            break;
        case 3: { // repeat a piece
            const Bytes piece(here, here + std::ptrdiff_t(length));
            for (std::size_t n = below(8); n > 0 && bytes.size() < maximumMutant; --n)
                bytes.insert(bytes.begin() + std::ptrdiff_t(at), piece.begin(), piece.end());
            break;
        }
        case 4: {
            const char *token = tokens[below(std::size(tokens))];
            bytes.insert(here, token, token + std::max<std::size_t>(1, std::strlen(token)));
            break;
        }
        case 5:
            bytes.resize(at);
            break;
        case 6: { // a piece of another seed
            const Bytes &other = m_seeds[below(m_seeds.size())].bytes;
            const std::size_t from = below(other.size() + 1);
            const std::size_t count = std::min(below(256), other.size() - from);
            bytes.insert(
                here, other.begin() + std::ptrdiff_t(from), other.begin() + std::ptrdiff_t(from + count));
            break;
        }
        }
    }

    const std::vector<Seed> &m_seeds;
    std::mt19937_64 m_random{20261122};
};
} // namespace

int main(int argc, char **argv)
{
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    std::vector<Seed> seeds;
    long mutations = 0;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--mutations") == 0 && i + 1 < argc) {
            mutations = std::atol(argv[++i]);
            continue;
        }
        for (Seed &seed : readCorpus(argv[i]))
            seeds.push_back(std::move(seed));
    }
    const std::size_t files = seeds.size();
    if (seeds.empty())
        seeds.push_back({"the empty input", {}});
    for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS})
        std::signal(signal, onCrash);
    for (const Seed &seed : seeds) {
        run(seed.bytes, seed.name);
        for (const std::size_t part : {1, 2, 3}) {
            const Bytes cut(
                seed.bytes.begin(), seed.bytes.begin() + std::ptrdiff_t(seed.bytes.size() * part / 4));
            run(cut, seed.name + ", cut");
        }
    }
    Mutator mutator(seeds);
    std::string origin;
    for (long i = 0; i < mutations; ++i) {
        const Bytes mutant = mutator.next(origin);
        run(mutant, origin + ", number " + std::to_string(i));
    }
    std::printf("%zu files, %ld mutations\n", files, mutations);
    return 0;
}
