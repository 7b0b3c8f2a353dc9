#include "ui/pages/home/HomePage.h"

#include "core/services/AuditService.h"
#include "ui/jobs/UiJob.h"
#include "ui/pages/home/ResumeBar.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Words.h"
#include "ui/widgets/CountTile.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/Parts.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr const char *Tags[] = {"draft", "waiting", "answer", "rejected", "expiring"};
constexpr int Periods[] = {7, 30, 90, 36500};

} // namespace

Page *HomePage::make(AppContext &context, const PageRequest &, QWidget *parent)
{
    return new HomePage(context, parent);
}

HomePage::HomePage(AppContext &context, QWidget *parent)
    : Page(context, parent)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("home"));
    auto *column = scrollingColumn(this, QStringLiteral("home.scroll"));
    followSpacing(theme, column, 4, 3);
    auto *tiles = new QHBoxLayout;
    followSpacing(theme, tiles, 0, 2);
    const QStringList titles = {
        tr("Drafts"), tr("To be sent"), tr("Answers"), tr("Rejected, errors"), tr("Consents expiring")};
    for (int i = 0; i < titles.size(); ++i) {
        auto *tile = new CountTile(theme, titles.at(i), i + 1, this);
        tile->setObjectName(QStringLiteral("home.tile.%1").arg(QString::fromLatin1(Tags[i])));
        connect(tile, &QAbstractButton::clicked, this, [this, i] {
            for (int other = 0; other < m_tiles.size(); ++other) {
                if (other != i)
                    m_tiles.at(other)->setChecked(false);
            }
            filter();
        });
        m_tiles.append(tile);
        tiles->addWidget(tile);
    }
    column->addLayout(tiles);
    column->addWidget(makeFilters());
    m_table = new DataTable(theme,
        new RowModel(theme,
            {tr("Time"), tr("Patient"), tr("Document"), tr("Institution"), tr("State → what to do next")}),
        {0, 5, 2, 3, 5}, tr("Things to do"), this);
    m_table->setObjectName(QStringLiteral("home.list"));
    m_table->setSpareColumns({0, 3}); // who and what to do are never cut for the hour
    m_table->setMinimumHeight(theme.rowHeight() * 4);
    m_table->setEmptyState(tr("Nothing to do"), tr("Find a patient (Ctrl+O)"));
    connect(m_table, &DataTable::emptyVerb, this, [this] {
        this->context().open({QStringLiteral("patients"), {}, {}, {}});
    });
    connect(m_table, &DataTable::opened, this, &HomePage::openRow);
    connect(m_table, &DataTable::typed, this, [this](const QString &text) {
        m_find->setFocus(Qt::OtherFocusReason);
        m_find->insert(text);
    });
    column->addWidget(m_table, 1);
    m_resume = new ResumeBar(context, this);
    column->addWidget(m_resume);
    connect(&context, &AppContext::changed, this, [this](services::Change change) {
        if (change == services::Change::Drafts || change == services::Change::Outbox
            || change == services::Change::Documents || change == services::Change::Consents)
            load();
    });
    load();
}

QWidget *HomePage::makeFilters()
{
    Theme &theme = context().theme();
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_mine = pushButton(tr("Mine"), QStringLiteral("home.scope.mine"), bar);
    m_all = pushButton(tr("Whole clinic"), QStringLiteral("home.scope.all"), bar);
    auto *scope = new QButtonGroup(bar);
    for (QPushButton *button : {m_mine, m_all}) {
        button->setCheckable(true);
        scope->addButton(button);
        row->addWidget(button);
    }
    m_mine->setChecked(true);
    connect(scope, &QButtonGroup::buttonClicked, this, &HomePage::load);
    m_kind = new QComboBox(bar);
    m_kind->setObjectName(QStringLiteral("home.kind"));
    m_kind->setAccessibleName(tr("Kind of document"));
    m_kind->addItem(tr("All kinds"));
    for (const text::Word &word : text::words(QStringLiteral("form"), context().language())) {
        if (word.key != QLatin1String("unknown"))
            m_kind->addItem(word.word);
    }
    m_period = new QComboBox(bar);
    m_period->setObjectName(QStringLiteral("home.period"));
    m_period->setAccessibleName(tr("Period"));
    m_period->addItems({tr("7 days"), tr("30 days"), tr("90 days"), tr("No limit")});
    m_period->setCurrentIndex(1);
    m_find = new HangulLineEdit(bar);
    m_find->setObjectName(QStringLiteral("home.find"));
    m_find->setAccessibleName(tr("Find in the list"));
    m_find->setPlaceholderText(tr("Find (initial consonants too)"));
    m_find->setMinimumWidth(theme.unit(44));
    auto *fresh =
        pushButton(tr("Find a patient (Ctrl+O)"), QStringLiteral("home.findPatient"), bar, "primary");
    for (QWidget *widget : {static_cast<QWidget *>(m_kind), static_cast<QWidget *>(m_period),
             static_cast<QWidget *>(m_find), static_cast<QWidget *>(fresh)})
        row->addWidget(widget);
    row->setRightFrom(5);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &HomePage::filter);
    connect(m_period, &QComboBox::currentIndexChanged, this, &HomePage::load);
    connect(m_find, &HangulLineEdit::liveTextChanged, this, &HomePage::filter);
    connect(m_find, &HangulLineEdit::submitted, this, [this] { m_table->setFocus(); });
    connect(fresh, &QPushButton::clicked, this, [this] {
        context().open({QStringLiteral("patients"), {}, {}, {}});
    });
    return bar;
}

void HomePage::load()
{
    if (m_loading) {
        m_again = true;
        return;
    }
    m_loading = true;
    const auto profile = context().sharedProfile();
    const bool everyone = m_all->isChecked();
    const int days = Periods[std::clamp(m_period->currentIndex(), 0, 3)];
    const text::Language language = context().language();
    UiJob::start<HomeSnapshot>(
        context().queue(), this,
        [profile, everyone, days, language](const base::WorkContext &) -> base::Result<HomeSnapshot> {
            return gatherHome(*profile, everyone, days, language, QDateTime::currentDateTimeUtc());
        },
        [this](const base::Result<HomeSnapshot> &result) {
            m_loading = false;
            if (result)
                take(*result);
            if (std::exchange(m_again, false))
                load();
        });
}

void HomePage::take(const HomeSnapshot &snapshot)
{
    m_snapshot = snapshot;
    showCounts(snapshot.counts);
    m_table->setRows(snapshot.rows);
    m_resume->setDrafts(snapshot.recoverable);
    filter();
    if (m_find->hasFocus() && m_find->text().isEmpty())
        focusFirst(); // the list was still empty when the page was shown
}

void HomePage::showCounts(const services::HomeCounts &counts)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const text::Language language = context().language();
    m_tiles.at(0)->setCount(counts.drafts,
        counts.drafts > 0 ? tr("oldest %1").arg(text::age(counts.oldestDraft, now, language)) : tr("none"));
    m_tiles.at(1)->setCount(counts.waiting,
        counts.waiting > 0 ? tr("longest %1").arg(text::age(counts.oldestWaiting, now, language))
                           : tr("none"));
    m_tiles.at(2)->setCount(counts.answers,
        counts.overdue > 0 ? tr("overdue %1").arg(counts.overdue) : tr("none overdue"),
        counts.overdue > 0 ? "warn" : "textSecondary",
        counts.newAnswers > 0 ? QStringLiteral("◆ ") + tr("new %1").arg(counts.newAnswers) : QString());
    m_tiles.at(3)->setCount(counts.rejected, counts.rejected > 0 ? tr("action needed") : tr("none"),
        counts.rejected > 0 ? "error" : "textSecondary",
        counts.rejected > 0 ? QStringLiteral("!") : QString());
    m_tiles.at(4)->setCount(counts.expiringConsents, tr("within 14 days"),
        counts.expiringConsents > 0 ? "warn" : "textSecondary",
        counts.expiringConsents > 0 ? QStringLiteral("◐") : QString());
}

void HomePage::filter()
{
    QStringList tags;
    for (int i = 0; i < m_tiles.size(); ++i) {
        if (m_tiles.at(i)->isChecked())
            tags.append(QString::fromLatin1(Tags[i]));
    }
    m_table->filter().setTags(tags);
    const QString kind = m_kind->currentIndex() > 0 ? m_kind->currentText() + QLatin1Char(' ') : QString();
    m_table->filter().setQuery(kind.isEmpty() ? m_find->liveText() : m_kind->currentText());
}

void HomePage::openRow(const QString &id)
{
    const auto target = m_snapshot.targets.constFind(id);
    if (target != m_snapshot.targets.cend())
        context().open(*target);
}

QString HomePage::title() const
{
    return tr("Home");
}

bool HomePage::mainAct()
{
    if (m_table->isEmpty())
        return false;
    openRow(m_table->currentId());
    return true;
}

bool HomePage::refresh()
{
    load();
    return true;
}

bool HomePage::goToSection(int number)
{
    if (number < 1 || number > m_tiles.size())
        return false;
    m_tiles.at(number - 1)->click();
    if (!m_table->isEmpty())
        m_table->setFocus(Qt::ShortcutFocusReason);
    return true;
}

bool HomePage::find()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
    return true;
}

bool HomePage::stepBack()
{
    if (m_find->hasFocus() && !m_find->text().isEmpty()) {
        m_find->clear();
        filter();
        return true;
    }
    for (CountTile *tile : std::as_const(m_tiles)) {
        if (tile->isChecked()) {
            tile->click();
            return true;
        }
    }
    return false;
}

QList<QWidget *> HomePage::panes() const
{
    QList<QWidget *> all{m_table, m_find, m_tiles.first()};
    if (m_resume->isVisible())
        all.append(m_resume);
    return all;
}

void HomePage::focusFirst()
{
    if (m_table->isEmpty())
        m_find->setFocus(Qt::OtherFocusReason);
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

QList<QPair<QString, QString>> HomePage::keys() const
{
    return {{QStringLiteral("Alt+1..5"), tr("Filter by a tile")},
        {QStringLiteral("Enter"), tr("Open the row")}, {tr("Letters"), tr("Find in the list")}};
}

} // namespace naru::ui
