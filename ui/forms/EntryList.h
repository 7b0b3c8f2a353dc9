// A repeated section: rows with tick, source and editing in place, and one field below that adds.
#pragma once

#include "ui/forms/FormContext.h"

#include <QWidget>
#include <vector>

class QVBoxLayout;

namespace naru::ui {

class CodePicker;
class EntryRow;

class EntryList : public QWidget {
    Q_OBJECT
public:
    EntryList(FormContext &context, const clinical::FieldSpec &spec, QWidget *parent = nullptr);

    void reload();
    void setReadOnly(bool on);
    void focusFirst();
    CodePicker *adder() const { return m_adder; }
    const std::vector<EntryRow *> &rows() const { return m_rows; }

Q_SIGNALS:
    void left();

private:
    void rebuild();
    void connectRow(EntryRow *row);
    void add(const CodeChoice &choice);
    void refine(const CodeChoice &before, const CodeChoice &after);
    void toggle(EntryRow *row, bool on);
    void remove(EntryRow *row);
    void move(EntryRow *row, int by);
    void focusRow(int row);

    FormContext &m_context;
    clinical::FieldSpec m_spec;
    QString m_codeMember{}; // member the adding field fills: "code", "agent"
    std::shared_ptr<CodeSource> m_terms{};
    bool m_needsMore = false; // other required members: the new row opens
    bool m_readOnly = false;
    QVBoxLayout *m_layout = nullptr;
    std::vector<EntryRow *> m_rows{};
    CodePicker *m_adder = nullptr;
};

} // namespace naru::ui
