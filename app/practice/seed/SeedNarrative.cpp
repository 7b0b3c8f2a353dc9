#include "app/practice/seed/SeedNarrative.h"

#include "app/practice/seed/SeedSectionXml.h"
#include "core/base/Oid.h"

#include <QUrl>
#include <QUrlQuery>

namespace naru::practice {

void writeSeedText(SeedXml &xml, const char *key, const clinical::Text &text, const QString &title)
{
    if (text.isEmpty())
        return;
    openSeedSection(xml, key, title);
    xml.open("text");
    writeSeedParagraphs(xml, text.text);
    xml.close();
    closeSeedSection(xml);
}

// ---- 의뢰/회송/전원 사유, with the insurer's relay string in its act (six positions joined by ||&)
void writeSeedReason(SeedXml &xml, const clinical::Document &document)
{
    const auto &content = document.content;
    if (content.reason.isEmpty() && content.transfer.isEmpty() && content.relay.isEmpty())
        return;
    const QString title = document.form == clinical::Form::Return ? QStringLiteral("회송 사유")
        : document.form == clinical::Form::Emergency              ? QStringLiteral("전원 사유")
                                                                  : QStringLiteral("의뢰 사유");
    openSeedSection(xml, "reason", title);
    xml.open("text");
    writeSeedParagraphs(xml, content.reason.text);
    if (!content.transfer.isEmpty()) {
        const auto &t = content.transfer;
        xml.open("table", {{"border", QStringLiteral("1")}});
        xml.open("tbody");
        const std::pair<const char *, QString> cells[] = {{"내원일시", t.arrived.toDisplay()},
            {"전원일시", t.transferred.toDisplay()}, {"이송수단", t.transport}, {"차량번호", t.vehicle},
            {"동승 의료인", t.escort}};
        for (const auto &[head, value] : cells) {
            xml.open("tr");
            xml.text("th", QString::fromUtf8(head));
            xml.text("td", value);
            xml.close();
        }
        xml.close();
        xml.close();
    }
    xml.close();
    if (!content.relay.isEmpty()) {
        const auto &r = content.relay;
        xml.open("entry");
        xml.open("act", {{"classCode", QStringLiteral("PCPR")}, {"moodCode", QStringLiteral("EVN")}});
        xml.empty("templateId", {{"root", base::oid("relayActTemplate").text()}});
        xml.empty("code", {{"nullFlavor", QStringLiteral("NI")}});
        xml.text("text",
            QStringList{r.status, r.clinical, r.nonClinical, r.transferType, r.transferClinical,
                r.transferNonClinical}
                .join(QLatin1String("||&")));
        xml.empty("statusCode", {{"code", QStringLiteral("active")}});
        xml.close();
        xml.close();
    }
    closeSeedSection(xml);
}

// The way to the images as the exchange's forms name it: rel the accession number, rev the UID of the
// manifest.
static void writeImageLink(SeedXml &xml, const QString &url)
{
    if (url.isEmpty())
        return xml.text("item", url);
    const QUrlQuery query{QUrl(url)};
    xml.open("item");
    // On one line with its item: white space would become part of the address as it is read.
    xml.raw().setAutoFormatting(false);
    xml.text("linkHtml", url,
        {{"href", url}, {"rel", query.queryItemValue(QStringLiteral("accession"))},
            {"rev", query.queryItemValue(QStringLiteral("kos_uid"))}});
    xml.close();
    xml.raw().setAutoFormatting(true);
}

// ---- 판독소견: an ordered list of ten, and the same as an observation
void writeSeedReading(SeedXml &xml, const clinical::ImageReading &one, const QString &root, size_t index)
{
    openSeedSection(xml, "reading");
    const QString conclusion = one.findings + QStringLiteral("\n결론: ") + one.conclusion;
    xml.open("text");
    xml.open("list", {{"listType", QStringLiteral("ordered")}, {"ID", seedRef("reading", index)}});
    for (const QString &item : {one.examined.toDisplay(), one.read.toDisplay(), one.reader})
        xml.text("item", item);
    writeImageLink(xml, one.imageUrl);
    for (const QString &item :
        {one.studyUid, one.seriesUid, one.sopUid, conclusion, one.code.code, one.code.text()})
        xml.text("item", item);
    xml.close();
    xml.close();
    xml.open("entry", {{"typeCode", QStringLiteral("DRIV")}});
    xml.open("observation", {{"classCode", QStringLiteral("OBS")}, {"moodCode", QStringLiteral("EVN")}});
    xml.id(root, seedRef("IMG", index));
    xml.coded("code", one.code);
    writeSeedReference(xml, seedRef("reading", index));
    xml.empty("statusCode", {{"code", QStringLiteral("completed")}});
    xml.empty("effectiveTime", {{"value", one.examined.toHl7()}});
    xml.text("value", conclusion, {{"xsi:type", QStringLiteral("ST")}});
    xml.close();
    xml.close();
    closeSeedSection(xml);
}

} // namespace naru::practice
