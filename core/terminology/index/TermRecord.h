// One term in the bytes of an index file. System, field and category stand in a table of groups: a record is
// read together with its group.
#pragma once

#include "core/terminology/Concept.h"
#include "core/terminology/index/Bytes.h"

#include <span>

namespace naru::terminology {

struct TermGroup {
    QString system{}, field{}, category{};
    friend bool operator==(const TermGroup &, const TermGroup &) = default;
};

// Without system, field and category; `systems` are the code systems that links may name.
void writeRecord(std::string &out, const Concept &term, const QStringList &systems);
Concept readRecord(std::span<const unsigned char> bytes, const TermGroup &group, const QStringList &systems);

// Single facts without reading the rest.
struct RecordFacts {
    QDate validFrom{}, validTo{};
    bool complete = true;
};
RecordFacts readFacts(std::span<const unsigned char> bytes);
int compareCode(std::span<const unsigned char> bytes, QStringView code);
QString readCode(std::span<const unsigned char> bytes);
std::uint32_t readCodeHead(std::span<const unsigned char> bytes); // its first three characters

} // namespace naru::terminology
