#include "ui/forms/ValueEditor.h"

#include "ui/forms/DigitChoice.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/HangulTextEdit.h"

#include <QCheckBox>
#include <QEvent>
#include <QVBoxLayout>

namespace naru::ui {

using clinical::CodedValue;
using clinical::FieldKind;

namespace {

CodeChoice asChoice(const CodedValue &coded)
{
    CodeChoice choice;
    choice.coded = coded;
    choice.code = coded.code;
    choice.ko = coded.text();
    choice.key = coded.system + QLatin1Char('|') + coded.code;
    return choice;
}

} // namespace

ValueEditor::ValueEditor(
    FormContext &context, const clinical::FieldSpec &spec, Binding binding, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_spec(spec)
    , m_binding(std::move(binding))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    setObjectName(QStringLiteral("form.") + spec.key);
    switch (spec.kind) {
    case FieldKind::Multiline:
        makeText();
        break;
    case FieldKind::Date:
    case FieldKind::DateTime:
        makeDate();
        break;
    case FieldKind::Code:
        makeCode();
        break;
    case FieldKind::Concept:
        makeConcept();
        break;
    case FieldKind::Flag:
        makeFlag();
        break;
    default:
        makeLine();
        break;
    }
    reload();
}

void ValueEditor::adopt(QWidget *editor, QWidget *focus)
{
    static_cast<QVBoxLayout *>(layout())->addWidget(editor);
    m_focus = focus;
    m_focus->setObjectName(QStringLiteral("form.%1.editor").arg(m_spec.key));
    m_focus->installEventFilter(this);
    setFocusProxy(m_focus);
}

void ValueEditor::write(bool typing, const QString &text, const std::function<void(const FieldRef &)> &set)
{
    m_writing = true;
    const auto mutate = [&](DocumentModel::State &state) {
        set(m_binding.ref(state));
        if (m_binding.touched)
            m_binding.touched(state);
    };
    if (typing)
        m_context.model.type(m_binding.path, text, mutate);
    else
        m_context.model.edit(m_binding.path, mutate);
    m_writing = false;
}

void ValueEditor::reload()
{
    if (m_writing || !m_show)
        return;
    DocumentModel::State state = m_context.model.state();
    m_writing = true;
    m_show(m_binding.ref(state));
    m_writing = false;
}

void ValueEditor::setReadOnly(bool on)
{
    if (m_lock)
        m_lock(on);
}

void ValueEditor::setComplaint(const QString &text)
{
    if (m_complaint == text)
        return;
    m_complaint = text;
    Q_EMIT complaintChanged();
}

void ValueEditor::makeLine()
{
    auto *edit = new HangulLineEdit(this);
    edit->setAccessibleName(m_context.label(m_spec));
    edit->setLengthLimit(400);
    adopt(edit, edit);
    m_show = [edit](const FieldRef &ref) {
        if (edit->liveText() != textOf(ref))
            edit->setTextWhenIdle(textOf(ref));
    };
    m_lock = [edit](bool on) { edit->setReadOnly(on); };
    connect(edit, &HangulLineEdit::submitted, this, &ValueEditor::goOn);
    connect(edit, &HangulLineEdit::liveTextChanged, this, [this](const QString &text) {
        if (m_writing)
            return;
        write(true, text, [&](const FieldRef &ref) {
            if (auto *const *value = std::get_if<QString *>(&ref))
                **value = text;
        });
    });
}

void ValueEditor::makeText()
{
    auto *edit = new HangulTextEdit(this);
    edit->setAccessibleName(m_context.label(m_spec));
    edit->setVisibleLines(m_spec.isMember() ? 2 : 3, 12);
    if (m_context.expander)
        edit->setExpander(m_context.expander);
    adopt(edit, edit);
    m_show = [edit](const FieldRef &ref) {
        if (edit->liveText() != textOf(ref))
            edit->setTextWhenIdle(textOf(ref));
    };
    m_lock = [edit](bool on) { edit->setReadOnly(on); };
    connect(edit, &HangulTextEdit::liveTextChanged, this, [this](const QString &text) {
        if (m_writing)
            return;
        write(true, text, [&](const FieldRef &ref) {
            if (auto *const *value = std::get_if<QString *>(&ref))
                **value = text;
        });
    });
}

void ValueEditor::makeDate()
{
    auto *edit = new HangulLineEdit(this);
    edit->setAccessibleName(m_context.label(m_spec));
    edit->setPlaceholderText(
        m_spec.kind == FieldKind::Date ? QStringLiteral("yyyy-mm-dd") : QStringLiteral("yyyy-mm-dd hh:mm"));
    adopt(edit, edit);
    m_show = [this, edit](const FieldRef &ref) {
        if (m_complaint.isEmpty() && edit->liveText() != textOf(ref) && !edit->hasFocus())
            edit->setTextWhenIdle(textOf(ref));
    };
    m_lock = [edit](bool on) { edit->setReadOnly(on); };
    connect(edit, &HangulLineEdit::submitted, this, &ValueEditor::goOn);
    connect(edit, &HangulLineEdit::textChanged, this, [this](const QString &text) {
        if (m_writing)
            return;
        base::Timestamp time;
        if (!text.trimmed().isEmpty()) {
            const auto parsed = base::Timestamp::parseAny(text.trimmed());
            if (!parsed) {
                m_complaint = tr("“%1” is not a date").arg(text.trimmed()); // shown on leaving the field
                return;
            }
            time = *parsed;
        }
        setComplaint({});
        write(true, text, [&](const FieldRef &ref) {
            if (auto *const *value = std::get_if<base::Timestamp *>(&ref))
                **value = time;
        });
    });
}

void ValueEditor::makeCode()
{
    const auto choices = clinical::valueSetChoices(m_spec.valueSet);
    const FieldRef kind = [this] {
        DocumentModel::State state = m_context.model.state();
        return m_binding.ref(state);
    }();
    const bool coded = std::holds_alternative<CodedValue *>(kind);
    auto *choice =
        new DigitChoice(choices, m_context.korean, m_spec.key == QLatin1String("relay.clinical"), this);
    choice->setLabel(m_context.label(m_spec));
    static_cast<QVBoxLayout *>(layout())->addWidget(choice);
    setFocusProxy(choice);
    m_focus = choice;
    m_show = [choice](const FieldRef &ref) {
        if (const auto *value = std::get_if<CodedValue *>(&ref))
            choice->setValue((*value)->code);
        else
            choice->setValue(textOf(ref));
    };
    if (m_spec.key == QLatin1String("exception.which")) { // an enumeration of the law, not a string
        using Case = clinical::EmergencyException::Case;
        m_show = [this, choice](const FieldRef &) {
            const int which = int(m_context.model.document().exception.which);
            const auto all = clinical::valueSetChoices(m_spec.valueSet);
            choice->setValue(which > 0 && which <= int(all.size()) ? all[size_t(which - 1)].code : QString());
        };
        connect(choice, &DigitChoice::edited, this, [this, choices](const QString &code) {
            m_context.model.edit(m_binding.path, [&](DocumentModel::State &state) {
                for (size_t i = 0; i < choices.size(); ++i) {
                    if (choices[i].code == code)
                        state.document.exception.which = Case(int(i) + 1);
                }
            });
        });
    }
    m_lock = [choice](bool on) { choice->setReadOnly(on); };
    connect(choice, &DigitChoice::chosenByDigit, this, &ValueEditor::goOn);
    connect(choice, &DigitChoice::edited, this, [this, coded](const QString &code) {
        write(false, {}, [&](const FieldRef &ref) {
            if (coded) {
                CodedValue &value = **std::get_if<CodedValue *>(&ref);
                value.code = code;
                value.display = clinical::choiceKo(m_spec.valueSet, code);
            } else if (auto *const *value = std::get_if<QString *>(&ref)) {
                **value = code;
            }
        });
    });
}

void ValueEditor::makeConcept()
{
    auto *picker = new CodePicker(CodePicker::Mode::Single, this);
    picker->setLabel(m_context.label(m_spec));
    if (m_context.concepts)
        picker->setSource(m_context.concepts(m_spec.valueSet));
    adopt(picker, picker->editor());
    m_show = [picker](const FieldRef &ref) {
        const auto *value = std::get_if<CodedValue *>(&ref);
        if (!value || (*value)->isEmpty())
            picker->setChosen({});
        else
            picker->setChosen({asChoice(**value)});
    };
    m_lock = [picker](bool on) { picker->setReadOnly(on); };
    connect(picker, &CodePicker::picked, this, &ValueEditor::goOn);
    connect(picker, &CodePicker::edited, this, [this, picker] {
        if (m_writing)
            return;
        const CodedValue value = picker->chosen().empty() ? CodedValue() : picker->chosen().front().coded;
        write(false, {}, [&](const FieldRef &ref) {
            if (auto *const *coded = std::get_if<CodedValue *>(&ref))
                **coded = value;
        });
    });
    // Words that were typed and left are kept as the doctor's own text; nothing typed is lost.
    connect(picker->editor(), &QLineEdit::editingFinished, this, [this, picker] {
        const QString text = picker->editor()->liveText().trimmed();
        if (m_writing || !picker->chosen().empty() || picker->listVisible())
            return;
        write(false, {}, [&](const FieldRef &ref) {
            if (auto *const *coded = std::get_if<CodedValue *>(&ref)) {
                **coded = {};
                (*coded)->originalText = text;
            }
        });
    });
}

void ValueEditor::makeFlag()
{
    auto *box = new QCheckBox(m_context.label(m_spec), this);
    adopt(box, box);
    box->setAccessibleName(m_context.label(m_spec));
    m_show = [box](const FieldRef &ref) { box->setChecked(!textOf(ref).isEmpty()); };
    m_lock = [box](bool on) { box->setEnabled(!on); };
    connect(box, &QCheckBox::clicked, this, [this](bool on) {
        write(false, {}, [&](const FieldRef &ref) {
            if (auto *const *value = std::get_if<bool *>(&ref))
                **value = on;
        });
    });
}

bool ValueEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_focus && event->type() == QEvent::FocusOut) {
        Q_EMIT complaintChanged();
        Q_EMIT left();
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace naru::ui
