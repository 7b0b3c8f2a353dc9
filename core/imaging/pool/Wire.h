// Messages between the pool and a decoder child over a local socket: a length, CBOR (RFC 8949) and, with a
// request, descriptors. Both ends take the other for hostile: lengths, types and numbers are checked, and one
// wrong message ends the connection.
#pragma once

#include <QByteArray>
#include <QCborMap>

#include <chrono>
#include <optional>
#include <vector>

namespace naru::imaging::wire {

constexpr quint32 MaximumRequest = 4096;
constexpr quint32 MaximumAnswer = 96 * 1024 * 1024; // overlays of many frames
constexpr int MaximumDescriptors = 2;
constexpr int SocketDescriptor = 3; // where a child finds its end

// A descriptor that is closed with its owner.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(Descriptor &&other) noexcept
        : m_number(other.release())
    {
    }
    Descriptor &operator=(Descriptor &&other) noexcept;
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor();

    int get() const { return m_number; }
    bool valid() const { return m_number >= 0; }
    int release();

private:
    int m_number = -1;
};

struct Message {
    QCborMap map{};
    std::vector<Descriptor> descriptors{};
};

enum class Got : char { Message, Closed, Timeout, Stopped, Bad };

// False: the other side is gone. Descriptors stay the caller's.
bool send(int socket, const QCborMap &map, const std::vector<int> &descriptors = {});
// Message when there is something to read.
Got waitReadable(
    int socket, std::optional<std::chrono::steady_clock::time_point> deadline, int stopDescriptor);
// Waits until `deadline` (none: for ever) or until `stopDescriptor` (-1: none) becomes readable.
Got receive(int socket, Message &message, quint32 limit,
    std::optional<std::chrono::steady_clock::time_point> deadline = {}, int stopDescriptor = -1);

} // namespace naru::imaging::wire
