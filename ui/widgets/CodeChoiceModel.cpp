#include "ui/widgets/CodeChoiceModel.h"

#include "ui/widgets/picker/PickerWords.h"

namespace naru::ui {

void CodeChoiceModel::setRows(std::vector<CodeChoice> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    ++m_generation;
    endResetModel();
}

void CodeChoiceModel::replaceRow(int row, const CodeChoice &choice)
{
    if (row < 0 || row >= rowCount())
        return;
    m_rows[size_t(row)] = choice;
    ++m_generation;
    Q_EMIT dataChanged(index(row), index(row));
}

int CodeChoiceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant CodeChoiceModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= int(m_rows.size()))
        return {};
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
        return PickerWords::spoken(m_rows[size_t(index.row())]);
    return {};
}

} // namespace naru::ui
