#include "ui/pages/imaging/FrameCache.h"

#include "core/base/Oid.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <limits>

namespace naru::ui {

namespace {
constexpr int Nobody = 1'000'000; // farther than any slice
constexpr int Margin = 4; // no swapping of neighbours at the edge of the budget

// JPEG 2000 takes 20 to 30 ms for 512 x 512 pixels and 2 ms for a sixteenth of them.
int halvingsFor(const imaging::ImageFacts &facts)
{
    constexpr qint64 Quick = 180 * 180;
    constexpr int Most = 5; // levels that encoders make unless told otherwise
    static const QStringList holding{base::oid("tsJ2kLossless").text(), base::oid("tsJ2k").text()};
    if (!holding.contains(facts.transferSyntax))
        return 0;
    int halvings = 0;
    while (halvings < Most && (qint64(facts.rows) * facts.columns) >> (2 * halvings) > Quick)
        ++halvings;
    return halvings;
}
} // namespace

int FrameCache::addStack(std::vector<Slice> slices, int first)
{
    const std::lock_guard lock(m_mutex);
    Stack stack;
    stack.slots.resize(slices.size());
    stack.slices = std::move(slices);
    stack.first = first;
    m_stacks.insert(++m_next, stack);
    for (Expected &expected : m_expected) {
        if (const int at =
                expected.request.isValid() ? -1 : place({m_next, -1, expected.handle, expected.frame});
            at >= 0)
            expected.request = claim(m_next, at);
    }
    return m_next;
}

bool FrameCache::expect(const QString &handle, int frame)
{
    const std::lock_guard lock(m_mutex);
    for (auto stack = m_stacks.constBegin(); stack != m_stacks.constEnd(); ++stack) {
        if (place({stack.key(), -1, handle, frame}) >= 0)
            return false;
    }
    m_expected.push_back({handle, frame, {}, {}});
    return true;
}

void FrameCache::decoded(const QString &handle, int frame, const base::Result<imaging::Frame> &result)
{
    const std::lock_guard lock(m_mutex);
    for (Expected &expected : m_expected) {
        if (expected.handle == handle && expected.frame == frame)
            expected.result = result;
    }
}

FrameRequest FrameCache::settleExpected()
{
    const std::lock_guard lock(m_mutex);
    const auto ready = std::find_if(m_expected.begin(), m_expected.end(),
        [](const Expected &one) { return one.request.isValid() && one.result; });
    if (ready == m_expected.end())
        return {};
    const Expected settled = std::move(*ready);
    m_expected.erase(ready);
    if (*settled.result)
        finishLocked(settled.request, **settled.result);
    else
        forgetLocked(settled.request); // asked for again it will say what is wrong with it
    return settled.request;
}

void FrameCache::forgetExpected()
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_expected, [](const Expected &one) { return !one.request.isValid(); });
}

void FrameCache::extendStack(int number, std::vector<Slice> slices, int first)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_stacks.find(number);
    if (found == m_stacks.end())
        return;
    QHash<QPair<QString, int>, int> places;
    for (std::size_t i = 0; i < slices.size(); ++i)
        places.insert({slices[i].handle, slices[i].frame}, int(i));
    Stack grown;
    grown.slots.resize(slices.size());
    grown.first = first;
    grown.thumbnail = found->thumbnail;
    std::vector<int> moved(found->slices.size(), -1);
    for (std::size_t i = 0; i < found->slices.size(); ++i) {
        FrameSlot &slot = found->slots[i];
        const int to = places.value({found->slices[i].handle, found->slices[i].frame}, -1);
        moved[i] = to;
        if (to < 0) {
            m_used -= qint64(slot.frame.data.size());
            continue;
        }
        grown.loaded += slot.state >= FrameSlot::State::Ready ? 1 : 0;
        grown.slots[std::size_t(to)] = std::move(slot);
    }
    grown.slices = std::move(slices);
    *found = std::move(grown);
    for (Look &look : m_looks) {
        if (look.stack == number && look.index >= 0 && std::size_t(look.index) < moved.size())
            look.index = std::max(0, moved[std::size_t(look.index)]);
    }
}

void FrameCache::removeStack(int number)
{
    const std::lock_guard lock(m_mutex);
    const auto stack = m_stacks.find(number);
    if (stack == m_stacks.end())
        return;
    for (const FrameSlot &slot : stack->slots)
        m_used -= qint64(slot.frame.data.size());
    m_stacks.erase(stack);
    m_looks.removeIf([number](const auto &it) { return it.value().stack == number; });
}

void FrameCache::lookAt(const void *viewer, int stack, int index, int direction)
{
    const std::lock_guard lock(m_mutex);
    m_looks.insert(viewer, {stack, index, direction});
    const auto found = m_stacks.find(stack);
    if (found != m_stacks.end() && index >= 0 && std::size_t(index) < found->slots.size())
        found->slots[std::size_t(index)].used = ++m_clock;
}

void FrameCache::leave(const void *viewer)
{
    const std::lock_guard lock(m_mutex);
    m_looks.remove(viewer);
}

// Behind the eyes a slice counts double and a bit.
int FrameCache::cost(const Look &look, int index)
{
    const int distance = std::abs(index - look.index);
    const bool behind = (index - look.index) * look.direction < 0;
    return behind ? 2 * distance + 4 : distance;
}

int FrameCache::costOf(int stack, int index) const
{
    int least = Nobody;
    for (const Look &look : m_looks) {
        if (look.stack == stack)
            least = std::min(least, cost(look, index));
    }
    return least;
}

bool FrameCache::isVisible(int stack, int index) const
{
    return std::any_of(m_looks.begin(), m_looks.end(),
        [=](const Look &look) { return look.stack == stack && look.index == index; });
}

qint64 FrameCache::bytesOf(const Slice &slice)
{
    const imaging::ImageFacts &facts = *slice.facts;
    return qint64(facts.rows) * facts.columns * std::max(1, facts.samples)
        * qint64(std::bit_ceil(unsigned(std::max(1, (facts.bitsAllocated + 7) / 8))));
}

FrameRequest FrameCache::claim(int number, int index)
{
    Stack &stack = m_stacks[number];
    const Slice &slice = stack.slices[std::size_t(index)];
    stack.slots[std::size_t(index)].state = FrameSlot::State::Loading;
    m_promised += bytesOf(slice);
    return {number, index, slice.handle, slice.frame, index == stack.first, slice.facts, 0};
}

FrameRequest FrameCache::visible()
{
    for (const Look &look : std::as_const(m_looks)) {
        const auto stack = m_stacks.constFind(look.stack);
        if (stack == m_stacks.constEnd() || look.index < 0 || std::size_t(look.index) >= stack->slots.size())
            continue;
        if (stack->slots[std::size_t(look.index)].state == FrameSlot::State::Missing) {
            makeRoom(bytesOf(stack->slices[std::size_t(look.index)]), 0);
            return claim(look.stack, look.index);
        }
    }
    return {};
}

FrameRequest FrameCache::thumbnail()
{
    for (int number = 1; number <= m_next; ++number) {
        const auto stack = m_stacks.find(number);
        if (stack == m_stacks.end() || stack->thumbnail || stack->slots.empty())
            continue;
        stack->thumbnail = true;
        const int at = std::clamp(stack->first, 0, int(stack->slots.size()) - 1);
        if (stack->slots[std::size_t(at)].state != FrameSlot::State::Missing)
            continue;
        makeRoom(bytesOf(stack->slices[std::size_t(at)]), Nobody - 1);
        return claim(number, at);
    }
    return {};
}

FrameRequest FrameCache::ahead()
{
    int best = Nobody, bestStack = -1, bestIndex = -1;
    for (const Look &look : std::as_const(m_looks)) {
        const auto stack = m_stacks.constFind(look.stack);
        if (stack == m_stacks.constEnd() || stack->loaded == int(stack->slots.size()))
            continue;
        const int count = int(stack->slots.size());
        for (const int side : {1, -1}) {
            for (int index = look.index + side; index >= 0 && index < count; index += side) {
                if (cost(look, index) >= best)
                    break;
                if (stack->slots[std::size_t(index)].state == FrameSlot::State::Missing) {
                    best = cost(look, index);
                    bestStack = look.stack;
                    bestIndex = index;
                    break;
                }
            }
        }
    }
    if (bestStack < 0)
        return {};
    const qint64 bytes = bytesOf(m_stacks[bestStack].slices[std::size_t(bestIndex)]);
    return makeRoom(bytes, best + Margin) ? claim(bestStack, bestIndex) : FrameRequest();
}

FrameRequest FrameCache::next()
{
    const std::lock_guard lock(m_mutex);
    FrameRequest request = visible();
    if (request.isValid() || m_held || isFirstAwaited())
        return request;
    request = thumbnail();
    return request.isValid() ? request : ahead();
}

void FrameCache::hold(bool held)
{
    const std::lock_guard lock(m_mutex);
    m_held = held;
}

bool FrameCache::isHeld() const
{
    const std::lock_guard lock(m_mutex);
    return m_held;
}

bool FrameCache::awaitsFirst() const
{
    const std::lock_guard lock(m_mutex);
    return isFirstAwaited();
}

// The first picture has all cores to itself: 500 more can wait for it.
bool FrameCache::isFirstAwaited() const
{
    return std::any_of(m_looks.begin(), m_looks.end(), [this](const Look &look) {
        const auto stack = m_stacks.constFind(look.stack);
        return stack != m_stacks.constEnd() && stack->loaded == 0 && look.index >= 0
            && std::size_t(look.index) < stack->slots.size()
            && stack->slots[std::size_t(look.index)].state == FrameSlot::State::Loading;
    });
}

FrameRequest FrameCache::nextSmaller()
{
    const std::lock_guard lock(m_mutex);
    for (const Look &look : std::as_const(m_looks)) {
        const auto stack = m_stacks.find(look.stack);
        if (stack == m_stacks.end() || look.index < 0 || std::size_t(look.index) >= stack->slots.size())
            continue;
        FrameSlot &slot = stack->slots[std::size_t(look.index)];
        const Slice &slice = stack->slices[std::size_t(look.index)];
        const int halvings = slot.halvings == 0 ? halvingsFor(*slice.facts) : 0;
        if (halvings == 0 || slot.state >= FrameSlot::State::Ready)
            continue;
        slot.halvings = -1;
        return {look.stack, look.index, slice.handle, slice.frame, false, slice.facts, halvings};
    }
    return {};
}

void FrameCache::finishSmaller(const FrameRequest &request, const imaging::Frame &frame)
{
    const std::lock_guard lock(m_mutex);
    FrameSlot *slot = find(request);
    if (!slot || slot->state >= FrameSlot::State::Ready)
        return;
    slot->smaller = frame;
    slot->halvings = request.halvings;
}

bool FrameCache::makeRoom(qint64 bytes, int below)
{
    while (m_used + m_promised + bytes > m_budget) {
        Stack *fromStack = nullptr;
        FrameSlot *worst = nullptr;
        int worstCost = below;
        for (auto stack = m_stacks.begin(); stack != m_stacks.end(); ++stack) {
            for (std::size_t i = 0; i < stack->slots.size(); ++i) {
                FrameSlot &slot = stack->slots[i];
                if (slot.state != FrameSlot::State::Ready || isVisible(stack.key(), int(i)))
                    continue;
                const int price = costOf(stack.key(), int(i));
                if (price > worstCost || (worst && price == worstCost && slot.used < worst->used)) {
                    worstCost = price;
                    worst = &slot;
                    fromStack = &stack.value();
                }
            }
        }
        if (!worst)
            return false;
        m_used -= qint64(worst->frame.data.size());
        --fromStack->loaded;
        *worst = {};
    }
    return true;
}

// Where it was asked for, or wherever the stack has moved it since.
int FrameCache::place(const FrameRequest &request) const
{
    const auto stack = m_stacks.constFind(request.stack);
    if (stack == m_stacks.constEnd())
        return -1;
    const auto is = [&request](const Slice &slice) {
        return slice.handle == request.handle && slice.frame == request.frame;
    };
    if (request.index >= 0 && std::size_t(request.index) < stack->slices.size()
        && is(stack->slices[std::size_t(request.index)]))
        return request.index;
    const auto found = std::find_if(stack->slices.begin(), stack->slices.end(), is);
    return found == stack->slices.end() ? -1 : int(found - stack->slices.begin());
}

int FrameCache::indexOf(const FrameRequest &request) const
{
    const std::lock_guard lock(m_mutex);
    return place(request);
}

FrameSlot *FrameCache::find(const FrameRequest &request)
{
    const int at = place(request);
    return at < 0 ? nullptr : &m_stacks[request.stack].slots[std::size_t(at)];
}

void FrameCache::finish(const FrameRequest &request, const imaging::Frame &frame)
{
    const std::lock_guard lock(m_mutex);
    finishLocked(request, frame);
}

void FrameCache::finishLocked(const FrameRequest &request, const imaging::Frame &frame)
{
    m_promised -= bytesOf({request.handle, request.frame, request.facts});
    FrameSlot *slot = find(request);
    if (!slot)
        return; // its stack was closed meanwhile
    slot->state = FrameSlot::State::Ready;
    slot->frame = frame;
    slot->smaller = {};
    slot->halvings = 0;
    slot->used = ++m_clock;
    m_used += qint64(frame.data.size());
    ++m_stacks[request.stack].loaded;
}

void FrameCache::fail(const FrameRequest &request, const base::Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_promised -= bytesOf({request.handle, request.frame, request.facts});
    if (FrameSlot *slot = find(request)) {
        slot->state = FrameSlot::State::Broken;
        slot->error = error;
        ++m_stacks[request.stack].loaded; // nothing is being waited for
    }
}

void FrameCache::forget(const FrameRequest &request)
{
    const std::lock_guard lock(m_mutex);
    forgetLocked(request);
}

void FrameCache::forgetLocked(const FrameRequest &request)
{
    m_promised -= bytesOf({request.handle, request.frame, request.facts});
    if (FrameSlot *slot = find(request))
        slot->state = FrameSlot::State::Missing;
}

void FrameCache::retryBroken()
{
    const std::lock_guard lock(m_mutex);
    for (Stack &stack : m_stacks) {
        for (FrameSlot &slot : stack.slots) {
            if (slot.state == FrameSlot::State::Broken) {
                slot = {};
                --stack.loaded;
            }
        }
    }
}

FrameSlot FrameCache::slot(int stack, int index) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_stacks.constFind(stack);
    if (found == m_stacks.constEnd() || index < 0 || std::size_t(index) >= found->slots.size())
        return {};
    return found->slots[std::size_t(index)];
}

bool FrameCache::isLoaded(int stack, int index) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_stacks.constFind(stack);
    return found != m_stacks.constEnd() && index >= 0 && std::size_t(index) < found->slots.size()
        && found->slots[std::size_t(index)].state >= FrameSlot::State::Ready;
}

int FrameCache::loadedCount(int stack) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_stacks.constFind(stack);
    return found == m_stacks.constEnd() ? 0 : found->loaded;
}

qint64 FrameCache::used() const
{
    const std::lock_guard lock(m_mutex);
    return m_used;
}

} // namespace naru::ui
