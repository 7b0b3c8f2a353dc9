#include "ui/pages/archive/FoundStudy.h"

#include "core/services/ImageService.h"

#include <algorithm>

namespace naru::ui {

namespace {

bool hasHangul(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Hangul; });
}

services::StudyRow asRow(const services::PacsStudy &said)
{
    services::StudyRow row;
    row.patientName = said.patientName;
    row.patientId = said.patientId;
    row.birthDate = said.birthDate;
    row.sex = said.sex;
    return row;
}

void addDifferences(QStringList &to, const clinical::Patient &chart, const services::StudyRow &row)
{
    to.append(services::differencesFrom(chart, row));
    to.removeDuplicates();
}

} // namespace

FoundStudy judged(const services::PacsStudy &said, const clinical::Patient &chart,
    const services::PatientKey &patient, const std::vector<services::StudyRow> &stored)
{
    using Place = FoundStudy::Place;
    FoundStudy out{said, Place::Nowhere, {}, {}, false};
    out.said.here = 0;
    const services::StudyRow row = asRow(said);
    if (!patient.isEmpty()) {
        addDifferences(out.differing, chart, row);
        const bool born = said.birthDate.trimmed().size() == 8 && chart.birthDate.date().isValid();
        out.certain = born || (hasHangul(chart.name) && hasHangul(said.patientName));
    }
    for (const services::StudyRow &own : stored) {
        if (own.studyUid != said.studyUid)
            continue;
        out.said.here += own.instances;
        if (!own.patientKey.isEmpty() && own.patientKey != patient && !patient.isEmpty()) {
            out.place = Place::OtherChart;
            continue;
        }
        if (!patient.isEmpty()) // the images know better than the list
            addDifferences(out.differing, chart, own);
        if (out.place == Place::OtherChart)
            continue;
        out.studyKey = own.key;
        out.place = own.patientKey.isEmpty() ? Place::NoChart : Place::Here;
    }
    if (out.place == Place::Here && !out.isWhole())
        out.place = Place::Partly;
    return out;
}

QString placeKey(const FoundStudy &study)
{
    if (study.place == FoundStudy::Place::OtherChart)
        return QStringLiteral("otherChart");
    if (!study.differing.isEmpty())
        return QStringLiteral("otherPerson");
    switch (study.place) {
    case FoundStudy::Place::Partly:
        return QStringLiteral("partly");
    case FoundStudy::Place::Here:
        return QStringLiteral("here");
    case FoundStudy::Place::NoChart:
        return QStringLiteral("noChart");
    default:
        return QStringLiteral("nowhere");
    }
}

QString personName(const QString &dicomName)
{
    const QStringList groups = dicomName.split(QLatin1Char('='));
    for (const QString &group : groups) {
        if (hasHangul(group))
            return QString(group).remove(QLatin1Char('^')).trimmed();
    }
    return groups.value(0).split(QLatin1Char('^'), Qt::SkipEmptyParts).join(QLatin1Char(' ')).trimmed();
}

QString dayText(const QString &dicomDate)
{
    const QDate day = QDate::fromString(dicomDate.trimmed().left(8), QStringLiteral("yyyyMMdd"));
    return day.isValid() ? day.toString(QStringLiteral("yyyy-MM-dd")) : dicomDate.trimmed();
}

} // namespace naru::ui
