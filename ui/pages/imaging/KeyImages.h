// The images a doctor marked as important, in the order of marking.
#pragma once

#include "ui/widgets/viewport/ShownImage.h"

#include <QObject>

namespace naru::ui {

struct KeyImage {
    QString place{}; // ShownImage::place()
    QString studyKey{}, seriesKey{};
    ShownImage image{}; // with its pixels, so that attaching needs no further decoding
};

class KeyImages : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    bool toggle(const ShownImage &image, const QString &studyKey, const QString &seriesKey);
    bool contains(const QString &place) const;
    const QList<KeyImage> &all() const { return m_all; }

Q_SIGNALS:
    void changed();

private:
    QList<KeyImage> m_all{};
};

} // namespace naru::ui
