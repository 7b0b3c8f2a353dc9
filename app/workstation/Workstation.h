// The composition root: profile, theme, pages and window put together; what arrives from outside goes in
// here.
#pragma once

#include "core/jobs/JobQueue.h"
#include "core/services/Profile.h"
#include "ui/shell/Theme.h"
#include "ui/text/Language.h"

#include <QObject>
#include <QPointer>
#include <optional>

namespace naru::ui {
class AppContext;
class DesktopWatch;
class MainWindow;
class StartPage;
} // namespace naru::ui

namespace naru::workstation {

struct Arguments {
    QString dataDir{}, site{}, patientFile{}, action{}, language{}, theme{};
    double zoom = 0;
    bool lock = false, headlessCheck = false;
    // Usage errors go to `problem`; nothing of the arguments is ever logged.
    static Arguments parse(const QStringList &arguments, QString *problem, bool *finished);
};

class Workstation : public QObject {
    Q_OBJECT
public:
    Workstation(Arguments arguments, text::Language language, QObject *parent = nullptr);
    ~Workstation() override;
    // With a passphrase (NARU_PASSPHRASE) the window opens at once, else the unlock page.
    void start(base::SecureBytes passphrase);
    // The same as a first start would have done with these arguments.
    void take(const Arguments &arguments);
    void saveAndQuit();
    int headlessCheck(base::SecureBytes passphrase);
    ui::Theme &theme() { return m_theme; }

private:
    void opened(std::shared_ptr<services::Profile> profile);
    void registerPages();
    void applySettings();

    Arguments m_arguments;
    text::Language m_language;
    ui::Theme m_theme{};
    std::unique_ptr<jobs::JobQueue> m_queue;
    std::shared_ptr<services::Profile> m_profile{};
    std::unique_ptr<ui::AppContext> m_context{};
    std::unique_ptr<ui::MainWindow> m_window{};
    QPointer<ui::StartPage> m_startPage{};
    std::optional<Arguments> m_waiting{}; // arrived while locked
    ui::DesktopWatch *m_desktop = nullptr;
};

} // namespace naru::workstation
