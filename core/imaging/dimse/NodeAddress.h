// What a main program does with a node before a child may talk to it: check its settings, find its address,
// try its port.
#pragma once

#include "core/imaging/dimse/DimseTypes.h"

namespace naru::imaging::dimse {

base::Status checkNode(const Node &node); // dimse.Invalid
base::Result<QString> addressOf(const QString &host); // IPv4 in dots; dimse.Dns
base::Status tryConnect(const QString &address, int port, int seconds); // dimse.Tcp

} // namespace naru::imaging::dimse
