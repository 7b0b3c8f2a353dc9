// Tables of how often a code is used in public claims: code, name, patients, claims. The same code may stand
// in several rows (by year, sex, age): they are added up.
#pragma once

#include "core/terminology/importers/MasterReader.h"

namespace naru::terminology::importing {

class FrequencyReader : public MasterReader {
public:
    using MasterReader::MasterReader;
    void setSystem(const QString &oid) override { m_system = oid; }
    void add(const RowView &row) override;
    // Weights of 1..1000 on a logarithmic scale: the most frequent code has 1000.
    std::vector<Concept> finish() override;

private:
    QString m_system{};
    std::vector<qint64> m_counts{};
};

} // namespace naru::terminology::importing
