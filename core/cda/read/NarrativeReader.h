// Section text of any CDA R2 -> Block tree by allow-list, and the text behind every ID.
#pragma once

#include "core/base/Xml.h"
#include "core/clinical/ReadDocument.h"

#include <QHash>

namespace naru::cda {

// What an ID of the narrative stands for.
struct Anchor {
    QString text{}; // of the element itself
    QString row{}; // of the table row around it; the same as text for a row or outside tables
};

struct NarrativeResult {
    std::vector<clinical::Block> blocks{};
    QHash<QString, Anchor> anchors{};
    QStringList duplicateIds{};
    QStringList unsupported{}; // names of elements that are not CDA narrative
    QStringList mediaIds{}; // renderMultiMedia targets
    QHash<QString, QString>
        links{}; // row id -> first href, with "#rel" and "#rev" appended to the id for those attributes
};

NarrativeResult readNarrative(const base::XmlElement &text);
// White space as people see it: runs with a line end become one blank, other blanks stay.
QString collapsed(QStringView text);

} // namespace naru::cda
