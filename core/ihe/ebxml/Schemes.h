// Lookups in ebxml/schemes.tsv. Internal to core/ihe.
#pragma once

#include <QString>

namespace naru::ihe {

// scheme("DocumentEntry", "classification", "classCode") -> "urn:uuid:41a5887f-..."; ends the program when
// there is no such row: that is a typing mistake of ours.
const QString &scheme(const char *object, const char *kind, const char *field);

struct SchemeRow {
    QString object{}, kind{}, field{};
};
const SchemeRow *schemeRow(const QString &uuid); // nullptr when unknown; letter case does not matter

} // namespace naru::ihe
