// Coded values, identifiers and provenance: the small types every clinical record is made of.
#pragma once

#include "core/base/Timestamp.h"

#include <QString>
#include <compare>
#include <vector>

namespace naru::clinical {

// One concept as chosen or received. Codes are kept in the spelling of their source; channels that need
// another spelling (I614 / I61.4) ask terminology's normaliser.
struct CodedValue {
    QString code{};
    QString system{}; // OID
    QString display{}; // preferred name, Korean where there is one
    QString displayEn{};
    QString originalText{}; // the doctor's own words
    QString nullFlavor{}; // HL7 NullFlavor when there is no code: "NI", "UNK", ...
    std::vector<CodedValue> translations{};
    // The side of a paired organ when the code itself has none: "left", "right" or "both". Said in words in
    // originalText too, for channels that carry no qualifier.
    QString side{};
    // How severe, when the classification has no code of its own for it: "mild", "moderate" or "severe". Said
    // in words in originalText too.
    QString severity{};

    bool isEmpty() const { return code.isEmpty() && display.isEmpty() && originalText.isEmpty(); }
    // What a person reads first: original text, else display, else code.
    const QString &text() const
    {
        return !originalText.isEmpty() ? originalText : !display.isEmpty() ? display : code;
    }
    friend bool operator==(const CodedValue &, const CodedValue &) = default;
};

// HL7 II / CX: root is an OID (the assigning authority), extension the value below it.
struct Identifier {
    QString root{};
    QString extension{};

    bool isEmpty() const { return root.isEmpty() && extension.isEmpty(); }
    QString toCx() const // "extension^^^&root&ISO" (HL7 CX as XDS uses it)
    {
        return extension + QStringLiteral("^^^&") + root + QStringLiteral("&ISO");
    }
    friend bool operator==(const Identifier &, const Identifier &) = default;
    friend std::strong_ordering operator<=>(
        const Identifier &a, const Identifier &b) // QString 6.4 has no <=> to default to
    {
        const int byRoot = QString::compare(a.root, b.root);
        return (byRoot != 0 ? byRoot : QString::compare(a.extension, b.extension)) <=> 0;
    }
};

// Where a value came from; shown as the chip beside it.
struct Source {
    enum class Kind { None, Typed, Emr, Document, Exchange };
    Kind kind = Kind::None;
    QString label{}; // "FHIR Bundle", "진료회송서 세브란스병원"
    QString documentId{}; // of an earlier document
    base::Timestamp asOf{};
    QString original{}; // as received, before any normalisation
    bool reviewed = false; // approved by the doctor (F7) or edited by hand

    friend bool operator==(const Source &, const Source &) = default;
};

struct Address {
    QString basic{}; // 기본주소
    QString detail{}; // 상세주소
    QString postalCode{};
    bool isEmpty() const { return basic.isEmpty() && detail.isEmpty() && postalCode.isEmpty(); }
    friend bool operator==(const Address &, const Address &) = default;
};

} // namespace naru::clinical
