#include "core/services/FactsJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace naru::services {

namespace {
// The members once for both directions.
template <typename F, typename V> void visitManifest(F &f, V &&v)
{
    v("id", f.documentId), v("study", f.studyUid), v("accession", f.accession), v("title", f.title);
    v("modalities", f.modalities), v("bodyPart", f.bodyPart), v("created", f.created);
    v("studyTime", f.studyTime);
}

template <typename F, typename V> void visitFacts(F &f, V &&v)
{
    v("kind", f.kind), v("title", f.title), v("recipient", f.recipientName);
    v("recipientOid", f.recipientOid), v("documentId", f.documentId), v("sha256", f.sha256);
    v("sourceId", f.sourceId), v("replaces", f.replaces), v("form", f.form);
    v("exchangeRoot", f.exchangeId.root), v("exchangeId", f.exchangeId.extension);
    v("heldUntil", f.heldUntil), v("document", f.document), v("recallable", f.recallable);
    v("pending", f.pending), v("replacesUuid", f.replacesUuid), v("sealedAt", f.sealedAt);
    v("entryUuid", f.entryUuid), v("withDocument", f.withDocument);
}

struct Writer {
    QJsonObject out{};
    void put(const char *name, const QJsonValue &value) { out.insert(QLatin1String(name), value); }
    void operator()(const char *name, const QString &value) { put(name, value); }
    void operator()(const char *name, bool value) { put(name, value); }
    void operator()(const char *name, const QByteArray &value) { put(name, QString::fromUtf8(value)); }
    void operator()(const char *name, const base::Timestamp &value) { put(name, value.toIso()); }
    void operator()(const char *name, clinical::Form value) { put(name, clinical::formKey(value)); }
    void operator()(const char *name, const QDateTime &value)
    {
        put(name, value.toString(Qt::ISODateWithMs));
    }
};

struct Reader {
    QJsonObject in;
    QJsonValue at(const char *name) const { return in.value(QLatin1String(name)); }
    QString text(const char *name) const { return at(name).toString(); }
    void operator()(const char *name, QString &value) const { value = text(name); }
    void operator()(const char *name, bool &value) const { value = at(name).toBool(value); }
    void operator()(const char *name, QByteArray &value) const { value = text(name).toUtf8(); }
    void operator()(const char *name, clinical::Form &value) const
    {
        value = clinical::formFromKey(text(name));
    }
    void operator()(const char *name, base::Timestamp &value) const
    {
        value = base::Timestamp::parseIso(text(name)).valueOr({});
    }
    void operator()(const char *name, QDateTime &value) const
    {
        value = QDateTime::fromString(text(name), Qt::ISODateWithMs);
    }
};
} // namespace

QByteArray factsToJson(const OutboxFacts &facts)
{
    Writer writer;
    visitFacts(facts, writer);
    QJsonArray manifests;
    for (const ManifestFacts &one : facts.manifests) {
        Writer manifest;
        visitManifest(one, manifest);
        manifests.append(manifest.out);
    }
    writer.put("manifests", manifests);
    return QJsonDocument(writer.out).toJson(QJsonDocument::Compact);
}

OutboxFacts factsFromJson(const QByteArray &json)
{
    const Reader reader{QJsonDocument::fromJson(json).object()};
    OutboxFacts facts;
    // Where an earlier version did not say so: what has its document can be recalled, and all had one.
    facts.recallable = !reader.text("document").isEmpty();
    facts.pending = false;
    facts.withDocument = true;
    visitFacts(facts, reader);
    for (const QJsonValue &one : reader.at("manifests").toArray())
        visitManifest(facts.manifests.emplace_back(), Reader{one.toObject()});
    return facts;
}

} // namespace naru::services
