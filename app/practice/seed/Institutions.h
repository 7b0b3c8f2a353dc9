// resources/sites/practice/institutions.tsv -> values. Columns are described in the file.
#pragma once

#include "core/clinical/Parties.h"

#include <vector>

namespace naru::practice {

// `text`: the whole file, UTF-8. Rows without a valid OID or name are an error (base.Invalid, what = line).
base::Result<std::vector<clinical::Institution>> parseInstitutions(const QByteArray &text);
base::Result<std::vector<clinical::Institution>> loadInstitutions(const QString &path);

} // namespace naru::practice
