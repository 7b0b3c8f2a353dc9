#include "ui/pages/imaging/FolderSource.h"

#include "core/base/Errors.h"
#include "core/imaging/Errors.h"

#include <QDirIterator>
#include <QFile>
#include <QSet>

namespace naru::ui {

namespace {

constexpr int MostFiles = 50000;
constexpr std::size_t MostFaults = 1000;

// With the mark of PS3.10 7.1. What cannot even be opened may be an image as well.
bool mayBeDicom(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return true;
    const QByteArray head = file.read(132);
    return head.size() == 132 && head.endsWith("DICM");
}

void note(services::ImportReport &report, const QString &file, const QString &path, const base::Error &error)
{
    if (error.is(imaging::errors::NotDicom) && !mayBeDicom(path)) {
        ++report.notDicom;
        return;
    }
    ++report.faultCount;
    if (report.faults.size() < MostFaults)
        report.faults.push_back(
            {file, QString::fromLatin1(error.code.id), error.detail, error.arguments, false});
}

// A study of one person: devices give study UIDs twice, or none at all.
QString keyOf(const imaging::ImageFacts &facts)
{
    const QString who = facts.patientId.trimmed().isEmpty() ? facts.patientName : facts.patientId.trimmed();
    return QStringList{facts.studyUid, who, facts.birthDate}.join(QLatin1Char('|'));
}

services::StudyRow rowOf(const QString &key, const std::vector<imaging::InstanceRef> &instances)
{
    const imaging::ImageFacts &facts = *instances.front().facts;
    services::StudyRow row;
    row.key = key;
    row.studyUid = facts.studyUid;
    row.patientName = facts.patientName;
    row.patientId = facts.patientId;
    row.issuerOfPatientId = facts.issuerOfPatientId;
    row.birthDate = facts.birthDate;
    row.sex = facts.sex;
    row.date = facts.studyDate;
    row.time = facts.studyTime;
    row.description = facts.studyDescription;
    row.institution = facts.institution;
    row.accession = facts.accession;
    row.source = QStringLiteral("folder");
    row.instances = int(instances.size());
    QSet<QString> series;
    QStringList modalities;
    for (const imaging::InstanceRef &instance : instances) {
        series.insert(instance.facts->seriesUid);
        if (!modalities.contains(instance.facts->modality))
            modalities.append(instance.facts->modality);
    }
    row.series = int(series.size());
    row.modalities = modalities.join(QStringLiteral(", "));
    return row;
}

} // namespace

FolderSource::FolderSource(const QString &folder, const imaging::DecoderOptions &options)
    : m_folder(folder)
    , m_options(options)
{
}

base::Result<imaging::DecoderPool *> FolderSource::pool()
{
    const std::lock_guard lock(m_mutex);
    if (!m_pool) {
        auto started = imaging::DecoderPool::start(m_options);
        if (!started)
            return started.error();
        m_pool = std::move(started).value();
    }
    return m_pool.get();
}

base::Status FolderSource::read(const base::WorkContext &work)
{
    NARU_ASSIGN(imaging::DecoderPool * decoders, pool());
    {
        const std::lock_guard lock(m_mutex);
        if (m_read)
            return {};
    }
    QStringList order;
    QHash<QString, std::vector<imaging::InstanceRef>> studies;
    services::ImportReport report;
    const QDir root(m_folder);
    QDirIterator files(m_folder, QDir::Files | QDir::NoSymLinks, QDirIterator::Subdirectories);
    for (int count = 0; files.hasNext() && count < MostFiles; ++count) {
        if (work.stopRequested())
            return base::Error(base::errors::Stopped);
        const QString path = files.next();
        work.report("read", count);
        auto facts = decoders->facts({path, {}}, work);
        if (!facts && work.stopRequested())
            return base::Error(base::errors::Stopped);
        ++report.files;
        if (!facts)
            note(report, root.relativeFilePath(path), path, facts.error());
        if (!facts || facts->kind == imaging::Kind::Directory)
            continue;
        const QString key = keyOf(*facts);
        if (!studies.contains(key))
            order.append(key);
        studies[key].push_back({std::make_shared<const imaging::ImageFacts>(std::move(*facts)), path});
    }
    const std::lock_guard lock(m_mutex);
    m_order = order;
    m_studies = studies;
    m_report = report;
    m_read = true;
    return {};
}

services::ImportReport FolderSource::report()
{
    const std::lock_guard lock(m_mutex);
    return m_report;
}

base::Result<std::vector<services::StudyRow>> FolderSource::studies(const base::WorkContext &work)
{
    NARU_TRY(read(work));
    const std::lock_guard lock(m_mutex);
    std::vector<services::StudyRow> rows;
    for (const QString &key : std::as_const(m_order))
        rows.push_back(rowOf(key, m_studies.value(key)));
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.date > b.date; });
    return rows;
}

base::Result<std::vector<imaging::InstanceRef>> FolderSource::instances(
    const QString &studyKey, const base::WorkContext &work)
{
    NARU_TRY(read(work));
    const std::lock_guard lock(m_mutex);
    return m_studies.value(studyKey);
}

base::Result<imaging::ImageSource> FolderSource::bytes(const QString &handle)
{
    return imaging::ImageSource{handle, {}};
}

} // namespace naru::ui
