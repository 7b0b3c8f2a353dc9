// What changed between two versions of a document, item by item.
#pragma once

#include "core/services/Types.h"

#include <QTreeWidget>

namespace naru::ui {

class Theme;

class DifferenceList : public QTreeWidget {
    Q_OBJECT
public:
    DifferenceList(const Theme &theme, QWidget *parent);
    void setDifferences(const std::vector<services::FieldDifference> &differences);
    bool goToNext(); // wraps round; false when there are none

private:
    const Theme &m_theme;
};

} // namespace naru::ui
