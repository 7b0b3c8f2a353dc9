#include "ui/shell/CommandPalette.h"

#include "core/base/Hangul.h"
#include "core/services/ComposeService.h"
#include "core/services/PatientService.h"
#include "core/services/RecordService.h"
#include "ui/shell/AppContext.h"
#include "ui/shell/Theme.h"
#include "ui/text/Words.h"
#include "ui/widgets/HangulLineEdit.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QVBoxLayout>

namespace naru::ui {

namespace {

constexpr int MostHits = 12, MostPatients = 6;

bool matches(const QString &text, const QString &query)
{
    if (query.isEmpty())
        return true;
    const QString folded = base::folded(text), wanted = base::folded(query);
    return folded.contains(wanted) || (base::isChoseongOnly(query) && base::choseong(folded).contains(wanted))
        || folded.contains(base::folded(base::hangulFromKeys(query)));
}

} // namespace

CommandPalette::CommandPalette(AppContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_query(new HangulLineEdit(this))
    , m_list(new QListWidget(this))
    , m_empty(new QLabel(tr("Nothing matches"), this))
{
    setObjectName(QStringLiteral("palette"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_query);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty);
    m_query->setObjectName(QStringLiteral("palette.query"));
    m_query->setPlaceholderText(tr("Patient, document or command"));
    m_query->setAccessibleName(tr("Patient, document or command"));
    m_query->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("palette.list"));
    m_list->setAccessibleName(tr("Hits"));
    m_list->setFocusPolicy(Qt::NoFocus); // the keys stay with the composing editor
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    connect(m_query, &HangulLineEdit::liveTextChanged, this, &CommandPalette::search);
    connect(m_query, &HangulLineEdit::submitted, this, &CommandPalette::choose);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::choose);
    hide();
}

void CommandPalette::open(const QList<Command> &commands)
{
    m_before = QApplication::focusWidget();
    m_commands = commands;
    m_query->clear();
    place();
    show();
    raise();
    m_query->setFocus(Qt::ShortcutFocusReason);
    search({});
}

void CommandPalette::place()
{
    const Theme &theme = m_context.theme();
    QWidget *window = parentWidget();
    const int width = std::min(window->width() - theme.unit(8), theme.unit(130));
    const int height = std::min(window->height() - theme.unit(24), theme.unit(96));
    setGeometry((window->width() - width) / 2, theme.unit(14), width, height);
    layout()->setContentsMargins(theme.unit(3), theme.unit(3), theme.unit(3), theme.unit(3));
}

QList<CommandPalette::Hit> CommandPalette::commandHits(const QString &query) const
{
    QList<Hit> hits;
    for (const Command &command : m_commands) {
        const QString name = command.plainText();
        if (command.act && matches(name, query))
            hits.append({name,
                command.keys.isEmpty() ? QString() : command.keys.first().toString(QKeySequence::NativeText),
                command.act});
    }
    return hits;
}

QList<CommandPalette::Hit> CommandPalette::patientHits(const QString &query) const
{
    QList<Hit> hits;
    for (const services::PatientRow &row : m_context.profile().patients().list(query, MostPatients)) {
        const QString line =
            QStringLiteral("%1  %2  %3  #%4")
                .arg(base::withVisibleControls(row.name), text::sexName(row.sex, m_context.language()),
                    row.birthDate.toIso().left(10), row.chartNumber);
        hits.append({line, tr("Patient"), [this, key = row.key] { m_context.openPatient(key); }});
    }
    return hits;
}

QList<CommandPalette::Hit> CommandPalette::documentHits(const QString &query) const
{
    QList<Hit> hits;
    for (const services::DraftRow &row : m_context.profile().compose().list(true)) {
        const QString line = QStringLiteral("%1  %2 → %3")
                                 .arg(base::withVisibleControls(row.who.name),
                                     text::formName(row.form, m_context.language()), row.recipientName);
        if (matches(line, query))
            hits.append({line, tr("Draft"), [this, row] { m_context.openCompose(row.patient, row.id); }});
    }
    return hits;
}

void CommandPalette::search(const QString &query)
{
    m_hits.clear();
    m_list->clear();
    const QString wanted = query.trimmed();
    if (!wanted.isEmpty())
        m_hits = patientHits(wanted) + documentHits(wanted);
    m_hits += commandHits(wanted);
    m_hits = m_hits.mid(0, std::max(MostHits, wanted.isEmpty() ? 99 : MostHits));
    for (const Hit &hit : m_hits) {
        auto *item = new QListWidgetItem(
            hit.kind.isEmpty() ? hit.text : hit.text + QStringLiteral("   –   ") + hit.kind);
        item->setSizeHint(QSize(0, m_context.theme().rowHeight()));
        m_list->addItem(item);
    }
    m_list->setCurrentRow(m_hits.isEmpty() ? -1 : 0);
    m_list->setVisible(!m_hits.isEmpty());
    m_empty->setVisible(m_hits.isEmpty());
}

void CommandPalette::choose()
{
    const int row = m_list->currentRow();
    if (row < 0 || row >= m_hits.size())
        return;
    const auto act = m_hits.at(row).act;
    finish();
    if (act)
        act();
}

void CommandPalette::finish()
{
    hide();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_query && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const int rows = m_list->count();
        switch (key->key()) {
        case Qt::Key_Down:
        case Qt::Key_Up:
            if (rows > 0)
                m_list->setCurrentRow(
                    (m_list->currentRow() + (key->key() == Qt::Key_Down ? 1 : rows - 1)) % rows);
            return true;
        case Qt::Key_Escape:
            finish();
            return true;
        default:
            break;
        }
    }
    if (watched == m_query && event->type() == QEvent::FocusOut && isVisible())
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!isAncestorOf(QApplication::focusWidget()))
                    hide();
            },
            Qt::QueuedConnection);
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_context.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color("border"), 1));
    painter.setBrush(theme.color("raised"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.unit(), theme.unit());
}

} // namespace naru::ui
