// The same laboratory value in every document kept here, for the chart: by its code, else by its name, and in
// one unit only.
#pragma once

#include "core/clinical/Document.h"
#include "core/services/Types.h"
#include "ui/pages/documents/TrendChart.h"

#include <optional>

namespace naru::services {
class Profile;
}

namespace naru::ui {

struct TrendQuestion {
    QString code{};
    QString itemName{}; // folded
    Trend start{}; // with the value it was asked from
};

// Nothing when the entry has no number. The chosen row may be the group; its only value counts then.
std::optional<TrendQuestion> trendQuestion(const clinical::Entry &entry, const clinical::Document &document);
// Opens every document of the patient: for a job. Without a patient the value stands alone.
Trend findTrend(services::Profile &profile, const services::PatientKey &patient, const TrendQuestion &wanted,
    const base::WorkContext &work);

} // namespace naru::ui
