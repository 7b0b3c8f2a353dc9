// Korean and English words of the narrative (tables/words.tsv) and headings (tables/columns.tsv), looked up
// both ways.
#pragma once

#include "core/clinical/Document.h"

#include <QStringList>

namespace naru::cda {

QString wordKo(const char *group, const QString &value); // the value itself when the table has none
QString wordEn(const char *group, const QString &value);
QString wordValue(const char *group, const QString &ko); // empty when the table has none

struct Column {
    QString field{};
    QString ko{}, en{};
};
// Headings of a section in column order.
const std::vector<Column> &columnsOf(const QString &section);

QString signerKey(clinical::ConsentStatement::Signer signer);
clinical::ConsentStatement::Signer signerFrom(const QString &key);
QString exceptionKey(clinical::EmergencyException::Case which); // empty for None
clinical::EmergencyException::Case exceptionFrom(const QString &key);
QString categoryKey(clinical::LabResult::Category category); // "Specimen" ... as id/@extension has it
clinical::LabResult::Category categoryFrom(const QString &key);

} // namespace naru::cda
