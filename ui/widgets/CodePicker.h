// Search-as-you-compose for everything that has a code. The list is a child of the window that never takes
// focus, because a popup that does commits a syllable twice under ibus; QCompleter and QComboBox see
// committed text only.
#pragma once

#include "ui/widgets/CodeSource.h"
#include "ui/widgets/HangulLineEdit.h"

#include <QPointer>
#include <QWidget>
#include <memory>

class QFrame;
class QLabel;
class QListView;

namespace naru::ui {

class CodeChoiceModel;

class CodePicker : public QWidget {
    Q_OBJECT
public:
    enum class Mode {
        Single, // one value, shown as the editor's text
        Chips, // several values, each a chip above the editor, one may be the main one
        Adding, // the owner keeps the values; the editor empties after each choice
    };
    explicit CodePicker(Mode mode, QWidget *parent = nullptr);
    ~CodePicker() override;

    void setSource(std::shared_ptr<CodeSource> source);
    CodeSource *source() const { return m_source.get(); }
    HangulLineEdit *editor() const { return m_edit; }
    // Name for people and screen readers: "Receiving institution".
    void setLabel(const QString &label);
    void setPlaceholderText(const QString &text) { m_edit->setPlaceholderText(text); }
    void setReadOnly(bool on);
    void setMainMarkVisible(bool on) { m_mainMark = on; }

    // Single: at most one. Setting does not emit.
    void setChosen(const std::vector<CodeChoice> &choices);
    const std::vector<CodeChoice> &chosen() const { return m_chosen; }
    int mainIndex() const { return m_main; }

    bool listVisible() const;
    std::vector<CodeChoice> rows() const;
    int currentRow() const;
    void showList();
    void hideList();

Q_SIGNALS:
    void picked(const naru::ui::CodeChoice &choice);
    void freeText(const QString &text);
    // Any change by the person: choice, removal, main mark, emptied text.
    void edited();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    bool keyPressed(class QKeyEvent *event);
    bool overrides(class QKeyEvent *event) const;
    void search();
    void setRows(std::vector<CodeChoice> rows, bool selectFirst, const QString &footer);
    void moveCurrent(int by);
    void choose(int row);
    void takeFreeText();
    void placeList();
    void watchAncestors(bool on);
    void rebuildChips();
    void removeChip(int index);
    void setFooter();
    void makeList();

    Mode m_mode;
    std::shared_ptr<CodeSource> m_source{};
    HangulLineEdit *m_edit = nullptr;
    QWidget *m_chips = nullptr;
    QPointer<QFrame> m_frame{};
    QPointer<QListView> m_list{};
    QPointer<QLabel> m_footer{};
    CodeChoiceModel *m_model = nullptr;
    std::vector<CodeChoice> m_chosen{};
    std::vector<QPointer<QObject>> m_watched{};
    int m_main = 0;
    bool m_mainMark = false;
    bool m_details = false;
    bool m_settingText = false;
    QString m_footerText{};
};

} // namespace naru::ui
