#include "ui/widgets/PasswordEdit.h"

#include "ui/widgets/Parts.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace naru::ui {

PasswordEdit::PasswordEdit(Theme &theme, const QString &label, const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
{
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 1);
    column->addWidget(labelled(theme, label, m_edit, this));
    m_edit->setObjectName(name);
    m_edit->setAccessibleName(label);
    m_edit->setEchoMode(QLineEdit::Password);
    m_hint = themedLabel(theme, {}, Theme::Face::Caption, "warn", this);
    m_hint->setMinimumHeight(theme.unit(4));
    column->addWidget(m_hint);
    m_edit->setMinimumHeight(theme.controlHeight()); // never squeezed
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &PasswordEdit::describe);
    connect(m_edit, &QLineEdit::returnPressed, this, &PasswordEdit::submitted);
}

base::SecureBytes PasswordEdit::take()
{
    QByteArray text = m_edit->text().normalized(QString::NormalizationForm_C).toUtf8();
    m_edit->clear();
    base::SecureBytes secret{QByteArrayView(text)};
    text.fill('\0');
    return secret;
}

bool PasswordEdit::isEmpty() const
{
    return m_edit->text().isEmpty();
}

bool PasswordEdit::matches(const PasswordEdit &other) const
{
    return m_edit->text() == other.m_edit->text();
}

void PasswordEdit::describe()
{
    const QString text = m_edit->text();
    bool hangul = false, capital = false, small = false;
    for (const QChar letter : text) {
        hangul = hangul || letter.script() == QChar::Script_Hangul;
        capital = capital || letter.isUpper();
        small = small || letter.isLower();
    }
    m_hint->setText(hangul                         ? tr("Hangul was typed: is the keyboard in Korean mode?")
            : capital && !small && text.size() > 2 ? tr("Capitals only: is Caps Lock on?")
                                                   : QString());
    m_edit->setAccessibleDescription(m_hint->text());
}

} // namespace naru::ui
