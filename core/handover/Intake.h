// What the four readers share: text on entry, provenance, notes, and the bound on the number of entries. One
// per file read.
#pragma once

#include "core/handover/ReadHandOver.h"

namespace naru::handover {

class Intake {
public:
    // `formatKey` is HandOver::format, `label` what people see beside each value.
    Intake(const ReadOptions &options, const char *formatKey, const QString &label);

    clinical::HandOver &out() { return m_out; }
    const ReadOptions &options() const { return m_options; }

    // NFC, trimmed; control characters except line ends and tabs are dropped, and a resident number in the
    // middle of other text (610302-1234567) is masked: it belongs into its own field or nowhere.
    static QString text(const QString &raw);
    // A date or time in any accepted form; null and a note when it is none of them.
    base::Timestamp time(const QString &raw, const QString &place);
    // Kind Emr, the label; `original` only when the value differs from what was received.
    clinical::Source source(const QString &received = {}, const QString &kept = {}) const;
    void note(const QString &place, const QString &message);
    // False from the first entry beyond the limit; `place` is remembered for the error.
    bool admit(const QString &place);

    // Patient fields keep their source by name; empty values change nothing.
    void patientText(const char *field, QString clinical::Patient::*member, const QString &raw);
    void patientBirthDate(const QString &raw, const QString &place);
    void patientSex(const QString &raw, const QString &place);
    // True when `raw` was a resident number and has been taken.
    bool takeResidentNumber(const QString &raw);
    // Fills gaps from the resident number, checks that there is a patient and that the limit held.
    base::Result<clinical::HandOver> finish();

private:
    const ReadOptions &m_options;
    clinical::HandOver m_out{};
    QString m_label;
    int m_entries = 0;
    int m_unheardNotes = 0;
    QString m_overflow{};
};

} // namespace naru::handover
