#include "ui/pages/consent/SignerForm.h"

#include "core/base/Hangul.h"
#include "core/clinical/forms/FormSpec.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/HangulLineEdit.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QRadioButton>

namespace naru::ui {

namespace {

using Signer = clinical::ConsentStatement::Signer;
constexpr int kOfAge = 14; // 개인정보 보호법 22조의2

QComboBox *choices(const QString &valueSet, bool korean, const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->addItem(QString(), QString());
    for (const clinical::Choice &choice : clinical::valueSetChoices(valueSet)) {
        if (choice.code != QLatin1String("ONESELF"))
            box->addItem(korean ? choice.ko : choice.en, choice.code);
    }
    box->setAccessibleName(name);
    return box;
}

void select(QComboBox *box, const QString &code)
{
    if (const int at = box->findData(code); at >= 0)
        box->setCurrentIndex(at);
}

} // namespace

SignerForm::SignerForm(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_who(new QButtonGroup(this))
    , m_panel(new QWidget(this))
{
    const int unit = context.theme().unit();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * unit);
    auto *line = new QWidget(this);
    auto *flow = new FlowLayout(line);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(4 * unit);
    auto *lead = new QLabel(tr("Signed by"), line);
    lead->setFont(context.theme().font(Theme::Face::BodyBold));
    flow->addWidget(lead);
    const std::pair<Signer, QString> who[] = {{Signer::Self, tr("the patient")},
        {Signer::LegalRepresentative, tr("legal representative")}, {Signer::Family, tr("relative")},
        {Signer::Other, tr("other")}};
    for (const auto &[signer, word] : who) {
        auto *button = new QRadioButton(word, line);
        button->setObjectName(QStringLiteral("consent.signer.%1").arg(int(signer)));
        button->setAccessibleName(tr("Signed by: %1").arg(word));
        m_who->addButton(button, int(signer));
        flow->addWidget(button);
    }
    layout->addWidget(line);
    const bool korean = context.korean();
    m_relation = choices(QStringLiteral("guardianRelation"), korean, tr("Relation to the patient"), m_panel);
    m_identity = choices(QStringLiteral("identityCheck"), korean, tr("Identity checked by"), m_panel);
    m_reason = choices(QStringLiteral("signerReason"), korean, tr("Why the patient does not sign"), m_panel);
    m_name = new HangulLineEdit(m_panel);
    m_name->setAccessibleName(tr("Name of the signer"));
    m_phone = new HangulLineEdit(m_panel);
    m_phone->setAccessibleName(tr("Phone of the signer"));
    auto *grid = new QGridLayout(m_panel);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(3 * unit);
    grid->setVerticalSpacing(unit);
    QWidget *fields[] = {m_relation, m_name, m_phone, m_identity, m_reason};
    const QString labels[] = {tr("Relation *"), tr("Name *"), tr("Phone"), tr("Identity check *"),
        tr("Why the patient does not sign *")};
    for (int i = 0; i < 5; ++i) {
        auto *label = new QLabel(labels[i], m_panel);
        label->setBuddy(fields[i]);
        label->setContentsMargins(0, i >= 3 ? 2 * unit : 0, 0, 0);
        grid->addWidget(label, (i / 3) * 2, i % 3);
        grid->addWidget(fields[i], (i / 3) * 2 + 1, i % 3);
        grid->setColumnStretch(i % 3, 1);
    }
    layout->addWidget(m_panel);
    connect(m_who, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            refresh();
    });
    for (QComboBox *box : {m_relation, m_identity, m_reason})
        connect(box, &QComboBox::currentIndexChanged, this, &SignerForm::changed);
    connect(m_name, &HangulLineEdit::liveTextChanged, this, &SignerForm::changed);
    connect(m_phone, &HangulLineEdit::liveTextChanged, this, &SignerForm::changed);
    m_who->button(int(Signer::Self))->setChecked(true);
}

void SignerForm::setPatient(const clinical::Patient &patient)
{
    m_patient = patient;
    const int age = patient.ageOn(QDate::currentDate());
    if (age >= 0 && age < kOfAge) {
        m_who->button(int(Signer::LegalRepresentative))->setChecked(true);
        select(m_reason, QStringLiteral("under14"));
    } else {
        m_who->button(int(Signer::Self))->setChecked(true);
    }
    if (patient.guardian) { // the hand-over knows; it is not asked again
        m_name->setTextWhenIdle(patient.guardian->name);
        m_phone->setTextWhenIdle(patient.guardian->phone);
        select(m_relation, patient.guardian->relation);
    }
    refresh();
}

bool SignerForm::isSelf() const
{
    return m_who->checkedId() == int(Signer::Self);
}

void SignerForm::refresh()
{
    m_panel->setVisible(!isSelf());
    Q_EMIT changed();
}

void SignerForm::fill(services::ConsentAct &act) const
{
    act.signer = Signer(qMax(0, m_who->checkedId()));
    if (isSelf()) {
        act.signerName = m_patient.name;
        act.signerPhone = m_patient.phone;
        act.signerRelation = QStringLiteral("ONESELF");
        return;
    }
    act.signerName = m_name->liveText().trimmed();
    act.signerPhone = m_phone->liveText().trimmed();
    act.signerRelation = m_relation->currentData().toString();
    act.identityCheck = m_identity->currentData().toString();
    act.signerReason = m_reason->currentData().toString();
}

QString SignerForm::greeting() const
{
    if (isSelf())
        return tr("%1").arg(m_patient.name) + (m_context.korean() ? QStringLiteral(" 님") : QString());
    const QString name = m_name->liveText().trimmed();
    return m_context.korean()
        ? QStringLiteral("%1 님 (%2의 %3)").arg(name, m_patient.name, m_relation->currentText())
        : QStringLiteral("%1 (%3 of %2)").arg(name, m_patient.name, m_relation->currentText());
}

void SignerForm::focusField(const QString &field)
{
    QWidget *target = field == QLatin1String("signerName") ? static_cast<QWidget *>(m_name)
        : field == QLatin1String("signerRelation")         ? static_cast<QWidget *>(m_relation)
        : field == QLatin1String("identityCheck")          ? static_cast<QWidget *>(m_identity)
        : field == QLatin1String("signerReason")           ? static_cast<QWidget *>(m_reason)
                                                           : nullptr;
    if (target)
        target->setFocus(Qt::TabFocusReason);
}

} // namespace naru::ui
