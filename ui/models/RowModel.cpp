#include "ui/models/RowModel.h"

#include "core/base/Hangul.h"
#include "ui/shell/Theme.h"

namespace naru::ui {

RowModel::RowModel(const Theme &theme, QStringList columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_theme(theme)
    , m_columns(std::move(columns))
{
    connect(&theme, &Theme::changed, this, [this] {
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    });
}

void RowModel::setRows(std::vector<ModelRow> rows)
{
    if (rows == m_rows)
        return;
    // Same rows in the same order (the usual refresh): only the cells change, so that views keep place and
    // selection.
    const bool same = rows.size() == m_rows.size()
        && std::equal(rows.begin(), rows.end(), m_rows.begin(),
            [](const ModelRow &a, const ModelRow &b) { return a.id == b.id; });
    if (same) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const ModelRow *RowModel::rowAt(int row) const
{
    return row >= 0 && row < int(m_rows.size()) ? &m_rows[std::size_t(row)] : nullptr;
}

int RowModel::rowOf(const QString &id) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id == id)
            return int(i);
    }
    return -1;
}

QStringList RowModel::checkedIds() const
{
    QStringList ids;
    for (const ModelRow &row : m_rows) {
        if (row.checkable && row.checked)
            ids.append(row.id);
    }
    return ids;
}

void RowModel::setChecked(int row, bool checked)
{
    setData(index(row, 0), checked ? Qt::Checked : Qt::Unchecked, Qt::CheckStateRole);
}

int RowModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int RowModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant RowModel::data(const QModelIndex &index, int role) const
{
    const ModelRow *row = index.isValid() ? rowAt(index.row()) : nullptr;
    if (!row || index.column() >= int(row->cells.size()))
        return {};
    const RowCell &cell = row->cells[std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.tip.isEmpty() ? cell.text : cell.tip; // the whole text of a cell too narrow for it
    case Qt::ForegroundRole:
        return cell.role.isEmpty() ? QVariant() : QVariant(m_theme.color(cell.role));
    case Qt::TextAlignmentRole:
        return int((cell.right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::FontRole:
        return cell.bold ? QVariant(m_theme.font(Theme::Face::BodyBold)) : QVariant();
    case Qt::CheckStateRole:
        return row->checkable && index.column() == 0 ? QVariant(row->checked ? Qt::Checked : Qt::Unchecked)
                                                     : QVariant();
    case SortRole:
        return cell.sort.isNull() ? QVariant(cell.text) : cell.sort;
    case IdRole:
        return row->id;
    case TagRole:
        return row->tag;
    default:
        return {};
    }
}

bool RowModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !index.isValid() || !rowAt(index.row())
        || !rowAt(index.row())->checkable)
        return false;
    m_rows[std::size_t(index.row())].checked = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index, {Qt::CheckStateRole});
    Q_EMIT checkedChanged();
    return true;
}

Qt::ItemFlags RowModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const ModelRow *row = rowAt(index.row());
    if (row && row->checkable && index.column() == 0)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant RowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section >= m_columns.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_columns.at(section);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

RowFilter::RowFilter(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RowModel::SortRole);
    setDynamicSortFilter(true);
    setSortLocaleAware(true);
}

void RowFilter::setTags(const QStringList &tags)
{
    if (m_tags == tags)
        return;
    m_tags = tags;
    invalidateFilter();
}

void RowFilter::setQuery(const QString &query)
{
    const QString wanted = query.trimmed();
    if (m_query == wanted)
        return;
    m_query = wanted;
    invalidateFilter();
}

bool RowFilter::textMatches(const QString &text, const QString &query)
{
    if (query.isEmpty())
        return true;
    const QString folded = base::folded(text), wanted = base::folded(query);
    if (folded.contains(wanted))
        return true;
    if (base::isChoseongOnly(query))
        return base::choseong(folded).contains(wanted);
    const QString slipped = base::folded(base::hangulFromKeys(query));
    return !slipped.isEmpty() && slipped != wanted && folded.contains(slipped);
}

bool RowFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto *model = static_cast<const RowModel *>(sourceModel());
    const ModelRow *values = parent.isValid() ? nullptr : model->rowAt(row);
    if (!values)
        return false;
    if (!m_tags.isEmpty() && !m_tags.contains(values->tag))
        return false;
    if (m_query.isEmpty())
        return true;
    QStringList all;
    for (const RowCell &cell : values->cells)
        all.append(cell.text);
    return textMatches(all.join(QLatin1Char(' ')), m_query);
}

} // namespace naru::ui
