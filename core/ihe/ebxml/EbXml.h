// ebRIM 3.0 as XDS uses it: metadata to XML (strict) and back (lenient, streaming: 10,000 entries are read
// without a tree).
#pragma once

#include "core/base/Xml.h"
#include "core/ihe/ebxml/RegistryResponse.h"
#include "core/ihe/metadata/Metadata.h"
#include "core/ihe/soap/Soap.h"

namespace naru::ihe {

// lcm:SubmitObjectsRequest. Symbolic entryUuids ("Document01") are written as they are.
QByteArray writeSubmitObjects(const RegistryContent &content);

// An AdhocQueryResponse or RegistryResponse inside its envelope.
struct RegistryAnswer {
    SoapReply soap{}; // header, fault; `body` holds only the name of the payload element
    RegistryResponse response{};
    RegistryContent content{};
    QStringList objectRefs{}; // entryUUIDs of an ObjectRef answer
    QStringList deviations{};
};
base::Result<RegistryAnswer> readRegistryAnswer(const QByteArray &envelope);

// Budgets of a registry answer: 10,000 LeafClass entries are about 100 MB and two million elements.
base::XmlBudget registryBudget();

} // namespace naru::ihe
