#include "core/services/FactsJson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace naru::services {

namespace {
QJsonObject manifestJson(const ManifestFacts &one)
{
    return {{QStringLiteral("id"), one.documentId}, {QStringLiteral("study"), one.studyUid},
        {QStringLiteral("accession"), one.accession}, {QStringLiteral("title"), one.title},
        {QStringLiteral("modalities"), one.modalities}, {QStringLiteral("bodyPart"), one.bodyPart},
        {QStringLiteral("created"), one.created.toIso()},
        {QStringLiteral("studyTime"), one.studyTime.toIso()}};
}

base::Timestamp timeOf(const QString &iso)
{
    const auto time = base::Timestamp::parseIso(iso);
    return time ? *time : base::Timestamp();
}

ManifestFacts manifestFrom(const QJsonObject &object)
{
    const auto text = [&object](const char *name) { return object.value(QLatin1String(name)).toString(); };
    ManifestFacts out;
    out.documentId = text("id");
    out.studyUid = text("study");
    out.accession = text("accession");
    out.title = text("title");
    out.modalities = text("modalities");
    out.bodyPart = text("bodyPart");
    out.created = timeOf(text("created"));
    out.studyTime = timeOf(text("studyTime"));
    return out;
}
} // namespace

QByteArray factsToJson(const OutboxFacts &facts)
{
    QJsonArray manifests;
    for (const ManifestFacts &one : facts.manifests)
        manifests.append(manifestJson(one));
    const QJsonObject object{{QStringLiteral("kind"), facts.kind}, {QStringLiteral("title"), facts.title},
        {QStringLiteral("recipient"), facts.recipientName},
        {QStringLiteral("recipientOid"), facts.recipientOid},
        {QStringLiteral("documentId"), facts.documentId}, {QStringLiteral("sha256"), facts.sha256},
        {QStringLiteral("sourceId"), facts.sourceId}, {QStringLiteral("replaces"), facts.replaces},
        {QStringLiteral("form"), clinical::formKey(facts.form)},
        {QStringLiteral("exchangeRoot"), facts.exchangeId.root},
        {QStringLiteral("exchangeId"), facts.exchangeId.extension},
        {QStringLiteral("heldUntil"), facts.heldUntil.toString(Qt::ISODateWithMs)},
        {QStringLiteral("document"), QString::fromUtf8(facts.document)},
        {QStringLiteral("recallable"), facts.recallable}, {QStringLiteral("pending"), facts.pending},
        {QStringLiteral("replacesUuid"), facts.replacesUuid},
        {QStringLiteral("sealedAt"), facts.sealedAt.toIso()}, {QStringLiteral("entryUuid"), facts.entryUuid},
        {QStringLiteral("withDocument"), facts.withDocument}, {QStringLiteral("manifests"), manifests}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

OutboxFacts factsFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const auto text = [&object](const char *name) { return object.value(QLatin1String(name)).toString(); };
    OutboxFacts facts;
    facts.kind = text("kind");
    facts.title = text("title");
    facts.recipientName = text("recipient");
    facts.recipientOid = text("recipientOid");
    facts.documentId = text("documentId");
    facts.sha256 = text("sha256");
    facts.sourceId = text("sourceId");
    facts.replaces = text("replaces");
    facts.form = clinical::formFromKey(text("form"));
    facts.exchangeId = {text("exchangeRoot"), text("exchangeId")};
    facts.heldUntil = QDateTime::fromString(text("heldUntil"), Qt::ISODateWithMs);
    facts.document = text("document").toUtf8();
    facts.recallable = object.value(QLatin1String("recallable")).toBool(!facts.document.isEmpty());
    facts.pending = object.value(QLatin1String("pending")).toBool();
    facts.replacesUuid = text("replacesUuid");
    facts.entryUuid = text("entryUuid");
    facts.sealedAt = timeOf(text("sealedAt"));
    facts.withDocument = object.value(QLatin1String("withDocument")).toBool(true);
    for (const QJsonValue &one : object.value(QLatin1String("manifests")).toArray())
        facts.manifests.push_back(manifestFrom(one.toObject()));
    return facts;
}

} // namespace naru::services
