#include "ui/forms/RecipientEditor.h"

#include "ui/forms/DocumentModel.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/CodePicker.h"

#include <QGridLayout>
#include <QLabel>

namespace naru::ui {

RecipientEditor::RecipientEditor(FormContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_institution(new CodePicker(CodePicker::Mode::Single, this))
    , m_department(new CodePicker(CodePicker::Mode::Single, this))
    , m_doctor(new HangulLineEdit(this))
    , m_participation(new QLabel(this))
{
    const int unit = context.theme.unit();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(3 * unit);
    grid->setVerticalSpacing(unit);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    m_institution->setSource(context.institutions);
    m_institution->setLabel(tr("Receiving institution"));
    m_institution->setPlaceholderText(tr("Name or initial consonants"));
    m_institution->editor()->setObjectName(QStringLiteral("form.recipients.institution"));
    m_department->setSource(std::make_shared<ListSource>());
    m_department->setLabel(tr("Department"));
    m_department->editor()->setObjectName(QStringLiteral("form.recipients.department"));
    m_doctor->setAccessibleName(tr("Doctor (optional)"));
    m_doctor->setObjectName(QStringLiteral("form.recipients.doctor"));
    m_participation->setTextFormat(Qt::PlainText);
    m_participation->setWordWrap(true);
    m_participation->setForegroundRole(QPalette::PlaceholderText);
    grid->addWidget(m_institution, 0, 0, 1, 2);
    grid->addWidget(m_participation, 1, 0, 1, 2);
    auto *department = new QLabel(tr("Department"), this),
         *doctor = new QLabel(tr("Doctor (optional)"), this);
    department->setBuddy(m_department);
    doctor->setBuddy(m_doctor);
    grid->addWidget(department, 2, 0);
    grid->addWidget(doctor, 2, 1);
    grid->addWidget(m_department, 3, 0);
    grid->addWidget(m_doctor, 3, 1);
    setFocusProxy(m_institution);

    connect(m_institution, &CodePicker::edited, this, [this] {
        const QString oid = m_institution->chosen().empty() ? QString() : m_institution->chosen().front().key;
        const clinical::Institution chosen =
            oid.isEmpty() || !m_context.institution ? clinical::Institution() : m_context.institution(oid);
        write([&](clinical::Recipient &r) {
            if (r.institution.oid != chosen.oid)
                r.department = {};
            r.institution = chosen;
        });
        if (chosen.oid.isEmpty()) {
            showParticipation(chosen);
            return;
        }
        reload();
    });
    connect(m_institution, &CodePicker::picked, this,
        [this] { m_department->editor()->setFocus(Qt::TabFocusReason); });
    connect(m_department, &CodePicker::edited, this, [this] {
        clinical::Department chosen;
        if (!m_department->chosen().empty()) {
            chosen.code = m_department->chosen().front().code;
            chosen.name = m_department->chosen().front().ko;
        }
        write([&](clinical::Recipient &r) { r.department = chosen; });
    });
    connect(m_department, &CodePicker::picked, this, &RecipientEditor::goOn);
    connect(m_doctor, &HangulLineEdit::liveTextChanged, this, [this](const QString &text) {
        if (m_writing)
            return;
        m_context.model.type(QStringLiteral("recipients.doctor"), text, [&](DocumentModel::State &state) {
            if (state.document.recipients.empty())
                state.document.recipients.emplace_back();
            state.document.recipients.front().doctor.name = text.trimmed();
        });
    });
    connect(m_doctor, &HangulLineEdit::submitted, this, &RecipientEditor::goOn);
    for (HangulLineEdit *edit : {m_institution->editor(), m_department->editor(), m_doctor})
        connect(edit, &QLineEdit::editingFinished, this, &RecipientEditor::left);
    reload();
}

void RecipientEditor::write(const std::function<void(clinical::Recipient &)> &set)
{
    if (m_writing)
        return;
    m_context.model.edit(QStringLiteral("recipients"), [&](DocumentModel::State &state) {
        if (state.document.recipients.empty())
            state.document.recipients.emplace_back();
        set(state.document.recipients.front());
    });
}

void RecipientEditor::showParticipation(const clinical::Institution &institution)
{
    if (institution.name.isEmpty()) {
        m_participation->clear();
        m_participation->hide();
        return;
    }
    QStringList parts{institution.exchanges ? tr("Takes part in the exchange ✓")
                                            : tr("Does not take part in the exchange ✕")};
    parts << (institution.relays ? tr("Insurer's relay ✓") : tr("No insurer's relay ✕"));
    if (!institution.address.basic.isEmpty())
        parts << institution.address.basic;
    m_participation->setText(parts.join(QStringLiteral("   ")));
    m_participation->show();
}

void RecipientEditor::reload()
{
    m_writing = true;
    const auto &recipients = m_context.model.document().recipients;
    const clinical::Recipient recipient = recipients.empty() ? clinical::Recipient() : recipients.front();
    const auto shown = [](const CodePicker *picker) {
        return picker->chosen().empty() ? QString() : picker->chosen().front().title();
    };
    if (shown(m_institution) != recipient.institution.name && !m_institution->listVisible()) {
        CodeChoice choice;
        choice.key = recipient.institution.oid;
        choice.ko = recipient.institution.name;
        m_institution->setChosen(
            recipient.institution.name.isEmpty() ? std::vector<CodeChoice>{} : std::vector{choice});
    }
    if (m_context.departments)
        static_cast<ListSource *>(m_department->source())
            ->setRows(m_context.departments(recipient.institution));
    if (shown(m_department) != recipient.department.name && !m_department->listVisible()) {
        CodeChoice choice;
        choice.key = choice.code = recipient.department.code;
        choice.ko = recipient.department.name;
        m_department->setChosen(
            recipient.department.name.isEmpty() ? std::vector<CodeChoice>{} : std::vector{choice});
    }
    if (m_doctor->liveText().trimmed() != recipient.doctor.name)
        m_doctor->setTextWhenIdle(recipient.doctor.name);
    showParticipation(recipient.institution);
    m_writing = false;
}

void RecipientEditor::setReadOnly(bool on)
{
    m_institution->setReadOnly(on);
    m_department->setReadOnly(on);
    m_doctor->setReadOnly(on);
}

} // namespace naru::ui
