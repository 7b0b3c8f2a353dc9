// What an import of terms did: counts, what changed against the release before, whose favourites are touched,
// and every refused row with its place. Each list can be saved as a table.
#pragma once

#include "core/services/TermTypes.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace naru::ui {

class AppContext;
class DataTable;
class MessageStrip;

class ImportReportView : public QWidget {
    Q_OBJECT
public:
    explicit ImportReportView(AppContext &context, QWidget *parent = nullptr);
    void setImport(const services::TermImport &import);
    // The list shown, tab-separated with its captions.
    QByteArray tsv() const;
    bool saveTo(const QString &path);

private:
    void fillProblems(const terminology::ImportReport &report);
    void fillAffected(const std::vector<services::TermAffected> &rows);
    void fillGone(const std::vector<terminology::Concept> &gone);
    void save();

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    QLabel *m_title = nullptr, *m_counts = nullptr, *m_change = nullptr;
    QComboBox *m_which = nullptr;
    QStackedWidget *m_stack = nullptr;
    DataTable *m_problems = nullptr, *m_affected = nullptr, *m_gone = nullptr;
};

} // namespace naru::ui
