#include "ui/shell/MainWindow.h"

#include "core/base/Hangul.h"
#include "core/services/AccountService.h"
#include "core/services/PatientService.h"
#include "core/services/SettingsService.h"
#include "core/services/SiteService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/CommandPalette.h"
#include "ui/shell/IdleWatch.h"
#include "ui/shell/KeySheet.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/StatusLine.h"
#include "ui/shell/TabFrame.h"
#include "ui/shell/Theme.h"
#include "ui/shell/Toast.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/IdentityBanner.h"
#include "ui/widgets/MessageStrip.h"

#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr double ZoomStep = 0.1;
constexpr int MostOfATitle = 20; // letters: a Korean name, sex and age many times over
constexpr int StatusMs = 15000;

} // namespace

MainWindow::MainWindow(AppContext &context, QWidget *parent)
    : QMainWindow(parent)
    , m_context(context)
    , m_layers(new QStackedWidget(this))
    , m_tabs(new QTabWidget(this))
    , m_status(new StatusLine(context, this))
    , m_idle(new IdleWatch(this))
{
    setObjectName(QStringLiteral("naru.window"));
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->setTabsClosable(true);
    m_tabs->setMovable(false);
    m_tabs->tabBar()->setAccessibleName(tr("Tabs"));
    m_tabs->tabBar()->setExpanding(false);
    m_tabs->tabBar()->setFocusPolicy(Qt::TabFocus);
    m_layers->addWidget(m_tabs);
    // Lists shrink on a low screen with large type; a least height of the tallest page would push the window
    // off the screen.
    m_layers->setMinimumHeight(1);
    column->addWidget(m_layers, 1);
    column->addWidget(m_status);
    setCentralWidget(centre);
    m_toast = new Toast(context.theme(), this);
    m_palette = new CommandPalette(context, this);
    m_keySheet = new KeySheet(context.theme(), this);
    makeCommands();
    makeMenus();
    makeNumberKeys();
    makeCorner();
    connect(m_tabs, &QTabWidget::tabCloseRequested, this, [this](int index) {
        m_tabs->setCurrentIndex(index);
        closeTab();
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        giveRoom();
        if (Page *page = currentPage())
            page->focusFirst();
    });
    connect(&context, &AppContext::openRequested, this, &MainWindow::open);
    connect(&context, &AppContext::toastRequested, this,
        [this](const QString &text, const std::function<void()> &undo, const QString &label) {
            if (m_locked)
                return;
            // Where she looks: a window of its own, on another screen, has a toast of its own.
            const QWidget *active = QApplication::activeWindow();
            auto *own = active ? active->findChild<Toast *>({}, Qt::FindDirectChildrenOnly) : nullptr;
            (own ? own : m_toast)->say(text, undo, label);
        });
    connect(&context, &AppContext::lockRequested, this, &MainWindow::lock);
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Lock)
            followLock();
    });
    connect(m_status, &StatusLine::outboxPressed, this, [this] {
        open({QStringLiteral("outbox"), {}, {}, {}});
    });
    connect(m_status, &StatusLine::keysPressed, this, &MainWindow::showKeys);
    connect(m_idle, &IdleWatch::idle, this, [this] { lock(QStringLiteral("idle")); });
    connect(&context.theme(), &Theme::changed, this, &MainWindow::restyle);
    auto *pulse = new QTimer(this);
    connect(pulse, &QTimer::timeout, m_status, &StatusLine::refresh);
    pulse->start(StatusMs);
    restyle();
    retitle();
    open({QStringLiteral("home"), {}, {}, {}});
}

MainWindow::~MainWindow() = default;

void MainWindow::makeCorner()
{
    m_corner = new QWidget(menuBar());
    auto *row = new QHBoxLayout(m_corner);
    row->setContentsMargins(0, 0, 0, 0);
    const services::Account account = m_context.profile().accounts().current();
    const QString name = account.displayName.isEmpty() ? account.user : account.displayName;
    m_userButton = new QPushButton(name, m_corner);
    m_userButton->setObjectName(QStringLiteral("corner.user"));
    m_userButton->setAccessibleName(tr("User %1: settings").arg(name));
    auto *lockButton = new QPushButton(tr("Lock Ctrl+L"), m_corner);
    lockButton->setObjectName(QStringLiteral("corner.lock"));
    lockButton->setAccessibleName(tr("Lock"));
    for (QPushButton *button : {m_userButton, lockButton}) {
        setLook(button, "quiet");
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
    connect(m_userButton, &QPushButton::clicked, this, [this] { m_context.openSettings(); });
    connect(lockButton, &QPushButton::clicked, this, [this] { lock(QStringLiteral("user")); });
    menuBar()->setCornerWidget(m_corner);
}

void MainWindow::restyle()
{
    const Theme &theme = m_context.theme();
    m_userButton->setIcon(theme.icon(QStringLiteral("user"), "textSecondary"));
    m_corner->findChild<QPushButton *>(QStringLiteral("corner.lock"))
        ->setIcon(theme.icon(QStringLiteral("lock"), "textSecondary"));
    setWindowIcon(QIcon(QStringLiteral(":/naru/icons/app.svg")));
    for (int i = 0; i < m_tabs->count(); ++i) {
        const auto *tab = static_cast<TabFrame *>(m_tabs->widget(i));
        const QString kind = tab->current() ? tab->current()->request().kind : QString();
        const QString icon = !tab->patient().isEmpty() ? QStringLiteral("patient")
            : kind == QLatin1String("patients")        ? QStringLiteral("search")
            : kind.isEmpty()                           ? QStringLiteral("home")
                                                       : kind;
        m_tabs->setTabIcon(i, theme.icon(icon, "textSecondary"));
    }
    m_toast->place();
}

// A menu bar that is hidden takes its shortcuts with it: it only gets no height.
void MainWindow::giveRoom()
{
    TabFrame *tab = currentTab();
    const Page *page = tab ? tab->current() : nullptr;
    const bool room = page && page->wantsRoom();
    menuBar()->setMaximumHeight(room ? 0 : QWIDGETSIZE_MAX);
    m_tabs->tabBar()->setVisible(!room);
    m_status->setVisible(!room);
    if (tab)
        tab->setRoomy(room);
}

void MainWindow::retitle()
{
    // No patient in a window title: task bars, screen sharing and logs of window managers show it.
    const QString clinic = m_context.profile().site().clinic().name;
    setWindowTitle(m_locked    ? tr("Locked")
            : clinic.isEmpty() ? tr("Naru")
                               : tr("Naru") + QStringLiteral(" – ") + clinic);
}

TabFrame *MainWindow::currentTab() const
{
    return static_cast<TabFrame *>(m_tabs->currentWidget());
}

Page *MainWindow::currentPage() const
{
    return currentTab() ? currentTab()->current() : nullptr;
}

TabFrame *MainWindow::tabFor(const services::PatientKey &patient, const QString &kind)
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        auto *tab = static_cast<TabFrame *>(m_tabs->widget(i));
        if (tab->patient() != patient)
            continue;
        const Page *page = patient.isEmpty() ? tab->current() : nullptr;
        if (!patient.isEmpty() || (page && page->request().kind == kind))
            return tab;
    }
    auto *tab = new TabFrame(m_context, patient, m_tabs);
    watch(tab);
    const int index = m_tabs->addTab(tab, QString());
    relabel(tab);
    if (kind == QLatin1String("home"))
        m_tabs->tabBar()->setTabButton(index, QTabBar::RightSide, nullptr);
    if (!patient.isEmpty())
        m_context.profile().patients().opened(patient, QStringLiteral("tab"));
    return tab;
}

// One long name must not take the room of the others, which would then be "김…5", and two of them alike.
void MainWindow::relabel(TabFrame *tab)
{
    const int index = m_tabs->indexOf(tab);
    if (index < 0)
        return;
    QString title = base::withVisibleControls(tab->tabTitle());
    m_tabs->setTabToolTip(index, title);
    if (title.size() > MostOfATitle)
        title = title.left(MostOfATitle - 1).trimmed() + QChar(0x2026);
    if (tab->hasUnsavedDraft())
        title += QStringLiteral(" ●");
    m_tabs->setTabText(index, title.replace(QLatin1Char('&'), QStringLiteral("&&")));
}

void MainWindow::watch(TabFrame *tab)
{
    const auto again = [this, tab] { relabel(tab); };
    connect(tab, &TabFrame::tabTitleChanged, this, again);
    connect(tab, &TabFrame::saved, m_status, &StatusLine::setSaved);
    connect(tab, &TabFrame::pageShown, this, [this, again](Page *) {
        again();
        giveRoom();
    });
    connect(tab, &TabFrame::roomChanged, this, &MainWindow::giveRoom);
}

void MainWindow::open(const PageRequest &request)
{
    if (m_locked)
        return;
    if (request.kind == QLatin1String("new")) { // which form is asked first
        newDocumentMenu();
        return;
    }
    TabFrame *tab = tabFor(request.patient, request.kind);
    m_tabs->setCurrentWidget(tab);
    Page *page = tab->open(request);
    if (!page) {
        m_context.showToast(tr("This screen is not part of this installation"));
        if (!tab->current() && request.patient.isEmpty()) {
            m_tabs->removeTab(m_tabs->indexOf(tab));
            tab->deleteLater();
        }
        return;
    }
    page->focusFirst();
    restyle();
}

void MainWindow::dispatch(bool (Page::*act)())
{
    if (m_locked)
        return;
    commitFocusedThen(this, [this, act] {
        Page *page = currentPage();
        if (page && !(page->*act)())
            m_context.showToast(tr("This key has nothing to do on this screen just now"));
    });
}

void MainWindow::section(int number)
{
    commitFocusedThen(this, [this, number] {
        if (Page *page = currentPage())
            page->goToSection(number);
    });
}

void MainWindow::closeTab()
{
    TabFrame *tab = currentTab();
    if (!tab || m_tabs->currentIndex() == 0)
        return;
    if (tab->closeCurrentPage())
        return;
    for (Page *page : tab->pages()) {
        page->settle();
        page->closing();
    }
    m_tabs->removeTab(m_tabs->indexOf(tab));
    tab->deleteLater();
}

void MainWindow::nextTab(int step)
{
    const int count = m_tabs->count();
    if (count > 1)
        m_tabs->setCurrentIndex((m_tabs->currentIndex() + step + count) % count);
}

void MainWindow::nextPane(int step)
{
    const QList<QWidget *> panes = currentTab() ? currentTab()->panes() : QList<QWidget *>();
    QList<QWidget *> usable;
    for (QWidget *pane : panes) {
        if (pane && pane->isVisible() && pane->isEnabled())
            usable.append(pane);
    }
    if (usable.isEmpty())
        return;
    int at = step > 0 ? -1 : int(usable.size());
    const QWidget *focused = QApplication::focusWidget();
    for (int i = 0; i < usable.size(); ++i) {
        if (usable.at(i) == focused || usable.at(i)->isAncestorOf(focused))
            at = i;
    }
    QWidget *next = usable.at((at + step + usable.size()) % usable.size());
    next->setFocus(step > 0 ? Qt::TabFocusReason : Qt::BacktabFocusReason);
}

void MainWindow::zoom(int step)
{
    Theme &theme = m_context.theme();
    theme.setZoom(step == 0 ? 1.0 : theme.zoom() + step * ZoomStep);
    (void)m_context.profile().settings().set(QStringLiteral("ui.zoom"), theme.zoom());
}

void MainWindow::setThemeChoice(const QString &choice)
{
    m_context.theme().setChoice(choice);
    (void)m_context.profile().settings().set(QStringLiteral("ui.theme"), choice);
}

void MainWindow::showKeys()
{
    if (m_locked)
        return;
    const Page *page = currentPage();
    m_keySheet->open(
        m_commands, page ? page->keys() : QList<QPair<QString, QString>>(), page ? page->title() : QString());
}

void MainWindow::showPalette()
{
    if (!m_locked)
        m_palette->open(m_commands);
}

void MainWindow::settleAll()
{
    for (int i = 0; i < m_tabs->count(); ++i) {
        for (Page *page : static_cast<TabFrame *>(m_tabs->widget(i))->pages())
            page->settle();
    }
}

void MainWindow::lock(const QString &cause)
{
    if (m_locked)
        return;
    commitFocusedThen(this, [this, cause] {
        settleAll();
        m_focusBefore = QApplication::focusWidget();
        m_context.profile().accounts().lock(cause);
        followLock();
    });
}

void MainWindow::followLock()
{
    const bool locked = m_context.profile().accounts().locked();
    if (locked == m_locked)
        return;
    m_locked = locked;
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(!locked);
    menuBar()->setVisible(!locked);
    m_status->setLocked(locked);
    m_toast->hide();
    m_palette->hide();
    m_keySheet->hide();
    if (!locked) {
        unlocked();
    } else {
        for (int i = 0; i < m_tabs->count(); ++i) {
            auto *tab = static_cast<TabFrame *>(m_tabs->widget(i));
            if (tab->banner())
                tab->banner()->hideSecrets();
            for (Page *page : tab->pages())
                page->lock();
        }
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (window != this && window->isVisible() && window->windowType() != Qt::Desktop) {
                m_hiddenWindows.append(window);
                window->hide();
            }
        }
        QClipboard *clipboard = QGuiApplication::clipboard();
        if (clipboard->ownsClipboard())
            clipboard->clear();
        if (!m_lockPage)
            m_lockPage = m_context.makePage({QStringLiteral("lock"), {}, {}, {}}, m_layers);
        if (!m_lockPage)
            m_lockPage = new QLabel(tr("Locked"), m_layers);
        m_layers->addWidget(m_lockPage);
        m_layers->setCurrentWidget(m_lockPage);
        m_lockPage->setFocus();
        if (auto *page = qobject_cast<Page *>(m_lockPage))
            page->focusFirst();
        m_tabs->hide();
    }
    retitle();
    Q_EMIT lockedChanged(locked);
}

void MainWindow::unlocked()
{
    m_layers->setCurrentWidget(m_tabs);
    m_tabs->show();
    if (m_lockPage) {
        m_layers->removeWidget(m_lockPage);
        m_lockPage->deleteLater();
        m_lockPage = nullptr;
    }
    m_hiddenWindows.clear(); // a patient window stays closed: its signature was dropped
    if (m_focusBefore && m_focusBefore->isVisible())
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    m_focusBefore = nullptr;
    m_idle->start();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    settleAll();
    event->accept();
    Q_EMIT quitRequested();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    m_toast->place();
    m_palette->place();
    m_keySheet->place();
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_locked && currentPage() && currentPage()->stepBack())
        return;
    QMainWindow::keyPressEvent(event);
}

} // namespace naru::ui
