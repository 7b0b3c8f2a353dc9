#include "ui/pages/settings/ReceiveWays.h"

#include "core/base/Hangul.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/Parts.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr int LongestPath = 1024;
}

ReceiveWays::ReceiveWays(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    m_tls = new QCheckBox(tr("Encrypted, with certificates on both sides (TLS)"), this);
    m_tls->setObjectName(QStringLiteral("settings.receive.tls"));
    m_tls->setAccessibleName(m_tls->text());
    column->addWidget(m_tls);
    m_files = new QWidget(this);
    auto *row = new FlowRow(m_files);
    row->setContentsMargins(0, 0, 0, 0);
    m_certificate = field(row, "certificate", tr("Our certificate (PEM file) *"));
    m_key = field(row, "key", tr("Our key (PEM file) *"));
    m_authorities = field(row, "authorities", tr("Who may have signed theirs (PEM file) *"));
    column->addWidget(m_files);
    m_files->hide();
    m_folderRow = new QWidget(this);
    m_row = new FlowRow(m_folderRow);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_add = pushButton(tr("Watch a folder"), QStringLiteral("settings.receive.folder.add"), m_folderRow);
    m_add->setToolTip(tr("Images that appear in it are taken in; the files stay where they are"));
    m_row->addWidget(m_add);
    column->addWidget(m_folderRow);
    connect(m_tls, &QCheckBox::toggled, m_files, &QWidget::setVisible);
    // Clicked, not toggled: showing what is kept changes nothing.
    connect(m_tls, &QCheckBox::clicked, this, &ReceiveWays::changed);
    connect(m_add, &QPushButton::clicked, this, &ReceiveWays::chooseFolder);
}

HangulLineEdit *ReceiveWays::field(FlowRow *row, const char *key, const QString &label)
{
    Theme &theme = m_context.theme();
    auto *edit = new HangulLineEdit;
    edit->setObjectName(QStringLiteral("settings.receive.") + QString::fromLatin1(key));
    edit->setLengthLimit(LongestPath);
    row->addWidget(labelled(theme, label, edit, row->parentWidget()));
    const auto size = [edit, &theme] { edit->setMinimumWidth(theme.unit(60)); };
    size();
    connect(&theme, &Theme::changed, edit, size);
    connect(edit, &QLineEdit::editingFinished, this, &ReceiveWays::changed);
    return edit;
}

void ReceiveWays::show(const services::PacsListen &settings)
{
    m_tls->setChecked(settings.tls);
    m_files->setVisible(settings.tls);
    m_certificate->setText(settings.certificate);
    m_key->setText(settings.key);
    m_authorities->setText(settings.authorities);
    m_folders = settings.folders;
    showFolders();
}

void ReceiveWays::take(services::PacsListen &settings) const
{
    settings.tls = m_tls->isChecked();
    settings.certificate = m_certificate->text().trimmed();
    settings.key = m_key->text().trimmed();
    settings.authorities = m_authorities->text().trimmed();
    settings.folders = m_folders;
}

QWidget *ReceiveWays::fault(const services::PacsListen &settings, QString *sentence) const
{
    if (!settings.tls)
        return nullptr;
    for (HangulLineEdit *edit : {m_certificate, m_key, m_authorities}) {
        const QFileInfo file(edit->text().trimmed());
        if (file.isFile() && file.isReadable())
            continue;
        *sentence = tr("TLS needs three PEM files that can be read; this one cannot");
        return edit;
    }
    return nullptr;
}

void ReceiveWays::showFolders()
{
    for (QPushButton *button : std::as_const(m_buttons)) {
        m_row->removeWidget(button);
        button->hide();
        button->deleteLater();
    }
    m_buttons.clear();
    for (const QString &folder : std::as_const(m_folders)) {
        auto *button = pushButton(base::withVisibleControls(folder) + QStringLiteral("  ×"),
            QStringLiteral("settings.receive.folder.%1").arg(m_buttons.size() + 1), m_folderRow);
        button->setAccessibleName(tr("Watched: %1. Press to stop watching").arg(folder));
        connect(button, &QPushButton::clicked, this, [this, folder] {
            m_folders.removeAll(folder);
            showFolders();
            m_add->setFocus(Qt::OtherFocusReason);
            Q_EMIT changed();
        });
        m_row->addWidget(button);
        button->show();
        m_buttons.append(button);
    }
}

void ReceiveWays::addFolder(const QString &folder)
{
    const QString clean = QDir::cleanPath(folder);
    if (clean.isEmpty() || m_folders.contains(clean))
        return;
    m_folders.append(clean);
    showFolders();
    Q_EMIT changed();
}

void ReceiveWays::chooseFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder to watch"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &ReceiveWays::addFolder);
    dialog->open();
}

} // namespace naru::ui
