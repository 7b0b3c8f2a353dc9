// The fast loop against its formula, sample by sample: every value of each type, odd lengths, padding at the
// ends of the range, slopes that leave the range of int.
#include "core/imaging/render/GreyRamp.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace naru::imaging;

namespace {
template <typename T> int wanted(T sample, const Ramp &ramp)
{
    if (ramp.hasPadding && sample >= ramp.paddingLow && sample <= ramp.paddingHigh)
        return 0;
    const float value = (float(sample) - ramp.origin) * ramp.scale + (ramp.offset + 0.5F);
    return value >= 255.0F ? 255 : value > 0 ? int(value) : 0;
}

template <typename T> void compare(const Ramp &ramp)
{
    std::vector<T> samples;
    for (int v = std::numeric_limits<T>::lowest(); v <= std::numeric_limits<T>::max(); ++v)
        samples.push_back(T(v));
    for (const std::size_t count : {std::size_t(0), std::size_t(1), std::size_t(15), std::size_t(16),
             std::size_t(37), samples.size() - 3, samples.size()}) {
        std::vector<unsigned char> out(count + 1, 77);
        const std::size_t from = samples.size() - count; // not aligned
        applyRamp(samples.data() + from, count, ramp, out.data());
        QCOMPARE(int(out[count]), 77);
        for (std::size_t i = 0; i < count; ++i) {
            if (int(out[i]) != wanted(samples[from + i], ramp))
                QFAIL(qPrintable(QStringLiteral("%1 gives %2").arg(int(samples[from + i])).arg(int(out[i]))));
        }
    }
}
} // namespace

class TestImagingRamp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyValue_data()
    {
        QTest::addColumn<float>("origin");
        QTest::addColumn<float>("scale");
        QTest::addColumn<float>("offset");
        QTest::addRow("soft tissue") << -160.0F << 255.0F / 399 << 0.3F;
        QTest::addRow("inverted") << 1000.0F << -0.01F << 255.0F;
        QTest::addRow("all") << -32768.0F << 255.0F / 65535 << 0.0F;
        QTest::addRow("a step") << 10.0F << 1e9F << -0.5F;
        QTest::addRow("a step down") << 10.0F << -1e30F << 0.0F;
        QTest::addRow("flat") << 0.0F << 0.0F << 100.0F;
    }
    void everyValue()
    {
        QFETCH(float, origin);
        QFETCH(float, scale);
        QFETCH(float, offset);
        Ramp ramp{origin, scale, offset};
        for (const auto &[low, high] :
            {std::pair{1, 0}, {-2000, -2000}, {0, 0}, {-32768, -32000}, {65000, 65535}, {-100'000, 5},
                {-100'000, -90'000}, {32767, 100'000}, {250, 300}, {-128, -120}}) {
            ramp.hasPadding = low <= high;
            ramp.paddingLow = low;
            ramp.paddingHigh = high;
            compare<quint8>(ramp);
            compare<qint8>(ramp);
            compare<quint16>(ramp);
            compare<qint16>(ramp);
        }
    }
};

QTEST_APPLESS_MAIN(TestImagingRamp)
#include "tst_imaging_ramp.moc"
