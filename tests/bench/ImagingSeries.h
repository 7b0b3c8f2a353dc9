// The series of ./test --bench imaging as files of each transfer syntax, their frames in memory, and the
// voxels that every decoder must give.
#pragma once

#include "tests/support/imaging/PlainImage.h"

#include <QString>

#include <functional>
#include <span>
#include <vector>

namespace naru::bench {

// What the pixels are.
enum class Content : char {
    Ct, // signed, 16 bits stored, -2000 outside the circle
    Ct12, // the same unsigned in 12 bits, intercept -1024, 0 outside
    Grey8, // the CT through a soft tissue window, 8 bits
    Colour8 // three windows of it as red, green and blue
};

struct Syntax {
    const char *name; // of the rows
    const char *oid;
    Content content;
    int part; // of the slices asked for: 1 all, 5 a fifth
    // The codec that Debian packages, alone (naru_bench_codecs), and what part of the best codec's time ours
    // may take: the seconds that the project asks for over those of the best codec measured.
    const char *alone, *aloneName;
    double bar;
    // The best codec where it is not packaged, and what part of the packaged one's time it took beside it.
    const char *bestName = nullptr;
    double bestPart = 1;
    bool lossless = true; // then all decoders give the same voxels, and these
};
const std::vector<Syntax> &syntaxes();

struct Series {
    QString folder{}; // of the files
    QString streams{}; // a file of the codestreams, each behind its length
    int slices = 0;
    testsupport::PlainImage shape{}; // of a slice, without values
    QString photometric{}; // as the files say
    std::size_t frameBytes = 0;
    std::vector<QByteArray> frames{}; // codestreams in memory; none of raw
    quint64 hash = 0; // FNV-1a of all voxels; of lossy ones, what the first decoder gave: 0
    QString file(int k) const;
};
Series makeSeries(const Syntax &syntax, int slices, const QString &root);

// work(0) ... work(count - 1) by so many threads.
void parallel(int workers, int count, const std::function<void(int)> &work);
quint64 hashOf(std::span<const std::byte> voxels);

} // namespace naru::bench
