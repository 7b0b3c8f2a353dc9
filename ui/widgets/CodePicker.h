// Search-as-you-compose for everything that has a code. The list is a child of the window that never takes
// focus, because a popup that does commits a syllable twice under ibus; QCompleter and QComboBox see
// committed text only.
//
// Rows always belong to a text. Enter takes the first of them only while that text is still the one on the
// screen, never a row that is merely similar, and never together with the Enter that closes a syllable.
#pragma once

#include "ui/widgets/CodeSource.h"
#include "ui/widgets/HangulLineEdit.h"

#include <QPointer>
#include <QWidget>
#include <memory>

class QKeyEvent;
class QTimer;

namespace naru::ui {

class CodeChoiceModel;
class PickerChips;
class PickerList;

class CodePicker : public QWidget {
    Q_OBJECT
public:
    enum class Mode {
        Single, // one value, shown as the editor's text
        Chips, // several values, each a chip above the editor, one may be the main one
        Adding, // the owner keeps the values; the editor empties after each choice
    };
    // What the list shows.
    enum class View { Before, Matches, Children, Tree, Pasted, Refine };
    explicit CodePicker(Mode mode, QWidget *parent = nullptr);
    ~CodePicker() override;

    void setSource(std::shared_ptr<CodeSource> source);
    CodeSource *source() const { return m_source.get(); }
    HangulLineEdit *editor() const { return m_edit; }
    // Name for people and screen readers: "Receiving institution".
    void setLabel(const QString &label);
    void setPlaceholderText(const QString &text) { m_edit->setPlaceholderText(text); }
    void setReadOnly(bool on);
    void setMainMarkVisible(bool on);
    // Whether chips that say a code more exactly are offered after the choice (default). Off where something
    // else takes the focus at once.
    void setRefines(bool on) { m_refines = on; }

    // Single: at most one. Setting does not emit.
    void setChosen(const std::vector<CodeChoice> &choices);
    const std::vector<CodeChoice> &chosen() const { return m_chosen; }
    int mainIndex() const { return m_main; }

    bool listVisible() const;
    std::vector<CodeChoice> rows() const;
    int currentRow() const;
    View view() const { return m_view; }
    // The side that goes with the next choice: "left", "right", "both" or empty.
    const QString &side() const { return m_side; }
    // The chips after a choice, and the one the arrows have moved to (-1: none).
    const std::vector<CodeRefinement> &refinements() const { return m_more; }
    int currentChip() const { return m_chip; }
    // During picked(): more will be added (Tab, a pasted list), so focus must stay here.
    bool staying() const { return m_staying; }
    void showList();
    void hideList();
    // A confirm list of the codes in `text`; false when it holds no two of them.
    bool offerPasted(const QString &text);

Q_SIGNALS:
    // Single: after the chips, when there are any and they are answered; edited() has told the value before.
    void picked(const naru::ui::CodeChoice &choice);
    // A chip was taken: `after` stands for what was picked as `before`.
    void refined(const naru::ui::CodeChoice &before, const naru::ui::CodeChoice &after);
    void freeText(const QString &text);
    // Adding: Backspace with nothing left to delete; the owner may go to the last of its values.
    void backOut();
    // Any change by the person: choice, removal, main mark, order, emptied text.
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void moveEvent(QMoveEvent *event) override;

private:
    struct Shown {
        View view = View::Matches;
        std::vector<CodeChoice> rows{};
        int current = -1;
        QString title{};
        QString footer{};
    };

    // Keys (picker/CodePickerKeys.cpp): true when taken.
    bool keyPressed(QKeyEvent *event);
    bool overrides(QKeyEvent *event) const;
    bool listKey(QKeyEvent *event, bool alt);
    bool altKey(int key);
    bool enter();
    bool tab();
    bool pasteKey(QKeyEvent *event);
    bool sidesOffered() const;
    bool insideView() const
    {
        return m_view == View::Children || m_view == View::Tree || m_view == View::Pasted;
    }

    // Searching (picker/CodePickerSearch.cpp)
    void textChanged();
    void search();
    void present(Shown shown);
    bool back();
    void nearest(const QString &live);
    void presentNearest(std::vector<CodeChoice> near);
    void currentMoved(int row);
    QString keyHints() const;

    // Views (picker/CodePickerViews.cpp)
    void openChildren(const CodeChoice &parent);
    void openTree(const CodeChoice &centre);
    void stepInTree(bool down);
    void toggleFavourite();
    void toggleSide(const QString &side);
    void toggleDetails();
    void dropPastedRow();
    void choosePasted();

    // Chips after the choice (picker/CodePickerRefine.cpp)
    std::vector<CodeRefinement> refinementsOf(const CodeChoice &choice, bool byCode) const;
    void openRefine(const CodeChoice &chosen, std::vector<CodeRefinement> more);
    void refine(int index);
    void endRefine();
    void remember();
    void moveChip(int by);
    bool refineSide(const QString &side);
    QString spokenRefinements() const;
    bool refineKey(QKeyEvent *event, bool alt);

    // Choosing (picker/CodePickerChoosing.cpp)
    const CodeChoice *current() const;
    bool stale() const;
    bool choose(int row, bool stay = false);
    void take(const CodeChoice &choice, bool moreToSay = false);
    void takeFreeText();
    void chipsChanged();
    void showChips();
    QString shownAs(const CodeChoice &choice) const;
    void makeList();
    void watchAncestors(bool on);
    void keepInSight();
    void makeRoom();

    Mode m_mode;
    std::shared_ptr<CodeSource> m_source{};
    HangulLineEdit *m_edit = nullptr;
    PickerChips *m_chips = nullptr;
    QPointer<PickerList> m_list{};
    CodeChoiceModel *m_model = nullptr;
    QTimer *m_settle = nullptr; // searches when a closed syllable was the last word of the input method
    QTimer *m_again = nullptr; // asks a source that was not ready
    std::vector<CodeChoice> m_chosen{};
    std::vector<QPointer<QObject>> m_watched{};
    View m_view = View::Before;
    std::vector<Shown> m_under{}; // what Esc goes back to
    QString m_title{}, m_footer{};
    QString m_rowsFor{}; // the text the rows belong to
    QString m_side{};
    CodeChoice m_centre{}; // of the tree
    CodeChoice m_refined{}; // what the chips stand for
    std::vector<CodeRefinement> m_more{};
    int m_chip = -1;
    bool m_refines = true;
    bool m_deferred = false; // picked() waits for the chips
    bool m_unremembered = false; // what the chips stand for has not been told as used
    int m_main = 0;
    bool m_mainMark = false;
    bool m_details = false;
    bool m_settingText = false;
    bool m_staying = false;
};

} // namespace naru::ui
