#include "ui/pages/settings/SettingEditors.h"

#include "core/services/SettingsService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>

namespace naru::ui {

SettingEditors::SettingEditors(AppContext &context, MessageStrip *strip, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_strip(strip)
{
}

QWidget *SettingEditors::make(const QString &key, QWidget *parent)
{
    for (const services::SettingRow &row : m_context.profile().settings().rows()) {
        if (row.key != key)
            continue;
        const QString label = labelOf(key);
        QWidget *editor = editorOf(row);
        editor->setObjectName(QStringLiteral("settings.") + key);
        editor->setAccessibleName(label);
        m_editors.insert(key, editor);
        QWidget *box = labelled(m_context.theme(), label, editor, parent);
        box->setMaximumWidth(m_context.theme().unit(100));
        return box;
    }
    return nullptr;
}

QString SettingEditors::labelOf(const QString &key) const
{
    struct Words {
        const char *key;
        QString label;
    };
    const QList<Words> names = {{"ui.theme", tr("Colours")}, {"ui.zoom", tr("Zoom")},
        {"ui.language", tr("Language (from the next start)")},
        {"lock.idleMinutes", tr("Lock after minutes without use (1-10)")},
        {"outbox.notify", tr("Notify when an answer arrives")},
        {"compose.previewBeside", tr("Preview beside the form")},
        {"documents.searchYears", tr("Years asked for in a search")},
        {"consent.patientScreen", tr("Screen of the patient window")},
        {"consent.penWidth", tr("Pen width of the signature")}};
    QString label = key;
    for (const Words &words : names) {
        if (key == QLatin1String(words.key))
            label = words.label;
    }
    return label;
}

QWidget *SettingEditors::editorOf(const services::SettingRow &row)
{
    if (row.kind == QLatin1String("choice"))
        return choiceOf(row);
    if (row.kind == QLatin1String("number"))
        return numberOf(row);
    const QVariant value = m_context.profile().settings().value(row.key);
    if (row.kind == QLatin1String("flag")) {
        auto *box = new QCheckBox(tr("on"));
        box->setChecked(value.toBool());
        connect(box, &QCheckBox::toggled, this, [this, key = row.key](bool on) { set(key, on); });
        return box;
    }
    auto *edit = new HangulLineEdit;
    edit->setText(value.toString());
    connect(edit, &QLineEdit::editingFinished, this, [this, edit, key = row.key] { set(key, edit->text()); });
    return edit;
}

QWidget *SettingEditors::choiceOf(const services::SettingRow &row)
{
    auto *combo = new QComboBox;
    const QHash<QString, QString> words = {{QStringLiteral("system"), tr("As the desktop")},
        {QStringLiteral("light"), tr("Light")}, {QStringLiteral("dark"), tr("Dark")},
        {QStringLiteral("highContrastDark"), tr("High contrast, dark")},
        {QStringLiteral("highContrastLight"), tr("High contrast, light")},
        {QStringLiteral("ko"), QStringLiteral("한국어")}, {QStringLiteral("en"), QStringLiteral("English")}};
    for (const QString &choice : row.choices)
        combo->addItem(words.value(choice, choice), choice);
    combo->setCurrentIndex(std::max(0, combo->findData(m_context.profile().settings().value(row.key))));
    connect(
        combo, &QComboBox::activated, this, [this, combo, key = row.key] { set(key, combo->currentData()); });
    return combo;
}

QWidget *SettingEditors::numberOf(const services::SettingRow &row)
{
    auto *spin = new QDoubleSpinBox;
    const bool zoom = row.key == QLatin1String("ui.zoom"),
               idle = row.key == QLatin1String("lock.idleMinutes");
    spin->setRange(zoom ? 0.8 : 1, zoom ? 2.4 : idle ? 10 : 20);
    spin->setDecimals(zoom ? 1 : 0);
    spin->setSingleStep(zoom ? 0.1 : 1);
    spin->setValue(m_context.profile().settings().value(row.key).toDouble());
    spin->setKeyboardTracking(false);
    connect(spin, &QDoubleSpinBox::valueChanged, this,
        [this, key = row.key](double number) { set(key, number); });
    return spin;
}

void SettingEditors::set(const QString &key, const QVariant &value)
{
    if (m_setting)
        return;
    const QVariant before = m_context.profile().settings().value(key);
    if (before == value)
        return;
    if (const base::Status status = m_context.profile().settings().set(key, value); !status) {
        m_strip->showError(
            status.error(), m_context.language(), tr("It could not be saved; the old values stay in force"));
        return;
    }
    m_strip->clear();
    m_undo.append({key, before});
    apply(key, value);
}

void SettingEditors::apply(const QString &key, const QVariant &value)
{
    m_setting = true;
    if (key == QLatin1String("ui.theme"))
        m_context.theme().setChoice(value.toString());
    else if (key == QLatin1String("ui.zoom"))
        m_context.theme().setZoom(value.toDouble());
    QWidget *editor = m_editors.value(key);
    if (auto *combo = qobject_cast<QComboBox *>(editor))
        combo->setCurrentIndex(std::max(0, combo->findData(value)));
    else if (auto *box = qobject_cast<QCheckBox *>(editor))
        box->setChecked(value.toBool());
    else if (auto *spin = qobject_cast<QDoubleSpinBox *>(editor))
        spin->setValue(value.toDouble());
    m_setting = false;
}

bool SettingEditors::undo()
{
    if (m_undo.isEmpty())
        return false;
    const Step step = m_undo.takeLast();
    if (!m_context.profile().settings().set(step.key, step.before))
        return false;
    apply(step.key, step.before);
    return true;
}

} // namespace naru::ui
