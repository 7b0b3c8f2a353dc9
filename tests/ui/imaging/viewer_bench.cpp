// naru_bench_viewer: how long a view of 1920 x 1080 takes to paint: scrolling 512 x 512 x 500 from memory,
// and a window drag on 4096 x 3328. Figures, not a test; run it offscreen in a release build.
#include "ui/shell/Theme.h"
#include "ui/widgets/viewport/Viewport.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTextStream>

#include <algorithm>
#include <cmath>

using namespace naru;
using namespace naru::ui;

namespace {

class BenchStack : public ImageProvider {
public:
    BenchStack(int count, int rows, int columns)
    {
        auto facts = std::make_shared<imaging::ImageFacts>();
        facts->rows = rows;
        facts->columns = columns;
        facts->bitsAllocated = 16;
        facts->isSigned = true;
        facts->photometric = QStringLiteral("MONOCHROME2");
        imaging::FrameFacts frame;
        frame.windows = {{40, 400, {}}};
        frame.hasRescale = true;
        facts->frameFacts = {frame};
        m_facts = facts;
        for (int i = 0; i < count; ++i) {
            auto pixels = std::make_shared<std::vector<qint16>>(std::size_t(rows) * std::size_t(columns));
            for (std::size_t at = 0; at < pixels->size(); ++at)
                (*pixels)[at] = qint16((at * 7 + std::size_t(i) * 31) % 1200) - 400;
            m_frames.push_back(pixels);
        }
    }
    int count() const override { return int(m_frames.size()); }
    ShownImage image(int index) override
    {
        ShownImage shown = known(index);
        shown.state = ShownImage::State::Ready;
        shown.pixels.shape = {m_facts->rows, m_facts->columns, 1, imaging::SampleType::S16};
        shown.pixels.data = std::as_bytes(std::span(*m_frames[std::size_t(index)]));
        shown.pixels.owner = m_frames[std::size_t(index)];
        return shown;
    }
    ShownImage known(int index) const override
    {
        return {ShownImage::State::Loading, QString::number(index), m_facts, 0, {}, {}};
    }
    bool isLoaded(int) const override { return true; }
    int loadedCount() const override { return count(); }
    void lookAt(const void *, int, int) override { }
    void leave(const void *) override { }
    QString seriesKey() const override { return {}; }
    QString studyKey() const override { return {}; }
    QString title() const override { return QStringLiteral("bench"); }
    QString modality() const override { return QStringLiteral("CT"); }
    QString bodyPart() const override { return {}; }

private:
    std::vector<std::shared_ptr<std::vector<qint16>>> m_frames{};
    std::shared_ptr<const imaging::ImageFacts> m_facts{};
};

void say(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) { return times[std::size_t(double(times.size() - 1) * part)]; };
    QTextStream(stdout) << QStringLiteral("%1  p50 %2 ms  p99 %3 ms  max %4 ms  (%5 frames)")
                               .arg(QString::fromLatin1(what), -40)
                               .arg(at(0.5), 0, 'f', 2)
                               .arg(at(0.99), 0, 'f', 2)
                               .arg(at(1.0), 0, 'f', 2)
                               .arg(times.size())
                        << Qt::endl;
}

double paint(Viewport &view, QImage &screen)
{
    QElapsedTimer timer;
    timer.start();
    view.render(&screen);
    return double(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Theme theme;
    theme.applyTo(application);
    QImage screen(1920, 1080, QImage::Format_RGB32);
    {
        BenchStack stack(500, 512, 512);
        Viewport view(theme, text::Language::English);
        view.resize(1920, 1080);
        view.setProvider(&stack);
        std::vector<double> times;
        for (int i = 0; i < 500; ++i) {
            view.setIndex(i);
            times.push_back(paint(view, screen));
        }
        say("scroll 512 x 512 x 500, in memory", times);
        view.setProvider(nullptr);
    }
    {
        BenchStack stack(1, 4096, 3328);
        Viewport view(theme, text::Language::English);
        view.resize(1920, 1080);
        view.setProvider(&stack);
        paint(view, screen);
        std::vector<double> times;
        for (int i = 0; i < 300; ++i) {
            view.changeWindow(std::sin(i / 10.0) * 4, std::cos(i / 7.0) * 3);
            times.push_back(paint(view, screen));
        }
        say("window drag 4096 x 3328, whole image", times);
        times.clear();
        ViewTransform large = view.transform();
        large.setZoom(1);
        view.setTransform(large);
        paint(view, screen);
        for (int i = 0; i < 100; ++i) {
            view.changeWindow(std::sin(i / 10.0) * 4, std::cos(i / 7.0) * 3);
            times.push_back(paint(view, screen));
        }
        say("window drag 4096 x 3328, one to one", times);
        view.setProvider(nullptr);
    }
    return 0;
}
