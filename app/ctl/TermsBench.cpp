#include "app/ctl/TermsBench.h"

#include "app/ctl/Errors.h"
#include "app/ctl/Say.h"
#include "core/services/TermDesk.h"
#include "core/terminology/Spelling.h"

#include <algorithm>
#include <chrono>

namespace naru::ctl {

namespace {
constexpr int maxQueries = 1'000'000;
constexpr int rows = 50;

struct Columns {
    int query = 0, system = 1, codes = 2, kind = 3;
};

// Where the columns are, when the first row says so.
bool readHeader(const QStringList &cells, Columns &columns)
{
    QStringList names;
    for (const QString &cell : cells)
        names.append(cell.trimmed().toLower());
    if (!names.contains(QStringLiteral("query")))
        return false;
    const auto place = [&names](std::initializer_list<const char *> any) {
        for (const char *name : any) {
            if (const auto at = names.indexOf(QLatin1String(name)); at >= 0)
                return int(at);
        }
        return -1;
    };
    columns = {place({"query"}), place({"system", "systems"}),
        place({"codes", "expected", "code", "expectedcodes"}), place({"kind", "type"})};
    return true;
}

QString firstRowOf(const terminology::TermAnswer &answer)
{
    const auto &rows = answer.hits.empty() ? answer.similar : answer.hits;
    return rows.empty() ? QString() : rows.front().term.code + QLatin1Char(' ') + rows.front().term.ko;
}

void count(TermFigures &figures, int rank, bool empty)
{
    ++figures.queries;
    figures.first += rank == 1;
    figures.five += rank >= 1 && rank <= 5;
    figures.empty += empty;
    figures.reciprocal += rank > 0 ? 1.0 / rank : 0;
}

double percentile(const std::vector<double> &sorted, double share)
{
    if (sorted.empty())
        return 0;
    return sorted[std::min(sorted.size() - 1, std::size_t(share * double(sorted.size())))];
}

QJsonObject figuresJson(const TermFigures &figures)
{
    return {{QStringLiteral("queries"), figures.queries},
        {QStringLiteral("hit1"), figures.ratio(figures.first)},
        {QStringLiteral("hit5"), figures.ratio(figures.five)},
        {QStringLiteral("mrr"), figures.ratio(figures.reciprocal)}, {QStringLiteral("empty"), figures.empty}};
}

QStringList figuresLine(const QString &name, const TermFigures &figures)
{
    const auto three = [](double value) { return QString::number(value, 'f', 3); };
    return {name, QString::number(figures.queries), three(figures.ratio(figures.first)),
        three(figures.ratio(figures.five)), three(figures.ratio(figures.reciprocal)),
        QString::number(figures.empty)};
}
} // namespace

base::Result<std::vector<TermQuery>> readTermQueries(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    if (text.startsWith(QChar(0xFEFF)))
        text.remove(0, 1);
    std::vector<TermQuery> out;
    Columns columns;
    bool start = true;
    int line = 0;
    for (const QString &row : text.split(QLatin1Char('\n'))) {
        ++line;
        QString clean = row;
        if (clean.endsWith(QLatin1Char('\r')))
            clean.chop(1);
        if (clean.trimmed().isEmpty() || clean.startsWith(QLatin1Char('#')))
            continue;
        const QStringList cells = clean.split(QLatin1Char('\t'));
        if (std::exchange(start, false) && readHeader(cells, columns))
            continue;
        TermQuery query;
        query.query = cells.value(columns.query);
        query.kind = cells.value(columns.kind).trimmed();
        const QString system = cells.value(columns.system).trimmed();
        if (!system.isEmpty() && system != QLatin1String("*")) {
            NARU_ASSIGN(query.systems,
                services::knownTermSystems(system.split(QLatin1Char('|'), Qt::SkipEmptyParts)));
        }
        query.codes = terminology::ExpectedCodes(cells.value(columns.codes));
        if (columns.query < 0 || columns.codes < 0 || query.codes.isEmpty() || int(out.size()) >= maxQueries)
            return base::Error(errors::QueryRow, {}, {{QStringLiteral("row"), QString::number(line)}});
        out.push_back(std::move(query));
    }
    return out;
}

TermBenchResult benchTerms(const terminology::Terminology &terms, const std::vector<TermQuery> &queries)
{
    TermBenchResult result;
    result.terms = terms.size();
    std::vector<double> times;
    for (const TermQuery &query : queries) {
        terminology::TermFilter filter;
        filter.systems = query.systems;
        filter.limit = rows;
        const auto begin = std::chrono::steady_clock::now();
        const terminology::TermAnswer answer = terms.search(query.query, filter);
        times.push_back(
            std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
        const int rank = query.codes.rankIn(answer);
        const bool empty = answer.hits.empty() && answer.similar.empty();
        count(result.all, rank, empty);
        if (!query.kind.isEmpty())
            count(result.kinds[query.kind], rank, empty);
        if (rank != 1)
            result.misses.push_back({query, rank, firstRowOf(answer)});
    }
    std::sort(times.begin(), times.end());
    result.p50 = percentile(times, 0.5);
    result.p99 = percentile(times, 0.99);
    result.worst = times.empty() ? 0 : times.back();
    return result;
}

QJsonObject benchJson(const TermBenchResult &result, bool misses)
{
    QJsonObject object = figuresJson(result.all);
    object.insert(QStringLiteral("terms"), result.terms);
    object.insert(QStringLiteral("microseconds"),
        QJsonObject{{QStringLiteral("p50"), result.p50}, {QStringLiteral("p99"), result.p99},
            {QStringLiteral("max"), result.worst}});
    QJsonObject kinds;
    for (auto it = result.kinds.cbegin(); it != result.kinds.cend(); ++it)
        kinds.insert(it.key(), figuresJson(it.value()));
    if (!kinds.isEmpty())
        object.insert(QStringLiteral("kinds"), kinds);
    if (misses) {
        QJsonArray rowsOut;
        for (const TermMiss &miss : result.misses)
            rowsOut.append(QJsonObject{{QStringLiteral("query"), miss.asked.query},
                {QStringLiteral("expected"), QJsonArray::fromStringList(miss.asked.codes.written())},
                {QStringLiteral("rank"), miss.rank}, {QStringLiteral("first"), miss.got}});
        object.insert(QStringLiteral("misses"), rowsOut);
    }
    return object;
}

void printBench(const TermBenchResult &result, bool misses, Output &output)
{
    QList<QStringList> lines{figuresLine(QStringLiteral("*"), result.all)};
    for (auto it = result.kinds.cbegin(); it != result.kinds.cend(); ++it)
        lines.append(figuresLine(it.key(), it.value()));
    output.table({say::word("kind"), say::word("queries"), QStringLiteral("hit@1"), QStringLiteral("hit@5"),
                     QStringLiteral("MRR"), say::word("noAnswer")},
        lines);
    output.line(QStringLiteral("p50 %1 us  p99 %2 us  max %3 us  (%4: %5)")
                    .arg(result.p50, 0, 'f', 0)
                    .arg(result.p99, 0, 'f', 0)
                    .arg(result.worst, 0, 'f', 0)
                    .arg(say::word("terms"))
                    .arg(result.terms));
    if (!misses)
        return;
    QList<QStringList> missed;
    for (const TermMiss &miss : result.misses)
        missed.append({miss.asked.query, miss.asked.codes.written().join(QLatin1Char('|')),
            miss.rank > 0 ? QString::number(miss.rank) : QStringLiteral("-"), miss.got});
    output.table(
        {say::word("query"), say::word("expected"), say::word("rank"), say::word("firstRow")}, missed);
}

} // namespace naru::ctl
