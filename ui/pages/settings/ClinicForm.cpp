#include "ui/pages/settings/ClinicForm.h"

#include "core/services/SiteService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace naru::ui {

ClinicForm::ClinicForm(AppContext &context, MessageStrip *strip, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_strip(strip)
{
    Theme &theme = context.theme();
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 3);
    const clinical::Institution clinic = context.profile().site().clinic();
    const clinical::Practitioner doctor = context.profile().site().doctor();
    struct Row {
        const char *key;
        QString label, value;
    };
    const QList<Row> rows = {{"clinic.name", tr("Name of the clinic *"), clinic.name},
        {"clinic.number", tr("Institution number (8 digits) *"), clinic.number},
        {"clinic.phone", tr("Phone *"), clinic.phone},
        {"clinic.postal", tr("Postal code"), clinic.address.postalCode},
        {"clinic.address", tr("Address"), clinic.address.basic},
        {"clinic.address2", tr("Address, details"), clinic.address.detail},
        {"doctor.name", tr("Name of the doctor *"), doctor.name},
        {"doctor.licence", tr("Licence number *"), doctor.licence},
        {"doctor.phone", tr("Phone of the doctor"), doctor.phone}};
    for (const Row &row : rows) {
        auto *edit = new HangulLineEdit;
        edit->setObjectName(QStringLiteral("settings.") + QString::fromLatin1(row.key));
        edit->setText(row.value);
        QWidget *box = labelled(theme, row.label, edit, this);
        box->setMaximumWidth(theme.unit(120));
        column->addWidget(box);
        m_edits.insert(QString::fromLatin1(row.key), edit);
        connect(edit, &HangulLineEdit::submitted, this, &ClinicForm::save);
    }
    auto *save = pushButton(tr("Save"), QStringLiteral("settings.clinic.save"), this, "primary");
    connect(save, &QPushButton::clicked, this, &ClinicForm::save);
    column->addWidget(save, 0, Qt::AlignLeft);
}

void ClinicForm::save()
{
    clinical::Institution clinic = m_context.profile().site().clinic();
    clinical::Practitioner doctor = m_context.profile().site().doctor();
    const auto value = [this](const char *key) {
        return m_edits.value(QString::fromLatin1(key))->text().trimmed();
    };
    clinic.name = value("clinic.name");
    if (clinic.number != value("clinic.number")) {
        clinic.number = value("clinic.number");
        const QString root = clinic.oid.section(QLatin1Char('.'), 0, -2);
        if (!root.isEmpty())
            clinic.oid = root + QLatin1Char('.') + clinic.number;
    }
    clinic.phone = value("clinic.phone");
    clinic.address = {value("clinic.address"), value("clinic.address2"), value("clinic.postal")};
    doctor.name = value("doctor.name");
    doctor.licence = value("doctor.licence");
    doctor.phone = value("doctor.phone");
    if (const base::Status status = m_context.profile().site().setClinic(clinic, doctor); !status)
        m_strip->showError(
            status.error(), m_context.language(), tr("It could not be saved; the old values stay in force"));
    else
        m_strip->show(MessageStrip::Kind::Ok, tr("Saved"), {});
}

} // namespace naru::ui
