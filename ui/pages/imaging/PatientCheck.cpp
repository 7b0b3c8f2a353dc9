#include "ui/pages/imaging/PatientCheck.h"

#include "core/services/ImageService.h"
#include "ui/text/Words.h"

#include <algorithm>

namespace naru::ui {

namespace {

bool isHangul(const QString &text)
{
    return std::any_of(
        text.begin(), text.end(), [](QChar c) { return c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3; });
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

QString readableSex(const QString &dicomSex, text::Language language)
{
    const clinical::Sex sex = clinical::sexFromText(dicomSex);
    return sex == clinical::Sex::Unknown ? dicomSex : text::sexName(sex, language);
}

PatientCheck checkPatient(const services::StudyRow &study, const clinical::Patient &patient)
{
    PatientCheck check;
    check.differing = services::differencesFrom(patient, study);
    const bool born = study.birthDate.size() == 8 && patient.birthDate.date().isValid();
    check.certain = born || (isHangul(patient.name) && isHangul(study.patientName));
    return check;
}

} // namespace naru::ui
