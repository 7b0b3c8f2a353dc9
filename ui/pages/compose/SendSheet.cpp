#include "ui/pages/compose/SendSheet.h"

#include "core/base/Hangul.h"
#include "core/clinical/forms/FormSpec.h"
#include "ui/forms/DigitChoice.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/text/Dates.h"
#include "ui/text/Sentences.h"
#include "ui/text/Words.h"
#include "ui/widgets/FlowLayout.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTimer>

namespace naru::ui {

namespace {

QLabel *plainLabel(QWidget *parent, const QFont &font)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setFont(font);
    return label;
}

// "CT CHEST CT · 2026-11-20 · 2 series, 48 images, 24.3 MB"
QString lineOf(const services::GoingImages &one)
{
    const clinical::AttachedImages &images = one.attached;
    const QString name = images.description.startsWith(images.modalities)
        ? images.description
        : images.modalities + QLatin1Char(' ') + images.description;
    const QDate day = QDate::fromString(images.date, QStringLiteral("yyyyMMdd"));
    QStringList parts{base::withVisibleControls(name.trimmed())};
    if (day.isValid())
        parts.append(day.toString(QStringLiteral("yyyy-MM-dd")));
    parts.append(
        SendSheet::tr("%1 series, %2 images, %3")
            .arg(QString::number(one.series), QString::number(one.images), text::byteCount(one.bytes)));
    if (one.images != images.images)
        parts.append(SendSheet::tr("%1 images when it was attached").arg(images.images));
    return parts.join(QStringLiteral(" · "));
}

bool effective(services::Light light)
{
    return light == services::Light::Valid || light == services::Light::ExpiringSoon
        || light == services::Light::PendingRegistration;
}

} // namespace

SendSheet::SendSheet(AppContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_strip(new MessageStrip(context.theme(), this))
    , m_send(new QPushButton(tr("Send (Enter)"), this))
    , m_back(new QPushButton(tr("Back (Esc)"), this))
    , m_exceptionPanel(new QWidget(this))
{
    Theme &theme = context.theme();
    const int unit = theme.unit();
    setObjectName(QStringLiteral("compose.sendSheet"));
    setAccessibleName(tr("Send"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(4 * unit, 3 * unit, 4 * unit, 3 * unit);
    layout->setSpacing(2 * unit);
    layout->addWidget(m_strip);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(6 * unit);
    grid->setVerticalSpacing(unit / 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    auto *patient = plainLabel(this, theme.font(Theme::Face::Caption));
    patient->setText(tr("Patient"));
    auto *receiver = plainLabel(this, theme.font(Theme::Face::Caption));
    receiver->setText(tr("Receiver"));
    m_who = plainLabel(this, theme.font(Theme::Face::BannerName));
    m_whoDetail = plainLabel(this, theme.font(Theme::Face::Body));
    m_to = plainLabel(this, theme.font(Theme::Face::BannerName));
    m_toDetail = plainLabel(this, theme.font(Theme::Face::Body));
    m_consent = plainLabel(this, theme.font(Theme::Face::Body));
    m_hash = plainLabel(this, theme.font(Theme::Face::Body));
    m_signer = plainLabel(this, theme.font(Theme::Face::Body));
    grid->addWidget(patient, 0, 0);
    grid->addWidget(receiver, 0, 1);
    grid->addWidget(m_who, 1, 0);
    grid->addWidget(m_to, 1, 1);
    grid->addWidget(m_whoDetail, 2, 0);
    grid->addWidget(m_toDetail, 2, 1);
    grid->setRowMinimumHeight(3, unit);
    grid->addWidget(
        m_consent, 4, 0, 1, 2); // the whole width: a wrapped line of a grid is cut when the room is short
    m_images = plainLabel(this, theme.font(Theme::Face::Body));
    m_images->setObjectName(QStringLiteral("compose.sendSheet.images"));
    m_arriving = themedLabel(theme, {}, Theme::Face::BodyBold, "warn", this);
    m_arriving->setWordWrap(true);
    m_arriving->setObjectName(QStringLiteral("compose.sendSheet.arriving"));
    grid->addWidget(m_images, 5, 0, 1, 2);
    grid->addWidget(m_arriving, 6, 0, 1, 2);
    layout->addLayout(grid);

    auto *exception = new QVBoxLayout(m_exceptionPanel);
    exception->setContentsMargins(0, unit, 0, unit);
    auto *lead = plainLabel(m_exceptionPanel, theme.font(Theme::Face::BodyBold));
    lead->setText(tr("Sending without consent is allowed in three cases only (Medical Service Act 21-2(1)). "
                     "Case, reason and doctor are recorded."));
    m_case = new DigitChoice(clinical::valueSetChoices(QStringLiteral("exceptionCase")), context.korean(),
        false, m_exceptionPanel);
    m_case->setLabel(tr("Legal case"));
    m_reason = new HangulLineEdit(m_exceptionPanel);
    m_reason->setAccessibleName(tr("Reason in your own words"));
    m_reason->setPlaceholderText(tr("Reason in your own words"));
    m_reason->setObjectName(QStringLiteral("compose.exception.reason"));
    m_confirm = new QPushButton(tr("Use the exception"), m_exceptionPanel);
    m_confirm->setObjectName(QStringLiteral("compose.exception.confirm"));
    exception->addWidget(lead);
    exception->addWidget(m_case);
    exception->addWidget(m_reason);
    exception->addWidget(m_confirm, 0, Qt::AlignLeft);
    m_exceptionPanel->hide();
    layout->addWidget(m_exceptionPanel);
    connect(m_case, &DigitChoice::chosenByDigit, this, [this] { m_reason->setFocus(Qt::TabFocusReason); });
    connect(m_reason, &HangulLineEdit::submitted, this, &SendSheet::confirmException);
    connect(m_confirm, &QPushButton::clicked, this, &SendSheet::confirmException);

    auto *foot = new QHBoxLayout;
    foot->setSpacing(2 * unit);
    auto *sealed = new QVBoxLayout;
    sealed->setSpacing(0);
    sealed->addWidget(m_signer);
    sealed->addWidget(m_hash);
    foot->addLayout(sealed, 1);
    m_print = new QPushButton(tr("Print"), this);
    m_print->setObjectName(QStringLiteral("compose.sendSheet.print"));
    connect(m_print, &QPushButton::clicked, this, &SendSheet::printRequested);
    foot->addWidget(m_print);
    foot->addWidget(m_back);
    foot->addWidget(m_send);
    m_send->setObjectName(QStringLiteral("compose.sendSheet.send"));
    m_send->setDefault(true);
    setLook(m_send, "primary");
    m_back->setObjectName(QStringLiteral("compose.sendSheet.back"));
    layout->addLayout(foot);
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_mayShare)
            Q_EMIT sendRequested();
    });
    connect(m_back, &QPushButton::clicked, this, &SendSheet::closed);
}

void SendSheet::open(const clinical::Document &document, const services::Preview &sealed,
    const std::vector<services::ConsentLight> &lights, bool online)
{
    m_document = document;
    m_sha256 = sealed.sha256;
    m_askedTwice = false;
    m_confirm->setText(tr("Use the exception"));
    const auto lang = m_context.language();
    const clinical::Patient &p = document.patient;
    m_who->setText(p.name + QStringLiteral("  ") + text::sexName(p.sex, lang));
    const int age = p.ageOn(QDate::currentDate());
    m_whoDetail->setText(text::birthDate(p.birthDate, age, lang)
        + (p.localId.extension.isEmpty() ? QString()
                                         : QStringLiteral("   ") + tr("chart %1").arg(p.localId.extension)));
    const clinical::Recipient r =
        document.recipients.empty() ? clinical::Recipient() : document.recipients.front();
    m_to->setText(r.institution.name.isEmpty()
            ? tr("(no named receiver)")
            : r.institution.name + QStringLiteral("  ") + r.department.name);
    const QString reached = r.institution.exchanges ? tr("On the exchange ✓") : tr("Not on the exchange ✕");
    m_toDetail->setText(r.institution.name.isEmpty() ? QString() : reached);
    setImages({});
    const QString hash = sealed.sha256.left(8);
    m_hash->setText(tr("Sealed bytes %1, SHA-256 %2 %3 …")
                        .arg(text::byteCount(sealed.bytes.size()), hash.left(4), hash.mid(4)));
    const clinical::Practitioner &author = document.author;
    m_signer->setText(tr("Signed by %1").arg(author.name)
        + (author.licence.isEmpty() ? QString() : tr(" (licence %1)").arg(author.licence)));
    m_send->setText(online ? tr("Send (Enter)") : tr("Put into the outbox (Enter)"));
    m_back->setEnabled(true);
    show();
    setFocus();
    setConsents(lights);
}

void SendSheet::setImages(const std::vector<services::GoingImages> &images)
{
    QStringList lines;
    bool arriving = false;
    int awaited = 0;
    for (const services::GoingImages &one : images) {
        lines.append(lineOf(one));
        arriving = arriving || one.arriving;
        awaited += one.awaited;
    }
    m_images->setText(tr("Images that go along: %1").arg(lines.join(QLatin1Char('\n'))));
    m_images->setVisible(!lines.isEmpty());
    const QString state = awaited > 0
        ? tr("! Images are still being prepared: %1 more are coming from the archive and would not go along.")
              .arg(awaited)
        : tr("! Images are still being prepared: more are coming from the archive and would not go along.");
    m_arriving->setText(state);
    m_arriving->setVisible(arriving);
}

// Again when a consent is given or withdrawn while the sheet waits for it.
void SendSheet::setConsents(const std::vector<services::ConsentLight> &lights)
{
    const auto lang = m_context.language();
    QStringList words;
    bool agreed = false;
    for (const services::ConsentLight &light : lights) {
        QString line = text::programmeShortName(light.programme, lang) + QLatin1Char(' ')
            + text::light(light.light, lang).text();
        if (!light.until.isNull())
            line += QLatin1Char(' ') + light.until.toDisplay();
        words << line;
        if (light.programme == clinical::Programme::Exchange)
            agreed = agreed || effective(light.light);
    }
    const bool excepted = m_document.exception.which != clinical::EmergencyException::Case::None;
    m_mayShare = agreed || excepted;
    m_consent->setText(
        tr("Consent: %1").arg(words.isEmpty() ? tr("none") : words.join(QStringLiteral("   "))));
    m_send->setEnabled(m_mayShare);
    m_print->setVisible(!m_mayShare); // paper is the way out without consent to the exchange
    m_exceptionPanel->hide();
    if (excepted) {
        showException(agreed);
    } else if (m_mayShare) {
        m_strip->clear();
    } else {
        m_strip->show(MessageStrip::Kind::Warn,
            tr("There is no valid consent to the exchange; it cannot be sent there yet."),
            {{tr("Consent (F12)"), [this] { Q_EMIT consentRequested(); }},
                {tr("Legal exception"), [this] { openException(); }}});
    }
    (m_mayShare ? m_send : m_back)->setFocus(Qt::TabFocusReason);
}

// An exception that was chosen earlier goes into the record with the doctor's name: never unseen, and not
// when a consent has come meanwhile.
void SendSheet::showException(bool agreed)
{
    const auto choices = clinical::valueSetChoices(QStringLiteral("exceptionCase"));
    const std::size_t at = std::size_t(m_document.exception.which) - 1;
    const bool korean = m_context.korean();
    const QString which = at < choices.size() ? (korean ? choices[at].ko : choices[at].en) : QString();
    m_strip->show(MessageStrip::Kind::Warn,
        (agreed ? tr("There is a valid consent now, yet it goes under the legal exception: %1 – %2")
                : tr("It goes without consent, under the legal exception: %1 – %2"))
            .arg(which, m_document.exception.explanation),
        {{tr("Drop the exception"), [this] {
              m_exception = {};
              Q_EMIT exceptionChosen();
          }}});
}

void SendSheet::openException()
{
    m_exceptionPanel->show();
    m_case->setFocus(Qt::TabFocusReason);
}

void SendSheet::confirmException()
{
    const auto choices = clinical::valueSetChoices(QStringLiteral("exceptionCase"));
    int which = 0;
    for (size_t i = 0; i < choices.size(); ++i) {
        if (choices[i].code == m_case->value())
            which = int(i) + 1;
    }
    const QString reason = m_reason->liveText().trimmed();
    if (which == 0 || reason.isEmpty()) {
        m_strip->show(MessageStrip::Kind::Error, tr("Choose one of the three cases and write the reason."));
        return;
    }
    if (!m_askedTwice) { // the second confirmation
        m_askedTwice = true;
        m_confirm->setText(tr("Really send without consent"));
        m_strip->show(MessageStrip::Kind::Warn,
            tr("This is recorded with your name and can be inspected. Confirm once more."));
        m_confirm->setFocus(Qt::TabFocusReason);
        return;
    }
    m_askedTwice = false;
    m_confirm->setText(tr("Use the exception"));
    m_exception.which = clinical::EmergencyException::Case(which);
    m_exception.explanation = reason;
    m_exception.decidedBy = m_document.author.name;
    m_exception.decidedAt = base::Timestamp::fromDateTime(QDateTime::currentDateTime());
    Q_EMIT exceptionChosen();
}

void SendSheet::setBusy(bool on)
{
    m_send->setEnabled(!on && m_mayShare);
    m_back->setEnabled(!on);
    if (on)
        m_send->setText(tr("Sealing…"));
}

void SendSheet::showError(const base::Error &error)
{
    setBusy(false);
    m_send->setText(tr("Send (Enter)"));
    m_strip->showError(error, m_context.language());
}

void SendSheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closed();
        return;
    }
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && m_send->isEnabled() && !m_back->hasFocus()) {
        Q_EMIT sendRequested();
        return;
    }
    QFrame::keyPressEvent(event);
}

void SendSheet::showEvent(QShowEvent *event)
{
    QFrame::showEvent(event);
}

} // namespace naru::ui
