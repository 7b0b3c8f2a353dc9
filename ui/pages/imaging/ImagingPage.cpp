#include "ui/pages/imaging/ImagingPage.h"

#include "ui/jobs/JobLine.h"
#include "ui/pages/imaging/CinePlayer.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/ImagingToolBar.h"
#include "ui/pages/imaging/SeriesList.h"
#include "ui/pages/imaging/StackSync.h"
#include "ui/pages/imaging/ViewerActs.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/viewport/SimpleTools.h"
#include "ui/widgets/viewport/Viewport.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace naru::ui {

ImagingPage::ImagingPage(AppContext &context, const services::PatientKey &patient,
    std::shared_ptr<StudySource> source, QWidget *parent)
    : Page(context, parent)
    , m_patient(patient)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("imaging"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 1.2, 1);
    m_warning = new MessageStrip(theme, this);
    m_warning->setObjectName(QStringLiteral("imaging.warning"));
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_warning);
    column->addWidget(m_strip);
    auto *jobs = new JobLine(this);
    column->addWidget(jobs);
    m_grid = new ViewportGrid(theme, context.language());
    m_parts = std::make_unique<Parts>(*m_grid);
    m_parts->jobs = jobs;
    m_sync = new StackSync(*m_grid, this);
    m_cine = new CinePlayer(this);
    column->addWidget(makeHead());
    m_bar = new ImagingToolBar(theme, context.language(), this);
    column->addWidget(m_bar);
    m_splitter = new QSplitter(this);
    m_splitter->setChildrenCollapsible(false);
    m_series = new SeriesList(theme, m_splitter);
    m_parts->list = new MeasurementList(theme, m_parts->book, m_splitter);
    m_splitter->addWidget(m_series);
    m_splitter->addWidget(m_grid);
    m_splitter->addWidget(m_parts->list);
    m_splitter->setStretchFactor(1, 1);
    column->addWidget(m_splitter, 1);
    m_parts->none = new NoImages(theme, context.language(), this);
    m_parts->none->hide();
    m_parts->none->installEventFilter(this);
    column->addWidget(m_parts->none, 1);
    column->addWidget(makeFoot());
    connect(m_bar, &ImagingToolBar::triggered, this, [this](const QString &act) {
        tryAct(act);
        if (m_grid->active() && !act.startsWith(QLatin1String("tool.text")))
            m_grid->active()->setFocus(Qt::OtherFocusReason);
    });
    connect(m_parts->none, &NoImages::wanted, this, [this](const QString &way) {
        if (way == QLatin1String("search"))
            this->context().openSearch(m_patient);
        else
            perform(way);
    });
    connect(m_grid, &ViewportGrid::viewAdded, this, &ImagingPage::viewAdded);
    connect(m_grid, &ViewportGrid::activeChanged, this, &ImagingPage::activeChanged);
    connect(m_series, &SeriesList::chosen, this, [this](StackProvider *provider) {
        m_touched = true;
        showProvider(provider);
    });
    connect(m_series, &SeriesList::menuWanted, this, &ImagingPage::showSeriesMenu);
    connect(m_cine, &CinePlayer::runningChanged, this,
        [this](bool on) { m_bar->setChecked(QStringLiteral("cine.toggle"), on); });
    connect(&m_parts->book, &MeasurementBook::changed, this, &ImagingPage::tellCounts);
    connect(&m_parts->book, &MeasurementBook::selectionChanged, this, &ImagingPage::tellCounts);
    connect(&m_parts->keyImages, &KeyImages::changed, this, &ImagingPage::tellCounts);
    connect(m_parts->list, &MeasurementList::opened, this,
        [this](const QString &id) { perform(QStringLiteral("measure.show:") + id); });
    connect(m_parts->list, &MeasurementList::removeWanted, this, [this](const QString &id) {
        m_parts->book.select(id);
        perform(QStringLiteral("measure.remove"));
    });
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Images)
            m_desk->load();
    });
    connect(&theme, &Theme::changed, this, &ImagingPage::place);
    watchFetches();
    m_grid->setGrid(1, 1);
    perform(m_tool);
    m_bar->setChecked(QStringLiteral("view.referenceLines"), true);
    m_bar->setChecked(QStringLiteral("view.overlays"), true);
    useSource(std::move(source));
    tellCounts();
}

ImagingPage::~ImagingPage()
{
    for (Viewport *view : m_grid->views())
        view->setProvider(nullptr);
    // With the views: this may be the end of the main window, where nothing moves to any more.
    delete m_parts->window.data();
}

QWidget *ImagingPage::makeHead()
{
    auto *head = new QWidget(this);
    m_head = head;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    m_studies = new QComboBox(head);
    m_studies->setObjectName(QStringLiteral("imaging.study"));
    m_studies->setAccessibleName(tr("Study"));
    m_studies->view()->setAccessibleName(tr("Study"));
    m_studies->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_studies->setMinimumContentsLength(24);
    connect(m_studies, &QComboBox::activated, this, [this](int row) {
        showStudy(m_studies->itemData(row).toString());
        focusFirst(); // keys are for what was chosen
    });
    row->addWidget(m_studies, 1);
    auto *folder = pushButton(tr("Look at a folder or disc"), QStringLiteral("imaging.folder"), head);
    connect(folder, &QPushButton::clicked, this, &ImagingPage::chooseFolder);
    row->addWidget(folder);
    auto *take =
        pushButton(tr("Import") + QStringLiteral(" ▾"), QStringLiteral("imaging.import.button"), head);
    take->setAccessibleName(tr("Import"));
    auto *ways = new QMenu(take);
    for (const char *act : {"import.archive", "import.folder", "import.zip", "import.unmatched"}) {
        const ViewerAct *row = ViewerAct::of(QString::fromLatin1(act));
        ways->addAction(row->text(context().language()), this, [this, row] { perform(row->id); });
    }
    connect(take, &QPushButton::clicked, this,
        [take, ways] { ways->popup(take->mapToGlobal(QPoint(0, take->height()))); });
    row->addWidget(take);
    return head;
}

QWidget *ImagingPage::makeFoot()
{
    Theme &theme = context().theme();
    auto *foot = new QWidget(this);
    m_foot = foot;
    auto *row = new FlowRow(foot);
    row->setContentsMargins(0, 0, 0, 0);
    m_notice = themedLabel(theme, tr("A display for reference; it may not be a diagnostic monitor."),
        Theme::Face::Caption, "textSecondary", foot);
    m_counts = themedLabel(theme, {}, Theme::Face::Caption, "textSecondary", foot);
    m_parts->unsaved = themedLabel(theme, {}, Theme::Face::Body, "warn", foot);
    m_parts->save = pushButton(tr("Save (Ctrl+S)"), QStringLiteral("imaging.save"), foot);
    m_parts->discard = pushButton(tr("Discard"), QStringLiteral("imaging.discard"), foot);
    auto *box = new QWidget(foot);
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    m_parts->fetchLine = new JobLine(box);
    line->addWidget(m_parts->fetchLine);
    m_parts->fetchBox = box;
    for (QWidget *widget :
        QList<QWidget *>{m_notice, box, m_counts, m_parts->unsaved, m_parts->save, m_parts->discard})
        row->addWidget(widget);
    row->setRightFrom(3);
    connect(m_parts->save, &QPushButton::clicked, this, &ImagingPage::saveNow);
    connect(m_parts->discard, &QPushButton::clicked, this, [this] {
        m_parts->book.discard();
        m_parts->keyImages.discard();
    });
    return foot;
}

void ImagingPage::useSource(std::shared_ptr<StudySource> source)
{
    m_cine->stop();
    for (Viewport *view : m_grid->views())
        view->setProvider(nullptr);
    m_series->clear();
    delete m_desk;
    m_study.clear();
    m_prior.clear();
    m_desk = new StudyDesk(context().queue(), std::move(source), this);
    connect(m_desk, &StudyDesk::studiesLoaded, this, &ImagingPage::fillStudies);
    connect(m_desk, &StudyDesk::studyOpened, this, &ImagingPage::studyOpened);
    connect(m_desk, &StudyDesk::studyGrown, this, &ImagingPage::studyGrown);
    connect(m_desk, &StudyDesk::failed, this, [this](const base::Error &error) {
        m_strip->showError(error, context().language(), tr("The images could not be read"));
    });
    if (Viewport *view = m_grid->active())
        view->setEmptyText(tr("Loading"));
    m_desk->load();
}

const OpenStudy *ImagingPage::study() const
{
    return m_desk->study(m_study);
}

MeasurementBook &ImagingPage::book()
{
    return m_parts->book;
}

KeyImages &ImagingPage::keyImages()
{
    return m_parts->keyImages;
}

QString ImagingPage::title() const
{
    return tr("Images");
}

bool ImagingPage::hasUnsavedDraft() const
{
    return m_parts->book.unsaved() > 0 || hasUnsavedMarks();
}

bool ImagingPage::refresh()
{
    m_strip->clear();
    m_desk->loader().retryBroken();
    const services::StudyRow *row = m_desk->row(m_study);
    const OpenStudy *open = study();
    if (row && open && row->instances != int(open->instances.size())) {
        for (Viewport *view : m_grid->views())
            view->setProvider(nullptr);
        m_series->clear();
        m_desk->close(m_study);
    }
    m_desk->load();
    for (Viewport *view : m_grid->views())
        view->update();
    return true;
}

bool ImagingPage::goToSection(int number)
{
    const QList<QWidget *> all = panes();
    if (number < 1 || number > all.size())
        return false;
    all.at(number - 1)->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool ImagingPage::undo()
{
    return m_parts->book.undo();
}

bool ImagingPage::redo()
{
    return m_parts->book.redo();
}

bool ImagingPage::stepBack()
{
    if (stepBackInside())
        return true;
    if (m_grid->alone() >= 0)
        return toggleAlone(-1);
    if (m_parts->unmatched)
        return chooseUnmatched();
    return wantsRoom() && perform(QStringLiteral("view.room"));
}

bool ImagingPage::stepBackInside()
{
    if (m_parts->anonymising)
        return anonymise();
    if (m_parts->objects && m_parts->objects->closePanel()) {
        focusFirst();
        return true;
    }
    if (m_parts->calibration) {
        delete m_parts->calibration.data();
        for (const auto &tool : m_tools)
            tool.second->cancel();
        focusFirst();
        return true;
    }
    for (const auto &tool : m_tools) {
        if (tool.second->cancel())
            return true;
    }
    if (m_parts->textField) {
        m_parts->textField->deleteLater();
        return true;
    }
    if (m_cine->isRunning()) {
        m_cine->stop();
        return true;
    }
    return false;
}

bool ImagingPage::otherView()
{
    return perform(QStringLiteral("compare"));
}

QList<QWidget *> ImagingPage::panes() const
{
    QList<QWidget *> all{
        m_parts->none->first(), m_grid->active(), m_series, &m_parts->list->table(), m_studies};
    all.removeIf([](const QWidget *pane) { return !pane || !pane->isVisible(); });
    return all;
}

void ImagingPage::focusFirst()
{
    if (m_parts->none->isVisibleTo(this))
        m_parts->none->first()->setFocus(Qt::OtherFocusReason);
    else if (m_grid->active())
        m_grid->active()->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> ImagingPage::keys() const
{
    QList<QPair<QString, QString>> rows;
    for (const ViewerAct &act : ViewerAct::all()) {
        if (!act.keys.isEmpty())
            rows.append({act.keyText(), act.text(context().language())});
    }
    rows.append({QStringLiteral("Ctrl+Enter"), tr("Attach the key images to the open draft")});
    rows.append({QStringLiteral("F9"), tr("Compare with an earlier study")});
    return rows;
}

bool ImagingPage::settle()
{
    m_cine->stop();
    for (const auto &tool : m_tools)
        tool.second->cancel();
    return !hasUnsavedDraft();
}

void ImagingPage::lock()
{
    m_cine->stop();
}

void ImagingPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    place();
}

// Views first: where there is no room for three columns the lists give way, keys bring them back.
void ImagingPage::place()
{
    const Theme &theme = context().theme();
    const bool narrow = width() < theme.unit(150);
    const int series = theme.unit(narrow ? 22 : 36), list = theme.unit(54);
    m_series->setMinimumWidth(theme.unit(20));
    m_parts->list->setMinimumWidth(theme.unit(30));
    m_parts->list->setVisible(m_parts->listShown && !narrow);
    m_series->setVisible(width() >= theme.unit(80));
    if (m_placedFor != theme.unit(100) + (narrow ? 1 : 0)) { // afterwards the widths are the user's
        m_placedFor = theme.unit(100) + (narrow ? 1 : 0);
        m_splitter->setSizes({series, std::max(1, width() - series - list), list});
    }
    const bool low = window()->height() < theme.unit(130);
    m_lowest = window()->height() < theme.unit(110);
    tellRoom();
    m_notice->setVisible(!low);
    // The image must not move under the hand when the first measurement brings its buttons.
    m_foot->setMinimumHeight(low ? 0 : m_parts->save->sizeHint().height());
    const bool none = m_parts->none->isVisibleTo(this); // it has the ways of the head
    m_head->setVisible(!none && (!low || (m_roomy && m_studies->count() > 1) || m_studies->count() == 0));
    m_series->setNarrow(low);
    if (m_low != low) {
        m_low = low;
        m_bar->setCompact(low);
        tellMarks(); // a low view says how many are still to come
    }
}

// Where the window is low an image would be a stamp between bars.
bool ImagingPage::wantsRoom() const
{
    return m_studies->count() > 0 && m_room.value_or(m_lowest);
}

void ImagingPage::tellRoom()
{
    if (m_roomy == wantsRoom())
        return;
    m_roomy = wantsRoom();
    m_bar->setChecked(QStringLiteral("view.room"), m_roomy);
    Q_EMIT roomChanged();
}

bool ImagingPage::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Close && watched == m_parts->window) {
        bringBack(); // before the window takes its children with it
        return false;
    }
    const bool onView = qobject_cast<Viewport *>(watched);
    if (onView && (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::Wheel))
        m_touched = true;
    if (event->type() == QEvent::KeyPress && (onView || watched == m_parts->none)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const ViewerAct *act = ViewerAct::ofKey(key->key() | int(key->modifiers()));
        if (act) {
            m_touched = true;
            tryAct(act->id);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

} // namespace naru::ui
