// The active view on paper: whose it is and which examination on top, the picture, how large it came out.
// Each print is in the audit trail.
#include "core/base/Errors.h"
#include "core/services/PatientService.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/PatientCheck.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Words.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>

#include <algorithm>

namespace naru::ui {

// Who it is and which examination, of the view that is printed: the other views may show another study. What
// is not beyond doubt the patient's goes to paper under the name that the images themselves have.
QStringList ImagingPage::printHead() const
{
    const Viewport *view = m_grid->active();
    const services::StudyRow *row =
        view && view->provider() ? m_desk->row(view->provider()->studyKey()) : nullptr;
    if (!row)
        return {};
    const auto patient = context().profile().patients().get(m_patient);
    const QString mismatch = mismatchOf(*row);
    QString who;
    if (!mismatch.isEmpty()) {
        who = mismatch;
    } else if (patient && m_desk->source().keeps()) {
        who = patient->name + QStringLiteral("   ") + text::sexName(patient->sex, context().language())
            + QStringLiteral("   ")
            + text::birthDate(patient->birthDate, patient->ageOn(QDate::currentDate()), context().language())
            + QStringLiteral("   ") + patient->localId.extension;
    } else {
        who = QStringList{readableName(row->patientName), dicomDate(row->birthDate), row->patientId}.join(
            QStringLiteral("   "));
    }
    return {who,
        QStringList{row->modalities, dicomDate(row->date), row->institution, view->provider()->title()}.join(
            QStringLiteral("   "))};
}

// The view on paper with who it is on top; lines and words are drawn for the paper's resolution. A head that
// is too long takes further lines: nothing of an identity is cut off.
void ImagingPage::paintPage(QPainter &painter, const QRect &page)
{
    Viewport *view = m_grid->active();
    const int line = std::max(page.width(), page.height()) / 55;
    QFont font = context().theme().font(Theme::Face::BodyBold);
    font.setPixelSize(line * 2 / 3);
    painter.setFont(font);
    painter.setPen(Qt::black);
    int top = page.top();
    for (const QString &words : printHead()) {
        const int flags = Qt::AlignLeft | Qt::TextWordWrap;
        QRect taken;
        painter.drawText(QRect(page.left(), top, page.width(), page.height() / 3), flags, words, &taken);
        top = std::max(top + line, taken.bottom() + line / 4);
    }
    const QRect room(page.left(), top + line, page.width(), page.bottom() - top - 3 * line);
    const double scale = std::min(4.0, double(room.width()) / std::max(1, view->width()));
    const QImage picture = view->picture(scale, true);
    const QSize size = picture.size().scaled(room.size(), Qt::KeepAspectRatio);
    painter.drawImage(QRect(room.topLeft(), size), picture);
    QString below = tr("A print for reference, not for diagnosis.");
    const double paper = size.width() * 25.4 / std::max(1, painter.device()->logicalDpiX()); // mm
    if (const double body = view->millimetresPerPoint() * view->width(); body > 0 && paper > 0)
        below += QStringLiteral("   ") + tr("1 cm on this paper is %1 cm").arg(body / paper, 0, 'f', 2);
    painter.drawText(QRect(page.left(), page.bottom() - line, page.width(), line),
        Qt::AlignLeft | Qt::AlignVCenter, below);
}

bool ImagingPage::print()
{
    const Viewport *view = m_grid->active();
    if (!view || !view->image().isReady())
        return false;
    auto *printer = new QPrinter(QPrinter::HighResolution);
    printer->setPageSize(QPageSize(QPageSize::A4));
    printer->setPageOrientation(
        view->width() > view->height() ? QPageLayout::Landscape : QPageLayout::Portrait); // fills the paper
    auto *dialog = new QPrintDialog(printer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QObject::destroyed, this, [printer] { delete printer; });
    connect(
        dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this, [this](QPrinter *to) { printTo(*to); });
    dialog->open();
    return true;
}

bool ImagingPage::printTo(QPrinter &printer)
{
    const Viewport *view = m_grid->active();
    const auto act = QStringLiteral("image.print");
    if (!view || !view->image().isReady() || !recordExport(act, *view))
        return false;
    QPainter painter;
    bool done = painter.begin(&printer);
    if (done) {
        paintPage(
            painter, QRect(QPoint(0, 0), printer.pageLayout().paintRectPixels(printer.resolution()).size()));
        done = painter.end() && printer.printerState() != QPrinter::Error;
    }
    if (!done) {
        const base::Error error(base::errors::Io, {}, {{QStringLiteral("what"), printer.printerName()}});
        recordExport(act, *view, &error);
        m_strip->show(MessageStrip::Kind::Error, tr("The view could not be printed"));
    }
    return done;
}

} // namespace naru::ui
