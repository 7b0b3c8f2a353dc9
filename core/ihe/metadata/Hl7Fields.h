// HL7 v2 field types as XDS metadata uses them (IHE ITI TF-3 4.2.3.1.7): CX, CXi, XCN, XON, XTN, XPN. Reading
// is lenient; writing escapes the delimiters (\F\ \S\ \T\ \R\ \E\).
#pragma once

#include "core/clinical/Coded.h"

#include <QString>
#include <QStringList>

namespace naru::ihe {

// "id^^^&oid&ISO". `urn:oid:` in front of the authority is dropped. Empty root when there is no authority.
clinical::Identifier parseCx(const QString &cx);
QString writeCx(const clinical::Identifier &id);

struct ReferenceId { // CXi: id^^^&authority&ISO^type^home
    QString id{};
    QString authority{}; // OID
    QString type{}; // "urn:ihe:iti:xds:2013:order", ...
    QString homeCommunityId{}; // CXi.6, without urn:oid:
    static ReferenceId parse(const QString &cxi);
    QString toText() const;
    friend bool operator==(const ReferenceId &, const ReferenceId &) = default;
};

struct XdsPerson { // XCN: id^family^given^^^^^^&authority&ISO
    QString id{};
    QString family{};
    QString given{};
    QString authority{}; // OID
    static XdsPerson parse(const QString &xcn);
    QString toText() const;
    QString name() const; // as people read it; Hangul names without a space
    bool isEmpty() const { return id.isEmpty() && family.isEmpty() && given.isEmpty(); }
    friend bool operator==(const XdsPerson &, const XdsPerson &) = default;
};

struct XdsOrganization { // XON: name^^^^^&authority&ISO^^^^id, or name^^^^^^^^^oid
    QString name{};
    QString id{}; // an OID, or a local id when authority is set
    QString authority{}; // OID
    static XdsOrganization parse(const QString &xon);
    QString toText() const;
    friend bool operator==(const XdsOrganization &, const XdsOrganization &) = default;
};

struct XdsTelecom { // XTN: ^PRN^PH^^^^^^^^^number, ^NET^Internet^mail
    QString use{}; // WPN PRN ORN NET
    QString kind{}; // PH FX CP Internet
    QString value{}; // number or address
    static XdsTelecom parse(const QString &xtn);
    static XdsTelecom workPhone(const QString &number);
    QString toText() const;
    friend bool operator==(const XdsTelecom &, const XdsTelecom &) = default;
};

// sourcePatientInfo: lines PID-3, PID-5, PID-7, PID-8, PID-11 of the Slot; others are kept as received.
struct SourcePatientInfo {
    std::vector<clinical::Identifier> ids{}; // PID-3
    QString family{}, given{}; // PID-5
    base::Timestamp birthDate{}; // PID-7
    QString sex{}; // PID-8
    QString address{}; // PID-11, raw XAD
    QStringList others{}; // "PID-18|..."
    static SourcePatientInfo parse(const QStringList &values);
    QStringList toValues() const;
    bool isEmpty() const { return *this == SourcePatientInfo{}; }
    friend bool operator==(const SourcePatientInfo &, const SourcePatientInfo &) = default;
};

// Components of one field, unescaped.
QStringList splitHl7(const QString &text, QChar separator);
QString escapeHl7(const QString &text);
QString unescapeHl7(const QString &text);

} // namespace naru::ihe
