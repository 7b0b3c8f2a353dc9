#include "core/terminology/Frequency.h"

#include "core/base/Oid.h"

#include <QHash>

namespace naru::terminology {

namespace {
constexpr QLatin1String prefix("frequency-");
constexpr qsizetype categorySize = 3; // of a KCD code
} // namespace

bool isFrequency(const QString &master)
{
    return master.startsWith(prefix);
}

QString frequencyMaster(const QString &systemName)
{
    return prefix + systemName;
}

void weigh(std::vector<Concept> &terms, const QString &system, const TermFile *table)
{
    QHash<QString, int> weights;
    for (int i = 0; table && i < table->size(); ++i) {
        const Concept row = table->at(i);
        if (row.system == system)
            weights.insert(row.code, row.weight);
    }
    const bool above = system == base::oid("kcd").text();
    for (Concept &term : terms) {
        if (term.system != system)
            continue;
        term.weight = weights.value(term.code);
        for (qsizetype size = term.code.size() - 1; above && term.weight == 0 && size >= categorySize; --size)
            term.weight = weights.value(term.code.left(size)) * 3 / 4;
    }
}

} // namespace naru::terminology
