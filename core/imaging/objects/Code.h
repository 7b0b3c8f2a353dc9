// A coded concept (PS3.3 8.8): the value in its scheme and the meaning that people read.
#pragma once

#include "core/imaging/objects/DataSetValue.h"

namespace naru::imaging {

struct Code {
    QString value{}, scheme{}, meaning{};
    bool isEmpty() const { return value.isEmpty(); }
    // The meaning is for people and does not make another concept.
    bool same(const Code &other) const { return value == other.value && scheme == other.scheme; }
    friend bool operator==(const Code &, const Code &) = default;
};

// A concept of tables/codes.tsv by its name there, e.g. code("manifest"). An unknown name is empty.
Code code(const char *name);
DataSetValue codeItem(const Code &code); // of a code sequence
Code codeOf(const DataSetValue &item); // Long and URN Code Value as well
Code codeIn(const DataSetValue &set, quint32 sequence); // of the first item

} // namespace naru::imaging
