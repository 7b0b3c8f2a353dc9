// The window: menus, patient tabs, status line, the keys that work everywhere, the lock. Pages ask for
// navigation through AppContext; the window only arranges them.
#pragma once

#include "ui/shell/Command.h"
#include "ui/shell/Page.h"

#include <QMainWindow>
#include <QPointer>

class QStackedWidget;
class QTabWidget;
class QPushButton;

namespace naru::ui {

class AppContext;
class CommandPalette;
class IdleWatch;
class KeySheet;
class StatusLine;
class TabFrame;
class Toast;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(AppContext &context, QWidget *parent = nullptr);
    ~MainWindow() override;

    void open(const PageRequest &request);
    // A patient handed over by the EMR: an own tab, never a replacement. While another patient's draft is
    // open it only announces itself there. `action`: "open" "refer" "consent" "summary".
    void arrive(const services::PatientKey &patient, const QString &action);
    void arrivalFailed(const base::Error &error); // what was handed over could not be taken
    void lock(const QString &cause);
    bool isLocked() const { return m_locked; }
    // Commits compositions and saves every draft (lock, quit, SIGTERM).
    void settleAll();

    TabFrame *currentTab() const;
    Page *currentPage() const;
    const QList<Command> &commands() const { return m_commands; }
    Toast &toast() { return *m_toast; }
    StatusLine &status() { return *m_status; }
    IdleWatch &idleWatch() { return *m_idle; }
    // Acts of the command rows; public so that tests and the palette share them.
    void newDocumentMenu();
    void closeTab();
    void nextTab(int step);
    void nextPane(int step);
    void zoom(int step); // 0: back to 100 %
    void showKeys();
    void showPalette();
    void setThemeChoice(const QString &choice);

Q_SIGNALS:
    void quitRequested();
    void lockedChanged(bool locked);

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeCommands();
    void makeMenus();
    void makeNumberKeys();
    void makeCorner();
    void restyle();
    void giveRoom(); // to a page that wants it
    void retitle();
    void dispatch(bool (Page::*act)());
    void section(int number);
    void unlocked();
    void followLock();
    TabFrame *tabFor(const services::PatientKey &patient, const QString &kind);
    void watch(TabFrame *tab);
    void relabel(TabFrame *tab);
    void perform(const services::PatientKey &patient, const QString &action);

    AppContext &m_context;
    QStackedWidget *m_layers = nullptr; // tabs, lock
    QTabWidget *m_tabs = nullptr;
    QWidget *m_lockPage = nullptr;
    QWidget *m_corner = nullptr;
    QPushButton *m_userButton = nullptr;
    StatusLine *m_status = nullptr;
    Toast *m_toast = nullptr;
    CommandPalette *m_palette = nullptr;
    KeySheet *m_keySheet = nullptr;
    IdleWatch *m_idle = nullptr;
    QList<Command> m_commands{};
    QList<QAction *> m_actions{};
    QPointer<QWidget> m_focusBefore{};
    QList<QWidget *> m_hiddenWindows{};
    QPointer<TabFrame> m_refusedIn{}; // whose strip tells of a hand-over that failed
    bool m_locked = false;
};

} // namespace naru::ui
