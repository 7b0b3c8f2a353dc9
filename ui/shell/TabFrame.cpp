#include "ui/shell/TabFrame.h"

#include "core/services/PatientService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/IdentityBanner.h"
#include "ui/widgets/MessageStrip.h"

#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr int NarrowUnits = 200; // under it the navigation lies above the page instead of beside it
constexpr int SideUnits = 36; // whatever the pages are called: what stands beside it must not jump

struct Fixed {
    const char *kind;
    const char *icon;
};
constexpr Fixed FixedPages[] = {
    {"patient", "overview"}, {"search", "search"}, {"consent", "consent"}, {"imaging", "image"}};

QString iconName(const QString &kind)
{
    for (const Fixed &row : FixedPages) {
        if (kind == QLatin1String(row.kind))
            return QString::fromLatin1(row.icon);
    }
    return kind == QLatin1String("compose") ? QStringLiteral("edit")
        : kind == QLatin1String("archive")  ? QStringLiteral("download")
                                            : QStringLiteral("document");
}

} // namespace

TabFrame::TabFrame(AppContext &context, const services::PatientKey &patient, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_patient(patient)
    , m_strip(new MessageStrip(context.theme(), this))
    , m_stack(new QStackedWidget(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (!patient.isEmpty()) {
        m_banner = new IdentityBanner(context.theme(), context.korean(), this);
        m_banner->follow(context, patient);
        column->addWidget(m_banner);
    }
    column->addWidget(m_strip);
    m_body = new QBoxLayout(QBoxLayout::LeftToRight);
    m_body->setContentsMargins(0, 0, 0, 0);
    m_body->setSpacing(0);
    if (!patient.isEmpty()) {
        m_side = new QWidget(this);
        auto *side = new QHBoxLayout(m_side);
        side->setContentsMargins(0, 0, 0, 0);
        side->setSpacing(0);
        m_navigation = new QListWidget(m_side);
        m_navigation->setObjectName(QStringLiteral("tab.navigation"));
        m_navigation->setAccessibleName(tr("Pages of this patient"));
        m_navigation->setFrameShape(QFrame::NoFrame);
        m_navigation->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        m_navigation->setTextElideMode(Qt::ElideRight);
        m_navigation->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
        side->addWidget(m_navigation, 1);
        makeMore(side);
        m_body->addWidget(m_side);
        connect(m_navigation, &QListWidget::itemSelectionChanged, this, [this] {
            QListWidgetItem *here = m_navigation->currentItem();
            if (here && m_navigation->selectedItems().isEmpty())
                here->setSelected(true); // a click below the pages leaves none of them
        });
        connect(m_navigation, &QListWidget::currentRowChanged, this, [this](int row) {
            if (row >= 0 && row != m_current)
                show(row);
        });
        for (const Fixed &row : FixedPages) {
            const QString kind = QString::fromLatin1(row.kind);
            if (kind != QLatin1String("imaging") || m_context.hasPage(kind)) // not part of every installation
                addEntry({kind, patient, {}, {}}, true);
        }
    }
    m_body->addWidget(m_stack, 1);
    column->addLayout(m_body, 1);
    connect(&context.theme(), &Theme::changed, this, [this] {
        relabel();
        place();
    });
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Patients)
            reload();
    });
    reload();
    place();
}

// The row above the page scrolls with the arrow keys; who does not know that finds every page here.
void TabFrame::makeMore(QBoxLayout *side)
{
    m_more = new QPushButton(m_side);
    m_more->setObjectName(QStringLiteral("tab.more"));
    m_more->setFocusPolicy(Qt::TabFocus);
    setLook(m_more, "quiet");
    auto *menu = new QMenu(m_more);
    menu->setObjectName(QStringLiteral("tab.more.menu"));
    connect(m_more, &QPushButton::clicked, this, [this, menu] {
        menu->clear();
        for (int i = 0; i < m_navigation->count(); ++i) {
            const QListWidgetItem *item = m_navigation->item(i);
            QAction *action = menu->addAction(item->icon(), item->text());
            action->setCheckable(true);
            action->setChecked(i == m_current);
            connect(action, &QAction::triggered, this, [this, i] { selectPage(i); });
        }
        const QSize size = menu->sizeHint();
        menu->popup(m_more->mapToGlobal(QPoint(m_more->width() - size.width(), m_more->height())));
    });
    m_more->hide();
    side->addWidget(m_more);
}

void TabFrame::reload()
{
    QString title;
    if (!m_patient.isEmpty()) {
        if (const auto patient = m_context.profile().patients().get(m_patient)) {
            const int age = patient->ageOn(QDate::currentDate());
            title = patient->name + QLatin1Char(' ') + text::sexName(patient->sex, m_context.language());
            if (age >= 0)
                title += QLatin1Char(' ') + QString::number(age);
        }
    }
    if (title != m_title) {
        m_title = title;
        Q_EMIT tabTitleChanged();
    }
}

void TabFrame::addEntry(const PageRequest &request, bool fixed)
{
    m_entries.push_back({request, nullptr, fixed});
    if (m_navigation) {
        const QSignalBlocker blocker(m_navigation);
        m_navigation->addItem(QString());
    }
    relabel();
}

Page *TabFrame::pageOf(int index)
{
    Entry &entry = m_entries[std::size_t(index)];
    if (entry.page)
        return entry.page;
    entry.page = m_context.makePage(entry.request, m_stack);
    if (!entry.page)
        return nullptr;
    m_stack->addWidget(entry.page);
    connect(entry.page, &Page::titleChanged, this, &TabFrame::relabel);
    connect(entry.page, &Page::unsavedChanged, this, [this] {
        relabel();
        Q_EMIT tabTitleChanged();
    });
    connect(entry.page, &Page::saved, this, &TabFrame::saved);
    connect(entry.page, &Page::roomChanged, this, &TabFrame::roomChanged);
    connect(entry.page, &Page::closeRequested, this, [this, page = entry.page] {
        if (page == current())
            closeCurrentPage();
    });
    return entry.page;
}

Page *TabFrame::open(const PageRequest &request)
{
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const PageRequest &known = m_entries[i].request;
        if (known.kind == request.kind
            && (known.object == request.object || m_patient.isEmpty() || m_entries[i].fixed)) {
            m_entries[i].request = request;
            if (m_entries[i].page)
                m_entries[i].page->setRequest(request);
            show(int(i));
            return current();
        }
    }
    addEntry(request, m_patient.isEmpty());
    show(int(m_entries.size()) - 1);
    return current();
}

void TabFrame::show(int index)
{
    if (Page *before = current())
        before->settle();
    Page *page = pageOf(index);
    if (!page)
        return;
    m_current = index;
    m_stack->setCurrentWidget(page);
    if (m_navigation) {
        const QSignalBlocker blocker(m_navigation);
        m_navigation->setCurrentRow(index);
    }
    relabel();
    if (m_navigation)
        m_navigation->scrollToItem(m_navigation->item(index));
    if (isVisible() && !(m_navigation && m_navigation->hasFocus()))
        page->focusFirst();
    Q_EMIT pageShown(page);
    Q_EMIT tabTitleChanged();
}

void TabFrame::selectPage(int index)
{
    if (index >= 0 && index < int(m_entries.size()))
        show(index);
}

Page *TabFrame::current() const
{
    return m_current >= 0 && m_current < int(m_entries.size()) ? m_entries[std::size_t(m_current)].page
                                                               : nullptr;
}

QList<Page *> TabFrame::pages() const
{
    QList<Page *> all;
    for (const Entry &entry : m_entries) {
        if (entry.page)
            all.append(entry.page);
    }
    return all;
}

int TabFrame::pageCount() const
{
    return int(m_entries.size());
}

bool TabFrame::closeCurrentPage()
{
    if (m_current < 0 || m_entries[std::size_t(m_current)].fixed)
        return false;
    const std::size_t at = std::size_t(m_current);
    Page *page = m_entries[at].page;
    if (page) {
        page->settle();
        page->closing();
    }
    m_current = -1;
    m_entries.erase(m_entries.begin() + qsizetype(at));
    if (m_navigation) {
        const QSignalBlocker blocker(m_navigation);
        delete m_navigation->takeItem(int(at));
    }
    const auto fixed =
        std::count_if(m_entries.begin(), m_entries.end(), [](const Entry &entry) { return entry.fixed; });
    show(std::min(int(at), int(m_entries.size()) - 1) >= int(fixed) ? int(at) - 1 : 0);
    if (page) {
        m_stack->removeWidget(page);
        page->deleteLater();
    }
    return true;
}

bool TabFrame::hasUnsavedDraft() const
{
    const QList<Page *> all = pages();
    return std::any_of(all.begin(), all.end(), [](const Page *page) { return page->hasUnsavedDraft(); });
}

QString TabFrame::tabTitle() const
{
    if (!m_patient.isEmpty())
        return m_title.isEmpty() ? tr("Patient") : m_title;
    const Page *page = current();
    return page ? page->title() : QString();
}

QList<QWidget *> TabFrame::panes() const
{
    QList<QWidget *> all;
    if (const Page *page = current())
        all = page->panes();
    if (m_navigation)
        all.append(m_navigation);
    return all;
}

void TabFrame::relabel()
{
    if (!m_navigation)
        return;
    for (std::size_t i = 0; i < m_entries.size() && int(i) < m_navigation->count(); ++i) {
        const Entry &entry = m_entries[i];
        QString title = entry.page ? entry.page->title() : QString();
        if (title.isEmpty()) {
            title = entry.request.kind == QLatin1String("patient") ? tr("Overview")
                : entry.request.kind == QLatin1String("search")    ? tr("Other institutions")
                : entry.request.kind == QLatin1String("consent")   ? tr("Consent")
                : entry.request.kind == QLatin1String("imaging")   ? tr("Images")
                                                                   : tr("Document");
        }
        if (entry.page && entry.page->hasUnsavedDraft())
            title += QStringLiteral(" ●");
        QListWidgetItem *item = m_navigation->item(int(i));
        item->setText(title);
        item->setToolTip(i < 9 ? tr("%1 (Ctrl+%2)").arg(title).arg(i + 1) : title);
        item->setIcon(m_context.theme().icon(iconName(entry.request.kind), "textSecondary"));
    }
    place();
}

void TabFrame::place()
{
    if (!m_navigation)
        return;
    const Theme &theme = m_context.theme();
    const bool narrow = width() < theme.unit(NarrowUnits);
    m_body->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_navigation->setFlow(narrow ? QListView::LeftToRight : QListView::TopToBottom);
    const QSize icon(theme.unit(3.4), theme.unit(3.4));
    m_navigation->setIconSize(icon);
    int together = 0;
    const int height = theme.unit(narrow ? 6 : 7);
    for (int i = 0; i < m_navigation->count(); ++i) {
        QListWidgetItem *item = m_navigation->item(i);
        const int wide = fontMetrics().horizontalAdvance(item->text()) + icon.width() + theme.unit(8);
        item->setSizeHint(QSize(narrow ? wide : 0, height));
        together += wide;
    }
    m_more->setText(tr("Pages %1").arg(m_navigation->count()) + QStringLiteral(" ▾"));
    m_more->setAccessibleName(tr("All pages of this patient: %1").arg(m_navigation->count()));
    m_more->setVisible(narrow && together > width());
    QPalette colors = theme.palette();
    colors.setColor(QPalette::Base, theme.color("window"));
    m_navigation->setPalette(colors);
    if (narrow) {
        m_side->setFixedHeight(height + 2);
        m_side->setMinimumWidth(0);
        m_side->setMaximumWidth(QWIDGETSIZE_MAX);
        if (m_current >= 0)
            m_navigation->scrollToItem(m_navigation->item(m_current));
    } else {
        m_side->setMinimumHeight(0);
        m_side->setMaximumHeight(QWIDGETSIZE_MAX);
        m_side->setFixedWidth(theme.unit(SideUnits));
    }
}

void TabFrame::setRoomy(bool on)
{
    if (m_side)
        m_side->setVisible(!on);
}

void TabFrame::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

} // namespace naru::ui
