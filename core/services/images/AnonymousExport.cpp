// A study as files without the patient (a part of ImageService).
#include "core/imaging/Errors.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/services/Errors.h"
#include "core/services/ImageService.h"
#include "core/services/Internals.h"

#include <QDir>
#include <QSaveFile>

namespace naru::services {

namespace {
constexpr quint32 PixelData = 0x7FE00010;

class AnonymousExport {
public:
    AnonymousExport(
        ImageService &images, imaging::DecoderPool &pool, imaging::Anonymiser anonymiser, QString folder)
        : m_images(images)
        , m_pool(pool)
        , m_anonymiser(std::move(anonymiser))
        , m_folder(std::move(folder))
    {
    }

    base::Result<ExportReport> run(const std::vector<InstanceRow> &all, const base::WorkContext &work)
    {
        m_report.path = m_folder;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (work.stopRequested())
                return imaging::errors::Stopped;
            work.report("anonymise", qint64(i), qint64(all.size()));
            const base::Status written = write(all[i], work);
            if (!written && !written.error().is(imaging::errors::EmbeddedDocument))
                return written.error();
            m_report.leftOut += written ? 0 : 1;
        }
        return m_report;
    }
    void takeAway() const
    {
        for (const QString &file : m_made)
            QFile::remove(file);
    }

private:
    base::Status write(const InstanceRow &row, const base::WorkContext &work)
    {
        NARU_ASSIGN(const imaging::ImageSource source, m_images.source(row.key));
        NARU_ASSIGN(const imaging::DataSetValue set, m_pool.dataSet(source, {}, work));
        NARU_ASSIGN(const imaging::Anonymised done, m_anonymiser.apply(set));
        // Pixels keep their form; what is not written here becomes explicit little endian.
        const imaging::DataElement *pixels = done.set.find(PixelData);
        const bool encapsulated = pixels && pixels->bulk && pixels->bulk->encapsulated;
        NARU_ASSIGN(const QByteArray bytes,
            imaging::writePart10(done.set,
                {.transferSyntax = encapsulated ? row.facts.transferSyntax : QString(),
                    .bulk = imaging::bulkReader(source.bytes)}));
        const QString path = QDir(m_folder).filePath(
            QStringLiteral("IM%1.dcm").arg(m_report.instances + 1, 6, 10, QLatin1Char('0')));
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
            return imaging::errors::WriteFailed;
        m_made.append(path);
        ++m_report.instances;
        m_report.bytes += bytes.size();
        for (const QString &warning : done.warnings) {
            if (!m_report.warnings.contains(warning))
                m_report.warnings.append(warning);
        }
        return {};
    }

    ImageService &m_images;
    imaging::DecoderPool &m_pool;
    imaging::Anonymiser m_anonymiser;
    QString m_folder;
    ExportReport m_report{};
    QStringList m_made{};
};
} // namespace

base::Result<ExportReport> ImageService::exportAnonymised(const QString &studyKey, const QString &folder,
    const imaging::AnonymiseOptions &options, const base::WorkContext &work)
{
    NARU_ASSIGN(const StudyRow row, study(studyKey));
    NARU_ASSIGN(imaging::Anonymiser anonymiser, imaging::Anonymiser::make(options));
    NARU_ASSIGN(imaging::DecoderPool * decoders, pool());
    constexpr auto Anything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    if (!QDir().mkpath(folder) || !QDir(folder).isEmpty(Anything))
        return base::Error(errors::ExportTarget);
    std::vector<InstanceRow> all;
    for (const SeriesRow &each : series(studyKey)) {
        for (InstanceRow &instance : instances(each.key))
            all.push_back(std::move(instance));
    }
    // The record first, as for every export.
    audit::AuditEvent event = m.events().act(QStringLiteral("image.export"), row.patientKey, row.studyUid);
    event.reason = QStringLiteral("anonymised");
    NARU_TRY(m.stores.audit->append(event));
    m.changed(Change::Audit);
    AnonymousExport run(*this, *decoders, std::move(anonymiser), folder);
    auto done = run.run(all, work);
    if (!done) {
        run.takeAway();
        event.uuid.clear(); // a record of its own
        event.outcome = audit::Outcome::MinorFailure;
        event.outcomeDescription = QString::fromLatin1(done.error().code.id);
        m.record(event);
    }
    return done;
}

} // namespace naru::services
