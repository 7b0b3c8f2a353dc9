// Which frames of which stacks are decoded, which comes next and which goes: plain data under one lock,
// shared by the loader's threads and the window. What is on screen is decoded first and never dropped; then
// one picture of each stack; then outward from where one looks, further in the direction of the scroll. When
// the budget is full only a frame that is farther away makes room.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/Frame.h"
#include "core/imaging/ImageFacts.h"

#include <QHash>
#include <QString>
#include <mutex>
#include <optional>
#include <vector>

namespace naru::ui {

struct FrameSlot {
    enum class State : char { Missing, Loading, Ready, Broken };
    State state = State::Missing;
    imaging::Frame frame{};
    std::optional<base::Error> error{};
    imaging::Frame smaller{}; // to look at until the frame is there
    int halvings = 0; // of the smaller one; -1: asked for
    quint64 used = 0;
};

struct FrameRequest {
    int stack = -1, index = -1;
    QString handle{};
    int frame = 0;
    bool thumbnail = false;
    std::shared_ptr<const imaging::ImageFacts> facts{};
    int halvings = 0; // above 0: only a smaller picture of it
    bool isValid() const { return stack >= 0; }
};

class FrameCache {
public:
    struct Slice {
        QString handle{};
        int frame = 0;
        std::shared_ptr<const imaging::ImageFacts> facts{};
    };
    explicit FrameCache(qint64 budget)
        : m_budget(budget)
    {
    }

    int addStack(std::vector<Slice> slices, int first); // its number
    // A frame that is being decoded before its stack is known. False: a stack holds it, so it will be asked
    // for like any other.
    bool expect(const QString &handle, int frame);
    void decoded(const QString &handle, int frame, const base::Result<imaging::Frame> &result);
    // What was expected, is decoded and has found its stack, now put into it; invalid when there is none.
    FrameRequest settleExpected();
    void forgetExpected(); // whatever has found no stack
    // More slices of the same stack: what is decoded or being decoded keeps its place among them, and so does
    // everybody who looks.
    void extendStack(int stack, std::vector<Slice> slices, int first);
    void removeStack(int stack);
    void lookAt(const void *viewer, int stack, int index, int direction);
    void leave(const void *viewer);
    // The next frame to decode, marked Loading; invalid when there is nothing to do.
    FrameRequest next();
    // While it is held only what is looked at is decoded.
    void hold(bool held);
    bool isHeld() const;
    bool awaitsFirst() const; // somebody looks at a stack of which nothing is there yet
    // What is looked at and not there yet, where a smaller picture of it comes much sooner (JPEG 2000).
    FrameRequest nextSmaller();
    void finishSmaller(const FrameRequest &request, const imaging::Frame &frame);
    void finish(const FrameRequest &request, const imaging::Frame &frame);
    int indexOf(const FrameRequest &request) const; // now, the stack may have grown; -1: it is gone
    void fail(const FrameRequest &request, const base::Error &error);
    void forget(const FrameRequest &request); // stopped: it is missing again
    void retryBroken();

    FrameSlot slot(int stack, int index) const; // a copy; pixels are shared
    bool isLoaded(int stack, int index) const;
    int loadedCount(int stack) const;
    qint64 used() const;
    qint64 budget() const { return m_budget; }

private:
    struct Stack {
        std::vector<Slice> slices{};
        std::vector<FrameSlot> slots{};
        int first = 0, loaded = 0;
        bool thumbnail = false; // asked for
    };
    struct Look {
        int stack = -1, index = 0, direction = 0;
    };
    struct Expected {
        QString handle{};
        int frame = 0;
        FrameRequest request{}; // once its stack is there
        std::optional<base::Result<imaging::Frame>> result{};
    };
    void finishLocked(const FrameRequest &request, const imaging::Frame &frame);
    void forgetLocked(const FrameRequest &request);
    bool isFirstAwaited() const;
    FrameRequest claim(int stack, int index);
    FrameRequest visible();
    FrameRequest thumbnail();
    FrameRequest ahead();
    static int cost(const Look &look, int index);
    int costOf(int stack, int index) const; // of the nearest viewer; a large one when nobody looks
    bool isVisible(int stack, int index) const;
    bool makeRoom(qint64 bytes, int below); // drops frames that cost more than `below`
    static qint64 bytesOf(const Slice &slice);
    int place(const FrameRequest &request) const;
    FrameSlot *find(const FrameRequest &request);

    mutable std::mutex m_mutex{};
    qint64 m_budget, m_used = 0, m_promised = 0;
    quint64 m_clock = 0;
    int m_next = 0;
    bool m_held = false;
    QHash<int, Stack> m_stacks{};
    QHash<const void *, Look> m_looks{};
    std::vector<Expected> m_expected{};
};

} // namespace naru::ui
