// Images of a folder, a disc or a ZIP file are taken into the store: what came, what did not and why.
#include "core/base/Hangul.h"
#include "core/services/ImageService.h"
#include "core/services/Profile.h"
#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/FolderSource.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/ProfileSource.h"
#include "ui/shell/AppContext.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/MessageStrip.h"

#include <QFileDialog>

namespace naru::ui {

namespace {

QString toldOf(const services::ImportReport &report)
{
    QStringList parts = {ImagingPage::tr("%n image(s) taken in", nullptr, report.stored)};
    if (report.known > 0)
        parts << ImagingPage::tr("%n were here already", nullptr, report.known);
    if (report.notDicom > 0)
        parts << ImagingPage::tr("%n file(s) are no images", nullptr, report.notDicom);
    if (report.faultCount > 0)
        parts << ImagingPage::tr("%n could not be taken in", nullptr, report.faultCount);
    if (report.stopped)
        parts << ImagingPage::tr("stopped on request");
    return parts.join(QStringLiteral(", "));
}

// The first reasons, with the names of the files.
QString reasonsOf(const services::ImportReport &report, text::Language language)
{
    constexpr std::size_t Most = 3;
    QStringList lines;
    for (std::size_t i = 0; i < std::min(Most, report.faults.size()); ++i) {
        const services::ImportReport::Fault &fault = report.faults[i];
        const QByteArray code = fault.code.toLatin1();
        const base::Error error({code.constData(), 1}, {}, fault.arguments);
        lines << QStringLiteral("%1 (%2, %3)")
                     .arg(base::withVisibleControls(fault.file.section(QLatin1Char('/'), -1)),
                         text::sentence(error, language), fault.code);
    }
    if (report.faultCount > int(lines.size()) && !lines.isEmpty())
        lines << ImagingPage::tr("and %1 more").arg(report.faultCount - int(lines.size()));
    return lines.join(QStringLiteral(", "));
}

} // namespace

void ImagingPage::chooseImport(bool zip)
{
    auto *dialog = new QFileDialog(this, zip ? tr("ZIP file with images") : tr("Folder or disc with images"));
    dialog->setObjectName(QStringLiteral("imaging.import"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(zip ? QFileDialog::ExistingFile : QFileDialog::Directory);
    if (zip)
        dialog->setNameFilter(tr("ZIP files") + QStringLiteral(" (*.zip *.ZIP)"));
    else
        dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ImagingPage::importImages);
    dialog->open();
}

void ImagingPage::importImages(const QString &path)
{
    auto *job = UiJob::start<services::ImportReport>(
        context().queue(), this,
        [profile = context().sharedProfile(), path, patient = m_patient](
            const base::WorkContext &work) { return profile->images().import({path}, patient, work); },
        [this](const base::Result<services::ImportReport> &result) {
            if (result)
                imported(*result);
            else
                m_strip->showError(
                    result.error(), context().language(), tr("The images could not be taken in"));
        },
        tr("Taking in the images"));
    m_parts->jobs->follow(job);
}

// Only looked at: what of it cannot be read is told as an import of it would tell it.
void ImagingPage::lookAtFolder(const QString &folder, const imaging::DecoderOptions &options)
{
    const auto source = std::make_shared<FolderSource>(folder, options);
    useSource(source);
    connect(m_desk, &StudyDesk::studiesLoaded, this, [this, source] {
        const services::ImportReport report = source->report();
        if (report.faultCount > 0)
            m_strip->show(MessageStrip::Kind::Warn,
                tr("%1 of %2 files could not be read: %3")
                    .arg(QString::number(report.faultCount), QString::number(report.files),
                        reasonsOf(report, context().language())));
    });
}

// What came is shown at once; images of somebody else say so loudly when their study is open.
void ImagingPage::imported(const services::ImportReport &report)
{
    const bool nothing = report.stored + report.known == 0;
    const QString reasons = reasonsOf(report, context().language());
    const QString told = reasons.isEmpty() ? toldOf(report) : toldOf(report) + QStringLiteral(": ") + reasons;
    m_strip->show(nothing           ? MessageStrip::Kind::Error
            : report.faultCount > 0 ? MessageStrip::Kind::Warn
                                    : MessageStrip::Kind::Ok,
        nothing && report.faultCount == 0 ? tr("There are no images in it") : told);
    if (report.studyKeys.isEmpty())
        return;
    m_wanted = report.studyKeys.back();
    if (m_desk->source().keeps()) {
        m_desk->load();
        return;
    }
    useSource(std::make_shared<ProfileSource>(context().sharedProfile(), m_patient));
}

} // namespace naru::ui
