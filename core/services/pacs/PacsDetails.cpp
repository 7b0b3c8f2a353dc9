#include "core/services/pacs/PacsDetails.h"

#include "core/imaging/dimse/DimseProtocol.h"
#include "core/services/Errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace naru::services {

namespace {
template <typename D, typename V> void visit(D &d, V &&v)
{
    v("studyUid", d.studyUid), v("studyKey", d.studyKey), v("patient", d.patientKey);
    v("total", d.total), v("done", d.done), v("warnings", d.warnings), v("failed", d.failed);
    v("converted", d.converted), v("conflicts", d.conflicts);
    v("committed", d.committed), v("message", d.message), v("transaction", d.transaction);
}

struct Writer {
    QJsonObject out{};
    void operator()(const char *name, const QString &value) { out.insert(QLatin1String(name), value); }
    void operator()(const char *name, int value) { out.insert(QLatin1String(name), value); }
};

struct Reader {
    QJsonObject in;
    void operator()(const char *name, QString &value) const
    {
        value = in.value(QLatin1String(name)).toString();
    }
    void operator()(const char *name, int &value) const
    {
        value = in.value(QLatin1String(name)).toInt(value);
    }
};

constexpr qsizetype LongestMessage = 300, LongestArgument = 150;
constexpr std::array states{"queued", "running", "done", "failed", "stopped"};
// As many of each are read of a report (core/imaging/dimse): one that is full may have said more.
constexpr std::size_t FullReport = imaging::dimse::protocol::MaximumUids;

QJsonObject asObject(const QMap<QString, QString> &texts)
{
    QJsonObject out;
    for (auto it = texts.cbegin(); it != texts.cend(); ++it)
        out.insert(it.key(), it.value());
    return out;
}

QJsonArray asArray(const QSet<QString> &uids)
{
    return QJsonArray::fromStringList(QStringList(uids.begin(), uids.end()));
}

QSet<QString> asSet(const QJsonValue &array)
{
    QSet<QString> out;
    for (const QJsonValue &uid : array.toArray())
        out.insert(uid.toString());
    return out;
}
} // namespace

void PacsDetails::take(const imaging::dimse::Commitment &report)
{
    transaction.clear();
    for (const imaging::dimse::InstanceName &one : report.committed) {
        if (!sent.contains(one.sopUid))
            continue; // nobody asked for it
        confirmed.insert(one.sopUid);
        refused.remove(one.sopUid);
    }
    for (const imaging::dimse::Commitment::Failure &one : report.failed) {
        if (sent.contains(one.instance.sopUid))
            refused.insert(one.instance.sopUid, one.reason);
    }
    const bool whole = report.committed.size() < FullReport && report.failed.size() < FullReport;
    for (const QString &uid : std::as_const(sent)) {
        if (whole && !confirmed.contains(uid) && !refused.contains(uid))
            refused.insert(uid, 0);
    }
    for (auto it = refused.cbegin(); it != refused.cend(); ++it) {
        sent.remove(it.key());
        confirmed.remove(it.key());
    }
    committed = int(confirmed.size());
    failed = int(refused.size());
    done = int(sent.size());
}

void PacsDetails::note(const base::Status &outcome)
{
    message.clear();
    reason.clear();
    if (outcome)
        return;
    const base::Error &error = outcome.error();
    message = error.toString();
    const QString status = error.arguments.value(QStringLiteral("status"));
    if (!status.isEmpty() && error.detail.isEmpty())
        message += QStringLiteral(": status ") + status;
    message.truncate(LongestMessage);
    for (auto it = error.arguments.cbegin(); it != error.arguments.cend(); ++it)
        reason.insert(it.key(), it.value().left(LongestArgument));
}

base::Status PacsDetails::answeredFor() const
{
    if (refused.isEmpty())
        return {};
    return base::Error(errors::PacsNotCommitted, {},
        {{QStringLiteral("failed"), QString::number(refused.size())},
            {QStringLiteral("total"), QString::number(total)}});
}

QByteArray PacsDetails::toJson() const
{
    Writer writer;
    visit(*this, writer);
    writer.out.insert(QStringLiteral("sent"), asArray(sent));
    writer.out.insert(QStringLiteral("reason"), asObject(reason));
    writer.out.insert(QStringLiteral("confirmed"), asArray(confirmed));
    writer.out.insert(QStringLiteral("missing"), QJsonArray::fromStringList(missing));
    QJsonObject reasons;
    for (auto it = refused.cbegin(); it != refused.cend(); ++it)
        reasons.insert(it.key(), it.value());
    writer.out.insert(QStringLiteral("refused"), reasons);
    return QJsonDocument(writer.out).toJson(QJsonDocument::Compact);
}

PacsDetails PacsDetails::fromJson(const QByteArray &json)
{
    PacsDetails out;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    visit(out, Reader{object});
    out.sent = asSet(object.value(QLatin1String("sent")));
    out.confirmed = asSet(object.value(QLatin1String("confirmed")));
    const QJsonObject reason = object.value(QLatin1String("reason")).toObject();
    for (auto it = reason.constBegin(); it != reason.constEnd(); ++it)
        out.reason.insert(it.key(), it.value().toString());
    for (const QJsonValue &uid : object.value(QLatin1String("missing")).toArray())
        out.missing.append(uid.toString());
    const QJsonObject reasons = object.value(QLatin1String("refused")).toObject();
    for (auto it = reasons.constBegin(); it != reasons.constEnd(); ++it)
        out.refused.insert(it.key(), it.value().toInt());
    return out;
}

PacsJob jobOf(const storage::PacsJobRecord &record)
{
    const PacsDetails details = PacsDetails::fromJson(record.details);
    PacsJob out;
    out.id = record.id;
    out.kind = record.kind;
    out.node = record.node;
    for (std::size_t i = 0; i < states.size(); ++i)
        out.state = record.state == QLatin1String(states[i]) ? PacsJob::State(char(i)) : out.state;
    out.studyUid = details.studyUid;
    out.studyKey = details.studyKey;
    out.patientKey = details.patientKey;
    out.attempts = record.attempts;
    out.total = details.total;
    out.done = details.done;
    out.warnings = details.warnings;
    out.failed = details.failed;
    out.converted = details.converted;
    out.conflicts = details.conflicts;
    out.missing = details.missing;
    out.committed = details.committed;
    out.notCommitted = details.refused;
    out.awaitsReport = !details.transaction.isEmpty();
    out.lastError = record.lastError;
    out.message = details.message;
    out.reason = details.reason;
    out.created = record.created;
    out.updated = record.updated;
    out.nextAttempt = record.nextAttempt;
    return out;
}

} // namespace naru::services
