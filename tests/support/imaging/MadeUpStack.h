// A stack that is there at once and in memory, its pixels made up by the test: what a viewport is measured
// and compared with when no store and no decoder shall take part.
#pragma once

#include "ui/widgets/viewport/ImageProvider.h"

#include <vector>

namespace naru::testsupport {

class MadeUpStack : public ui::ImageProvider {
public:
    // Every image has these facts.
    explicit MadeUpStack(const imaging::ImageFacts &facts)
        : m_facts(std::make_shared<imaging::ImageFacts>(facts))
    {
    }
    static imaging::ImageFacts facts(int rows, int columns, int bits, const QString &photometric)
    {
        imaging::ImageFacts facts;
        facts.rows = rows;
        facts.columns = columns;
        facts.bitsAllocated = facts.bitsStored = bits;
        facts.photometric = photometric;
        facts.frames = 1;
        facts.frameFacts = {imaging::FrameFacts()};
        return facts;
    }

    // One more image: rows x columns values of the type.
    template <typename T> void add(imaging::SampleType type, std::vector<T> values)
    {
        auto kept = std::make_shared<const std::vector<T>>(std::move(values));
        m_frames.push_back(
            {{m_facts->rows, m_facts->columns, 1, type}, kept, std::as_bytes(std::span(*kept))});
    }
    std::size_t pixels() const { return std::size_t(m_facts->rows) * std::size_t(m_facts->columns); }

    int count() const override { return int(m_frames.size()); }
    ui::ShownImage image(int index) override
    {
        ui::ShownImage shown = known(index);
        shown.pixels = m_frames[std::size_t(index)];
        shown.state = ui::ShownImage::State::Ready;
        return shown;
    }
    ui::ShownImage known(int index) const override
    {
        return {ui::ShownImage::State::Loading, QString::number(index), m_facts, 0, {}, {}};
    }
    bool isLoaded(int) const override { return true; }
    int loadedCount() const override { return count(); }
    void lookAt(const void *, int index, int direction) override { looks.append({index, direction}); }
    void leave(const void *) override { }
    QString seriesKey() const override { return {}; }
    QString studyKey() const override { return {}; }
    QString title() const override { return QStringLiteral("made up"); }
    QString modality() const override { return QStringLiteral("OT"); }
    QString bodyPart() const override { return {}; }

    QList<QPair<int, int>> looks{}; // where viewports looked, and which way they came

private:
    std::shared_ptr<const imaging::ImageFacts> m_facts{};
    std::vector<imaging::Frame> m_frames{};
};

} // namespace naru::testsupport
