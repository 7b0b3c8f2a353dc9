// A CT study written at test time: slices with a square and a disc of known size and value, a spacing that is
// no round number, and a slope that is not one.
#pragma once

#include "core/imaging/pool/DecoderPool.h"
#include "tests/support/DicomWriter.h"

#include <QDir>
#include <QFile>

#include <cstdint>

namespace naru::test {

struct TestStudy {
    int slices = 20, rows = 96, columns = 128;
    double spacing = 0.75, step = 2.5; // mm
    QByteArray name = "KIM^NARU==\xEA\xB9\x80^\xEB\x82\x98\xEB\xA3\xA8";
    QByteArray birth = "19610302", sex = "M", study = "2.25.1001", date = "20261118";
    QByteArray series = "2.25.1001.1", description = "Axial", space = "2.25.77";
    QByteArray windows = "40", widths = "400";
    int seriesNumber = 2;
    int broken = -1; // this slice ends in the middle of its pixels
    double firstZ = 0;
    QByteArray compressed{}, syntax{}; // these bytes as pixels of every slice, under this transfer syntax

    // Square of 40 x 40 pixels from column 30, row 20: 100 HU + slice; all else 0.
    QByteArray pixels(int slice) const
    {
        QByteArray out;
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                const bool inside = column >= 30 && column < 70 && row >= 20 && row < 60;
                const auto stored = std::uint16_t(inside ? 1024 + 100 + slice : 1024);
                out.append(char(stored & 0xFF)).append(char(stored >> 8));
            }
        }
        return out;
    }
    QByteArray file(int slice) const
    {
        const auto number = [](double value) { return QByteArray::number(value); };
        const QByteArray uid = series + '.' + QByteArray::number(slice + 1);
        const QByteArray ctImage = "1.2.840.10008.5.1.4.1.1.2", explicitLe = "1.2.840.10008.1.2.1";
        testsupport::DicomWriter w;
        w.text(0x00080005, "CS", "ISO_IR 192").text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
        w.text(0x00080016, "UI", ctImage).text(0x00080018, "UI", uid);
        w.text(0x00080020, "DA", date).text(0x00080030, "TM", "101500").text(0x00080060, "CS", "CT");
        w.text(0x00080080, "LO", "Severance").text(0x0008103E, "LO", description);
        w.text(0x00100010, "PN", name).text(0x00100020, "LO", "00123456");
        w.text(0x00100030, "DA", birth).text(0x00100040, "CS", sex);
        w.text(0x00180050, "DS", number(step));
        w.text(0x0020000D, "UI", study).text(0x0020000E, "UI", series);
        w.text(0x00200011, "IS", QByteArray::number(seriesNumber));
        w.text(0x00200013, "IS", QByteArray::number(slice + 1));
        w.text(0x00200032, "DS", "-48\\-36\\" + number(firstZ + slice * step));
        w.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0").text(0x00200052, "UI", space);
        w.us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2");
        w.us(0x00280010, {rows}).us(0x00280011, {columns});
        w.text(0x00280030, "DS", number(spacing) + '\\' + number(spacing));
        w.us(0x00280100, {16}).us(0x00280101, {16}).us(0x00280102, {15}).us(0x00280103, {0});
        if (!windows.isEmpty())
            w.text(0x00281050, "DS", windows).text(0x00281051, "DS", widths);
        w.text(0x00281052, "DS", "-1024").text(0x00281053, "DS", "1").text(0x00281054, "LO", "HU");
        QByteArray samples = pixels(slice);
        if (slice == broken)
            samples.truncate(samples.size() / 3);
        if (compressed.isEmpty())
            w.put(0x7FE00010, "OW", samples, '\0');
        else
            w.fragments({compressed});
        return testsupport::DicomWriter::file(
            w.dataSet(), compressed.isEmpty() ? explicitLe : syntax, ctImage, uid);
    }
    // Into files whose names say nothing of their order.
    void write(const QString &folder) const
    {
        QDir().mkpath(folder);
        for (int slice = 0; slice < slices; ++slice) {
            QFile out(QStringLiteral("%1/%2_%3.dcm")
                          .arg(folder, QString::fromLatin1(series))
                          .arg((slice * 7) % slices, 4, 10, QLatin1Char('0')));
            if (out.open(QIODevice::WriteOnly))
                out.write(file(slice));
        }
    }
};

inline imaging::DecoderOptions decoderOptions(const char *program = "naru-decoder")
{
    imaging::DecoderOptions options;
    options.program = QStringLiteral(NARU_BINARY_DIR "/bin/") + QString::fromLatin1(program);
    options.workers = 2;
    return options;
}

} // namespace naru::test
