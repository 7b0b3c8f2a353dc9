#include "core/imaging/series/Hanging.h"

#include "core/base/Tsv.h"
#include "core/imaging/series/tables/hangingTable.h"

#include <algorithm>
#include <map>
#include <set>

namespace naru::imaging {

namespace {
struct Rule {
    QString key{}, modality{};
    QStringList parts{}, slotsAlone{}, slotsCompared{};
    int rows = 1, columns = 1, comparedRows = 1, comparedColumns = 2;
};

const std::vector<Rule> &rules()
{
    static const std::vector<Rule> all = [] {
        std::vector<Rule> out;
        const base::TsvTable table = base::TsvTable::parse(tables::hanging);
        const auto words = [](const QString &text) {
            return text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
        };
        for (int i = 0; i < table.rowCount(); ++i) {
            Rule rule;
            rule.key = table.at(i, "key");
            rule.modality = table.at(i, "modality");
            rule.parts = words(table.at(i, "parts"));
            rule.slotsAlone = words(table.at(i, "slots"));
            rule.slotsCompared = words(table.at(i, "compared"));
            rule.rows = table.at(i, "rows").toInt();
            rule.columns = table.at(i, "columns").toInt();
            rule.comparedRows = table.at(i, "compared_rows").toInt();
            rule.comparedColumns = table.at(i, "compared_columns").toInt();
            out.push_back(std::move(rule));
        }
        return out;
    }();
    return all;
}

const ImageFacts &factsOf(const std::vector<InstanceRef> &instances, const Stack &stack)
{
    static const ImageFacts none{};
    const int index = stack.slices.empty() ? -1 : stack.slices.front().instance;
    return index >= 0 && std::size_t(index) < instances.size() && instances[std::size_t(index)].facts
        ? *instances[std::size_t(index)].facts
        : none;
}

QString saidOf(const ImageFacts &facts)
{
    return QStringList{facts.bodyPart, facts.studyDescription, facts.seriesDescription}
        .join(QLatin1Char(' '))
        .toUpper();
}

const Rule &ruleFor(const ImageFacts &facts)
{
    const QString said = saidOf(facts);
    const auto fits = [&](const Rule &rule) {
        const bool part = rule.parts.isEmpty()
            || std::any_of(rule.parts.begin(), rule.parts.end(),
                [&said](const QString &word) { return said.contains(word); });
        return (rule.modality.isEmpty() || rule.modality == facts.modality) && part;
    };
    const auto found = std::find_if(rules().begin(), rules().end(), fits);
    return found == rules().end() ? rules().back() : *found;
}

// The modality that most pictures have: a CT with its dose report and a captured page is a CT.
const ImageFacts &leading(const std::vector<InstanceRef> &instances, const std::vector<Stack> &stacks)
{
    static const ImageFacts none{};
    const auto most = std::max_element(
        stacks.begin(), stacks.end(), [](const Stack &a, const Stack &b) { return a.size() < b.size(); });
    return most == stacks.end() ? none : factsOf(instances, *most);
}

// Breasts hang with the chest walls to the middle: rows of a right one run to the back of the patient, those
// of a left one to the front (PS3.3 C.7.6.1.1.1).
bool needsMirror(const ImageFacts &facts)
{
    if (facts.modality != QLatin1String("MG") || facts.patientOrientation.isEmpty())
        return false;
    const QString row = facts.patientOrientation.first();
    return (facts.laterality == QLatin1String("R") && row.startsWith(QLatin1Char('A')))
        || (facts.laterality == QLatin1String("L") && row.startsWith(QLatin1Char('P')));
}

// The back of a breast image is the chest wall; where the orientation is not told, pictures are stored as
// they hang.
int chestWall(const ImageFacts &facts)
{
    if (facts.modality != QLatin1String("MG"))
        return 0;
    const QString row = facts.patientOrientation.isEmpty() ? QString() : facts.patientOrientation.first();
    if (row.startsWith(QLatin1Char('A')) || (row.isEmpty() && facts.laterality == QLatin1String("L")))
        return -1;
    return row.startsWith(QLatin1Char('P')) || (row.isEmpty() && facts.laterality == QLatin1String("R")) ? 1
                                                                                                         : 0;
}

class Filler {
public:
    Filler(const std::vector<InstanceRef> &current, const std::vector<Stack> &stacks,
        const std::vector<InstanceRef> &prior, const std::vector<Stack> &priorStacks)
        : m_current(current)
        , m_stacks(stacks)
        , m_prior(prior)
        , m_priorStacks(priorStacks)
    {
    }

    HangingCell cell(const QString &slot)
    {
        HangingCell out;
        out.slot = slot;
        const QString view = slot.section(QLatin1Char(':'), 1);
        if (slot == QLatin1String("prior")) {
            out.prior = true;
            out.stack = m_last < 0
                ? -1
                : matchingStack(refOf(m_last), m_stacks[std::size_t(m_last)], m_prior, m_priorStacks);
        } else if (!view.isEmpty()) {
            out.prior = true;
            out.stack = byPart(m_priorStacks, view);
        } else {
            out.stack = choose(slot);
            m_used.insert(out.stack);
            m_last = out.stack;
        }
        if (out.stack >= 0) {
            const auto &stacks = out.prior ? m_priorStacks : m_stacks;
            const ImageFacts &facts =
                factsOf(out.prior ? m_prior : m_current, stacks[std::size_t(out.stack)]);
            out.mirrored = needsMirror(facts);
            out.wall = chestWall(facts);
        }
        return out;
    }

private:
    InstanceRef refOf(int stack) const
    {
        return m_current[std::size_t(m_stacks[std::size_t(stack)].slices.front().instance)];
    }
    static int byPart(const std::vector<Stack> &stacks, const QString &part)
    {
        const auto found = std::find_if(
            stacks.begin(), stacks.end(), [&part](const Stack &stack) { return stack.part == part; });
        return found == stacks.end() ? -1 : int(found - stacks.begin());
    }
    int choose(const QString &slot) const
    {
        int best = -1;
        for (std::size_t i = 0; i < m_stacks.size(); ++i) {
            const Stack &stack = m_stacks[i];
            if (m_used.count(int(i)))
                continue;
            if (slot == QLatin1String("scout")) {
                if (stack.localizer)
                    return int(i);
            } else if (slot == QLatin1String("next")) {
                if (!stack.localizer)
                    return int(i);
            } else if (slot == QLatin1String("main")) {
                if (!stack.localizer && (best < 0 || stack.size() > m_stacks[std::size_t(best)].size()))
                    best = int(i);
            }
        }
        if (best >= 0 || slot == QLatin1String("scout") || slot == QLatin1String("next"))
            return best;
        if (slot == QLatin1String("main")) // nothing but scouts
            return m_stacks.empty() || m_used.count(0) ? -1 : 0;
        return byPart(m_stacks, slot);
    }

    const std::vector<InstanceRef> &m_current;
    const std::vector<Stack> &m_stacks;
    const std::vector<InstanceRef> &m_prior;
    const std::vector<Stack> &m_priorStacks;
    std::set<int> m_used{};
    int m_last = -1;
};

// Views that the table does not name (a spot compression) still hang: where a cell stayed empty, and at least
// one picture is always there.
void fillEmpty(Hanging &out, std::size_t stacks)
{
    std::set<int> used;
    for (const HangingCell &cell : out.cells) {
        if (!cell.prior && cell.stack >= 0)
            used.insert(cell.stack);
    }
    if (!used.empty())
        return;
    for (std::size_t i = 0; i < stacks && i < out.cells.size(); ++i)
        out.cells[i].stack = int(i);
}

// Rows and columns without a picture give their room to the others.
void dropEmpty(Hanging &out)
{
    const auto cell = [&out](int row, int column) -> const HangingCell & {
        return out.cells[std::size_t(row) * std::size_t(out.columns) + std::size_t(column)];
    };
    std::set<int> rows, columns;
    for (int row = 0; row < out.rows; ++row) {
        for (int column = 0; column < out.columns; ++column) {
            if (cell(row, column).stack < 0)
                continue;
            rows.insert(row);
            columns.insert(column);
        }
    }
    if (rows.empty())
        return;
    std::vector<HangingCell> kept;
    for (const int row : rows) {
        for (const int column : columns)
            kept.push_back(cell(row, column));
    }
    out.cells = std::move(kept);
    out.rows = int(rows.size());
    out.columns = int(columns.size());
}
} // namespace

Hanging hang(const std::vector<InstanceRef> &current, const std::vector<Stack> &stacks,
    const std::vector<InstanceRef> &prior, const std::vector<Stack> &priorStacks)
{
    const ImageFacts &facts = leading(current, stacks);
    const Rule &rule = ruleFor(facts);
    const bool compared = !priorStacks.empty() && comparable(facts, leading(prior, priorStacks));
    Hanging out;
    out.rule = rule.key;
    out.rows = compared ? rule.comparedRows : rule.rows;
    out.columns = compared ? rule.comparedColumns : rule.columns;
    out.synchronised = compared;
    Filler filler(current, stacks, prior, priorStacks);
    for (const QString &slot : compared ? rule.slotsCompared : rule.slotsAlone)
        out.cells.push_back(filler.cell(slot));
    out.cells.resize(std::size_t(out.rows) * std::size_t(out.columns));
    fillEmpty(out, stacks.size());
    dropEmpty(out);
    const auto first = std::find_if(out.cells.begin(), out.cells.end(),
        [](const HangingCell &cell) { return cell.stack >= 0 && !cell.prior; });
    out.active = first == out.cells.end() ? 0 : int(first - out.cells.begin());
    return out;
}

Hanging hangInGrid(int rows, int columns, const std::vector<Stack> &stacks)
{
    Hanging out;
    out.rows = std::clamp(rows, 1, 4);
    out.columns = std::clamp(columns, 1, 4);
    out.cells.resize(std::size_t(out.rows) * std::size_t(out.columns));
    for (std::size_t i = 0; i < out.cells.size() && i < stacks.size(); ++i)
        out.cells[i].stack = int(i);
    return out;
}

bool comparable(const ImageFacts &current, const ImageFacts &earlier)
{
    if (current.modality.isEmpty() || current.modality != earlier.modality)
        return false;
    const auto key = [](const QString &part) { return part.toUpper().remove(QLatin1Char(' ')); };
    if (!current.bodyPart.isEmpty() && !earlier.bodyPart.isEmpty())
        return key(current.bodyPart) == key(earlier.bodyPart);
    if (current.modality == QLatin1String("MG"))
        return true;
    return !current.studyDescription.isEmpty()
        && key(current.studyDescription) == key(earlier.studyDescription);
}

int matchingStack(const InstanceRef &of, const Stack &stack, const std::vector<InstanceRef> &prior,
    const std::vector<Stack> &priorStacks)
{
    if (!of.facts)
        return -1;
    int best = -1;
    double most = 0;
    for (std::size_t i = 0; i < priorStacks.size(); ++i) {
        const Stack &other = priorStacks[i];
        const ImageFacts &facts = factsOf(prior, other);
        if (facts.modality != of.facts->modality || other.localizer != stack.localizer
            || other.part != stack.part)
            continue;
        const bool parallel = stack.positioned && other.positioned
            && std::abs(dot(stack.normal, other.normal)) > 0.94; // 20 degrees: no two scans lie exactly alike
        if (stack.positioned && !parallel)
            continue;
        double score = 1 + (parallel ? 4 : 0);
        if (!facts.seriesDescription.isEmpty() && facts.seriesDescription == of.facts->seriesDescription)
            score += 3;
        score += double(std::min(stack.size(), other.size())) / std::max({stack.size(), other.size(), 1});
        if (stack.step > 0 && other.step > 0)
            score += std::min(stack.step, other.step) / std::max(stack.step, other.step);
        if (score > most) {
            most = score;
            best = int(i);
        }
    }
    return best;
}

} // namespace naru::imaging
