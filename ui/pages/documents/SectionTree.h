// The sections of the document shown, numbered, with how much is in each and where text and values differ.
#pragma once

#include "ui/widgets/CdaView.h"

#include <QTreeWidget>

namespace naru::ui {

class SectionTree : public QTreeWidget {
    Q_OBJECT
public:
    SectionTree(const Theme &theme, QWidget *parent);
    void setSections(const std::vector<CdaView::SectionRow> &sections);
    // The text has reached this section; who walks through the tree is not moved away.
    void follow(int index);

Q_SIGNALS:
    void looked(int index); // chosen, or walked over
    void entered(int index); // the focus goes to the text as well

private:
    const Theme &m_theme;
};

} // namespace naru::ui
