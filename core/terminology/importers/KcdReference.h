// The bracket at the end of a row of the classification: "(J45.-)", "(A09.9)", "(M90.2*)", "(A18.0†)".
#pragma once

#include <QString>
#include <QStringList>

namespace naru::terminology::importing {

struct KcdReferences {
    enum class Kind {
        None, // no bracket, or one with words in it (optional text, Hanja)
        Other, // codes of other diseases
        Asterisk, // the manifestation code that goes with this one: the row is an inclusion
        Dagger, // the underlying code of a manifestation
        Range, // "(A00-A09)": no single code to lead to
    };
    Kind kind = Kind::None;
    QStringList codes{}; // no dot; "J45.-" is "J45"
    QString text{}; // the row without the bracket
};

KcdReferences kcdReferences(const QString &text);

// "A17.0†" -> code "A170", mark '+'; "G01*" -> "G01", '*'. Blocks ("A00-A09") keep their spelling.
struct MarkedCode {
    QString code{};
    QChar mark{};
};
MarkedCode markedKcd(QStringView text);

bool isUsageNote(const QString &text); // by tables/kcdrows.tsv
bool isLegend(QStringView text); // "0 경도"
QString withoutRowPrefix(QString text); // "제외: 천식" -> "천식"

} // namespace naru::terminology::importing
