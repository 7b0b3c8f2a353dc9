// The measurements of a study, with undo. Values; drawn and listed elsewhere. What is not saved is counted,
// because it must not vanish silently.
#pragma once

#include "core/imaging/measure/Measure.h"
#include "ui/widgets/viewport/ShownImage.h"

#include <QObject>
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

class MeasurementBook : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    const std::vector<Measurement> &all() const { return m_all; }
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
    bool undo();
    bool redo();
    bool canUndo() const { return !m_past.empty(); }

    int unsaved() const; // differing from what was saved last
    void markSaved();
    void discard(); // back to what was saved; can be undone
    void setSaved(std::vector<Measurement> saved); // what was read back
    // Areas of a report that was read back get their values when their pixels are there.
    void measureOn(const ShownImage &image);

Q_SIGNALS:
    void changed();
    void selectionChanged();

private:
    void keep();

    std::vector<Measurement> m_all{}, m_saved{}, m_before{};
    std::vector<std::vector<Measurement>> m_past{}, m_future{};
    QString m_selected{};
};

} // namespace naru::ui
