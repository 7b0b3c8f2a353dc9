// Printing and PDF of a document: title on top, who it is about, document id and hash, N / T at the foot of
// every page.
#pragma once

#include "core/services/Types.h"

#include <QByteArray>
#include <QString>

class QPagedPaintDevice;
class QPrinter;
class QWidget;

namespace naru::ui {

class AppContext;
class CdaView;

// Asks for the printer. False when nothing is shown.
bool printDocument(
    AppContext &context, QWidget *parent, CdaView &view, const QByteArray &bytes, const QString &sha256);
// Recorded as an export of the document, also when it fails (and told then).
bool printDocumentTo(AppContext &context, QPrinter &printer, CdaView &view, const QByteArray &bytes,
    const QString &sha256, const services::PatientKey &patient);
// The pages themselves, on any paged device (tests use a PDF).
bool paintPages(QPagedPaintDevice &device, CdaView &view, const QString &headLine, const QString &footLine);
bool writePdf(const QString &path, CdaView &view, const QByteArray &bytes, const QString &sha256);

} // namespace naru::ui
