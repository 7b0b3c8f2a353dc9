#include "tests/support/imaging/LibraryEncoders.h"

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djcparam.h>
#include <dcmtk/dcmjpeg/djdijg12.h>
#include <dcmtk/dcmjpeg/djdijg16.h>
#include <dcmtk/dcmjpeg/djdijg8.h>
#include <dcmtk/dcmjpeg/djeijg12.h>

#include <cstring>
#include <memory>

namespace naru::testsupport {

namespace {
const DJCodecParameter &parameters()
{
    static const DJCodecParameter all(
        ECC_lossyYCbCr, EDC_photometricInterpretation, EUC_default, EPC_default);
    return all;
}
} // namespace

QByteArray encodeJpeg12(const PlainImage &image, int quality)
{
    DJCompressIJG12Bit encoder(parameters(), EJM_sequential, Uint8(quality));
    std::vector<Uint16> native(image.values.size());
    for (std::size_t i = 0; i < native.size(); ++i)
        native[i] = Uint16(image.pattern(i));
    Uint8 *bytes = nullptr;
    Uint32 size = 0;
    const OFCondition result = encoder.encode(
        Uint16(image.columns), Uint16(image.rows), EPI_Monochrome2, 1, native.data(), bytes, size);
    QByteArray out;
    if (result.good())
        out = QByteArray(reinterpret_cast<const char *>(bytes), qsizetype(size));
    delete[] bytes;
    return out;
}

std::vector<std::int32_t> decodeWithDcmtk(const PlainImage &image, const QByteArray &encoded)
{
    std::unique_ptr<DJDecoder> decoder;
    if (image.bits <= 8)
        decoder = std::make_unique<DJDecompressIJG8Bit>(parameters(), false);
    else if (image.bits <= 12)
        decoder = std::make_unique<DJDecompressIJG12Bit>(parameters(), false);
    else
        decoder = std::make_unique<DJDecompressIJG16Bit>(parameters(), false);
    QByteArray copy = encoded;
    std::vector<std::byte> out(image.values.size() * std::size_t(image.bytes()));
    if (decoder->init().bad())
        return {};
    const OFCondition result = decoder->decode(reinterpret_cast<Uint8 *>(copy.data()), Uint32(copy.size()),
        reinterpret_cast<Uint8 *>(out.data()), Uint32(out.size()), image.isSigned);
    if (result != EC_Normal)
        return {};
    PlainImage plain = image;
    plain.isSigned = false;
    return plain.read(out);
}

} // namespace naru::testsupport
