// Key press to painted list: recorded keystrokes go as key and input-method events into a CodePicker over a
// profile with the synthetic master, and the clock stops when the window has been painted. A floor beside it:
// the same keys into the same editor with no list at all.
#include "core/base/Hangul.h"
#include "core/services/Profile.h"
#include "core/services/TermService.h"
#include "core/terminology/TermStore.h"
#include "tests/support/HangulTyping.h"
#include "tests/support/SyntheticMaster.h"
#include "ui/forms/ServiceSources.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/CodePicker.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QVBoxLayout>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace naru;

namespace {

constexpr int kInputs = 400;
constexpr double kFrame = 16'000; // us; one frame at 60 Hz is 16.7 ms
constexpr int kWindowWidth = 1366, kWindowHeight = 768; // the smallest screen the workstation supports

struct Event {
    QString commit{}, preedit{};
    bool key = false; // Latin: a plain key press
};

std::vector<Event> hangul(const QString &text)
{
    std::vector<Event> events;
    for (const test::TypingStep &step : test::HangulTyping::steps(base::keysFromHangul(text)))
        events.push_back({step.commit, step.preedit, false});
    return events;
}

std::vector<Event> latin(const QString &text)
{
    std::vector<Event> events;
    for (const QChar c : text)
        events.push_back({QString(c), {}, true});
    return events;
}

// The mix of facts: first words of a name, one word from inside, initials, English, code, two words the other
// way round, the wrong keyboard mode.
std::vector<Event> input(const terminology::Concept &term, QRandomGenerator &random)
{
    const QStringList ko = term.ko.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    const int kind = int(random.bounded(100));
    const auto some = [&](int from, int to) { return int(random.bounded(from, to + 1)); };
    if (ko.isEmpty() || (kind >= 70 && kind < 82))
        return latin(term.en.left(some(3, 14)));
    if (kind < 45)
        return hangul(ko.mid(0, 2).join(QLatin1Char(' ')).left(some(2, 8)));
    if (kind < 60)
        return hangul(ko.at(random.bounded(int(ko.size()))).left(8));
    if (kind < 70)
        return hangul(base::choseong(ko.mid(0, 3).join(QString())).left(5));
    if (kind < 90)
        return latin(term.code.left(6));
    if (kind < 95)
        return hangul(ko.last().left(6) + QLatin1Char(' ') + ko.first().left(6));
    return latin(base::keysFromHangul(ko.first()).left(12));
}

void send(QWidget *editor, const Event &event)
{
    if (event.key) {
        QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, event.commit);
        QApplication::sendEvent(editor, &press);
    } else {
        QInputMethodEvent composed(event.preedit, {});
        composed.setCommitString(event.commit);
        QApplication::sendEvent(editor, &composed);
    }
}

class PaintCounter final : public QObject {
public:
    int paints = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        paints += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }
};

// What this thread has computed, in microseconds: other programs on the machine do not count.
double threadTime()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e6 + double(now.tv_nsec) / 1e3;
}

struct Figures {
    std::vector<double> us{}, cpu{};
    static double at(const std::vector<double> &sorted, double share)
    {
        return sorted[std::min(sorted.size() - 1, size_t(share * double(sorted.size())))];
    }
};

// The search alone, for the texts those keys put on the screen.
Figures ask(ui::CodeSource &source, const std::vector<std::vector<Event>> &inputs)
{
    Figures all;
    for (const auto &keys : inputs) {
        QString text;
        for (const Event &key : keys) {
            text += key.commit;
            const QString live = (text + key.preedit).trimmed();
            if (live.isEmpty())
                continue;
            QElapsedTimer timer;
            timer.start();
            const double before = threadTime();
            const ui::CodeAnswer answer = source.ask(live, 20);
            all.cpu.push_back(threadTime() - before);
            all.us.push_back(double(timer.nsecsElapsed()) / 1000.0);
        }
    }
    std::sort(all.us.begin(), all.us.end());
    std::sort(all.cpu.begin(), all.cpu.end());
    return all;
}

// Types every input key by key; microseconds until nothing is left to paint.
Figures type(ui::HangulLineEdit *editor, const std::vector<std::vector<Event>> &inputs)
{
    Figures all;
    for (const auto &keys : inputs) {
        editor->clear();
        QCoreApplication::processEvents();
        for (const Event &key : keys) {
            QElapsedTimer timer;
            timer.start();
            const double before = threadTime();
            send(editor, key);
            QCoreApplication::processEvents();
            all.cpu.push_back(threadTime() - before);
            all.us.push_back(double(timer.nsecsElapsed()) / 1000.0);
        }
        const QString open = editor->liveText().mid(editor->text().size());
        QInputMethodEvent close;
        close.setCommitString(open);
        QApplication::sendEvent(editor, &close);
    }
    std::sort(all.us.begin(), all.us.end());
    std::sort(all.cpu.begin(), all.cpu.end());
    return all;
}

void print(const char *name, double share, const Figures &keys, const Figures &floor, const Figures &search)
{
    std::printf("picker.key-to-paint.%s\t%.1f\tus\tone frame\t%.0f\t%.2f\n", name,
        Figures::at(keys.us, share), kFrame, Figures::at(keys.us, share) / kFrame);
    std::printf("# picker.%s\tcomputed %.1f us, of it the search %.1f us; same keys without a list %.1f us\n",
        name, Figures::at(keys.cpu, share), Figures::at(search.cpu, share), Figures::at(floor.us, share));
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    ui::Theme theme;
    theme.setChoice(QStringLiteral("light"));
    theme.applyTo(app);

    QTemporaryDir dir;
    services::OpenOptions options;
    options.dataDir = dir.path() + QStringLiteral("/profile");
    options.user = QStringLiteral("doctor");
    options.passphrase = base::SecureBytes(QByteArrayView("only for a measurement"));
    options.scryptLogN = 10;
    testsupport::SyntheticOptions sizes;
    if (argc > 1)
        sizes.total = QByteArray(argv[1]).toInt();
    const std::vector<terminology::Concept> terms = testsupport::syntheticKostom(sizes);
    auto opened = services::Profile::open(std::move(options));
    if (!opened) {
        std::fprintf(stderr, "profile: %s\n", qPrintable(opened.error().toString()));
        return 1;
    }
    terminology::TermStore store(dir.path() + QStringLiteral("/profile/terms"));
    const auto installed =
        store.install(QStringLiteral("kostom"), {QStringLiteral("synthetic"), {}, {}, {}, {}}, terms);
    if (!installed) {
        std::fprintf(stderr, "install: %s\n", qPrintable(installed.error().toString()));
        return 1;
    }
    (*opened)->terms().refresh();
    (*opened)->terms().warmUp();
    auto source = ui::termSource(*opened, QStringLiteral("kostom"));

    QRandomGenerator random(20261122);
    std::vector<std::vector<Event>> inputs;
    while (int(inputs.size()) < kInputs) {
        const terminology::Concept &term = terms[size_t(random.bounded(int(terms.size())))];
        if (!term.axis)
            inputs.push_back(input(term, random));
    }

    QWidget window;
    window.resize(kWindowWidth, kWindowHeight);
    auto *column = new QVBoxLayout(&window);
    auto *picker = new ui::CodePicker(ui::CodePicker::Mode::Adding, &window);
    auto *plain = new ui::HangulLineEdit(&window);
    picker->setLabel(QStringLiteral("진단"));
    picker->setSource(source);
    column->addWidget(picker);
    column->addWidget(plain);
    column->addStretch(1);
    window.show();
    window.activateWindow();
    plain->setFocus();
    QCoreApplication::processEvents();
    const Figures floor = type(plain, inputs);

    picker->editor()->setFocus();
    QCoreApplication::processEvents();
    PaintCounter counter;
    app.installEventFilter(&counter);
    type(picker->editor(), {inputs.begin(), inputs.begin() + 10}); // glyphs once
    app.removeEventFilter(&counter);
    if (!picker->editor()->hasFocus() || counter.paints == 0) {
        std::fprintf(stderr, "nothing was painted\n");
        return 1;
    }
    const Figures search = ask(*source, inputs);
    const Figures keys = type(picker->editor(), inputs);
    std::printf("# picker\t%d terms, %d inputs, %d key presses, %dx%d, platform %s\n", source->total(),
        kInputs, int(keys.us.size()), kWindowWidth, kWindowHeight,
        qPrintable(QGuiApplication::platformName()));
    for (const auto &[name, share] :
        {std::pair{"p50", 0.50}, std::pair{"p90", 0.90}, std::pair{"p99", 0.99}, std::pair{"max", 1.0}})
        print(name, share, keys, floor, search);
    return 0;
}
