#include "ui/widgets/DataTable.h"

#include "ui/shell/Theme.h"

#include <QHeaderView>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

DataTable::DataTable(
    const Theme &theme, RowModel *model, QList<int> weights, const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_theme(theme)
    , m_model(model)
    , m_filter(new RowFilter(this))
    , m_weights(std::move(weights))
{
    model->setParent(this);
    m_filter->setSourceModel(model);
    setModel(m_filter);
    setAccessibleName(name);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setSortingEnabled(true);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(false);
    horizontalHeader()->setSectionsClickable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::DescendingOrder);
    horizontalHeader()->setFocusPolicy(Qt::NoFocus);
    m_empty = new QWidget(viewport());
    auto *column = new QVBoxLayout(m_empty);
    m_emptyText = new QLabel(m_empty);
    m_emptyText->setAlignment(Qt::AlignCenter);
    m_emptyText->setWordWrap(true);
    m_emptyButton = new QPushButton(m_empty);
    column->addStretch();
    column->addWidget(m_emptyText);
    column->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    column->addStretch();
    m_empty->hide();
    connect(m_emptyButton, &QPushButton::clicked, this, &DataTable::emptyVerb);
    connect(this, &QTableView::doubleClicked, this, [this] { Q_EMIT opened(currentId()); });
    setAttribute(Qt::WA_InputMethodEnabled);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &DataTable::settleCurrent);
    connect(m_filter, &QAbstractItemModel::rowsInserted, this, &DataTable::settleCurrent);
    connect(m_filter, &QAbstractItemModel::rowsRemoved, this, &DataTable::settleCurrent);
    connect(&theme, &Theme::changed, this, &DataTable::restyle);
    setEmptyState(tr("Nothing here"));
    restyle();
    settleCurrent();
}

void DataTable::setRows(std::vector<ModelRow> rows)
{
    m_wanted = currentId();
    m_model->setRows(std::move(rows));
    settleCurrent();
    arrange();
}

QString DataTable::currentId() const
{
    return currentIndex().isValid() ? currentIndex().data(RowModel::IdRole).toString() : QString();
}

bool DataTable::setCurrentId(const QString &id)
{
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        if (m_filter->index(row, 0).data(RowModel::IdRole).toString() == id) {
            setCurrentIndex(m_filter->index(row, firstColumn()));
            return true;
        }
    }
    return false;
}

void DataTable::setEmptyState(const QString &sentence, const QString &verb)
{
    m_emptyText->setText(sentence);
    m_emptyButton->setText(verb);
    m_emptyButton->setAccessibleName(verb);
    m_emptyButton->setVisible(!verb.isEmpty());
}

QString DataTable::emptySentence() const
{
    return m_empty->isHidden() ? QString() : m_emptyText->text();
}

int DataTable::contentHeight() const
{
    return horizontalHeader()->sizeHint().height()
        + m_filter->rowCount() * verticalHeader()->defaultSectionSize() + 2 * frameWidth();
}

void DataTable::settleCurrent()
{
    const bool empty = m_filter->rowCount() == 0;
    m_empty->setVisible(empty);
    m_empty->setGeometry(viewport()->rect());
    const bool focused = hasFocus();
    setFocusPolicy(empty ? Qt::NoFocus : Qt::StrongFocus);
    if (empty) {
        if (focused)
            focusNextChild();
        Q_EMIT currentIdChanged({});
        return;
    }
    if (!m_wanted.isEmpty() && setCurrentId(m_wanted)) {
        m_wanted.clear();
        return;
    }
    if (!currentIndex().isValid())
        setCurrentIndex(m_filter->index(0, firstColumn()));
}

void DataTable::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (current.row() != previous.row() || !previous.isValid())
        Q_EMIT currentIdChanged(currentId());
}

void DataTable::setSpareColumns(const QList<int> &columns)
{
    m_spares = columns;
    arrange();
}

void DataTable::dropSpares()
{
    QHeaderView *header = horizontalHeader();
    QList<int> wanted;
    int together = 0;
    for (int i = 0; i < header->count(); ++i) {
        const bool fixed = m_weights.value(i, 1) == 0;
        // The header answers 0 for a hidden column; what it says is the same.
        const int title = header->fontMetrics().horizontalAdvance(
                              m_model->headerData(i, Qt::Horizontal, Qt::DisplayRole).toString())
            + m_theme.unit(3);
        const int content = std::max(sizeHintForColumn(i), title) + m_theme.unit(2);
        // A long text may end in dots; a patient with birth date and number must not.
        wanted.append(fixed
                ? std::min(content, viewport()->width() / 2)
                : std::max(std::min(content, m_theme.unit(44)), m_theme.unit(6) * m_weights.value(i, 1)));
        together += wanted.last();
    }
    for (const int spare : std::as_const(m_spares)) {
        if (spare >= header->count())
            continue;
        const bool drop = together > viewport()->width();
        if (drop)
            together -= wanted[spare];
        header->setSectionHidden(spare, drop);
    }
    // A screen reader speaks the current cell: it must be one that shows.
    if (currentIndex().isValid() && header->isSectionHidden(currentIndex().column()))
        setCurrentIndex(currentIndex().siblingAtColumn(firstColumn()));
}

int DataTable::firstColumn() const
{
    int column = 0;
    while (column + 1 < horizontalHeader()->count() && isColumnHidden(column))
        ++column;
    return column;
}

void DataTable::arrange()
{
    QHeaderView *header = horizontalHeader();
    if (!m_spares.isEmpty())
        dropSpares();
    int rest = viewport()->width(), total = 0;
    for (int i = 0; i < header->count(); ++i) {
        if (header->isSectionHidden(i))
            continue;
        const int weight = m_weights.value(i, 1);
        total += weight;
        if (weight == 0) {
            const int wide =
                std::min(std::max(sizeHintForColumn(i), header->sectionSizeHint(i)) + m_theme.unit(2),
                    viewport()->width() / 2);
            header->resizeSection(i, wide);
            rest -= wide;
        }
    }
    // One long value in a column of its content's width must not eat the column that says what the row is.
    const int least = std::min(viewport()->width() / 2, m_theme.unit(6) * total);
    while (rest < least) {
        int widest = -1;
        for (int i = 0; i < header->count(); ++i) {
            if (m_weights.value(i, 1) == 0 && !header->isSectionHidden(i)
                && (widest < 0 || header->sectionSize(i) > header->sectionSize(widest)))
                widest = i;
        }
        const int cut =
            widest < 0 ? 0 : std::min(least - rest, header->sectionSize(widest) - m_theme.unit(16));
        if (cut <= 0)
            break;
        header->resizeSection(widest, header->sectionSize(widest) - cut);
        rest += cut;
    }
    share(rest);
}

// The rest by weight; but a column whose words need less than its share leaves the difference to one that
// would be cut.
void DataTable::share(int rest)
{
    QHeaderView *header = horizontalHeader();
    QList<int> open;
    for (int i = 0; i < header->count(); ++i) {
        if (m_weights.value(i, 1) > 0 && !header->isSectionHidden(i))
            open.append(i);
    }
    const auto needs = [&](int column) {
        const int content =
            std::max(sizeHintForColumn(column), header->sectionSizeHint(column)) + m_theme.unit(2);
        return itemDelegateForColumn(column) ? std::max(content, m_theme.unit(24)) : content;
    };
    bool starving = false;
    int total = 0;
    for (const int column : std::as_const(open))
        total += m_weights.value(column, 1);
    for (const int column : std::as_const(open))
        starving = starving || needs(column) > rest * m_weights.value(column, 1) / std::max(1, total);
    for (bool again = starving; again && open.size() > 1;) {
        again = false;
        for (int i = 0; i < open.size() && open.size() > 1; ++i) {
            const int weight = m_weights.value(open.at(i), 1), content = needs(open.at(i));
            if (content > rest * weight / std::max(1, total))
                continue;
            header->resizeSection(open.at(i), content);
            rest -= content;
            total -= weight;
            open.removeAt(i--);
            again = true;
        }
    }
    int given = 0;
    for (const int column : std::as_const(open)) {
        const int wide = std::max(m_theme.unit(8), rest * m_weights.value(column, 1) / std::max(1, total));
        header->resizeSection(column, wide);
        given += wide;
    }
    if (!open.isEmpty() && rest > given)
        header->resizeSection(open.last(), header->sectionSize(open.last()) + rest - given);
}

void DataTable::restyle()
{
    verticalHeader()->setMinimumSectionSize(m_theme.rowHeight());
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    horizontalHeader()->setFont(m_theme.font(Theme::Face::Caption));
    // Large type on a low screen: the page scrolls before a list has no row left to show.
    setMinimumHeight(horizontalHeader()->sizeHint().height() + 3 * m_theme.rowHeight() + 2 * frameWidth());
    QPalette colors = m_theme.palette();
    colors.setColor(QPalette::ButtonText, m_theme.color("textSecondary"));
    colors.setColor(QPalette::WindowText, m_theme.color("textSecondary"));
    horizontalHeader()->setPalette(colors);
    m_emptyText->setPalette(colors);
    arrange();
}

void DataTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    m_empty->setGeometry(viewport()->rect());
    arrange();
}

void DataTable::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        if (!currentId().isEmpty())
            Q_EMIT opened(currentId());
        return;
    }
    if (plain && event->key() == Qt::Key_Space) {
        if (m_spaceTicks && currentIndex().isValid()) {
            const int row = m_filter->mapToSource(currentIndex()).row();
            m_model->setChecked(row, !m_model->rowAt(row)->checked);
        }
        return;
    }
    if (plain && !event->text().isEmpty() && event->text().at(0).isPrint()) {
        Q_EMIT typed(event->text());
        return;
    }
    QTableView::keyPressEvent(event);
}

// Hangul arrives through the input method. The table accepts it, so that the first syllable is not lost, and
// hands it on.
void DataTable::inputMethodEvent(QInputMethodEvent *event)
{
    if (!event->commitString().isEmpty())
        Q_EMIT typed(event->commitString());
    else if (!event->preeditString().isEmpty())
        Q_EMIT typed({}); // the field takes the focus; the composition restarts there
    event->accept();
}

QVariant DataTable::inputMethodQuery(Qt::InputMethodQuery query) const
{
    return query == Qt::ImEnabled ? QVariant(true) : QTableView::inputMethodQuery(query);
}

} // namespace naru::ui
