#include "core/handover/Intake.h"

#include "core/base/Hangul.h"
#include "core/handover/Errors.h"
#include "core/handover/ResidentNumber.h"

namespace naru::handover {

namespace {
constexpr std::size_t maximumNotes = 1000; // enough to see a pattern; the rest are counted

// Only the hyphenated form: thirteen digits in a row may as well be a KD drug code.
void maskResidentNumbers(QString &text)
{
    for (qsizetype at = text.indexOf(u'-'); at >= 0; at = text.indexOf(u'-', at + 1)) {
        if (at < 6 || at + 8 > text.size() || (at + 8 < text.size() && text[at + 8].isDigit())
            || (at > 6 && text[at - 7].isDigit()))
            continue;
        if (ResidentNumber::parse(QStringView(text).sliced(at - 6, 14)))
            text.replace(at + 2, 6, QStringLiteral("******"));
    }
}
} // namespace

Intake::Intake(const ReadOptions &options, const char *formatKey, const QString &label)
    : m_options(options)
    , m_label(label)
{
    m_out.format = QString::fromLatin1(formatKey);
}

QString Intake::text(const QString &raw)
{
    QString kept;
    kept.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const QChar c = raw[i];
        const bool control =
            (c < u' ' && c != u'\n' && c != u'\t') || (c.unicode() >= 0x7F && c.unicode() <= 0x9F);
        const bool paired = c.isHighSurrogate() && i + 1 < raw.size() && raw[i + 1].isLowSurrogate();
        if (paired)
            kept += raw[i++];
        if (!control && (paired || !c.isSurrogate())) // half a pair (JSON "\\ud800") is no character
            kept += raw[i];
    }
    kept = base::normalized(kept);
    maskResidentNumbers(kept);
    return kept;
}

base::Timestamp Intake::time(const QString &raw, const QString &place)
{
    const QString trimmed = raw.trimmed();
    if (trimmed.isEmpty())
        return {};
    auto parsed = base::Timestamp::parseAny(trimmed);
    if (parsed)
        return *parsed;
    note(place, QStringLiteral("not a date or time; left empty"));
    return {};
}

clinical::Source Intake::source(const QString &received, const QString &kept) const
{
    clinical::Source out;
    out.kind = clinical::Source::Kind::Emr;
    out.label = m_label;
    if (received != kept) {
        out.original = received;
        maskResidentNumbers(out.original);
    }
    return out;
}

void Intake::note(const QString &place, const QString &message)
{
    if (m_out.notes.size() < maximumNotes)
        m_out.notes.push_back({place, message});
    else
        ++m_unheardNotes;
}

bool Intake::admit(const QString &place)
{
    if (m_entries < m_options.maximumEntries) {
        ++m_entries;
        return true;
    }
    if (m_overflow.isEmpty())
        m_overflow = place;
    return false;
}

void Intake::patientText(const char *field, QString clinical::Patient::*member, const QString &raw)
{
    const QString value = text(raw);
    if (value.isEmpty())
        return;
    m_out.patient.*member = value;
    m_out.patient.sources.insert(QLatin1String(field), source(raw, value));
}

void Intake::patientBirthDate(const QString &raw, const QString &place)
{
    const base::Timestamp value = time(raw, place);
    if (value.isNull())
        return;
    if (value.date() > QDate::currentDate().addDays(1)) // clocks and time zones differ by less
        note(place, QStringLiteral("a day in the future; kept as stated"));
    m_out.patient.birthDate = value;
    m_out.patient.sources.insert(QStringLiteral("birthDate"), source(raw.trimmed(), value.toIso()));
}

void Intake::patientSex(const QString &raw, const QString &place)
{
    const QString value = text(raw);
    if (value.isEmpty())
        return;
    const clinical::Sex sex = clinical::sexFromText(value);
    if (sex == clinical::Sex::Unknown) {
        note(place, QStringLiteral("sex is not stated in known words"));
        return;
    }
    m_out.patient.sex = sex;
    m_out.patient.sources.insert(QStringLiteral("sex"), source(value, clinical::sexToHl7(sex)));
}

bool Intake::takeResidentNumber(const QString &raw)
{
    const auto number = ResidentNumber::parse(raw);
    if (!number)
        return false;
    m_out.patient.residentNumber = number->digits;
    m_out.patient.sources.insert(QStringLiteral("residentNumber"), source());
    return true;
}

base::Result<clinical::HandOver> Intake::finish()
{
    using base::Error;
    if (!m_overflow.isEmpty())
        return Error(errors::TooMany, QStringLiteral("more than %1 entries").arg(m_options.maximumEntries),
            {{QStringLiteral("place"), m_overflow}});
    clinical::Patient &patient = m_out.patient;
    if (const auto number = ResidentNumber::parse(patient.residentNumber)) {
        clinical::Source derived = source();
        derived.label += QStringLiteral(" (주민등록번호에서 계산)");
        if (patient.birthDate.isNull()) {
            patient.birthDate = base::Timestamp::fromDate(number->birthDate);
            patient.sources.insert(QStringLiteral("birthDate"), derived);
        } else if (patient.birthDate.precision() >= base::Timestamp::Precision::Day
            && patient.birthDate.date() != number->birthDate) {
            note(QStringLiteral("patient.birthDate"),
                QStringLiteral("differs from the resident number; kept as stated"));
        }
        if (patient.sex == clinical::Sex::Unknown) {
            patient.sex = number->sex;
            patient.sources.insert(QStringLiteral("sex"), derived);
        } else if (patient.sex != number->sex) {
            note(QStringLiteral("patient.sex"),
                QStringLiteral("differs from the resident number; kept as stated"));
        }
    }
    if (patient.localId.extension.isEmpty() && patient.name.isEmpty())
        return Error(errors::NoPatient, m_out.format);
    if (patient.localId.root.isEmpty() && !patient.localId.extension.isEmpty())
        patient.localId.root = m_options.institutionOid;
    if (m_unheardNotes > 0)
        m_out.notes.push_back({QStringLiteral("file"), QStringLiteral("%1 more notes").arg(m_unheardNotes)});
    return std::move(m_out);
}

} // namespace naru::handover
