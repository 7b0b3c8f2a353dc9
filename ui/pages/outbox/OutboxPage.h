// What was sent and how far it is: one row an item, its attempts, and what to do when it is stuck. Nothing
// ever goes dark.
#pragma once

#include "ui/shell/Page.h"

class QLabel;
class QPushButton;

namespace naru::ui {

class DataTable;
class HangulLineEdit;
class MessageStrip;
class StepLine;

class OutboxPage : public Page {
    Q_OBJECT
public:
    explicit OutboxPage(AppContext &context, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);

    QString title() const override;
    bool mainAct() override; // retry now
    bool refresh() override;
    bool goToSection(int number) override;
    bool nextGap() override; // next item that needs something
    bool find() override;
    QList<QWidget *> panes() const override;
    QList<QPair<QString, QString>> keys() const override;
    void focusFirst() override;

private:
    void load();
    void filter(int index);
    void showDetail();
    void showStrip(const services::OutboxRow &row);
    void retry();
    void recall();
    void finishWithout();
    const services::OutboxRow *current() const;

    std::vector<services::OutboxRow> m_rows{};
    QList<QPushButton *> m_filters{};
    HangulLineEdit *m_find = nullptr;
    QLabel *m_next = nullptr, *m_heading = nullptr;
    DataTable *m_table = nullptr, *m_attempts = nullptr;
    StepLine *m_steps = nullptr;
    MessageStrip *m_strip = nullptr;
    QPushButton *m_retry = nullptr, *m_recall = nullptr, *m_openDocument = nullptr;
};

} // namespace naru::ui
