// RFC 4180 with what spreadsheets add: comma, semicolon or tab (whichever the header row uses), LF as well as
// CRLF.
#pragma once

#include "core/base/Result.h"

#include <QString>
#include <QStringList>
#include <vector>

namespace naru::handover {

struct CsvRow {
    QStringList cells{};
    int line = 0; // in the file, from 1; a quoted cell may span several
};

struct CsvBudget {
    int rows = 10'001;
    int columns = 512;
};

base::Result<std::vector<CsvRow>> parseCsv(const QString &text, const CsvBudget &budget = {});

} // namespace naru::handover
