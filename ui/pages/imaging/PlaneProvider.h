// Planes cut from a volume, as something to scroll through. Cut on the job queue: the newest wish counts, and
// until it is done the plane before stays, which says its own position.
#pragma once

#include "core/imaging/volume/Mpr.h"
#include "core/jobs/JobQueue.h"
#include "ui/widgets/viewport/ImageProvider.h"

#include <QHash>

namespace naru::ui {

class PlaneProvider : public ImageProvider {
    Q_OBJECT
public:
    enum class Way { Axial, Coronal, Sagittal, Oblique };
    PlaneProvider(jobs::JobQueue &queue, std::shared_ptr<imaging::Volume> volume, Way way,
        const QString &studyKey, QObject *parent);

    int count() const override { return m_count; }
    ShownImage image(int index) override;
    ShownImage known(int index) const override;
    bool isLoaded(int) const override { return m_volume->complete(); }
    int loadedCount() const override;
    void lookAt(const void *, int index, int) override { m_index = index; }
    void leave(const void *) override { }
    QString seriesKey() const override { return m_volume->commonFacts().seriesUid; }
    QString studyKey() const override { return m_studyKey; }
    QString title() const override;
    QString modality() const override { return m_volume->commonFacts().modality; }
    QString bodyPart() const override { return m_volume->commonFacts().bodyPart; }
    int first() const override { return m_middle; }

    QString frameOfReference() const { return m_volume->frameOfReference(); }
    int nearest(imaging::Vector3 point) const;
    void setSlab(const imaging::Slab &slab);
    const imaging::Slab &slab() const { return m_slab; }
    void turn(double aroundDown, double aroundRight); // degrees; oblique planes only
    Way way() const { return m_way; }
    void refill(); // more slices have arrived

private:
    imaging::ImagePlane planeAt(int index) const;
    void measureRange();
    void cut(int index);

    jobs::JobQueue &m_queue;
    std::shared_ptr<imaging::Volume> m_volume;
    Way m_way;
    QString m_studyKey;
    QString m_name; // no two sets of planes share it: measurements hang on places
    imaging::ImagePlane m_base{};
    imaging::ScrollRange m_range{};
    imaging::Slab m_slab{};
    int m_count = 1, m_middle = 0, m_index = 0;
    quint64 m_version = 0; // of everything that decides how a plane looks
    ShownImage m_done{};
    int m_doneIndex = -1;
    quint64 m_doneVersion = 0;
    bool m_running = false;
    int m_wanted = -1;
};

} // namespace naru::ui
