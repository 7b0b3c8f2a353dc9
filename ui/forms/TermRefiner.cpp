#include "ui/forms/TermRefiner.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "ui/forms/TermRows.h"
#include "ui/forms/refinementsTable.h"

#include <QSet>

#include <algorithm>

namespace naru::ui {

namespace {

struct Range {
    QString system{}, from{}, to{}, axis{};
    bool holds(const QString &ofSystem, const QString &code) const
    {
        return system == ofSystem && code.left(from.size()) >= from && code.left(to.size()) <= to;
    }
};

struct Rules {
    QSet<QString> open{}, rest{};
    QHash<QString, QString> usual{}; // text -> axis
    QStringList endings{};
    std::vector<std::pair<QString, QString>> words{}; // word, axis
    std::vector<Range> tails{}, graded{};
};

const Rules &rules()
{
    static const Rules all = [] {
        Rules out;
        const base::TsvTable table = base::TsvTable::parse(forms::tables::refinements);
        for (int i = 0; i < table.rowCount(); ++i) {
            const QString rule = table.at(i, "rule"), axis = table.at(i, "axis"), text = table.at(i, "text");
            if (rule == QLatin1String("open")) {
                out.open.insert(text);
            } else if (rule == QLatin1String("usual")) {
                out.usual.insert(text, axis);
            } else if (rule == QLatin1String("rest")) {
                out.rest.insert(text);
            } else if (rule == QLatin1String("ending")) {
                out.endings << text;
            } else if (rule == QLatin1String("axis")) {
                out.words.emplace_back(text, axis);
            } else {
                const Range range{base::oid(table.at(i, "system").toLatin1().constData()).text(),
                    table.at(i, "from"), table.at(i, "to"), axis};
                (rule == QLatin1String("tail") ? out.tails : out.graded).push_back(range);
            }
        }
        return out;
    }();
    return all;
}

const QString &titleOf(const services::TermHit &hit)
{
    return hit.ko.isEmpty() ? hit.en : hit.ko;
}

// 무릎관절증 for "Gonarthrosis [arthrosis of knee]": what stands in brackets is no part of longer titles.
QString withoutBrackets(QString title)
{
    if (const auto at = title.indexOf(QLatin1Char('[')); at > 0 && title.endsWith(QLatin1Char(']')))
        title.truncate(at);
    return title.trimmed();
}

QString axisOf(const services::TermHit &hit, const QString &words, bool tail)
{
    for (const auto &[word, axis] : rules().words) {
        const auto at = words.indexOf(word, 0, Qt::CaseInsensitive);
        if (at == 0 || (at > 0 && words.at(at - 1).isSpace()))
            return axis;
    }
    for (const Range &range : rules().tails) {
        if (tail && range.holds(hit.system, hit.code))
            return range.axis;
    }
    return QStringLiteral("kind");
}

struct Member {
    const services::TermHit *hit;
    QString words{}, axis{};
};

// The family, by what each title adds.
std::vector<Member> members(const QString &stem, const std::vector<services::TermHit> &family)
{
    std::vector<Member> out;
    for (const services::TermHit &hit : family) {
        const QString words = hit.retired ? QString() : TermRefiner::added(titleOf(hit), stem);
        if (words.isEmpty())
            continue;
        out.push_back({&hit, words, axisOf(hit, words, titleOf(hit).startsWith(withoutBrackets(stem)))});
    }
    return out;
}

// Chips of one axis stand together, in the order of the classification.
std::vector<CodeRefinement> chips(const std::vector<Member> &members)
{
    std::vector<CodeRefinement> out;
    QStringList axes;
    for (const Member &member : members) {
        if (!axes.contains(member.axis))
            axes << member.axis;
    }
    for (const QString &axis : axes) {
        for (const Member &member : members) {
            if (member.axis == axis)
                out.push_back({axis, member.words, TermRows::choice(*member.hit)});
        }
    }
    for (CodeRefinement &one : out) {
        one.choice.markedIn = CodeChoice::Marked::Nothing;
        one.choice.marks.clear();
    }
    return out;
}

} // namespace

QString TermRefiner::added(const QString &title, const QString &stem)
{
    const QString name = withoutBrackets(title), core = withoutBrackets(stem);
    if (core.isEmpty())
        return {};
    const auto at = name.indexOf(core, 0, Qt::CaseInsensitive);
    if (at < 0 || (at > 0 && !name.at(at - 1).isSpace()))
        return {};
    QString before = name.left(at).trimmed(), after = name.mid(at + core.size());
    // 관절통 is no part of 관절통증: what follows a stem is a comma, a blank or a bracket.
    if (!after.isEmpty() && after.at(0).isLetterOrNumber())
        return {};
    while (!after.isEmpty() && (after.at(0).isSpace() || after.at(0) == QLatin1Char(',')))
        after.remove(0, 1);
    const auto known = [](const QString &words) { return rules().open.contains(words.toLower()); };
    for (const QString &ending : rules().endings) {
        if (before.endsWith(ending) && before.size() > ending.size() + 1 && !known(before))
            before.chop(ending.size());
    }
    QStringList parts{before.trimmed(), after.trimmed()};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

std::vector<CodeRefinement> TermRefiner::below(
    const services::TermHit &chosen, const std::vector<services::TermHit> &children)
{
    return chips(members(titleOf(chosen), children));
}

std::vector<CodeRefinement> TermRefiner::beside(const services::TermHit &chosen,
    const services::TermHit &parent, const std::vector<services::TermHit> &siblings)
{
    const QString stem = titleOf(parent);
    const QString said = added(titleOf(chosen), stem).toLower();
    const bool open = rules().open.contains(said);
    const QString usual = rules().usual.value(said);
    if (!open && usual.isEmpty())
        return {};
    std::vector<Member> family = members(stem, siblings);
    std::erase_if(family, [&](const Member &member) {
        const QString words = member.words.toLower();
        return member.hit->code == chosen.code || rules().open.contains(words) || rules().rest.contains(words)
            || (!open && member.axis != usual);
    });
    return chips(family);
}

bool TermRefiner::graded(const QString &system, const QString &code)
{
    const auto &ranges = rules().graded;
    return std::any_of(
        ranges.begin(), ranges.end(), [&](const Range &range) { return range.holds(system, code); });
}

} // namespace naru::ui
