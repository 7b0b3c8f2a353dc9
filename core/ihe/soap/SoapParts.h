// The pieces of reading an envelope that the tree reader and the streaming registry reader share. Internal to
// core/ihe.
#pragma once

#include "core/ihe/soap/Soap.h"

namespace naru::ihe {

void readHeaderBlock(const base::XmlElement &block, SoapReply &reply); // one child of Header
SoapFault readFault(const base::XmlElement &fault, SoapReply &reply);
base::Error soapError(const QString &what); // ihe.Soap

} // namespace naru::ihe
