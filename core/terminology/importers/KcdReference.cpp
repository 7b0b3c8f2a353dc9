#include "core/terminology/importers/KcdReference.h"

#include "core/base/Tsv.h"
#include "core/terminology/Spelling.h"
#include "core/terminology/importers/tables/kcdrowsTable.h"

#include <QRegularExpression>

namespace naru::terminology::importing {

namespace {
constexpr int MaxTargets = 8;

QRegularExpression alternatives(QLatin1String kind)
{
    const auto table = base::TsvTable::parse(tables::kcdrows);
    QStringList patterns;
    for (int i = 0; i < table.rowCount(); ++i) {
        if (table.at(i, "kind") == kind)
            patterns.append(QLatin1String("(?:") + table.at(i, "pattern") + QLatin1Char(')'));
    }
    return QRegularExpression(patterns.join(u'|'), QRegularExpression::CaseInsensitiveOption);
}

// One item of a bracket; empty code when it is none.
struct Item {
    QString code{};
    QChar mark{};
    bool range = false;
};

Item itemOf(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^([A-Z][0-9]{2})(?:\\.([0-9]{1,3})|\\.?[-\u2013])?"
                       "([*\u2020+])?(?:\\s*[-\u2013~]\\s*[A-Z][0-9]{2}(?:\\.[0-9-]{1,3})?([*\u2020+])?)?$"));
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {};
    Item item;
    item.code = match.captured(1) + match.captured(2);
    const QString mark = match.captured(3) + match.captured(4);
    item.mark = mark.isEmpty() ? QChar() : mark.front() == u'*' ? QChar(u'*') : QChar(u'+');
    static const QRegularExpression two(QStringLiteral("[-\u2013~]\\s*[A-Z]"));
    item.range = two.match(text).hasMatch();
    return item;
}
} // namespace

KcdReferences kcdReferences(const QString &text)
{
    KcdReferences out;
    out.text = text;
    QStringView body = QStringView(text).trimmed();
    if (body.endsWith(u'.'))
        body.chop(1);
    if (!body.endsWith(u')') && !body.endsWith(u']'))
        return out;
    const qsizetype open = std::max(body.lastIndexOf(u'('), body.lastIndexOf(u'['));
    if (open < 0)
        return out;
    static const QRegularExpression separators(
        QStringLiteral("\\s*[,;/\u00B7]\\s*|\\s+(?:및|또는|and|or)\\s+"));
    const QStringList items =
        body.sliced(open + 1).chopped(1).trimmed().toString().split(separators, Qt::SkipEmptyParts);
    bool asterisk = false, dagger = false, range = false;
    for (const QString &text1 : items) {
        const Item item = itemOf(text1.trimmed());
        if (item.code.isEmpty())
            return out; // words: optional text, not a reference
        asterisk = asterisk || item.mark == u'*';
        dagger = dagger || item.mark == u'+';
        range = range || item.range;
        if (!out.codes.contains(item.code) && out.codes.size() < MaxTargets)
            out.codes.append(item.code);
    }
    if (out.codes.isEmpty())
        return out;
    out.kind = asterisk ? KcdReferences::Kind::Asterisk
        : range         ? KcdReferences::Kind::Range
        : dagger        ? KcdReferences::Kind::Dagger
                        : KcdReferences::Kind::Other;
    out.text = body.first(open).trimmed().toString();
    return out;
}

MarkedCode markedKcd(QStringView text)
{
    MarkedCode out;
    QString rest = text.trimmed().toString();
    while (!rest.isEmpty() && (rest.back() == u'*' || rest.back() == u'\u2020' || rest.back() == u'+')) {
        out.mark = rest.back() == u'*' ? QChar(u'*') : QChar(u'+');
        rest.chop(1);
    }
    out.code = normaliseKcd(rest);
    return out;
}

bool isUsageNote(const QString &text)
{
    static const QRegularExpression notes = alternatives(QLatin1String("note"));
    return notes.match(text).hasMatch();
}

bool isLegend(QStringView text)
{
    return text.size() > 2 && text[0].isDigit() && text[1] == u' ' && !text[2].isDigit();
}

QString withoutRowPrefix(QString text)
{
    static const QRegularExpression prefixes = alternatives(QLatin1String("strip"));
    return text.remove(prefixes);
}

} // namespace naru::terminology::importing
