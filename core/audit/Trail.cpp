#include "core/audit/Trail.h"

#include "core/base/Digest.h"
#include "core/base/Errors.h"

#include <QMap>
#include <QtEndian>
#include <array>

namespace naru::audit {

namespace {
void appendNumber(QByteArray &out, qint64 number)
{
    std::array<char, 8> bytes{};
    qToBigEndian(number, bytes.data());
    out.append(bytes.data(), 8);
}

void appendPart(QByteArray &out, const QByteArray &part)
{
    appendNumber(out, part.size()); // so that no two different records give the same bytes
    out.append(part);
}

// Ends the walk with a verdict; not an error of the rows.
struct Walk {
    TrailHead at{};
    TrailVerdict verdict{};
    QMap<qint64, QByteArray> anchors{};

    bool bad(qint64 sequence, const char *why)
    {
        if (!verdict.firstBad) {
            verdict.firstBad = sequence;
            verdict.why = QLatin1String(why);
        }
        return false;
    }

    bool check(const TrailRecord &record)
    {
        const qint64 expected = at.sequence + 1;
        if (record.sequence != expected)
            return bad(expected, record.sequence > expected ? "missing" : "order");
        const QByteArray mac = recordMac(at.key, at.mac, record);
        if (!base::equalInConstantTime(mac, record.mac))
            return bad(expected, "edited");
        if (const auto anchor = anchors.constFind(expected); anchor != anchors.constEnd() && *anchor != mac)
            return bad(expected, "anchor");
        at.sequence = expected;
        at.mac = mac;
        at.key = nextKey(at.key);
        ++verdict.records;
        return true;
    }
};
} // namespace

QByteArray recordMac(const base::SecureBytes &key, const QByteArray &previousMac, const TrailRecord &record)
{
    QByteArray message;
    message.reserve(256 + record.sealed.size());
    message.append("naru-audit-1");
    appendPart(message, previousMac);
    appendNumber(message, record.sequence);
    appendPart(message, record.uuid.toUtf8());
    appendPart(message, record.recorded.toUtf8());
    appendPart(message, record.act.toUtf8());
    appendPart(message, record.account.toUtf8());
    appendPart(message, record.place.toUtf8());
    appendPart(message, record.subject.toUtf8());
    appendNumber(message, record.outcome);
    appendPart(message, record.sealed);
    return base::hmacSha256(key.view(), message);
}

base::SecureBytes nextKey(const base::SecureBytes &key)
{
    QByteArray input("naru-ratchet");
    input.append(key.view().toByteArray());
    QByteArray next = base::sha256(input);
    input.fill('\0');
    base::SecureBytes out{QByteArrayView(next)};
    next.fill('\0');
    return out;
}

TrailRecord chain(TrailHead &head, TrailRecord record)
{
    record.sequence = head.sequence + 1;
    record.mac = recordMac(head.key, head.mac, record);
    head.sequence = record.sequence;
    head.mac = record.mac;
    head.key = nextKey(head.key);
    return record;
}

base::Result<TrailVerdict> verify(
    const TrailRows &rows, const QList<TrailAnchor> &anchors, const base::WorkContext &context)
{
    Walk walk;
    NARU_ASSIGN(walk.at, rows.origin());
    NARU_ASSIGN(const TrailHead head, rows.head());
    qint64 newestAnchor = 0;
    const qint64 first = walk.at.sequence;
    for (const TrailAnchor &anchor : anchors) {
        newestAnchor = qMax(newestAnchor, anchor.sequence);
        // Two anchors of one number that differ: one of them tells of another past.
        if (walk.anchors.contains(anchor.sequence) && walk.anchors.value(anchor.sequence) != anchor.mac)
            (void)walk.bad(anchor.sequence, "anchor");
        walk.anchors.insert(anchor.sequence, anchor.mac);
    }
    bool going = !walk.verdict.firstBad;
    const base::Status status = rows.forEach(0, [&](const TrailRecord &record) -> base::Status {
        if (context.stopRequested())
            return base::Error(base::errors::Stopped);
        if (going)
            going = walk.check(record);
        if (walk.verdict.records % 4096 == 0)
            context.report("verify", walk.verdict.records, head.sequence - first);
        return {};
    });
    NARU_TRY(status);
    if (going && walk.at.sequence < head.sequence)
        going = walk.bad(walk.at.sequence + 1, "truncated");
    else if (going
        && (walk.at.sequence != head.sequence || walk.at.mac != head.mac
            || walk.at.key.view() != head.key.view()))
        going = walk.bad(head.sequence + 1, "head");
    if (going && newestAnchor > walk.at.sequence)
        going = walk.bad(walk.at.sequence + 1, "truncated");
    walk.verdict.intact = going;
    return walk.verdict;
}

} // namespace naru::audit
