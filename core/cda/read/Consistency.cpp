#include "core/cda/read/Consistency.h"

#include "core/base/Hangul.h"

namespace naru::cda {

using clinical::CodedValue;
using clinical::Entry;
using clinical::ReadWarning;

namespace {
constexpr int excerptLength = 200;

QString excerpt(const QString &text)
{
    QString out = text;
    out.replace(QLatin1Char('\t'), QStringLiteral(" | ")).replace(QLatin1Char('\n'), QLatin1Char(' '));
    return base::withVisibleControls(
        out.size() > excerptLength ? out.left(excerptLength) + QStringLiteral("…") : out);
}

bool isNumberPart(QChar c)
{
    return c.isDigit() || c == QLatin1Char('.');
}

// `number` as a whole number in `text`: "3.7" is not in "13.7" nor in "3.75"; "7.10" and "7.1" are the same.
bool saysNumber(const QString &text, const QString &number)
{
    bool ok = false;
    const double wanted = number.toDouble(&ok);
    if (!ok)
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!text[i].isDigit() || (i > 0 && isNumberPart(text[i - 1])))
            continue;
        qsizetype end = i;
        QString found;
        while (end < text.size() && (isNumberPart(text[end]) || text[end] == QLatin1Char(','))) {
            if (text[end] != QLatin1Char(',')) // 1,200
                found += text[end];
            ++end;
        }
        if (found.endsWith(QLatin1Char('.')))
            found.chop(1);
        if (i > 0 && text[i - 1] == QLatin1Char('-'))
            found.prepend(QLatin1Char('-'));
        const double value = found.toDouble(&ok);
        if (ok && (qFuzzyCompare(value + 1.0, wanted + 1.0) || qFuzzyCompare(qAbs(value), wanted)))
            return true;
        i = end;
    }
    return false;
}

bool says(const QString &text, const QString &wanted)
{
    const QString needle = base::folded(wanted);
    return needle.isEmpty() ? text.contains(wanted) : base::folded(text).contains(needle);
}

bool saysValue(const QString &text, const QString &value)
{
    bool numeric = false;
    value.toDouble(&numeric);
    return numeric ? saysNumber(text, value) : says(text, value);
}

// Units as printed differ from UCUM in marks only: "10*3/uL", "µ", braces.
bool saysUnit(const QString &text, const QString &unit)
{
    const auto plain = [](QString s) {
        s.replace(QChar(0x00B5), QLatin1Char('u')).replace(QChar(0x03BC), QLatin1Char('u'));
        s.replace(QChar(0x2103), QStringLiteral("cel")).replace(QStringLiteral("°C"), QStringLiteral("cel"));
        s.replace(QLatin1String("mm[Hg]"), QLatin1String("mmhg"));
        for (const char c : {'{', '}', '[', ']', ' ', '*', '^'})
            s.remove(QLatin1Char(c));
        return s.toLower();
    };
    return unit == QLatin1String("1") || plain(text).contains(plain(unit));
}

bool saysCode(const QString &text, const CodedValue &code)
{
    const QStringList names{code.originalText, code.display, code.displayEn, code.code};
    for (const QString &name : names) {
        if (!name.isEmpty() && says(text, name))
            return true;
    }
    for (const CodedValue &translation : code.translations) {
        if (saysCode(text, translation))
            return true;
    }
    return false;
}

class Checker {
public:
    Checker(const Anchors &anchors, std::vector<ReadWarning> &warnings)
        : m_anchors(anchors)
        , m_warnings(warnings)
    {
    }

    void run(const std::vector<Entry> &entries, const QString &path)
    {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            const QString here = QStringLiteral("%1, %2 %3").arg(path, entries[i].kind).arg(i + 1);
            check(entries[i], here);
            run(entries[i].children, here);
        }
    }

private:
    void check(const Entry &entry, const QString &path)
    {
        if (entry.narrativeId.isEmpty())
            return;
        const auto anchor = m_anchors.constFind(entry.narrativeId);
        if (anchor == m_anchors.constEnd()) {
            warn("narrative.deadReference", path, {{QStringLiteral("id"), excerpt(entry.narrativeId)}});
            return;
        }
        const QString row = anchor->row.isEmpty() ? anchor->text : anchor->row;
        if (entry.valueCode.isEmpty() && !entry.value.isEmpty())
            checkValue(entry, row, path);
        if (!entry.valueCode.isEmpty() && !saysCode(row, entry.valueCode))
            differs("narrative.code", entry.valueCode.text(), row, path);
        const bool naming = entry.valueCode.isEmpty()
            && (entry.kind == QLatin1String("observation")
                || entry.kind == QLatin1String("substanceAdministration")
                || entry.kind == QLatin1String("procedure"));
        const bool named = !entry.code.display.isEmpty() || !entry.code.originalText.isEmpty();
        if (naming && named && !saysCode(row, entry.code) && entry.code.nullFlavor.isEmpty())
            differs("narrative.code", entry.code.text(), row, path);
        if (entry.negated && !saysNegation(row))
            warn("narrative.negation", path, {{QStringLiteral("narrative"), excerpt(row)}});
    }

    void checkValue(const Entry &entry, const QString &row, const QString &path)
    {
        if (!saysValue(row, entry.value))
            differs("narrative.value", entry.value, row, path);
        else if (!entry.unit.isEmpty() && !saysUnit(row, entry.unit))
            differs("narrative.unit", entry.unit, row, path);
    }

    static bool saysNegation(const QString &row)
    {
        for (const char *word :
            {"없", "음성", "부정", "아니", "안 함", "no ", "not ", "none", "denie", "never", "negative"}) {
            if (row.contains(QString::fromUtf8(word), Qt::CaseInsensitive))
                return true;
        }
        return false;
    }

    void differs(const char *code, const QString &entry, const QString &narrative, const QString &path)
    {
        warn(code, path,
            {{QStringLiteral("entry"), excerpt(entry)}, {QStringLiteral("narrative"), excerpt(narrative)}});
    }

    void warn(const char *code, const QString &path, const QMap<QString, QString> &arguments)
    {
        m_warnings.push_back({QLatin1String(code), path, {}, arguments});
    }

    const Anchors &m_anchors;
    std::vector<ReadWarning> &m_warnings;
};
} // namespace

void checkEntries(const std::vector<Entry> &entries, const Anchors &anchors, const QString &path,
    std::vector<ReadWarning> &warnings)
{
    Checker(anchors, warnings).run(entries, path);
}

} // namespace naru::cda
