#include "core/cda/read/NarrativeReader.h"

namespace naru::cda {

using base::XmlElement;
using clinical::Block;
using clinical::Cell;
using clinical::Run;

namespace {
bool isAny(const QString &name, std::initializer_list<const char *> names)
{
    for (const char *candidate : names) {
        if (name == QLatin1String(candidate))
            return true;
    }
    return false;
}

bool isInline(const QString &name)
{
    return isAny(
        name, {"content", "linkHtml", "sub", "sup", "br", "footnote", "footnoteRef", "renderMultiMedia"});
}

bool isBlank(QStringView text)
{
    return text.trimmed().isEmpty();
}

QString idOf(const XmlElement &element)
{
    QString id = element.attribute(QLatin1String("ID"));
    return id.isEmpty() ? element.attribute(QLatin1String("id")) : id;
}

// Runs of white space with a line end become '\n', other white space stays.
QString marked(QStringView text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size();) {
        if (!text[i].isSpace() || text[i] == QChar::Nbsp) {
            out += text[i++];
            continue;
        }
        const qsizetype start = i;
        bool lineEnd = false;
        while (i < text.size() && text[i].isSpace() && text[i] != QChar::Nbsp) {
            lineEnd = lineEnd || text[i] == QLatin1Char('\n') || text[i] == QLatin1Char('\r');
            ++i;
        }
        if (lineEnd)
            out += QLatin1Char('\n');
        else
            out += text.sliced(start, i - start);
    }
    return out;
}

class Reader {
public:
    NarrativeResult result{};

    // Children and text of an element that may hold both blocks and inline text.
    std::vector<Block> blocks(const XmlElement &parent)
    {
        std::vector<Block> out;
        std::vector<Run> open; // inline text between blocks
        addText(open, parent.text, Run{});
        for (const XmlElement &child : parent.children) {
            if (isInline(child.name)) {
                inlineElement(open, child, Run{});
            } else {
                flush(out, open);
                block(out, child);
            }
            addText(open, child.tail, Run{});
        }
        flush(out, open);
        return out;
    }

private:
    static void flush(std::vector<Block> &out, std::vector<Run> &open)
    {
        tidy(open);
        if (!open.empty()) {
            Block paragraph;
            paragraph.runs = std::move(open);
            out.push_back(std::move(paragraph));
        }
        open.clear();
    }

    // A line end of the source ('\n' here, see marked()) is layout: nothing at both ends and around line
    // breaks, a blank elsewhere. Marks with an ID or an image stay.
    static void tidy(std::vector<Run> &runs)
    {
        const auto atBreak = [&runs](std::size_t i) { return i >= runs.size() || runs[i].lineBreak; };
        for (std::size_t i = 0; i < runs.size(); ++i) {
            QString &text = runs[i].text;
            if (text.startsWith(QLatin1Char('\n')) && (i == 0 || atBreak(i - 1)))
                text.remove(0, 1);
            if (text.endsWith(QLatin1Char('\n')) && atBreak(i + 1))
                text.chop(1);
            text.replace(QLatin1Char('\n'), QLatin1Char(' '));
        }
        std::erase_if(runs, [](const Run &run) {
            return !run.lineBreak && run.text.isEmpty() && run.id.isEmpty() && run.mediaId.isEmpty();
        });
    }

    void addText(std::vector<Run> &runs, const QString &text, const Run &style)
    {
        const QString shown = marked(text);
        if (shown.isEmpty())
            return;
        Run run = style;
        run.text = shown;
        runs.push_back(std::move(run));
    }

    static void applyStyle(Run &run, const XmlElement &element)
    {
        for (const QString &code : element.attribute(QLatin1String("styleCode")).split(QLatin1Char(' '))) {
            run.bold = run.bold || code == QLatin1String("Bold");
            run.emphasis =
                run.emphasis || code == QLatin1String("Italics") || code == QLatin1String("Emphasis");
            run.underline = run.underline || code == QLatin1String("Underline");
        }
        const QString revised = element.attribute(QLatin1String("revised"));
        if (revised == QLatin1String("insert"))
            run.highlight = QStringLiteral("added");
        if (revised == QLatin1String("delete")) {
            run.highlight = QStringLiteral("removed");
            run.strike = true;
        }
        run.superscript = run.superscript || element.name == QLatin1String("sup");
        run.subscript = run.subscript || element.name == QLatin1String("sub");
        if (element.name == QLatin1String("linkHtml"))
            run.link = element.attribute(QLatin1String("href")).left(2048);
        if (element.name == QLatin1String("footnote"))
            run.footnote = idOf(element).isEmpty() ? QStringLiteral("*") : idOf(element);
    }

    void inlineElement(std::vector<Run> &runs, const XmlElement &element, Run style)
    {
        if (element.name == QLatin1String("br")) {
            Run run;
            run.lineBreak = true;
            runs.push_back(run);
            return;
        }
        if (!isInline(element.name) && !isAny(element.name, {"caption"}))
            note(element.name);
        applyStyle(style, element);
        const QString id = idOf(element);
        if (element.name == QLatin1String("renderMultiMedia"))
            mediaRun(runs, element, id);
        if (element.name == QLatin1String("linkHtml"))
            rememberLink(element);
        const std::size_t before = runs.size();
        addText(runs, element.text, style);
        for (const XmlElement &child : element.children) {
            inlineElement(runs, child, style);
            addText(runs, child.tail, style);
        }
        if (!id.isEmpty())
            anchor(id, runs, before);
    }

    void mediaRun(std::vector<Run> &runs, const XmlElement &element, const QString &id)
    {
        for (const QString &target : element.attribute(QLatin1String("referencedObject"))
                                         .split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            Run run;
            run.mediaId = target;
            run.id = id;
            runs.push_back(run);
            result.mediaIds.append(target);
        }
    }

    void rememberLink(const XmlElement &element)
    {
        if (m_rowId.isEmpty() || result.links.contains(m_rowId))
            return;
        result.links.insert(m_rowId, element.attribute(QLatin1String("href")));
        result.links.insert(m_rowId + QStringLiteral("#rel"), element.attribute(QLatin1String("rel")));
        result.links.insert(m_rowId + QStringLiteral("#rev"), element.attribute(QLatin1String("rev")));
    }

    void block(std::vector<Block> &out, const XmlElement &element)
    {
        if (element.name == QLatin1String("paragraph"))
            paragraph(out, element);
        else if (element.name == QLatin1String("list"))
            list(out, element);
        else if (element.name == QLatin1String("table"))
            table(out, element);
        else if (isAny(element.name, {"caption", "title"}))
            caption(out, element);
        else
            unsupported(out, element);
    }

    void paragraph(std::vector<Block> &out, const XmlElement &element)
    {
        const std::size_t before = out.size();
        std::vector<Block> inside = blocks(element);
        if (inside.empty()) {
            if (!idOf(element).isEmpty())
                insertAnchor(idOf(element), {}, {});
            return;
        }
        for (Block &block : inside)
            out.push_back(std::move(block));
        closeBlock(out, before, idOf(element));
    }

    void caption(std::vector<Block> &out, const XmlElement &element)
    {
        Block block;
        block.kind = Block::Kind::Caption;
        block.runs = runsOf(element);
        block.id = idOf(element);
        if (block.runs.empty())
            return;
        out.push_back(std::move(block));
        closeBlock(out, out.size() - 1, idOf(element));
    }

    // Not CDA narrative (script, div, img ...): its text stays readable, nothing else of it does.
    void unsupported(std::vector<Block> &out, const XmlElement &element)
    {
        note(element.name);
        const QString text = collapsed(element.allText());
        if (isBlank(text))
            return;
        Block block;
        block.kind = Block::Kind::Unsupported;
        block.elementName = element.name.left(64);
        Run run;
        run.text = text;
        block.runs.push_back(std::move(run));
        out.push_back(std::move(block));
    }

    std::vector<Run> runsOf(const XmlElement &element)
    {
        std::vector<Run> runs;
        addText(runs, element.text, Run{});
        for (const XmlElement &child : element.children) {
            inlineElement(runs, child, Run{});
            addText(runs, child.tail, Run{});
        }
        tidy(runs);
        return runs;
    }

    void list(std::vector<Block> &out, const XmlElement &element)
    {
        Block block;
        block.kind = Block::Kind::List;
        block.ordered = element.attribute(QLatin1String("listType")) == QLatin1String("ordered");
        block.id = idOf(element);
        strayText(out, element.text);
        for (const XmlElement &child : element.children) {
            if (child.name == QLatin1String("item"))
                block.items.push_back(item(child));
            else if (child.name == QLatin1String("caption"))
                block.caption = runsOf(child);
            else
                this->block(out, child);
            strayText(out, child.tail);
        }
        out.push_back(std::move(block));
        closeBlock(out, out.size() - 1, idOf(element));
    }

    Cell item(const XmlElement &element)
    {
        Cell cell;
        cell.id = idOf(element);
        cell.blocks = blocks(element);
        if (!cell.id.isEmpty()) { // the caption is a label, not the value
            std::vector<Block> value;
            for (const Block &block : cell.blocks) {
                if (block.kind != Block::Kind::Caption)
                    value.push_back(block);
            }
            insertAnchor(cell.id, clinical::plainText(value), clinical::plainText(cell.blocks));
        }
        return cell;
    }

    // Text where none belongs (between rows) is still text of the author.
    void strayText(std::vector<Block> &out, const QString &text)
    {
        if (isBlank(text))
            return;
        std::vector<Run> runs;
        addText(runs, text, Run{});
        flush(out, runs);
    }

    void table(std::vector<Block> &out, const XmlElement &element)
    {
        Block block;
        block.kind = Block::Kind::Table;
        block.id = idOf(element);
        rowsOf(out, block, element, false);
        out.push_back(std::move(block));
        closeBlock(out, out.size() - 1, idOf(element));
    }

    void rowsOf(std::vector<Block> &out, Block &table, const XmlElement &element, bool head)
    {
        strayText(out, element.text);
        for (const XmlElement &child : element.children) {
            if (child.name == QLatin1String("tr"))
                row(out, table, child, head);
            else if (isAny(child.name, {"thead", "tbody", "tfoot"}))
                rowsOf(out, table, child, child.name == QLatin1String("thead"));
            else if (child.name == QLatin1String("caption"))
                table.caption = runsOf(child);
            else if (!isAny(child.name, {"col", "colgroup"}))
                this->block(out, child);
            strayText(out, child.tail);
        }
        const QString id = idOf(element);
        if (element.name != QLatin1String("table") && !id.isEmpty())
            insertAnchor(id, {}, {}); // exists; a whole table body is no text of one statement
    }

    void row(std::vector<Block> &out, Block &table, const XmlElement &element, bool head)
    {
        const QString outerRow = m_rowId;
        m_rowId = idOf(element);
        const QStringList outerPending = std::exchange(m_pendingIds, {});
        std::vector<Cell> cells;
        strayText(out, element.text);
        for (const XmlElement &child : element.children) {
            if (isAny(child.name, {"td", "th"}))
                cells.push_back(cell(child));
            else
                block(out, child);
            strayText(out, child.tail);
        }
        QStringList texts;
        for (const Cell &c : cells)
            texts.append(clinical::plainText(c.blocks));
        const QString text = texts.join(QLatin1Char('\t'));
        for (const QString &id : m_pendingIds)
            result.anchors[id].row = text;
        m_pendingIds = outerPending;
        if (!m_rowId.isEmpty())
            insertAnchor(m_rowId, text, text);
        m_rowId = outerRow;
        table.headRows += head ? 1 : 0;
        table.rows.push_back(std::move(cells));
    }

    Cell cell(const XmlElement &element)
    {
        Cell cell;
        cell.id = idOf(element);
        cell.header = element.name == QLatin1String("th");
        cell.rowSpan = span(element, QLatin1String("rowspan"));
        cell.columnSpan = span(element, QLatin1String("colspan"));
        const QString align = element.attribute(QLatin1String("align"));
        if (isAny(align, {"left", "right", "center"}))
            cell.align = align;
        cell.blocks = blocks(element);
        if (!cell.id.isEmpty()) {
            insertAnchor(cell.id, clinical::plainText(cell.blocks), {});
            m_pendingIds.append(cell.id);
        }
        return cell;
    }

    static int span(const XmlElement &element, QLatin1String name)
    {
        return qBound(1, element.attribute(name).toInt(), 1000);
    }

    void anchor(const QString &id, const std::vector<Run> &runs, std::size_t from)
    {
        std::vector<Run> own(runs.begin() + std::ptrdiff_t(from), runs.end());
        tidy(own);
        const QString text = clinical::plainText(own);
        insertAnchor(id, text, text);
        m_pendingIds.append(id); // inside a table the row's text follows
    }

    void closeBlock(std::vector<Block> &out, std::size_t from, const QString &id)
    {
        if (id.isEmpty())
            return;
        const std::vector<Block> own(out.begin() + std::ptrdiff_t(from), out.end());
        const QString text = clinical::plainText(own);
        out.back().id = id;
        insertAnchor(id, text, text);
        m_pendingIds.append(id);
    }

    void insertAnchor(const QString &id, const QString &text, const QString &row)
    {
        if (result.anchors.contains(id)) {
            result.duplicateIds.append(id);
            return;
        }
        result.anchors.insert(id, {text, row});
    }

    void note(const QString &name)
    {
        if (result.unsupported.size() < 50 && !result.unsupported.contains(name))
            result.unsupported.append(name.left(64));
    }

    QString m_rowId{};
    QStringList m_pendingIds{};
};
} // namespace

QString collapsed(QStringView text)
{
    QString out = marked(text);
    if (out.startsWith(QLatin1Char('\n')))
        out.remove(0, 1);
    if (out.endsWith(QLatin1Char('\n')))
        out.chop(1);
    return out.replace(QLatin1Char('\n'), QLatin1Char(' '));
}

NarrativeResult readNarrative(const XmlElement &text)
{
    Reader reader;
    reader.result.blocks = reader.blocks(text);
    return std::move(reader.result);
}

} // namespace naru::cda
