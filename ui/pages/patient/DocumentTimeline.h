// The documents of one patient by year, newest first as they come; by kind, by institution or the new ones
// only.
#pragma once

#include "core/services/Types.h"

#include <QWidget>

class QComboBox;
class QPushButton;
class QTreeWidget;

namespace naru::ui {

class AppContext;

class DocumentTimeline : public QWidget {
    Q_OBJECT
public:
    explicit DocumentTimeline(AppContext &context, QWidget *parent = nullptr);

    void setDocuments(const std::vector<services::DocumentRow> &documents);
    void setNewOnly(bool on);
    int newOnes() const;
    QString currentDocument() const;
    QTreeWidget *tree() const { return m_tree; }
    QPushButton *toRecord() const { return m_toRecord; } // only where one of the two is shown

Q_SIGNALS:
    void opened();
    void recordWanted();

private:
    void fill();

    AppContext &m_context;
    std::vector<services::DocumentRow> m_documents{};
    QPushButton *m_toRecord = nullptr;
    QComboBox *m_form = nullptr, *m_institution = nullptr;
    QTreeWidget *m_tree = nullptr;
    bool m_newOnly = false;
};

} // namespace naru::ui
