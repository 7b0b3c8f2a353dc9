// Rows of a CodePicker's list.
#pragma once

#include "ui/widgets/CodeSource.h"

#include <QAbstractListModel>

namespace naru::ui {

class CodeChoiceModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setRows(std::vector<CodeChoice> rows);
    void replaceRow(int row, const CodeChoice &choice);
    const std::vector<CodeChoice> &rows() const { return m_rows; }
    // Counts every change, so that a painter knows when what it has laid out is old.
    int generation() const { return m_generation; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<CodeChoice> m_rows{};
    int m_generation = 0;
};

} // namespace naru::ui
