#include "core/cda/render/Diff.h"

#include "core/cda/render/Render.h"

#include <algorithm>

namespace naru::cda {

using namespace clinical;

namespace {
constexpr std::size_t wordLimit = 4'000;

struct Flat {
    QString key{}; // what must agree for two statements to be the same thing
    QString name{};
    QString text{};
    bool medication = false;
    bool result = false;
};

QString codeKey(const CodedValue &code)
{
    return code.code.isEmpty() ? code.text() : code.system + QLatin1Char('|') + code.code;
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

// One row of display for a statement with what hangs below it.
QString statementText(const Entry &entry)
{
    const QString &main = entry.valueCode.isEmpty() ? entry.code.text() : entry.valueCode.text();
    QStringList parts{main};
    if (entry.valueCode.isEmpty())
        parts << entry.value << entry.unit;
    parts << entry.interpretation << entry.time.toDisplay() << entry.endTime.toDisplay() << entry.status;
    if (entry.negated)
        parts << QStringLiteral("(없음)");
    for (const Entry &child : entry.children)
        parts << statementText(child);
    return joined(parts);
}

// Leaves that mean something by themselves: acts and organizers are only wrappers.
void flatten(const std::vector<Entry> &entries, std::vector<Flat> &out)
{
    for (const Entry &entry : entries) {
        const bool wrapper = (entry.kind == QLatin1String("act") || entry.kind == QLatin1String("organizer"))
            && !entry.children.empty();
        if (wrapper) {
            flatten(entry.children, out);
            continue;
        }
        const CodedValue &naming = entry.valueCode.isEmpty() ? entry.code : entry.valueCode;
        Flat flat;
        flat.medication = entry.kind == QLatin1String("substanceAdministration");
        flat.result = entry.kind == QLatin1String("observation") && entry.valueCode.isEmpty();
        flat.key = entry.kind + QLatin1Char('|') + codeKey(naming);
        if (flat.result) // the same test on another day is another result
            flat.key += QLatin1Char('|') + entry.time.toHl7();
        flat.name = naming.text();
        flat.text = statementText(entry);
        out.push_back(std::move(flat));
    }
}

struct SectionPair {
    const Section *before = nullptr, *after = nullptr;
};

QString sectionKey(const Section &section)
{
    return section.code.code.isEmpty() ? section.title : section.code.code;
}

void pairUp(
    const std::vector<Section> &sections, bool before, std::vector<std::pair<QString, SectionPair>> &out)
{
    for (const Section &section : sections) {
        const QString key = sectionKey(section);
        auto it = std::find_if(out.begin(), out.end(), [&](const auto &pair) {
            return pair.first == key && (before ? !pair.second.before : !pair.second.after);
        });
        if (it == out.end())
            it = out.insert(out.end(), {key, {}});
        (before ? it->second.before : it->second.after) = &section;
        pairUp(section.sections, before, out);
    }
}

class Differ {
public:
    std::vector<DiffRow> rows{};

    void header(const ReadDocument &before, const ReadDocument &after)
    {
        const auto a = headerLines(before), b = headerLines(after);
        for (const auto &[name, value] : a) {
            if (std::find(b.begin(), b.end(), std::pair(name, value)) != b.end())
                continue;
            const auto other =
                std::find_if(b.begin(), b.end(), [&n = name](const auto &line) { return line.first == n; });
            const bool gone = other == b.end();
            add(name, {}, gone ? DiffRow::Kind::Removed : DiffRow::Kind::Changed, DiffRow::Meaning::Header,
                value, gone ? QString() : other->second);
        }
        for (const auto &[name, value] : b) {
            if (std::none_of(a.begin(), a.end(), [&n = name](const auto &line) { return line.first == n; }))
                add(name, {}, DiffRow::Kind::Added, DiffRow::Meaning::Header, {}, value);
        }
    }

    void section(const SectionPair &pair)
    {
        const Section &named = pair.after ? *pair.after : *pair.before;
        m_title = sectionTitle(named);
        m_code = named.code.code;
        std::vector<Flat> before, after;
        if (pair.before)
            flatten(pair.before->entries, before);
        if (pair.after)
            flatten(pair.after->entries, after);
        entries(before, after);
        const QString a = pair.before ? plainText(pair.before->narrative) : QString();
        const QString b = pair.after ? plainText(pair.after->narrative) : QString();
        if (a == b)
            return;
        add(m_title, m_code,
            !pair.before      ? DiffRow::Kind::Added
                : !pair.after ? DiffRow::Kind::Removed
                              : DiffRow::Kind::Changed,
            DiffRow::Meaning::Narrative, a, b);
    }

private:
    void entries(const std::vector<Flat> &before, const std::vector<Flat> &after)
    {
        QHash<QString, QList<int>> byKey; // statements of the newer document that have no partner yet
        for (int i = int(after.size()) - 1; i >= 0; --i)
            byKey[after[std::size_t(i)].key].append(i);
        for (const Flat &old : before) {
            auto it = byKey.find(old.key);
            if (it == byKey.end() || it->isEmpty()) {
                entry(old, nullptr);
                continue;
            }
            entry(old, &after[std::size_t(it->takeLast())]);
        }
        std::vector<int> fresh;
        for (const QList<int> &left : std::as_const(byKey))
            fresh.insert(fresh.end(), left.begin(), left.end());
        std::sort(fresh.begin(), fresh.end());
        for (const int i : fresh) {
            const Flat &flat = after[std::size_t(i)];
            add(place(flat), m_code, DiffRow::Kind::Added,
                flat.medication ? DiffRow::Meaning::MedicationStarted : DiffRow::Meaning::Entry, {},
                flat.text);
        }
    }

    void entry(const Flat &before, const Flat *after)
    {
        if (!after) {
            add(place(before), m_code, DiffRow::Kind::Removed,
                before.medication ? DiffRow::Meaning::MedicationStopped : DiffRow::Meaning::Entry,
                before.text, {});
        } else if (before.text != after->text) {
            const auto meaning = before.medication ? DiffRow::Meaning::DoseChanged
                : before.result                    ? DiffRow::Meaning::ResultChanged
                                                   : DiffRow::Meaning::Entry;
            add(place(before), m_code, DiffRow::Kind::Changed, meaning, before.text, after->text);
        }
    }

    QString place(const Flat &flat) const { return m_title + QStringLiteral(" · ") + flat.name; }

    void add(const QString &place, const QString &code, DiffRow::Kind kind, DiffRow::Meaning meaning,
        const QString &before, const QString &after)
    {
        rows.push_back({place, code, kind, meaning, before, after});
    }

    QString m_title{}, m_code{};
};

QStringList words(const QString &text)
{
    QStringList out;
    QString word;
    for (const QChar c :
        text) { // white space stays with the word before it, so that joining gives the text again
        word += c;
        if (c.isSpace()) {
            out.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        out.append(word);
    return out;
}

void append(std::vector<WordChange> &out, WordChange::Kind kind, const QString &text)
{
    if (!out.empty() && out.back().kind == kind)
        out.back().text += text;
    else
        out.push_back({kind, text});
}
} // namespace

std::vector<DiffRow> diffDocuments(const ReadDocument &before, const ReadDocument &after)
{
    Differ differ;
    std::vector<std::pair<QString, SectionPair>> pairs;
    pairUp(before.sections, true, pairs);
    pairUp(after.sections, false, pairs);
    for (const auto &[key, pair] : pairs)
        differ.section(pair);
    differ.header(before, after);
    return std::move(differ.rows);
}

std::vector<WordChange> diffWords(const QString &before, const QString &after)
{
    const QStringList a = words(before), b = words(after);
    const std::size_t n = std::size_t(a.size()), m = std::size_t(b.size());
    std::vector<WordChange> out;
    if (n > wordLimit || m > wordLimit) {
        append(out, WordChange::Kind::Removed, before);
        append(out, WordChange::Kind::Added, after);
        return out;
    }
    std::vector<quint16> length((n + 1) * (m + 1), 0);
    const auto at = [&](std::size_t i, std::size_t j) -> quint16 & { return length[i * (m + 1) + j]; };
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t j = m; j-- > 0;)
            at(i, j) = a[qsizetype(i)] == b[qsizetype(j)] ? quint16(at(i + 1, j + 1) + 1)
                                                          : qMax(at(i + 1, j), at(i, j + 1));
    }
    std::size_t i = 0, j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && a[qsizetype(i)] == b[qsizetype(j)]) {
            append(out, WordChange::Kind::Same, a[qsizetype(i++)]);
            ++j;
        } else if (j >= m || (i < n && at(i + 1, j) >= at(i, j + 1))) {
            append(out, WordChange::Kind::Removed, a[qsizetype(i++)]);
        } else {
            append(out, WordChange::Kind::Added, b[qsizetype(j++)]);
        }
    }
    return out;
}

} // namespace naru::cda
