// What a viewport scrolls through: the frames of a stack, or planes cut from a volume. Lives on the GUI
// thread and never blocks: an image that is not there yet is Loading, and imageChanged() follows.
#pragma once

#include "ui/widgets/viewport/ShownImage.h"

#include <QObject>

namespace naru::ui {

class ImageProvider : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual int count() const = 0;
    virtual ShownImage image(int index) = 0;
    // What is known of it without pixels; an empty image for a wrong index.
    virtual ShownImage known(int index) const = 0;
    virtual bool isLoaded(int index) const = 0;
    virtual int loadedCount() const = 0;
    // The viewport is at this index and came from there: what lies ahead is fetched first, the image itself
    // is kept. `viewer` tells viewports apart.
    virtual void lookAt(const void *viewer, int index, int direction) = 0;
    virtual void leave(const void *viewer) = 0;
    virtual QString seriesKey() const = 0;
    virtual QString studyKey() const = 0;
    virtual QString title() const = 0; // "2 Axial 5 mm"
    virtual QString modality() const = 0;
    virtual QString bodyPart() const = 0;
    virtual QString dateText() const { return {}; } // "2026-11-18"
    // The index to begin with.
    virtual int first() const { return count() / 2; }

Q_SIGNALS:
    void imageChanged(int index);
    void countChanged();
};

} // namespace naru::ui
