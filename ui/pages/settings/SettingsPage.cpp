#include "ui/pages/settings/SettingsPage.h"

#include "core/services/SettingsService.h"
#include "core/services/SiteService.h"
#include "ui/models/RowModel.h"
#include "ui/pages/settings/ArchivesPart.h"
#include "ui/pages/settings/ClinicForm.h"
#include "ui/pages/settings/ConnectionPart.h"
#include "ui/pages/settings/SettingEditors.h"
#include "ui/pages/settings/TermsPart.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace naru::ui {

Page *SettingsPage::make(AppContext &context, const PageRequest &request, QWidget *parent)
{
    auto *page = new SettingsPage(context, parent);
    page->m_categories->setCurrentRow(std::max(0, int(page->m_keys.indexOf(request.extra))));
    return page;
}

SettingsPage::SettingsPage(AppContext &context, QWidget *parent)
    : Page(context, parent)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("settings"));
    auto *row = new QHBoxLayout(this);
    followSpacing(theme, row, 4, 4);
    auto *side = new QVBoxLayout;
    m_search = new HangulLineEdit(this);
    m_search->setObjectName(QStringLiteral("settings.search"));
    m_search->setAccessibleName(tr("Find a setting"));
    m_search->setPlaceholderText(tr("Find (Ctrl+F)"));
    m_categories = new QListWidget(this);
    m_categories->setObjectName(QStringLiteral("settings.categories"));
    m_categories->setAccessibleName(tr("Categories"));
    m_categories->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    side->addWidget(m_search);
    side->addWidget(m_categories, 1);
    row->addLayout(side);
    auto *main = new QVBoxLayout;
    m_strip = new MessageStrip(theme, this);
    main->addWidget(m_strip);
    m_stack = new QStackedWidget(this);
    main->addWidget(m_stack, 1);
    row->addLayout(main, 1);
    m_editors = new SettingEditors(context, m_strip, this);
    m_clinic = new ClinicForm(context, m_strip);
    m_connection = new ConnectionPart(context, m_strip);
    m_terms = new TermsPart(context);
    m_archives = new ArchivesPart(context);
    addPart(QStringLiteral("clinic"), tr("Clinic and doctor"), m_clinic);
    addPart(QStringLiteral("connection"), tr("Connection"), m_connection);
    addPart(QStringLiteral("terms"), tr("Codes and terms"), m_terms);
    addPart(QStringLiteral("archives"), tr("Image archives"), m_archives);
    connect(m_connection, &ConnectionPart::testWanted, this, &SettingsPage::test);
    makeAppearance();
    makeSecurity();
    makeProgram();
    const auto widths = [this, &theme] {
        m_categories->setFixedWidth(theme.unit(44));
        m_search->setFixedWidth(theme.unit(44));
        for (int i = 0; i < m_categories->count(); ++i)
            m_categories->item(i)->setSizeHint(QSize(0, theme.unit(7)));
    };
    widths();
    connect(&theme, &Theme::changed, this, widths);
    connect(m_categories, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_search, &HangulLineEdit::liveTextChanged, this, &SettingsPage::filterCategories);
    connect(m_search, &HangulLineEdit::submitted, this, [this] { m_categories->setFocus(); });
    m_categories->setCurrentRow(0);
}

QVBoxLayout *SettingsPage::addCategory(const QString &key, const QString &name)
{
    Theme &theme = context().theme();
    auto *inside = new QWidget;
    auto *column = new QVBoxLayout(inside);
    followSpacing(theme, column, 0, 3);
    column->addWidget(pageTitle(theme, name, inside));
    m_stack->addWidget(scrolled(inside, QStringLiteral("settings.page.") + key, m_stack));
    m_categories->addItem(QStringLiteral("%1  %2").arg(m_categories->count() + 1).arg(name));
    m_keys.append(key);
    return column;
}

void SettingsPage::addPart(const QString &key, const QString &name, QWidget *part)
{
    QVBoxLayout *column = addCategory(key, name);
    column->addWidget(part);
    column->addStretch();
}

// From the button, F5 and Ctrl+Enter: the result is looked at where it stands.
void SettingsPage::test()
{
    if (!m_connection->isTesting())
        goToSection(2);
    m_connection->test();
}

void SettingsPage::makeAppearance()
{
    QVBoxLayout *column = addCategory(QStringLiteral("appearance"), tr("Screen and type"));
    for (const char *key : {"ui.theme", "ui.zoom", "ui.language", "compose.previewBeside"}) {
        if (QWidget *row = m_editors->make(QString::fromLatin1(key), this))
            column->addWidget(row);
    }
    column->addWidget(secondary(context().theme(),
        QStringLiteral("가나다라 힣 한글 漢字 ①②③ ㎎ ㎖ ℃ 0123456789 ABC"), column->parentWidget()));
    column->addStretch();
}

void SettingsPage::makeSecurity()
{
    QVBoxLayout *column = addCategory(QStringLiteral("security"), tr("Security and lock"));
    if (QWidget *row = m_editors->make(QStringLiteral("lock.idleMinutes"), this))
        column->addWidget(row);
    auto *lock = pushButton(tr("Lock now (Ctrl+L)"), QStringLiteral("settings.lock"), column->parentWidget());
    connect(lock, &QPushButton::clicked, this, [this] { context().requestLock(QStringLiteral("user")); });
    column->addWidget(lock, 0, Qt::AlignLeft);
    column->addStretch();
}

void SettingsPage::makeProgram()
{
    Theme &theme = context().theme();
    QVBoxLayout *column = addCategory(QStringLiteral("program"), tr("Program and diagnostics"));
    for (const services::SettingRow &row : context().profile().settings().rows()) {
        if (m_editors->contains(row.key))
            continue;
        if (QWidget *editor = m_editors->make(row.key, this))
            column->addWidget(editor);
    }
    column->addWidget(secondary(theme,
        tr("Naru %1, Qt %2").arg(QStringLiteral(NARU_VERSION), QString::fromLatin1(qVersion())),
        column->parentWidget()));
    column->addWidget(secondary(
        theme, tr("Site profile: %1").arg(context().profile().site().file()), column->parentWidget()));
    column->addStretch();
}

void SettingsPage::filterCategories(const QString &query)
{
    for (int i = 0; i < m_categories->count(); ++i) {
        QString all = m_categories->item(i)->text();
        for (const QLabel *label : m_stack->widget(i)->findChildren<QLabel *>())
            all += QLatin1Char(' ') + label->text();
        m_categories->item(i)->setHidden(!RowFilter::textMatches(all, query));
    }
    for (int i = 0; i < m_categories->count(); ++i) {
        if (!m_categories->item(i)->isHidden()) {
            m_categories->setCurrentRow(i);
            break;
        }
    }
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

bool SettingsPage::mainAct()
{
    if (m_categories->currentRow() == 0)
        m_clinic->save();
    else if (m_categories->currentRow() == 1)
        test();
    else if (m_categories->currentRow() == 2)
        m_terms->chooseFiles();
    else if (m_categories->currentRow() == 3)
        m_archives->add();
    else
        return false;
    return true;
}

bool SettingsPage::refresh()
{
    if (m_categories->currentRow() == 3)
        m_archives->test();
    else
        test();
    return true;
}

bool SettingsPage::goToSection(int number)
{
    if (number < 1 || number > m_categories->count())
        return false;
    m_categories->setCurrentRow(number - 1);
    return true;
}

bool SettingsPage::undo()
{
    return m_editors->undo();
}

bool SettingsPage::find()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    return true;
}

QList<QWidget *> SettingsPage::panes() const
{
    QList<QWidget *> all{m_categories};
    for (QWidget *widget : m_stack->currentWidget()->findChildren<QWidget *>()) {
        if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible()) {
            all.append(widget);
            break;
        }
    }
    all.append(m_search);
    return all;
}

void SettingsPage::focusFirst()
{
    if (!request().extra.isEmpty() && m_keys.contains(request().extra))
        m_categories->setCurrentRow(int(m_keys.indexOf(request().extra)));
    m_categories->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> SettingsPage::keys() const
{
    return {{QStringLiteral("Alt+1..7"), tr("Category")}, {QStringLiteral("F5"), tr("Endpoint test")},
        {QStringLiteral("Ctrl+Z"), tr("Undo the last change")}};
}

} // namespace naru::ui
