// ReadDocument -> text, static HTML and JSON. Everything comes from the typed tree; nothing of the source's
// markup passes.
#pragma once

#include "core/clinical/ReadDocument.h"

#include <QJsonObject>

namespace naru::cda {

enum class Language { Korean, English };

// The whole document as people read it: heading lines, then each section's title and narrative. Every
// narrative text node is in it. Hidden characters are made visible.
QString plainText(const clinical::ReadDocument &document, Language language = Language::Korean);
// A complete HTML page: no script, no link that acts, no outside resource (a Content-Security-Policy says so
// as well). Images only from the document itself, verified PNG or JPEG, as data URI.
QString html(const clinical::ReadDocument &document, Language language = Language::Korean);
// {"form","id","title","effectiveTime","patient":{},"author":{},"recipient":[],"sections":[{"code","title","level",
// "narrative","entries":[]}],"warnings":[]}; nested sections follow their parent with a higher level.
QJsonObject json(const clinical::ReadDocument &document, Language language = Language::Korean);
QJsonObject entryJson(const clinical::Entry &entry);

// Label and value of the header as people read it, in order; empty values are left out.
std::vector<std::pair<QString, QString>> headerLines(
    const clinical::ReadDocument &document, Language language = Language::Korean);
QString sectionTitle(const clinical::Section &section, Language language = Language::Korean);

// One sentence for a warning, from tables/warnings.tsv.
QString warningText(const clinical::ReadWarning &warning, Language language = Language::Korean);

} // namespace naru::cda
