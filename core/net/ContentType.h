// A Content-Type or Content-Disposition value (RFC 2045 5.1): any order, any quoting, any letter case,
// missing spaces.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>
#include <QPair>

namespace naru::net {

struct ContentType {
    QByteArray type{}; // lower case, "multipart/related"
    QList<QPair<QByteArray, QByteArray>> parameters{}; // names in lower case, values unquoted

    // Lenient: what cannot be understood is left out.
    static ContentType parse(QByteArrayView value);
    QByteArray parameter(QByteArrayView name) const;
    friend bool operator==(const ContentType &, const ContentType &) = default;
};

} // namespace naru::net
