// `naructl terms bench`: how often the expected code is the first row, among the first five, and how long the
// search took.
#pragma once

#include "app/ctl/Output.h"
#include "core/base/Result.h"
#include "core/terminology/ExpectedCodes.h"
#include "core/terminology/Terminology.h"

#include <QMap>

#include <vector>

namespace naru::ctl {

struct TermQuery {
    QString query{};
    QStringList systems{}; // OIDs; empty: all
    terminology::ExpectedCodes codes{}; // any of them counts
    QString kind{}; // optional column: figures of each kind are printed too
};

struct TermFigures {
    int queries = 0, first = 0, five = 0, empty = 0;
    double reciprocal = 0; // sum of 1/rank
    double ratio(double sum) const { return queries > 0 ? sum / queries : 0; }
};

struct TermMiss {
    TermQuery asked{};
    int rank = 0; // of the expected code, 0: not among the rows
    QString got{}; // first row
};

struct TermBenchResult {
    TermFigures all{};
    QMap<QString, TermFigures> kinds{};
    std::vector<TermMiss> misses{};
    double p50 = 0, p99 = 0, worst = 0; // microseconds a search, 50 rows asked
    int terms = 0;
};

// Tab-separated; a first row with the word "query" names the columns (query, system, codes or expected or
// code, kind), otherwise they are query, system, codes, kind. Lines with '#' are comments. How codes are
// written: ExpectedCodes.h.
base::Result<std::vector<TermQuery>> readTermQueries(const QByteArray &bytes);
TermBenchResult benchTerms(const terminology::Terminology &terms, const std::vector<TermQuery> &queries);
QJsonObject benchJson(const TermBenchResult &result, bool misses);
void printBench(const TermBenchResult &result, bool misses, Output &output);

} // namespace naru::ctl
