// What leaves the viewer: pictures, paper, saved measurements, a window on another screen.
#include "core/imaging/objects/Part10Writer.h"
#include "core/services/AccountService.h"
#include "core/services/PatientService.h"
#include "core/services/Profile.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/MeasurementKeeper.h"
#include "ui/pages/imaging/PatientCheck.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QFileDialog>
#include <QPainter>
#include <QPrintDialog>
#include <QPrinter>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace naru::ui {

bool ImagingPage::savePicture(const QString &path, bool withMeasurements)
{
    Viewport *view = m_grid->active();
    if (!view || !view->image().isReady())
        return false;
    // Twice the points of the screen: enough for paper, and lines stay lines.
    const QImage picture = view->picture(2, withMeasurements);
    const bool jpeg = path.endsWith(QLatin1String(".jpg"), Qt::CaseInsensitive)
        || path.endsWith(QLatin1String(".jpeg"), Qt::CaseInsensitive);
    if (!picture.save(path, jpeg ? "JPEG" : "PNG", jpeg ? 92 : -1)) {
        m_strip->show(MessageStrip::Kind::Error, tr("The picture could not be written there"));
        return false;
    }
    return true;
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
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (savePicture(path, true))
            context().showToast(tr("The picture was saved"));
    });
    dialog->open();
    return true;
}

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
        who = patient->name + QStringLiteral("   ")
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

// The view on paper with who it is on top; lines and words are drawn for the paper's resolution.
void ImagingPage::paintPage(QPainter &painter, const QRect &page)
{
    Viewport *view = m_grid->active();
    const int line = page.height() / 40;
    QFont font = context().theme().font(Theme::Face::BodyBold);
    font.setPixelSize(line * 2 / 3);
    painter.setFont(font);
    painter.setPen(Qt::black);
    QRect row(page.left(), page.top(), page.width(), line);
    for (const QString &words : printHead()) {
        painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter, words);
        row.translate(0, line);
    }
    const QRect room = page.adjusted(0, 3 * line, 0, -2 * line);
    const double scale = std::min(4.0, double(room.width()) / std::max(1, view->width()));
    const QImage picture = view->picture(scale, true);
    const QSize size = picture.size().scaled(room.size(), Qt::KeepAspectRatio);
    painter.drawImage(QRect(room.topLeft(), size), picture);
    painter.drawText(QRect(page.left(), page.bottom() - line, page.width(), line),
        Qt::AlignLeft | Qt::AlignVCenter, tr("A print for reference, not for diagnosis."));
}

bool ImagingPage::print()
{
    const Viewport *view = m_grid->active();
    if (!view || !view->image().isReady())
        return false;
    auto *printer = new QPrinter(QPrinter::HighResolution);
    auto *dialog = new QPrintDialog(printer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QObject::destroyed, this, [printer] { delete printer; });
    connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this, [this](QPrinter *to) {
        QPainter painter(to);
        paintPage(painter, QRect(QPoint(0, 0), to->pageLayout().paintRectPixels(to->resolution()).size()));
    });
    dialog->open();
    return true;
}

bool ImagingPage::saveNow()
{
    if (m_parts->book.unsaved() == 0)
        return false;
    if (!m_desk->source().keeps()) {
        m_strip->show(MessageStrip::Kind::Info,
            tr("Images of a folder are only looked at; measurements on them are not kept"));
        return true;
    }
    if (awaitsMeasurements())
        return true;
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
            if (!result) {
                m_strip->showError(
                    result.error(), context().language(), tr("The measurements could not be saved"));
                return;
            }
            m_parts->book.markSaved(now);
            Q_EMIT saved(QDateTime::currentDateTime());
        });
    return true;
}

// What is written takes the place of what an earlier session wrote: that must have been read.
bool ImagingPage::awaitsMeasurements()
{
    for (const Measurement &one : m_parts->book.all()) {
        if (m_desk->study(one.studyKey))
            readMeasurements(one.studyKey);
    }
    m_parts->saveWanted = !m_parts->reading.isEmpty();
    return m_parts->saveWanted;
}

// What was saved in an earlier session.
void ImagingPage::readMeasurements()
{
    readMeasurements(m_study);
}

void ImagingPage::readMeasurements(const QString &studyKey)
{
    const OpenStudy *opened = m_desk->study(studyKey);
    if (!opened || m_parts->measured.contains(studyKey) || m_parts->reading.contains(studyKey))
        return;
    m_parts->reading.append(studyKey);
    UiJob::start<Measured>(
        context().queue(), this,
        [source = m_desk->sharedSource(), studyKey, instances = opened->instances](
            const base::WorkContext &work) {
            return MeasurementKeeper::read(*source, studyKey, instances, work);
        },
        [this, studyKey](const base::Result<Measured> &result) {
            m_parts->reading.removeAll(studyKey);
            const bool save = std::exchange(m_parts->saveWanted, false);
            if (!result) { // tried again when the study is opened, or something is to be saved
                m_strip->showError(result.error(), context().language(),
                    save ? tr("The measurements could not be saved") : tr("The images could not be read"));
                return;
            }
            m_parts->measured.append(studyKey);
            m_parts->book.addSaved(*result);
            for (const Viewport *view : m_grid->views())
                m_parts->book.measureOn(view->image());
            if (save)
                saveNow();
        });
}

// Views and tool keys go to a window that may stand on another screen; closing it brings them back. The lock
// of the program hides it like every other window.
bool ImagingPage::detach()
{
    if (m_parts->window) {
        m_parts->window->close();
        return true;
    }
    auto *window = new QWidget(nullptr, Qt::Window);
    window->setAttribute(Qt::WA_DeleteOnClose);
    window->setObjectName(QStringLiteral("imaging.window"));
    window->setWindowTitle(tr("Images")); // no patient in a window title
    auto *column = new QVBoxLayout(window);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_grid);
    m_grid->show();
    window->resize(context().theme().unit(220), context().theme().unit(160));
    m_parts->window = window;
    window->installEventFilter(this);
    window->show();
    return true;
}

void ImagingPage::bringBack()
{
    if (m_grid->parentWidget() == m_splitter)
        return;
    m_splitter->insertWidget(1, m_grid);
    m_splitter->setStretchFactor(1, 1);
    m_grid->show();
    focusFirst();
}

} // namespace naru::ui
