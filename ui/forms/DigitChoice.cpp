#include "ui/forms/DigitChoice.h"

#include "ui/widgets/FlowLayout.h"

#include <QKeyEvent>
#include <QRadioButton>

namespace naru::ui {

DigitChoice::DigitChoice(
    const std::vector<clinical::Choice> &choices, bool korean, bool other, QWidget *parent)
    : QWidget(parent)
    , m_choices(choices)
{
    auto *layout = new FlowLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(fontMetrics().height());
    for (size_t i = 0; i < m_choices.size() + (other ? 1 : 0); ++i) {
        const QString word = i == m_choices.size() ? tr("Other") : korean ? m_choices[i].ko : m_choices[i].en;
        auto *button = new QRadioButton(QStringLiteral("%1 %2").arg(i + 1).arg(word), this);
        button->setObjectName(QStringLiteral("digitChoice.%1").arg(i + 1));
        button->installEventFilter(this);
        connect(button, &QRadioButton::clicked, this, [this, i] { choose(int(i), false); });
        m_buttons.push_back(button);
        layout->addWidget(button);
    }
    if (other) {
        m_other = new HangulLineEdit(this);
        m_other->setMinimumWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * 24);
        m_other->hide();
        connect(m_other, &HangulLineEdit::liveTextChanged, this, [this](const QString &text) {
            if (m_buttons.back()->isChecked())
                Q_EMIT edited(text.trimmed());
        });
        layout->addWidget(m_other);
    }
    if (!m_buttons.empty())
        setFocusProxy(m_buttons.front());
}

void DigitChoice::setLabel(const QString &label)
{
    setAccessibleName(label);
    for (QRadioButton *button : m_buttons)
        button->setAccessibleName(label + QStringLiteral(": ") + button->text());
    if (m_other)
        m_other->setAccessibleName(label + QStringLiteral(": ") + tr("Other"));
}

void DigitChoice::setValue(const QString &code)
{
    if (code == value())
        return;
    int found = -1;
    for (size_t i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i].code == code)
            found = int(i);
    }
    if (found < 0 && m_other && !code.isEmpty()) {
        found = int(m_buttons.size()) - 1;
        m_other->setTextWhenIdle(code);
    }
    for (size_t i = 0; i < m_buttons.size(); ++i) {
        m_buttons[i]->setAutoExclusive(false); // so that "none" can be shown again after undo
        m_buttons[i]->setChecked(int(i) == found);
        m_buttons[i]->setAutoExclusive(true);
    }
    if (m_other)
        m_other->setVisible(found == int(m_buttons.size()) - 1);
}

QString DigitChoice::value() const
{
    for (size_t i = 0; i < m_buttons.size(); ++i) {
        if (m_buttons[i]->isChecked())
            return i < m_choices.size() ? m_choices[i].code
                : m_other               ? m_other->liveText().trimmed()
                                        : QString();
    }
    return {};
}

void DigitChoice::setReadOnly(bool on)
{
    for (QRadioButton *button : m_buttons)
        button->setEnabled(!on);
    if (m_other)
        m_other->setReadOnly(on);
}

void DigitChoice::choose(int index, bool byDigit)
{
    if (index < 0 || index >= int(m_buttons.size()))
        return;
    m_buttons[size_t(index)]->setChecked(true);
    const bool other = m_other && index == int(m_buttons.size()) - 1;
    if (m_other)
        m_other->setVisible(other);
    Q_EMIT edited(value());
    if (other)
        m_other->setFocus(Qt::TabFocusReason);
    else if (byDigit)
        Q_EMIT chosenByDigit();
}

bool DigitChoice::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int index = key->key() - Qt::Key_1;
        const bool bare = !(key->modifiers() & ~Qt::KeypadModifier);
        if (bare && index >= 0 && index < int(m_buttons.size())) {
            choose(index, true);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace naru::ui
