// Before anything is open: the passphrase of an existing profile, or the first account of a new one.
#pragma once

#include "core/services/Profile.h"
#include "ui/text/Language.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace naru::jobs {
class JobQueue;
}

namespace naru::ui {

class JobLine;
class MessageStrip;
class PasswordEdit;
class Theme;

class StartPage : public QWidget {
    Q_OBJECT
public:
    StartPage(Theme &theme, jobs::JobQueue &queue, text::Language language, const QString &dataDir,
        const QString &site, QWidget *parent = nullptr);

Q_SIGNALS:
    void opened(std::shared_ptr<naru::services::Profile> profile);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void addLogo(QVBoxLayout *column, QWidget *box);
    void tryOpen();

    Theme &m_theme;
    jobs::JobQueue &m_queue;
    text::Language m_language;
    QString m_dataDir, m_site;
    bool m_first = false, m_trying = false;
    QComboBox *m_user = nullptr;
    QLineEdit *m_name = nullptr;
    PasswordEdit *m_password = nullptr, *m_again = nullptr;
    MessageStrip *m_strip = nullptr;
    JobLine *m_job = nullptr;
    QPushButton *m_open = nullptr;
};

} // namespace naru::ui
