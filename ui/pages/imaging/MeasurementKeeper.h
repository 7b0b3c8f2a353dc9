// Measurements as objects of the study: a structured report that says what was measured (TID 1500), and a
// presentation state that any viewer can draw. New objects of our own; the received files stay as they are.
#pragma once

#include "ui/pages/imaging/MeasurementBook.h"
#include "ui/pages/imaging/StudySource.h"

namespace naru::ui {

class MeasurementKeeper {
public:
    // Both objects as Part 10 bytes; imaging.Incomplete when none of them lies on a stored image.
    static base::Result<QList<QByteArray>> write(
        const std::vector<Measurement> &all, const QString &observer);
    // The newest of our reports among `instances`, as measurements on them. An empty list when there is none.
    static base::Result<std::vector<Measurement>> read(StudySource &source, const QString &studyKey,
        const std::vector<imaging::InstanceRef> &instances, const base::WorkContext &work);
    static QString seriesDescription() { return QStringLiteral("Naru measurements"); }
};

} // namespace naru::ui
