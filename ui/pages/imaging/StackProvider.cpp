#include "ui/pages/imaging/StackProvider.h"

namespace naru::ui {

QString dicomDate(const QString &date)
{
    return date.size() == 8
        ? date.left(4) + QLatin1Char('-') + date.mid(4, 2) + QLatin1Char('-') + date.mid(6)
        : date;
}

namespace {
// "R CC" and "RCC" say the same.
bool says(const QString &description, const QString &part)
{
    QString letters;
    for (const QChar c : description) {
        if (c.isLetterOrNumber())
            letters += c.toUpper();
    }
    return letters.contains(part.toUpper());
}
} // namespace

QString stackTitle(const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack)
{
    const imaging::ImageFacts &facts = *instances[std::size_t(stack.slices.front().instance)].facts;
    QStringList words;
    if (facts.seriesNumber > 0)
        words << QString::number(facts.seriesNumber);
    words << (facts.seriesDescription.isEmpty() ? facts.modality : facts.seriesDescription);
    if (!says(facts.seriesDescription, stack.part))
        words << stack.part;
    if (stack.echoTime)
        words << QStringLiteral("TE %1").arg(*stack.echoTime);
    if (stack.bValue)
        words << QStringLiteral("b %1").arg(*stack.bValue);
    if (stack.temporalPosition)
        words << QStringLiteral("T %1").arg(*stack.temporalPosition);
    return words.join(QLatin1Char(' '));
}

StackProvider::StackProvider(FrameLoader &loader, const services::StudyRow &study,
    const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack, QObject *parent)
    : ImageProvider(parent)
    , m_loader(loader)
    , m_instances(instances)
    , m_stack(stack)
    , m_studyKey(study.key)
    , m_title(stackTitle(instances, stack))
    , m_date(dicomDate(study.date))
{
    m_number = loader.addStack(instances, stack, first());
    connect(&loader, &FrameLoader::frameChanged, this, [this](int number, int index) {
        if (number == m_number)
            Q_EMIT imageChanged(index);
    });
}

StackProvider::~StackProvider()
{
    m_loader.removeStack(m_number);
}

void StackProvider::extend(const services::StudyRow &study,
    const std::vector<imaging::InstanceRef> &instances, const imaging::Stack &stack)
{
    m_instances = instances;
    m_stack = stack;
    m_title = stackTitle(instances, stack);
    m_date = dicomDate(study.date);
    m_loader.extendStack(m_number, instances, stack, first());
}

int StackProvider::indexOf(const QString &handle, int frame) const
{
    for (int i = 0; i < count(); ++i) {
        const imaging::SliceRef &slice = m_stack.at(i);
        if (slice.frame == frame && m_instances[std::size_t(slice.instance)].handle == handle)
            return i;
    }
    return -1;
}

ShownImage StackProvider::known(int index) const
{
    if (index < 0 || index >= count())
        return {};
    const imaging::SliceRef &slice = m_stack.at(index);
    const imaging::InstanceRef &instance = m_instances[std::size_t(slice.instance)];
    return {ShownImage::State::Loading, instance.handle, instance.facts, slice.frame, {}, {}};
}

ShownImage StackProvider::image(int index)
{
    ShownImage shown = known(index);
    if (!shown.facts)
        return shown;
    const FrameSlot slot = m_loader.cache().slot(m_number, index);
    if (slot.state == FrameSlot::State::Ready) {
        shown.state = ShownImage::State::Ready;
        shown.pixels = slot.frame;
    } else if (slot.state < FrameSlot::State::Ready && slot.halvings > 0) {
        shown.pixels = slot.smaller;
        shown.halvings = slot.halvings;
    } else if (slot.state == FrameSlot::State::Broken) {
        shown.state = ShownImage::State::Broken;
        shown.error = slot.error;
    }
    return shown;
}

bool StackProvider::isLoaded(int index) const
{
    return m_loader.cache().isLoaded(m_number, index);
}

int StackProvider::loadedCount() const
{
    return m_loader.cache().loadedCount(m_number);
}

void StackProvider::lookAt(const void *viewer, int index, int direction)
{
    m_loader.lookAt(viewer, m_number, index, direction);
}

void StackProvider::leave(const void *viewer)
{
    m_loader.leave(viewer);
}

QString StackProvider::modality() const
{
    return known(0).facts ? known(0).facts->modality : QString();
}

QString StackProvider::bodyPart() const
{
    return known(0).facts ? known(0).facts->bodyPart : QString();
}

int StackProvider::first() const
{
    return m_stack.positioned ? count() / 2 : 0; // pictures without a place are read in their order
}

} // namespace naru::ui
