// The encoders of the libraries that the product uses for decoding only.
#pragma once

#include "tests/support/imaging/PlainImage.h"

namespace naru::testsupport {

// 0: planes, 1: lines, 2: pixels.
QByteArray encodeJpegLs(const PlainImage &image, int interleave = 2, int nearLossless = 0);

struct J2kOptions {
    bool streamSigned = false;
    bool colourTransform = false;
    int tile = 0; // edge of the tiles, 0: one tile
    int smaller = 0; // so many times, irreversibly (encodeJpeg2000 only); 0: reversible
    int levels = -1; // of the wavelet, -1: by the size
    int chromaStep =
        1; // the second and third component keep one column and row of so many (HTJ2K: without tiles)
    const char *progression = nullptr; // LRCP, RLCP, RPCL, PCRL, CPRL; null: the library's own
    int blockWide = 64, blockHigh = 64;
    // Of encodeJpeg2000 only:
    int layers = 1; // each of half the bytes of the next
    int precinct = 0; // edge of the precincts of the finest level, halved with each; 0: one
    bool irreversible = false; // also without making it smaller
};
QByteArray encodeJpeg2000(const PlainImage &image, const J2kOptions &options = {});
QByteArray encodeHtj2k(const PlainImage &image, const J2kOptions &options = {}); // reversible

struct JpegOptions {
    bool ybr = false; // convert RGB to YCbCr
    bool jfif = false, adobe = false;
    bool letterIds = false; // component ids 'R' 'G' 'B' instead of 1 2 3
    bool subsample = false; // chroma halved across
    bool progressive = false;
    int quality = 95;
};
QByteArray encodeJpeg8(const PlainImage &image, const JpegOptions &options = {});
QByteArray encodeJpeg12(const PlainImage &image, int quality = 95); // DCMTK's, grey

// DCMTK's own decoder of lossless and 12-bit JPEG, for a second opinion. Empty when it refuses.
std::vector<std::int32_t> decodeWithDcmtk(const PlainImage &image, const QByteArray &encoded);

} // namespace naru::testsupport
