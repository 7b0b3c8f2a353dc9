// A DICOM peer that does what a test tells it, byte by byte, and data sets to send.
#pragma once

#include "core/imaging/dimse/DimseTypes.h"

#include <QByteArray>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace dimsetest {

// An element; `value` is padded.
QByteArray element(quint32 tag, const char *vr, QByteArray value);
QByteArray implicitElement(quint32 tag, QByteArray value);
// A small CT instance as Part 10 file in Explicit VR Little Endian.
QByteArray instance(const QByteArray &uid, qsizetype pixels = 512);
naru::imaging::dimse::Instance toSend(const QByteArray &uid, qsizetype pixels = 512);

struct Heard {
    quint8 type = 0; // of the PDU; 0: the connection ended
    quint8 context = 0;
    bool command = false;
    quint16 field = 0, id = 0, status = 0xFFFF;
    QByteArray body{};
};

class Talk { // one connection, from the peer's side
public:
    explicit Talk(int socket)
        : m_socket(socket)
    {
    }
    void raw(const QByteArray &bytes);
    QByteArray read(qsizetype size);
    QByteArray pdu(quint8 *type);
    // Reads A-ASSOCIATE-RQ and accepts every context with its first transfer syntax, except for these
    // abstract syntaxes.
    bool accept(const QByteArrayList &refused = {});
    Heard hear(); // one PDU; a command is taken apart
    Heard hearCommand(); // skips data
    void say(quint8 context, const QByteArray &command, const QByteArray &data = {});
    void data(quint8 context, const QByteArray &bytes, bool last = true);
    void releaseIfAsked();
    quint8 contextOf(const QByteArray &abstractSyntax) const;
    // A-ASSOCIATE-RQ for these abstract syntaxes in explicit little endian, as their user and provider both.
    // The type of what comes back: 2 accepted, 3 rejected, 0 the connection ended; `body` is its body.
    quint8 ask(const QByteArray &called, const QByteArray &calling, const QByteArrayList &abstractSyntaxes,
        QByteArray *body = nullptr);
    int socket() const { return m_socket; }

private:
    int m_socket;
    std::vector<std::pair<QByteArray, quint8>> m_contexts{};
};

QByteArray pduOf(quint8 type, const QByteArray &body);
QByteArray commandSet(std::vector<std::pair<quint16, QByteArray>> elements); // group 0000
QByteArray word(quint16 value);
// The answer to what was heard: field | 8000, status, with data or not.
QByteArray answer(const Heard &heard, quint16 status, bool hasData = false,
    std::vector<std::pair<quint16, QByteArray>> more = {});

class Peer {
public:
    using Script = std::function<void(Talk &, int visit)>; // visit: 0 the first connection
    explicit Peer(Script script);
    ~Peer();
    int port() const { return m_port; }
    int visits() const { return m_visits; }

private:
    Script m_script;
    int m_listener = -1, m_port = 0;
    std::atomic<int> m_visits{0};
    std::jthread m_thread{};
};

// A connection to a listener, from the side that asks.
class Caller {
public:
    explicit Caller(int port);
    ~Caller() { hangUp(); }
    Caller(const Caller &) = delete;
    Caller &operator=(const Caller &) = delete;
    Talk &talk() { return m_talk; }
    void hangUp();

private:
    int m_socket;
    Talk m_talk;
};

naru::imaging::dimse::Node nodeAt(int port);
naru::imaging::dimse::Limits quickLimits(); // one second of patience, the program of this build

} // namespace dimsetest
