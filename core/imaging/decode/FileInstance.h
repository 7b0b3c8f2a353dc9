// Instance over a descriptor: what the data set says, checked before a single pixel is read, and the frames.
#pragma once

#include "core/imaging/decode/FrameCodec.h"
#include "core/imaging/decode/Instance.h"
#include "core/imaging/decode/PixelStore.h"

namespace naru::imaging {

class FileInstance : public Instance {
public:
    static base::Result<std::unique_ptr<Instance>> open(std::shared_ptr<const ByteSource> source);

    const ImageFacts &facts() const override { return m_facts; }
    FrameShape shape() const override { return m_shape; }
    base::Status decode(int frame, std::span<std::byte> out) override;
    base::Status decodeSmaller(int frame, int halvings, std::span<std::byte> out) override;
    void useThreads(int count) override { m_threads = count; }
    base::Result<QByteArray> payload(qint64 limit) override;
    base::Result<DataSetValue> dataSet(const DataSetLimits &limits) override;

private:
    // How the bytes of one frame are stored.
    enum class Storage : char { Native, Plain, Deflated, Codec }; // Plain: uncompressed in fragments

    base::Status describe(); // sets m_shape; the error is why no frame can be shown
    base::Status describeSamples();
    base::Status chooseStorage();
    void boundFrames();
    void readEmbeddedOverlays();
    qint64 storedBits() const; // of one frame, uncompressed
    bool packed() const; // cells that are no words
    bool byPlane() const;
    base::Status decodeNative(int frame, std::span<std::byte> out);
    void unpackPacked(std::span<const std::byte> stored, std::size_t firstBit, std::span<std::byte> out);
    base::Status decodePlain(
        std::span<const std::byte> stored, std::size_t firstBit, std::span<std::byte> out);
    base::Status decodeCodec(int frame, std::span<std::byte> out, int halvings = 0);
    void finish(std::span<std::byte> out, int stored, int high, bool ybr);

    ObjectFile m_file{};
    ImageFacts m_facts{};
    std::optional<PixelStore> m_store{};
    FrameShape m_shape{};
    Storage m_storage = Storage::Native;
    const FrameCodec *m_codec = nullptr;
    int m_threads = 1;
    bool m_subsampled = false; // YBR_FULL_422 as it is defined; some writers store all samples
    std::optional<base::Error> m_whyNot{};
};

} // namespace naru::imaging
