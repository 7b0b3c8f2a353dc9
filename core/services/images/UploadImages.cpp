#include "core/services/images/UploadImages.h"

#include "core/base/Errors.h"
#include "core/base/Oid.h"
#include "core/ihe/Errors.h"
#include "core/services/Errors.h"
#include "core/services/images/ImageDetails.h"
#include "core/storage/Errors.h"
#include "core/storage/json/ClinicalJson.h"

#include <algorithm>

namespace naru::services {

namespace {
// Big enough that a request costs little beside its bytes, small enough that little is sent again after a
// break.
constexpr std::size_t mostImages = 64;
constexpr qint64 mostBytes = 24LL * 1024 * 1024;
constexpr int notAuthorised = 0x0124;

base::Error refusal(int reason)
{
    if (reason == notAuthorised)
        return base::Error(
            errors::NoConsent, {}, {{QStringLiteral("reason"), QStringLiteral("the archive refused")}});
    return base::Error(errors::ImagesRefused, {},
        {{QStringLiteral("reason"), QStringLiteral("%1H").arg(reason, 4, 16, QLatin1Char('0')).toUpper()}});
}
} // namespace

// HL7 ActReason of an emergency exception, as the document itself says it (EntryWriter); empty without one.
QString UploadImages::purpose() const
{
    const auto document = storage::fromJsonText<clinical::Document>(m_facts.document);
    const bool exception = document && document->exception.which != clinical::EmergencyException::Case::None;
    return exception ? QStringLiteral("ETREAT") : QString();
}

base::Result<UploadImages::Batch> UploadImages::nextBatch(
    const std::vector<storage::OutboxImage> &waiting) const
{
    Batch out;
    qint64 bytes = 0;
    for (const storage::OutboxImage &one : waiting) {
        if (!out.files.empty() && (out.files.size() >= mostImages || bytes + one.bytes > mostBytes))
            break;
        const auto stored = m.stores.images->instance(one.instanceKey);
        if (!stored)
            return stored.error();
        const InstanceRow row = instanceRow(*stored);
        if (!out.files.empty() && row.facts.studyUid != out.studyUid)
            break;
        NARU_ASSIGN(QByteArray file, m.stores.images->bytes(one.instanceKey));
        out.studyUid = row.facts.studyUid;
        out.images.emplace_back(one.number, row.sopUid);
        bytes += file.size();
        out.files.push_back(std::move(file));
    }
    return out;
}

audit::AuditEvent UploadImages::event(
    const ihe::ImagingEndpoint &archive, const QString &studyUid, int images, const base::Error *error) const
{
    const audit::Outcome outcome = error ? audit::Outcome::MinorFailure : audit::Outcome::Success;
    audit::AuditEvent out = m.events().images(QStringLiteral("image.share"), studyUid, m_item.patientKey,
        m_facts.exchangeId.isEmpty() ? QString() : m_facts.exchangeId.toCx(), {archive.stow, {}}, outcome,
        error ? QString::fromLatin1(error->code.id) : QString());
    out.reason = QStringLiteral("images=%1").arg(images);
    if (!m_facts.recipientOid.isEmpty())
        out.reason += QStringLiteral(" recipient=%1").arg(m_facts.recipientOid);
    if (!m_purpose.isEmpty()) {
        out.reason += QStringLiteral(" purpose=%1").arg(m_purpose);
        out.purposeOfUse.push_back(
            {m_purpose, base::oid("actReason").text(), QStringLiteral("emergency treatment")});
    }
    return out;
}

base::Status UploadImages::settle(
    const ihe::ImagingEndpoint &archive, const Batch &batch, const ihe::StoreOutcome &outcome)
{
    std::vector<int> numbers;
    for (const auto &[number, sopUid] : batch.images) {
        if (outcome.stored.contains(sopUid))
            numbers.push_back(number);
    }
    if (!numbers.empty())
        NARU_TRY(m.stores.outbox->imagesStored(
            m_item.id, numbers, event(archive, batch.studyUid, int(numbers.size()), nullptr)));
    m_outcome.stored += int(numbers.size());
    for (const ihe::StoreOutcome::Failure &failure : outcome.failed) {
        const bool again = ihe::mayHelpAgain(failure.reason);
        if (m_outcome.error && (again || m_outcome.refused))
            continue;
        m_outcome.error = refusal(failure.reason);
        m_outcome.refused = !again;
    }
    if (numbers.size() < batch.images.size() && !m_outcome.error)
        m_outcome.error = base::Error(ihe::errors::Answer, QStringLiteral("images are not acknowledged"),
            {{QStringLiteral("what"), QStringLiteral("images are not acknowledged")}});
    return {};
}

base::Status UploadImages::send(const ihe::ImagingEndpoint &archive, const Batch &batch)
{
    const ihe::StowRs stow(m.caller->settings().tls, archive, m_purpose);
    const auto outcome = stow.store(batch.studyUid, batch.files, m.clinic().institution.oid, m_work);
    if (outcome)
        NARU_TRY(settle(archive, batch, *outcome));
    else
        m_outcome.error = outcome.error();
    if (m_outcome.error)
        m.record(event(archive, batch.studyUid, int(batch.images.size()), &*m_outcome.error));
    return {};
}

base::Result<UploadImages::Outcome> UploadImages::run(const Between &between)
{
    const AuditSubject subject(m_item.patientKey);
    m_purpose = purpose();
    const ihe::ImagingEndpoint *archive = m.site.imageArchive();
    if (!archive) {
        m_outcome.error = base::Error(errors::NoImageArchive);
        return m_outcome;
    }
    while (!m_outcome.error) {
        NARU_ASSIGN(
            const std::vector<storage::OutboxImage> waiting, m.stores.outbox->waitingImages(m_item.id));
        if (waiting.empty())
            break;
        if (m_work.stopRequested()) {
            m_outcome.error = base::Error(base::errors::Stopped);
            break;
        }
        const auto batch = nextBatch(waiting);
        if (!batch) {
            m_outcome.error =
                batch.error().is(storage::errors::NotFound) ? base::Error(errors::NoImage) : batch.error();
            m_outcome.refused = batch.error().is(storage::errors::NotFound);
            break;
        }
        NARU_TRY(send(*archive, *batch));
        m.changed(Change::Outbox);
        NARU_ASSIGN(const storage::ImageProgress progress, m.stores.outbox->imageProgress(m_item.id));
        m_work.report("images", progress.stored, progress.total);
        if (!m_outcome.error)
            NARU_TRY(between());
    }
    return m_outcome;
}

} // namespace naru::services
