// Compressed instances to plain ones, for archives that take nothing else (PS3.5 A.1, A.2: every archive
// takes implicit little endian). The pixels are those that a reader of the compressed instance sees, decoded
// by the confined children; nothing is ever compressed, and what could only be converted with a loss is
// refused.
#pragma once

#include "core/imaging/pool/DecoderPool.h"

namespace naru::imaging {

bool isPlainSyntax(const QString &transferSyntax); // explicit or implicit little endian

// A Part 10 file of the same instance in `syntax`, one of the plain ones. Text comes as UTF-8 (ISO_IR 192),
// colours as RGB by pixel, those that are stored as YBR_FULL without loss as YBR_FULL, sample by sample
// (PS3.3 C.7.6.3.1.2); what was compressed with a loss says so (Lossy Image Compression "01").
// imaging.NotLossless: other kinds of YBR that call themselves without loss, or overlays in bits of
// compressed pixels; imaging.UnsupportedSyntax: films, and a target that is not plain; imaging.TooLarge
// beyond 1 GiB of pixels; errors of the decoder.
base::Result<QByteArray> decompressed(
    DecoderPool &pool, const ImageSource &source, const QString &syntax, const base::WorkContext &work = {});

} // namespace naru::imaging
