// Segmentations (PS3.3 A.51) over the images they mark, each segment in its colour.
#pragma once

#include "core/imaging/objects/Segmentation.h"
#include "ui/pages/imaging/StudySource.h"
#include "ui/widgets/viewport/ViewLayer.h"

#include <QHash>
#include <QImage>
#include <QStringList>

namespace naru::ui {

// What marks one image, on the images of a study: by the UID and frame it names, else by the place in space.
struct SegmentMarks {
    QHash<QString, QList<QImage>> byPlace{}; // "UID/frame", frame from 0; one bit a pixel, with its colour
    QStringList labels{}; // of the segments, as the object names them
};

class SegmentLayer : public ViewLayer {
public:
    // Runs on the job queue. Frames that fit no image are passed over.
    static base::Result<SegmentMarks> read(StudySource &source, const imaging::InstanceRef &object,
        const std::vector<imaging::InstanceRef> &images, const base::WorkContext &work);
    void show(const QString &object, const SegmentMarks &marks) { m_shown.insert(object, marks); }
    void hide(const QString &object) { m_shown.remove(object); }
    bool isShown(const QString &object) const { return m_shown.contains(object); }
    void clear() { m_shown.clear(); }
    void paint(QPainter &painter, const Viewport &view) override;

private:
    QHash<QString, SegmentMarks> m_shown{};
};

} // namespace naru::ui
