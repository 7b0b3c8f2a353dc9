#include "core/handover/FhirValues.h"

#include "core/handover/Coding.h"

namespace naru::handover {

namespace {
using L1 = QLatin1String;

bool isHangul(const QString &text)
{
    return !text.isEmpty() && text[0].script() == QChar::Script_Hangul;
}

QString nameText(const Json &name)
{
    if (const QString text = name.string(L1("text")); !text.isEmpty())
        return Intake::text(text);
    const QString family = Intake::text(name.string(L1("family")));
    QStringList given;
    for (const Json &one : name[L1("given")].items)
        given.append(Intake::text(one.scalar()));
    if (isHangul(family))
        return family + given.join(QString());
    return (given.join(QLatin1Char(' ')) + QLatin1Char(' ') + family).trimmed();
}

// Times a day from frequency per period; empty when the result is no whole number.
QString timesPerDay(const Json &repeat)
{
    const QString unit = repeat.string(L1("periodUnit"));
    const int frequency = repeat.string(L1("frequency")).toInt();
    const double period = repeat.string(L1("period")).toDouble();
    const double days = unit == L1("d") ? period
        : unit == L1("h")               ? period / 24
        : unit == L1("wk")              ? period * 7
                                        : 0;
    if (frequency <= 0 || days <= 0)
        return {};
    const double times = frequency / days;
    const int whole = int(qMin(times + 0.001, 1000.0));
    return whole >= 1 && qAbs(times - whole) < 0.01 ? QString::number(whole) : QString();
}

QString durationInDays(const Json &value, const Json &unit)
{
    bool ok = false;
    const double amount = value.scalar().toDouble(&ok);
    const QString u = unit.scalar();
    const double days = u == L1("wk")                                 ? amount * 7
        : u == L1("d") || u == L1("day") || u == QStringLiteral("일") ? amount
                                                                      : 0;
    return ok && days >= 1 && days < 10'000 && days == int(days) ? QString::number(int(days)) : QString();
}

void takeLicence(const Json &identifier, clinical::Practitioner &out)
{
    const QString system = identifier.string(L1("system"));
    const bool licence = system == L1("http://www.hl7korea.or.kr/Identifier/mohw-md-license-id")
        || system == L1("https://mohw.go.kr/CodeSystem/practitioner-license-type"); // of the drafts
    if (licence)
        out.licence = Intake::text(identifier.string(L1("value")));
    else if (out.userId.isEmpty())
        out.userId = Intake::text(identifier.string(L1("value")));
}
} // namespace

clinical::CodedValue fhirConcept(const Json &codeableConcept, const QString &place, Intake &intake,
    std::initializer_list<const char *> preferred)
{
    std::vector<ReceivedCode> codes;
    for (const Json &coding : codeableConcept[L1("coding")].items) {
        if (codes.size() == 32)
            break;
        codes.push_back(
            {coding.string(L1("code")), coding.string(L1("system")), coding.string(L1("display"))});
    }
    QString unknown;
    auto out = makeCoded(codes, codeableConcept.string(L1("text")), preferred, &unknown);
    if (!unknown.isEmpty())
        intake.note(place, QStringLiteral("unknown code system; the code is kept without one"));
    return out;
}

QString fhirCode(const Json &codeableConcept)
{
    return codeableConcept[L1("coding")].at(0).string(L1("code"));
}

FhirQuantity fhirQuantity(const Json &quantity)
{
    const QString unit = quantity.string(L1("unit"));
    return {Intake::text(quantity.string(L1("comparator")) + quantity.string(L1("value"))),
        Intake::text(unit.isEmpty() ? quantity.string(L1("code")) : unit)};
}

FhirQuantity fhirObservedValue(const Json &owner)
{
    if (const Json &quantity = owner[L1("valueQuantity")]; quantity.isObject())
        return fhirQuantity(quantity);
    if (const Json &concept_ = owner[L1("valueCodeableConcept")]; concept_.isObject()) {
        const QString text = concept_.string(L1("text"));
        const Json &coding = concept_[L1("coding")].at(0);
        const QString display = coding.string(L1("display"));
        return {Intake::text(!text.isEmpty() ? text
                        : !display.isEmpty() ? display
                                             : coding.string(L1("code"))),
            {}};
    }
    if (const Json &range = owner[L1("valueRange")]; range.isObject()) {
        const FhirQuantity low = fhirQuantity(range[L1("low")]), high = fhirQuantity(range[L1("high")]);
        return {low.value + QLatin1Char('-') + high.value, high.unit.isEmpty() ? low.unit : high.unit};
    }
    if (const Json &ratio = owner[L1("valueRatio")]; ratio.isObject()) {
        const QString top = fhirQuantity(ratio[L1("numerator")]).value;
        return {top + QLatin1Char(':') + fhirQuantity(ratio[L1("denominator")]).value, {}};
    }
    for (const char *name : {"valueString", "valueInteger", "valueBoolean", "valueDateTime", "valueTime"}) {
        if (const QString text = owner.string(L1(name)); !text.isEmpty())
            return {Intake::text(text), {}};
    }
    return {};
}

QString fhirReferenceRange(const Json &ranges)
{
    const Json &range = ranges.at(0);
    if (const QString text = Intake::text(range.string(L1("text"))); !text.isEmpty())
        return text;
    const QString low = fhirQuantity(range[L1("low")]).value, high = fhirQuantity(range[L1("high")]).value;
    if (low.isEmpty() && high.isEmpty())
        return {};
    return low.isEmpty() ? QStringLiteral("<=") + high
        : high.isEmpty() ? QStringLiteral(">=") + low
                         : low + QLatin1Char('-') + high;
}

QString fhirInterpretation(const Json &interpretations)
{
    return Intake::text(fhirCode(interpretations.at(0)));
}

base::Timestamp fhirTime(const Json &owner, const char *base, const QString &place, Intake &intake)
{
    for (const char *suffix : {"DateTime", "Date", "Instant", "String"}) {
        const QString name = L1(base) + L1(suffix);
        if (const QString text = owner.string(L1(name.toLatin1())); !text.isEmpty())
            return intake.time(text, place + QLatin1Char('.') + name);
    }
    const QByteArray period = QByteArray(base) + "Period";
    return intake.time(owner[L1(period)].string(L1("start")), place + QLatin1Char('.') + L1(period));
}

QString fhirName(const Json &names)
{
    QString out;
    for (const Json &name : names.items) {
        const QString text = nameText(name);
        const bool old = name.string(L1("use")) == L1("old");
        if (!text.isEmpty() && !old && (out.isEmpty() || (isHangul(text) && !isHangul(out))))
            out = text;
    }
    return out;
}

QString fhirPhone(const Json &telecom)
{
    QString out;
    for (const Json &point : telecom.items) {
        if (point.string(L1("system")) != L1("phone") || point.string(L1("use")) == L1("old"))
            continue;
        if (out.isEmpty() || point.string(L1("use")) == L1("mobile"))
            out = point.string(L1("value"));
    }
    return out;
}

clinical::Address fhirAddress(const Json &addresses)
{
    const Json &address = addresses.isObject() ? addresses : addresses.at(0);
    clinical::Address out;
    QStringList lines;
    for (const Json &line : address[L1("line")].items)
        lines.append(line.scalar());
    out.basic = Intake::text(address.string(L1("text")));
    if (out.basic.isEmpty()) {
        out.detail = Intake::text(lines.mid(1).join(QLatin1Char(' ')));
        QStringList parts{address.string(L1("state")), address.string(L1("city")),
            address.string(L1("district")), lines.value(0)};
        parts.removeAll(QString());
        out.basic = Intake::text(parts.join(QLatin1Char(' ')));
    }
    out.postalCode = Intake::text(address.string(L1("postalCode")));
    return out;
}

clinical::Practitioner fhirPractitioner(const Json &json, clinical::Practitioner known)
{
    known.name = fhirName(json[L1("name")]);
    known.phone = Intake::text(fhirPhone(json[L1("telecom")]));
    for (const Json &identifier : json[L1("identifier")].items)
        takeLicence(identifier, known);
    for (const Json &qualification : json[L1("qualification")].items) {
        for (const Json &identifier : qualification[L1("identifier")].items)
            takeLicence(identifier, known);
    }
    return known;
}

void fhirDosage(const Json &dosages, const Json &dispense, clinical::Medication &out)
{
    const Json &dosage = dosages.at(0);
    const FhirQuantity dose = fhirQuantity(dosage[L1("doseAndRate")].at(0)[L1("doseQuantity")]);
    out.doseValue = dose.value;
    out.doseUnit = dose.unit;
    out.usage = Intake::text(dosage.string(L1("text")));
    const Json &repeat = dosage[L1("timing")][L1("repeat")];
    out.timesPerDay = timesPerDay(repeat);
    if (out.timesPerDay.isEmpty())
        out.timesPerDay = timesPerDayOf(fhirCode(dosage[L1("timing")][L1("code")]));
    const Json &supply = dispense[L1("expectedSupplyDuration")];
    out.days = durationInDays(
        supply[L1("value")], supply[L1("code")].isScalar() ? supply[L1("code")] : supply[L1("unit")]);
    if (out.days.isEmpty())
        out.days = durationInDays(
            repeat[L1("boundsDuration")][L1("value")], repeat[L1("boundsDuration")][L1("code")]);
    if (out.days.isEmpty())
        out.days = durationInDays(repeat[L1("duration")], repeat[L1("durationUnit")]);
    if (out.usage.isEmpty() && dosage[L1("asNeededBoolean")].scalar() == L1("true"))
        out.usage = QStringLiteral("필요시");
}

} // namespace naru::handover
