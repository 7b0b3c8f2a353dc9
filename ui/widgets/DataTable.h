// A table as every page uses it: whole rows, a current row whenever there is one, no focus when there is none
// (screen readers crash on Qt 6.4 otherwise), Enter opens, letters go to the search field, an empty table
// says why and what to do.
#pragma once

#include "ui/models/RowModel.h"

#include <QTableView>

class QLabel;
class QPushButton;

namespace naru::ui {

class Theme;

class DataTable : public QTableView {
    Q_OBJECT
public:
    // `weights`: 0 = as wide as its contents, else its share of the rest.
    DataTable(const Theme &theme, RowModel *model, QList<int> weights, const QString &name,
        QWidget *parent = nullptr);

    RowModel &rows() const { return *m_model; }
    RowFilter &filter() const { return *m_filter; }
    // Replaces the rows; the current row stays the same thing by its id.
    void setRows(std::vector<ModelRow> rows);
    QString currentId() const;
    bool setCurrentId(const QString &id);
    bool isEmpty() const { return m_filter->rowCount() == 0; }
    // What an empty table says, and one button for what to do (empty label: none).
    void setEmptyState(const QString &sentence, const QString &verb = {});
    QString emptySentence() const;
    // Columns that give way, the first one first, when the others would show nothing but "…". What they say
    // must also stand elsewhere (the detail line, the opened thing).
    void setSpareColumns(const QList<int> &columns);
    void setSpaceTicks(bool on) { m_spaceTicks = on; }
    int contentHeight() const; // header and all rows

Q_SIGNALS:
    void opened(const QString &id); // Enter or double click
    void currentIdChanged(const QString &id);
    void typed(const QString &text); // a letter that belongs to the search field
    void emptyVerb();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void settleCurrent();
    void arrange();
    void dropSpares();
    int firstColumn() const;
    void share(int rest);
    void restyle();

    const Theme &m_theme;
    RowModel *m_model;
    RowFilter *m_filter;
    QList<int> m_weights;
    QList<int> m_spares{};
    QWidget *m_empty = nullptr;
    QLabel *m_emptyText = nullptr;
    QPushButton *m_emptyButton = nullptr;
    QString m_wanted{};
    bool m_spaceTicks = false;
};

} // namespace naru::ui
