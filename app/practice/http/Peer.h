// The TCP connection under a request, found by the client's port, to cut it short the hard way.
#pragma once

namespace naru::practice {

// Sends RST now. The descriptor is replaced by /dev/null, so that whoever still holds it writes into nothing.
void resetConnection(int localPort, int remotePort);

} // namespace naru::practice
