#include "ui/widgets/MessageStrip.h"

#include "ui/shell/Theme.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/FlowRow.h"

#include <QAccessible>
#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace naru::ui {

namespace {

struct Look {
    const char *symbol;
    const char *role;
    const char *tint;
};
constexpr Look Looks[] = {
    {"ⓘ", "info", "tintInfo"}, {"✓", "ok", "tintOk"}, {"◐", "warn", "tintWarn"}, {"!", "error", "tintError"}};

// A digest or an address may be one word wider than the page: it gets places to break.
QString breakable(const QString &text)
{
    constexpr int longWord = 24;
    QString out;
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        out += c;
        if (run == longWord && !c.isHighSurrogate()) {
            out += QChar(0x200B);
            run = 0;
        }
    }
    return out;
}

} // namespace

MessageStrip::MessageStrip(Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_symbol(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_detail(new QLabel(this))
{
    auto *grid = new QGridLayout(this);
    grid->addWidget(m_symbol, 0, 0, Qt::AlignTop);
    grid->addWidget(m_sentence, 0, 1);
    grid->setColumnStretch(1, 1);
    auto *buttons = new QWidget(this);
    auto *row = new FlowRow(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    for (int i = 0; i < 3; ++i) {
        m_buttons[i] = new QPushButton(buttons);
        m_buttons[i]->hide();
        row->addWidget(m_buttons[i]);
        connect(m_buttons[i], &QPushButton::clicked, this, [this, i] {
            if (const auto act = m_acts[i])
                act();
        });
    }
    buttons->setObjectName(QStringLiteral("strip.buttons"));
    grid->addWidget(buttons, 1, 1);
    grid->addWidget(m_detail, 2, 1);
    for (QLabel *label : {m_sentence, m_detail}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    }
    m_symbol->setObjectName(QStringLiteral("strip.symbol"));
    m_sentence->setObjectName(QStringLiteral("strip.sentence"));
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setFocusPolicy(Qt::NoFocus);
    m_detail->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    connect(&m_theme, &Theme::changed, this, &MessageStrip::restyle);
    restyle();
    hide();
}

void MessageStrip::show(Kind kind, const QString &sentence, const QList<Verb> &verbs)
{
    m_kind = kind;
    m_symbol->setText(QString::fromUtf8(Looks[int(kind)].symbol));
    m_sentence->setText(sentence);
    m_detail->hide();
    bool any = false;
    for (int i = 0; i < 3; ++i) {
        const bool used = i < verbs.size() && !verbs.at(i).label.isEmpty();
        m_acts[i] = used ? verbs.at(i).act : std::function<void()>();
        if (used) {
            m_buttons[i]->setText(verbs.at(i).label);
            m_buttons[i]->setAccessibleName(verbs.at(i).label);
            m_buttons[i]->setAccessibleDescription(sentence);
        }
        m_buttons[i]->setVisible(used);
        any = any || used;
    }
    m_buttons[0]->parentWidget()->setVisible(any);
    setAccessibleName(sentence);
    restyle();
    place();
    QWidget::show();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void MessageStrip::showError(
    const base::Error &error, text::Language language, const QString &what, const Verb &verb)
{
    const text::Explanation explained = text::explain(error, language, what);
    QList<Verb> verbs;
    if (!verb.label.isEmpty())
        verbs.append(verb);
    verbs.append({tr("Details"), [this] { m_detail->setVisible(m_detail->isHidden()); }});
    verbs.append({tr("Copy diagnostics"),
        [error] { QGuiApplication::clipboard()->setText(text::diagnostics(error)); }});
    show(Kind::Error, explained.text(), verbs);
    m_detail->setText(breakable(explained.detail));
}

void MessageStrip::clear()
{
    if (isHidden())
        return;
    hide();
    Q_EMIT cleared();
}

QString MessageStrip::sentence() const
{
    return m_sentence->text();
}

void MessageStrip::restyle()
{
    const Look &look = Looks[int(m_kind)];
    layout()->setContentsMargins(m_theme.unit(3), m_theme.unit(1.5), m_theme.unit(3), m_theme.unit(1.5));
    QPalette colors = m_theme.palette();
    colors.setColor(QPalette::WindowText, m_theme.color(look.role));
    m_symbol->setPalette(colors);
    m_symbol->setFont(m_theme.font(Theme::Face::BodyBold));
    colors.setColor(QPalette::WindowText, m_theme.color("text"));
    m_sentence->setPalette(colors);
    m_detail->setPalette(colors);
    m_detail->setFont(m_theme.font(Theme::Face::Caption));
    update();
}

void MessageStrip::paintEvent(QPaintEvent *)
{
    const Look &look = Looks[int(m_kind)];
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(look.tint));
    painter.drawRoundedRect(rect(), m_theme.unit(), m_theme.unit());
    painter.fillRect(QRect(0, 0, std::max(3, m_theme.unit(0.8)), height()), m_theme.color(look.role));
}

// Sentence and verbs in one row when both fit: a strip takes no more of the page than it must.
void MessageStrip::place()
{
    auto *grid = static_cast<QGridLayout *>(layout());
    QWidget *buttons = m_buttons[0]->parentWidget();
    int verbs = 0;
    for (const QPushButton *button : m_buttons)
        verbs += button->isHidden() ? 0 : button->sizeHint().width() + m_theme.unit(2);
    const int sentence = m_sentence->fontMetrics().horizontalAdvance(m_sentence->text());
    const bool beside = verbs + sentence + m_symbol->sizeHint().width() + m_theme.unit(14) <= width();
    buttons->setMinimumWidth(beside ? verbs : 0);
    int row = 0, column = 0, rows = 0, columns = 0;
    grid->setAlignment(m_symbol, beside ? Qt::AlignVCenter : Qt::AlignTop); // at the first line of the words
    grid->getItemPosition(grid->indexOf(buttons), &row, &column, &rows, &columns);
    if ((column == 2) == beside)
        return;
    grid->removeWidget(buttons);
    grid->addWidget(buttons, beside ? 0 : 1, beside ? 2 : 1);
}

// Its height is at most what this asks for (so no page hands it spare room), and wrapped words ask for less
// than they take unless the width is known.
QSize MessageStrip::sizeHint() const
{
    const QSize asked = QWidget::sizeHint();
    return {asked.width(), std::max(asked.height(), layout()->totalHeightForWidth(width()))};
}

void MessageStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
    if (event->oldSize().width() != width())
        updateGeometry();
}

void MessageStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange && layout())
        layout()->invalidate();
}

} // namespace naru::ui
