// Presentation states of other programs (PS3.3 A.33.1): what they drew, on the images they name, and how
// these are to look. The look is set once, when the state is switched on; what the user changes afterwards
// stays.
#pragma once

#include "core/imaging/objects/Presentation.h"
#include "ui/pages/imaging/StudySource.h"
#include "ui/widgets/viewport/ViewLayer.h"

#include <QHash>

namespace naru::ui {

struct ShownImage;

class PresentationLayer : public ViewLayer {
public:
    static base::Result<imaging::PresentationReading> read(
        StudySource &source, const imaging::InstanceRef &object, const base::WorkContext &work); // on a job
    void show(const QString &object, const imaging::PresentationState &state)
    {
        m_shown.insert(object, state);
    }
    void hide(const QString &object) { m_shown.remove(object); }
    bool isShown(const QString &object) const { return m_shown.contains(object); }
    void clear() { m_shown.clear(); }
    // How the view shows its series, to be kept: window, inversion, rotation and flip. Part 10 bytes;
    // imaging.Incomplete without images that are stored.
    static base::Result<imaging::PresentationState> stateOf(const Viewport &view, const QString &creator);
    static bool names(const imaging::PresentationState &state, const ShownImage &image);
    // Window, inversion, rotation and flip of the image that the view shows.
    static void applyTo(Viewport &view, const imaging::PresentationState &state);
    void paint(QPainter &painter, const Viewport &view) override;

private:
    QHash<QString, imaging::PresentationState> m_shown{};
};

} // namespace naru::ui
