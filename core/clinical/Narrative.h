// The readable half of any CDA R2 section as a typed tree: an allow-list of what may be shown, nothing that
// acts. Links and images are inert text or references to media inside the same document.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>
#include <vector>

namespace naru::clinical {

// Inline run of text with its emphasis and the ids it carries or points at.
struct Run {
    QString text{};
    bool bold = false, emphasis = false, underline = false, strike = false, superscript = false,
         subscript = false;
    bool lineBreak = false; // a <br/>; text is empty
    QString highlight{}; // styleCode reduced to: "", "high", "low", "added", "removed"
    QString link{}; // href as text; never opened by itself
    QString id{}; // xml ID that entries refer to
    QString mediaId{}; // renderMultiMedia -> key in ReadDocument::media
    QString footnote{};
    friend bool operator==(const Run &, const Run &) = default;
};

struct Block;

struct Cell {
    std::vector<Block> blocks; // no {}: clang would need the whole of Block here
    int rowSpan = 1, columnSpan = 1;
    bool header = false;
    QString align{}; // left right center or empty
    QString id{};
    friend bool operator==(const Cell &, const Cell &);
};

struct Block {
    enum class Kind { Paragraph, List, Table, Caption, Unsupported };
    Kind kind = Kind::Paragraph;
    std::vector<Run> runs{}; // Paragraph, Caption
    bool ordered = false; // List
    std::vector<Cell> items{}; // List: one cell per item
    std::vector<std::vector<Cell>> rows{}; // Table: head, body, foot rows in reading order
    int headRows = 0; // Table: how many of them are <thead>
    std::vector<Run> caption{}; // Table, List
    QString id{};
    QString elementName{}; // Unsupported: what it was; its text is kept in runs
    friend bool operator==(const Block &, const Block &);
};

inline bool operator==(const Cell &a, const Cell &b)
{
    return a.blocks == b.blocks && a.rowSpan == b.rowSpan && a.columnSpan == b.columnSpan
        && a.header == b.header && a.align == b.align && a.id == b.id;
}
inline bool operator==(const Block &a, const Block &b)
{
    return a.kind == b.kind && a.runs == b.runs && a.ordered == b.ordered && a.items == b.items
        && a.rows == b.rows && a.headRows == b.headRows && a.caption == b.caption && a.id == b.id
        && a.elementName == b.elementName;
}

// All text of the blocks in reading order; cells are separated by tabs, rows and blocks by line ends.
QString plainText(const std::vector<Block> &blocks);
QString plainText(const std::vector<Run> &runs);

} // namespace naru::clinical
