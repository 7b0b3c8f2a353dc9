#include "ui/pages/imaging/KeyImages.h"

#include <algorithm>
#include <iterator>

namespace naru::ui {

namespace {
QSet<QString> placesOf(const QList<KeyImage> &images)
{
    QSet<QString> out;
    for (const KeyImage &one : images)
        out.insert(one.place);
    return out;
}
} // namespace

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

QList<KeyImage> KeyImages::of(const QString &studyKey) const
{
    QList<KeyImage> out;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(out),
        [&](const KeyImage &one) { return one.studyKey == studyKey; });
    return out;
}

void KeyImages::addSaved(const QList<KeyImage> &read, const QString &studyKey)
{
    const QSet<QString> before = placesOf(m_saved.value(studyKey)), now = placesOf(read);
    for (const KeyImage &one : read) {
        if (!before.contains(one.place) && !contains(one.place))
            m_all.append(one);
    }
    const QSet<QString> gone = before - now;
    m_all.removeIf([&](const KeyImage &one) { return gone.contains(one.place); });
    m_saved.insert(studyKey, read);
    Q_EMIT changed();
}

void KeyImages::markSaved(const QList<KeyImage> &written, const QString &studyKey)
{
    m_saved.insert(studyKey, written);
    Q_EMIT changed();
}

QStringList KeyImages::unsavedStudies() const
{
    QStringList studies = m_saved.keys(), out;
    for (const KeyImage &one : m_all)
        studies.append(one.studyKey);
    studies.removeDuplicates();
    std::copy_if(studies.begin(), studies.end(), std::back_inserter(out),
        [this](const QString &study) { return placesOf(of(study)) != placesOf(m_saved.value(study)); });
    return out;
}

void KeyImages::discard()
{
    m_all.clear();
    for (const QList<KeyImage> &saved : std::as_const(m_saved))
        m_all.append(saved);
    Q_EMIT changed();
}

} // namespace naru::ui
