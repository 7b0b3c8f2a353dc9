#include "ui/widgets/CodePicker.h"

#include "ui/widgets/CodeChoiceModel.h"
#include "ui/widgets/FlowLayout.h"

#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace naru::ui {

namespace {
constexpr int kRows = 20;
constexpr int kVisibleRows = 8;
} // namespace

CodePicker::CodePicker(Mode mode, QWidget *parent)
    : QWidget(parent)
    , m_mode(mode)
    , m_edit(new HangulLineEdit(this))
    , m_chips(new QWidget(this))
    , m_model(new CodeChoiceModel(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *flow = new FlowLayout(m_chips);
    flow->setContentsMargins(0, 0, 0, 0);
    flow->setSpacing(fontMetrics().height() / 4);
    layout->setSpacing(fontMetrics().height() / 4);
    layout->addWidget(m_chips);
    layout->addWidget(m_edit);
    m_chips->hide();
    setFocusProxy(m_edit);
    m_edit->installEventFilter(this);
    connect(m_edit, &HangulLineEdit::liveTextChanged, this, [this] {
        if (m_settingText)
            return;
        if (m_mode == Mode::Single && !m_chosen.empty()) { // editing the shown name takes the choice back
            m_chosen.clear();
            Q_EMIT edited();
        }
        search();
    });
}

CodePicker::~CodePicker()
{
    delete m_frame;
}

void CodePicker::setSource(std::shared_ptr<CodeSource> source)
{
    m_source = std::move(source);
}

void CodePicker::setLabel(const QString &label)
{
    m_edit->setAccessibleName(label);
    setAccessibleName(label);
}

void CodePicker::setReadOnly(bool on)
{
    m_edit->setReadOnly(on);
    m_edit->setFocusPolicy(on ? Qt::TabFocus : Qt::StrongFocus);
    m_chips->setEnabled(!on);
    if (on)
        hideList();
}

void CodePicker::setChosen(const std::vector<CodeChoice> &choices)
{
    m_chosen = choices;
    if (m_mode == Mode::Single) {
        if (m_chosen.size() > 1)
            m_chosen.resize(1);
        m_settingText = true;
        m_edit->setTextWhenIdle(m_chosen.empty() ? QString() : m_chosen.front().title());
        m_settingText = false;
    }
    m_main = qBound(0, m_main, qMax(0, int(m_chosen.size()) - 1));
    rebuildChips();
}

bool CodePicker::listVisible() const
{
    return m_frame && m_frame->isVisible();
}

std::vector<CodeChoice> CodePicker::rows() const
{
    return m_model->rows();
}

int CodePicker::currentRow() const
{
    return listVisible() ? m_list->currentIndex().row() : -1;
}

void CodePicker::makeList()
{
    if (m_frame && m_frame->parentWidget() == window())
        return;
    delete m_frame;
    m_frame = new QFrame(window());
    m_frame->setObjectName(QStringLiteral("codePicker.list"));
    m_frame->setFocusPolicy(Qt::NoFocus);
    m_frame->setFrameShape(QFrame::Box);
    m_frame->setAutoFillBackground(true);
    m_frame->setBackgroundRole(QPalette::Base);
    m_list = new QListView(m_frame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setItemDelegate(new CodeChoiceDelegate(m_list));
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Matches"));
    m_footer = new QLabel(m_frame);
    m_footer->setMargin(fontMetrics().height() / 4);
    m_footer->setForegroundRole(QPalette::PlaceholderText);
    m_footer->setTextFormat(Qt::PlainText);
    m_footer->setWordWrap(true);
    auto *layout = new QVBoxLayout(m_frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_list);
    layout->addWidget(m_footer);
    m_frame->setFont(font());
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    m_frame->hide();
}

void CodePicker::search()
{
    if (!m_source || !m_edit->hasFocus() || m_edit->isReadOnly()) {
        hideList();
        return;
    }
    const QString live = m_edit->liveText().trimmed();
    if (live.isEmpty()) {
        std::vector<CodeChoice> recent = m_source->recents(kRows);
        if (recent.empty())
            hideList();
        else
            setRows(std::move(recent), true, tr("Recent and frequent"));
        return;
    }
    std::vector<CodeChoice> found = m_source->search(live, kRows);
    if (!found.empty()) {
        const QString count = tr("%n match(es)", nullptr, int(found.size()));
        setRows(std::move(found), true, count);
        return;
    }
    // Nothing: the nearest three of a shorter query, none of them preselected, so that Enter takes none by
    // accident.
    std::vector<CodeChoice> near;
    for (QString shorter = live.chopped(1); near.empty() && !shorter.isEmpty(); shorter.chop(1))
        near = m_source->search(shorter, 3);
    setRows(std::move(near), false,
        m_source->freeTextAllowed() ? tr("None found – F2 keeps it as free text") : tr("None found"));
}

void CodePicker::setRows(std::vector<CodeChoice> rows, bool selectFirst, const QString &footer)
{
    makeList();
    m_model->setRows(std::move(rows));
    m_footerText = footer;
    m_list->setCurrentIndex(selectFirst ? m_model->index(0) : QModelIndex());
    setFooter();
    placeList();
    if (!m_frame->isVisible()) {
        m_frame->show();
        watchAncestors(true);
    }
    m_frame->raise();
}

void CodePicker::setFooter()
{
    const int row = m_list->currentIndex().row();
    QString text = m_footerText;
    if (row >= 0) {
        const CodeChoice &choice = m_model->rows()[size_t(row)];
        m_edit->setAccessibleDescription(
            m_model->data(m_model->index(row), Qt::AccessibleTextRole).toString());
        if (m_details) {
            QStringList parts{
                choice.code, choice.systemName, choice.ko, choice.en, choice.matched, choice.note};
            parts.removeAll(QString());
            text = parts.join(QStringLiteral(" · "));
        }
    } else {
        m_edit->setAccessibleDescription(m_footerText);
    }
    if (!m_details && row >= 0)
        text += QStringLiteral("   ")
            + tr("↑↓ move  Enter choose  Alt+1…9 choose directly  Alt+Enter details")
            + (m_source->freeTextAllowed() ? QStringLiteral("  ") + tr("F2 free text") : QString());
    m_footer->setText(text);
}

void CodePicker::placeList()
{
    QWidget *root = window();
    const int wide = fontMetrics().horizontalAdvance(QLatin1Char('0')) * 76;
    const QPoint below = m_edit->mapTo(root, QPoint(0, m_edit->height() + 1));
    const int width = qMin(
        qMax(m_edit->width(), wide), root->width() - 2 * fontMetrics().horizontalAdvance(QLatin1Char('0')));
    const int left = qBound(0, below.x(), root->width() - width);
    const int row = m_list->sizeHintForRow(0) > 0 ? m_list->sizeHintForRow(0) : fontMetrics().height() * 2;
    const int shown = qBound(0, m_model->rowCount(), kVisibleRows);
    m_list->setFixedHeight(row * shown);
    m_list->setVisible(shown > 0);
    const int height = row * shown + m_footer->heightForWidth(width - 2) + 2;
    const int spaceBelow = root->height() - below.y();
    const int above = m_edit->mapTo(root, QPoint(0, 0)).y() - height - 1;
    const int top =
        spaceBelow >= height || above < 0 ? qMin(below.y(), qMax(0, root->height() - height)) : above;
    m_frame->setGeometry(left, top, width, height);
}

void CodePicker::watchAncestors(bool on)
{
    for (const QPointer<QObject> &object : m_watched) {
        if (object)
            object->removeEventFilter(this);
    }
    m_watched.clear();
    if (!on)
        return;
    for (QWidget *w = parentWidget(); w; w = w->isWindow() ? nullptr : w->parentWidget()) {
        w->installEventFilter(this);
        m_watched.emplace_back(w);
    }
}

void CodePicker::showList()
{
    if (m_mode == Mode::Single && !m_chosen.empty())
        return;
    search();
}

void CodePicker::hideList()
{
    if (!m_frame || m_frame->isHidden())
        return;
    m_frame->hide();
    m_details = false;
    m_edit->setAccessibleDescription({});
    watchAncestors(false);
}

void CodePicker::moveCurrent(int by)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int now = m_list->currentIndex().row();
    const int next = now < 0 ? (by > 0 ? 0 : count - 1) : qBound(0, now + by, count - 1);
    m_list->setCurrentIndex(m_model->index(next));
    m_list->scrollTo(m_model->index(next));
    setFooter();
}

void CodePicker::choose(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const CodeChoice choice = m_model->rows()[size_t(row)];
    m_source->used(choice);
    hideList();
    m_settingText = true;
    if (m_mode == Mode::Single) {
        m_chosen = {choice};
        m_edit->setTextWhenIdle(choice.title());
    } else {
        if (m_mode == Mode::Chips) {
            if (std::find(m_chosen.begin(), m_chosen.end(), choice) == m_chosen.end())
                m_chosen.push_back(choice);
            rebuildChips();
        }
        m_edit->setTextWhenIdle({});
    }
    m_settingText = false;
    Q_EMIT picked(choice);
    Q_EMIT edited();
}

void CodePicker::takeFreeText()
{
    const QString text = m_edit->liveText().trimmed();
    if (text.isEmpty() || !m_source || !m_source->freeTextAllowed())
        return;
    hideList();
    m_settingText = true;
    CodeChoice choice;
    choice.ko = text;
    choice.coded.originalText = text;
    if (m_mode == Mode::Chips) {
        m_chosen.push_back(choice);
        rebuildChips();
    } else if (m_mode == Mode::Single) {
        m_chosen = {choice};
    }
    if (m_mode != Mode::Single)
        m_edit->setTextWhenIdle({});
    m_settingText = false;
    Q_EMIT freeText(text);
    Q_EMIT edited();
}

void CodePicker::rebuildChips()
{
    if (m_mode != Mode::Chips)
        return;
    qDeleteAll(m_chips->findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly));
    for (int i = 0; i < int(m_chosen.size()); ++i) {
        const CodeChoice &choice = m_chosen[size_t(i)];
        QString text =
            choice.code.isEmpty() ? choice.title() : choice.code + QLatin1Char(' ') + choice.title();
        if (m_mainMark)
            text = (i == m_main ? tr("main") : tr("side")) + QStringLiteral(" · ") + text;
        auto *chip = new QPushButton(text + QStringLiteral("  ×"), m_chips);
        chip->setObjectName(QStringLiteral("codePicker.chip"));
        chip->setAccessibleName(tr("%1, Delete removes").arg(text));
        chip->installEventFilter(this);
        chip->setProperty("chip", i);
        connect(chip, &QPushButton::clicked, this, [this, i] { removeChip(i); });
        m_chips->layout()->addWidget(chip);
        chip->show();
    }
    m_chips->setVisible(!m_chosen.empty());
    updateGeometry();
}

void CodePicker::removeChip(int index)
{
    if (index < 0 || index >= int(m_chosen.size()))
        return;
    m_chosen.erase(m_chosen.begin() + index);
    m_main = qBound(0, m_main > index ? m_main - 1 : m_main, qMax(0, int(m_chosen.size()) - 1));
    m_edit->setFocus();
    // The chip may be the sender of this very call.
    QTimer::singleShot(0, this, &CodePicker::rebuildChips);
    Q_EMIT edited();
}

void CodePicker::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && m_frame)
        m_frame->setFont(font());
}

bool CodePicker::overrides(QKeyEvent *event) const
{
    if (!listVisible())
        return event->key() == Qt::Key_F2 && !m_edit->liveText().isEmpty();
    const bool alt = event->modifiers() == Qt::AltModifier;
    switch (event->key()) {
    case Qt::Key_Escape:
    case Qt::Key_F2:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return !(event->modifiers() & Qt::ControlModifier);
    default:
        return alt && event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9;
    }
}

bool CodePicker::keyPressed(QKeyEvent *event)
{
    const bool alt = event->modifiers() & Qt::AltModifier;
    const int key = event->key();
    if (key == Qt::Key_F2) {
        m_edit->commitThen([this] { takeFreeText(); });
        return true;
    }
    if (key == Qt::Key_Down && !listVisible()) {
        showList();
        return true;
    }
    if (key == Qt::Key_Backspace && m_mode == Mode::Chips && m_edit->liveText().isEmpty()
        && !m_chosen.empty()) {
        const auto chips = m_chips->findChildren<QPushButton *>(QString(), Qt::FindDirectChildrenOnly);
        if (!chips.isEmpty())
            chips.last()->setFocus(Qt::BacktabFocusReason);
        return true;
    }
    if (!listVisible())
        return false;
    switch (key) {
    case Qt::Key_Down:
        moveCurrent(1);
        return true;
    case Qt::Key_Up:
        moveCurrent(-1);
        return true;
    case Qt::Key_PageDown:
        moveCurrent(kVisibleRows - 1);
        return true;
    case Qt::Key_PageUp:
        moveCurrent(1 - kVisibleRows);
        return true;
    case Qt::Key_Escape:
        hideList();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (event->modifiers() & Qt::ControlModifier)
            return false;
        if (alt) {
            m_details = !m_details;
            setFooter();
            placeList();
            return true;
        }
        if (m_edit->composing()) // closes the syllable; the next Enter chooses
            m_edit->commitThen([] {});
        else if (m_list->currentIndex().isValid())
            choose(m_list->currentIndex().row());
        return true;
    default:
        break;
    }
    if (alt && key >= Qt::Key_1 && key <= Qt::Key_9) {
        choose(key - Qt::Key_1);
        return true;
    }
    return false;
}

bool CodePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit) {
        switch (event->type()) {
        case QEvent::ShortcutOverride:
            if (overrides(static_cast<QKeyEvent *>(event))) {
                event->accept();
                return true;
            }
            break;
        case QEvent::KeyPress:
            if (!m_edit->isReadOnly() && keyPressed(static_cast<QKeyEvent *>(event)))
                return true;
            break;
        case QEvent::FocusIn:
            if (static_cast<QFocusEvent *>(event)->reason() != Qt::ActiveWindowFocusReason)
                QTimer::singleShot(0, this, [this] {
                    if (m_edit->hasFocus())
                        showList();
                });
            break;
        case QEvent::FocusOut:
            hideList();
            break;
        default:
            break;
        }
        return QWidget::eventFilter(watched, event);
    }
    if (watched->property("chip").isValid() && event->type() == QEvent::KeyPress) {
        auto *key = static_cast<QKeyEvent *>(event);
        const int index = watched->property("chip").toInt();
        if (key->key() == Qt::Key_Delete || key->key() == Qt::Key_Backspace) {
            removeChip(index);
            return true;
        }
        if (m_mainMark && key->key() == Qt::Key_Space) {
            m_main = index;
            QTimer::singleShot(0, this, &CodePicker::rebuildChips);
            Q_EMIT edited();
            return true;
        }
    }
    if (listVisible() && (event->type() == QEvent::Move || event->type() == QEvent::Resize))
        placeList();
    else if (listVisible() && event->type() == QEvent::Hide)
        hideList();
    return QWidget::eventFilter(watched, event);
}

} // namespace naru::ui
