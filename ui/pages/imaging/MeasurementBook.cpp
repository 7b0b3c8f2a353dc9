#include "ui/pages/imaging/MeasurementBook.h"

#include "core/imaging/objects/Subject.h"

#include <algorithm>
#include <iterator>

namespace naru::ui {

namespace {
constexpr std::size_t MostSteps = 200;

// What is there already stays as it is.
void join(Measured &all, const Measured &more)
{
    for (const Measurement &one : more.all) {
        const bool known = std::any_of(all.all.begin(), all.all.end(),
            [&one](const Measurement &other) { return other.shape.id == one.shape.id; });
        if (!known)
            all.all.push_back(one);
    }
    OwnCalibrations own = *all.own;
    own.insert(more.own->begin(), more.own->end());
    all.own = std::make_shared<OwnCalibrations>(std::move(own));
}
} // namespace

const Measurement *MeasurementBook::find(const QString &id) const
{
    const auto found = std::find_if(
        m_now.all.begin(), m_now.all.end(), [&](const Measurement &one) { return one.shape.id == id; });
    return found == m_now.all.end() ? nullptr : &*found;
}

std::vector<const Measurement *> MeasurementBook::at(const QString &place) const
{
    std::vector<const Measurement *> here;
    for (const Measurement &one : m_now.all) {
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
    m_past.push_back(m_now);
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
    shape.id = imaging::newUid(); // its tracking UID in every report that is saved of it
    shape.sopUid = image.facts->sopUid;
    shape.frame = image.frame;
    Measurement one{shape, image.place(), studyKey, seriesKey, image.facts,
        imaging::measure(shape, *image.facts, image.frame, &image.pixels, ownCalibration(image.place()))};
    m_now.all.push_back(std::move(one));
    m_selected = shape.id;
    Q_EMIT changed();
    Q_EMIT selectionChanged();
    return shape.id;
}

void MeasurementBook::begin()
{
    m_before = m_now;
}

void MeasurementBook::change(const imaging::Shape &shape, const ShownImage &image)
{
    for (Measurement &one : m_now.all) {
        if (one.shape.id == shape.id && one.place == image.place()) { // never by the pixels of another image
            one.shape = shape;
            measureAgain(one, &image.pixels);
        }
    }
    Q_EMIT changed();
}

void MeasurementBook::commit()
{
    if (m_before == m_now)
        return;
    std::swap(m_before, m_now);
    keep();
    std::swap(m_before, m_now);
    Q_EMIT changed();
}

bool MeasurementBook::remove(const QString &id)
{
    if (!find(id))
        return false;
    keep();
    m_now.all.erase(std::remove_if(m_now.all.begin(), m_now.all.end(),
                        [&](const Measurement &one) { return one.shape.id == id; }),
        m_now.all.end());
    if (m_selected == id)
        m_selected.clear();
    Q_EMIT changed();
    return true;
}

std::optional<imaging::Calibration> MeasurementBook::ownCalibration(const QString &place) const
{
    const auto found = m_now.own->find(place);
    return found == m_now.own->end() ? std::nullopt : std::optional(found->second.value);
}

// Without pixels what they said before stays: only lengths and areas change.
void MeasurementBook::measureAgain(Measurement &one, const imaging::Frame *pixels) const
{
    const imaging::Reading before = one.reading;
    one.reading = imaging::measure(one.shape, *one.facts, one.shape.frame, pixels, ownCalibration(one.place));
    if (pixels)
        return;
    one.reading.statistics = before.statistics;
    one.reading.emptyArea = before.emptyArea;
    if (one.shape.kind == imaging::ShapeKind::Point)
        one.reading.quantities = before.quantities;
}

void MeasurementBook::setOwn(OwnCalibrations own)
{
    keep();
    m_now.own = std::make_shared<OwnCalibrations>(std::move(own));
    for (Measurement &one : m_now.all)
        measureAgain(one, nullptr);
    Q_EMIT changed();
}

bool MeasurementBook::calibrate(
    const std::vector<ShownImage> &images, const QPointF &from, const QPointF &to, double millimetres)
{
    OwnCalibrations own = *m_now.own;
    for (const ShownImage &image : images) {
        if (!image.facts)
            continue;
        const imaging::Calibration made =
            imaging::manualCalibration(*image.facts, image.frame, from, to, millimetres);
        if (!made.isLength())
            return false;
        own[image.place()] = {made, image.facts, image.frame};
    }
    if (images.empty())
        return false;
    setOwn(std::move(own));
    return true;
}

bool MeasurementBook::removeCalibration(const std::vector<ShownImage> &images)
{
    OwnCalibrations own = *m_now.own;
    for (const ShownImage &image : images)
        own.erase(image.place());
    if (own.size() == m_now.own->size())
        return false;
    setOwn(std::move(own));
    return true;
}

bool MeasurementBook::undo()
{
    if (m_past.empty())
        return false;
    m_future.push_back(m_now);
    m_now = m_past.back();
    m_past.pop_back();
    Q_EMIT changed();
    return true;
}

bool MeasurementBook::redo()
{
    if (m_future.empty())
        return false;
    m_past.push_back(m_now);
    m_now = m_future.back();
    m_future.pop_back();
    Q_EMIT changed();
    return true;
}

int MeasurementBook::unsaved() const
{
    int count = 0;
    for (const Measurement &one : m_now.all)
        count += std::find(m_saved.all.begin(), m_saved.all.end(), one) == m_saved.all.end() ? 1 : 0;
    for (const Measurement &one : m_saved.all)
        count += find(one.shape.id) ? 0 : 1; // removed since
    return count + (*m_now.own == *m_saved.own ? 0 : 1);
}

void MeasurementBook::markSaved(const Measured &written)
{
    m_saved = written;
    Q_EMIT changed();
}

void MeasurementBook::discard()
{
    keep();
    m_now = m_saved;
    m_selected.clear();
    Q_EMIT changed();
}

void MeasurementBook::forEachStep(const std::function<void(Measured &)> &change)
{
    for (std::vector<Measured> *steps : {&m_past, &m_future})
        std::for_each(steps->begin(), steps->end(), change);
    change(m_now);
    change(m_before);
}

void MeasurementBook::addSaved(const Measured &read, const QString &studyKey)
{
    const std::vector<Measurement> before = m_saved.all;
    const auto in = [](const std::vector<Measurement> &all, const Measurement &one) {
        return std::find_if(all.begin(), all.end(),
            [&one](const Measurement &other) { return other.shape.id == one.shape.id; });
    };
    // What was known to be saved and has been removed here must not come back.
    Measured fresh;
    std::copy_if(read.all.begin(), read.all.end(), std::back_inserter(fresh.all),
        [&](const Measurement &one) { return in(before, one) == before.end(); });
    OwnCalibrations own;
    std::copy_if(read.own->begin(), read.own->end(), std::inserter(own, own.end()),
        [this](const auto &one) { return !m_saved.own->contains(one.first); });
    fresh.own = std::make_shared<OwnCalibrations>(std::move(own));
    for (const Measurement &old : before) {
        const auto now = in(read.all, old);
        const bool gone = now == read.all.end() && !studyKey.isEmpty() && old.studyKey == studyKey;
        if (!gone && (now == read.all.end() || *now == old))
            continue;
        const auto follow = [&](Measured &step) {
            const auto mine = std::find(step.all.begin(), step.all.end(), old); // as it was saved
            if (mine == step.all.end())
                return;
            if (gone)
                step.all.erase(mine);
            else
                *mine = *now;
        };
        forEachStep(follow);
        follow(m_saved);
    }
    join(m_saved, fresh);
    forEachStep([&fresh](Measured &step) { join(step, fresh); });
    Q_EMIT changed();
}

void MeasurementBook::measureOn(const ShownImage &image)
{
    bool any = false;
    for (Measurement &one : m_now.all) {
        const bool values = imaging::isArea(one.shape) || one.shape.kind == imaging::ShapeKind::Point;
        if (one.place != image.place() || !values || one.reading.statistics || !image.isReady())
            continue;
        measureAgain(one, &image.pixels);
        any = true;
    }
    if (any)
        Q_EMIT changed();
}

} // namespace naru::ui
