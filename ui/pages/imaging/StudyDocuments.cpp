// Documents (PDF) of a study: drawn by a confined process, saved as they are; never read here.
#include "core/base/Errors.h"
#include "core/base/Hangul.h"
#include "core/services/AuditService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/PaperView.h"
#include "ui/pages/imaging/StudyObjects.h"
#include "ui/shell/AppContext.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/MessageStrip.h"

#include <QFileDialog>
#include <QLabel>
#include <QSaveFile>
#include <QTextBrowser>

namespace naru::ui {

namespace {
constexpr qint64 MostDocument = 256LL * 1024 * 1024;
}

// One that cannot be drawn can still be saved.
void StudyObjects::openDocument(const imaging::InstanceRef &object)
{
    using Opened = std::shared_ptr<imaging::Paper>;
    UiJob::start<Opened>(
        m_context.queue(), this,
        [source = m_source, object](const base::WorkContext &work) -> base::Result<Opened> {
            NARU_ASSIGN(imaging::DecoderPool * pool, source->pool());
            NARU_ASSIGN(const imaging::ImageSource bytes, source->bytes(object.handle));
            NARU_ASSIGN(const QByteArray document, pool->payload(bytes, MostDocument, work));
            return imaging::Paper::open(document, work);
        },
        [this, object, study = m_study](const base::Result<Opened> &paper) {
            if (study != m_study)
                return; // another one meanwhile
            if (paper)
                m_pages->setPaper(*paper);
            else
                m_text->setPlainText(text::sentence(paper.error(), m_context.language()));
            showPanel({}, paper ? static_cast<QWidget *>(m_pages) : m_text, object);
            nameDocument();
        });
}

void StudyObjects::nameDocument()
{
    if (!m_document.facts)
        return;
    const QString name = base::withVisibleControls(m_document.facts->seriesDescription);
    const QString where = m_pages->pageCount() > 0
        ? tr("page %1 of %2").arg(m_pages->page() + 1).arg(m_pages->pageCount())
        : QString();
    const QString title = name.isEmpty() ? tr("Document (PDF)") : name;
    m_title->setText(where.isEmpty() ? title : title + QStringLiteral(" · ") + where);
}

void StudyObjects::choosePdf()
{
    auto *dialog = new QFileDialog(this, tr("Save the document"), QString(), QStringLiteral("PDF (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, object = m_document](const QString &path) { savePdf(object, path); });
    dialog->open();
}

// Its bytes are never read here: what shows the file is the user's own program, when she opens it.
bool StudyObjects::savePdf(const imaging::InstanceRef &object, const QString &path)
{
    if (!object.facts || object.facts->kind != imaging::Kind::Pdf || !m_source || !recordExport())
        return false;
    UiJob::start<bool>(
        m_context.queue(), this,
        [source = m_source, object, path](const base::WorkContext &work) -> base::Result<bool> {
            NARU_ASSIGN(imaging::DecoderPool * pool, source->pool());
            NARU_ASSIGN(const imaging::ImageSource bytes, source->bytes(object.handle));
            NARU_ASSIGN(const QByteArray document, pool->payload(bytes, MostDocument, work));
            QSaveFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(document) == document.size()
                && file.commit();
        },
        [this, path](const base::Result<bool> &written) {
            if (!written) {
                recordExport(&written.error());
                failed(written.error(), tr("The document could not be saved"));
            } else if (!*written) {
                const base::Error error(base::errors::Io);
                recordExport(&error);
                m_strip->show(MessageStrip::Kind::Error, tr("The document could not be written there"));
            } else {
                m_context.showToast(tr("The document was saved"));
                Q_EMIT saved(path);
            }
        });
    return true;
}

// Before it leaves; what the trail cannot take down does not go out.
bool StudyObjects::recordExport(const base::Error *error)
{
    const base::Status done =
        m_context.profile().audit().exported(QStringLiteral("image.export"), m_patient, m_studyUid, error);
    if (!done)
        failed(done.error(), tr("The document could not be saved"));
    return done.ok();
}

} // namespace naru::ui
