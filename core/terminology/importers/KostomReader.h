// 보건의료용어표준 (KOSTOM): rows are names, a concept (개념코드) groups them. The preferred name is the row
// whose term code is the concept code, otherwise the first row.
#pragma once

#include "core/terminology/importers/MasterReader.h"

namespace naru::terminology::importing {

class KostomReader : public MasterReader {
public:
    using MasterReader::MasterReader;
    void add(const RowView &row) override;
    std::vector<Concept> finish() override;

private:
    // Every row by its term code, to tell a repeated row from a contradiction.
    struct Seen {
        std::size_t concept_ = 0;
        qint64 row = 0;
        std::size_t names = 0; // hash of both names
    };
    void addLinks(const RowView &row, Concept &term);
    void addName(const RowView &row, Concept &term, const QString &code);
    const QString &fieldOfTable(const TablePlace &place);
    bool isRepeated(const RowView &row, const QString &code, std::size_t at);

    TablePlace m_place{}; // of the last row, and the field it says
    QString m_field{};
    QHash<QString, Seen> m_seen{};
    std::vector<QString> m_termCodes{}; // of the preferred row, by concept
    std::vector<bool> m_named{}; // has a name that is no axis string
};

// "a:b:c:d" of LOINC or "CT;Abdomen;.." of radiology instead of a name.
bool isAxisString(QStringView name);

} // namespace naru::terminology::importing
