#include "ui/text/FieldTitles.h"

#include "core/clinical/forms/FormSpec.h"

#include <QSet>

namespace naru::text {

namespace {

QString labelOf(clinical::Form form, const QString &key, Language language)
{
    const clinical::FieldSpec *spec = clinical::fieldSpec(form, key);
    if (!spec)
        return {};
    return language == Language::Korean ? spec->labelKo : spec->labelEn;
}

} // namespace

QString fieldTitle(clinical::Form form, const QString &path, Language language)
{
    QStringList parts = path.split(QLatin1Char('.'));
    const QString list = parts.front().section(QLatin1Char('['), 0, 0);
    QString title = labelOf(form, list, language);
    if (title.isEmpty())
        return path;
    if (parts.front() != list)
        title +=
            QLatin1Char(' ') + QString::number(parts.front().mid(list.size() + 1).chopped(1).toInt() + 1);
    if (parts.size() > 1) {
        const QString member = labelOf(form, list + QLatin1Char('.') + parts.at(1), language);
        title += QStringLiteral(" · ") + (member.isEmpty() ? parts.mid(1).join(QLatin1Char('.')) : member);
    }
    return title;
}

std::vector<services::FieldDifference> titled(
    const std::vector<services::FieldDifference> &differences, clinical::Form form, Language language)
{
    QSet<QString> listed, entries;
    for (const services::FieldDifference &difference : differences) {
        listed.insert(difference.field);
        if (difference.field.contains(QLatin1Char('[')))
            entries.insert(difference.field.section(QLatin1Char('['), 0, 0));
    }
    std::vector<services::FieldDifference> out;
    for (services::FieldDifference difference : differences) {
        const QString &path = difference.field;
        const bool behind =
            path.count(QLatin1Char('.')) > 1 && listed.contains(path.section(QLatin1Char('.'), 0, 1));
        if (behind || entries.contains(path))
            continue;
        difference.field = fieldTitle(form, path, language);
        out.push_back(difference);
    }
    return out;
}

} // namespace naru::text
