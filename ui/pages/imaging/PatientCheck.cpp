#include "ui/pages/imaging/PatientCheck.h"

#include <algorithm>

namespace naru::ui {

namespace {

bool isHangul(const QString &text)
{
    return std::any_of(
        text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3; });
}

QString plain(QString text)
{
    text.remove(QLatin1Char('^')).remove(QLatin1Char(' '));
    return text.normalized(QString::NormalizationForm_C).toCaseFolded();
}

} // namespace

QString readableName(const QString &dicomName)
{
    const QStringList groups = dicomName.split(QLatin1Char('='));
    for (const QString &group : groups) {
        if (isHangul(group))
            return QString(group).remove(QLatin1Char('^')).trimmed();
    }
    return groups.value(0).split(QLatin1Char('^'), Qt::SkipEmptyParts).join(QLatin1Char(' ')).trimmed();
}

PatientCheck checkPatient(const services::StudyRow &study, const clinical::Patient &patient)
{
    PatientCheck check;
    const QString birth = patient.birthDate.toIso().left(10).remove(QLatin1Char('-'));
    if (study.birthDate.size() == 8 && birth.size() == 8) {
        check.certain = true;
        if (study.birthDate != birth)
            check.differing << QStringLiteral("birthDate");
    }
    const QString sex = patient.sex == clinical::Sex::Male ? QStringLiteral("M")
        : patient.sex == clinical::Sex::Female             ? QStringLiteral("F")
                                                           : QString();
    if (!sex.isEmpty() && (study.sex == QLatin1String("M") || study.sex == QLatin1String("F"))
        && study.sex != sex)
        check.differing << QStringLiteral("sex");
    // Names are compared in one script only: a romanised name says nothing against a Korean one.
    if (isHangul(patient.name)) {
        const QStringList groups = study.patientName.split(QLatin1Char('='));
        QStringList korean;
        std::copy_if(groups.begin(), groups.end(), std::back_inserter(korean), isHangul);
        if (!korean.isEmpty()) {
            check.certain = true;
            const bool same = std::any_of(korean.begin(), korean.end(),
                [&](const QString &group) { return plain(group) == plain(patient.name); });
            if (!same)
                check.differing << QStringLiteral("name");
        }
    }
    return check;
}

} // namespace naru::ui
