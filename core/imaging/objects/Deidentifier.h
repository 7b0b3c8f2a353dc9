// One object on its way through the profile. Of this folder.
#pragma once

#include "core/imaging/objects/DeidentifyRules.h"
#include "core/imaging/objects/Identifiers.h"

namespace naru::imaging {

class Deidentifier {
public:
    Deidentifier(const Anonymiser &anonymiser, const AnonymiseOptions &options, const DataSetValue &original)
        : m_anonymiser(anonymiser)
        , m_options(options)
        , m_identifiers(original)
    {
    }
    DataSetValue apply(const DataSetValue &set, int depth);
    const AnonymiseCounts &counts() const { return m_counts; }

private:
    // False: the element goes.
    bool change(DataElement &element, int depth);
    bool act(DataElement &element, DeidentifyAction action, DeidentifyAction otherwise, int depth);
    bool unlisted(DataElement &element, int depth);
    bool keep(DataElement &element, int depth, bool sweep);
    bool clean(DataElement &element, DeidentifyAction otherwise, int depth);
    bool shift(DataElement &element);
    bool dummy(DataElement &element, int depth);
    bool uids(DataElement &element, int depth);
    DataSetValue dummyItem(const DataSetValue &item, int depth);

    const Anonymiser &m_anonymiser;
    const AnonymiseOptions &m_options;
    Identifiers m_identifiers;
    AnonymiseCounts m_counts{};
};

} // namespace naru::imaging
