// A file as a data set: preamble and meta header if there are any (PS3.10), the transfer syntax declared or
// guessed, deflated ones inflated within a limit.
#pragma once

#include "core/imaging/decode/DataSet.h"

namespace naru::imaging {

struct ObjectFile {
    DataSet set{};
    QString sopClass{}; // of the meta header
    QString transferSyntax{};
    QStringList notes{};
    std::shared_ptr<ReadBudget> budget{};

    // imaging.NotDicom, .Truncated, .TooDeep, .Malformed, .TooLarge
    static base::Result<ObjectFile> open(std::shared_ptr<const ByteSource> source);
};

} // namespace naru::imaging
