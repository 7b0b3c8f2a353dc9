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

std::vector<Concept> aliasTerms(std::vector<Alias> aliases)
{
    std::stable_sort(aliases.begin(), aliases.end(), [](const Alias &a, const Alias &b) {
        const int order = QString::compare(a.text, b.text, Qt::CaseInsensitive);
        return order != 0 ? order < 0 : a.weight > b.weight;
    });
    std::vector<Concept> rows;
    rows.reserve(aliases.size());
    for (const Alias &alias : aliases) {
        Concept row;
        row.system = alias.system;
        row.code = QStringLiteral("%1").arg(rows.size(), 8, 10, QLatin1Char('0'));
        row.unit = alias.code;
        row.aliases = {alias.text};
        row.weight = alias.weight;
        rows.push_back(std::move(row));
    }
    return rows;
}

std::shared_ptr<const TermFile> aliasIndex(std::vector<Alias> aliases)
{
    return aliases.empty() ? nullptr : TermFile::inMemory({}, aliasTerms(std::move(aliases)), false);
}

} // namespace naru::terminology
