#include "ui/pages/imaging/KeyImages.h"

#include <algorithm>

namespace naru::ui {

bool KeyImages::contains(const QString &place) const
{
    return std::any_of(m_all.begin(), m_all.end(), [&](const KeyImage &one) { return one.place == place; });
}

bool KeyImages::toggle(const ShownImage &image, const QString &studyKey, const QString &seriesKey)
{
    if (!image.isReady())
        return false;
    const QString place = image.place();
    if (contains(place))
        m_all.removeIf([&](const KeyImage &one) { return one.place == place; });
    else
        m_all.append({place, studyKey, seriesKey, image});
    Q_EMIT changed();
    return true;
}

} // namespace naru::ui
