// A table of values for people: every cell is text with a colour role and a sort key, every row has an id and
// what a search looks at. Wraps a snapshot; a refresh keeps the current row by its id (see DataTable).
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <vector>

namespace naru::ui {

class Theme;

struct RowCell {
    QString text{};
    QString role{}; // palette token; empty: text
    QVariant sort{}; // null: the text
    bool right = false; // numbers
    bool bold = false;
    QString tip{};
    friend bool operator==(const RowCell &, const RowCell &) = default;
};

// A cell that says its own words again as its tip, for a column that may cut them.
inline RowCell tippedCell(const QString &text, const QString &role = {}, const QVariant &sort = {})
{
    return {text, role, sort, false, false, text};
}

struct ModelRow {
    QString id{};
    std::vector<RowCell> cells{};
    QString tag{}; // what filters look at: "draft" "waiting"
    bool checkable = false, checked = false;
    friend bool operator==(const ModelRow &, const ModelRow &) = default;
};

class RowModel : public QAbstractTableModel {
    Q_OBJECT
public:
    RowModel(const Theme &theme, QStringList columns, QObject *parent = nullptr);

    void setRows(std::vector<ModelRow> rows);
    const std::vector<ModelRow> &rowValues() const { return m_rows; }
    const ModelRow *rowAt(int row) const;
    int rowOf(const QString &id) const; // -1
    QStringList checkedIds() const;
    void setChecked(int row, bool checked);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    static constexpr int SortRole = Qt::UserRole + 1;
    static constexpr int IdRole = Qt::UserRole + 2;
    static constexpr int TagRole = Qt::UserRole + 3;

Q_SIGNALS:
    void checkedChanged();

private:
    const Theme &m_theme;
    QStringList m_columns;
    std::vector<ModelRow> m_rows{};
};

// Sorts by SortRole; keeps rows whose tag is wanted and whose text matches (initial consonants and keyboard
// slips too).
class RowFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit RowFilter(QObject *parent = nullptr);
    void setTags(const QStringList &tags); // empty: all
    void setQuery(const QString &query);
    static bool textMatches(const QString &text, const QString &query);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QStringList m_tags{};
    QString m_query{};
};

} // namespace naru::ui
