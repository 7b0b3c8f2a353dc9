#include "ui/pages/documents/HonestyBar.h"

#include "core/clinical/forms/FormSpec.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowLayout.h"

#include <QLabel>
#include <QPushButton>
#include <algorithm>

namespace naru::ui {

HonestyBar::HonestyBar(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_rules(new QPushButton(this))
{
    const int unit = context.theme().unit();
    setObjectName(QStringLiteral("reader.honesty"));
    auto *flow = new FlowLayout(this);
    flow->setContentsMargins(4 * unit, unit, 4 * unit, unit);
    flow->setSpacing(4 * unit);
    for (QLabel **label : {&m_signature, &m_hash, &m_confidentiality, &m_version, &m_body}) {
        *label = new QLabel(this);
        (*label)->setTextFormat(Qt::PlainText);
        flow->addWidget(*label);
        if (label == &m_signature)
            flow->addWidget(m_rules);
    }
    m_rules->setFlat(true);
    m_rules->setObjectName(QStringLiteral("reader.warnings"));
    connect(m_rules, &QPushButton::clicked, this, &HonestyBar::warningsRequested);
}

void HonestyBar::set(QLabel *label, const QString &text, const char *token)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, m_context.theme().color(token));
    label->setPalette(palette);
}

void HonestyBar::show(const clinical::ReadDocument &read, const services::Stored &stored,
    const std::vector<clinical::RuleProblem> &problems)
{
    if (read.signaturePresent)
        set(m_signature, tr("? Signature present, not verified"), "warn");
    else
        set(m_signature, tr("– No signature"), "textSecondary");
    using Severity = clinical::RuleProblem::Severity;
    const auto errors = std::count_if(
        problems.begin(), problems.end(), [](const auto &p) { return p.severity == Severity::Error; });
    const auto warnings = std::count_if(
        problems.begin(), problems.end(), [](const auto &p) { return p.severity == Severity::Warning; });
    const int notes = int(read.warnings.size());
    QStringList parts;
    if (errors > 0)
        parts << tr("! %n rule error(s)", nullptr, int(errors));
    if (warnings > 0)
        parts << tr("? %n rule warning(s)", nullptr, int(warnings));
    if (notes > 0)
        parts << tr("? %n reading note(s)", nullptr, notes);
    m_rules->setText(parts.isEmpty() ? tr("✓ Rules") : parts.join(QStringLiteral("  ")));
    m_rules->setAccessibleName(m_rules->text());
    m_rules->setEnabled(!parts.isEmpty());
    if (!stored.hashMatches || !stored.sizeMatches)
        set(m_hash, tr("! Not what was registered (hash or size)"), "error");
    else if (!stored.row.hash.isEmpty())
        set(m_hash, tr("✓ Hash as registered"), "ok");
    else
        set(m_hash, tr("– Hash not registered"), "textSecondary");
    const QString code = read.document.confidentiality;
    set(m_confidentiality,
        tr("Confidentiality %1")
            .arg(m_context.korean() ? clinical::choiceKo(QStringLiteral("confidentiality"), code) : code),
        code == QLatin1String("N") ? "textSecondary" : "warn");
    QString version;
    const char *token = "textSecondary";
    if (stored.row.status == QLatin1String("deprecated")) {
        version = tr("! Replaced by a newer version");
        token = "warn";
    } else if (!read.document.replaces.isEmpty() || !stored.row.replaces.isEmpty()) {
        version = tr("Version %1, replaces an earlier one").arg(read.document.version);
    }
    set(m_version, version, token);
    set(m_body,
        read.nonXmlBody
            ? tr("! The body is a file (%1); it is not shown here").arg(read.nonXmlBody->mediaType)
            : QString(),
        "warn");
}

QString HonestyBar::text() const
{
    QStringList all{m_signature->text(), m_rules->text(), m_hash->text(), m_confidentiality->text(),
        m_version->text(), m_body->text()};
    all.removeAll(QString());
    return all.join(QStringLiteral(" · "));
}

} // namespace naru::ui
