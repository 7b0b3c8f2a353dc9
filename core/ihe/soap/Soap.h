// SOAP 1.2 with WS-Addressing 1.0: writing requests, reading answers of any dialect (1.1 fault elements in
// a 1.2 envelope, any prefix, MessageID with or without urn:).
#pragma once

#include "core/base/Xml.h"

#include <QByteArray>
#include <QStringList>
#include <optional>

namespace naru::ihe {

struct SoapHeader {
    QString action{};
    QString to{};
    QString messageId{}; // "urn:uuid:..."
    QByteArray security{}; // wsse:Security element, inserted as it is; empty: none
};

// `body` is one serialised element with all its namespace declarations.
QByteArray writeEnvelope(const SoapHeader &header, const QByteArray &body);

struct SoapFault {
    QString code{}; // local part, "Receiver"
    QString subcode{};
    QString reason{};
    QString detail{}; // text of the detail element, cut at 2,000 characters
    friend bool operator==(const SoapFault &, const SoapFault &) = default;
};

struct SoapReply {
    QString action{};
    QString messageId{};
    QString relatesTo{};
    QStringList notUnderstood{}; // mustUnderstand headers outside WS-Addressing and WS-Security
    std::optional<SoapFault> fault{};
    base::XmlElement body{}; // first element in Body; empty name when there is none
    QStringList deviations{}; // what the peer does differently, English
};

base::Result<SoapReply> readEnvelope(const QByteArray &bytes, const base::XmlBudget &budget = {});
// ihe.SoapFault, ihe.MustUnderstand, ihe.WrongAnswer; notes an unexpected Action in `deviations`.
base::Status checkReply(SoapReply &reply, const QString &messageId, const QString &answerAction);

} // namespace naru::ihe
