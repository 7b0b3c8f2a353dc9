#include "core/services/pacs/PacsDetails.h"

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
    v("converted", d.converted);
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

constexpr std::array states{"queued", "running", "done", "failed", "stopped"};
} // namespace

QByteArray PacsDetails::toJson() const
{
    Writer writer;
    visit(*this, writer);
    writer.out.insert(
        QStringLiteral("sent"), QJsonArray::fromStringList(QStringList(sent.begin(), sent.end())));
    return QJsonDocument(writer.out).toJson(QJsonDocument::Compact);
}

PacsDetails PacsDetails::fromJson(const QByteArray &json)
{
    PacsDetails out;
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    visit(out, Reader{object});
    for (const QJsonValue &uid : object.value(QLatin1String("sent")).toArray())
        out.sent.insert(uid.toString());
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
    out.committed = details.committed;
    out.lastError = record.lastError;
    out.message = details.message;
    out.created = record.created;
    out.updated = record.updated;
    out.nextAttempt = record.nextAttempt;
    return out;
}

} // namespace naru::services
