// Questions to a node in the clinic's words, and its answers.
#pragma once

#include "core/imaging/dimse/DimseClient.h"
#include "core/services/PacsTypes.h"

namespace naru::services {

// A name as PS3.4 C.2.2.2.4 matches it, so that it is found with and without the caret between family and
// given name and in any component group.
QString nameKey(const QString &name);
imaging::dimse::Query studyQuery(const PacsNode &node, const PacsQuery &query);
PacsStudy studyOf(const imaging::dimse::Match &match);

struct PacsInstance { // of a study, as the node lists it
    QString seriesUid{}, sopUid{}, sopClass{};
};
// Series by series, as hierarchical nodes want it. Empty: the node lists no instances, or says itself that
// its list is cut short.
base::Result<std::vector<PacsInstance>> listInstances(imaging::dimse::Client &client, const PacsNode &node,
    const PacsStudy &study, const base::WorkContext &work);

} // namespace naru::services
