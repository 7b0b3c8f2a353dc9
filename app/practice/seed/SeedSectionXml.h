// What every section of a seeded document is put together from: its frame, its table, and the parts of an
// entry.
#pragma once

#include "app/practice/seed/SeedXml.h"

namespace naru::practice {

// Code, title and template ids are a row of sections.tsv.
void openSeedSection(SeedXml &xml, const char *key, const QString &title = {});
void closeSeedSection(SeedXml &xml);
// Template ids of a row of sections.tsv.
QStringList seedTemplates(const char *key);
void writeSeedTemplates(SeedXml &xml, const char *key);
void writeSeedTable(
    SeedXml &xml, const QStringList &head, const QList<QStringList> &rows, const QString &idPrefix = {});
void writeSeedParagraphs(SeedXml &xml, const QString &text);

// The id of a row of a table, and the words of an entry that point at it.
QString seedRef(const char *prefix, size_t index);
void writeSeedReference(SeedXml &xml, const QString &id, const QString &words = {});
// effectiveTime/low; nullFlavor when nobody knows.
void writeSeedLow(SeedXml &xml, const base::Timestamp &time, const char *type = nullptr);
clinical::CodedValue seedLoinc(const char *code, const char *display);

} // namespace naru::practice
