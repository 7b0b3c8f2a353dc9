#include "tests/bench/ImagingSeries.h"

#include "core/base/Oid.h"
#include "tests/bench/PeerFolder.h"
#include "tests/support/imaging/CtPhantom.h"
#include "tests/support/imaging/LibraryEncoders.h"

#include <QDir>
#include <QFile>
#include <QtEndian>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <thread>

#include <dcmtk/config/osconfig.h>

#include <dcmtk/dcmdata/dcpixseq.h>
#include <dcmtk/dcmdata/dcpxitem.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmjpeg/djrplol.h>

namespace naru::bench {

using testsupport::CtPhantom;
using testsupport::PlainImage;

// Measured beside each other, codestreams of this bench, best of four: the packaged codec is 1.
constexpr const char *Turbo = "libjpeg-turbo-3.2", *Charls3 = "charls-3.0", *Jph31 = "openjph-0.31",
                     *Jpeg254 = "openjpeg-2.5.4";
constexpr double TurboPart = 0.61, Charls3Part = 0.58, Jph31Part = 0.62, Jpeg254Part = 0.974;

const std::vector<Syntax> &syntaxes()
{
    using enum Content;
    static const std::vector<Syntax> all{{"raw", "tsExplicitLE", Ct, 1, "pread", "pread", 3.75},
        {"rle", "tsRle", Ct, 1, "plain-rle", "plain-rle", 1.39},
        {"jpeg-lossless", "tsJpegLosslessSv1", Ct, 1, "libijg", "libijg16", 1.05, Turbo, TurboPart},
        {"jpeg-ls", "tsJpegLsLossless", Ct, 1, "charls", "charls-2.4.1", 1.04, Charls3, Charls3Part},
        {"j2k", "tsJ2kLossless", Ct, 5, "openjpeg", "openjpeg-2.5.0", 1.02, Jpeg254, Jpeg254Part},
        {"htj2k", "tsHtj2kLossless", Ct, 1, "openjph", "openjph-0.9.0", 1.07, Jph31, Jph31Part},
        {"ct12.raw", "tsExplicitLE", Ct12, 5, "pread", "pread", 3.75},
        {"ct12.rle", "tsRle", Ct12, 5, "plain-rle", "plain-rle", 1.39},
        {"ct12.jpeg-lossless", "tsJpegLosslessSv1", Ct12, 5, "libijg", "libijg16", 1.05, Turbo, TurboPart},
        {"ct12.jpeg-ls", "tsJpegLsLossless", Ct12, 5, "charls", "charls-2.4.1", 1.04, Charls3, Charls3Part},
        {"ct12.j2k", "tsJ2kLossless", Ct12, 5, "openjpeg", "openjpeg-2.5.0", 1.02, Jpeg254, Jpeg254Part},
        {"ct12.htj2k", "tsHtj2kLossless", Ct12, 5, "openjph", "openjph-0.9.0", 1.07, Jph31, Jph31Part},
        {"ct12.jpeg-ls-near2", "tsJpegLsNear", Ct12, 5, "charls", "charls-2.4.1", 1.04, nullptr, 1, false},
        {"ct12.j2k-lossy10", "tsJ2k", Ct12, 5, "openjpeg", "openjpeg-2.5.0", 1.02, nullptr, 1, false},
        {"ct12.jpeg-extended", "tsJpegExtended", Ct12, 5, "libijg", "libijg12", 1.05, nullptr, 1, false},
        {"grey8.jpeg-baseline", "tsJpegBaseline", Grey8, 5, "libijg", "libijg8", 1.05, nullptr, 1, false},
        {"colour8.jpeg-baseline", "tsJpegBaseline", Colour8, 5, nullptr, "", 0, nullptr, 1, false},
        {"colour8.j2k", "tsJ2kLossless", Colour8, 5, nullptr, "", 0}};
    return all;
}

void parallel(int workers, int count, const std::function<void(int)> &work)
{
    std::atomic<int> next{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < workers; ++i) {
        threads.emplace_back([&] {
            for (int at = next++; at < count; at = next++)
                work(at);
        });
    }
}

quint64 hashOf(std::span<const std::byte> voxels)
{
    return peer::hashOf(reinterpret_cast<const char *>(voxels.data()), voxels.size());
}

QString Series::file(int k) const
{
    return QStringLiteral("%1/%2.dcm").arg(folder).arg(k, 4, 10, QLatin1Char('0'));
}

namespace {
PlainImage shapeOf(Content content)
{
    constexpr int Edge = CtPhantom::size;
    switch (content) {
    case Content::Ct:
        return {Edge, Edge, 1, 16, true, {}};
    case Content::Ct12:
        return {Edge, Edge, 1, 12, false, {}};
    case Content::Grey8:
        return {Edge, Edge, 1, 8, false, {}};
    case Content::Colour8:
        break;
    }
    return {Edge, Edge, 3, 8, false, {}};
}

int windowed(int hounsfield, int centre, int width)
{
    return std::clamp((hounsfield - centre + width / 2) * 255 / width, 0, 255);
}

PlainImage imageOf(Content content, const std::vector<std::int16_t> &hounsfield)
{
    PlainImage image = shapeOf(content);
    for (const int value : hounsfield) {
        const bool outside = value == CtPhantom::padding;
        if (content == Content::Ct)
            image.values.push_back(value);
        else if (content == Content::Ct12)
            image.values.push_back(outside ? 0 : std::clamp(value + 1024, 0, 4095));
        else
            image.values.push_back(windowed(value, 40, 400));
        if (content == Content::Colour8) {
            image.values.push_back(windowed(value, -600, 1500));
            image.values.push_back(windowed(value, 300, 1500));
        }
    }
    return image;
}

bool is(const Syntax &syntax, const char *oid)
{
    return qstrcmp(syntax.oid, oid) == 0;
}

QString photometricOf(const Syntax &syntax)
{
    if (syntax.content != Content::Colour8)
        return QStringLiteral("MONOCHROME2");
    return is(syntax, "tsJpegBaseline") ? QStringLiteral("YBR_FULL_422") : QStringLiteral("YBR_RCT");
}

void describe(DcmDataset &set, const Series &series, int k)
{
    const PlainImage &shape = series.shape;
    const auto text = [&](const DcmTagKey &tag, const QByteArray &value) {
        set.putAndInsertString(tag, value.constData());
    };
    text(DCM_SOPClassUID, shape.samples == 1 ? UID_CTImageStorage : UID_SecondaryCaptureImageStorage);
    text(DCM_SOPInstanceUID, "2.25.4711." + QByteArray::number(k + 1));
    text(DCM_StudyInstanceUID, "2.25.4712");
    text(DCM_SeriesInstanceUID, "2.25.4713");
    text(DCM_FrameOfReferenceUID, "2.25.4714");
    text(DCM_SpecificCharacterSet, "ISO_IR 192");
    text(DCM_Modality, "CT");
    text(DCM_InstanceNumber, QByteArray::number(k + 1));
    text(DCM_PixelSpacing, "0.683594\\0.683594");
    text(DCM_SliceThickness, "0.625");
    text(DCM_ImagePositionPatient, "-175\\-175\\" + QByteArray::number(0.625 * k));
    text(DCM_ImageOrientationPatient, "1\\0\\0\\0\\1\\0");
    text(DCM_PhotometricInterpretation, series.photometric.toLatin1());
    if (shape.bits > 8) {
        text(DCM_WindowCenter, "40");
        text(DCM_WindowWidth, "400");
        text(DCM_RescaleSlope, "1");
        text(DCM_RescaleIntercept, shape.isSigned ? "0" : "-1024");
    }
    const std::pair<DcmTagKey, int> numbers[] = {{DCM_SamplesPerPixel, shape.samples}, {DCM_Rows, shape.rows},
        {DCM_Columns, shape.columns}, {DCM_BitsAllocated, shape.bytes() * 8}, {DCM_BitsStored, shape.bits},
        {DCM_HighBit, shape.bits - 1}, {DCM_PixelRepresentation, shape.isSigned ? 1 : 0}};
    for (const auto &[tag, value] : numbers)
        set.putAndInsertUint16(tag, Uint16(value));
    if (shape.samples > 1)
        set.putAndInsertUint16(DCM_PlanarConfiguration, 0);
    if (shape.isSigned)
        set.putAndInsertSint16(DCM_PixelPaddingValue, CtPhantom::padding);
}

// The frame's bytes as stored, fragments joined.
QByteArray compressed(DcmDataset &set)
{
    DcmElement *element = nullptr;
    DcmPixelSequence *sequence = nullptr;
    set.findAndGetElement(DCM_PixelData, element);
    auto *data = dynamic_cast<DcmPixelData *>(element);
    E_TransferSyntax syntax = EXS_Unknown;
    const DcmRepresentationParameter *parameter = nullptr;
    QByteArray out;
    if (!data)
        return out;
    data->getOriginalRepresentationKey(syntax, parameter);
    if (data->getEncapsulatedRepresentation(syntax, parameter, sequence).bad() || !sequence)
        return out;
    for (unsigned long i = 1; i < sequence->card(); ++i) {
        DcmPixelItem *item = nullptr;
        Uint8 *bytes = nullptr;
        if (sequence->getItem(item, i).good() && item->getUint8Array(bytes).good())
            out.append(reinterpret_cast<const char *>(bytes), qsizetype(item->getLength()));
    }
    return out;
}

// Pixel data that DCMTK does not encode: put in as it is, under the syntax's UID.
bool saveEncapsulated(DcmFileFormat &file, const Syntax &syntax, const QByteArray &frame, const QString &path)
{
    const DcmXfer transfer(base::oid(syntax.oid).text().toLatin1().constData());
    E_TransferSyntax xfer = transfer.getXfer();
    if (xfer == EXS_Unknown) // DCMTK 3.6.7 does not know HTJ2K: the same bytes under JPEG 2000
        xfer = EXS_JPEG2000LosslessOnly;
    auto *pixels = new DcmPixelData(DCM_PixelData);
    auto *sequence = new DcmPixelSequence(DcmTag(DCM_PixelData, EVR_OB));
    auto *table = new DcmPixelItem(DcmTag(DCM_Item, EVR_OB));
    sequence->insert(table);
    DcmOffsetList offsets;
    QByteArray copy = frame;
    sequence->storeCompressedFrame(offsets, reinterpret_cast<Uint8 *>(copy.data()), Uint32(copy.size()), 0);
    pixels->putOriginalRepresentation(xfer, nullptr, sequence);
    file.getDataset()->insert(pixels, OFTrue);
    return file.saveFile(path.toUtf8().constData(), xfer).good();
}

// DCMTK's own encoders: uncompressed, RLE, lossless JPEG.
QByteArray saveByDcmtk(
    DcmFileFormat &file, const Syntax &syntax, const PlainImage &image, const QString &path)
{
    const QByteArray native = image.native();
    if (image.bytes() == 2)
        file.getDataset()->putAndInsertUint16Array(DCM_PixelData,
            reinterpret_cast<const Uint16 *>(native.constData()), (unsigned long)(native.size() / 2));
    else
        file.getDataset()->putAndInsertUint8Array(DCM_PixelData,
            reinterpret_cast<const Uint8 *>(native.constData()), (unsigned long)(native.size()));
    const E_TransferSyntax xfer = DcmXfer(base::oid(syntax.oid).text().toLatin1().constData()).getXfer();
    const DJ_RPLossless lossless(1, 0);
    file.getDataset()->chooseRepresentation(xfer, xfer == EXS_JPEGProcess14SV1 ? &lossless : nullptr);
    file.saveFile(path.toUtf8().constData(), xfer);
    DcmFileFormat stored;
    if (xfer == EXS_LittleEndianExplicit || stored.loadFile(path.toUtf8().constData()).bad())
        return {};
    return compressed(*stored.getDataset());
}

QByteArray encoded(const Syntax &syntax, const PlainImage &image)
{
    testsupport::J2kOptions j2k;
    j2k.streamSigned = image.isSigned;
    j2k.colourTransform = image.samples == 3;
    if (is(syntax, "tsJpegLsLossless"))
        return testsupport::encodeJpegLs(image);
    if (is(syntax, "tsJpegLsNear"))
        return testsupport::encodeJpegLs(image, 2, 2);
    if (is(syntax, "tsHtj2kLossless"))
        return testsupport::encodeHtj2k(image, j2k);
    if (is(syntax, "tsJpegExtended"))
        return testsupport::encodeJpeg12(image, 90);
    if (is(syntax, "tsJpegBaseline"))
        return testsupport::encodeJpeg8(
            image, {.ybr = image.samples == 3, .jfif = true, .subsample = image.samples == 3, .quality = 90});
    if (is(syntax, "tsJ2k"))
        j2k.smaller = 10;
    return testsupport::encodeJpeg2000(image, j2k);
}

void writeStreams(const Series &series)
{
    QFile file(series.streams);
    if (!file.open(QIODevice::WriteOnly))
        return;
    for (const QByteArray &frame : series.frames) {
        const quint32 length = qToLittleEndian(quint32(frame.size()));
        file.write(reinterpret_cast<const char *>(&length), sizeof length);
        file.write(frame);
    }
}
} // namespace

Series makeSeries(const Syntax &syntax, int slices, const QString &root)
{
    Series out;
    out.folder = root + QLatin1Char('/') + QLatin1String(syntax.name);
    out.streams = out.folder + QStringLiteral(".streams");
    out.slices = slices;
    out.shape = shapeOf(syntax.content);
    out.photometric = photometricOf(syntax);
    out.frameBytes = std::size_t(out.shape.rows) * std::size_t(out.shape.columns)
        * std::size_t(out.shape.samples) * std::size_t(out.shape.bytes());
    out.frames.resize(std::size_t(slices));
    QDir().mkpath(out.folder);
    std::vector<std::byte> voxels(out.frameBytes * std::size_t(slices));
    const CtPhantom phantom;
    const bool byDcmtk = is(syntax, "tsExplicitLE") || is(syntax, "tsRle") || is(syntax, "tsJpegLosslessSv1");
    parallel(4, slices, [&](int k) {
        const PlainImage image = imageOf(syntax.content, phantom.slice(k));
        const QByteArray native = image.native();
        std::memcpy(
            voxels.data() + out.frameBytes * std::size_t(k), native.constData(), std::size_t(native.size()));
        DcmFileFormat file;
        describe(*file.getDataset(), out, k);
        QByteArray &frame = out.frames[std::size_t(k)];
        if (byDcmtk) {
            frame = saveByDcmtk(file, syntax, image, out.file(k));
        } else {
            frame = encoded(syntax, image);
            saveEncapsulated(file, syntax, frame, out.file(k));
        }
    });
    if (syntax.lossless)
        out.hash = hashOf(voxels);
    if (is(syntax, "tsExplicitLE"))
        out.frames.clear();
    else
        writeStreams(out);
    return out;
}

} // namespace naru::bench
