// ImageFacts of a data set. Each attribute fails alone: what cannot be read is absent and named in `notes`.
#pragma once

#include "core/imaging/ImageFacts.h"
#include "core/imaging/decode/CharacterSet.h"
#include "core/imaging/decode/ObjectFile.h"

namespace naru::imaging {

// Identity, text, kind and the pixel description; nothing that needs the pixels.
ImageFacts readFacts(const ObjectFile &file);

// Parts of it, each in a file of its own. `text` decodes in the character set of the item or of its parents.
class TextReader {
public:
    explicit TextReader(const DataSet &set, const TextReader *parent = nullptr);
    QString read(const DataSet &set, quint32 tag, CharacterSet::Kind kind = CharacterSet::Kind::Values);
    bool guessed() const { return m_guessed; }
    const CharacterSet &characters() const { return m_characters; }

private:
    CharacterSet m_characters{};
    bool m_guessed = false;
};

void readFrameFacts(const DataSet &set, TextReader &text, ImageFacts &facts); // FrameFactsReader.cpp
void readLuts(const DataSet &set, TextReader &text, ImageFacts &facts); // LutReader.cpp
void readGraphics(const DataSet &set, TextReader &text, ImageFacts &facts); // GraphicsReader.cpp

} // namespace naru::imaging
