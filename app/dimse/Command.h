// A DIMSE command set (PS3.7 annex E): group 0000, implicit little endian. Read and written here, since a
// library would read the peer's bytes with a general parser.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>

#include <optional>

namespace naru::dimse {

namespace field {
constexpr quint16 StoreRq = 0x0001, GetRq = 0x0010, FindRq = 0x0020, MoveRq = 0x0021, EchoRq = 0x0030,
                  EventRq = 0x0100, ActionRq = 0x0130, CancelRq = 0x0FFF, Response = 0x8000;
}

struct Command {
    quint16 field = 0;
    std::optional<quint16> id{}, respondsTo{}, priority{}, status{}, eventType{}, actionType{}, remaining{},
        completed{}, failed{}, warning{};
    QByteArray affectedClass{}, requestedClass{}, affectedInstance{}, requestedInstance{}, destination{},
        comment{};
    bool hasData = false;

    QByteArray encode() const;
    // Empty when it is none; lengths are checked, unknown elements passed over, texts trimmed.
    static std::optional<Command> decode(const QByteArray &bytes);
    bool isPending() const { return status && (*status == 0xFF00 || *status == 0xFF01); }
    // The answer to this request, without data.
    Command response(quint16 withStatus) const;
};

} // namespace naru::dimse
