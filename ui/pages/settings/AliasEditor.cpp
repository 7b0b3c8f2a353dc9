#include "ui/pages/settings/AliasEditor.h"

#include "core/base/Oid.h"
#include "core/services/TermService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr int listUnits = 32;
constexpr int clinicWeight = 900; // a clinic that writes its own word means it
} // namespace

AliasEditor::AliasEditor(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    column->addWidget(sectionTitle(theme, tr("Aliases of this clinic"), this));
    column->addWidget(secondary(theme,
        tr("A word of your own that finds a code. One word may lead to several codes; it is never guessed."),
        this));
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);
    auto *bar = new QWidget(this);
    auto *row = new FlowRow(bar);
    row->setContentsMargins(0, 0, 0, 0);
    m_text = new HangulLineEdit;
    m_text->setObjectName(QStringLiteral("settings.terms.alias.text"));
    m_text->setLengthLimit(60);
    m_system = new QComboBox;
    m_system->setObjectName(QStringLiteral("settings.terms.alias.system"));
    for (const char *name : {"kcd", "kostom", "atc", "kd", "edi", "loinc", "icd9cm"})
        m_system->addItem(base::oidTitle(base::oid(name).text()), base::oid(name).text());
    m_system->view()->setAccessibleName(tr("Code system"));
    m_code = new HangulLineEdit;
    m_code->setObjectName(QStringLiteral("settings.terms.alias.code"));
    m_code->setLengthLimit(40);
    row->addWidget(labelled(theme, tr("Alias"), m_text, bar));
    row->addWidget(labelled(theme, tr("Code system"), m_system, bar));
    row->addWidget(labelled(theme, tr("Code"), m_code, bar));
    column->addWidget(bar);
    auto *verbs = new QWidget(this);
    auto *buttons = new FlowRow(verbs);
    buttons->setContentsMargins(0, 0, 0, 0);
    auto *add = pushButton(tr("Add"), QStringLiteral("settings.terms.alias.add"), verbs);
    auto *remove = pushButton(tr("Remove"), QStringLiteral("settings.terms.alias.remove"), verbs);
    buttons->addWidget(add);
    buttons->addWidget(remove);
    column->addWidget(verbs);
    m_table =
        new DataTable(theme, new RowModel(theme, {tr("Alias"), tr("Code system"), tr("Code"), tr("Name")}),
            {2, 0, 0, 4}, tr("Aliases of this clinic"), this);
    m_table->setObjectName(QStringLiteral("settings.terms.aliases"));
    m_table->setEmptyState(tr("No alias yet"));
    column->addWidget(m_table);
    const auto sizes = [this, &theme] {
        m_table->setFixedHeight(int(theme.unit(listUnits)));
        m_text->setMinimumWidth(int(theme.unit(40)));
        m_code->setMinimumWidth(int(theme.unit(24)));
    };
    sizes();
    connect(&theme, &Theme::changed, this, sizes);
    connect(add, &QPushButton::clicked, this, &AliasEditor::add);
    connect(m_code, &HangulLineEdit::submitted, this, &AliasEditor::add);
    connect(m_text, &HangulLineEdit::submitted, m_code, [this] { m_code->setFocus(); });
    connect(remove, &QPushButton::clicked, this, &AliasEditor::remove);
    load();
}

void AliasEditor::load()
{
    m_rows = m_context.profile().terms().aliases();
    std::vector<ModelRow> rows;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const terminology::Alias &alias = m_rows[i];
        const auto term = m_context.profile().terms().show(alias.code, alias.system);
        const QString name = term ? (term->ko.isEmpty() ? term->en : term->ko) : tr("no such code now");
        ModelRow row{QString::number(i), {}, {}, false, false};
        row.cells = {{alias.text, {}, {}, false, true, {}},
            {base::oidTitle(alias.system), QStringLiteral("textSecondary"), {}, false, false, {}},
            {alias.code, {}, {}, false, false, {}},
            {name, term ? QString() : QStringLiteral("warn"), {}, false, false, name}};
        rows.push_back(std::move(row));
    }
    m_table->setRows(std::move(rows));
}

void AliasEditor::add()
{
    terminology::Alias alias;
    alias.text = m_text->text();
    alias.language = QStringLiteral("ko");
    alias.system = m_system->currentData().toString();
    alias.code = m_code->text().trimmed();
    alias.weight = clinicWeight;
    if (alias.text.trimmed().isEmpty()) {
        m_strip->show(MessageStrip::Kind::Warn, tr("Write the word first"), {});
        m_text->setFocus();
        return;
    }
    if (const base::Status added = m_context.profile().terms().addAlias(alias); !added) {
        m_strip->showError(added.error(), m_context.language(), tr("The alias was not added"));
        m_code->setFocus();
        return;
    }
    m_strip->clear();
    m_text->clear();
    m_code->clear();
    load();
    m_text->setFocus();
}

void AliasEditor::remove()
{
    bool known = false;
    const int row = m_table->currentId().toInt(&known);
    if (!known || row < 0 || row >= int(m_rows.size()))
        return;
    const terminology::Alias alias = m_rows[std::size_t(row)];
    if (const base::Status removed = m_context.profile().terms().removeAlias(alias); !removed) {
        m_strip->showError(removed.error(), m_context.language(), tr("The alias was not removed"));
        return;
    }
    load();
    m_context.showToast(tr("The alias was removed"), [this, alias] {
        (void)m_context.profile().terms().addAlias(alias);
        load();
    });
}

} // namespace naru::ui
