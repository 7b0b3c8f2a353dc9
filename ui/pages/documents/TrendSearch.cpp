#include "ui/pages/documents/TrendSearch.h"

#include "core/base/Hangul.h"
#include "core/services/ComposeService.h"
#include "core/services/RecordService.h"

#include <algorithm>

namespace naru::ui {

namespace {

void addLabs(Trend &out, const TrendQuestion &wanted, const std::vector<clinical::LabResult> &labs,
    const services::DocumentRow &row)
{
    for (const clinical::LabResult &lab : labs) {
        const bool same = (!wanted.code.isEmpty() && lab.code.code == wanted.code)
            || (!wanted.itemName.isEmpty()
                && (base::folded(lab.item) == wanted.itemName
                    || base::folded(lab.code.text()) == wanted.itemName));
        bool ok = false;
        const double value = lab.value.toDouble(&ok);
        if (!same || !ok)
            continue;
        if (lab.unit != out.unit) { // never joined silently
            ++out.otherUnits;
            continue;
        }
        const base::Timestamp time = lab.time.isNull() ? row.created : lab.time;
        TrendPoint point{time.earliestUtc().toLocalTime(), value, lab.value,
            row.title + QLatin1Char(' ') + row.institution, lab.laboratory};
        const auto twin = std::find_if(out.points.begin(), out.points.end(),
            [&](const TrendPoint &p) { return p.when == point.when && p.text == point.text; });
        if (twin == out.points.end())
            out.points.push_back(point);
    }
}

} // namespace

std::optional<TrendQuestion> trendQuestion(const clinical::Entry &entry, const clinical::Document &document)
{
    const clinical::Entry *chosen = &entry;
    while (chosen->value.isEmpty() && chosen->children.size() == 1)
        chosen = &chosen->children.front();
    bool numeric = false;
    const double value = chosen->value.toDouble(&numeric);
    if (!numeric)
        return {};
    TrendQuestion out;
    out.code = chosen->code.code;
    out.itemName = base::folded(chosen->code.text());
    out.start.name = chosen->code.text();
    out.start.unit = chosen->unit;
    parseRange(chosen->referenceRange, out.start.low, out.start.hasLow, out.start.high, out.start.hasHigh);
    const base::Timestamp time = chosen->time.isNull() ? document.effectiveTime : chosen->time;
    out.start.points.push_back({time.earliestUtc().toLocalTime(), value, chosen->value, document.title, {}});
    return out;
}

Trend findTrend(services::Profile &profile, const services::PatientKey &patient, const TrendQuestion &wanted,
    const base::WorkContext &work)
{
    Trend out = wanted.start;
    if (patient.isEmpty())
        return out;
    for (const services::DocumentRow &row : profile.records().local(patient)) {
        if (work.stopRequested())
            break;
        if (!row.local || !row.problem.isEmpty())
            continue;
        if (const auto content = profile.compose().contentOf(row.id))
            addLabs(out, wanted, content->labs, row);
    }
    return out;
}

} // namespace naru::ui
