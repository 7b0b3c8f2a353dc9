// The structured body of the forms: each section's table and its entries are written from the same value.
#pragma once

#include "app/practice/seed/SeedXml.h"
#include "core/clinical/Document.h"

namespace naru::practice {

void writeSeedBody(SeedXml &xml, const clinical::Document &document);

// Shared with the consent body.
void openSeedSection(SeedXml &xml, const char *key, const QString &title = {});
void closeSeedSection(SeedXml &xml);
// Template ids of a row of sections.tsv.
QStringList seedTemplates(const char *key);
void writeSeedTable(
    SeedXml &xml, const QStringList &head, const QList<QStringList> &rows, const QString &idPrefix = {});

} // namespace naru::practice
