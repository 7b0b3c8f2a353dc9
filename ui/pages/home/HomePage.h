// What is to be done: five counts, the list behind them, and drafts left behind by a program that died.
#pragma once

#include "ui/pages/home/HomeRows.h"
#include "ui/shell/Page.h"

class QComboBox;
class QPushButton;

namespace naru::ui {

class CountTile;
class DataTable;
class HangulLineEdit;
class ResumeBar;

class HomePage : public Page {
    Q_OBJECT
public:
    explicit HomePage(AppContext &context, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override;
    bool refresh() override;
    bool goToSection(int number) override;
    bool find() override;
    bool stepBack() override;
    QList<QWidget *> panes() const override;
    void focusFirst() override;
    QList<QPair<QString, QString>> keys() const override;

private:
    void load();
    void take(const HomeSnapshot &snapshot);
    void showCounts(const services::HomeCounts &counts);
    void filter();
    void openRow(const QString &id);
    QWidget *makeFilters();

    HomeSnapshot m_snapshot{};
    QList<CountTile *> m_tiles{};
    QPushButton *m_mine = nullptr, *m_all = nullptr;
    QComboBox *m_kind = nullptr, *m_period = nullptr;
    HangulLineEdit *m_find = nullptr;
    DataTable *m_table = nullptr;
    ResumeBar *m_resume = nullptr;
    bool m_loading = false, m_again = false;
};

} // namespace naru::ui
