#include "ui/pages/compose/ComposeHead.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/FlowLayout.h"

#include <QLabel>

namespace naru::ui {

ComposeHead::ComposeHead(const Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_language(language)
    , m_title(new QLabel(this))
    , m_targets(new QLabel(this))
    , m_author(new QLabel(this))
{
    const int unit = theme.unit();
    auto *flow = new FlowLayout(this);
    flow->setContentsMargins(4 * unit, 2 * unit, 4 * unit, 2 * unit);
    flow->setSpacing(4 * unit);
    for (QLabel *label : {m_title, m_targets, m_author}) {
        label->setTextFormat(Qt::PlainText);
        flow->addWidget(label);
    }
    m_title->setFont(theme.font(Theme::Face::SectionTitle));
    m_author->setForegroundRole(QPalette::PlaceholderText);
}

void ComposeHead::show(const clinical::Document &document)
{
    const clinical::Recipient r =
        document.recipients.empty() ? clinical::Recipient() : document.recipients.front();
    QString words = text::formName(document.form, m_language);
    if (!r.institution.name.isEmpty())
        words += QStringLiteral(" → ") + r.institution.name + QLatin1Char(' ') + r.department.name;
    if (m_title->text() != words)
        m_title->setText(words);
    QStringList targets;
    if (r.institution.name.isEmpty() || r.institution.exchanges)
        targets << tr("✓ Exchange");
    else
        targets << tr("✕ Not on the exchange");
    m_targets->setText(tr("Goes to: %1").arg(targets.join(QStringLiteral("  "))));
    m_author->setText(tr("Author and signer: %1").arg(document.author.name));
}

} // namespace naru::ui
