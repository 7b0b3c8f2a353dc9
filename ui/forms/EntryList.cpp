#include "ui/forms/EntryList.h"

#include "core/base/Oid.h"
#include "ui/forms/ContentAccess.h"
#include "ui/forms/DocumentModel.h"
#include "ui/forms/EntryRow.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/CodePicker.h"
#include "ui/widgets/picker/Qualifiers.h"

#include <QCheckBox>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

namespace naru::ui {

using clinical::FieldKind;

namespace {

std::shared_ptr<CodeSource> choiceSource(const QString &valueSet)
{
    std::vector<CodeChoice> rows;
    for (const clinical::Choice &choice : clinical::valueSetChoices(valueSet)) {
        CodeChoice row;
        row.key = row.code = choice.code;
        row.ko = choice.ko;
        row.en = choice.en;
        row.coded.code = choice.code;
        row.coded.display = choice.ko;
        row.coded.displayEn = choice.en;
        row.coded.system = base::oid("loinc").text(); // vital signs are the only coded list of this kind
        rows.push_back(row);
    }
    return std::make_shared<ListSource>(std::move(rows), true);
}

// A form that asks how severe has its answer already.
void saySeverity(
    clinical::Content &content, const QString &list, int index, const clinical::CodedValue &coded)
{
    const QString word = Qualifiers::word(QStringLiteral("severity"), coded.severity);
    const FieldRef ref = listMember(content, list, index, QStringLiteral("severity"));
    if (auto *const *text = std::get_if<QString *>(&ref); text && (*text)->isEmpty())
        **text = word;
}

} // namespace

EntryList::EntryList(FormContext &context, const clinical::FieldSpec &spec, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_spec(spec)
    , m_layout(new QVBoxLayout(this))
    , m_adder(new CodePicker(CodePicker::Mode::Adding, this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(context.theme.unit() / 2);
    std::shared_ptr<CodeSource> source;
    for (const clinical::FieldSpec &member : clinical::formFields(context.model.document().form)) {
        if (!member.key.startsWith(spec.key + QLatin1Char('.')))
            continue;
        const QString name = member.key.mid(spec.key.size() + 1);
        const bool coded = member.kind == FieldKind::Concept
            || (member.kind == FieldKind::Code && name == QLatin1String("code"));
        if (coded && (m_codeMember.isEmpty() || member.requirement == clinical::Requirement::Required)) {
            m_codeMember = name;
            source = member.kind == FieldKind::Concept
                ? (context.concepts ? context.concepts(member.valueSet) : nullptr)
                : choiceSource(member.valueSet);
        } else if (member.requirement == clinical::Requirement::Required) {
            m_needsMore = true;
        }
        if (name == QLatin1String("value"))
            m_needsMore = true;
    }
    m_terms = source;
    m_adder->setSource(source ? source : std::make_shared<ListSource>(std::vector<CodeChoice>{}, true));
    m_adder->setLabel(tr("Add: %1").arg(context.label(spec)));
    m_adder->setPlaceholderText(tr("Add… (name, initial consonants or code)"));
    m_adder->editor()->setObjectName(QStringLiteral("form.%1.add").arg(spec.key));
    setFocusProxy(m_adder);
    m_layout->addWidget(m_adder);
    connect(m_adder, &CodePicker::picked, this, &EntryList::add);
    connect(m_adder, &CodePicker::refined, this, &EntryList::refine);
    m_adder->setRefines(!m_needsMore); // the new row opens at once
    connect(m_adder, &CodePicker::backOut, this, [this] { focusRow(int(m_rows.size()) - 1); });
    connect(m_adder, &CodePicker::freeText, this, [this](const QString &text) {
        CodeChoice choice;
        choice.coded.originalText = text;
        add(choice);
    });
    rebuild();
}

void EntryList::connectRow(EntryRow *row)
{
    connect(row, &EntryRow::toggled, this, [this, row](bool on) { toggle(row, on); });
    connect(row, &EntryRow::removeRequested, this, [this, row] { remove(row); });
    connect(row, &EntryRow::moveRequested, this, [this, row](int by) { move(row, by); });
    connect(row, &EntryRow::closed, this, [this, row] {
        row->openEditor(false);
        m_adder->setFocus(Qt::TabFocusReason);
    });
    connect(row, &EntryRow::moveFocus, this, [this, row](int by) {
        const auto at = std::find(m_rows.begin(), m_rows.end(), row);
        focusRow(int(at - m_rows.begin()) + by);
    });
}

void EntryList::focusRow(int row)
{
    if (row >= int(m_rows.size()))
        m_adder->setFocus(Qt::TabFocusReason);
    else if (row >= 0)
        m_rows[size_t(row)]->box()->setFocus(Qt::TabFocusReason);
}

void EntryList::focusFirst()
{
    focusRow(0);
}

void EntryList::rebuild()
{
    const DocumentModel &model = m_context.model;
    const int in = listCount(model.document().content, m_spec.key),
              out = listCount(model.leftOut(), m_spec.key);
    while (int(m_rows.size()) > in + out) {
        m_rows.back()->hide();
        m_rows.back()->deleteLater();
        m_rows.pop_back();
    }
    while (int(m_rows.size()) < in + out) {
        auto *row = new EntryRow(m_context, m_spec.key, m_terms, this);
        connectRow(row);
        row->setReadOnly(m_readOnly);
        m_layout->insertWidget(int(m_rows.size()), row);
        m_rows.push_back(row);
    }
    for (int i = 0; i < in + out; ++i)
        m_rows[size_t(i)]->place(i < in, i < in ? i : i - in);
    QWidget *before = nullptr;
    for (EntryRow *row : m_rows) {
        if (before)
            setTabOrder(before, row->box());
        before = row->box();
    }
    if (before)
        setTabOrder(before, m_adder->editor());
    updateGeometry();
}

void EntryList::reload()
{
    const DocumentModel &model = m_context.model;
    int in = 0;
    for (const EntryRow *row : m_rows)
        in += row->included() ? 1 : 0;
    if (in != listCount(model.document().content, m_spec.key)
        || int(m_rows.size()) - in != listCount(model.leftOut(), m_spec.key)) {
        rebuild();
        return;
    }
    for (EntryRow *row : m_rows)
        row->refresh();
}

void EntryList::setReadOnly(bool on)
{
    m_readOnly = on;
    m_adder->setVisible(!on);
    for (EntryRow *row : m_rows)
        row->setReadOnly(on);
}

void EntryList::add(const CodeChoice &choice)
{
    const QString key = m_spec.key, member = m_codeMember;
    m_context.model.edit(key, [&](DocumentModel::State &state) {
        clinical::Content &content = state.document.content;
        const int at = listAppend(content, key);
        if (const FieldRef ref = listMember(content, key, at, member);
            auto *const *coded = std::get_if<clinical::CodedValue *>(&ref))
            **coded = choice.coded;
        if (clinical::Source *source = listSource(content, key, at)) {
            source->kind = clinical::Source::Kind::Typed;
            source->reviewed = true;
        }
        // The first diagnosis is the main one until the doctor says otherwise.
        if (const FieldRef main = listMember(content, key, at, QStringLiteral("main"));
            at == 0 && std::holds_alternative<bool *>(main))
            **std::get_if<bool *>(&main) = true;
    });
    reload();
    const int included = listCount(m_context.model.document().content, key);
    if (m_needsMore && !m_adder->staying() && included > 0 && included <= int(m_rows.size())) {
        // After the picker has emptied itself and given up its list.
        QTimer::singleShot(
            0, m_rows[size_t(included - 1)], [row = m_rows[size_t(included - 1)]] { row->openEditor(true); });
    }
}

// The row that was added a moment ago: the last of those that go into the document with that code.
void EntryList::refine(const CodeChoice &before, const CodeChoice &after)
{
    const QString key = m_spec.key, member = m_codeMember;
    m_context.model.edit(key, [&](DocumentModel::State &state) {
        clinical::Content &content = state.document.content;
        for (int at = listCount(content, key) - 1; at >= 0; --at) {
            const FieldRef ref = listMember(content, key, at, member);
            auto *const *coded = std::get_if<clinical::CodedValue *>(&ref);
            if (!coded || **coded != before.coded)
                continue;
            **coded = after.coded;
            saySeverity(content, key, at, after.coded);
            return;
        }
    });
    reload();
}

void EntryList::toggle(EntryRow *row, bool on)
{
    const QString key = m_spec.key;
    const int index = row->index();
    const bool was = row->included();
    if (was == on)
        return;
    m_context.model.edit(key, [&](DocumentModel::State &state) {
        if (on)
            listMove(state.leftOut, state.document.content, key, index);
        else
            listMove(state.document.content, state.leftOut, key, index);
        if (on) {
            if (clinical::Source *source =
                    listSource(state.document.content, key, listCount(state.document.content, key) - 1))
                source->reviewed = true; // ticking is reviewing
        }
    });
    // Rows keep their places on the screen; only what they point at changes.
    const int target = on ? listCount(m_context.model.document().content, key) - 1
                          : listCount(m_context.model.leftOut(), key) - 1;
    for (EntryRow *other : m_rows) {
        if (other != row && other->included() == was && other->index() > index)
            other->place(was, other->index() - 1);
    }
    row->place(on, target);
}

// Within the rows that go into the document; the first of them is the main diagnosis.
void EntryList::move(EntryRow *row, int by)
{
    const QString key = m_spec.key;
    const int from = row->index(), to = from + by;
    if (!row->included() || to < 0 || to >= listCount(m_context.model.document().content, key))
        return;
    EntryRow *other = nullptr;
    for (EntryRow *candidate : m_rows) {
        if (candidate->included() && candidate->index() == to)
            other = candidate;
    }
    m_context.model.edit(
        key, [&](DocumentModel::State &state) { listSwap(state.document.content, key, from, to); });
    for (EntryRow *each : m_rows)
        each->place(each->included(), each->index());
    if (other)
        other->box()->setFocus(Qt::OtherFocusReason);
}

void EntryList::remove(EntryRow *row)
{
    const QString key = m_spec.key;
    const int index = row->index();
    const bool included = row->included();
    const auto at = std::find(m_rows.begin(), m_rows.end(), row);
    const int position = int(at - m_rows.begin());
    m_context.model.edit(key, [&](DocumentModel::State &state) {
        listRemove(included ? state.document.content : state.leftOut, key, index);
    });
    rebuild();
    focusRow(qMin(position, int(m_rows.size())));
}

} // namespace naru::ui
