// Image archives (PACS) of the house: the list, one of them written down, the test that asks it (C-ECHO), and
// whether images may come here by themselves.
#pragma once

#include "core/services/PacsTypes.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace naru::ui {

class AppContext;
class ArchiveForm;
class DataTable;
class JobLine;
class MessageStrip;
class ReceivePart;
class UiJob;

class ArchivesPart : public QWidget {
    Q_OBJECT
public:
    explicit ArchivesPart(AppContext &context, QWidget *parent = nullptr);
    void load();
    void add();
    void test(); // the current one
    bool isTesting() const;

Q_SIGNALS:
    void testFinished(bool reached);

private:
    QWidget *verbs();
    void edit();
    void remove();
    void prefer();
    void saved(const QString &name);
    void showSteps(const QString &name, const std::vector<services::PacsTestStep> &steps);
    void fitHeights();

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    DataTable *m_table = nullptr, *m_steps = nullptr;
    QPushButton *m_edit = nullptr, *m_remove = nullptr, *m_first = nullptr, *m_test = nullptr;
    QLabel *m_result = nullptr;
    JobLine *m_line = nullptr;
    ArchiveForm *m_form = nullptr;
    ReceivePart *m_receive = nullptr;
    QPointer<UiJob> m_job{};
    std::vector<services::PacsNode> m_nodes{};
};

} // namespace naru::ui
