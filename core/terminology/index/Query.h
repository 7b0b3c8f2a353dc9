// A query as the searcher wants it: words as keys, with the readings each word may have.
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace naru::terminology {

struct QueryWord {
    QByteArray keys{}; // as typed
    QByteArray initials{}; // the same keys, when the word is initial consonants (digits, Latin among them)
    QByteArray other{}; // in the other mode of the keyboard; empty when that would be noise
    QByteArray otherInitials{}; // "rgd" for ㄱㅎㅇ
    // A word such as ㅎ글: consonants in front of or between syllables. Its initials, and its letters one by
    // one.
    QByteArray mixed{};
    struct Piece {
        QByteArray keys{};
        bool initial = false; // any syllable that begins so
    };
    std::vector<Piece> pieces{};
    bool latin = false; // only Latin letters and digits
    bool hasDigit = false;
    int syllables = 0; // whole ones
};

struct Query {
    static Query parse(QStringView text);
    bool empty() const { return words.empty(); }

    std::vector<QueryWord> words{}; // at most 8
    QString text{}; // composed
    QueryWord joined{}; // all of them as one word; spaces never matter
};

} // namespace naru::terminology
