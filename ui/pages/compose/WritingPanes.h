// Sections, form and preview beside each other; where that leaves too little, form and preview take turns
// behind tabs.
#pragma once

#include <QSplitter>

class QTabBar;

namespace naru::ui {

class FormView;
class PreviewPane;
class SectionNav;
class Theme;

class WritingPanes : public QSplitter {
    Q_OBJECT
public:
    // `tabs` stand somewhere else; they are named and shown from here.
    WritingPanes(const Theme &theme, QTabBar *tabs, SectionNav *nav, FormView *form, PreviewPane *preview,
        QWidget *parent);
    void place(int width);
    bool isNarrow() const { return m_narrow; }
    bool isPreviewChosen() const;
    void bringForm();
    void bringOther();

Q_SIGNALS:
    void chosen(); // another tab

private:
    QTabBar *m_tabs;
    SectionNav *m_nav;
    FormView *m_form;
    PreviewPane *m_preview;
    bool m_placed = false, m_narrow = false;
};

} // namespace naru::ui
