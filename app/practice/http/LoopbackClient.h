// HTTPS to ourselves: how a repository reaches the registry (ITI-42), over the same wire as everyone else.
#pragma once

#include "app/practice/soap/Soap.h"

#include <optional>

namespace naru::practice {

struct LoopbackSettings {
    int port = 0;
    QString caFile{}, certificateFile{}, keyFile{};
};

// Empty when there was no answer.
std::optional<HttpAnswer> postLoopback(const LoopbackSettings &settings, const QString &path,
    const QString &submitter, const QByteArray &contentType, const QByteArray &body);

// Header by which a repository tells the registry on whose behalf it registers; believed from the exchange's
// own certificate only.
inline constexpr auto submitterHeader = "X-Practice-Submitter";

} // namespace naru::practice
