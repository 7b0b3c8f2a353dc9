#include "core/cda/rules/CheckKinds.h"

#include "core/base/Oid.h"
#include "core/clinical/forms/FormSpec.h"

#include <QRegularExpression>

namespace naru::cda {

using base::XmlElement;
using clinical::FieldValue;

std::vector<const FieldValue *> Subject::all(const QString &key) const
{
    std::vector<const FieldValue *> out;
    for (const FieldValue &value : *values) {
        if (value.key == key)
            out.push_back(&value);
    }
    return out;
}

const FieldValue *Subject::sibling(const FieldValue &of, const QString &key) const
{
    const qsizetype bracket = of.path.indexOf(QLatin1Char(']'));
    const QString element = bracket < 0 ? QString() : of.path.left(bracket + 1);
    for (const FieldValue *value : all(key)) {
        if (element.isEmpty() || value->path.startsWith(element))
            return value;
    }
    return nullptr;
}

bool Subject::isPresent(const FieldValue &value) const
{
    const auto typed = [&](const QString &name) {
        return !options->liveTexts.value(name).trimmed().isEmpty();
    };
    return !value.isEmpty() || typed(value.path) || typed(value.key);
}

namespace {
QStringList words(const QString &text)
{
    return text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

// A check of each value of the rule's field.
template <typename F> Check eachValue(F &&fails)
{
    return [fails](const Rule &rule, const Subject &subject) {
        QStringList out;
        for (const FieldValue *value : subject.all(rule.field)) {
            if (fails(rule, subject, *value))
                out.append(value->path);
        }
        return out;
    };
}

bool isMissing(const Rule &, const Subject &subject, const FieldValue &value)
{
    return !subject.isPresent(value);
}

bool isMissingBeside(const Rule &rule, const Subject &subject, const FieldValue &value)
{
    const FieldValue *other = subject.sibling(value, rule.parameter);
    return other && !other->isEmpty() && !subject.isPresent(value);
}

bool allMissing(const Rule &rule, const Subject &subject, const FieldValue &value)
{
    for (const QString &key : words(rule.parameter)) {
        const FieldValue *other = subject.sibling(value, key);
        if (other && subject.isPresent(*other))
            return false;
    }
    return true;
}

bool anyMissing(const Rule &rule, const Subject &subject, const FieldValue &value)
{
    for (const QString &key : words(rule.parameter)) {
        const FieldValue *other = subject.sibling(value, key);
        if (other && !subject.isPresent(*other))
            return true;
    }
    return false;
}

bool isNoneOf(const Rule &rule, const Subject &, const FieldValue &value)
{
    if (value.isEmpty())
        return false;
    if (!rule.parameter.startsWith(QLatin1Char('@')))
        return !words(rule.parameter).contains(value.text);
    for (const clinical::Choice &choice : clinical::valueSetChoices(rule.parameter.mid(1))) {
        if (choice.code == value.text)
            return false;
    }
    return true;
}

bool mismatches(const Rule &rule, const Subject &, const FieldValue &value)
{
    const QRegularExpression pattern(QRegularExpression::anchoredPattern(rule.parameter));
    return !value.isEmpty() && !pattern.match(value.text).hasMatch();
}

bool isTooLong(const Rule &rule, const Subject &, const FieldValue &value)
{
    return value.text.size() > rule.parameter.toInt();
}

bool isOfOtherSystem(const Rule &rule, const Subject &, const FieldValue &value)
{
    if (value.isEmpty())
        return false;
    const QStringList names = words(rule.parameter);
    const auto accepted = [&names](const clinical::CodedValue &code) {
        return !code.code.isEmpty() && std::any_of(names.begin(), names.end(), [&code](const QString &name) {
            return base::oid(name.toLatin1().constData()).text() == code.system;
        });
    };
    return !accepted(value.coded)
        && std::none_of(value.coded.translations.begin(), value.coded.translations.end(), accepted);
}

bool isFuture(const Rule &, const Subject &subject, const FieldValue &value)
{
    return value.time.date().isValid() && value.time.date() > subject.options->today;
}

bool isBefore(const Rule &rule, const Subject &subject, const FieldValue &value)
{
    const FieldValue *start = subject.sibling(value, rule.parameter);
    if (!start || start->time.isNull() || value.time.isNull())
        return false;
    // 2026-11-20 is not before 2026-11-20 10:15: compare what both know.
    using Precision = base::Timestamp::Precision;
    if (qMin(start->time.precision(), value.time.precision()) <= Precision::Day)
        return value.time.date() < start->time.date()
            && qMin(start->time.precision(), value.time.precision()) == Precision::Day;
    return value.time.earliestUtc() < start->time.earliestUtc();
}

bool hasResidentNumber(const FieldValue &value)
{
    // Identifiers of documents and institutions are long digit strings by nature.
    static const QStringList identifiers{QStringLiteral("id"), QStringLiteral("id.extension"),
        QStringLiteral("setId"), QStringLiteral("replaces"), QStringLiteral("inReplyTo"),
        QStringLiteral("patient.localId.root"), QStringLiteral("readings.studyUid"),
        QStringLiteral("readings.seriesUid"), QStringLiteral("readings.sopUid"),
        QStringLiteral("labs.kosUid")};
    return !value.isTime && !identifiers.contains(value.key) && !value.key.endsWith(QLatin1String(".oid"))
        && looksLikeResidentNumber(value.text);
}

bool isUnwritable(const QString &text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t u = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            ++i;
            continue;
        }
        if ((u < 0x20 && u != u'\t' && u != u'\n' && u != u'\r') || text[i].isSurrogate() || u >= 0xFFFE)
            return true;
    }
    return false;
}

template <typename F> Check anyValue(F &&fails)
{
    return [fails](const Rule &, const Subject &subject) {
        QStringList out;
        for (const FieldValue &value : *subject.values) {
            if (fails(value))
                out.append(value.path);
        }
        return out;
    };
}

QStringList atMostOne(const Rule &rule, const Subject &subject)
{
    QStringList set;
    for (const FieldValue *value : subject.all(rule.field)) {
        if (!value->isEmpty())
            set.append(value->path);
    }
    return set.size() > 1 ? set.mid(1) : QStringList();
}

QStringList minCount(const Rule &rule, const Subject &subject)
{
    for (const FieldValue *value : subject.all(rule.field)) {
        if (value->text.toInt() < rule.parameter.toInt())
            return {value->path};
    }
    return {};
}

QStringList notContains(const Rule &rule, const Subject &subject)
{
    QStringList out;
    for (const FieldValue &value : *subject.values) {
        if (value.key.startsWith(rule.field + QLatin1Char('.')) && value.text.contains(rule.parameter))
            out.append(value.path);
    }
    return out;
}

QStringList recipientParticipates(const Rule &, const Subject &subject)
{
    QStringList out;
    if (!subject.options->participationKnown)
        return out;
    for (std::size_t i = 0; i < subject.document->recipients.size(); ++i) {
        if (!subject.document->recipients[i].institution.exchanges)
            out.append(QStringLiteral("recipients[%1].institution").arg(i));
    }
    return out;
}

QStringList requiredForRelay(const Rule &rule, const Subject &subject)
{
    return subject.options->relay ? eachValue(isMissing)(rule, subject) : QStringList();
}

QStringList exceptionComplete(const Rule &, const Subject &subject)
{
    const clinical::EmergencyException &e = subject.document->exception;
    const bool none = e == clinical::EmergencyException{};
    const bool complete = e.which != clinical::EmergencyException::Case::None
        && !e.explanation.trimmed().isEmpty() && !e.decidedBy.trimmed().isEmpty() && !e.decidedAt.isNull();
    return none || complete ? QStringList() : QStringList(QStringLiteral("exception"));
}

// First policy of the parameter is the whole one; the second counts when partial consent is allowed or it is
// a withdrawal.
QStringList consentPolicy(const Rule &rule, const Subject &subject)
{
    if (!subject.document->consent)
        return {};
    const QStringList names = words(rule.parameter);
    const bool partial =
        subject.options->partialConsentAllowed || subject.document->form == clinical::Form::Withdrawal;
    for (int i = 0; i < (partial ? names.size() : 1); ++i) {
        if (subject.document->consent->policy == base::oid(names[i].toLatin1().constData()).text())
            return {};
    }
    return {QStringLiteral("consent.policy")};
}

const XmlElement *elementAt(const XmlElement *root, const QString &path)
{
    const XmlElement *at = root;
    for (const QString &name : path.split(QLatin1Char('/'))) {
        at = at ? at->child(QLatin1String(name.toLatin1().constData())) : nullptr;
    }
    return at;
}

QStringList element(const Rule &rule, const Subject &subject)
{
    return elementAt(subject.root, rule.field) ? QStringList() : QStringList(rule.field);
}

QStringList elementAny(const Rule &rule, const Subject &subject)
{
    for (const QString &path : words(rule.field)) {
        if (elementAt(subject.root, path))
            return {};
    }
    return {words(rule.field).first()};
}

QStringList attributeIs(const Rule &rule, const Subject &subject)
{
    const XmlElement *at = elementAt(subject.root, rule.field);
    const QString name = rule.parameter.section(QLatin1Char('='), 0, 0);
    const QString wanted = rule.parameter.section(QLatin1Char('='), 1);
    if (!at || at->attribute(QLatin1String(name.toLatin1().constData())) == wanted)
        return {};
    return {rule.field};
}

void sectionsWithoutText(const XmlElement &parent, QStringList &out)
{
    for (const XmlElement *component : parent.all(QLatin1String("component"))) {
        const XmlElement *section = component->child(QLatin1String("section"));
        if (!section)
            continue;
        if (!section->child(QLatin1String("text")) && !section->child(QLatin1String("component"))
            && out.size() < 50)
            out.append(QStringLiteral("line %1").arg(section->line));
        sectionsWithoutText(*section, out);
    }
}

QStringList sectionText(const Rule &rule, const Subject &subject)
{
    QStringList out;
    if (const XmlElement *body = elementAt(subject.root, rule.field))
        sectionsWithoutText(*body, out);
    return out;
}
} // namespace

const QMap<QString, Check> &checks()
{
    static const QMap<QString, Check> all{{QStringLiteral("required"), eachValue(isMissing)},
        {QStringLiteral("requiredIf"), eachValue(isMissingBeside)},
        {QStringLiteral("requiredAny"), eachValue(allMissing)},
        {QStringLiteral("requiredAll"), eachValue(anyMissing)},
        {QStringLiteral("requiredForRelay"), requiredForRelay},
        {QStringLiteral("oneOf"), eachValue(isNoneOf)}, {QStringLiteral("pattern"), eachValue(mismatches)},
        {QStringLiteral("maxLength"), eachValue(isTooLong)}, {QStringLiteral("minCount"), minCount},
        {QStringLiteral("atMostOne"), atMostOne}, {QStringLiteral("codeSystem"), eachValue(isOfOtherSystem)},
        {QStringLiteral("dateNotFuture"), eachValue(isFuture)},
        {QStringLiteral("dateOrder"), eachValue(isBefore)}, {QStringLiteral("notContains"), notContains},
        {QStringLiteral("recipientParticipates"), recipientParticipates},
        {QStringLiteral("exceptionComplete"), exceptionComplete},
        {QStringLiteral("consentPolicy"), consentPolicy},
        {QStringLiteral("noResidentNumber"), anyValue(hasResidentNumber)},
        {QStringLiteral("writableText"),
            anyValue([](const FieldValue &value) { return isUnwritable(value.text); })},
        {QStringLiteral("element"), element}, {QStringLiteral("elementAny"), elementAny},
        {QStringLiteral("attributeIs"), attributeIs}, {QStringLiteral("sectionText"), sectionText}};
    return all;
}

bool needsBytes(const QString &kind)
{
    return kind.startsWith(QLatin1String("element")) || kind == QLatin1String("attributeIs")
        || kind == QLatin1String("sectionText");
}

bool looksLikeResidentNumber(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral(
        "(?<![0-9.])[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])\\s?-?\\s?[0-9][0-9]{6}(?!\\.?[0-9])"));
    return text.size() >= 13 && pattern.match(text).hasMatch();
}

} // namespace naru::cda
