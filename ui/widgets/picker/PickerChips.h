// The chosen codes as chips above the editor: Delete removes, Space marks the main one, Alt+Up and Alt+Down
// change the order.
#pragma once

#include "ui/widgets/CodeSource.h"

#include <QWidget>

namespace naru::ui {

class PickerChips final : public QWidget {
    Q_OBJECT
public:
    explicit PickerChips(QWidget *parent = nullptr);

    void setChips(const std::vector<CodeChoice> &chosen, int main, bool mainMark);
    bool focusLast(); // false when there is none
    void focusChip(int index);

Q_SIGNALS:
    void removeRequested(int index);
    void mainRequested(int index);
    void moveRequested(int index, int by);
    void leaveRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace naru::ui
