// 주민등록번호 by its form: thirteen digits, the first six a date, the seventh a century and sex. No check
// digit: numbers given out since October 2020 have none. Numbers are handled here and in
// Patient::residentNumber, nowhere else.
#pragma once

#include "core/clinical/Parties.h"

#include <optional>

namespace naru::handover {

struct ResidentNumber {
    QString digits{}; // exactly thirteen
    QDate birthDate{};
    clinical::Sex sex = clinical::Sex::Unknown;

    // "610302-1234567", "6103021234567"; nothing for any other shape and for impossible dates.
    static std::optional<ResidentNumber> parse(QStringView text);
};

} // namespace naru::handover
