// Encoders written for the tests straight from the standards, without speed or options: what our own decoders
// are checked against. DCMTK reads what they write (tst_imaging_lossless).
#pragma once

#include "tests/support/imaging/PlainImage.h"

namespace naru::testsupport {

// PS3.5 Annex G.
QByteArray encodeRle(const PlainImage &image);
// One bit a pixel, least significant first, as bit-packed segmentations are stored.
QByteArray encodeRleBits(const PlainImage &image);

struct LosslessOptions {
    int predictor = 1;
    int restartRows = 0; // 0: none
    int point = 0; // point transform: the lowest bits are lost
    bool scans = false; // a scan for each component
    QByteArray application{}; // complete marker segments behind SOI
};
// ITU-T T.81 Annex H.
QByteArray encodeLossless(const PlainImage &image, const LosslessOptions &options = {});

} // namespace naru::testsupport
