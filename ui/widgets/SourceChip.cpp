#include "ui/widgets/SourceChip.h"

#include "ui/shell/Theme.h"

#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace naru::ui {

namespace {

using Kind = clinical::Source::Kind;

const char *token(Kind kind)
{
    return kind == Kind::Emr                        ? "chipEmr"
        : kind == Kind::Typed || kind == Kind::None ? "chipTyped"
                                                    : "chipDocument";
}

QString tint(Kind kind)
{
    return QString::fromLatin1(token(kind)) + QStringLiteral("Tint");
}

// Not by colour alone: each kind has its own mark before the word.
QString mark(Kind kind)
{
    return kind == Kind::Emr                        ? QStringLiteral("▤ ")
        : kind == Kind::Typed || kind == Kind::None ? QStringLiteral("✎ ")
                                                    : QStringLiteral("↩ ");
}

} // namespace

SourceChip::SourceChip(Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, &SourceChip::tell);
    connect(&m_theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    setSource({});
}

QString SourceChip::words(const clinical::Source &source)
{
    const QString day =
        source.asOf.isNull() ? QString() : source.asOf.date().toString(QStringLiteral("yyyy-MM-dd"));
    QString word;
    switch (source.kind) {
    case Kind::Emr:
        word = tr("EMR");
        break;
    case Kind::Document:
        word = tr("Earlier document");
        break;
    case Kind::Exchange:
        word = tr("Exchange");
        break;
    default:
        return tr("Typed");
    }
    return day.isEmpty() ? word : word + QLatin1Char(' ') + day;
}

void SourceChip::setSource(const clinical::Source &source)
{
    m_source = source;
    setText(words(source));
    setAccessibleName(tr("Source: %1").arg(text()));
    setToolTip(source.label);
    updateGeometry();
    update();
}

QSize SourceChip::sizeHint() const
{
    const QFontMetrics fm(m_theme.font(Theme::Face::Caption));
    return {
        fm.horizontalAdvance(mark(m_source.kind) + text()) + m_theme.unit(3), fm.height() + m_theme.unit(1)};
}

void SourceChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = m_theme.color(token(m_source.kind));
    painter.setBrush(m_theme.color(tint(m_source.kind)));
    painter.setPen(hasFocus() ? QPen(m_theme.color("focus"), 2) : QPen(Qt::NoPen));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.unit(), m_theme.unit());
    painter.setFont(m_theme.font(Theme::Face::Caption));
    painter.setPen(ink);
    painter.drawText(rect(), int(Qt::AlignCenter), mark(m_source.kind) + text());
}

void SourceChip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        tell();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void SourceChip::tell()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto line = [&](const QString &words) {
        if (!words.trimmed().isEmpty())
            menu->addAction(words)->setEnabled(false);
    };
    line(text() + (m_source.label.isEmpty() ? QString() : QStringLiteral(" · ") + m_source.label));
    if (!m_source.asOf.isNull())
        line(tr("As of %1").arg(m_source.asOf.toDisplay()));
    if (!m_source.original.isEmpty())
        line(tr("As received: %1").arg(m_source.original.left(80)));
    line(m_source.reviewed || m_source.kind == Kind::Typed ? tr("Reviewed") : tr("Not reviewed yet"));
    if (m_revertible) {
        menu->addSeparator();
        connect(menu->addAction(tr("Take back as it came")), &QAction::triggered, this,
            &SourceChip::revertRequested);
    }
    menu->popup(mapToGlobal(QPoint(0, height())));
}

} // namespace naru::ui
