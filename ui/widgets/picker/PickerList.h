// The list of a CodePicker: a child of the window that never takes focus, because a popup that does commits a
// syllable twice under ibus. Shows rows, a title for everything that is not a plain search, details, sides
// and a line of keys; decides nothing.
#pragma once

#include "ui/widgets/CodeSource.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QListView;
class QPushButton;

namespace naru::ui {

class ChoiceDelegate;
class CodeChoiceModel;
class IdentityBanner;
class PickerRefine;

class PickerList final : public QFrame {
    Q_OBJECT
public:
    PickerList(CodeChoiceModel *model, QWidget *window);

    // -1 selects none. Call place() afterwards.
    void setRows(std::vector<CodeChoice> rows, int current, const QString &title);
    void setStale(bool stale);
    void setFooter(const QString &text);
    void setDetails(const std::vector<CodeDetail> &details); // empty hides them
    // "left", "right", "both" or empty.
    void setSides(bool visible, const QString &active);
    // The chips after a choice; none hides them.
    void setRefinements(const std::vector<CodeRefinement> &refinements);
    void setChip(int index);
    // Below or above the editor, inside the window, as high as its rows need and there is room for.
    void place(const QWidget *anchor);

    int current() const;
    void setCurrent(int row);
    // By rows, or by a page; stops at the ends.
    void move(int by);
    int page() const { return m_page; }

Q_SIGNALS:
    void clicked(int row);
    void sideClicked(const QString &side);
    void refineClicked(int index);
    void currentChanged(int row);

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeSides();
    int naturalHeight(int width, int most) const;
    int topOfRoom();
    void select(int row);
    void announce(int row);

    CodeChoiceModel *m_model;
    ChoiceDelegate *m_delegate = nullptr;
    QLabel *m_title = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_details = nullptr;
    PickerRefine *m_refine = nullptr;
    QWidget *m_sides = nullptr;
    QLabel *m_footer = nullptr;
    QPointer<IdentityBanner> m_banner{};
    int m_page = 7;
};

} // namespace naru::ui
