// C-STORE of many instances (a part of Client).
#include "core/base/Errors.h"
#include "core/imaging/dimse/DimseChild.h"
#include "core/imaging/dimse/DimseClient.h"
#include "core/imaging/dimse/DimseProtocol.h"
#include "core/imaging/dimse/Errors.h"
#include "core/imaging/pool/SharedMemory.h"

#include <QCborMap>
#include <QSet>

#include <algorithm>

namespace naru::imaging::dimse {

namespace {
constexpr qint64 SlowestBytes = 100'000; // a second

// PS3.4 B.2.3: B000, B006 and B007 are warnings: kept, but with a remark.
StoreOutcome::State stateOf(int status)
{
    if (status == 0)
        return StoreOutcome::State::Stored;
    return (status & 0xF000) == 0xB000 ? StoreOutcome::State::Warning : StoreOutcome::State::Failed;
}

} // namespace

bool mayRepeat(const StoreOutcome &outcome)
{
    if (outcome.state != StoreOutcome::State::Failed)
        return false;
    if (outcome.status >= 0)
        return (outcome.status & 0xFF00) == 0xA700; // out of resources, for now
    return !outcome.error.is(errors::Context) && !outcome.error.is(errors::Invalid)
        && !outcome.error.is(errors::Stopped) && !outcome.error.is(errors::NotKept);
}

StoreOutcome Client::storeOne(const Instance &instance, const base::WorkContext &work)
{
    StoreOutcome out;
    out.sopUid = instance.sopUid;
    const auto bytes = instance.bytes();
    if (!bytes) {
        out.error = base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("file")}});
        out.error.because(bytes.error());
        return out;
    }
    const auto descriptor = descriptorOf(*bytes);
    if (!descriptor) {
        out.error = descriptor.error();
        return out;
    }
    const wire::Descriptor owner(*descriptor);
    QCborMap message{{qint64(protocol::Verb), int(protocol::Store)},
        {qint64(protocol::SopClass), instance.sopClass}, {qint64(protocol::SopUid), instance.sopUid},
        {qint64(protocol::Syntax), instance.transferSyntax}};
    const int seconds = m_limits.answerSeconds + int(bytes->size() / SlowestBytes);
    const auto answer = converse(message, {owner.get()}, "C-STORE", seconds, work);
    if (!answer) {
        out.error = answer.error();
        return out;
    }
    out.status = int(answer->value(qint64(protocol::Status)).toInteger(-1)) & 0xFFFF;
    out.state = stateOf(out.status);
    if (out.state == StoreOutcome::State::Failed)
        out.error = named(
            base::Error(errors::Status, {},
                {{QStringLiteral("status"), QString::number(out.status, 16).toUpper()},
                    {QStringLiteral("why"), answer->value(qint64(protocol::Comment)).toString().left(64)}}),
            "C-STORE");
    return out;
}

// One association for those of `due` that fit into its contexts. False: it broke.
bool Client::storeSome(const std::vector<Instance> &instances, std::vector<StoreOutcome> &outcomes,
    const std::vector<std::size_t> &due, const base::WorkContext &work, const Each &each)
{
    std::vector<Offer> offers;
    const auto offered = [&offers](const Instance &one) {
        return std::find_if(offers.begin(), offers.end(), [&one](const Offer &offer) {
            return offer.abstractSyntax == one.sopClass && offer.syntaxes.first() == one.transferSyntax;
        });
    };
    std::vector<std::size_t> now;
    for (const std::size_t i : due) {
        if (offered(instances[i]) == offers.end()) {
            if (offers.size() >= std::size_t(protocol::MaximumContexts))
                continue;
            offers.push_back({instances[i].sopClass, {instances[i].transferSyntax}, false});
        }
        now.push_back(i);
    }
    const auto fail = [&](std::size_t i, const base::Error &error) {
        outcomes[i].error = error;
        outcomes[i].state = StoreOutcome::State::Failed;
        outcomes[i].status = -1;
    };
    const auto accepted = associate(offers, "C-STORE", work);
    if (!accepted) {
        for (const std::size_t i : now)
            fail(i, accepted.error());
        return false;
    }
    for (const std::size_t i : now) {
        if (accepted->at(offered(instances[i]) - offers.begin()).isEmpty()) {
            fail(i,
                named(
                    base::Error(errors::Context, {}, {{QStringLiteral("what"), instances[i].transferSyntax}}),
                    "C-STORE"));
            continue;
        }
        outcomes[i] = storeOne(instances[i], work);
        if (each)
            each(outcomes[i]);
        // Without a status the association is gone, unless it was our own file.
        if (outcomes[i].status < 0 && !outcomes[i].error.is(errors::Invalid))
            return false;
    }
    release(work);
    return true;
}

base::Result<std::vector<StoreOutcome>> Client::store(
    const std::vector<Instance> &instances, const base::WorkContext &work, const Each &each, int attempts)
{
    std::vector<StoreOutcome> outcomes(instances.size());
    std::vector<int> tries(instances.size(), 0);
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < instances.size(); ++i) {
        outcomes[i].sopUid = instances[i].sopUid;
        if (validUid(instances[i].sopClass) && validUid(instances[i].sopUid)
            && validUid(instances[i].transferSyntax)) {
            due.push_back(i);
        } else {
            outcomes[i].error =
                named(base::Error(errors::Invalid, {}, {{QStringLiteral("what"), QStringLiteral("UID")}}),
                    "C-STORE");
            tries[i] = attempts;
        }
    }
    base::Error last(errors::Lost);
    int barren = 0; // rounds in a row without one answer
    while (!due.empty() && barren < 2 * attempts) {
        if (work.stopRequested())
            return base::Error(errors::Stopped);
        const bool whole = storeSome(instances, outcomes, due, work, each);
        if (m_child->running() && !whole)
            m_child->kill(); // the next round begins anew
        std::vector<std::size_t> next;
        bool progress = false;
        ++barren;
        for (const std::size_t i : due) {
            const bool untouched = outcomes[i].status < 0 && outcomes[i].error.code == base::ErrorCode();
            if (outcomes[i].status >= 0)
                barren = 0;
            if (!untouched) {
                last = outcomes[i].error;
                ++tries[i];
            }
            progress = progress || !untouched;
            if (untouched || (mayRepeat(outcomes[i]) && tries[i] < attempts))
                next.push_back(i);
        }
        if (!progress)
            break;
        for (const std::size_t i : next) {
            outcomes[i].error = {};
            outcomes[i].status = -1;
        }
        due = std::move(next);
    }
    for (const std::size_t i : due) // given up: a node that is silent may be so for each of thousands
        outcomes[i].error = last;
    return outcomes;
}

} // namespace naru::imaging::dimse
