// One record from many documents: exact duplicates fold into one row with their count and sources, possible
// duplicates stay and are marked, conflicts are marked and never decided. Pure values; nothing is deleted.
#pragma once

#include "core/clinical/Content.h"

#include <QStringList>
#include <vector>

namespace naru::ui {

struct RecordSource {
    QString label{}; // "EMR", "진료회송서 2026-11-20"
    QString documentId{}; // empty: the EMR
    base::Timestamp date{};
    clinical::Content content{};
};

enum class RecordKind { Problems, Medications, Labs, Allergies, Procedures, Immunizations };

struct RecordItem {
    QString key{}; // stable within the record
    QString name{}, code{}, system{}, original{};
    QString value{}, unit{}, range{}, interpretation{}; // labs: the newest; medications: dose in value
    QString laboratory{};
    base::Timestamp date{};
    std::vector<std::size_t> sources{}; // indices into the sources, newest first, each once
    int duplicates = 0; // exact ones folded into this row
    bool conflict = false;
    bool possible = false; // may be the same as another row
    QString other{}; // what it conflicts with or resembles
    std::vector<std::pair<base::Timestamp, double>> series{}; // labs with numbers, oldest first
};

std::vector<RecordItem> mergeRecord(const std::vector<RecordSource> &sources, RecordKind kind);

} // namespace naru::ui
