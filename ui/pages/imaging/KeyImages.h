// The images a doctor marked as important, in the order of marking. What is not saved is counted.
#pragma once

#include "ui/widgets/viewport/ShownImage.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace naru::ui {

struct KeyImage {
    QString place{}; // ShownImage::place()
    QString studyKey{}, seriesKey{};
    ShownImage image{}; // with or without pixels: what counts are its facts
};

class KeyImages : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    bool toggle(const ShownImage &image, const QString &studyKey, const QString &seriesKey);
    bool contains(const QString &place) const;
    const QList<KeyImage> &all() const { return m_all; }
    // What was saved of a study; marks made or removed here since the last time stay as they are.
    void addSaved(const QList<KeyImage> &read, const QString &studyKey);
    void markSaved(const QList<KeyImage> &written, const QString &studyKey);
    QStringList unsavedStudies() const;
    QList<KeyImage> of(const QString &studyKey) const;
    QList<KeyImage> savedOf(const QString &studyKey) const { return m_saved.value(studyKey); }
    void discard(); // back to what was saved

Q_SIGNALS:
    void changed();

private:
    QList<KeyImage> m_all{};
    QHash<QString, QList<KeyImage>> m_saved{}; // by study
};

} // namespace naru::ui
