#include "ui/forms/PrintDocument.h"

#include "core/base/Errors.h"
#include "core/services/AuditService.h"
#include "ui/shell/AppContext.h"
#include "ui/widgets/CdaView.h"

#include <QAbstractTextDocumentLayout>
#include <QCoreApplication>
#include <QPainter>
#include <QPdfWriter>
#include <QPrintDialog>
#include <QPrinter>
#include <QTextDocument>

namespace naru::ui {

namespace {

QString headOf(const CdaView &view)
{
    const clinical::Document &d = view.shown().document;
    QStringList parts{d.title, d.patient.name, d.patient.birthDate.toDisplay(), d.patient.localId.extension};
    parts.removeAll(QString());
    return parts.join(QStringLiteral("   "));
}

QString footOf(const CdaView &view, const QString &sha256)
{
    const clinical::Document &d = view.shown().document;
    return d.id.root + (sha256.isEmpty() ? QString() : QStringLiteral("   SHA-256 ") + sha256.left(16));
}

} // namespace

bool paintPages(QPagedPaintDevice &device, CdaView &view, const QString &headLine, const QString &footLine)
{
    view.finishNow();
    const auto document = view.forPrint(headLine);
    document->documentLayout()->setPaintDevice(&device);
    QPainter painter;
    if (!painter.begin(&device))
        return false;
    const QFont font = document->defaultFont();
    const QRectF page =
        QRectF(QPointF(0, 0), QSizeF(device.pageLayout().paintRectPixels(device.logicalDpiX()).size()));
    QFont small = font;
    small.setPointSizeF(8);
    const qreal line = QFontMetricsF(small, &device).height();
    const QRectF body = page.adjusted(0, line * 2.2, 0, -line * 2.2);
    document->setPageSize(body.size());
    const int pages = qMax(1, document->pageCount());
    for (int i = 0; i < pages; ++i) {
        if (i > 0)
            device.newPage();
        painter.setFont(small);
        painter.setPen(Qt::black);
        painter.drawText(QRectF(0, 0, page.width(), line), int(Qt::AlignLeft), headLine);
        painter.drawText(QRectF(0, page.height() - line, page.width(), line), int(Qt::AlignLeft), footLine);
        painter.drawText(QRectF(0, page.height() - line, page.width(), line), int(Qt::AlignRight),
            QStringLiteral("%1 / %2").arg(i + 1).arg(pages));
        painter.save();
        painter.translate(0, body.top() - i * body.height());
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = QRectF(0, i * body.height(), body.width(), body.height());
        context.palette.setColor(QPalette::Text, Qt::black);
        painter.setClipRect(context.clip);
        document->documentLayout()->draw(&painter, context);
        painter.restore();
    }
    return true;
}

bool writePdf(const QString &path, CdaView &view, const QByteArray &bytes, const QString &sha256)
{
    QPdfWriter pdf(path);
    pdf.setPageSize(QPageSize(QPageSize::A4));
    pdf.setPageMargins(QMarginsF(18, 16, 18, 16), QPageLayout::Millimeter);
    pdf.setResolution(150);
    pdf.setTitle(view.shown().document.title);
    if (!bytes.isEmpty()) // the paper carries its source: the CDA travels inside the PDF
        pdf.addFileAttachment(
            QStringLiteral("document.xml"), bytes, QStringLiteral("application/hl7-cda+xml"));
    return paintPages(pdf, view, headOf(view), footOf(view, sha256));
}

// Recorded before it leaves: a print that cannot be recorded is not made.
bool printDocumentTo(AppContext &context, QPrinter &printer, CdaView &view, const QByteArray &bytes,
    const QString &sha256, const services::PatientKey &patient)
{
    const auto act = QStringLiteral("document.print");
    const QString what =
        QCoreApplication::translate("naru::ui::PrintDocument", "The document was not printed");
    const QString id = view.shown().document.id.root;
    services::AuditService &audit = context.profile().audit();
    if (const base::Status recorded = audit.exported(act, patient, id); !recorded) {
        context.showError(recorded.error(), what);
        return false;
    }
    const bool pdf = printer.outputFormat() == QPrinter::PdfFormat && !printer.outputFileName().isEmpty();
    const bool done = pdf ? writePdf(printer.outputFileName(), view, bytes, sha256)
                          : paintPages(printer, view, headOf(view), footOf(view, sha256));
    if (!done) {
        const base::Error error(base::errors::Io, {}, {{QStringLiteral("what"), printer.printerName()}});
        (void)audit.exported(act, patient, id, &error);
        context.showError(error, what);
    }
    return done;
}

bool printDocument(
    AppContext &context, QWidget *parent, CdaView &view, const QByteArray &bytes, const QString &sha256)
{
    if (view.shown().sections.empty() && view.shown().document.id.isEmpty())
        return false;
    auto *printer = new QPrinter(QPrinter::HighResolution);
    printer->setPageSize(QPageSize(QPageSize::A4));
    printer->setPageMargins(QMarginsF(18, 16, 18, 16), QPageLayout::Millimeter);
    printer->setDuplex(QPrinter::DuplexNone);
    auto *dialog = new QPrintDialog(printer, parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const services::PatientKey patient = [&] {
        const auto *page = qobject_cast<Page *>(parent);
        return page ? page->request().patient : services::PatientKey();
    }();
    QObject::connect(
        dialog, &QDialog::finished, &view, [&context, &view, printer, patient, bytes, sha256](int result) {
            if (result == QDialog::Accepted)
                printDocumentTo(context, *printer, view, bytes, sha256, patient);
            delete printer;
        });
    dialog->open(); // window-modal, no nested event loop
    return true;
}

} // namespace naru::ui
