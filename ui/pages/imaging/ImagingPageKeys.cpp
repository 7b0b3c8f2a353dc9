// Key images: read back and kept as objects of their study, and into the open draft of the same patient.
#include "core/services/AccountService.h"
#include "core/services/ComposeService.h"
#include "core/services/Profile.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/KeyImageKeeper.h"
#include "ui/shell/AppContext.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/MessageStrip.h"

#include <algorithm>

namespace naru::ui {

bool ImagingPage::mainAct()
{
    if (m_parts->keyImages.all().isEmpty()) {
        context().showToast(tr("Mark key images first (Ins)"));
        return true;
    }
    // Whose they are, not what is seen just now: another study may have been opened since.
    const auto &marked = m_parts->keyImages.all();
    const bool another = std::any_of(marked.begin(), marked.end(), [this](const KeyImage &one) {
        const services::StudyRow *row = m_desk->row(one.studyKey);
        return row && !mismatchOf(*row).isEmpty();
    });
    if (another || (m_warning->isShowing() && m_warning->kind() == MessageStrip::Kind::Error)) {
        context().showToast(tr("Images of another person are not attached"));
        return true;
    }
    services::DraftRow open;
    for (const services::DraftRow &row : context().profile().compose().list()) {
        if (row.patient == m_patient && (open.id.isEmpty() || row.updated > open.updated))
            open = row;
    }
    if (open.id.isEmpty())
        context().showToast(tr("There is no open draft of this patient"));
    else
        attachKeyImages(open.id);
    return true;
}

void ImagingPage::attachKeyImages(const services::DraftId &draft)
{
    if (!m_parts->keysBeingKept.isEmpty() || m_parts->attaching) { // or the same marks would be written twice
        m_parts->attachWhenKept = draft;
        return;
    }
    m_parts->attaching = true;
    std::vector<clinical::ImageReading> readings;
    for (const KeyImage &one : m_parts->keyImages.all()) {
        const imaging::ImageFacts &facts = *one.image.facts;
        clinical::ImageReading entry;
        entry.examined = base::Timestamp::parseAny(facts.studyDate + facts.studyTime.left(6))
                             .valueOr(base::Timestamp::parseAny(facts.studyDate).valueOr({}));
        entry.studyUid = facts.studyUid;
        entry.seriesUid = facts.seriesUid;
        entry.sopUid = facts.sopUid;
        entry.code.display = (facts.modality + QLatin1Char(' ') + facts.studyDescription).trimmed();
        entry.findings =
            tr("Key image: series %1, image %2").arg(facts.seriesNumber).arg(facts.instanceNumber);
        readings.push_back(entry);
    }
    UiJob::start<KeyImageKeeper::Kept>(
        context().queue(), this,
        [profile = context().sharedProfile(), patient = m_patient, draft, images = m_parts->keyImages.all(),
            readings](const base::WorkContext &) {
            return KeyImageKeeper::attach(*profile, patient, draft, images, readings);
        },
        [this, draft](const base::Result<KeyImageKeeper::Kept> &result) {
            m_parts->attaching = false;
            attachWhatWaited();
            if (!result) {
                m_strip->showError(
                    result.error(), context().language(), tr("The key images were not attached"));
                return;
            }
            if (result->notAttached)
                m_strip->show(MessageStrip::Kind::Warn,
                    tr("The key images are named in the draft, but do not go with it: %1")
                        .arg(text::sentence(*result->notAttached, context().language())));
            context().showToast(result->notAttached ? tr("Key images in the draft: %1").arg(result->named)
                    : result->attached == 0         ? tr("These key images are attached already")
                                                    : tr("Key images attached: %1").arg(result->attached));
            context().openCompose(m_patient, draft);
        });
}

// Marks of an earlier session or of somebody else, also while the study is open.
void ImagingPage::readKeyImages(const QString &studyKey)
{
    const OpenStudy *opened = m_desk->study(studyKey);
    if (!opened || m_parts->keyReading.contains(studyKey))
        return;
    const QStringList objects = KeyImageKeeper::objectsOf(opened->instances);
    if (m_parts->keyObjects.value(studyKey) == objects)
        return;
    m_parts->keyReading.append(studyKey);
    UiJob::start<KeyImageKeeper::Marked>(
        context().queue(), this,
        [source = m_desk->sharedSource(), studyKey, instances = opened->instances](
            const base::WorkContext &work) {
            return KeyImageKeeper::read(*source, studyKey, instances, work);
        },
        [this, studyKey, objects](const base::Result<KeyImageKeeper::Marked> &read) {
            m_parts->keyReading.removeAll(studyKey);
            if (!read) { // tried again when more arrives
                m_strip->showError(read.error(), context().language(), tr("The images could not be read"));
                return;
            }
            m_parts->keyObjects.insert(studyKey, objects);
            if (!m_parts->keysSavedAt.isValid() || read->made >= m_parts->keysSavedAt)
                m_parts->keyImages.addSaved(read->images, studyKey);
            readKeyImages(studyKey); // more may have come meanwhile
        });
}

void ImagingPage::keepKeyImages()
{
    const QString observer = context().profile().accounts().current().displayName;
    m_parts->keysSavedAt = QDateTime::currentDateTime();
    for (const QString &study : m_parts->keyImages.unsavedStudies()) {
        if (m_parts->keysBeingKept.contains(study)) { // or there would be two documents of the same
            m_parts->saveAgain = true;
            continue;
        }
        const QList<KeyImage> now = m_parts->keyImages.of(study);
        const bool removed = now.isEmpty();
        m_parts->keysBeingKept.append(study);
        UiJob::start<bool>(
            context().queue(), this,
            [source = m_desk->sharedSource(), observer, removed,
                named = removed ? m_parts->keyImages.savedOf(study) : now](
                const base::WorkContext &) -> base::Result<bool> {
                NARU_ASSIGN(const QByteArray object, KeyImageKeeper::write(named, observer, removed));
                NARU_TRY(source->keep(object));
                return true;
            },
            [this, study, now](const base::Result<bool> &kept) {
                if (kept) {
                    m_parts->keyImages.markSaved(now, study);
                    Q_EMIT saved(QDateTime::currentDateTime());
                } else {
                    m_strip->showError(
                        kept.error(), context().language(), tr("The key images could not be saved"));
                }
                m_parts->keysBeingKept.removeAll(study);
                keptOnce(bool(kept));
                attachWhatWaited();
            });
    }
}

void ImagingPage::attachWhatWaited()
{
    if (m_parts->keysBeingKept.isEmpty() && !m_parts->attachWhenKept.isEmpty())
        attachKeyImages(std::exchange(m_parts->attachWhenKept, {}));
}

} // namespace naru::ui
