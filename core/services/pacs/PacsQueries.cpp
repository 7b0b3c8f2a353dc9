#include "core/services/pacs/PacsQueries.h"

#include "core/services/pacs/PacsNodes.h"

namespace naru::services {

using namespace imaging::dimse;

namespace {
constexpr quint32 SopClass = 0x00080016, SopUid = 0x00080018, StudyDate = 0x00080020, StudyTime = 0x00080030,
                  Accession = 0x00080050, ModalitiesInStudy = 0x00080061, Institution = 0x00080080,
                  StudyDescription = 0x00081030, PatientName = 0x00100010, PatientId = 0x00100020,
                  BirthDate = 0x00100030, Sex = 0x00100040, StudyUid = 0x0020000D, SeriesUid = 0x0020000E,
                  SeriesCount = 0x00201206, InstanceCount = 0x00201208;
constexpr int MostInstances = 100'000;

bool isHangul(QChar c)
{
    return c.unicode() >= 0xAC00 && c.unicode() <= 0xD7A3;
}

int countOf(const Match &match, quint32 tag)
{
    bool good = false;
    const int count = match.value(tag).toInt(&good);
    return good && count >= 0 ? count : -1;
}

Query below(const PacsNode &node, const PacsStudy &study, Level level)
{
    Query query{modelOf(node), level, {}, node.characterSet};
    if (query.model == Model::Patient)
        query.keys.push_back({PatientId, study.patientId});
    query.keys.push_back({StudyUid, study.studyUid});
    return query;
}
} // namespace

QString nameKey(const QString &name)
{
    QString text = name.trimmed();
    if (text.isEmpty() || text.contains(QLatin1Char('*')) || text.contains(QLatin1Char('?')))
        return text;
    QString out(QLatin1Char('*'));
    const bool korean = std::all_of(text.begin(), text.end(), isHangul);
    if (korean && text.size() >= 2)
        text.insert(1, QLatin1Char('*')); // 홍길동 finds 홍^길동
    for (const QChar c : text)
        out += c == QLatin1Char(' ') || c == QLatin1Char('^') ? QLatin1Char('*') : c;
    return out + QLatin1Char('*');
}

Query studyQuery(const PacsNode &node, const PacsQuery &query)
{
    const QString date = query.from == query.to ? query.from : query.from + QLatin1Char('-') + query.to;
    return {modelOf(node), Level::Study,
        {{StudyDate, query.from.isEmpty() && query.to.isEmpty() ? QString() : date}, {StudyTime, {}},
            {Accession, query.accession}, {ModalitiesInStudy, query.modality}, {Institution, {}},
            {StudyDescription, {}}, {PatientName, nameKey(query.name)}, {PatientId, query.patientId},
            {BirthDate, query.birthDate}, {Sex, {}}, {StudyUid, query.studyUid}, {SeriesCount, {}},
            {InstanceCount, {}}},
        node.characterSet};
}

PacsStudy studyOf(const Match &match)
{
    PacsStudy out;
    out.studyUid = match.value(StudyUid);
    out.patientName = match.value(PatientName);
    out.patientId = match.value(PatientId);
    out.birthDate = match.value(BirthDate);
    out.sex = match.value(Sex);
    out.date = match.value(StudyDate);
    out.time = match.value(StudyTime);
    out.description = match.value(StudyDescription);
    out.modalities = match.value(ModalitiesInStudy).split(QLatin1Char('\\')).join(QStringLiteral(", "));
    out.accession = match.value(Accession);
    out.institution = match.value(Institution);
    out.series = countOf(match, SeriesCount);
    out.instances = countOf(match, InstanceCount);
    return out;
}

base::Result<std::vector<PacsInstance>> listInstances(
    Client &client, const PacsNode &node, const PacsStudy &study, const base::WorkContext &work)
{
    Query series = below(node, study, Level::Series);
    series.keys.push_back({SeriesUid, {}});
    NARU_ASSIGN(const FindResult allSeries, client.find(series, work));
    if (allSeries.more)
        return std::vector<PacsInstance>();
    std::vector<PacsInstance> out;
    for (const Match &one : allSeries.matches) {
        const QString seriesUid = one.value(SeriesUid);
        if (seriesUid.isEmpty())
            continue;
        Query images = below(node, study, Level::Image);
        images.keys.push_back({SeriesUid, seriesUid});
        images.keys.push_back({SopUid, {}});
        images.keys.push_back({SopClass, {}});
        NARU_ASSIGN(const FindResult found, client.find(images, work));
        if (found.more)
            return std::vector<PacsInstance>();
        for (const Match &image : found.matches) {
            if (const QString uid = image.value(SopUid); !uid.isEmpty() && out.size() < MostInstances)
                out.push_back({seriesUid, uid, image.value(SopClass)});
        }
    }
    return out;
}

} // namespace naru::services
