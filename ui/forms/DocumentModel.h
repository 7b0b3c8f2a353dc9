// A document being written: the value, what was left out of it by unticking, and one undo stack across all
// fields (a word or a field is one step; the widgets keep none).
#pragma once

#include "core/clinical/Document.h"

#include <QElapsedTimer>
#include <QObject>
#include <functional>
#include <vector>

namespace naru::ui {

class DocumentModel : public QObject {
    Q_OBJECT
public:
    struct State {
        clinical::Document document{};
        clinical::Content leftOut{}; // rows offered but unticked; never sent
        friend bool operator==(const State &, const State &) = default;
    };

    explicit DocumentModel(QObject *parent = nullptr);

    void load(const clinical::Document &document); // forgets the undo stack
    const clinical::Document &document() const { return m_state.document; }
    const clinical::Content &leftOut() const { return m_state.leftOut; }
    // Copies for functions that hand out pointers into a document.
    State state() const { return m_state; }

    bool readOnly() const { return m_readOnly; }
    void setReadOnly(bool on);

    // One undo step. `field` is a path ("problems[0].onset"); views of that section reload. False: nothing
    // changed.
    bool edit(const QString &field, const std::function<void(State &)> &mutate);
    // Typing: joins the step before it while the same word of the same field goes on.
    bool type(const QString &field, const QString &text, const std::function<void(State &)> &mutate);
    // Autofill and approval are not typing; approval is undoable too.
    void approve(const QString &section);
    bool needsReview(const QString &section) const;

    bool canUndo() const { return !m_undo.empty(); }
    bool canRedo() const { return !m_redo.empty(); }
    QString undo(); // the field it concerned; empty when there is nothing
    QString redo();

Q_SIGNALS:
    void loaded();
    void edited(const QString &field); // by a person; the editor that did it need not reload
    void reverted(const QString &field); // by undo or redo; every view reloads
    void readOnlyChanged(bool on);

private:
    struct Step {
        State before{};
        QString field{};
        QString text{};
        bool typing = false;
    };
    bool commit(
        const QString &field, const QString &text, bool typing, const std::function<void(State &)> &mutate);
    QString restore(std::vector<Step> &from, std::vector<Step> &to);

    State m_state{};
    std::vector<Step> m_undo{}, m_redo{};
    bool m_readOnly = false;
    QElapsedTimer m_lastTyping{};
};

} // namespace naru::ui
