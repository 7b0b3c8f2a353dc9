// The measurements of a study, with undo. Values; drawn and listed elsewhere. What is not saved is counted,
// because it must not vanish silently.
#pragma once

#include "core/imaging/measure/Measure.h"
#include "ui/widgets/viewport/ShownImage.h"

#include <QDateTime>
#include <QObject>
#include <functional>
#include <map>
#include <vector>

namespace naru::ui {

struct Measurement {
    imaging::Shape shape{};
    QString place{}; // ShownImage::place(): instance and frame
    QString studyKey{}, seriesKey{};
    std::shared_ptr<const imaging::ImageFacts> facts{};
    imaging::Reading reading{};
    friend bool operator==(const Measurement &a, const Measurement &b)
    {
        return a.shape == b.shape && a.place == b.place;
    }
};

// A length that the user knew, on one image.
struct OwnCalibration {
    imaging::Calibration value{};
    std::shared_ptr<const imaging::ImageFacts> facts{};
    int frame = 0;
    friend bool operator==(const OwnCalibration &a, const OwnCalibration &b) { return a.value == b.value; }
};
using OwnCalibrations = std::map<QString, OwnCalibration>; // by ShownImage::place()

// Everything that is saved and undone together.
struct Measured {
    std::vector<Measurement> all{};
    std::shared_ptr<const OwnCalibrations> own = std::make_shared<OwnCalibrations>();
    QDateTime made{}; // of the newest object it was read from; no part of what is measured
    friend bool operator==(const Measured &a, const Measured &b)
    {
        return a.all == b.all && *a.own == *b.own;
    }
};

class MeasurementBook : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const std::vector<Measurement> &all() const { return m_now.all; }
    const Measured &now() const { return m_now; }
    const Measured &saved() const { return m_saved; }
    const Measurement *find(const QString &id) const;
    std::vector<const Measurement *> at(const QString &place) const;
    QString selected() const { return m_selected; }
    void select(const QString &id);

    // Measures on these pixels; returns the id.
    QString add(
        imaging::Shape shape, const ShownImage &image, const QString &studyKey, const QString &seriesKey);
    // While a handle is dragged: replaces without a step of undo; commit() makes one of all since begin().
    void begin();
    void change(const imaging::Shape &shape, const ShownImage &image);
    void commit();
    bool remove(const QString &id);
    // The line between these image points is so long, on each of these images; what lies on them is measured
    // again. False when the length makes no sense.
    bool calibrate(
        const std::vector<ShownImage> &images, const QPointF &from, const QPointF &to, double millimetres);
    bool removeCalibration(const std::vector<ShownImage> &images); // false: there was none
    std::optional<imaging::Calibration> ownCalibration(const QString &place) const;
    bool undo();
    bool redo();
    bool canUndo() const { return !m_past.empty(); }

    int unsaved() const; // differing from what was saved last
    void markSaved(const Measured &written); // which may be less than what there is by now
    void discard(); // back to what was saved; can be undone
    // What was read back of a study; what has been drawn meanwhile stays beside it, and undo does not touch
    // it. Read again with the study's key: what another hand has saved since comes in or goes, what the user
    // has changed or removed here stays as she left it.
    void addSaved(const Measured &read, const QString &studyKey = {});
    // Areas of a report that was read back get their values when their pixels are there.
    void measureOn(const ShownImage &image);

Q_SIGNALS:
    void changed();
    void selectionChanged();

private:
    void keep();
    void setOwn(OwnCalibrations own);
    void forEachStep(const std::function<void(Measured &)> &change);
    void measureAgain(Measurement &one, const imaging::Frame *pixels) const;

    Measured m_now{}, m_saved{}, m_before{};
    std::vector<Measured> m_past{}, m_future{};
    QString m_selected{};
};

} // namespace naru::ui
