// The rows of the window's acts: menus, keys, palette and key sheet come from here.
#include "core/services/ComposeService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/MainWindow.h"
#include "ui/shell/TabFrame.h"
#include "ui/shell/Toast.h"
#include "ui/text/Words.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QShortcut>

namespace naru::ui {

namespace {

// Digits of Ctrl+N; 4 is the care summary (key budgets of the screens).
struct FormRow {
    clinical::Form form;
    int digit;
};
constexpr FormRow Forms[] = {{clinical::Form::Referral, 1}, {clinical::Form::Return, 2},
    {clinical::Form::Reply, 3}, {clinical::Form::Summary, 4}, {clinical::Form::Emergency, 5},
    {clinical::Form::ImagingReport, 6}};

QKeySequence key(const char *text)
{
    return QKeySequence(QString::fromLatin1(text));
}

} // namespace

void MainWindow::makeCommands()
{
    const auto page = [this](bool (Page::*act)()) { return [this, act] { dispatch(act); }; };
    const auto currentPatient = [this]() -> services::PatientKey {
        return currentTab() ? currentTab()->patient() : services::PatientKey();
    };
    const auto withPatient = [this, currentPatient](std::function<void(const services::PatientKey &)> act) {
        return [this, currentPatient, act = std::move(act)] {
            if (const services::PatientKey patient = currentPatient(); !patient.isEmpty())
                act(patient);
            else
                open({QStringLiteral("patients"), {}, {}, {}});
        };
    };
    const QString file = QStringLiteral("file"), edit = QStringLiteral("edit"), view = QStringLiteral("view"),
                  patient = QStringLiteral("patient"), document = QStringLiteral("document"),
                  help = QStringLiteral("help");
    m_commands = {
        {QStringLiteral("file.new"), file, tr("&New document"), {key("Ctrl+N")},
            [this] { newDocumentMenu(); }},
        {QStringLiteral("file.save"), file, tr("&Save now"), {key("Ctrl+S")}, page(&Page::saveNow)},
        {QStringLiteral("file.print"), file, tr("&Print"), {key("Ctrl+P")}, page(&Page::print)},
        {QStringLiteral("file.settings"), file, tr("Se&ttings"), {key("Ctrl+,")},
            [this] {
                open({QStringLiteral("settings"), {}, {}, {}});
            },
            true},
        {QStringLiteral("file.lock"), file, tr("&Lock"), {key("Ctrl+L")},
            [this] { lock(QStringLiteral("user")); }},
        {QStringLiteral("file.close"), file, tr("&Close tab (a draft stays)"),
            {key("Ctrl+W"), key("Ctrl+F4")}, [this] { closeTab(); }, true},
        {QStringLiteral("file.quit"), file, tr("&Quit"), {key("Ctrl+Q")}, [this] { close(); }},
        {QStringLiteral("edit.undo"), edit, tr("&Undo"), {key("Ctrl+Z")},
            [this] {
                if (!m_toast->undo())
                    dispatch(&Page::undo);
            }},
        {QStringLiteral("edit.redo"), edit, tr("&Redo"), {key("Ctrl+Shift+Z"), key("Ctrl+Y")},
            page(&Page::redo)},
        {QStringLiteral("edit.find"), edit, tr("&Find"), {key("Ctrl+F")}, page(&Page::find), true},
        {QStringLiteral("edit.findNext"), edit, tr("Find ne&xt"), {key("F3")}, page(&Page::findNext)},
        {QStringLiteral("view.home"), view, tr("&Home"), {key("Alt+Home")},
            [this] {
                open({QStringLiteral("home"), {}, {}, {}});
            }},
        {QStringLiteral("view.outbox"), view, tr("&Outbox"), {key("Ctrl+Shift+O")},
            [this] {
                open({QStringLiteral("outbox"), {}, {}, {}});
            }},
        {QStringLiteral("view.refresh"), view, tr("&Refresh"), {key("F5")}, page(&Page::refresh), true},
        {QStringLiteral("view.other"), view, tr("O&ther view"), {key("F9")}, page(&Page::otherView)},
        {QStringLiteral("view.nextPane"), view, tr("Next p&ane"), {key("F6")}, [this] { nextPane(1); }, true},
        {QStringLiteral("view.previousPane"), view, tr("Pre&vious pane"), {key("Shift+F6")},
            [this] { nextPane(-1); }},
        {QStringLiteral("view.nextTab"), view, tr("Next ta&b"), {key("Ctrl+Tab")}, [this] { nextTab(1); }},
        {QStringLiteral("view.previousTab"), view, tr("Previous tab"), {key("Ctrl+Shift+Tab")},
            [this] { nextTab(-1); }},
        {QStringLiteral("view.larger"), view, tr("&Larger"), {key("Ctrl+="), key("Ctrl++")},
            [this] { zoom(1); }, true},
        {QStringLiteral("view.smaller"), view, tr("&Smaller"), {key("Ctrl+-")}, [this] { zoom(-1); }},
        {QStringLiteral("view.normal"), view, tr("&100 %"), {key("Ctrl+0")}, [this] { zoom(0); }},
        {QStringLiteral("view.light"), view, tr("Light colours"), {},
            [this] { setThemeChoice(QStringLiteral("light")); }, true},
        {QStringLiteral("view.dark"), view, tr("Dark colours"), {},
            [this] { setThemeChoice(QStringLiteral("dark")); }},
        {QStringLiteral("view.system"), view, tr("Colours of the desktop"), {},
            [this] { setThemeChoice(QStringLiteral("system")); }},
        {QStringLiteral("patient.find"), patient, tr("&Find a patient"), {key("Ctrl+O")},
            [this] {
                open({QStringLiteral("patients"), {}, {}, {}});
            }},
        {QStringLiteral("patient.overview"), patient, tr("&Overview of this patient"), {},
            withPatient([this](const services::PatientKey &who) { m_context.openPatient(who); })},
        {QStringLiteral("patient.search"), patient, tr("&Ask other institutions"), {key("Ctrl+Shift+F")},
            withPatient([this](const services::PatientKey &who) { m_context.openSearch(who); })},
        {QStringLiteral("patient.consent"), patient, tr("&Consent of this patient"), {key("F12")},
            withPatient([this](const services::PatientKey &who) { m_context.openConsent(who); })},
        {QStringLiteral("document.main"), document, tr("&Main act of the screen"),
            {key("Ctrl+Return"), key("Ctrl+Enter")}, page(&Page::mainAct)},
        {QStringLiteral("document.nextGap"), document, tr("Next &gap, error or difference"), {key("F8")},
            page(&Page::nextGap)},
        {QStringLiteral("document.approve"), document, tr("&Approve and go on"), {key("F7")},
            page(&Page::approveAndGoOn)},
        {QStringLiteral("help.keys"), help, tr("&Keys"), {key("F1"), key("Ctrl+/")}, [this] { showKeys(); }},
        {QStringLiteral("help.palette"), help, tr("&Patients, documents, commands"), {key("Ctrl+K")},
            [this] { showPalette(); }},
    };
    bool first = true;
    for (const FormRow &row : Forms) {
        m_commands.append({QStringLiteral("document.new.") + clinical::formKey(row.form), document,
            tr("New: %1").arg(text::formName(row.form, m_context.language())), {},
            withPatient([this, form = row.form](
                            const services::PatientKey &who) { m_context.newDocument(form, who); }),
            first});
        first = false;
    }
}

void MainWindow::makeMenus()
{
    const QList<QPair<QString, QString>> menus = {{QStringLiteral("file"), tr("&File")},
        {QStringLiteral("edit"), tr("&Edit")}, {QStringLiteral("view"), tr("&View")},
        {QStringLiteral("patient"), tr("&Patient")}, {QStringLiteral("document"), tr("&Document")},
        {QStringLiteral("help"), tr("&Help")}};
    for (const auto &row : menus) {
        QMenu *menu = menuBar()->addMenu(row.second);
        menu->setObjectName(QStringLiteral("menu.") + row.first);
        for (const Command &command : std::as_const(m_commands)) {
            if (command.menu != row.first)
                continue;
            if (command.separatorBefore)
                menu->addSeparator();
            QAction *action = menu->addAction(command.text);
            action->setObjectName(command.id);
            action->setShortcuts(command.keys);
            action->setShortcutContext(Qt::WindowShortcut);
            connect(action, &QAction::triggered, this, [act = command.act] { act(); });
            m_actions.append(action);
        }
    }
}

void MainWindow::makeNumberKeys()
{
    for (int number = 1; number <= 9; ++number) {
        auto *section = new QAction(this);
        section->setShortcut(QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + number)));
        connect(section, &QAction::triggered, this, [this, number] { this->section(number); });
        auto *side = new QAction(this);
        side->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)));
        connect(side, &QAction::triggered, this, [this, number] {
            if (TabFrame *tab = currentTab())
                tab->selectPage(number - 1);
        });
        for (QAction *action : {section, side}) {
            addAction(action);
            m_actions.append(action);
        }
    }
}

void MainWindow::newDocumentMenu()
{
    const services::PatientKey patient = currentTab() ? currentTab()->patient() : services::PatientKey();
    if (patient.isEmpty()) {
        open({QStringLiteral("patients"), {}, {}, {}});
        m_context.showToast(tr("Open a patient first, then Ctrl+N"));
        return;
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("menu.newDocument"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const FormRow &row : Forms) {
        QAction *action = menu->addAction(
            QStringLiteral("&%1  %2").arg(row.digit).arg(text::formName(row.form, m_context.language())));
        connect(action, &QAction::triggered, this,
            [this, form = row.form, patient] { m_context.newDocument(form, patient); });
    }
    menu->setActiveAction(menu->actions().first());
    menu->popup(mapToGlobal(QPoint(width() / 2 - menu->sizeHint().width() / 2, height() / 4)));
}

} // namespace naru::ui
