// The picture of one image in one appearance, ready for QPainter, with what was computed on the way kept for
// the next paint: the reduced frame for a window drag, the picture itself while nothing changes. Only what is
// seen is computed, in its place of a picture as large as the image: what is drawn does not depend on it.
#pragma once

#include "ui/widgets/viewport/Appearance.h"
#include "ui/widgets/viewport/ShownImage.h"

#include <QImage>
#include <QRegion>

namespace naru::ui {

class Painted {
public:
    // Paints image pixels; `factor` of them in each direction make one of the picture. A null picture says in
    // `error` why. `seen`: what will be looked at, in image pixels; beyond it the picture has no meaning.
    const QImage &picture(
        const ShownImage &image, const Appearance &appearance, double zoom, const QRectF &seen);
    int factor() const { return m_factor; }
    const std::optional<base::Error> &error() const { return m_error; }
    // Overlay planes and shutter; null when the image has none. coverFactor() image pixels in each direction
    // make one of it: `factor` where the image is very large, else 1.
    const QImage &cover(const ShownImage &image, bool overlays, int factor = 1);
    int coverFactor() const { return m_coverFactor; }
    // Whole image in full size, for export and thumbnails; cover included.
    static base::Result<QImage> whole(const ShownImage &image, const Appearance &appearance);
    void clear();

private:
    const imaging::Frame &frameOf(const ShownImage &image); // reduced by the factor
    void fill(const ShownImage &image, const imaging::Frame &frame, const QRect &area);

    const std::byte *m_pixels = nullptr; // what the picture was made from
    QString m_place{};
    Appearance m_appearance{};
    int m_wanted = 0, m_factor = 1; // by the zoom; 1 when the samples cannot be averaged
    QImage m_picture{};
    QRegion m_filled{}; // of the picture
    std::optional<base::Error> m_error{};
    QString m_reducedPlace{};
    int m_reducedFactor = 1;
    imaging::Frame m_reduced{};
    QString m_coverPlace{};
    bool m_coverOverlays = false;
    int m_coverFactor = 1;
    QImage m_cover{};
};

} // namespace naru::ui
