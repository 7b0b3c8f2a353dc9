// What an import of terms did: counts, what changed against the release before, whose favourites are touched,
// and every refused row with its place; of an import that failed as a whole, how far it came and what it
// refused. Each list can be copied or saved as a table.
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
    // Of an import that took nothing over; hidden when there is nothing to tell.
    void setPartial(const QStringList &files, const terminology::ImportReport &report);
    // The list shown, tab-separated with its captions.
    QByteArray tsv() const;
    void copy();
    bool saveTo(const QString &path);

private:
    void fillProblems(const terminology::ImportReport &report);
    void fillAffected(const std::vector<services::TermAffected> &rows);
    void fillGone(const std::vector<terminology::Concept> &gone);
    void offer(const QList<QPair<QString, DataTable *>> &lists, int first);
    void save();

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    QLabel *m_title = nullptr, *m_counts = nullptr, *m_change = nullptr;
    QComboBox *m_which = nullptr;
    QStackedWidget *m_stack = nullptr;
    DataTable *m_problems = nullptr, *m_affected = nullptr, *m_gone = nullptr;
};

} // namespace naru::ui
