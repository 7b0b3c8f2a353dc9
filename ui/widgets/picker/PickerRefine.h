// The chips below a chosen code: what would say it more exactly, one line for each kind. Never takes focus;
// the editor's keys move over it.
#pragma once

#include "ui/widgets/CodeSource.h"

#include <QWidget>

class QGridLayout;
class QPushButton;

namespace naru::ui {

class PickerRefine final : public QWidget {
    Q_OBJECT
public:
    explicit PickerRefine(QWidget *parent = nullptr);

    void setRefinements(const std::vector<CodeRefinement> &refinements); // none: hidden
    void setCurrent(int index); // -1: none

Q_SIGNALS:
    void clicked(int index);

private:
    std::vector<QPushButton *> m_chips{};
    QGridLayout *m_grid = nullptr;
};

} // namespace naru::ui
