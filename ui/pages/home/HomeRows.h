// What the home page shows, gathered off the GUI thread from the local store only.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"
#include "ui/models/RowModel.h"
#include "ui/shell/Page.h"
#include "ui/text/Language.h"

#include <QHash>

namespace naru::ui {

struct HomeSnapshot {
    services::HomeCounts counts{};
    std::vector<ModelRow> rows{};
    QHash<QString, PageRequest> targets{}; // by row id
    std::vector<services::DraftRow> recoverable{};
};

HomeSnapshot gatherHome(
    services::Profile &profile, bool everyone, int days, text::Language language, const QDateTime &now);

} // namespace naru::ui
