// Decodes what the cache wants next, several frames at a time, on the job queue, one job a frame so that
// other work gets its turn. Never waits for painting: what is done is told to the window once per turn of its
// loop.
#pragma once

#include "core/jobs/JobQueue.h"
#include "ui/pages/imaging/FrameCache.h"
#include "ui/pages/imaging/StudySource.h"
#include "ui/widgets/viewport/ShownImage.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QTimer>

namespace naru::ui {

class FrameLoader : public QObject {
    Q_OBJECT
public:
    static constexpr int ThumbnailPixels = 160;

    FrameLoader(
        jobs::JobQueue &queue, std::shared_ptr<StudySource> source, qint64 budget, QObject *parent = nullptr);
    ~FrameLoader() override;

    int addStack(const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack, int first);
    // The study is about to come, with its stacks: what will probably be looked at first is decoded
    // meanwhile.
    void expect(const QString &studyKey);
    void forgetExpected();
    void extendStack(int stack, const std::vector<imaging::InstanceRef> &instances,
        const imaging::Stack &slices, int first);
    void removeStack(int stack);
    void lookAt(const void *viewer, int stack, int index, int direction);
    void leave(const void *viewer);
    void retryBroken();
    const FrameCache &cache() const;
    QImage thumbnail(int stack) const; // null: not there yet

Q_SIGNALS:
    void frameChanged(int stack, int index);
    void thumbnailReady(int stack);

private:
    struct Shared;
    static void work(const std::shared_ptr<Shared> &shared);
    static void decode(
        const std::shared_ptr<Shared> &shared, const FrameRequest &request, const base::WorkContext &context);
    static base::Result<imaging::Frame> frameOf(
        const std::shared_ptr<Shared> &shared, const QString &handle, int frame);
    static void settle(const std::shared_ptr<Shared> &shared);
    // The small picture of a stack, when this is the frame to make it of.
    static void reduce(const std::shared_ptr<Shared> &shared, const FrameRequest &request);
    static void tell(
        const std::shared_ptr<Shared> &shared, const FrameRequest &request, const QImage &small = {});
    static void decodeSmaller(const std::shared_ptr<Shared> &shared, FrameRequest request);
    void pump();
    void pumpSmaller();
    void deliver();
    void readAhead();

    std::shared_ptr<Shared> m_shared;
    QHash<int, QImage> m_thumbnails{};
    // A new stack holds what is read ahead and the small pictures until its first picture is on the screen.
    QTimer m_settled{}, m_late{};
};

} // namespace naru::ui
