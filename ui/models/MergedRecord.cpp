#include "ui/models/MergedRecord.h"

#include "core/base/Hangul.h"

#include <QHash>
#include <algorithm>

namespace naru::ui {

namespace {

QString codeKey(const clinical::CodedValue &code)
{
    QString key = code.code.toUpper();
    key.remove(QLatin1Char('.'));
    return key;
}

QString nameOf(const clinical::CodedValue &code)
{
    return !code.display.isEmpty()     ? code.display
        : !code.originalText.isEmpty() ? code.originalText
                                       : code.code;
}

QString join(const QStringList &parts)
{
    QStringList kept;
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            kept.append(part.trimmed());
    }
    return kept.join(QLatin1Char(' '));
}

RecordItem fromCode(const clinical::CodedValue &code, base::Timestamp date)
{
    RecordItem item;
    item.name = nameOf(code);
    item.code = code.code;
    item.system = code.system;
    item.original = code.originalText;
    item.date = date;
    const QString key = codeKey(code);
    item.key = key.isEmpty() ? QStringLiteral("text:") + base::folded(item.name) : key;
    return item;
}

class Merger {
public:
    explicit Merger(RecordKind kind)
        : m_kind(kind)
    {
    }

    void add(RecordItem item, std::size_t source)
    {
        const auto known = m_byKey.constFind(item.key);
        if (known == m_byKey.cend()) {
            item.sources.push_back(source);
            m_byKey.insert(item.key, m_items.size());
            m_items.push_back(std::move(item));
            return;
        }
        RecordItem &row = m_items[*known];
        const bool fresh = std::find(row.sources.begin(), row.sources.end(), source) == row.sources.end();
        if (m_kind != RecordKind::Labs)
            ++row.duplicates;
        if (m_kind == RecordKind::Medications && base::folded(row.value) != base::folded(item.value)
            && !item.value.isEmpty() && !row.value.isEmpty()) {
            row.conflict = true;
            row.other = item.value;
        }
        row.series.insert(row.series.end(), item.series.begin(), item.series.end());
        if (row.date < item.date) { // the newest stands in front
            row.date = item.date;
            if (m_kind == RecordKind::Labs) {
                row.value = item.value;
                row.range = item.range;
                row.interpretation = item.interpretation;
            }
        }
        if (fresh)
            row.sources.push_back(source);
    }

    std::vector<RecordItem> finish()
    {
        compare();
        for (RecordItem &item : m_items)
            std::sort(item.series.begin(), item.series.end());
        std::stable_sort(m_items.begin(), m_items.end(),
            [](const RecordItem &a, const RecordItem &b) { return b.date < a.date; });
        return std::move(m_items);
    }

private:
    // Same words under two codes contradict each other; two codes of one category may mean the same thing.
    void compare()
    {
        if (m_kind == RecordKind::Labs)
            return;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            for (std::size_t j = i + 1; j < m_items.size(); ++j)
                compare(m_items[i], m_items[j]);
        }
    }
    void compare(RecordItem &a, RecordItem &b)
    {
        const QString nameA = base::folded(a.name), nameB = base::folded(b.name);
        if (nameA == nameB && !a.code.isEmpty() && !b.code.isEmpty() && m_kind == RecordKind::Problems) {
            a.conflict = b.conflict = true;
            a.other = b.code;
            b.other = a.code;
            return;
        }
        const bool sameWords = !nameA.isEmpty() && !nameB.isEmpty()
            && (nameA == nameB
                || (std::min(nameA.size(), nameB.size()) >= 2
                    && (nameA.contains(nameB) || nameB.contains(nameA))));
        const bool oneUncoded = a.code.isEmpty() != b.code.isEmpty();
        if (sameWords && (oneUncoded || nameA == nameB)) {
            RecordItem &doubtful = a.code.isEmpty() ? a : b;
            doubtful.possible = true;
            doubtful.other = a.code.isEmpty() ? b.name : a.name;
        }
    }

    RecordKind m_kind;
    std::vector<RecordItem> m_items{};
    QHash<QString, std::size_t> m_byKey{};
};

RecordItem fromLab(const clinical::LabResult &lab)
{
    RecordItem item = fromCode(lab.code, lab.time);
    if (!lab.item.isEmpty())
        item.name = lab.item;
    item.value = lab.value;
    item.unit = lab.unit;
    item.range = lab.referenceRange;
    item.interpretation = lab.interpretation;
    item.laboratory = lab.laboratory;
    // Other units or laboratories are other rows: joining them would draw a line that means nothing.
    item.key += QLatin1Char('|') + base::folded(item.name) + QLatin1Char('|') + lab.unit + QLatin1Char('|')
        + lab.laboratory;
    bool number = false;
    const double value = lab.value.toDouble(&number);
    if (number)
        item.series.push_back({lab.time, value});
    return item;
}

void addAll(Merger &merger, const clinical::Content &content, RecordKind kind, std::size_t source)
{
    switch (kind) {
    case RecordKind::Problems:
        for (const clinical::Problem &problem : content.problems)
            merger.add(fromCode(problem.code, problem.onset), source);
        break;
    case RecordKind::Medications:
        for (const auto *list : {&content.medications, &content.dischargeMedications}) {
            for (const clinical::Medication &drug : *list) {
                RecordItem item = fromCode(drug.code, drug.start);
                item.value = join({drug.doseValue, drug.doseUnit,
                    drug.timesPerDay.isEmpty() ? QString() : QStringLiteral("×") + drug.timesPerDay,
                    drug.usage});
                merger.add(std::move(item), source);
            }
        }
        break;
    case RecordKind::Labs:
        for (const clinical::LabResult &lab : content.labs)
            merger.add(fromLab(lab), source);
        break;
    case RecordKind::Allergies:
        for (const clinical::Allergy &allergy : content.allergies) {
            RecordItem item = fromCode(allergy.agent.isEmpty() ? allergy.kind : allergy.agent, allergy.time);
            item.value = join({allergy.agent.isEmpty() ? QString() : nameOf(allergy.kind), allergy.reaction});
            merger.add(std::move(item), source);
        }
        break;
    case RecordKind::Procedures:
        for (const clinical::Procedure &procedure : content.procedures) {
            RecordItem item = fromCode(procedure.code, procedure.time);
            item.value = procedure.note;
            item.key += QLatin1Char('|') + procedure.time.toIso().left(10); // done twice is not a duplicate
            merger.add(std::move(item), source);
        }
        break;
    case RecordKind::Immunizations:
        for (const clinical::Immunization &vaccine : content.immunizations) {
            RecordItem item = fromCode(vaccine.code, vaccine.time);
            item.value = vaccine.dose;
            item.key += QLatin1Char('|') + vaccine.dose + vaccine.time.toIso().left(10);
            merger.add(std::move(item), source);
        }
        break;
    }
}

} // namespace

std::vector<RecordItem> mergeRecord(const std::vector<RecordSource> &sources, RecordKind kind)
{
    Merger merger(kind);
    for (std::size_t i = 0; i < sources.size(); ++i)
        addAll(merger, sources[i].content, kind, i);
    return merger.finish();
}

} // namespace naru::ui
