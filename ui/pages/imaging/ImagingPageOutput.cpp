// What leaves the viewer: pictures, paper, files of a study; each in the audit trail, failures too. And what
// is kept: measurements, how a series is shown.
#include "core/base/Errors.h"
#include "core/imaging/objects/Part10Writer.h"
#include "core/services/AccountService.h"
#include "core/services/AuditService.h"
#include "core/services/ImageService.h"
#include "core/services/Profile.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/MeasurementKeeper.h"
#include "ui/pages/imaging/PatientCheck.h"
#include "ui/shell/AppContext.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QFileDialog>
#include <QSaveFile>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace naru::ui {

bool ImagingPage::savePicture(const QString &path, bool withMeasurements)
{
    Viewport *view = m_grid->active();
    if (!view || !view->image().isReady() || !recordExport(QStringLiteral("image.export"), *view))
        return false;
    // Twice the points of the screen: enough for paper, and lines stay lines.
    const QImage picture = view->picture(2, withMeasurements);
    const bool jpeg = path.endsWith(QLatin1String(".jpg"), Qt::CaseInsensitive)
        || path.endsWith(QLatin1String(".jpeg"), Qt::CaseInsensitive);
    QSaveFile file(path); // half a picture never stands under that name
    if (!file.open(QIODevice::WriteOnly) || !picture.save(&file, jpeg ? "JPEG" : "PNG", jpeg ? 92 : -1)
        || !file.commit()) {
        const base::Error error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
        recordExport(QStringLiteral("image.export"), *view, &error);
        m_strip->show(MessageStrip::Kind::Error, tr("The picture could not be written there"));
        return false;
    }
    return true;
}

// Before anything leaves: what the trail cannot take down does not go out. A failure afterwards is a record
// of its own. False: it could not be recorded, and the user was told.
bool ImagingPage::recordExport(const QString &act, const Viewport &view, const base::Error *failed)
{
    const services::StudyRow *row = view.provider() ? m_desk->row(view.provider()->studyKey()) : nullptr;
    if (!row)
        return false;
    // Whose images a disc holds is not known here; a chart that they contradict is not named as theirs.
    const bool hers =
        row->patientKey == m_patient || (row->patientKey.isEmpty() && mismatchOf(*row).isEmpty());
    const base::Status done =
        context().profile().audit().exported(act, hers ? m_patient : row->patientKey, row->studyUid, failed);
    if (!done)
        m_strip->showError(done.error(), context().language(), tr("Nothing was given out"));
    return done.ok();
}

// All files of the study as they came, with a DICOMDIR: for a patient or for another program.
bool ImagingPage::chooseExport()
{
    const OpenStudy *shown = study();
    if (!shown || !m_desk->source().keeps()) {
        m_strip->show(
            MessageStrip::Kind::Info, tr("Images of a folder are only looked at; take them in first"));
        return true;
    }
    auto *dialog =
        new QFileDialog(this, tr("Save the study"), QString(), tr("ZIP files") + QStringLiteral(" (*.zip)"));
    dialog->setObjectName(QStringLiteral("imaging.export"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("zip"));
    dialog->selectFile(fileName(shown->row.key, 0));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, key = shown->row.key](const QString &path) { exportStudy(key, path); });
    dialog->open();
    return true;
}

void ImagingPage::exportStudy(const QString &studyKey, const QString &path)
{
    auto *job = UiJob::start<services::ExportReport>(
        context().queue(), this,
        [profile = context().sharedProfile(), studyKey, path](const base::WorkContext &work) {
            return profile->images().exportTo(studyKey, path, work); // which records it
        },
        [this](const base::Result<services::ExportReport> &report) {
            if (report)
                m_strip->show(MessageStrip::Kind::Ok,
                    tr("%n image(s) of the study saved, with the patient's name in them", nullptr,
                        report->instances));
            else
                m_strip->showError(report.error(), context().language(), tr("The images were not saved"));
        },
        tr("Saving the study"));
    m_parts->jobs->follow(job);
}

// "CT_2026-11-18_12": no patient in a file's name.
QString ImagingPage::fileName(const QString &studyKey, int image) const
{
    const services::StudyRow *row = m_desk->row(studyKey);
    QStringList parts = {
        modality(), row ? dicomDate(row->date) : QString(), image > 0 ? QString::number(image) : QString()};
    parts.removeAll(QString());
    return parts.join(QLatin1Char('_'));
}

bool ImagingPage::exportView(Viewport &view)
{
    if (!view.image().isReady())
        return false;
    auto *dialog = new QFileDialog(
        this, tr("Save the view as a picture"), QString(), tr("Pictures") + QStringLiteral(" (*.png *.jpg)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->selectFile(fileName(view.provider()->studyKey(), view.index() + 1));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (savePicture(path, true))
            context().showToast(tr("The picture was saved"));
    });
    dialog->open();
    return true;
}

bool ImagingPage::keepPresentation()
{
    const Viewport *view = m_grid->active();
    if (!view || !view->image().isReady() || !m_desk->source().keeps())
        return false;
    const auto state =
        PresentationLayer::stateOf(*view, context().profile().accounts().current().displayName);
    if (!state)
        return false;
    UiJob::start<bool>(
        context().queue(), this,
        [source = m_desk->sharedSource(), state = *state](const base::WorkContext &) -> base::Result<bool> {
            NARU_ASSIGN(const imaging::DataSetValue set, imaging::toDataSet(state));
            NARU_ASSIGN(const QByteArray bytes, imaging::writePart10(set));
            NARU_TRY(source->keep(bytes));
            return true;
        },
        [this](const base::Result<bool> &kept) {
            if (kept)
                context().showToast(tr("How the series is shown was kept"));
            else
                m_strip->showError(kept.error(), context().language(), tr("It could not be kept"));
        });
    return true;
}

bool ImagingPage::anonymise()
{
    if (m_parts->anonymising) {
        delete m_parts->anonymising.data();
        focusFirst();
        return true;
    }
    const OpenStudy *shown = study();
    if (!shown || !m_desk->source().keeps()) {
        m_strip->show(
            MessageStrip::Kind::Info, tr("Images of a folder are only looked at; take them in first"));
        return false;
    }
    m_parts->anonymising = new AnonymisePanel(context(), shown->row.key, m_strip, this);
    static_cast<QBoxLayout *>(layout())->insertWidget(2, m_parts->anonymising);
    m_parts->anonymising->show();
    connect(m_parts->anonymising, &AnonymisePanel::left, this, [this] {
        if (m_parts->anonymising)
            m_parts->anonymising->deleteLater();
        m_parts->anonymising.clear();
        focusFirst();
    });
    return true;
}

bool ImagingPage::saveNow()
{
    const bool marks = !m_parts->keyImages.unsavedStudies().isEmpty();
    if (m_parts->book.unsaved() == 0 && !marks)
        return false;
    if (!m_desk->source().keeps()) {
        m_strip->show(MessageStrip::Kind::Info,
            tr("Images of a folder are only looked at; measurements on them are not kept"));
        return true;
    }
    if (marks)
        keepKeyImages();
    if (m_parts->book.unsaved() == 0 || awaitsMeasurements())
        return true;
    if (m_parts->measuresBeingKept) { // the same would be written twice
        m_parts->saveAgain = true;
        return true;
    }
    m_parts->measuresBeingKept = true;
    m_parts->savedAt = QDateTime::currentDateTime();
    const Measured now = m_parts->book.now(), before = m_parts->book.saved();
    const QString observer = context().profile().accounts().current().displayName;
    UiJob::start<int>(
        context().queue(), this,
        [source = m_desk->sharedSource(), now, before, observer](
            const base::WorkContext &) -> base::Result<int> {
            NARU_ASSIGN(const QList<QByteArray> objects, MeasurementKeeper::write(now, before, observer));
            for (const QByteArray &object : objects)
                NARU_TRY(source->keep(object));
            return int(objects.size());
        },
        [this, now](const base::Result<int> &result) {
            m_parts->measuresBeingKept = false;
            if (result) {
                m_parts->book.markSaved(now);
                Q_EMIT saved(QDateTime::currentDateTime());
            } else {
                m_strip->showError(
                    result.error(), context().language(), tr("The measurements could not be saved"));
            }
            keptOnce(result.ok());
        });
    return true;
}

// What was asked to be saved while it was being saved: only what has changed since is left to do.
void ImagingPage::keptOnce(bool well)
{
    if (std::exchange(m_parts->saveAgain, false) && well)
        saveNow();
}

// What is written takes the place of what an earlier session wrote: that must have been read.
bool ImagingPage::awaitsMeasurements()
{
    for (const Measurement &one : m_parts->book.all()) {
        if (m_desk->study(one.studyKey) && !m_parts->measured.contains(one.studyKey))
            readMeasurements(one.studyKey);
    }
    m_parts->saveWanted = std::any_of(m_parts->reading.begin(), m_parts->reading.end(),
        [this](const QString &study) { return !m_parts->measured.contains(study); });
    return m_parts->saveWanted;
}

// What was saved in an earlier session, or arrives while the study is open.
void ImagingPage::readMeasurements()
{
    readMeasurements(m_study);
}

void ImagingPage::readMeasurements(const QString &studyKey)
{
    const OpenStudy *opened = m_desk->study(studyKey);
    if (!opened || m_parts->reading.contains(studyKey))
        return;
    const QStringList objects = MeasurementKeeper::objectsOf(opened->instances);
    const auto before = m_parts->measured.constFind(studyKey);
    if (before != m_parts->measured.constEnd() && *before == objects)
        return;
    m_parts->reading.append(studyKey);
    UiJob::start<Measured>(
        context().queue(), this,
        [source = m_desk->sharedSource(), studyKey, instances = opened->instances](
            const base::WorkContext &work) {
            return MeasurementKeeper::read(*source, studyKey, instances, work);
        },
        [this, studyKey, objects](const base::Result<Measured> &result) {
            m_parts->reading.removeAll(studyKey);
            const bool save = std::exchange(m_parts->saveWanted, false);
            if (!result) { // tried again when the study is opened, or something is to be saved
                m_strip->showError(result.error(), context().language(),
                    save ? tr("The measurements could not be saved") : tr("The images could not be read"));
                return;
            }
            m_parts->measured.insert(studyKey, objects);
            // What this page has written since is newer, and will be read when it is listed.
            if (!m_parts->savedAt.isValid() || result->made >= m_parts->savedAt)
                m_parts->book.addSaved(*result, studyKey);
            for (const Viewport *view : m_grid->views())
                m_parts->book.measureOn(view->image());
            readMeasurements(studyKey); // more may have come meanwhile
            if (save)
                saveNow();
        });
}

} // namespace naru::ui
