// 약가마스터 (의약품표준코드): one row a package. Gives a KD term (13 digits) for each package and an EDI
// term (9 digits) for each product, with their links: KD to EDI and ATC, EDI to ATC.
#pragma once

#include "core/terminology/importers/MasterReader.h"

namespace naru::terminology::importing {

class DrugReader : public MasterReader {
public:
    using MasterReader::MasterReader;
    void add(const RowView &row) override;
    std::vector<Concept> finish() override;

private:
    void addProduct(const RowView &row, const Concept &package);

    TermsByCode m_products{}; // the packages are m_terms
};

// Exactly `count` digits. A workbook that kept a code as a number has dropped its leading zeros: refused.
bool isDigits(QStringView code, int count);
// Several values as one line of help: "가람제약 · 500밀리그램 · 30정".
QString joinedHelp(const RowView &row, std::initializer_list<Role> roles);

} // namespace naru::terminology::importing
