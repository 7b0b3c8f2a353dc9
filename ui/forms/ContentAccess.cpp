#include "ui/forms/ContentAccess.h"

#include "core/clinical/forms/Fields.h"
#include "core/clinical/forms/FormSpec.h"

#include <QStringList>

namespace naru::ui {

using namespace clinical;

namespace {

template <typename T> FieldRef asRef(T &value)
{
    if constexpr (
        std::is_same_v<T,
            QString> || std::is_same_v<T, CodedValue> || std::is_same_v<T, base::Timestamp> || std::is_same_v<T, bool>)
        return &value;
    else
        return {};
}

template <typename S> FieldRef memberOf(S &value, const QString &member)
{
    FieldRef found;
    visitFields(value, [&](const char *name, auto &field) {
        if (member == QLatin1String(name))
            found = asRef(field);
    });
    return found;
}

// f(vector) on the list of that key; false when there is none.
template <typename C, typename F> bool withList(C &content, const QString &list, F &&f)
{
    bool found = false;
    visitLists(content, [&](const char *name, auto &vector) {
        if (list == QLatin1String(name)) {
            found = true;
            f(vector);
        }
    });
    return found;
}

QString number(const QString &value, const QString &unit)
{
    return unit.isEmpty() || value.isEmpty() ? value : value + QLatin1Char(' ') + unit;
}

QString summaryOf(const Problem &p, bool korean)
{
    QStringList parts{p.code.text()};
    if (p.main)
        parts << (korean ? QStringLiteral("주상병") : QStringLiteral("main"));
    parts << p.onset.toDisplay() << p.severity;
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  "));
}

QString summaryOf(const Medication &m, bool korean)
{
    QStringList parts{m.code.text(), number(m.doseValue, m.doseUnit)};
    if (!m.timesPerDay.isEmpty())
        parts << (korean ? QStringLiteral("1일 %1회") : QStringLiteral("%1× daily")).arg(m.timesPerDay);
    if (!m.days.isEmpty())
        parts << (korean ? QStringLiteral("%1일분") : QStringLiteral("%1 days")).arg(m.days);
    parts << m.usage;
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  "));
}

QString summaryOf(const LabResult &l, bool)
{
    const QString mark = l.interpretation.startsWith(QLatin1Char('H')) ? QStringLiteral(" ▲")
        : l.interpretation.startsWith(QLatin1Char('L'))                ? QStringLiteral(" ▼")
                                                                       : QString();
    QStringList parts{l.item.isEmpty() ? l.code.text() : l.item, number(l.value + mark, l.unit)};
    if (!l.referenceRange.isEmpty())
        parts << QStringLiteral("(%1)").arg(l.referenceRange);
    parts << l.time.toDisplay();
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  "));
}

QString summaryOf(const VitalSign &v, bool)
{
    QStringList parts{v.code.text(), number(v.value, v.unit), v.time.toDisplay()};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  "));
}

template <typename T> QString summaryOf(const T &value, bool)
{
    QStringList parts;
    visitFields(value, [&](const char *, const auto &field) {
        using F = std::remove_cvref_t<decltype(field)>;
        if constexpr (std::is_same_v<F, QString>)
            parts << field.left(80);
        else if constexpr (std::is_same_v<F, CodedValue>)
            parts << field.text();
        else if constexpr (std::is_same_v<F, base::Timestamp>)
            parts << field.toDisplay();
    });
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  "));
}

} // namespace

int listCount(const Content &content, const QString &list)
{
    int count = 0;
    withList(content, list, [&](const auto &v) { count = int(v.size()); });
    return count;
}

FieldRef listMember(Content &content, const QString &list, int index, const QString &member)
{
    FieldRef found;
    withList(content, list, [&](auto &v) {
        if (index >= 0 && index < int(v.size()))
            found = memberOf(v[size_t(index)], member);
    });
    return found;
}

Source *listSource(Content &content, const QString &list, int index)
{
    Source *found = nullptr;
    withList(content, list, [&](auto &v) {
        if (index >= 0 && index < int(v.size()))
            found = &v[size_t(index)].source;
    });
    return found;
}

int listAppend(Content &content, const QString &list)
{
    int at = -1;
    withList(content, list, [&](auto &v) {
        at = int(v.size());
        v.emplace_back();
    });
    return at;
}

void listRemove(Content &content, const QString &list, int index)
{
    withList(content, list, [&](auto &v) {
        if (index >= 0 && index < int(v.size()))
            v.erase(v.begin() + index);
    });
}

void listSwap(Content &content, const QString &list, int a, int b)
{
    withList(content, list, [&](auto &v) {
        const int count = int(v.size());
        if (a < 0 || b < 0 || a >= count || b >= count || a == b)
            return;
        std::swap(v[size_t(a)], v[size_t(b)]);
        if constexpr (requires { v[0].main; }) {
            if (qMin(a, b) == 0) {
                for (int i = 0; i < count; ++i)
                    v[size_t(i)].main = i == 0;
            }
        }
    });
}

void listMove(Content &from, Content &to, const QString &list, int index)
{
    withList(from, list, [&](auto &source) {
        if (index < 0 || index >= int(source.size()))
            return;
        const auto element = source[size_t(index)];
        source.erase(source.begin() + index);
        withList(to, list, [&](auto &target) {
            if constexpr (std::is_same_v<decltype(target), decltype(source)>)
                target.push_back(element);
        });
    });
}

bool listHasSame(Content &content, const QString &list, Content &other, int otherIndex)
{
    // One house writes E11.3, the next E113.
    const auto plainCode = [&list](Content &of, int index) {
        return listCode(of, list, index).remove(QLatin1Char('.'));
    };
    const QString wanted = listSummary(other, list, otherIndex, true), code = plainCode(other, otherIndex);
    for (int i = 0; i < listCount(content, list); ++i) {
        if (listSummary(content, list, i, true) == wanted && plainCode(content, i) == code)
            return true;
    }
    return false;
}

Text *textField(Content &content, const QString &key)
{
    Text *found = nullptr;
    visitTexts(content, [&](const char *name, Text &text) {
        if (key == QLatin1String(name))
            found = &text;
    });
    return found;
}

FieldRef groupMember(Document &document, const QString &key)
{
    const QString group = key.section(QLatin1Char('.'), 0, 0), member = key.section(QLatin1Char('.'), 1);
    if (group == QLatin1String("exception")) {
        if (member == QLatin1String("explanation"))
            return &document.exception.explanation;
        if (member == QLatin1String("decidedBy"))
            return &document.exception.decidedBy;
        if (member == QLatin1String("decidedAt"))
            return &document.exception.decidedAt;
        return {};
    }
    FieldRef found;
    visitGroups(document.content, [&](const char *name, auto &value) {
        if (group == QLatin1String(name))
            found = memberOf(value, member);
    });
    return found;
}

QString textOf(const FieldRef &ref)
{
    if (const auto *text = std::get_if<QString *>(&ref))
        return **text;
    if (const auto *coded = std::get_if<CodedValue *>(&ref))
        return (*coded)->text();
    if (const auto *time = std::get_if<base::Timestamp *>(&ref))
        return (*time)->toDisplay();
    if (const auto *flag = std::get_if<bool *>(&ref))
        return **flag ? QStringLiteral("1") : QString();
    return {};
}

QString listSummary(Content &content, const QString &list, int index, bool korean)
{
    QString summary;
    withList(content, list, [&](auto &v) {
        if (index >= 0 && index < int(v.size()))
            summary = summaryOf(v[size_t(index)], korean);
    });
    return summary;
}

const CodedValue *listCoded(Content &content, const QString &list, int index)
{
    for (const char *member : {"code", "agent"}) {
        const FieldRef ref = listMember(content, list, index, QLatin1String(member));
        if (auto *const *coded = std::get_if<CodedValue *>(&ref))
            return *coded;
    }
    return nullptr;
}

QString listCode(Content &content, const QString &list, int index)
{
    const CodedValue *coded = listCoded(content, list, index);
    return coded ? coded->code : QString();
}

std::vector<Source *> sectionSources(Document &document, const QString &key)
{
    std::vector<Source *> sources;
    if (Text *text = textField(document.content, key)) {
        if (!text->isEmpty())
            sources.push_back(&text->source);
    } else if (key == QLatin1String("social")) {
        if (!document.content.social.isEmpty())
            sources.push_back(&document.content.social.source);
    } else {
        for (int i = 0; i < listCount(document.content, key); ++i)
            sources.push_back(listSource(document.content, key, i));
    }
    return sources;
}

bool sectionEmpty(Document &document, const QString &key)
{
    if (key == QLatin1String("recipients"))
        return document.recipients.empty() || document.recipients.front().institution.name.isEmpty();
    if (key == QLatin1String("relay"))
        return document.content.relay.isEmpty();
    if (key == QLatin1String("transfer"))
        return document.content.transfer.isEmpty();
    if (key == QLatin1String("exception"))
        return document.exception.which == EmergencyException::Case::None;
    if (key == QLatin1String("social"))
        return document.content.social.isEmpty();
    if (Text *text = textField(document.content, key))
        return text->isEmpty();
    return listCount(document.content, key) == 0;
}

} // namespace naru::ui
