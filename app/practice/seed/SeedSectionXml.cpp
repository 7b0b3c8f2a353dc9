#include "app/practice/seed/SeedSectionXml.h"

#include "app/practice/seed/tables/sectionsTable.h"
#include "core/base/Oid.h"
#include "core/base/Tsv.h"

#include <cstdio>
#include <cstdlib>

namespace naru::practice {

using clinical::CodedValue;

namespace {
struct Row {
    QString code{}, title{}, system{};
    QStringList templates{};
};

Row sectionRow(const char *key)
{
    static const base::TsvTable table = base::TsvTable::parse(seed::tables::sections);
    for (int i = 0; i < table.rowCount(); ++i) {
        if (table.at(i, "key") == QLatin1String(key))
            return {table.at(i, "code"), table.at(i, "title"), table.at(i, "system"),
                table.at(i, "templates").split(QLatin1Char(' '), Qt::SkipEmptyParts)};
    }
    std::fprintf(stderr, "sections.tsv has no row '%s'\n", key); // a typing mistake of ours
    std::abort();
}
} // namespace

QStringList seedTemplates(const char *key)
{
    return sectionRow(key).templates;
}

void writeSeedTemplates(SeedXml &xml, const char *key)
{
    for (const QString &id : sectionRow(key).templates)
        xml.empty("templateId", {{"root", id}});
}

void openSeedSection(SeedXml &xml, const char *key, const QString &title)
{
    const Row row = sectionRow(key);
    xml.open("component");
    xml.open("section");
    for (const QString &id : row.templates)
        xml.empty("templateId", {{"root", id}});
    CodedValue code;
    code.code = row.code;
    code.system = base::oid(row.system.toLatin1().constData()).text();
    code.display = row.title;
    xml.coded("code", code);
    xml.text("title", title.isEmpty() ? row.title : title);
}

void closeSeedSection(SeedXml &xml)
{
    xml.close();
    xml.close();
}

void writeSeedTable(
    SeedXml &xml, const QStringList &head, const QList<QStringList> &rows, const QString &idPrefix)
{
    xml.open("text");
    xml.open("table", {{"border", QStringLiteral("1")}});
    xml.open("thead");
    xml.open("tr");
    for (const QString &cell : head)
        xml.text("th", cell);
    xml.close();
    xml.close();
    xml.open("tbody");
    for (int i = 0; i < rows.size(); ++i) {
        xml.open("tr", {{"ID", idPrefix.isEmpty() ? QString() : idPrefix + QString::number(i + 1)}});
        for (const QString &cell : rows[i])
            xml.text("td", cell);
        xml.close();
    }
    for (int k = 0; k < 3; ++k)
        xml.close();
}

void writeSeedParagraphs(SeedXml &xml, const QString &text)
{
    for (const QString &line : text.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        xml.text("paragraph", line);
}

QString seedRef(const char *prefix, size_t index)
{
    return QLatin1String(prefix) + QString::number(index + 1);
}

void writeSeedReference(SeedXml &xml, const QString &id, const QString &words)
{
    xml.open("text");
    xml.raw().writeCharacters(words);
    xml.empty("reference", {{"value", QLatin1Char('#') + id}});
    xml.close();
}

void writeSeedLow(SeedXml &xml, const base::Timestamp &time, const char *type)
{
    xml.open("effectiveTime", {{"xsi:type", QLatin1String(type ? type : "")}});
    if (time.isNull())
        xml.empty("low", {{"nullFlavor", QStringLiteral("UNK")}});
    else
        xml.empty("low", {{"value", time.toHl7()}});
    xml.close();
}

CodedValue seedLoinc(const char *code, const char *display)
{
    CodedValue value;
    value.code = QLatin1String(code);
    value.system = base::oid("loinc").text();
    value.display = QString::fromUtf8(display);
    return value;
}

} // namespace naru::practice
