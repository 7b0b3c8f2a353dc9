// ISO/ITU object identifier in dotted form. Parses or fails; the OIDs of this project live in
// tables/oids.tsv.
#pragma once

#include "core/base/Result.h"

#include <QStringView>

namespace naru::base {

class Oid {
public:
    Oid() = default;
    // At least two arcs, the first 0..2, the second below 40 under 0 and 1, no leading zeros, at most 64
    // characters (DICOM PS3.5 9.1, which the exchange follows). Accepts and drops the prefix "urn:oid:".
    static Result<Oid> parse(QStringView text);
    // For constants and tables that a test has checked.
    static Oid fromTable(const QString &text);
    // 2.25.<UUID as decimal>, ITU-T X.667.
    static Oid fromNewUuid();

    const QString &text() const { return m_text; }
    QString urn() const { return QStringLiteral("urn:oid:") + m_text; }
    bool isEmpty() const { return m_text.isEmpty(); }
    Oid child(const QString &arc) const { return fromTable(m_text + QLatin1Char('.') + arc); }
    friend auto operator<=>(const Oid &a, const Oid &b) { return QString::compare(a.m_text, b.m_text) <=> 0; }
    friend bool operator==(const Oid &a, const Oid &b) { return a.m_text == b.m_text; }

private:
    QString m_text{};
};

// A known OID by its name in tables/oids.tsv, e.g. oid("loinc"). An unknown name ends the program: it is a
// typing mistake of ours, and tests/core/base reads the whole table.
const Oid &oid(const char *name);
// The name for people of a code system or identifier root ("LOINC"), empty when the table has none.
QString oidTitle(const QString &oid);

// Lower-case "urn:uuid:..." of a fresh random UUID (RFC 4122 version 4).
QString newUuidUrn();

} // namespace naru::base
