// The views in a window of their own, on another screen where there is one.
#include "ui/pages/imaging/ImagingPage.h"
#include "ui/pages/imaging/ImagingPageParts.h"
#include "ui/pages/imaging/ImagingToolBar.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/KeySheet.h"
#include "ui/shell/Theme.h"
#include "ui/shell/Toast.h"
#include "ui/widgets/IdentityBanner.h"
#include "ui/widgets/viewport/ViewportGrid.h"

#include <QGuiApplication>
#include <QScreen>
#include <QShortcut>
#include <QSplitter>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

// The window's own shortcuts stay behind with the main window.
void addShortcuts(QWidget *window, ImagingPage *page)
{
    const auto add = [window, page](const QKeySequence &keys, bool (ImagingPage::*act)()) {
        auto *shortcut = new QShortcut(keys, window);
        QObject::connect(shortcut, &QShortcut::activated, page, [page, act] { (page->*act)(); });
    };
    add(QKeySequence(Qt::CTRL | Qt::Key_S), &ImagingPage::saveNow);
    add(QKeySequence(Qt::CTRL | Qt::Key_P), &ImagingPage::print);
    add(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), &ImagingPage::redo);
    add(QKeySequence(Qt::CTRL | Qt::Key_Return), &ImagingPage::mainAct);
    add(QKeySequence(Qt::Key_F5), &ImagingPage::refresh);
    add(QKeySequence(Qt::Key_F9), &ImagingPage::otherView);
    add(QKeySequence(Qt::Key_Escape), &ImagingPage::stepBack);
}

// Undo is of what the toast says first, as it is in the main window.
void addToast(QWidget *window, ImagingPage *page, Theme &theme)
{
    auto *toast = new Toast(theme, window);
    auto *undo = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z), window);
    QObject::connect(undo, &QShortcut::activated, page, [toast, page] {
        if (!toast->undo())
            page->undo();
    });
}

void addKeySheet(QWidget *window, const ImagingPage *page, Theme &theme)
{
    auto *sheet = new KeySheet(theme, window);
    for (const QKeySequence &keys : {QKeySequence(Qt::Key_F1), QKeySequence(Qt::CTRL | Qt::Key_Slash)}) {
        auto *shortcut = new QShortcut(keys, window);
        QObject::connect(shortcut, &QShortcut::activated, page,
            [sheet, page] { sheet->open({}, page->keys(), page->title()); });
    }
}

// Whoever reads at the second screen locks there as well.
void addLock(QWidget *window, AppContext &context)
{
    auto *shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_L), window);
    QObject::connect(shortcut, &QShortcut::activated, &context,
        [&context] { context.requestLock(QStringLiteral("user")); });
}

} // namespace

// Views and tool keys go to a window that may stand on another screen; closing it brings them back. It says
// who the patient is, as every window does. The lock of the program hides it like every other window.
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
    column->setSpacing(0);
    auto *banner =
        new IdentityBanner(context().theme(), context().language() == text::Language::Korean, window);
    banner->follow(context(), m_patient);
    column->addWidget(banner);
    column->addWidget(m_grid, 1);
    m_grid->show();
    m_parts->window = window;
    window->installEventFilter(this);
    addShortcuts(window, this);
    addToast(window, this, context().theme());
    addKeySheet(window, this, context().theme());
    addLock(window, context());
    const QScreen *here = this->window()->screen();
    const QScreen *other = nullptr;
    for (const QScreen *screen : QGuiApplication::screens()) {
        if (screen != here && !other)
            other = screen;
    }
    if (other) {
        window->setGeometry(other->availableGeometry());
        window->showMaximized();
    } else {
        const QSize wanted(context().theme().unit(220), context().theme().unit(160));
        window->resize(here ? wanted.boundedTo(here->availableSize() * 9 / 10) : wanted);
        window->show();
    }
    m_bar->setChecked(QStringLiteral("view.detach"), true);
    focusFirst();
    return true;
}

// The lock has hidden the window and leaves it so; without it the page would have no views. It comes back
// with its page, so never in front of somebody who went to another patient after unlocking.
void ImagingPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    QWidget *window = m_parts->window;
    if (!window || window->isVisible())
        return;
    window->setAttribute(Qt::WA_ShowWithoutActivating); // the keys stay where the password was typed
    window->show();
    window->setAttribute(Qt::WA_ShowWithoutActivating, false);
}

void ImagingPage::bringBack()
{
    if (m_grid->parentWidget() == m_splitter)
        return;
    m_splitter->insertWidget(1, m_grid);
    m_splitter->setStretchFactor(1, 1);
    m_grid->show();
    m_bar->setChecked(QStringLiteral("view.detach"), false);
    focusFirst();
}

} // namespace naru::ui
