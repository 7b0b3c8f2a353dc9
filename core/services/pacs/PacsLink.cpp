#include "core/services/pacs/PacsLink.h"

#include "core/services/Errors.h"
#include "core/services/pacs/DimseLink.h"
#include "core/services/pacs/WebLink.h"

namespace naru::services {

std::unique_ptr<PacsLink> linkTo(const PacsNode &node, int matches)
{
    if (node.web.isEmpty())
        return std::make_unique<DimseLink>(node, matches);
    return std::make_unique<WebLink>(node, matches);
}

base::Result<PacsStudy> askStudy(PacsLink &link, const QString &studyUid, const base::WorkContext &work)
{
    PacsQuery query;
    query.studyUid = studyUid;
    NARU_ASSIGN(const PacsLink::Found found, link.find(query, work));
    for (const PacsStudy &study : found.studies) {
        if (study.studyUid == studyUid)
            return study;
    }
    return base::Error(errors::PacsNoStudy);
}

} // namespace naru::services
