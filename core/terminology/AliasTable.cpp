#include "core/terminology/AliasTable.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "resources/terms/aliasesTable.h"

#include <algorithm>
#include <array>

namespace naru::terminology {

namespace {
constexpr const char *systemNames[] = {"kcd", "kostom", "edi", "kd", "atc", "loinc", "icd9cm", "snomedCt"};

QString systemOid(const QString &name)
{
    for (const char *known : systemNames) {
        if (name.compare(QLatin1String(known), Qt::CaseInsensitive) == 0)
            return base::oid(known).text();
    }
    const auto oid = base::Oid::parse(name);
    return oid ? oid->text() : QString();
}

QString systemName(const QString &oid)
{
    for (const char *known : systemNames) {
        if (oid == base::oid(known).text())
            return QString::fromLatin1(known);
    }
    return oid;
}
} // namespace

std::vector<Alias> parseAliases(std::string_view text)
{
    const base::TsvTable rows = base::TsvTable::parse(text);
    std::vector<Alias> out;
    for (const QStringList &row : rows.rows()) {
        if (row.size() < 4)
            continue;
        Alias alias;
        alias.text = row[0].trimmed();
        alias.language = row[1].trimmed();
        alias.system = systemOid(row[2].trimmed());
        alias.code = row[3].trimmed();
        alias.weight = std::clamp(row.value(4).toInt(), 0, 1000);
        if (!alias.text.isEmpty() && !alias.system.isEmpty() && !alias.code.isEmpty())
            out.push_back(std::move(alias));
    }
    return out;
}

QByteArray writeAliases(const std::vector<Alias> &aliases)
{
    const auto cell = [](QString text) {
        for (QChar &c : text) {
            if (c.unicode() < 0x20)
                c = u' ';
        }
        return text.replace(u'\\', u'/').trimmed();
    };
    QString out = QStringLiteral("alias\tlanguage\tsystem\tcode\tweight\n");
    for (const Alias &alias : aliases) {
        QString text = cell(alias.text);
        if (text.startsWith(u'#')) // would read as a comment
            text.prepend(u' ');
        out += text + u'\t' + cell(alias.language) + u'\t' + systemName(cell(alias.system)) + u'\t'
            + cell(alias.code) + u'\t' + QString::number(alias.weight) + u'\n';
    }
    return out.toUtf8();
}

std::vector<Alias> programAliases()
{
    return parseAliases(tables::aliases);
}

std::shared_ptr<const TermFile> aliasIndex(const std::vector<Alias> &aliases)
{
    if (aliases.empty())
        return nullptr;
    std::vector<Concept> rows;
    rows.reserve(aliases.size());
    for (size_t i = 0; i < aliases.size(); ++i) {
        Concept row;
        row.system = aliases[i].system;
        row.code = QString::number(i);
        row.aliases = {aliases[i].text};
        row.weight = aliases[i].weight;
        rows.push_back(std::move(row));
    }
    return TermFile::inMemory({}, std::move(rows), false);
}

} // namespace naru::terminology
