// Writes tables in the containers the masters are published in. Only for tests: everything is built in
// memory.
#pragma once

#include "core/terminology/Concept.h"

#include <QByteArray>
#include <QStringList>

#include <utility>
#include <vector>

namespace naru::testsupport {

using Rows = std::vector<QStringList>;

// Header and rows of the published layouts. A term with synonyms gives one row for each name.
enum class KostomForm {
    Workbook, // V7.0: 12 columns, '|' between several codes
    Text, // kostom.txt: 13 columns, with UMLS CUI
    WithField, // the 12 columns and 분야
    Long, // first edition: one reference a row
};
Rows kostomRows(const std::vector<terminology::Concept> &terms, KostomForm form);
Rows hiraRows(const std::vector<terminology::Concept> &terms);

// '?' for what CP949 lacks, as the published files have it.
QByteArray toCp949(const QString &text);
// A separator of ',' or ';' quotes what needs it.
QByteArray separatedText(const Rows &rows, char separator, bool cp949, const char *lineEnd = "\r\n");

struct Sheet {
    QString name{};
    Rows rows{};
    int firstRow = 1, firstColumn = 0; // where the table starts
};
enum class Strings { Shared, Inline };
// The parts of a workbook, by entry name; writeZip() makes the file of it.
using ZipParts = std::vector<std::pair<QByteArray, QByteArray>>;
ZipParts workbookParts(const std::vector<Sheet> &sheets, Strings strings = Strings::Shared);
bool writeZip(const QString &path, const ZipParts &parts);
bool writeBytes(const QString &path, const QByteArray &bytes);

} // namespace naru::testsupport
