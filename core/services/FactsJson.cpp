#include "core/services/FactsJson.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace naru::services {

QByteArray factsToJson(const OutboxFacts &facts)
{
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
        {QStringLiteral("sealedAt"), facts.sealedAt.toIso()}, {QStringLiteral("entryUuid"), facts.entryUuid}};
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
    if (const auto sealedAt = base::Timestamp::parseIso(text("sealedAt")))
        facts.sealedAt = *sealedAt;
    return facts;
}

} // namespace naru::services
