// Entries of a section, flattened for display and comparison.
#pragma once

#include "core/cda/read/DataTypes.h"
#include "core/clinical/ReadDocument.h"

namespace naru::cda {

class EntryReader {
public:
    EntryReader(const Anchors &anchors, int &remaining)
        : m_anchors(anchors)
        , m_remaining(remaining)
    {
    }
    // `parent` is an entry, entryRelationship or component; nothing is added when the budget is used up.
    void read(const base::XmlElement &parent, std::vector<clinical::Entry> &out);

private:
    clinical::Entry statement(const base::XmlElement &element);
    void details(const base::XmlElement &element, clinical::Entry &entry) const;
    void times(const base::XmlElement &element, clinical::Entry &entry) const;

    const Anchors &m_anchors;
    int &m_remaining;
};

bool isStatement(const QString &localName); // act, observation, ...

} // namespace naru::cda
