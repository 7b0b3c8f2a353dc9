#include "ui/pages/imaging/MeasurementBook.h"

#include <QUuid>
#include <algorithm>

namespace naru::ui {

namespace {
constexpr std::size_t MostSteps = 200;
}

const Measurement *MeasurementBook::find(const QString &id) const
{
    const auto found =
        std::find_if(m_all.begin(), m_all.end(), [&](const Measurement &one) { return one.shape.id == id; });
    return found == m_all.end() ? nullptr : &*found;
}

std::vector<const Measurement *> MeasurementBook::at(const QString &place) const
{
    std::vector<const Measurement *> here;
    for (const Measurement &one : m_all) {
        if (one.place == place)
            here.push_back(&one);
    }
    return here;
}

void MeasurementBook::select(const QString &id)
{
    if (m_selected != id) {
        m_selected = id;
        Q_EMIT selectionChanged();
    }
}

void MeasurementBook::keep()
{
    m_past.push_back(m_all);
    if (m_past.size() > MostSteps)
        m_past.erase(m_past.begin());
    m_future.clear();
}

QString MeasurementBook::add(
    imaging::Shape shape, const ShownImage &image, const QString &studyKey, const QString &seriesKey)
{
    if (!image.facts)
        return {};
    keep();
    shape.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    shape.sopUid = image.facts->sopUid;
    shape.frame = image.frame;
    Measurement one{shape, image.place(), studyKey, seriesKey, image.facts,
        imaging::measure(shape, *image.facts, image.frame, &image.pixels)};
    m_all.push_back(std::move(one));
    m_selected = shape.id;
    Q_EMIT changed();
    Q_EMIT selectionChanged();
    return shape.id;
}

void MeasurementBook::begin()
{
    m_before = m_all;
}

void MeasurementBook::change(const imaging::Shape &shape, const ShownImage &image)
{
    for (Measurement &one : m_all) {
        if (one.shape.id == shape.id) {
            one.shape = shape;
            one.reading = imaging::measure(shape, *image.facts, image.frame, &image.pixels);
        }
    }
    Q_EMIT changed();
}

void MeasurementBook::commit()
{
    if (m_before == m_all)
        return;
    std::swap(m_before, m_all);
    keep();
    std::swap(m_before, m_all);
    Q_EMIT changed();
}

bool MeasurementBook::remove(const QString &id)
{
    if (!find(id))
        return false;
    keep();
    m_all.erase(std::remove_if(
                    m_all.begin(), m_all.end(), [&](const Measurement &one) { return one.shape.id == id; }),
        m_all.end());
    if (m_selected == id)
        m_selected.clear();
    Q_EMIT changed();
    return true;
}

bool MeasurementBook::undo()
{
    if (m_past.empty())
        return false;
    m_future.push_back(m_all);
    m_all = m_past.back();
    m_past.pop_back();
    Q_EMIT changed();
    return true;
}

bool MeasurementBook::redo()
{
    if (m_future.empty())
        return false;
    m_past.push_back(m_all);
    m_all = m_future.back();
    m_future.pop_back();
    Q_EMIT changed();
    return true;
}

int MeasurementBook::unsaved() const
{
    int count = 0;
    for (const Measurement &one : m_all)
        count += std::find(m_saved.begin(), m_saved.end(), one) == m_saved.end() ? 1 : 0;
    for (const Measurement &one : m_saved)
        count += find(one.shape.id) ? 0 : 1; // removed since
    return count;
}

void MeasurementBook::markSaved()
{
    m_saved = m_all;
    Q_EMIT changed();
}

void MeasurementBook::discard()
{
    keep();
    m_all = m_saved;
    m_selected.clear();
    Q_EMIT changed();
}

void MeasurementBook::setSaved(std::vector<Measurement> saved)
{
    m_saved = std::move(saved);
    m_all = m_saved;
    m_past.clear();
    m_future.clear();
    m_selected.clear();
    Q_EMIT changed();
}

void MeasurementBook::measureOn(const ShownImage &image)
{
    bool any = false;
    for (Measurement &one : m_all) {
        const bool values = imaging::isArea(one.shape) || one.shape.kind == imaging::ShapeKind::Point;
        if (one.place != image.place() || !values || one.reading.statistics || !image.isReady())
            continue;
        one.reading = imaging::measure(one.shape, *image.facts, image.frame, &image.pixels);
        any = true;
    }
    if (any)
        Q_EMIT changed();
}

} // namespace naru::ui
