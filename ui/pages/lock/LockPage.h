// Covers the whole window while it is locked: no patient, no list, only who may open it again.
#pragma once

#include "ui/shell/Page.h"

class QComboBox;
class QLabel;

namespace naru::ui {

class MessageStrip;
class PasswordEdit;

class LockPage : public Page {
    Q_OBJECT
public:
    explicit LockPage(AppContext &context, QWidget *parent = nullptr);
    static Page *make(AppContext &context, const PageRequest &request, QWidget *parent);
    QString title() const override;
    QList<QWidget *> panes() const override;

private:
    void unlock();

    QComboBox *m_user = nullptr;
    PasswordEdit *m_password = nullptr;
    MessageStrip *m_strip = nullptr;
    bool m_trying = false;
};

} // namespace naru::ui
