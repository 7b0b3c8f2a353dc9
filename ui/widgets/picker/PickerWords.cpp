#include "ui/widgets/picker/PickerWords.h"

namespace naru::ui {

QStringList PickerWords::warnings(const CodeChoice &row)
{
    QStringList words;
    if (!row.known)
        return {QStringLiteral("! ") + tr("no such code")};
    if (row.retired) {
        const QString instead = (row.replacedBy + QLatin1Char(' ') + row.replacedByName).trimmed();
        words << QStringLiteral("⊘ ") + tr("deleted code")
                + (instead.isEmpty() ? QString() : QStringLiteral(" → ") + instead);
    }
    if (!row.complete)
        words << QStringLiteral("! ") + tr("incomplete code, not for claims");
    if (!row.mainAllowed)
        words << QStringLiteral("! ") + tr("not as main diagnosis");
    const auto limited = [&](const QString &text) {
        return QStringLiteral("! ") + text
            + (row.limits.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(row.limits));
    };
    if (row.sexConflict && row.ageConflict)
        words << limited(tr("does not fit sex and age"));
    else if (row.sexConflict)
        words << limited(tr("does not fit the sex"));
    else if (row.ageConflict)
        words << limited(tr("does not fit the age"));
    return words;
}

QString PickerWords::withoutSymbol(QString warning)
{
    return warning.remove(QStringLiteral("! ")).remove(QStringLiteral("⊘ "));
}

QStringList PickerWords::facts(const CodeChoice &row)
{
    QStringList words;
    if (row.notifiable)
        words << tr("notifiable disease");
    return words;
}

QString PickerWords::badge(const CodeChoice &row)
{
    if (!row.note.isEmpty())
        return row.note;
    if (row.patientOwn)
        return tr("this patient");
    if (row.used > 0)
        return tr("used %n time(s)", nullptr, row.used);
    return row.recent ? tr("recent") : QString();
}

QString PickerWords::spoken(const CodeChoice &row)
{
    QStringList parts;
    if (!row.heading.isEmpty())
        parts << row.heading;
    parts << row.title();
    if (!row.code.isEmpty() && row.code != row.title())
        parts << row.code;
    if (!row.matched.isEmpty())
        parts << row.matched;
    if (!row.en.isEmpty() && row.en != row.title())
        parts << row.en;
    if (row.similar)
        parts << tr("only similar");
    if (row.favourite)
        parts << tr("favourite");
    if (const QString text = badge(row); !text.isEmpty())
        parts << text;
    for (const QString &warning : warnings(row) + facts(row))
        parts << withoutSymbol(warning);
    if (row.children > 0)
        parts << tr("%n code(s) below", nullptr, row.children);
    return parts.join(QStringLiteral(", "));
}

QString PickerWords::side(const QString &side)
{
    if (side == QLatin1String("left"))
        return tr("left");
    if (side == QLatin1String("right"))
        return tr("right");
    return side == QLatin1String("both") ? tr("both sides") : QString();
}

QString PickerWords::severity(const QString &severity)
{
    if (severity == QLatin1String("mild"))
        return tr("mild");
    if (severity == QLatin1String("moderate"))
        return tr("moderate");
    return severity == QLatin1String("severe") ? tr("severe") : QString();
}

QString PickerWords::axis(const QString &axis)
{
    if (axis == QLatin1String("side"))
        return tr("Side");
    if (axis == QLatin1String("site"))
        return tr("Site");
    if (axis == QLatin1String("wound"))
        return tr("Wound");
    if (axis == QLatin1String("severity"))
        return tr("Severity");
    if (axis == QLatin1String("course"))
        return tr("Course");
    return tr("Kind");
}

} // namespace naru::ui
