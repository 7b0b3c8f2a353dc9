// Key Object Selection documents (PS3.3 A.35.4, C.17.6; PS3.16 TID 2010): chosen images of a study, and the
// manifest of what is shared (XDS-I.b, IHE RAD TF-3 4.68.4.1.2), which is a key object document entitled
// "Manifest".
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/Code.h"
#include "core/imaging/objects/References.h"
#include "core/imaging/objects/Subject.h"

namespace naru::imaging {

// The request that the images answer (Referenced Request Sequence); the studies need not have one.
struct ImagingRequest {
    QString studyUid{}, accession{}, issuerOfAccession{} /* universal entity id */, placerOrder{},
        fillerOrder{}, procedureId{}, procedureDescription{};
    Code procedure{};
    friend bool operator==(const ImagingRequest &, const ImagingRequest &) = default;
};

struct KeyObjectDocument {
    ObjectHeader header{};
    Code title{}; // of CID 7010: code("ofInterest"), code("manifest"), code("forReferringProvider") ...
    Code modifier{}; // "Document Title Modifier", for titles that need one (113001 rejected for quality)
    QString description{};
    QString observer{}; // a person, "Hong^Gildong=洪^吉洞=홍^길동"
    std::vector<ReferencedStudy> studies{}; // the first is that of the header
    std::vector<ImagingRequest> requests{};
    friend bool operator==(const KeyObjectDocument &, const KeyObjectDocument &) = default;
};

// imaging.Incomplete: no instance, no title, or no study. One document may name several studies (C.17.6.2);
// the copies that the standard wants in each of them (Identical Documents Sequence) are the caller's to make.
base::Result<DataSetValue> toDataSet(const KeyObjectDocument &document);
// imaging.WrongObject for another SOP class. What the content names beyond the evidence, and the reverse, is
// kept as evidence: a manifest is read for what can be retrieved.
base::Result<KeyObjectDocument> keyObjectsOf(const DataSetValue &set);

// How the UID of a manifest is made; sites differ. Empty root: 2.25.<UUID>.
struct ManifestUidRule {
    QString root{}; // the institution's OID
    bool time = true; // yyyyMMddHHmmss as an arc of its own together with the digits
    int randomDigits = 23;
};
// imaging.BadUidRule when it does not fit into 64 characters or the root is no OID.
base::Result<QString> newManifestUid(const ManifestUidRule &rule, const QDateTime &when);

} // namespace naru::imaging
