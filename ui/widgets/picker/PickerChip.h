// One chosen code as a button: its name, then in the warning colour what to mind about it, then ×.
#pragma once

#include <QPushButton>

namespace naru::ui {

class PickerChip final : public QPushButton {
    Q_OBJECT
public:
    PickerChip(const QString &name, const QString &warning, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_name{}, m_warning{};
};

} // namespace naru::ui
