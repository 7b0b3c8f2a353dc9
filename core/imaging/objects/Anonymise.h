// De-identification by the Basic Application Level Confidentiality Profile of PS3.15 annex E, whose rows are
// tables/deidentify.tsv, with its options. Private attributes, unknown ones and names of persons that the
// profile does not list are removed as well; pixels are not looked at, and burned-in text is warned of.
#pragma once

#include "core/base/Result.h"
#include "core/imaging/objects/DataSetValue.h"

#include <QMap>

namespace naru::imaging {

struct AnonymiseOptions {
    bool keepDates = false; // Retain Longitudinal Temporal Information With Full Dates
    std::optional<int> shiftDays{}; // ... With Modified Dates: all dates moved by so many days; 0 is refused
    bool keepDevice = false; // Retain Device Identity
    bool keepInstitution = false; // Retain Institution Identity
    bool keepPatient = false; // Retain Patient Characteristics: age, sex, size, weight ...
    bool keepUids = false; // Retain UIDs
    bool keepDescriptors =
        false; // Clean Descriptors: kept when free of the identifying texts of the same object
    bool keepGraphics =
        false; // Clean Graphics: annotations and overlays stay, for whoever has looked at them
    QString patientName{},
        patientId{}; // in place of the true ones; empty: derived from the secret, same for a patient
};

struct AnonymiseCounts {
    int removed = 0, emptied = 0, replaced = 0, uids = 0, dates = 0, cleaned = 0, kept = 0;
    friend bool operator==(const AnonymiseCounts &, const AnonymiseCounts &) = default;
};

struct Anonymised {
    DataSetValue set{};
    AnonymiseCounts counts{};
    // Burned In Annotation is not NO, or the object's kind often has text in its pixels. Stable words:
    // "burnedIn", "burnedInLikely", "graphics", "recognizableFace", "embeddedDocument".
    QStringList warnings{};
};

// Applies one set of options to any number of objects. The same UID, patient or date becomes the same in all
// of them, and in none of another anonymiser with another secret. Thread-safe: it holds no state but its
// options and secret.
class Anonymiser {
public:
    // An empty secret: a random one. imaging.BadOption when options contradict each other.
    static base::Result<Anonymiser> make(const AnonymiseOptions &options, const QByteArray &secret = {});
    // imaging.EmbeddedDocument for what cannot be de-identified (encapsulated PDF and CDA).
    base::Result<Anonymised> apply(const DataSetValue &set) const;
    QString uid(const QString &original) const; // 2.25.<128 bits>; empty stays empty

private:
    AnonymiseOptions m_options{};
    QByteArray m_secret{};
};

} // namespace naru::imaging
