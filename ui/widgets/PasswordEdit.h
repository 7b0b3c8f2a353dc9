// A passphrase field with what goes wrong in Korea beside it: Hangul mode and Caps Lock are said in words.
#pragma once

#include "core/base/SecureBytes.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace naru::ui {

class Theme;

class PasswordEdit : public QWidget {
    Q_OBJECT
public:
    PasswordEdit(Theme &theme, const QString &label, const QString &name, QWidget *parent = nullptr);
    base::SecureBytes take(); // the text; the field is empty afterwards
    bool isEmpty() const;
    bool matches(const PasswordEdit &other) const;
    QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void submitted();

private:
    void describe();

    QLineEdit *m_edit = nullptr;
    QLabel *m_hint = nullptr;
};

} // namespace naru::ui
