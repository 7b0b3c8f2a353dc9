// LOINC: the published table and, beside it or alone, a linguistic variant with Korean names.
#pragma once

#include "core/terminology/importers/MasterReader.h"

namespace naru::terminology::importing {

class LoincReader : public MasterReader {
public:
    using MasterReader::MasterReader;
    void add(const RowView &row) override;
    std::vector<Concept> finish() override;

private:
    struct Korean {
        QString name{};
        QStringList synonyms{};
        TablePlace place{};
        qint64 row = 0;
        QString column{};
    };
    void addVariant(const RowView &row, const QString &code);

    QHash<QString, Korean> m_korean{};
    bool m_hasTable = false;
};

// Digits, hyphen, one check digit: "4548-4" (Luhn, as the LOINC guide describes).
bool isLoinc(QStringView code);

} // namespace naru::terminology::importing
