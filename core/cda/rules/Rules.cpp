#include "core/cda/rules/Rules.h"

#include "core/base/Tsv.h"
#include "core/cda/render/Render.h"
#include "core/cda/rules/CheckKinds.h"
#include "core/cda/rules/rulesTable.h"

namespace naru::cda {

using clinical::RuleProblem;
using Severity = clinical::RuleProblem::Severity;

namespace {
Severity severityFrom(const QString &word)
{
    if (word == QLatin1String("warning"))
        return Severity::Warning;
    return word == QLatin1String("information") ? Severity::Information : Severity::Error;
}

bool concerns(const Rule &rule, clinical::Form form)
{
    if (rule.forms.contains(QLatin1String("cda")))
        return true;
    if (form == clinical::Form::Unknown)
        return false;
    return rule.forms.contains(QLatin1String("*")) || rule.forms.contains(clinical::formKey(form));
}

void apply(const Rule &rule, const Subject &subject, std::vector<RuleProblem> &problems)
{
    const auto check = checks().constFind(rule.check);
    if (check == checks().constEnd())
        return; // tests/core/cda proves that every row names a known kind
    for (const QString &path : (*check)(rule, subject)) {
        const QString field = needsBytes(rule.check) ? QString() : rule.field.isEmpty() ? path : rule.field;
        problems.push_back({rule.id, rule.severity, field, path, rule.messageKo, rule.messageEn});
    }
}
} // namespace

const std::vector<Rule> &rules()
{
    static const std::vector<Rule> all = [] {
        std::vector<Rule> out;
        const base::TsvTable table = base::TsvTable::parse(tables::rules);
        out.reserve(std::size_t(table.rowCount()));
        for (int row = 0; row < table.rowCount(); ++row)
            out.push_back(
                {table.at(row, "id"), table.at(row, "forms").split(QLatin1Char(' '), Qt::SkipEmptyParts),
                    severityFrom(table.at(row, "severity")), table.at(row, "field"), table.at(row, "check"),
                    table.at(row, "parameter"), table.at(row, "ko"), table.at(row, "en"),
                    table.at(row, "source")});
        return out;
    }();
    return all;
}

QStringList checkKinds()
{
    return checks().keys();
}

QString severityKey(Severity severity)
{
    switch (severity) {
    case Severity::Error:
        return QStringLiteral("error");
    case Severity::Warning:
        return QStringLiteral("warning");
    case Severity::Information:
        break;
    }
    return QStringLiteral("information");
}

bool blocksSending(const std::vector<RuleProblem> &problems)
{
    return std::any_of(problems.begin(), problems.end(),
        [](const RuleProblem &problem) { return problem.severity == Severity::Error; });
}

std::vector<RuleProblem> checkDocument(const clinical::Document &document, const RuleOptions &options)
{
    const std::vector<clinical::FieldValue> values = clinical::fieldValues(document);
    const Subject subject{&document, &values, nullptr, &options};
    std::vector<RuleProblem> problems;
    for (const Rule &rule : rules()) {
        if (concerns(rule, document.form) && !needsBytes(rule.check))
            apply(rule, subject, problems);
    }
    return problems;
}

Report checkBytes(const QByteArray &bytes, const RuleOptions &options, const ReadBudget &budget)
{
    Report report;
    const auto unreadable = [&report](const base::Error &error) {
        const QString line = error.arguments.value(QStringLiteral("line"));
        report.problems.push_back({QStringLiteral("cda.readable"), Severity::Error, {},
            line.isEmpty() ? QString() : QStringLiteral("line ") + line,
            QStringLiteral("문서를 읽을 수 없습니다 (%1). 보낸 곳에 문서를 다시 요청하세요")
                .arg(QLatin1String(error.code.id)),
            QStringLiteral("The document cannot be read: ") + error.toString()});
        return report;
    };
    const auto root = parseCda(bytes, budget);
    if (!root)
        return unreadable(root.error());
    const auto read = readTree(*root, budget);
    if (!read)
        return unreadable(read.error());
    report.form = read->document.form;
    report.problems = checkDocument(read->document, options);
    const Subject subject{&read->document, nullptr, &*root, &options};
    for (const Rule &rule : rules()) {
        if (needsBytes(rule.check) && concerns(rule, report.form))
            apply(rule, subject, report.problems);
    }
    for (const clinical::ReadWarning &warning : read->warnings)
        report.problems.push_back({warning.code, Severity::Warning, {}, warning.path,
            warningText(warning, Language::Korean), warningText(warning, Language::English)});
    return report;
}

} // namespace naru::cda
