// Series of the tests of this folder: facts of slices that lie where a test wants them, and a pool that
// decodes by asking a function for the value at each patient point, so that what a volume must show is known
// everywhere.
#pragma once

#include "core/imaging/Errors.h"
#include "core/imaging/objects/DataSetValue.h"
#include "core/imaging/pool/DecoderPool.h"
#include "core/imaging/series/Stack.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>

namespace naru::imaging::test {

inline std::shared_ptr<ImageFacts> sliceFacts(Vector3 origin, Vector3 right, Vector3 down, int number)
{
    auto facts = std::make_shared<ImageFacts>();
    facts->kind = Kind::Image;
    facts->decodable = true;
    facts->modality = QStringLiteral("CT");
    facts->photometric = QStringLiteral("MONOCHROME2");
    facts->studyUid = QStringLiteral("2.25.1");
    facts->seriesUid = QStringLiteral("2.25.2");
    facts->sopUid = QStringLiteral("2.25.3.%1").arg(number);
    facts->frameOfReferenceUid = QStringLiteral("2.25.4");
    facts->seriesNumber = 1;
    facts->instanceNumber = number;
    facts->rows = facts->columns = 64;
    facts->frames = 1;
    facts->bitsAllocated = facts->bitsStored = 16;
    facts->highBit = 15;
    facts->isSigned = true;
    FrameFacts frame;
    frame.hasPosition = true;
    frame.position = origin.array();
    frame.orientation = {right.x, right.y, right.z, down.x, down.y, down.z};
    frame.spacingRow = frame.spacingColumn = 1;
    frame.spacingSource = SpacingSource::PixelSpacing;
    facts->frameFacts = {frame};
    return facts;
}

inline std::vector<InstanceRef> refsOf(const std::vector<std::shared_ptr<ImageFacts>> &facts)
{
    std::vector<InstanceRef> out;
    for (const auto &one : facts)
        out.push_back({one, QString::number(out.size())});
    return out;
}

// Axial slices of `n` positions.
inline std::vector<std::shared_ptr<ImageFacts>> axial(const std::vector<double> &positions)
{
    std::vector<std::shared_ptr<ImageFacts>> out;
    for (const double z : positions)
        out.push_back(sliceFacts({-32, -32, z}, {1, 0, 0}, {0, 1, 0}, int(out.size()) + 1));
    return out;
}

inline std::vector<double> ramp(int count, double step, double first = 0)
{
    std::vector<double> out;
    for (int i = 0; i < count; ++i)
        out.push_back(first + i * step);
    return out;
}

// Decodes from a function of the patient's space (a modality value, stored by the slice's own rescale).
// Sources are named by their index.
class PhantomPool : public DecoderPool {
public:
    using Value = std::function<double(Vector3)>;
    PhantomPool(std::vector<InstanceRef> instances, Value value)
        : m_instances(std::move(instances))
        , m_value(std::move(value))
    {
    }
    std::atomic<int> decoded{0};
    int failing = -1; // this slice is damaged
    std::function<void(int)> onDecode{};

    static base::Result<ImageSource> source(int instance)
    {
        return ImageSource{QString::number(instance), {}};
    }
    base::Result<ImageFacts> facts(const ImageSource &, const base::WorkContext &) override
    {
        return errors::File;
    }
    base::Result<Frame> frame(const ImageSource &, int, const base::WorkContext &) override
    {
        return errors::File;
    }
    base::Result<Volume> sharedVolume(std::size_t bytes) override
    {
        ++volumes;
        return Volume{std::shared_ptr<void>(
                          new std::byte[bytes], [](void *p) { delete[] static_cast<std::byte *>(p); }),
            bytes, nullptr, {}};
    }
    std::atomic<int> volumes{0};
    base::Status frameInto(const ImageSource &source, int frame, const Volume &volume, std::size_t offset,
        const base::WorkContext &) override
    {
        const int index = source.path.toInt();
        if (onDecode)
            onDecode(index);
        if (index == failing)
            return base::Error(errors::CodecFailed);
        const ImageFacts &facts = *m_instances[std::size_t(index)].facts;
        const FrameFacts &own = facts.frame(frame);
        const auto plane = planeOf(facts, frame);
        auto *to = static_cast<std::byte *>(volume.memory.get()) + offset;
        const std::size_t size = std::size_t(FrameShape::bytesOf(volume.slice.type));
        for (int y = 0; y < facts.rows; ++y) {
            for (int x = 0; x < facts.columns; ++x, to += size) {
                const double value = m_value(plane->toPatient({x + 0.5, y + 0.5}));
                const double stored = own.hasRescale ? (value - own.intercept) / own.slope : value;
                if (volume.slice.type == SampleType::F32) {
                    const float v = float(stored);
                    std::memcpy(to, &v, 4);
                } else {
                    const int v = int(std::lround(stored));
                    std::memcpy(to, &v, size); // little endian
                }
            }
        }
        ++decoded;
        return {};
    }
    base::Result<QByteArray> payload(const ImageSource &, qint64, const base::WorkContext &) override
    {
        return errors::NoPayload;
    }
    base::Result<DataSetValue> dataSet(
        const ImageSource &, const DataSetLimits &, const base::WorkContext &) override
    {
        return errors::File;
    }

private:
    std::vector<InstanceRef> m_instances;
    Value m_value;
};

} // namespace naru::imaging::test
