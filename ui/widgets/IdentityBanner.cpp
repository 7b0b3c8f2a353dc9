#include "ui/widgets/IdentityBanner.h"

#include "core/base/Hangul.h"
#include "core/clinical/forms/FieldValues.h"
#include "core/services/AuditService.h"
#include "core/services/ConsentService.h"
#include "core/services/PatientService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Words.h"
#include "ui/widgets/FlowRow.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace naru::ui {

IdentityBanner::IdentityBanner(Theme &theme, bool korean, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_korean(korean)
    , m_flow(new FlowRow(this))
{
    setObjectName(QStringLiteral("banner"));
    m_name = part(QStringLiteral("banner.name"));
    m_sex = part(QStringLiteral("banner.sex"));
    m_birth = part(QStringLiteral("banner.birth"));
    m_chart = part(QStringLiteral("banner.chart"));
    m_resident = part(QStringLiteral("banner.resident"));
    m_reveal = new QPushButton(tr("Show"), this);
    m_reveal->setObjectName(QStringLiteral("banner.reveal"));
    m_reveal->setToolTip(tr("Showing it is recorded in the audit trail"));
    setLook(m_reveal, "banner");
    m_flow->addWidget(m_reveal);
    m_lights = new QPushButton(this);
    m_lights->setObjectName(QStringLiteral("banner.lights"));
    setLook(m_lights, "banner");
    m_flow->addWidget(m_lights);
    m_allergies = part(QStringLiteral("banner.allergies"));
    m_flow->setRightFrom(6);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(m_reveal, &QPushButton::clicked, this, [this] {
        m_revealed = !m_revealed;
        if (m_revealed)
            Q_EMIT revealed();
        rebuild();
    });
    connect(m_lights, &QPushButton::clicked, this, &IdentityBanner::consentRequested);
    connect(&m_theme, &Theme::changed, this, &IdentityBanner::restyle);
    restyle();
    rebuild();
}

QLabel *IdentityBanner::part(const QString &name)
{
    auto *label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText); // a name is data, never markup
    m_flow->addWidget(label);
    return label;
}

void IdentityBanner::setPatient(const clinical::Patient &patient)
{
    m_patient = patient;
    m_revealed = false;
    rebuild();
}

void IdentityBanner::setLights(const std::vector<services::ConsentLight> &lights)
{
    m_lightValues = lights;
    rebuild();
}

void IdentityBanner::setAllergies(int count)
{
    m_allergyCount = count;
    rebuild();
}

void IdentityBanner::setDeniedAllergies(const QString &words)
{
    m_deniedAllergies = words;
    rebuild();
}

void IdentityBanner::hideSecrets()
{
    m_revealed = false;
    rebuild();
}

void IdentityBanner::follow(AppContext &context, const services::PatientKey &key)
{
    const auto load = [this, &context, key] {
        if (const auto patient = context.profile().patients().get(key)) {
            const bool shown = m_revealed;
            setPatient(*patient);
            m_revealed = shown;
        }
        setLights(context.profile().consents().lights(key));
        if (const auto content = context.profile().patients().handedOver(key)) {
            QStringList denied;
            for (const clinical::Allergy &allergy : content->allergies) {
                if (const QString words = clinical::deniedAllergy(allergy, m_korean); !words.isEmpty())
                    denied.append(words);
            }
            setAllergies(int(content->allergies.size() - denied.size()));
            denied.removeDuplicates();
            setDeniedAllergies(denied.join(QStringLiteral(", ")));
        }
        rebuild();
    };
    load();
    connect(&context, &AppContext::changed, this, [load](services::Change change) {
        if (change == services::Change::Patients || change == services::Change::Consents
            || change == services::Change::Documents)
            load();
    });
    connect(this, &IdentityBanner::consentRequested, &context, [&context, key] { context.openConsent(key); });
    connect(this, &IdentityBanner::revealed, &context,
        [&context, key] { context.profile().audit().note(QStringLiteral("patient.reveal"), key); });
}

QString IdentityBanner::identity() const
{
    return QStringList{
        base::withVisibleControls(m_patient.name), m_sex->text(), m_birth->text(), m_chart->text()}
        .join(QStringLiteral("  "));
}

void IdentityBanner::rebuild()
{
    const text::Language language = m_korean ? text::Language::Korean : text::Language::English;
    fitName();
    m_sex->setText(text::sexName(m_patient.sex, language));
    m_birth->setText(text::birthDate(m_patient.birthDate, m_patient.ageOn(QDate::currentDate()), language));
    m_chart->setText(
        tr("Chart %1").arg(m_patient.localId.extension.isEmpty() ? tr("none") : m_patient.localId.extension));
    const QString number = m_patient.residentNumber;
    m_resident->setVisible(!number.isEmpty());
    m_reveal->setVisible(!number.isEmpty());
    m_resident->setText(m_revealed ? number.left(6) + QLatin1Char('-') + number.mid(6)
                                   : clinical::maskedResidentNumber(number));
    m_reveal->setText(m_revealed ? tr("Hide") : tr("Show"));
    m_reveal->setAccessibleName(m_revealed ? tr("Hide the resident number") : tr("Show the resident number"));
    QStringList words;
    for (const services::ConsentLight &light : m_lightValues) {
        const text::Word state = text::light(light.light, language);
        words.append(QStringLiteral("%1 %2 %3")
                         .arg(state.symbol, text::programmeShortName(light.programme, language), state.word));
    }
    m_lights->setVisible(!words.isEmpty());
    m_lights->setText(words.join(QStringLiteral("   ")));
    m_lights->setAccessibleName(tr("Consents: %1").arg(words.join(QStringLiteral(", "))));
    m_lights->setToolTip(tr("Consents of this patient (F12)"));
    m_allergies->setVisible(m_allergyCount >= 0);
    m_allergies->setText(m_allergyCount > 0 ? QStringLiteral("! ") + tr("Allergies %1").arg(m_allergyCount)
            : m_deniedAllergies.isEmpty()   ? tr("No allergy recorded") // not: has none
                                            : m_deniedAllergies);
    setAccessibleName(identity());
    m_flow->invalidate();
    updateGeometry();
    update();
}

// A name that is longer than the window must not look like a whole, shorter one.
void IdentityBanner::fitName()
{
    const QString name = base::withVisibleControls(m_patient.name);
    const int room = width() - m_flow->contentsMargins().left() - m_flow->contentsMargins().right();
    const QString shown =
        m_name->fontMetrics().elidedText(name, Qt::ElideRight, std::max(room, m_theme.unit(20)));
    if (shown == m_name->text())
        return;
    m_name->setText(shown);
    m_name->setAccessibleName(name);
    m_name->setToolTip(shown == name ? QString() : name);
}

void IdentityBanner::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitName();
}

void IdentityBanner::restyle()
{
    m_flow->setContentsMargins(m_theme.unit(4), m_theme.unit(1.5), m_theme.unit(4), m_theme.unit(1.5));
    m_flow->setGaps(m_theme.unit(5), m_theme.unit());
    QPalette palette = m_theme.palette();
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(role, m_theme.color("onBanner"));
    for (QLabel *label : {m_name, m_sex, m_birth, m_chart, m_resident, m_allergies}) {
        label->setPalette(palette);
        label->setFont(m_theme.font(label == m_name ? Theme::Face::BannerName : Theme::Face::Body));
    }
    fitName();
    m_allergies->setFont(m_theme.font(Theme::Face::BodyBold));
    m_lights->setFont(m_theme.font(Theme::Face::Body));
    m_reveal->setFont(m_theme.font(Theme::Face::Caption));
    updateGeometry();
    update();
}

int IdentityBanner::heightForWidth(int width) const
{
    return m_flow->heightForWidth(width);
}

QSize IdentityBanner::sizeHint() const
{
    return {m_theme.unit(120), m_flow->heightForWidth(std::max(width(), m_theme.unit(40)))};
}

QSize IdentityBanner::minimumSizeHint() const
{
    return {m_theme.unit(40), m_flow->heightForWidth(std::max(width(), m_theme.unit(40)))};
}

void IdentityBanner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color("banner"));
    if (m_theme.scheme() == Theme::Scheme::HcDark || m_theme.scheme() == Theme::Scheme::HcLight) {
        painter.setPen(QPen(m_theme.color("border"), 2));
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void IdentityBanner::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}

} // namespace naru::ui
