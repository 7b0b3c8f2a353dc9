#include "ui/forms/TermRows.h"

#include "core/base/Oid.h"
#include "core/base/Tsv.h"
#include "core/terminology/Spelling.h"
#include "ui/forms/TermRefiner.h"
#include "ui/forms/sidesTable.h"

#include <QHash>

#include <algorithm>

namespace naru::ui {

namespace {

constexpr int kDetailNames = 12; // of the synonyms; a code may have hundreds
constexpr qsizetype kDotAfter = 3;

bool isKcd(const QString &system)
{
    static const QString kcd = base::oid("kcd").text();
    return system == kcd;
}

struct SideRange {
    QString from{}, to{};
};

// By system; asked for every row of every key press.
const QHash<QString, std::vector<SideRange>> &sideRanges()
{
    static const QHash<QString, std::vector<SideRange>> ranges = [] {
        QHash<QString, std::vector<SideRange>> all;
        const base::TsvTable table = base::TsvTable::parse(forms::tables::sides);
        for (int i = 0; i < table.rowCount(); ++i) {
            all[base::oid(table.at(i, "system").toLatin1().constData()).text()].push_back(
                {table.at(i, "from"), table.at(i, "to")});
        }
        return all;
    }();
    return ranges;
}

} // namespace

QString TermRows::shownCode(const QString &system, const QString &code)
{
    return isKcd(system) ? terminology::kcdFor(terminology::Channel::Fhir, code) : code;
}

bool TermRows::sided(const QString &system, const QString &code, const QString &name)
{
    for (const char *said : {"왼쪽", "오른쪽", "양쪽", "한쪽", "좌측", "우측", "양측"}) {
        if (name.contains(QString::fromUtf8(said)))
            return false;
    }
    const auto ranges = sideRanges().value(system);
    return std::any_of(ranges.begin(), ranges.end(), [&](const SideRange &range) {
        const QString head = code.left(range.from.size()).toUpper();
        return head.size() == range.from.size() && head >= range.from && head <= range.to;
    });
}

QString TermRows::limits(const services::TermHit &hit)
{
    QStringList words;
    if (hit.sex == terminology::Sex::Male)
        words << tr("men");
    else if (hit.sex == terminology::Sex::Female)
        words << tr("women");
    if (hit.ageFrom > 0 && hit.ageTo > 0)
        words << tr("aged %1 to %2").arg(hit.ageFrom).arg(hit.ageTo);
    else if (hit.ageTo > 0)
        words << tr("aged %1 or less").arg(hit.ageTo);
    else if (hit.ageFrom > 0)
        words << tr("aged %1 or more").arg(hit.ageFrom);
    return words.join(QStringLiteral(", "));
}

CodeChoice TermRows::choice(const services::TermHit &hit)
{
    using Marked = CodeChoice::Marked;
    CodeChoice row;
    row.key = hit.system + QLatin1Char('|') + hit.code;
    row.code = shownCode(hit.system, hit.code);
    row.systemName = hit.systemName;
    row.ko = hit.ko;
    row.en = hit.en;
    row.matched = hit.matched;
    row.recent = hit.recent;
    row.favourite = hit.favourite;
    row.children = hit.children;
    row.complete = hit.complete;
    row.mainAllowed = hit.mainAllowed;
    row.notifiable = hit.notifiable;
    row.retired = hit.retired;
    row.replacedBy = shownCode(hit.system, hit.replacedBy);
    row.replacedByName = hit.replacedByName;
    row.sexConflict = hit.sexConflict;
    row.ageConflict = hit.ageConflict;
    row.limits = limits(hit);
    row.similar = hit.similar;
    row.patientOwn = hit.patientOwn;
    row.used = hit.used;
    row.sided = sided(hit.system, hit.code, hit.ko);
    row.graded = TermRefiner::graded(hit.system, hit.code);
    row.coded.code = hit.code;
    row.coded.system = hit.system;
    row.coded.display = !hit.ko.isEmpty() ? hit.ko : hit.en;
    row.coded.displayEn = hit.en;
    switch (hit.source) {
    case services::TermSource::Korean:
        row.markedIn = Marked::Ko;
        break;
    case services::TermSource::English:
        row.markedIn = Marked::En;
        break;
    case services::TermSource::Code:
        row.markedIn = Marked::Code;
        break;
    default:
        row.markedIn = Marked::Matched;
    }
    for (const terminology::TermMark &mark : hit.marks) {
        CodeMark shown{mark.from, mark.length, mark.half};
        if (row.markedIn == Marked::Code && row.code.size() > hit.code.size()) { // the dot is ours
            if (shown.from >= kDotAfter)
                ++shown.from;
            else if (shown.from + shown.length > kDotAfter)
                ++shown.length;
        }
        if (shown.half && shown.length > 1) { // only the last syllable of the stretch is half typed
            row.marks.push_back({shown.from, shown.length - 1, false});
            shown.from += shown.length - 1;
            shown.length = 1;
        }
        row.marks.push_back(shown);
    }
    return row;
}

std::vector<CodeChoice> TermRows::choices(const std::vector<services::TermHit> &hits)
{
    std::vector<CodeChoice> rows;
    rows.reserve(hits.size());
    for (const services::TermHit &hit : hits)
        rows.push_back(choice(hit));
    return rows;
}

services::TermHit TermRows::hit(const CodeChoice &choice)
{
    services::TermHit hit;
    hit.system = choice.coded.system;
    hit.systemName = choice.systemName;
    hit.code = choice.coded.code;
    hit.ko = choice.ko;
    hit.en = choice.en;
    hit.favourite = choice.favourite;
    return hit;
}

// What a claim would say about the code, as far as its list knows.
QString TermRows::claims(const services::TermHit &hit)
{
    if (!isKcd(hit.system))
        return {};
    QStringList words;
    const QString instead =
        (shownCode(hit.system, hit.replacedBy) + QLatin1Char(' ') + hit.replacedByName).trimmed();
    if (hit.retired)
        words << (instead.isEmpty() ? tr("deleted") : tr("deleted, use %1").arg(instead));
    if (!hit.complete)
        words << (hit.children > 0 ? tr("incomplete: one of the %n code(s) below", nullptr, hit.children)
                                   : tr("incomplete: needs one more character"));
    if (!hit.mainAllowed)
        words << tr("not as main diagnosis");
    if (hit.notifiable)
        words << tr("to be reported by law");
    return words.isEmpty() ? tr("accepted as it stands") : words.join(QStringLiteral(" · "));
}

// The version of the table a code comes from, and since when it is in force.
QString TermRows::release(const QString &system, const terminology::Terminology &terms)
{
    for (const auto &file : terms.files()) {
        if (!file->systems().contains(system))
            continue;
        if (terminology::isStarter(*file))
            return tr("starter terms, not an official list");
        const terminology::IndexMeta &meta = file->meta();
        const QString name = (meta.title + QLatin1Char(' ') + meta.version).trimmed();
        return meta.validFrom.isValid()
            ? tr("%1, in force from %2").arg(name, meta.validFrom.toString(Qt::ISODate))
            : name;
    }
    return {};
}

std::vector<CodeDetail> TermRows::details(const services::TermHit &hit, const terminology::Terminology &terms)
{
    std::vector<CodeDetail> out;
    const auto add = [&](const QString &label, const QString &text) {
        if (!text.isEmpty())
            out.push_back({label, text});
    };
    const auto found = terms.show(hit.system, hit.code);
    add(tr("Korean"), hit.ko);
    add(tr("English"), hit.en);
    if (found) {
        QStringList names = found->synonyms + found->aliases;
        names.removeDuplicates();
        const auto more = names.size() - kDetailNames;
        names = names.mid(0, kDetailNames);
        if (more > 0)
            names << tr("%n more", nullptr, int(more));
        add(tr("Other names"), names.join(QStringLiteral(" · ")));
        QStringList links;
        for (const terminology::CodeLink &link : found->links) {
            const auto there = terms.show(link.system, link.code);
            links << base::oidTitle(link.system) + QLatin1Char(' ') + shownCode(link.system, link.code)
                    + (there ? QLatin1Char(' ') + (there->ko.isEmpty() ? there->en : there->ko) : QString());
        }
        add(tr("Other systems"), links.join(QStringLiteral(" · ")));
        add(tr("Note"), found->help);
    }
    add(tr("Claims"), claims(hit));
    add(tr("For"), limits(hit));
    const auto day = [](QDate date) { return date.toString(Qt::ISODate); };
    if (hit.validFrom.isValid() || hit.validTo.isValid())
        add(tr("Valid"), day(hit.validFrom) + QStringLiteral(" – ") + day(hit.validTo));
    add(tr("Release"),
        (base::oidTitle(hit.system) + QStringLiteral("  ") + release(hit.system, terms)).trimmed());
    return out;
}

} // namespace naru::ui
