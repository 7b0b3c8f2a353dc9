// The tests one object has to pass: each parameter of a Find query is a row (parameter -> where its value
// lives).
#pragma once

#include "app/practice/registry/StoredQuery.h"

namespace naru::practice {

bool passesDocumentFilter(const RegistryObject &object, const QueryRequest &request);
bool passesSetFilter(const RegistryObject &object, const QueryRequest &request);
bool passesFolderFilter(const RegistryObject &object, const QueryRequest &request);
// Format and confidentiality, which the "...AndContents" queries and GetAll restrict too.
bool passesContentFilter(const RegistryObject &object, const QueryRequest &request);

} // namespace naru::practice
