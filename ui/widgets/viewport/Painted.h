// The picture of one image in one appearance, ready for QPainter, with what was computed on the way kept for
// the next paint: the reduced frame for a window drag, the picture itself while nothing changes.
#pragma once

#include "ui/widgets/viewport/Appearance.h"
#include "ui/widgets/viewport/ShownImage.h"

#include <QImage>

namespace naru::ui {

class Painted {
public:
    // Paints image pixels; `factor` of them in each direction make one of the picture. A null picture says in
    // `error` why.
    const QImage &picture(const ShownImage &image, const Appearance &appearance, double zoom);
    int factor() const { return m_factor; }
    const std::optional<base::Error> &error() const { return m_error; }
    // Overlay planes and shutter, one pixel an image pixel; null when the image has none.
    const QImage &cover(const ShownImage &image, bool overlays);
    // Whole image in full size, for export and thumbnails; cover included.
    static base::Result<QImage> whole(const ShownImage &image, const Appearance &appearance);
    void clear();

private:
    void render(const ShownImage &image, const Appearance &appearance);

    const std::byte *m_pixels = nullptr; // what the picture was made from
    QString m_place{};
    Appearance m_appearance{};
    int m_factor = 1;
    QImage m_picture{};
    std::optional<base::Error> m_error{};
    QString m_reducedPlace{};
    int m_reducedFactor = 1;
    imaging::Frame m_reduced{};
    QString m_coverPlace{};
    bool m_coverOverlays = false;
    QImage m_cover{};
};

} // namespace naru::ui
