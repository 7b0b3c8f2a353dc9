// Measurements as objects of the study: a structured report that says what was measured (TID 1500), and a
// presentation state that any viewer can draw. The user's own calibrations stand in the state as Presentation
// Pixel Spacing (PS3.3 C.10.4), which may differ from that of the image. New objects of our own; the received
// files stay as they are.
#pragma once

#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/StudySource.h"

namespace naru::ui {

class MeasurementKeeper {
public:
    // Part 10 bytes, for each study in which something differs from `before`: both objects, or where nothing
    // is measured any more a state that says so. imaging.Incomplete when none of them lies on a stored image.
    static base::Result<QList<QByteArray>> write(
        const Measured &now, const Measured &before, const QString &observer);
    // The newest of our objects among `instances`, as measurements on them. Empty when there is none.
    static base::Result<Measured> read(StudySource &source, const QString &studyKey,
        const std::vector<imaging::InstanceRef> &instances, const base::WorkContext &work);
    // The handles of our objects among `instances`: others than before, and there is something to read again.
    static QStringList objectsOf(const std::vector<imaging::InstanceRef> &instances);
    static QString seriesDescription() { return QStringLiteral("Naru measurements"); }
};

} // namespace naru::ui
