// The volume behind reformatted planes: made from the stack of a view and filled on the job queue from the
// slice on screen outward, while its planes are already shown.
#pragma once

#include "ui/pages/imaging/PlaneProvider.h"
#include "ui/pages/imaging/StackProvider.h"

#include <QTimer>

namespace naru::ui {

class VolumeDesk : public QObject {
    Q_OBJECT
public:
    VolumeDesk(jobs::JobQueue &queue, std::shared_ptr<StudySource> source, QObject *parent);
    ~VolumeDesk() override;

    // imaging.NoVolume with its reason in planesReady's place: failed().
    void make(const StackProvider &stack, int wanted);
    const QList<PlaneProvider *> &planes() const { return m_planes; } // axial, coronal, sagittal, oblique
    void setSlab(const imaging::Slab &slab);
    imaging::Slab slab() const { return m_slab; }
    void close();
    bool isOpen() const { return !m_planes.isEmpty(); }

Q_SIGNALS:
    void planesReady();
    void failed(const naru::base::Error &error);

private:
    void begin(
        const std::shared_ptr<imaging::Volume> &volume, const std::vector<imaging::InstanceRef> &instances);

    jobs::JobQueue &m_queue;
    std::shared_ptr<StudySource> m_source;
    std::shared_ptr<imaging::VolumeBuffers> m_buffers;
    std::shared_ptr<imaging::Volume> m_volume{};
    quint64 m_asked = 0; // counts; an older answer is nobody's any more
    QString m_studyKey{};
    QList<PlaneProvider *> m_planes{};
    imaging::Slab m_slab{};
    std::stop_source m_stop{};
    QTimer m_pulse{};
    int m_seen = 0;
};

} // namespace naru::ui
