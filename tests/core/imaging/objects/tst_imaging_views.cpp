// Segmentations over the images they mark, and the channels of an electrocardiogram.
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Attributes.h"
#include "core/imaging/objects/Segmentation.h"
#include "core/imaging/objects/Waveform.h"
#include "tests/core/imaging/objects/ObjectTools.h"

#include <cmath>

using namespace naru;
using namespace naru::imaging;
using namespace naru::imaging::test;

namespace {
DataSetValue segmentFrame(int segment, const ReferencedInstance &image, double z)
{
    DataSetValue identification, derivation, position, frame;
    identification.setNumber(attr::ReferencedSegment, segment);
    derivation.setItem(attr::SourceImage, instanceItem(image));
    position.setNumbers(attr::Position, {-10, -20.5, z});
    frame.setItem(attr::SegmentIdentification, identification);
    frame.setItem(attr::DerivationImage, derivation);
    frame.setItem(attr::PlanePosition, position);
    return frame;
}

// Two segments over two slices of 2 x 4.
DataSetValue segmentation()
{
    DataSetValue set;
    set.setText(attr::SopClass, base::oid("sopSegmentation").text());
    set.setText(attr::SopUid, QStringLiteral("2.25.1"));
    set.setText(attr::FrameOfReference, QStringLiteral("2.25.9"));
    set.setNumber(attr::Rows, 2);
    set.setNumber(attr::Columns, 4);
    set.setText(attr::SegmentationType, QStringLiteral("BINARY"));
    DataSetValue liver, lesion;
    liver.setNumber(attr::SegmentNumber, 1);
    liver.setText(attr::SegmentLabel, QStringLiteral("간"));
    liver.setText(attr::SegmentAlgorithm, QStringLiteral("MANUAL"));
    liver.setItem(attr::SegmentType,
        codeItem({QStringLiteral("10200004"), QStringLiteral("SCT"), QStringLiteral("Liver")}));
    liver.setNumbers(attr::SegmentLab, {65535, 32896, 32896});
    lesion.setNumber(attr::SegmentNumber, 2);
    lesion.setText(attr::SegmentLabel, QStringLiteral("병변"));
    set.setItems(attr::Segments, {liver, lesion});
    const QString ct = base::oid("sopCt").text();
    set.setItems(attr::FrameGroups,
        {segmentFrame(1, {ct, QStringLiteral("2.25.71"), {}}, 0),
            segmentFrame(1, {ct, QStringLiteral("2.25.72"), {}}, 5),
            segmentFrame(2, {ct, QStringLiteral("2.25.72"), {3}}, 5)});
    return set;
}

DataSetValue channel(const char *name, double sensitivity, double baseline)
{
    DataSetValue out;
    out.setItem(attr::ChannelSource,
        codeItem({QStringLiteral("2:1"), QStringLiteral("MDC"), QString::fromLatin1(name)}));
    out.setNumber(attr::Sensitivity, sensitivity);
    out.setNumber(attr::SensitivityCorrection, 1);
    out.setNumber(attr::Baseline, baseline);
    out.setItem(attr::ChannelUnits,
        codeItem({QStringLiteral("uV"), QStringLiteral("UCUM"), QStringLiteral("microvolt")}));
    return out;
}

DataSetValue ecg(const QByteArray &samples, int count, const char *form = "SS", int bits = 16)
{
    DataSetValue group;
    group.setText(attr::MultiplexLabel, QStringLiteral("RHYTHM"));
    group.setNumber(attr::WaveformChannels, 2);
    group.setNumber(attr::WaveformSamples, count);
    group.setNumber(attr::SamplingFrequency, 500);
    group.setItems(attr::ChannelDefinitions, {channel("Lead I", 2.5, 0), channel("Lead II", 1, 10)});
    group.setNumber(attr::WaveformBits, bits);
    group.setText(attr::SampleInterpretation, QLatin1String(form));
    group.setBytes(attr::WaveformPadding, QByteArray("\x00\x80", 2));
    group.setBytes(attr::WaveformData, samples);
    DataSetValue set;
    set.setText(attr::SopClass, base::oid("sopWaveforms").text() + QStringLiteral(".1.1"));
    set.setText(attr::SopUid, QStringLiteral("2.25.1"));
    set.setItem(attr::Waveforms, group);
    return set;
}

DataSetValue &groupOf(DataSetValue &set)
{
    return set.find(attr::Waveforms)->items.front();
}
} // namespace

class TestImagingViews : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void framesOfAnImage()
    {
        const auto view = segmentationOf(throughBytes(segmentation()));
        QVERIFY(view);
        QCOMPARE(view->segments.size(), std::size_t(2));
        QCOMPARE(view->segment(1)->label, QStringLiteral("간"));
        QCOMPARE(view->segment(1)->type.value, QStringLiteral("10200004"));
        QVERIFY(view->segment(1)->lab && qAbs((*view->segment(1)->lab)[0] - 100) < 0.01);
        QVERIFY(!view->segment(3));
        QCOMPARE(view->framesOn(QStringLiteral("2.25.71")), std::vector<int>{0});
        QCOMPARE(view->framesOn(QStringLiteral("2.25.72")), (std::vector<int>{1, 2}));
        QCOMPARE(
            view->framesOn(QStringLiteral("2.25.72"), 1), std::vector<int>{1}); // the other names frame 3
        QCOMPARE(view->framesOn(QStringLiteral("2.25.73")), std::vector<int>());
        QCOMPARE((*view->frames[2].position)[2], 5.0);
    }

    void overlays()
    {
        auto view = segmentationOf(segmentation());
        QVERIFY(view);
        const std::array<quint8, 8> bits{1, 0, 0, 1, 0, 1, 1, 0};
        Frame frame;
        frame.shape = {2, 4, 1, SampleType::U8};
        frame.data = std::as_bytes(std::span(bits));
        const auto overlay = overlayOf(*view, 1, frame);
        QVERIFY(overlay);
        QCOMPARE(overlay->bits, QByteArray(1, char(0b01101001)));
        QCOMPARE(overlay->label, QStringLiteral("간"));
        QVERIFY(overlay->rows == 2 && overlay->columns == 4);
        view->fractional = true;
        view->maximum = 255;
        const std::array<quint8, 8> fractions{0, 127, 128, 255, 1, 200, 90, 0};
        frame.data = std::as_bytes(std::span(fractions));
        QCOMPARE(overlayOf(*view, 1, frame)->bits, QByteArray(1, char(0b00101100)));
        QVERIFY(!overlayOf(*view, 3, frame) && !overlayOf(*view, -1, frame));
        frame.shape.rows = 3; // lies about its size
        QVERIFY(!overlayOf(*view, 1, frame));
        DataSetValue other = segmentation();
        other.setText(attr::SopClass, base::oid("sopCt").text());
        QVERIFY(!segmentationOf(other));
    }

    // What all frames share counts for those that do not say it themselves.
    void sharedGroups()
    {
        DataSetValue set = segmentation();
        std::vector<DataSetValue> frames = set.items(attr::FrameGroups);
        DataSetValue shared;
        shared.setItem(attr::SegmentIdentification, *frames[0].item(attr::SegmentIdentification));
        shared.setItem(attr::DerivationImage, *frames[0].item(attr::DerivationImage));
        frames[0].remove(attr::SegmentIdentification);
        frames[0].remove(attr::DerivationImage);
        set.setItems(attr::FrameGroups, frames);
        set.setItem(attr::SharedGroups, shared);
        const auto view = segmentationOf(set);
        QVERIFY(view);
        QCOMPARE(view->frames[0].segment, 1);
        QCOMPARE(view->framesOn(QStringLiteral("2.25.71")), std::vector<int>{0});
    }

    void channels()
    {
        const QByteArray samples = words({4, 5, -4, 0x8000, 100, 7});
        const DataSetValue set = throughBytes(ecg(samples, 3));
        const auto groups = waveformsOf(set);
        QVERIFY2(groups, groups ? "" : groups.error().code.id);
        QCOMPARE(groups->size(), std::size_t(1));
        const WaveformGroup &group = groups->front();
        QCOMPARE(group.frequency, 500.0);
        QCOMPARE(group.seconds(), 3 / 500.0);
        QCOMPARE(group.channels[0].label, QStringLiteral("Lead I"));
        QCOMPARE(group.channels[0].unit.value, QStringLiteral("uV"));
        QCOMPARE(group.channels[0].values, (std::vector<float>{10, -10, 250}));
        QCOMPARE(group.channels[1].values[0], 15.0F);
        QVERIFY(std::isnan(group.channels[1].values[1])); // the padding value
        QCOMPARE(group.channels[1].values[2], 17.0F);
    }

    void samplesOfEachForm()
    {
        const auto first = [](const char *form, int bits, const QByteArray &samples) {
            const auto groups = waveformsOf(ecg(samples, 1, form, bits));
            return groups ? groups->front().channels[1].values[0] : -1;
        };
        QCOMPARE(first("UB", 8, QByteArray("\x01\xFF", 2)), 265.0F);
        QCOMPARE(first("SB", 8, QByteArray("\x01\xFF", 2)), 9.0F);
        QCOMPARE(first("US", 16, words({1, 65535})), 65545.0F);
        QCOMPARE(first("SL", 32, QByteArray("\1\0\0\0\xFE\xFF\xFF\xFF", 8)), 8.0F);
    }

    // Ten seconds of twelve channels stay in the file and are read from there.
    void samplesInTheFile()
    {
        QByteArray samples;
        for (int i = 0; i < 40'000; ++i)
            samples += words({i % 1000, -(i % 1000)});
        const auto file = writePart10(ecg(samples, 40'000));
        QVERIFY(file);
        auto instance = openBytes(*file);
        QVERIFY(instance);
        const auto set = (*instance)->dataSet({});
        QVERIFY(set);
        const auto refused = waveformsOf(*set);
        QVERIFY(!refused && refused.error().is(errors::BulkMissing));
        const auto groups = waveformsOf(*set, bulkReader(*file));
        QVERIFY(groups);
        QCOMPARE(groups->front().channels[1].values[999], -989.0F);
    }

    void hostileWaveforms_data()
    {
        QTest::addColumn<int>("what");
        int what = 0;
        for (const char *name :
            {"too few samples", "no channels", "more channels than defined", "frequency 0",
                "frequency not a number", "12 bits", "sound", "billions of samples", "negative"})
            QTest::newRow(name) << what++;
    }
    void hostileWaveforms()
    {
        QFETCH(int, what);
        DataSetValue set = ecg(words({1, 2, 3, 4}), 2);
        DataSetValue &group = groupOf(set);
        if (what == 0)
            group.setNumber(attr::WaveformSamples, 3);
        if (what == 1)
            group.setItems(attr::ChannelDefinitions, {});
        if (what == 2)
            group.setNumber(attr::WaveformChannels, 3);
        if (what == 3)
            group.setNumber(attr::SamplingFrequency, 0);
        if (what == 4)
            group.setText(attr::SamplingFrequency, QStringLiteral("fast"));
        if (what == 5)
            group.setNumber(attr::WaveformBits, 12);
        if (what == 6)
            group.setText(attr::SampleInterpretation, QStringLiteral("MB"));
        if (what == 7)
            group.setNumber(attr::WaveformSamples, 2'000'000'000);
        if (what == 8)
            group.setNumber(attr::WaveformSamples, -1);
        const auto groups = waveformsOf(set);
        QVERIFY(!groups);
        QVERIFY(groups.error().is(what == 7 ? errors::TooLarge : errors::Malformed));
        QVERIFY(!waveformsOf(DataSetValue()));
    }
};

QTEST_GUILESS_MAIN(TestImagingViews)
#include "tst_imaging_views.moc"
