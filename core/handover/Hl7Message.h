// HL7 v2 pipe encoding (v2.5 chapter 2): delimiters from MSH, segments ended by CR, LF or CRLF, repetitions,
// components, escapes. Positions count from 1 as in the standard; MSH-1 is the field separator itself.
#pragma once

#include "core/base/Result.h"

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

namespace naru::handover {

struct Hl7Delimiters {
    QChar field = u'|', component = u'^', repetition = u'~', escape = u'\\', subcomponent = u'&';
};

class Hl7Segment {
public:
    Hl7Segment() = default;
    Hl7Segment(const QString &line, const Hl7Delimiters &delimiters, int number);

    QString name() const { return m_fields.value(0); }
    int number() const { return m_number; } // of the segment in its file, from 1
    int fieldCount() const { return int(m_fields.size()) - 1; }
    // Field as sent, still escaped.
    QString raw(int field) const;
    int repetitionCount(int field) const; // 0 when the field is empty
    // Component of a repetition, unescaped; empty when absent. `""` (delete the value) reads as empty.
    QString component(int field, int component = 1, int repetition = 1, int subcomponent = 1) const;
    // The whole first repetition as one text, unescaped (FT, TX, ST).
    QString textOf(int field) const;
    QString place(int field) const; // "OBX-5 (segment 7)"

private:
    QString unescaped(const QString &text) const;

    QStringList m_fields{};
    Hl7Delimiters m_delimiters{};
    int m_number = 0;
};

struct Hl7Message {
    std::vector<Hl7Segment> segments{};
    QString charset{}; // canonical name of what MSH-18 or the content said
    const Hl7Segment *first(const char *name) const; // nullptr when there is none
};

// MSH after optional BOM, blank space and MLLP start byte (0x0B).
bool looksLikeHl7(const QByteArray &bytes);

// Splits on bytes first, so that MSH-18 of each message can drive its own decoding. FHS, BHS, BTS, FTS are
// passed over. `declared` is used where MSH-18 is empty. At most `maximumSegments` over the file.
base::Result<std::vector<Hl7Message>> parseHl7(
    const QByteArray &bytes, const QString &declared, int maximumSegments);

} // namespace naru::handover
