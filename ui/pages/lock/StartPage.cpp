#include "ui/pages/lock/StartPage.h"

#include "ui/jobs/JobLine.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/lock/MiddleColumn.h"
#include "ui/pages/lock/Refusal.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/PasswordEdit.h"

#include <QComboBox>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

StartPage::StartPage(Theme &theme, jobs::JobQueue &queue, text::Language language, const QString &dataDir,
    const QString &site, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_queue(queue)
    , m_language(language)
    , m_dataDir(dataDir)
    , m_site(site)
    , m_first(!services::Profile::exists(dataDir))
{
    setObjectName(QStringLiteral("start"));
    setWindowTitle(tr("Naru"));
    setWindowIcon(QIcon(QStringLiteral(":/naru/icons/app.svg")));
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    auto *middle = new MiddleColumn(theme, QStringLiteral("start.scroll"), this);
    whole->addWidget(middle);
    QWidget *box = middle->box();
    QVBoxLayout *column = middle->column();
    addLogo(column, box);
    column->addWidget(pageTitle(theme, m_first ? tr("The first account") : tr("Open Naru"), box));
    column->addWidget(secondary(theme,
        m_first ? tr("Everything stored on this computer is encrypted with this passphrase. Nobody can "
                     "restore it: keep it safely.")
                : tr("Records on this computer are encrypted."),
        box));
    if (m_first) {
        m_name = new HangulLineEdit;
        m_name->setObjectName(QStringLiteral("start.name"));
        m_name->setText(QStringLiteral("doctor"));
        column->addWidget(labelled(theme, tr("User"), m_name, box));
    } else {
        m_user = new QComboBox;
        m_user->setObjectName(QStringLiteral("start.user"));
        m_user->addItems(services::Profile::users(dataDir));
        column->addWidget(labelled(theme, tr("User"), m_user, box));
    }
    m_password = new PasswordEdit(theme,
        m_first ? tr("Passphrase, %1 characters or more").arg(services::Profile::minimumPassphraseLength())
                : tr("Passphrase"),
        QStringLiteral("start.password"), box);
    column->addWidget(m_password);
    if (m_first) {
        m_again = new PasswordEdit(theme, tr("Passphrase again"), QStringLiteral("start.again"), box);
        column->addWidget(m_again);
        connect(m_again, &PasswordEdit::submitted, this, &StartPage::tryOpen);
    }
    m_strip = new MessageStrip(theme, box);
    m_job = new JobLine(box);
    column->addWidget(m_strip);
    column->addWidget(m_job);
    m_open =
        pushButton(m_first ? tr("Create") : tr("Open (Enter)"), QStringLiteral("start.open"), box, "primary");
    column->addWidget(m_open, 0, Qt::AlignLeft);
    middle->keepInView(m_strip);
    connect(m_password, &PasswordEdit::submitted, this, [this] {
        if (m_again)
            m_again->setFocus();
        else
            tryOpen();
    });
    connect(m_open, &QPushButton::clicked, this, &StartPage::tryOpen);
    m_password->setFocus();
}

void StartPage::addLogo(QVBoxLayout *column, QWidget *box)
{
    auto *logo = new QLabel(box);
    const auto draw = [this, logo] {
        const int side = m_theme.unit(14);
        logo->setPixmap(QIcon(QStringLiteral(":/naru/icons/app.svg")).pixmap(side, side));
    };
    draw();
    connect(&m_theme, &Theme::changed, logo, draw);
    column->addWidget(logo);
}

void StartPage::tryOpen()
{
    if (m_trying)
        return;
    if (m_password->isEmpty() || (m_again && !m_password->matches(*m_again))) {
        m_strip->show(MessageStrip::Kind::Warn,
            m_password->isEmpty() ? tr("Type the passphrase") : tr("The two passphrases differ"), {});
        return;
    }
    m_trying = true;
    m_open->setEnabled(false);
    m_strip->clear();
    auto options = std::make_shared<services::OpenOptions>();
    options->dataDir = m_dataDir;
    options->site = m_site;
    options->user = m_first ? m_name->text().trimmed() : m_user->currentText();
    options->passphrase = m_password->take();
    if (m_again)
        (void)m_again->take();
    using Opened = std::shared_ptr<services::Profile>;
    m_job->follow(UiJob::start<Opened>(
        m_queue, this,
        [options](const base::WorkContext &) { return services::Profile::open(std::move(*options)); },
        [this](const base::Result<Opened> &result) {
            m_trying = false;
            m_open->setEnabled(true);
            if (result) {
                Q_EMIT opened(*result);
            } else {
                showRefusal(*m_strip, result.error(), m_language, tr("It could not be opened"));
                m_password->setFocus();
            }
        },
        tr("Opening")));
}

void StartPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), m_theme.color("window"));
}

} // namespace naru::ui
