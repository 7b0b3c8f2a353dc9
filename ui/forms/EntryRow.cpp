#include "ui/forms/EntryRow.h"

#include "ui/forms/ContentAccess.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/TermRows.h"
#include "ui/forms/ValueEditor.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/SourceChip.h"
#include "ui/widgets/picker/PickerWords.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

using clinical::FieldKind;

EntryRow::EntryRow(
    FormContext &context, const QString &list, std::shared_ptr<CodeSource> terms, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_list(list)
    , m_terms(std::move(terms))
    , m_box(new QCheckBox(this))
    , m_words(new QLabel(this))
    , m_code(new QLabel(this))
    , m_warning(new QLabel(this))
    , m_chip(new SourceChip(context.theme, this))
    , m_edit(new QPushButton(tr("Edit"), this))
{
    const int unit = context.theme.unit();
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(2 * unit, unit, 0, unit);
    outer->setSpacing(unit);
    auto *line = new QHBoxLayout;
    line->setSpacing(2 * unit);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_words->installEventFilter(this);
    m_code->setTextFormat(Qt::PlainText);
    m_code->setForegroundRole(QPalette::PlaceholderText);
    m_edit->setFlat(true);
    m_edit->setFocusPolicy(Qt::TabFocus);
    line->addWidget(m_box, 0, Qt::AlignVCenter);
    m_warning->setObjectName(QStringLiteral("form.%1.warning").arg(list));
    m_warning->setTextFormat(Qt::PlainText);
    m_warning->setWordWrap(true);
    m_warning->hide();
    for (QLabel *coloured : {m_words, m_warning}) // a form is a surface: its labels would be drawn as Text
        coloured->setForegroundRole(QPalette::WindowText);
    auto *words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_words);
    words->addWidget(m_warning);
    line->addLayout(words, 1);
    line->addWidget(m_code, 0, Qt::AlignVCenter);
    line->addWidget(m_chip, 0, Qt::AlignVCenter);
    line->addWidget(m_edit, 0, Qt::AlignVCenter);
    outer->addLayout(line);
    m_box->setObjectName(QStringLiteral("form.%1.row").arg(list));
    m_box->installEventFilter(this);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::clicked, this, &EntryRow::toggled);
    connect(m_edit, &QPushButton::clicked, this, [this] { openEditor(!isOpen()); });
}

void EntryRow::place(bool included, int index)
{
    if (m_included != included || m_index != index)
        openEditor(false);
    m_included = included;
    m_index = index;
    refresh();
}

QStringList EntryRow::warnings(clinical::Content &content) const
{
    const clinical::CodedValue *coded = m_included ? listCoded(content, m_list, m_index) : nullptr;
    if (!m_terms || !coded || coded->code.isEmpty())
        return {};
    std::optional<CodeChoice> judged = m_terms->judged(*coded);
    if (!judged)
        return {};
    const FieldRef main = listMember(content, m_list, m_index, QStringLiteral("main"));
    if (auto *const *isMain = std::get_if<bool *>(&main); !isMain || !**isMain)
        judged->mainAllowed = true; // it is not asked to be the main one
    return PickerWords::warnings(*judged);
}

void EntryRow::refresh()
{
    DocumentModel::State state = m_context.model.state();
    clinical::Content &content = m_included ? state.document.content : state.leftOut;
    const QString words = listSummary(content, m_list, m_index, m_context.korean);
    m_words->setText(words.isEmpty() ? tr("(empty row)") : words);
    const clinical::CodedValue *coded = listCoded(content, m_list, m_index);
    const QString code = coded ? TermRows::shownCode(coded->system, coded->code) : QString();
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
    m_box->setChecked(m_included);
    QStringList minded = warnings(content);
    m_warning->setText(minded.join(QStringLiteral(" · ")));
    m_warning->setVisible(!minded.isEmpty());
    if (const clinical::Source *source = listSource(content, m_list, m_index)) {
        m_chip->setSource(*source);
        m_unreviewed = m_included && !source->reviewed && source->kind != clinical::Source::Kind::Typed
            && source->kind != clinical::Source::Kind::None;
    }
    const QString name = words + (code.isEmpty() ? QString() : QStringLiteral(", ") + code)
        + (m_unreviewed ? QStringLiteral(", ") + tr("not reviewed") : QString());
    m_box->setAccessibleName(name);
    for (QString &warning : minded)
        warning = PickerWords::withoutSymbol(warning);
    minded << (tr("Space includes or leaves out, Enter edits, Delete removes, Alt+Up and Alt+Down move it"));
    m_box->setAccessibleDescription(minded.join(QStringLiteral(". ")));
    m_edit->setAccessibleName(tr("Edit %1").arg(words));
    QPalette palette = m_words->palette();
    palette.setColor(QPalette::WindowText, m_context.theme.color(m_included ? "text" : "textSecondary"));
    m_words->setPalette(palette);
    QPalette warned = m_warning->palette();
    warned.setColor(QPalette::WindowText, m_context.theme.color("warn"));
    m_warning->setPalette(warned);
    for (ValueEditor *editor : m_editors)
        editor->reload();
    update();
}

void EntryRow::setReadOnly(bool on)
{
    m_readOnly = on;
    m_box->setEnabled(!on);
    m_edit->setVisible(!on);
    if (on)
        openEditor(false);
}

void EntryRow::makePanel()
{
    const int unit = m_context.theme.unit();
    m_panel = new QWidget(this);
    auto *grid = new QGridLayout(m_panel);
    grid->setContentsMargins(6 * unit, 0, 0, unit);
    grid->setHorizontalSpacing(3 * unit);
    grid->setVerticalSpacing(unit);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    int row = 0, column = 0;
    for (const clinical::FieldSpec &spec : clinical::formFields(m_context.model.document().form)) {
        if (!spec.key.startsWith(m_list + QLatin1Char('.')))
            continue;
        const QString member = spec.key.mid(m_list.size() + 1);
        ValueEditor::Binding binding;
        binding.path = QStringLiteral("%1[%2].%3").arg(m_list).arg(m_index).arg(member);
        const QString list = m_list;
        const int index = m_index;
        const bool included = m_included;
        binding.ref = [list, index, member, included](DocumentModel::State &state) {
            return listMember(included ? state.document.content : state.leftOut, list, index, member);
        };
        binding.touched = [list, index, included](DocumentModel::State &state) {
            if (clinical::Source *source =
                    listSource(included ? state.document.content : state.leftOut, list, index)) {
                source->reviewed = true;
                if (source->kind == clinical::Source::Kind::None)
                    source->kind = clinical::Source::Kind::Typed;
            }
        };
        auto *editor = new ValueEditor(m_context, spec, binding, m_panel);
        const bool wide = spec.kind == FieldKind::Multiline || spec.kind == FieldKind::Concept
            || spec.kind == FieldKind::Code;
        if (wide && column == 1) {
            column = 0;
            ++row;
        }
        auto *cell = new QVBoxLayout;
        cell->setSpacing(unit);
        if (spec.kind != FieldKind::Flag) {
            auto *label = new QLabel(m_context.label(spec), m_panel);
            label->setBuddy(editor);
            cell->addWidget(label);
        }
        cell->addWidget(editor);
        grid->addLayout(cell, row, column, 1, wide ? 2 : 1);
        m_editors.push_back(editor);
        connect(editor, &ValueEditor::goOn, this, [this, editor] {
            const auto at = std::find(m_editors.begin(), m_editors.end(), editor);
            if (at + 1 != m_editors.end())
                (*(at + 1))->setFocus(Qt::TabFocusReason);
            else
                Q_EMIT closed();
        });
        if (wide || column == 1) {
            column = 0;
            ++row;
        } else {
            column = 1;
        }
    }
    static_cast<QVBoxLayout *>(layout())->addWidget(m_panel);
}

void EntryRow::openEditor(bool on)
{
    if (on == isOpen() || (on && m_readOnly))
        return;
    if (on) {
        makePanel();
        m_panel->show();
        m_edit->setText(tr("Close"));
        if (!m_editors.empty()) {
            // The row was chosen a moment ago: what is still empty comes next.
            ValueEditor *first = m_editors.front();
            DocumentModel::State state = m_context.model.state();
            for (ValueEditor *editor : m_editors) {
                const QString member = editor->spec().key.mid(m_list.size() + 1);
                clinical::Content &content = m_included ? state.document.content : state.leftOut;
                if (textOf(listMember(content, m_list, m_index, member)).isEmpty()) {
                    first = editor;
                    break;
                }
            }
            first->setFocus(Qt::TabFocusReason);
        }
    } else {
        m_edit->setText(tr("Edit"));
        m_editors.clear();
        m_panel->hide();
        m_panel->deleteLater();
        m_panel = nullptr;
    }
    updateGeometry();
}

bool EntryRow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_words && event->type() == QEvent::MouseButtonDblClick) {
        openEditor(true);
        return true;
    }
    if (watched == m_box && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down: {
            const int by = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Up ? -1 : 1;
            if (!(static_cast<QKeyEvent *>(event)->modifiers() & Qt::AltModifier))
                Q_EMIT moveFocus(by);
            else if (!m_readOnly)
                Q_EMIT moveRequested(by);
            return true;
        }
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_F2:
            if (static_cast<QKeyEvent *>(event)->modifiers() & Qt::ControlModifier)
                return false;
            openEditor(!isOpen());
            return true;
        case Qt::Key_Delete:
            if (!m_readOnly)
                Q_EMIT removeRequested();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void EntryRow::paintEvent(QPaintEvent *)
{
    if (!m_unreviewed)
        return;
    QPainter painter(this);
    painter.fillRect(rect(), m_context.theme.color("tintReview"));
    painter.fillRect(
        QRect(0, 0, qMax(3, m_context.theme.unit() * 3 / 4), height()), m_context.theme.color("warn"));
}

} // namespace naru::ui
