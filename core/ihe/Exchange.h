// The bytes between a transaction's encode/decode and the wire.
#pragma once

#include "core/base/Result.h"
#include "core/net/MtomWriter.h"

#include <QByteArray>
#include <QStringList>
#include <memory>
#include <vector>

namespace naru::ihe {

// What encode() makes: one payload element, and for MTOM its attachments.
struct Outgoing {
    QByteArray body{};
    std::vector<net::MtomAttachment> attachments{};
    QByteArray boundary{}; // empty: a fresh one
};

// Where documents of an answer go while they arrive. Bodies come one after the other, before it is known
// which document they are; the answer names them by index afterwards. Called on the thread of the
// transaction.
class BodySink {
public:
    virtual ~BodySink() = default;
    virtual base::Status begin(int body) = 0;
    virtual base::Status data(int body, QByteArrayView bytes) = 0;
    virtual base::Status end(int body) = 0;
};

struct ReceivedBody {
    QByteArray contentId{}; // empty for inline base64
    QByteArray contentType{};
    qint64 size = 0;
    QString sha1Hex{};
    QByteArray bytes{}; // only when no sink was given
    bool complete = false; // inline base64 was broken when false
};

// What decode() gets.
struct Received {
    QByteArray root{}; // the SOAP envelope; Document elements emptied when `bigAnswer`
    std::vector<ReceivedBody> bodies{};
    std::vector<int>
        inlineBodies{}; // by ordinal of the Document elements: index into bodies, -1 when not inline
    QString messageId{}; // of our request
    QString answerAction{};
    QStringList deviations{};
};

} // namespace naru::ihe
