// Rows of a CodePicker's list, and how a row is drawn: mark, code, Korean name, English name or matched text,
// note.
#pragma once

#include "ui/widgets/CodeSource.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace naru::ui {

class CodeChoiceModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setRows(std::vector<CodeChoice> rows);
    const std::vector<CodeChoice> &rows() const { return m_rows; }
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    std::vector<CodeChoice> m_rows{};
};

class CodeChoiceDelegate final : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace naru::ui
