#include "ui/pages/settings/ArchiveForm.h"

#include "core/services/PacsService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/HangulLineEdit.h"
#include "ui/widgets/MessageStrip.h"
#include "ui/widgets/Parts.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace naru::ui {

namespace {
constexpr int longestTitle = 16; // PS3.5 6.2, value representation AE
constexpr int longestName = 64, longestHost = 253, longestPath = 4000, longestAddress = 1000;
constexpr int mostAssociations = 8; // as core/services/pacs/PacsNodes.cpp takes
const QString dimse = QStringLiteral("dimse"), web = QStringLiteral("web");

bool usableTitle(const QString &title)
{
    return !title.isEmpty() && title.size() <= longestTitle
        && std::all_of(title.begin(), title.end(),
            [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7F && c != QLatin1Char('\\'); });
}

QString trimmed(const HangulLineEdit *edit)
{
    return edit->text().trimmed();
}

// A field and the label above it, or neither.
void setFieldVisible(QWidget *field, bool on)
{
    field->parentWidget()->setVisible(on);
}

// A label says by its star whether the field must be filled.
void setNeeded(QWidget *field, bool on)
{
    const QString star = QStringLiteral(" *");
    for (auto *label : field->parentWidget()->findChildren<QLabel *>(QString(), Qt::FindDirectChildrenOnly)) {
        QString words = label->text();
        if (words.endsWith(star))
            words.chop(star.size());
        label->setText(on ? words + star : words);
        field->setAccessibleName(label->text());
    }
}
} // namespace

ArchiveForm::ArchiveForm(AppContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    Theme &theme = context.theme();
    setObjectName(QStringLiteral("settings.archive"));
    auto *column = new QVBoxLayout(this);
    followSpacing(theme, column, 0, 2);
    m_title = sectionTitle(theme, {}, this);
    column->addWidget(m_title);
    column->addWidget(address());
    column->addWidget(manner());
    m_maySend = flag("maySend", tr("It may send images to this computer"));
    m_commitment = flag("commitment", tr("Storage commitment asked for after sending"));
    m_tls = flag("tls", tr("Secure connection (TLS)"));
    for (QCheckBox *box : {m_maySend, m_commitment, m_tls})
        column->addWidget(box);
    m_webHint = secondary(theme, {}, this);
    column->addWidget(m_webHint);
    m_files = secured();
    column->addWidget(m_files);
    connect(m_tls, &QCheckBox::toggled, this, &ArchiveForm::showWay);
    connect(m_maySend, &QCheckBox::toggled, this, &ArchiveForm::showWay);
    connect(m_way, qOverload<int>(&QComboBox::currentIndexChanged), this, &ArchiveForm::showWay);
    connect(m_web, &HangulLineEdit::textChanged, this, &ArchiveForm::showWay);
    m_strip = new MessageStrip(theme, this);
    column->addWidget(m_strip);
    auto *verbs = new QWidget(this);
    auto *row = new FlowRow(verbs);
    row->setContentsMargins(0, 0, 0, 0);
    auto *keep = pushButton(tr("Save"), QStringLiteral("settings.archive.save"), verbs, "primary");
    auto *leave = pushButton(tr("Do not change"), QStringLiteral("settings.archive.cancel"), verbs);
    row->addWidget(keep);
    row->addWidget(leave);
    column->addWidget(verbs);
    connect(keep, &QPushButton::clicked, this, &ArchiveForm::save);
    connect(leave, &QPushButton::clicked, this, &ArchiveForm::closed);
}

HangulLineEdit *ArchiveForm::field(
    FlowRow *row, const char *key, const QString &label, double units, int limit)
{
    Theme &theme = m_context.theme();
    auto *edit = new HangulLineEdit;
    edit->setObjectName(QStringLiteral("settings.archive.") + QString::fromLatin1(key));
    edit->setLengthLimit(limit);
    row->addWidget(labelled(theme, label, edit, row->parentWidget()));
    const auto size = [edit, units, &theme] { edit->setMinimumWidth(theme.unit(units)); };
    size();
    connect(&theme, &Theme::changed, edit, size);
    connect(edit, &HangulLineEdit::submitted, this, &ArchiveForm::save);
    return edit;
}

// `pairs`: value, words, value, words.
QComboBox *ArchiveForm::choice(FlowRow *row, const char *key, const QString &label, const QStringList &pairs)
{
    auto *combo = new QComboBox;
    combo->setObjectName(QStringLiteral("settings.archive.") + QString::fromLatin1(key));
    for (int i = 0; i + 1 < pairs.size(); i += 2)
        combo->addItem(pairs.at(i + 1), pairs.at(i));
    combo->view()->setAccessibleName(label);
    row->addWidget(labelled(m_context.theme(), label, combo, row->parentWidget()));
    return combo;
}

QCheckBox *ArchiveForm::flag(const char *key, const QString &label)
{
    auto *box = new QCheckBox(label, this);
    box->setObjectName(QStringLiteral("settings.archive.") + QString::fromLatin1(key));
    box->setAccessibleName(label);
    return box;
}

QSpinBox *ArchiveForm::number(FlowRow *row, const char *key, const QString &label, int most)
{
    Theme &theme = m_context.theme();
    auto *box = new QSpinBox;
    box->setObjectName(QStringLiteral("settings.archive.") + QString::fromLatin1(key));
    box->setRange(1, most);
    // Enter saves, as in every other field.
    connect(box->findChild<QLineEdit *>(), &QLineEdit::returnPressed, this, &ArchiveForm::save);
    row->addWidget(labelled(theme, label, box, row->parentWidget()));
    const auto size = [box, &theme] { box->setMinimumWidth(theme.unit(20)); };
    size();
    connect(&theme, &Theme::changed, box, size);
    return box;
}

QWidget *ArchiveForm::address()
{
    auto *holder = new QWidget(this);
    auto *row = new FlowRow(holder);
    row->setContentsMargins(0, 0, 0, 0);
    m_name = field(row, "name", tr("Name *"), 44, longestName);
    m_way = choice(
        row, "way", tr("Reached by"), {dimse, tr("DICOM (C-FIND, C-GET, C-STORE)"), web, tr("DICOMweb")});
    m_web = field(row, "web", tr("DICOMweb address *"), 90, longestAddress);
    m_web->setPlaceholderText(QStringLiteral("https://pacs.example.kr/dicom-web"));
    m_host = field(row, "host", tr("Address (IPv4 or name) *"), 44, longestHost);
    m_port = number(row, "port", tr("Port *"), 65535);
    m_ae = field(row, "ae", tr("Its AE title *"), 36, longestTitle);
    m_ourAe = field(row, "ourAe", tr("Our AE title, as it knows us *"), 36, longestTitle);
    return holder;
}

QWidget *ArchiveForm::manner()
{
    auto *holder = new QWidget(this);
    auto *row = new FlowRow(holder);
    row->setContentsMargins(0, 0, 0, 0);
    m_retrieve = choice(row, "retrieve", tr("How images come"),
        {QStringLiteral("get"), tr("On our own connection (C-GET)"), QStringLiteral("move"),
            tr("It connects to us (C-MOVE)")});
    m_model = choice(row, "model", tr("Searched by"),
        {QStringLiteral("study"), tr("Study"), QStringLiteral("patient"), tr("Patient")});
    m_letters = choice(row, "letters", tr("Letters of a search"),
        {QStringLiteral("ISO_IR 192"), tr("Unicode"), QStringLiteral("ISO 2022 IR 149"),
            tr("Korean (KS X 1001)"), QStringLiteral("ISO_IR 100"), tr("Latin letters"), QString(),
            tr("Not said")});
    m_associations = number(row, "associations", tr("Connections when sending"), mostAssociations);
    return holder;
}

QWidget *ArchiveForm::secured()
{
    auto *holder = new QWidget(this);
    auto *row = new FlowRow(holder);
    row->setContentsMargins(0, 0, 0, 0);
    m_certificate = field(row, "certificate", tr("Our certificate (PEM file) *"), 60, longestPath);
    m_key = field(row, "key", tr("Our key (PEM file) *"), 60, longestPath);
    m_authorities =
        field(row, "authorities", tr("Who may have signed its certificate (PEM file) *"), 60, longestPath);
    m_tlsName =
        field(row, "tlsName", tr("Name in its certificate, where it is not the address"), 60, longestHost);
    return holder;
}

bool ArchiveForm::isWeb() const
{
    return m_way->currentData().toString() == web;
}

// Over DICOMweb an AE title and an address only say who may send to us; our certificate is for those who ask
// for one, and without authorities of its own those of the system are trusted.
void ArchiveForm::showWay()
{
    const bool overWeb = isWeb(), comes = !overWeb || m_maySend->isChecked();
    const bool plain = overWeb && trimmed(m_web).startsWith(QLatin1String("http:"), Qt::CaseInsensitive);
    setFieldVisible(m_web, overWeb);
    setFieldVisible(m_host, comes);
    setFieldVisible(m_ae, comes);
    for (QWidget *field : std::initializer_list<QWidget *>{
             m_port, m_ourAe, m_retrieve, m_model, m_letters, m_associations, m_tlsName})
        setFieldVisible(field, !overWeb);
    m_commitment->setVisible(!overWeb);
    m_tls->setVisible(!overWeb);
    m_files->setVisible(overWeb ? !plain : m_tls->isChecked());
    for (QWidget *field : std::initializer_list<QWidget *>{m_host, m_ae, m_certificate, m_key, m_authorities})
        setNeeded(field, !overWeb);
    QStringList hints;
    if (comes)
        hints.append(tr("Its address and AE title are needed only where it sends images to this computer."));
    hints.append(plain
            ? tr("Without https anybody on the way can read the images: only inside a protected network.")
            : tr("Leave the certificates empty where the archive does not ask for ours, and where its own is "
                 "of a public authority."));
    m_webHint->setText(hints.join(QLatin1Char('\n')));
    m_webHint->setVisible(overWeb);
}

void ArchiveForm::show(const services::PacsNode &node)
{
    m_shown = node;
    m_strip->clear();
    m_name->setText(node.name);
    m_name->setEnabled(m_new);
    m_host->setText(node.host);
    m_port->setValue(node.port);
    m_ae->setText(node.aeTitle);
    m_ourAe->setText(node.ourAeTitle);
    const auto select = [](QComboBox *combo, const QString &value) {
        combo->setCurrentIndex(std::max(0, combo->findData(value)));
    };
    select(m_retrieve, node.retrieve);
    select(m_model, node.model);
    select(m_letters, node.characterSet);
    m_maySend->setChecked(node.maySend);
    m_commitment->setChecked(node.commitment);
    m_tls->setChecked(node.tls);
    m_certificate->setText(node.certificate);
    m_key->setText(node.key);
    m_authorities->setText(node.authorities);
    m_tlsName->setText(node.tlsName);
    m_associations->setValue(node.associations);
    m_web->setText(node.web);
    select(m_way, node.web.isEmpty() ? dimse : web);
    showWay();
    QWidget::show();
    (m_new ? m_name : isWeb() ? m_web : m_host)->setFocus();
}

void ArchiveForm::startNew()
{
    m_new = true;
    m_title->setText(tr("A new archive"));
    services::PacsNode node;
    node.ourAeTitle = m_context.profile().pacs().listenSettings().aeTitle;
    show(node);
}

void ArchiveForm::edit(const services::PacsNode &node)
{
    m_new = false;
    m_title->setText(tr("Archive %1").arg(node.name));
    show(node);
}

services::PacsNode ArchiveForm::node() const
{
    services::PacsNode out = m_shown; // with what has no field here
    out.name = trimmed(m_name);
    out.host = trimmed(m_host);
    out.port = m_port->value();
    out.aeTitle = trimmed(m_ae);
    out.ourAeTitle = trimmed(m_ourAe);
    out.retrieve = m_retrieve->currentData().toString();
    out.model = m_model->currentData().toString();
    out.characterSet = m_letters->currentData().toString();
    out.maySend = m_maySend->isChecked();
    out.commitment = m_commitment->isChecked();
    out.tls = m_tls->isChecked();
    out.certificate = trimmed(m_certificate);
    out.key = trimmed(m_key);
    out.authorities = trimmed(m_authorities);
    out.tlsName = trimmed(m_tlsName);
    out.associations = m_associations->value();
    out.web.clear();
    if (isWeb()) {
        out.web = trimmed(m_web);
        out.tls = out.commitment = false; // what was ticked for the other way
        if (m_files->isHidden()) // without TLS there is nothing to certify
            out.certificate = out.key = out.authorities = QString();
    }
    return out;
}

// The field that cannot be used, with its sentence; nothing when all can.
QWidget *ArchiveForm::fault(const services::PacsNode &node, QString *sentence) const
{
    const auto wrong = [sentence](QWidget *widget, const QString &words) {
        *sentence = words;
        return widget;
    };
    if (node.name.isEmpty())
        return wrong(m_name, tr("Give the archive a name"));
    if (m_new && m_context.profile().pacs().node(node.name))
        return wrong(m_name, tr("There is an archive of this name already"));
    if (isWeb())
        return webFault(node, sentence);
    if (node.host.isEmpty() || node.host.contains(QLatin1Char(' ')))
        return wrong(m_host, tr("Write the address of the archive: an IPv4 address or a name"));
    const QString titles = tr("An AE title has 1 to 16 Latin letters, digits or signs");
    if (!usableTitle(node.aeTitle))
        return wrong(m_ae, titles);
    if (!usableTitle(node.ourAeTitle))
        return wrong(m_ourAe, titles);
    if (node.tls) {
        for (HangulLineEdit *file : {m_certificate, m_key, m_authorities}) {
            if (trimmed(file).isEmpty())
                return wrong(file, tr("A secure connection needs its three files"));
        }
    }
    return nullptr;
}

QWidget *ArchiveForm::webFault(const services::PacsNode &node, QString *sentence) const
{
    const QUrl url(node.web, QUrl::StrictMode);
    const bool secured = url.scheme() == QLatin1String("https");
    if (!url.isValid() || url.host().isEmpty() || (!secured && url.scheme() != QLatin1String("http"))
        || !url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment()) {
        *sentence = tr("Write the DICOMweb address, such as https://pacs.example.kr/dicom-web, without a "
                       "question mark, a name or a password");
        return m_web;
    }
    if (secured && node.certificate.isEmpty() != node.key.isEmpty()) {
        *sentence = tr("A certificate and its key go together");
        return node.key.isEmpty() ? m_key : m_certificate;
    }
    if (node.maySend && !node.aeTitle.isEmpty() && !usableTitle(node.aeTitle)) {
        *sentence = tr("An AE title has 1 to 16 Latin letters, digits or signs");
        return m_ae;
    }
    return nullptr;
}

void ArchiveForm::save()
{
    const services::PacsNode wanted = node();
    QString sentence;
    if (QWidget *bad = fault(wanted, &sentence)) {
        m_strip->show(MessageStrip::Kind::Warn, sentence, {});
        bad->setFocus();
        return;
    }
    if (const base::Status kept = m_context.profile().pacs().setNode(wanted); !kept) {
        m_strip->showError(kept.error(), m_context.language(), tr("The archive was not saved"));
        return;
    }
    m_strip->clear();
    Q_EMIT saved(wanted.name);
}

} // namespace naru::ui
