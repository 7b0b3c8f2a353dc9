#include "ui/forms/SectionView.h"

#include "ui/forms/ContentAccess.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/EntryList.h"
#include "ui/forms/RecipientEditor.h"
#include "ui/forms/ValueEditor.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/SourceChip.h"

#include <QApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

using clinical::FieldKind;

SectionView::SectionView(FormContext &context, const clinical::FieldSpec &spec, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_spec(spec)
    , m_layout(new QVBoxLayout(this))
    , m_title(new QLabel(this))
    , m_state(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_error(new QLabel(this))
    , m_chip(new SourceChip(context.theme, this))
    , m_open(new QPushButton(this))
    , m_body(new QWidget(this))
{
    const int unit = context.theme.unit();
    setObjectName(QStringLiteral("form.section.") + spec.key);
    m_layout->setContentsMargins(3 * unit, 2 * unit, 2 * unit, 2 * unit);
    m_layout->setSpacing(unit);
    auto *head = new QHBoxLayout;
    head->setSpacing(2 * unit);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setText(context.label(spec));
    m_title->setFont(context.theme.font(Theme::Face::BodyBold));
    m_state->setTextFormat(Qt::PlainText);
    m_open->setText(tr("Write"));
    m_open->setAccessibleName(tr("Write: %1").arg(context.label(spec)));
    m_open->setObjectName(QStringLiteral("form.%1.open").arg(spec.key));
    head->addWidget(m_title);
    head->addWidget(m_state);
    head->addStretch(1);
    head->addWidget(m_chip);
    head->addWidget(m_open);
    m_layout->addLayout(head);
    for (QLabel *coloured : {m_state, m_error}) // a form is a surface: its labels would be drawn as Text
        coloured->setForegroundRole(QPalette::WindowText);
    m_hint->setText(context.hint(spec));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setFont(context.theme.font(Theme::Face::Caption));
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setVisible(!m_hint->text().isEmpty());
    m_layout->addWidget(m_hint);
    auto *body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(2 * unit);
    m_layout->addWidget(m_body);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->hide();
    m_layout->addWidget(m_error);
    makeEditors();
    connect(m_open, &QPushButton::clicked, this, [this] {
        expand();
        focusField();
    });
    connect(m_chip, &SourceChip::revertRequested, this, [this] {
        m_context.model.edit(m_spec.key, [this](DocumentModel::State &state) {
            if (clinical::Text *text = textField(state.document.content, m_spec.key)) {
                text->text = text->source.original;
                text->source.reviewed = false;
            }
        });
        reload();
    });
    DocumentModel::State state = context.model.state();
    m_collapsed = spec.requirement == clinical::Requirement::Optional
        && sectionEmpty(state.document, spec.key) && spec.kind != FieldKind::Institution;
    reload();
}

void SectionView::makeEditors()
{
    auto *body = static_cast<QVBoxLayout *>(m_body->layout());
    if (m_spec.kind == FieldKind::Institution) {
        m_recipients = new RecipientEditor(m_context, m_body);
        body->addWidget(m_recipients);
        connect(m_recipients, &RecipientEditor::goOn, this, &SectionView::goOn);
        connect(m_recipients, &RecipientEditor::left, this, &SectionView::leftField);
        return;
    }
    if (m_spec.kind == FieldKind::List) {
        m_list = new EntryList(m_context, m_spec, m_body);
        body->addWidget(m_list);
        connect(m_list->adder()->editor(), &QLineEdit::editingFinished, this, &SectionView::leftField);
        return;
    }
    if (m_spec.kind != FieldKind::Group) {
        ValueEditor::Binding binding;
        const QString key = m_spec.key;
        binding.path = key;
        binding.ref = [key](DocumentModel::State &state) -> FieldRef {
            if (clinical::Text *text = textField(state.document.content, key))
                return &text->text;
            return {};
        };
        binding.touched = [key](DocumentModel::State &state) {
            if (clinical::Text *text = textField(state.document.content, key)) {
                text->source.reviewed = true;
                if (text->source.kind == clinical::Source::Kind::None)
                    text->source.kind = clinical::Source::Kind::Typed;
            }
        };
        auto *editor = new ValueEditor(m_context, m_spec, binding, m_body);
        body->addWidget(editor);
        m_values.push_back(editor);
    } else {
        for (const clinical::FieldSpec &spec : clinical::formFields(m_context.model.document().form)) {
            if (!spec.key.startsWith(m_spec.key + QLatin1Char('.')))
                continue;
            const QString key = spec.key;
            ValueEditor::Binding binding;
            binding.path = key;
            binding.ref = [key](DocumentModel::State &state) { return groupMember(state.document, key); };
            auto *cell = new QVBoxLayout;
            cell->setSpacing(m_context.theme.unit());
            auto *label = new QLabel(m_body);
            label->setTextFormat(Qt::PlainText);
            label->setText(m_context.label(spec)
                + (spec.requirement == clinical::Requirement::Optional ? QStringLiteral("  ") + tr("optional")
                                                                       : QString()));
            auto *editor = new ValueEditor(m_context, spec, binding, m_body);
            label->setBuddy(editor);
            cell->addWidget(label);
            cell->addWidget(editor);
            body->addLayout(cell);
            m_values.push_back(editor);
        }
    }
    for (size_t i = 0; i < m_values.size(); ++i) {
        connect(m_values[i], &ValueEditor::left, this, &SectionView::leftField);
        connect(m_values[i], &ValueEditor::complaintChanged, this, &SectionView::showProblems);
        connect(m_values[i], &ValueEditor::goOn, this, [this, i] {
            // On to the next one that is still asked for; optional ones are passed by.
            DocumentModel::State state = m_context.model.state();
            for (size_t next = i + 1; next < m_values.size(); ++next) {
                if (m_values[next]->spec().requirement != clinical::Requirement::Optional
                    && textOf(groupMember(state.document, m_values[next]->spec().key)).isEmpty()) {
                    m_values[next]->setFocus(Qt::TabFocusReason);
                    return;
                }
            }
            Q_EMIT goOn();
        });
    }
}

void SectionView::reload()
{
    DocumentModel::State state = m_context.model.state();
    const bool empty = sectionEmpty(state.document, m_spec.key);
    if (!empty)
        m_collapsed = false;
    if (m_recipients)
        m_recipients->reload();
    if (m_list)
        m_list->reload();
    for (ValueEditor *editor : m_values)
        editor->reload();
    m_review = m_context.model.needsReview(m_spec.key);
    const clinical::Text *text = textField(state.document.content, m_spec.key);
    m_chip->setVisible(text && !empty && text->source.kind != clinical::Source::Kind::None);
    if (text) {
        m_chip->setSource(text->source);
        m_chip->setRevertible(
            !m_readOnly && !text->source.original.isEmpty() && text->source.original != text->text);
    }
    QString words;
    const char *token = "textSecondary";
    if (m_review) {
        words = tr("? not reviewed (F7)");
        token = "warn";
    } else if (m_spec.requirement == clinical::Requirement::Required) {
        words = tr("required");
    } else if (m_spec.requirement == clinical::Requirement::Relay) {
        words = tr("for the insurer's relay");
    } else if (empty) {
        words = tr("nothing from the EMR – optional");
    } else {
        words = tr("optional");
    }
    const int count = m_list ? listCount(state.document.content, m_spec.key) : 0;
    m_title->setText(m_context.label(m_spec) + (count > 0 ? QStringLiteral(" (%1)").arg(count) : QString()));
    m_state->setText(words);
    QPalette palette = m_state->palette();
    palette.setColor(QPalette::WindowText, m_context.theme.color(token));
    m_state->setPalette(palette);
    m_body->setVisible(!m_collapsed);
    m_hint->setVisible(!m_collapsed && !m_hint->text().isEmpty());
    m_open->setVisible(m_collapsed && !m_readOnly);
    update();
}

void SectionView::setReadOnly(bool on)
{
    m_readOnly = on;
    if (m_recipients)
        m_recipients->setReadOnly(on);
    if (m_list)
        m_list->setReadOnly(on);
    for (ValueEditor *editor : m_values)
        editor->setReadOnly(on);
    reload();
}

void SectionView::expand()
{
    if (!m_collapsed)
        return;
    m_collapsed = false;
    reload();
}

bool SectionView::hasFocusInside() const
{
    const QWidget *focus = QApplication::focusWidget();
    return focus && isAncestorOf(focus);
}

void SectionView::focusField(const QString &field)
{
    expand();
    if (m_recipients) {
        if (field.endsWith(QLatin1String("department")))
            m_recipients->department()->editor()->setFocus(Qt::TabFocusReason);
        else
            m_recipients->institution()->editor()->setFocus(Qt::TabFocusReason);
        return;
    }
    if (m_list) {
        m_list->focusFirst();
        return;
    }
    for (ValueEditor *editor : m_values) {
        if (field.isEmpty() || editor->spec().key == field || m_values.size() == 1) {
            editor->setFocus(Qt::TabFocusReason);
            return;
        }
    }
    if (!m_values.empty())
        m_values.front()->setFocus(Qt::TabFocusReason);
}

void SectionView::leftField()
{
    m_left = true;
    showProblems();
}

void SectionView::reveal()
{
    m_left = true;
    if (!m_problems.empty())
        expand();
    showProblems();
}

void SectionView::setProblems(const std::vector<clinical::RuleProblem> &problems)
{
    m_problems = problems;
    showProblems();
}

void SectionView::showProblems()
{
    QStringList lines;
    bool error = false;
    for (ValueEditor *editor : m_values) {
        if (!editor->complaint().isEmpty()) {
            lines << QStringLiteral("! ") + editor->complaint();
            error = true;
        }
    }
    if (m_left || !m_error->isHidden()) {
        for (const clinical::RuleProblem &problem : m_problems) {
            if (problem.severity == clinical::RuleProblem::Severity::Information)
                continue;
            lines << QStringLiteral("! ") + (m_context.korean ? problem.messageKo : problem.messageEn);
            error = error || problem.severity == clinical::RuleProblem::Severity::Error;
        }
    }
    lines.removeDuplicates();
    const QString text = lines.join(QLatin1Char('\n'));
    m_error->setText(text);
    m_error->setVisible(!text.isEmpty());
    QPalette palette = m_error->palette();
    palette.setColor(QPalette::WindowText, m_context.theme.color(error ? "error" : "warn"));
    m_error->setPalette(palette);
    setAccessibleDescription(text);
    for (ValueEditor *editor : m_values) {
        if (QWidget *target = editor->focusProxy())
            target->setAccessibleDescription(text);
    }
    if (m_recipients)
        m_recipients->institution()->editor()->setAccessibleDescription(text);
}

void SectionView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
}

void SectionView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int bar = qMax(3, m_context.theme.unit() * 3 / 4);
    if (m_review)
        painter.fillRect(QRect(0, m_context.theme.unit(), bar, height() - 2 * m_context.theme.unit()),
            m_context.theme.color("warn"));
    painter.setPen(m_context.theme.color("divider"));
    painter.drawLine(0, height() - 1, width(), height() - 1);
}

} // namespace naru::ui
