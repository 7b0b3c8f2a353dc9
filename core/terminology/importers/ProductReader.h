// Lists with one code, one name and a few remarks a row: 약제급여목록, 수가반영내역, 치료재료, ICD-9-CM
// procedures.
#pragma once

#include "core/terminology/importers/MasterReader.h"

namespace naru::terminology::importing {

class ProductReader : public MasterReader {
public:
    using MasterReader::MasterReader;
    void add(const RowView &row) override;

private:
    void fill(const RowView &row, Concept &term);
    void again(const RowView &row, std::size_t at, const QDate &from);

    QHash<std::size_t, QDate> m_latest{}; // fees repeat a code for each change of price
};

} // namespace naru::terminology::importing
