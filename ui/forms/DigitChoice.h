// One of a few choices by one digit: "(●)1 가능 ( )2 불가능". Used for the relay items, where each is asked
// once.
#pragma once

#include "core/clinical/forms/FormSpec.h"
#include "ui/widgets/HangulLineEdit.h"

#include <QWidget>
#include <vector>

class QRadioButton;

namespace naru::ui {

class DigitChoice : public QWidget {
    Q_OBJECT
public:
    // `other`: a last choice "기타" with a line of free text.
    DigitChoice(
        const std::vector<clinical::Choice> &choices, bool korean, bool other, QWidget *parent = nullptr);

    void setLabel(const QString &label);
    void setValue(const QString &code);
    QString value() const;
    void setReadOnly(bool on);

Q_SIGNALS:
    void edited(const QString &code);
    void chosenByDigit(); // the focus may go on

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose(int index, bool byDigit);

    std::vector<clinical::Choice> m_choices{};
    std::vector<QRadioButton *> m_buttons{};
    HangulLineEdit *m_other = nullptr;
};

} // namespace naru::ui
