#include "ui/pages/imaging/PlaneProvider.h"

#include "ui/jobs/UiJob.h"

#include <QUuid>

#include <cmath>

namespace naru::ui {

namespace {

imaging::Vector3 turned(imaging::Vector3 what, imaging::Vector3 axis, double degrees)
{
    const double angle = degrees * 3.14159265358979323846 / 180, c = std::cos(angle), s = std::sin(angle);
    return what * c + imaging::cross(axis, what) * s + axis * (imaging::dot(axis, what) * (1 - c));
}

} // namespace

PlaneProvider::PlaneProvider(jobs::JobQueue &queue, std::shared_ptr<imaging::Volume> volume, Way way,
    const QString &studyKey, QObject *parent)
    : ImageProvider(parent)
    , m_queue(queue)
    , m_volume(std::move(volume))
    , m_way(way)
    , m_studyKey(studyKey)
    , m_name(QStringLiteral("plane-") + QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    const imaging::Vector3 centre = m_volume->centre();
    if (way == Way::Oblique) {
        const imaging::ImagePlane coronal = imaging::cutPlane(*m_volume, imaging::Cut::Coronal, centre);
        m_base =
            imaging::obliquePlane(*m_volume, turned(coronal.right, coronal.down, 45), coronal.down, centre);
    } else {
        m_base = imaging::cutPlane(*m_volume,
            way == Way::Axial         ? imaging::Cut::Axial
                : way == Way::Coronal ? imaging::Cut::Coronal
                                      : imaging::Cut::Sagittal,
            centre);
    }
    measureRange();
    m_index = m_middle;
}

void PlaneProvider::measureRange()
{
    m_range = imaging::scrollRange(*m_volume, m_base);
    if (!(m_range.step > 0))
        m_range.step = 1;
    m_middle = int(std::floor(-m_range.low / m_range.step));
    m_count = std::max(1, m_middle + 1 + int(std::floor(m_range.high / m_range.step)));
    ++m_version;
}

imaging::ImagePlane PlaneProvider::planeAt(int index) const
{
    return imaging::moved(m_base, (index - m_middle) * m_range.step);
}

int PlaneProvider::nearest(imaging::Vector3 point) const
{
    return m_middle + int(std::lround(m_base.distance(point) / m_range.step));
}

int PlaneProvider::loadedCount() const
{
    return int(qint64(m_count) * m_volume->readyCount() / std::max(1, m_volume->slices()));
}

// A projection is no slice: the name says so wherever it stands, on paper too.
QString PlaneProvider::title() const
{
    const QString way = m_way == Way::Axial ? tr("Axial (reformatted)")
        : m_way == Way::Coronal             ? tr("Coronal (reformatted)")
        : m_way == Way::Sagittal            ? tr("Sagittal (reformatted)")
                                            : tr("Oblique (reformatted)");
    const QString slab = m_slab.mode == imaging::SlabMode::Maximum ? QStringLiteral("MIP")
        : m_slab.mode == imaging::SlabMode::Minimum                ? QStringLiteral("MinIP")
        : m_slab.mode == imaging::SlabMode::Mean                   ? tr("Mean")
                                                                   : QString();
    return slab.isEmpty() ? way : QStringLiteral("%1 · %2 %3 mm").arg(way, slab).arg(m_slab.thickness);
}

ShownImage PlaneProvider::known(int index) const
{
    return m_doneIndex == index ? m_done : ShownImage();
}

ShownImage PlaneProvider::image(int index)
{
    m_index = index;
    if (m_doneIndex != index || m_doneVersion != m_version)
        cut(index);
    if (m_done.facts)
        return m_done;
    ShownImage loading;
    loading.state = ShownImage::State::Loading;
    return loading;
}

void PlaneProvider::cut(int index)
{
    m_wanted = index;
    if (std::exchange(m_running, true))
        return;
    const auto volume = m_volume;
    const imaging::ImagePlane plane = planeAt(index);
    const imaging::Slab slab = m_slab;
    const quint64 version = m_version;
    UiJob::start<imaging::Resliced>(
        m_queue, this,
        [volume, plane, slab](const base::WorkContext &) { return imaging::reslice(*volume, plane, slab); },
        [this, index, version](const base::Result<imaging::Resliced> &result) {
            m_running = false;
            m_done = {};
            m_done.key = QStringLiteral("%1-%2-%3").arg(m_name).arg(version).arg(index);
            if (result) {
                m_done.state = ShownImage::State::Ready;
                m_done.facts = std::make_shared<const imaging::ImageFacts>(result->facts);
                m_done.pixels = result->frame;
            } else {
                m_done.state = ShownImage::State::Broken;
                m_done.facts = std::make_shared<const imaging::ImageFacts>(m_volume->commonFacts());
                m_done.error = result.error();
            }
            m_doneIndex = index;
            m_doneVersion = version;
            Q_EMIT imageChanged(m_index);
            if (m_wanted != index || m_version != version)
                cut(m_wanted);
        });
}

void PlaneProvider::setSlab(const imaging::Slab &slab)
{
    m_slab = slab;
    ++m_version;
    Q_EMIT imageChanged(m_index);
}

void PlaneProvider::turn(double aroundDown, double aroundRight)
{
    if (m_way != Way::Oblique)
        return;
    const imaging::ImagePlane now = planeAt(m_index);
    const imaging::Vector3 right = turned(now.right, now.down, aroundDown);
    const imaging::Vector3 down = turned(now.down, right, aroundRight);
    m_base = imaging::obliquePlane(*m_volume, right, down, now.centre());
    measureRange();
    m_index = m_middle;
    Q_EMIT countChanged();
    Q_EMIT imageChanged(m_index);
}

void PlaneProvider::refill()
{
    ++m_version;
    Q_EMIT imageChanged(m_index);
}

} // namespace naru::ui
