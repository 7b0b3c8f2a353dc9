// The whole form: sections built from the rows of the form, in their order.
#pragma once

#include "core/clinical/ReadDocument.h"
#include "ui/forms/FormContext.h"

#include <QScrollArea>
#include <vector>

class QVBoxLayout;

namespace naru::ui {

class SectionView;

enum class SectionState { Done, Unreviewed, Error, Editing, Optional };

class FormView : public QScrollArea {
    Q_OBJECT
public:
    FormView(FormContext context, QWidget *parent = nullptr);
    ~FormView() override;

    void build(); // after the model was loaded
    int leastWidth() const; // what the editors need, with the scroll bar
    void setReadOnly(bool on);
    void setProblems(const std::vector<clinical::RuleProblem> &problems);

    const std::vector<SectionView *> &sections() const { return m_sections; }
    SectionView *section(const QString &key) const;
    int currentIndex() const; // section with the focus, the last one that had it
    SectionState stateOf(int index) const;
    int missing() const; // errors that block sending
    int unreviewed() const; // sections filled but not approved

    void goTo(const QString &key, const QString &field = {});
    bool goToNextGap(); // next error after the current place, wraps; false when there is none
    bool approveAndGoOn(); // approves the current section (the first unreviewed one when it needs nothing),
                           // goes on
    void revealAll();

    FormContext &context() { return m_context; }

Q_SIGNALS:
    void stateChanged(); // any of states, counts, current section

private:
    void reveal(SectionView *section);
    void focusMoved(QWidget *now);

    FormContext m_context;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_layout = nullptr;
    std::vector<SectionView *> m_sections{};
    std::vector<clinical::RuleProblem> m_problems{};
    int m_current = 0;
    bool m_readOnly = false;
};

} // namespace naru::ui
