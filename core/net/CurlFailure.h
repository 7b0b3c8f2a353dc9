// What a finished libcurl transfer means in the words of this room. Internal to core/net.
#pragma once

#include "core/base/Error.h"

#include <QByteArray>
#include <QString>
#include <curl/curl.h>

namespace naru::net {

struct TransferState {
    QString host{};
    bool bodyStarted = false; // libcurl has asked for body bytes
    bool answered = false; // any byte of an answer came
    bool tooLarge = false;
    bool stopped = false;
    bool refusedAfterHandshake = false; // a TLS alert came before we sent anything
    qint64 limit = 0;
};

base::Error curlFailure(CURLcode code, const QByteArray &text, const TransferState &state);
// The reason inside a TLS alert that rejects a client certificate, empty when the text tells of something
// else.
QString clientCertificateAlert(const QByteArray &text);

} // namespace naru::net
