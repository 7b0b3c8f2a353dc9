// Drafts a program left behind: their difference to the last save is shown before anything is taken over.
#pragma once

#include "core/services/Types.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace naru::ui {

class AppContext;
class DataTable;

class ResumeBar : public QWidget {
    Q_OBJECT
public:
    explicit ResumeBar(AppContext &context, QWidget *parent = nullptr);
    void setDrafts(const std::vector<services::DraftRow> &drafts);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showDifference();
    void resume(bool useJournal);

    AppContext &m_context;
    std::vector<services::DraftRow> m_drafts{};
    QLabel *m_text = nullptr;
    DataTable *m_difference = nullptr;
    QPushButton *m_show = nullptr;
};

} // namespace naru::ui
