// The texts of an object that point at a person: names, numbers, addresses. What is kept of the object must
// not repeat them. Of this folder.
#pragma once

#include "core/imaging/objects/DataSetValue.h"

#include <QSet>

namespace naru::imaging {

class Identifiers {
public:
    explicit Identifiers(const DataSetValue &set);
    // The text repeats one of them, as a word of its own in Latin script, anywhere in others.
    bool areIn(const QString &text) const;
    // Has what an identifier may look like, known or not: long numbers, dates, addresses of mail.
    static bool looksLikeOne(const QString &text);

private:
    void collect(const DataSetValue &set, int depth);
    void addName(const QString &name);
    void add(const QString &word);
    QSet<QString> m_words{}; // lower case
};

} // namespace naru::imaging
