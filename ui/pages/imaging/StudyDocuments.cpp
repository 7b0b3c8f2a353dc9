// Documents (PDF) of a study: saved, never read here.
#include "core/base/Errors.h"
#include "core/services/AuditService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/StudyObjects.h"
#include "ui/shell/AppContext.h"
#include "ui/widgets/MessageStrip.h"

#include <QFileDialog>
#include <QSaveFile>

namespace naru::ui {

namespace {
constexpr qint64 MostDocument = 256LL * 1024 * 1024;
}

void StudyObjects::choosePdf(const imaging::InstanceRef &object)
{
    auto *dialog = new QFileDialog(this, tr("Save the document"), QString(), QStringLiteral("PDF (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, object](const QString &path) { savePdf(object, path); });
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
