// DecoderPool over child processes. A caller borrows a child, one that knows the file if it is free, asks,
// and gives it back.
#pragma once

#include "core/imaging/pool/DecoderChild.h"
#include "core/imaging/pool/SharedMemory.h"
#include "core/imaging/pool/SourceBook.h"

#include <QHash>

#include <condition_variable>
#include <mutex>

namespace naru::imaging {

class ProcessPool : public DecoderPool {
public:
    explicit ProcessPool(DecoderOptions options);
    base::Status startChildren();

    base::Result<ImageFacts> facts(const ImageSource &source, const base::WorkContext &work) override;
    base::Result<Frame> frame(const ImageSource &source, int frame, const base::WorkContext &work) override;
    base::Result<Frame> smaller(
        const ImageSource &source, int frame, int halvings, const base::WorkContext &work) override;
    base::Result<Volume> sharedVolume(std::size_t bytes) override;
    base::Status frameInto(const ImageSource &source, int frame, const Volume &volume, std::size_t offset,
        const base::WorkContext &work) override;
    base::Result<QByteArray> payload(
        const ImageSource &source, qint64 limit, const base::WorkContext &work) override;
    base::Result<DataSetValue> dataSet(
        const ImageSource &source, const DataSetLimits &limits, const base::WorkContext &work) override;

private:
    struct Slot {
        explicit Slot(const DecoderOptions &options)
            : child(options)
        {
        }
        DecoderChild child;
        bool busy = false;
        qint64 source = 0; // asked last
        // Where its child writes frames, and which child has been told.
        std::shared_ptr<SharedMemory> desk{};
        int told = 0;
    };
    struct FrameWish {
        int frame = 0, halvings = 0;
        std::size_t bytes = 0;
        std::function<void()> meanwhile{};
        std::function<void(const std::shared_ptr<SharedMemory> &)> take{}; // what the child wrote
    };
    Slot *borrow(qint64 source, const base::WorkContext &work); // null: stopped
    void giveBack(Slot *slot);
    int busy();
    base::Result<QCborMap> ask(
        QCborMap request, const SourceBook::Opened &source, const base::WorkContext &work);
    base::Result<FrameShape> shape(const SourceBook::Opened &source, const base::WorkContext &work);
    base::Status askFrame(
        const SourceBook::Opened &source, const FrameWish &wish, const base::WorkContext &work);
    base::Status askFrameOf(Slot &slot, const QCborMap &request, const SourceBook::Opened &source,
        const FrameWish &wish, const base::WorkContext &work);
    base::Result<Frame> alone(
        const ImageSource &source, int frame, int halvings, const base::WorkContext &work);

    DecoderOptions m_options;
    std::vector<std::unique_ptr<Slot>> m_slots{};
    SourceBook m_sources{};
    std::mutex m_mutex{};
    std::condition_variable_any m_freed{};
    QHash<qint64, FrameShape> m_shapes{};
};

} // namespace naru::imaging
