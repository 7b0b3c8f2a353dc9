#include "app/practice/faults/FaultPlan.h"

#include "core/base/Errors.h"

#include <QJsonObject>

namespace naru::practice {

namespace {
struct KindRow {
    const char *word;
    FaultKind kind;
    int standard;
};
constexpr KindRow kinds[] = {{"refuse", FaultKind::Refuse, 0}, {"reset", FaultKind::Reset, 0},
    {"stall", FaultKind::Stall, 20}, {"status", FaultKind::Status, 503}, {"html", FaultKind::Html, 0},
    {"fault", FaultKind::SoapFault, 0}, {"truncate", FaultKind::Truncate, 0},
    {"badlength", FaultKind::BadLength, 0}, {"badboundary", FaultKind::BadBoundary, 0},
    {"unknown", FaultKind::Unknown, 0}};
const QStringList targets{QStringLiteral("submit"), QStringLiteral("query"), QStringLiteral("retrieve"),
    QStringLiteral("identity"), QStringLiteral("store"), QStringLiteral("audit"), QStringLiteral("all")};

base::Error bad(const QString &rule)
{
    return base::Error(
        base::errors::Invalid, QStringLiteral("fault rule: ") + rule, {{QStringLiteral("what"), rule}});
}
} // namespace

base::Result<FaultPlan::Rule> FaultPlan::parseRule(const QString &text)
{
    Rule rule;
    rule.text = text;
    rule.target = text.section(QLatin1Char(':'), 0, 0).trimmed();
    if (!targets.contains(rule.target))
        return bad(text);
    const QStringList words = text.section(QLatin1Char(':'), 1).split(QLatin1Char(','));
    for (qsizetype i = 0; i < words.size(); ++i) {
        QString word = words[i].trimmed();
        word.replace(QLatin1Char('@'), QLatin1Char('='));
        const QString name = word.section(QLatin1Char('='), 0, 0);
        const QString number = word.section(QLatin1Char('='), 1);
        bool numeric = true;
        const int value = number.isEmpty() ? 0 : number.toInt(&numeric);
        if (!numeric || value < 0)
            return bad(text);
        if (i == 0) {
            for (const KindRow &row : kinds) {
                if (name == QLatin1String(row.word))
                    rule.fault = {row.kind, number.isEmpty() ? row.standard : value};
            }
            if (rule.fault.kind == FaultKind::None
                || (rule.fault.kind == FaultKind::Status
                    && (rule.fault.value < 400 || rule.fault.value > 599)))
                return bad(text);
        } else if (name == QLatin1String("times") && value > 0) {
            rule.times = value;
        } else if (name == QLatin1String("every") && value > 0) {
            rule.every = value;
        } else if (name == QLatin1String("after") && !number.isEmpty()) {
            rule.after = value;
        } else {
            return bad(text);
        }
    }
    return rule;
}

base::Status FaultPlan::set(const QString &spec)
{
    std::vector<Rule> rules;
    for (const QString &text : spec.split(QLatin1Char(';'), Qt::SkipEmptyParts)) {
        if (text.trimmed().isEmpty())
            continue;
        NARU_ASSIGN(Rule rule, parseRule(text.trimmed()));
        rules.push_back(std::move(rule));
    }
    const std::lock_guard guard(m_mutex);
    m_rules = std::move(rules);
    return {};
}

Fault FaultPlan::next(const QString &target)
{
    const std::lock_guard guard(m_mutex);
    Fault chosen;
    for (Rule &rule : m_rules) {
        if (rule.target != target && rule.target != QLatin1String("all"))
            continue;
        ++rule.seen;
        if (chosen.kind != FaultKind::None || rule.seen <= rule.after
            || (rule.times > 0 && rule.fired >= rule.times))
            continue;
        if (rule.every > 0 && (rule.seen - rule.after) % rule.every != 0)
            continue;
        ++rule.fired;
        chosen = rule.fault;
    }
    return chosen;
}

QString FaultPlan::spec() const
{
    const std::lock_guard guard(m_mutex);
    QStringList out;
    for (const Rule &rule : m_rules)
        out.append(rule.text);
    return out.join(QLatin1Char(';'));
}

QJsonArray FaultPlan::toJson() const
{
    const std::lock_guard guard(m_mutex);
    QJsonArray out;
    for (const Rule &rule : m_rules)
        out.append(QJsonObject{{QStringLiteral("rule"), rule.text}, {QStringLiteral("seen"), rule.seen},
            {QStringLiteral("fired"), rule.fired}});
    return out;
}

} // namespace naru::practice
