#include "ui/pages/documents/ReaderHead.h"

#include "ui/shell/Theme.h"
#include "ui/widgets/FlowLayout.h"

#include <QLabel>
#include <QPushButton>
#include <QTabBar>

namespace naru::ui {

ReaderHead::ReaderHead(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_views(new QTabBar(this))
    , m_reply(new QPushButton(tr("Write an answer (Ctrl+R)"), this))
    , m_print(new QPushButton(tr("Print"), this))
    , m_export(new QPushButton(tr("Keep the original"), this))
    , m_compare(new QPushButton(tr("Compare versions"), this))
    , m_images(new QPushButton(tr("Show the images"), this))
{
    const int unit = theme.unit();
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(theme.font(Theme::Face::SectionTitle));
    m_views->setObjectName(QStringLiteral("reader.style"));
    m_views->setAccessibleName(tr("Kind of view (F9)"));
    m_views->setDrawBase(false);
    m_views->setExpanding(false);
    m_views->setUsesScrollButtons(false); // few short names: all of them or nothing
    m_views->addTab(tr("Read"));
    m_views->addTab(tr("As authored"));
    m_reply->setObjectName(QStringLiteral("reader.reply"));
    m_print->setObjectName(QStringLiteral("reader.print"));
    m_export->setObjectName(QStringLiteral("reader.export"));
    m_compare->setObjectName(QStringLiteral("reader.compare"));
    m_compare->setCheckable(true);
    m_compare->hide();
    m_images->setObjectName(QStringLiteral("reader.images"));
    m_images->hide();
    auto *flow = new FlowLayout(this);
    flow->setContentsMargins(4 * unit, 2 * unit, 4 * unit, unit);
    flow->setSpacing(3 * unit);
    for (QWidget *widget :
        QList<QWidget *>{m_title, m_views, m_reply, m_print, m_export, m_compare, m_images})
        flow->addWidget(widget);
    connect(m_reply, &QPushButton::clicked, this, &ReaderHead::replyWanted);
    connect(m_print, &QPushButton::clicked, this, &ReaderHead::printWanted);
    connect(m_export, &QPushButton::clicked, this, &ReaderHead::exportWanted);
    connect(m_compare, &QPushButton::clicked, this, &ReaderHead::compareWanted);
    connect(m_images, &QPushButton::clicked, this, &ReaderHead::imagesWanted);
}

} // namespace naru::ui
