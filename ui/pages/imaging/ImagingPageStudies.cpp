// Which study is open, how it hangs, what stands beside it, and whose it is.
#include "core/imaging/series/Hanging.h"
#include "core/services/PatientService.h"
#include "ui/pages/imaging/CinePlayer.h"
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/ImagingToolBar.h"
#include "ui/pages/imaging/PatientCheck.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/pages/imaging/StackSync.h"
#include "ui/pages/imaging/ViewerActs.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/ImageFetches.h"
#include "ui/text/Words.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>

namespace naru::ui {

namespace {

int largest(const std::vector<imaging::Stack> &stacks)
{
    return int(std::max_element(stacks.begin(), stacks.end(),
                   [](const imaging::Stack &a, const imaging::Stack &b) { return a.size() < b.size(); })
        - stacks.begin());
}

imaging::Hanging sideBySide(const OpenStudy &current, const OpenStudy &prior)
{
    imaging::Hanging hanging;
    hanging.columns = 2;
    hanging.synchronised = true;
    const int main = largest(current.stacks);
    const imaging::Stack &stack = current.stacks[std::size_t(main)];
    const int fitting = imaging::matchingStack(
        current.instances[std::size_t(stack.slices.front().instance)], stack, prior.instances, prior.stacks);
    hanging.cells = {
        {main, false, false, {}}, {fitting >= 0 ? fitting : largest(prior.stacks), true, false, {}}};
    return hanging;
}

// In one chart, or the same person by all that the images say. That both say nothing proves nothing.
bool isSamePerson(const services::StudyRow &a, const services::StudyRow &b)
{
    if (a.birthDate != b.birthDate || a.sex != b.sex)
        return false;
    return (!a.patientKey.isEmpty() && a.patientKey == b.patientKey)
        || (a.patientId == b.patientId && a.patientName == b.patientName);
}

} // namespace

void ImagingPage::fillStudies()
{
    m_studies->clear();
    for (const services::StudyRow &row : m_desk->rows()) {
        const QStringList words = {row.modalities, dicomDate(row.date), row.institution, row.description};
        QStringList shown = words;
        shown.removeAll(QString());
        m_studies->addItem(shown.join(QStringLiteral("  ")), row.key);
    }
    m_studies->setEnabled(m_studies->count() > 0);
    tellNone();
    place();
    if (m_desk->rows().empty()) {
        for (Viewport *view : m_grid->views())
            view->setEmptyText(tr("There are no images here"));
        return;
    }
    if (showWanted()) // was asked for just now
        return;
    // What is being read stays as it is, and grows.
    if (m_desk->study(m_study)) {
        m_studies->setCurrentIndex(m_studies->findData(m_study));
        findPrior(); // it may have come just now
        followArrivals();
        return;
    }
    if (m_study.isEmpty() || !m_desk->row(m_study))
        m_study = m_desk->rows().front().key;
    showStudy(m_study);
}

// Tools of images that are not there would only be in the way. What is on its way is waited for.
void ImagingPage::tellNone()
{
    const bool awaited = !m_wanted.isEmpty() && context().imageFetches().running(m_wanted);
    const bool on = m_desk->source().keeps() && m_desk->rows().empty() && !m_desk->isLoading() && !awaited;
    if (on == m_parts->none->isVisibleTo(this))
        return;
    const bool focused = isAncestorOf(window()->focusWidget()); // even while a dialog has it
    m_parts->none->setVisible(on);
    m_bar->setHidden(on);
    m_splitter->setHidden(on);
    m_foot->setHidden(on);
    if (focused)
        focusFirst();
}

void ImagingPage::showStudy(const QString &studyKey)
{
    const services::StudyRow *row = m_desk->row(studyKey);
    if (!row)
        return;
    if (m_study != studyKey)
        m_ownLayout = false; // it was chosen for the other one
    m_study = studyKey;
    m_prior.clear();
    m_touched = false;
    m_parts->news = 0;
    m_studies->setCurrentIndex(m_studies->findData(studyKey));
    m_desk->open(studyKey);
}

void ImagingPage::studyOpened(const QString &studyKey)
{
    const OpenStudy *opened = m_desk->study(studyKey);
    if (!opened || (studyKey != m_study && studyKey != m_prior))
        return;
    listSeries();
    warnOfMismatch();
    if (studyKey == m_study)
        findPrior();
    hang();
    usePlanes();
    readMeasurements(studyKey); // of the earlier study too: its marks belong to its images
    readKeyImages(studyKey);
    if (opened->stacks.empty()) {
        for (Viewport *view : m_grid->views())
            view->setEmptyText(tr("This study holds no image that can be shown"));
    }
    if (isVisible() && !isAncestorOf(focusWidget()))
        focusFirst();
    followArrivals();
    if (studyKey == m_study)
        fetchRest();
    tellFetch();
}

void ImagingPage::listSeries()
{
    QList<const OpenStudy *> shown;
    if (const OpenStudy *current = m_desk->study(m_study))
        shown.append(current);
    if (const OpenStudy *prior = m_prior.isEmpty() ? nullptr : m_desk->study(m_prior))
        shown.append(prior);
    m_series->setStudies(shown, m_desk->loader());
    if (!m_parts->objects) {
        m_parts->objects = new StudyObjects(context(), *m_grid, m_strip, this);
        auto *column = static_cast<QBoxLayout *>(layout());
        column->insertWidget(column->indexOf(m_splitter), m_parts->objects);
        connect(m_parts->objects, &StudyObjects::opened, m_splitter, &QWidget::setHidden);
    }
    if (const OpenStudy *current = m_desk->study(m_study))
        m_parts->objects->setStudy(*current, m_desk->sharedSource());
}

// An earlier study of the same part, of the same patient as the images themselves say.
void ImagingPage::findPrior()
{
    m_priorCandidate.clear();
    const OpenStudy *current = m_desk->study(m_study);
    if (!current)
        return;
    for (const services::StudyRow &row : m_desk->rows()) {
        if (row.key != m_study && isSamePerson(row, current->row)
            && row.match != services::ImageMatch::Mismatch && row.date <= current->row.date
            && row.modalities.section(QLatin1String(", "), 0, 0)
                == current->row.modalities.section(QLatin1String(", "), 0, 0)) {
            m_priorCandidate = row.key;
            break; // the newest first
        }
    }
    m_bar->setEnabledAct(QStringLiteral("compare"), !m_priorCandidate.isEmpty());
    m_bar->setChecked(QStringLiteral("compare"), !m_prior.isEmpty());
}

void ImagingPage::openPrior(bool on)
{
    m_prior = on ? m_priorCandidate : QString();
    m_ownLayout = false;
    m_bar->setChecked(QStringLiteral("compare"), on);
    if (on)
        m_desk->open(m_prior);
    else
        studyOpened(m_study);
}

void ImagingPage::hang()
{
    const OpenStudy *current = m_desk->study(m_study), *prior = m_desk->study(m_prior);
    if (!current || current->stacks.empty())
        return;
    m_cine->stop();
    imaging::Hanging hanging = prior && !m_prior.isEmpty()
        ? imaging::hang(current->instances, current->stacks, prior->instances, prior->stacks)
        : imaging::hang(current->instances, current->stacks);
    const bool beside = std::any_of(hanging.cells.begin(), hanging.cells.end(),
        [](const imaging::HangingCell &cell) { return cell.prior && cell.stack >= 0; });
    if (prior && !m_prior.isEmpty() && !beside && !prior->stacks.empty())
        hanging = sideBySide(*current, *prior); // nothing says that it is the same part, but the user asked
    useOwnLayout(hanging);
    m_grid->setGrid(hanging.rows, hanging.columns);
    const QList<Viewport *> views = m_grid->views();
    for (int i = 0; i < views.size(); ++i) {
        const imaging::HangingCell cell =
            std::size_t(i) < hanging.cells.size() ? hanging.cells[std::size_t(i)] : imaging::HangingCell();
        const OpenStudy *from = cell.prior ? prior : current;
        StackProvider *provider = from && cell.stack >= 0 ? from->providers.value(cell.stack) : nullptr;
        const bool another = views[i]->provider() != provider;
        views[i]->setProvider(provider);
        if (provider && another) {
            ViewTransform transform = views[i]->transform();
            if (cell.mirrored)
                transform.flipHorizontally();
            transform.setSide(cell.wall);
            views[i]->setTransform(transform);
        }
    }
    tellMarks();
    m_grid->activate(hanging.active);
    m_sync->setOn(hanging.synchronised || m_sync->isOn());
    m_bar->setChecked(QStringLiteral("view.synchronise"), m_sync->isOn());
    m_sync->join();
    activeChanged();
}

QString ImagingPage::personOf(const services::StudyRow &row) const
{
    QStringList who = {
        readableName(row.patientName), readableSex(row.sex, context().language()), dicomDate(row.birthDate)};
    who.removeAll(QString());
    return who.join(QLatin1Char(' '));
}

QString ImagingPage::differencesOf(const QStringList &differing)
{
    QStringList words;
    for (const QString &what : differing)
        words << (what == QLatin1String("birthDate") ? tr("birth date")
                : what == QLatin1String("sex")       ? tr("sex")
                : what == QLatin1String("name")      ? tr("name")
                                                     : tr("number"));
    return words.join(QStringLiteral(", "));
}

void ImagingPage::warnOfMismatch()
{
    const OpenStudy *current = m_desk->study(m_study);
    const auto patient = context().profile().patients().get(m_patient);
    if (!current || !patient) {
        m_warning->clear();
        return;
    }
    const QString mismatch = mismatchOf(current->row);
    m_parts->alarms.clear();
    for (const OpenStudy *each : {current, m_desk->study(m_prior)}) {
        if (each && !mismatchOf(each->row).isEmpty())
            m_parts->alarms.insert(
                each->row.key, tr("Images of another person: %1").arg(personOf(each->row)));
    }
    tellMarks();
    if (!mismatch.isEmpty()) {
        m_warning->show(MessageStrip::Kind::Error, mismatch);
    } else if (!checkPatient(current->row, *patient).certain) {
        m_warning->show(MessageStrip::Kind::Warn,
            tr("The images do not say enough to tell whose they are. Compare before you use them."));
    } else {
        m_warning->clear();
    }
}

QString ImagingPage::mismatchOf(const services::StudyRow &row) const
{
    const auto patient = context().profile().patients().get(m_patient);
    if (!patient)
        return {};
    const PatientCheck check = checkPatient(row, *patient);
    if (!check.isMismatch())
        return {};
    return tr("These images are of another person: %1. Different: %2. Do not use them for this patient.")
        .arg(personOf(row), differencesOf(check.differing));
}

void ImagingPage::viewAdded(Viewport *view)
{
    view->installEventFilter(this);
    view->setKeyFilter([](int key) { return ViewerAct::ofKey(key) != nullptr; });
    view->addLayer(&m_parts->lines);
    view->addLayer(&m_parts->layer);
    view->addLayer(&m_parts->crossHair);
    view->setMagnifier(m_parts->magnifier);
    view->setOwnCalibration([this](const QString &place) { return m_parts->book.ownCalibration(place); });
    const auto tool = m_tools.find(m_tool);
    view->setTool(m_tool == QLatin1String("tool.crosshair") ? static_cast<ViewTool *>(&m_parts->crossHair)
            : tool == m_tools.end()                         ? nullptr
                                                            : tool->second.get());
    m_sync->watch(view);
    connect(view, &Viewport::doubleClicked, this,
        [this, view] { toggleAlone(int(m_grid->views().indexOf(view))); });
    connect(view, &Viewport::menuWanted, m_bar, &ImagingToolBar::showMenu);
    connect(view, &Viewport::imageShown, this, [this, view] {
        tellMarks();
        if (view == m_grid->active() && view->image().isReady())
            refreshPresets();
        m_parts->book.measureOn(view->image());
        for (Viewport *other : m_grid->views()) {
            if (other != view)
                other->update(); // reference lines
        }
    });
}

void ImagingPage::activeChanged()
{
    const Viewport *view = m_grid->active();
    if (!view)
        return;
    m_series->setCurrent(view->provider());
    tellLayouts();
    tellSlab();
    tellSwitches();
    m_sync->join();
    refreshPresets();
}

void ImagingPage::refreshPresets()
{
    const Viewport *view = m_grid->active();
    if (view && view->image().facts)
        m_bar->setPresets(imaging::presetsFor(*view->image().facts, view->image().frame));
}

void ImagingPage::showProvider(ImageProvider *provider)
{
    Viewport *view = m_grid->active();
    if (!view || !provider)
        return;
    view->setProvider(provider);
    activeChanged();
}

// What is only looked at cannot keep any.
bool ImagingPage::hasUnsavedMarks() const
{
    return m_desk && m_desk->source().keeps() && !m_parts->keyImages.unsavedStudies().isEmpty();
}

void ImagingPage::tellCounts()
{
    QStringList open;
    if (const int unsaved = m_parts->book.unsaved(); unsaved > 0)
        open << tr("Measurements not saved: %1").arg(unsaved);
    if (hasUnsavedMarks())
        open << tr("Key images not saved");
    m_parts->unsaved->setText(open.join(QStringLiteral(" · ")));
    for (QWidget *each : QList<QWidget *>{m_parts->unsaved, m_parts->save, m_parts->discard})
        each->setVisible(!open.isEmpty());
    const auto marked = m_parts->keyImages.all().size();
    m_counts->setText(marked > 0 ? tr("Key images: %1").arg(marked) : QString());
    m_counts->setVisible(marked > 0);
    tellMarks();
    for (Viewport *view : m_grid->views())
        view->update();
    Q_EMIT unsavedChanged();
}

void ImagingPage::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder or disc with images"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(
        dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) { lookAtFolder(folder); });
    dialog->open();
}

} // namespace naru::ui
