#include "tests/bench/ViewerSeries.h"

#include "core/base/Oid.h"
#include "tests/support/DicomWriter.h"
#include "tests/support/imaging/CtPhantom.h"
#include "tests/support/imaging/LibraryEncoders.h"
#include "tests/support/imaging/OwnEncoders.h"

#include <QDir>
#include <QFile>

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

namespace naru::bench {

namespace {
using testsupport::CtPhantom;
using testsupport::DicomWriter;

QByteArray uid(const char *name)
{
    return base::oid(name).text().toLatin1();
}

void describe(DicomWriter &w, int k, const QByteArray &study)
{
    w.text(0x00080005, "CS", "ISO_IR 192");
    w.text(0x00080016, "UI", uid("sopCt")).text(0x00080018, "UI", study + ".1." + QByteArray::number(k + 1));
    w.text(0x00080020, "DA", "20261120").text(0x00080060, "CS", "CT").text(0x0008103E, "LO", "Axial 0.6");
    w.text(0x00100010, "PN", "BENCH^CT").text(0x00100020, "LO", "00123456");
    w.text(0x00100030, "DA", "19610302").text(0x00100040, "CS", "M").text(0x00180050, "DS", "0.625");
    w.text(0x0020000D, "UI", study).text(0x0020000E, "UI", study + ".1");
    w.text(0x00200011, "IS", "2").text(0x00200013, "IS", QByteArray::number(k + 1));
    w.text(0x00200032, "DS", "-175\\-175\\" + QByteArray::number(0.625 * k));
    w.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0").text(0x00200052, "UI", "2.25.4714");
    w.us(0x00280002, {1}).text(0x00280004, "CS", "MONOCHROME2");
    w.us(0x00280010, {CtPhantom::size}).us(0x00280011, {CtPhantom::size});
    w.text(0x00280030, "DS", "0.683594\\0.683594");
    w.us(0x00280100, {16}).us(0x00280101, {16}).us(0x00280102, {15}).us(0x00280103, {1});
    w.ss(0x00280120, {CtPhantom::padding});
    w.text(0x00281050, "DS", "40").text(0x00281051, "DS", "400");
    w.text(0x00281052, "DS", "0").text(0x00281053, "DS", "1").text(0x00281054, "LO", "HU");
}

QByteArray fileOf(Coding coding, const CtPhantom &phantom, int k)
{
    const auto pixels = phantom.slice(k);
    const testsupport::PlainImage image{
        CtPhantom::size, CtPhantom::size, 1, 16, true, {pixels.begin(), pixels.end()}};
    DicomWriter w;
    describe(w, k, "2.25.47" + QByteArray::number(int(coding)));
    const char *syntax = "tsExplicitLE";
    if (coding == Coding::Raw) {
        w.put(0x7FE00010, "OW", image.native());
    } else if (coding == Coding::JpegLossless) {
        syntax = "tsJpegLosslessSv1";
        w.fragments({testsupport::encodeLossless(image)});
    } else {
        syntax = "tsJ2kLossless";
        testsupport::J2kOptions options;
        options.streamSigned = true;
        w.fragments({testsupport::encodeJpeg2000(image, options)});
    }
    return DicomWriter::file(w.dataSet(), uid(syntax), uid("sopCt"), "2.25.1." + QByteArray::number(k));
}
} // namespace

void writeSeries(Coding coding, int slices, const QString &folder)
{
    QDir().mkpath(folder);
    const CtPhantom phantom;
    std::atomic<int> next{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = next++; k < slices; k = next++) {
                QFile file(QStringLiteral("%1/%2.dcm").arg(folder).arg(k, 4, 10, QLatin1Char('0')));
                if (file.open(QIODevice::WriteOnly))
                    file.write(fileOf(coding, phantom, k));
            }
        });
    }
}

std::shared_ptr<services::Profile> benchProfile(const QString &folder)
{
    services::OpenOptions options;
    options.dataDir = folder;
    options.passphrase = base::SecureBytes{QByteArrayView("bench-only")};
    options.scryptLogN = 10;
    auto profile = services::Profile::open(std::move(options));
    if (profile)
        return std::move(profile).value();
    std::fprintf(stderr, "%s\n", qPrintable(profile.error().toString()));
    return {};
}

} // namespace naru::bench
