// The sections of a letter in words: why, what is to be read in the pictures, and plain text.
#pragma once

#include "app/practice/seed/SeedXml.h"
#include "core/clinical/Document.h"

namespace naru::practice {

// Why the patient is sent, with the insurer's relay string in its act.
void writeSeedReason(SeedXml &xml, const clinical::Document &document);
void writeSeedReading(SeedXml &xml, const clinical::ImageReading &one, const QString &root, size_t index);
void writeSeedText(SeedXml &xml, const char *key, const clinical::Text &text, const QString &title = {});

} // namespace naru::practice
