// One section of a form: title, requirement, source, hint, editor, problems. Filled but unreviewed sections
// carry an amber bar and the words; empty optional ones are one line until somebody writes.
#pragma once

#include "core/clinical/ReadDocument.h"
#include "ui/forms/FormContext.h"

#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace naru::ui {

class EntryList;
class RecipientEditor;
class SourceChip;
class ValueEditor;

class SectionView : public QWidget {
    Q_OBJECT
public:
    SectionView(FormContext &context, const clinical::FieldSpec &spec, QWidget *parent = nullptr);

    const QString &key() const { return m_spec.key; }
    const clinical::FieldSpec &spec() const { return m_spec; }
    void reload();
    void setReadOnly(bool on);
    // Problems of this section; new ones appear after the field was left or after reveal(), solved ones go at
    // once.
    void setProblems(const std::vector<clinical::RuleProblem> &problems);
    const std::vector<clinical::RuleProblem> &problems() const { return m_problems; }
    void reveal();
    void expand();
    bool isCollapsed() const { return m_collapsed; }
    // Focus into the editor of a field ("relay.clinical") or the first one.
    void focusField(const QString &field = {});
    bool hasFocusInside() const;
    RecipientEditor *recipients() const { return m_recipients; }
    EntryList *list() const { return m_list; }

Q_SIGNALS:
    void goOn(); // the section is complete, the next may take the focus
    void entered();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeEditors();
    void showProblems();
    void leftField();

    FormContext &m_context;
    clinical::FieldSpec m_spec;
    QVBoxLayout *m_layout = nullptr;
    QLabel *m_title = nullptr, *m_state = nullptr, *m_hint = nullptr, *m_error = nullptr;
    SourceChip *m_chip = nullptr;
    QPushButton *m_open = nullptr;
    QWidget *m_body = nullptr;
    RecipientEditor *m_recipients = nullptr;
    EntryList *m_list = nullptr;
    std::vector<ValueEditor *> m_values{};
    std::vector<clinical::RuleProblem> m_problems{};
    bool m_collapsed = false, m_left = false, m_review = false, m_readOnly = false;
};

} // namespace naru::ui
