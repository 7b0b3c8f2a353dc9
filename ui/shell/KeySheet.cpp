#include "ui/shell/KeySheet.h"

#include "ui/shell/Theme.h"

#include <QApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QTableWidget>
#include <QVBoxLayout>

namespace naru::ui {

KeySheet::KeySheet(Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_title(new QLabel(tr("Keys"), this))
    , m_table(new QTableWidget(0, 4, this))
{
    setObjectName(QStringLiteral("keysheet"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_table, 1);
    m_table->setObjectName(QStringLiteral("keysheet.table"));
    m_table->setAccessibleName(tr("Keys"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->hide();
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->installEventFilter(this);
    hide();
}

void KeySheet::open(
    const QList<Command> &commands, const QList<QPair<QString, QString>> &pageKeys, const QString &pageTitle)
{
    m_before = QApplication::focusWidget();
    QList<QPair<QString, QString>> rows;
    for (const auto &row : pageKeys)
        rows.append(
            {row.first, row.second + (pageTitle.isEmpty() ? QString() : QStringLiteral(" – ") + pageTitle)});
    for (const Command &command : commands) {
        if (command.keys.isEmpty())
            continue;
        QStringList keys;
        for (const QKeySequence &sequence : command.keys)
            keys.append(sequence.toString(QKeySequence::NativeText));
        rows.append({keys.join(QStringLiteral(", ")), command.plainText()});
    }
    const int half = int(rows.size() + 1) / 2;
    m_table->setRowCount(half);
    for (int i = 0; i < rows.size(); ++i) {
        const int line = i % half, shift = i < half ? 0 : 2;
        auto *key = new QTableWidgetItem(rows.at(i).first);
        key->setFont(m_theme.font(Theme::Face::BodyBold));
        m_table->setItem(line, shift, key);
        m_table->setItem(line, shift + 1, new QTableWidgetItem(rows.at(i).second));
    }
    for (int line = 0; line < half; ++line)
        m_table->setRowHeight(line, m_theme.unit(5.5));
    m_table->setCurrentCell(0, 0);
    m_title->setFont(m_theme.font(Theme::Face::PageTitle));
    place();
    m_table->resizeColumnsToContents();
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
    show();
    raise();
    m_table->setFocus(Qt::ShortcutFocusReason);
}

void KeySheet::place()
{
    QWidget *window = parentWidget();
    const int width = std::min(window->width() - m_theme.unit(8), m_theme.unit(190));
    const int height = std::min(window->height() - m_theme.unit(20), m_theme.unit(120));
    setGeometry((window->width() - width) / 2, m_theme.unit(12), width, height);
    layout()->setContentsMargins(m_theme.unit(4), m_theme.unit(4), m_theme.unit(4), m_theme.unit(4));
}

void KeySheet::finish()
{
    hide();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
}

bool KeySheet::eventFilter(QObject *watched, QEvent *event)
{
    // Before the shortcuts of the window, which have these keys too.
    const bool asked = event->type() == QEvent::ShortcutOverride;
    if (watched == m_table && (asked || event->type() == QEvent::KeyPress)) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || key == Qt::Key_F1 || key == Qt::Key_Return || key == Qt::Key_Enter) {
            event->accept();
            if (!asked)
                finish();
            return true;
        }
    }
    if (watched == m_table && event->type() == QEvent::FocusOut)
        hide();
    return QFrame::eventFilter(watched, event);
}

void KeySheet::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color("border"), 1));
    painter.setBrush(m_theme.color("raised"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.unit(), m_theme.unit());
}

} // namespace naru::ui
