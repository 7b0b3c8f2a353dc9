#include "ui/pages/imaging/SeriesList.h"

#include "ui/pages/imaging/SeriesDelegate.h"
#include "ui/shell/Theme.h"

#include <QContextMenuEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace naru::ui {

SeriesList::SeriesList(Theme &theme, QWidget *parent)
    : QListWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("imaging.series"));
    setAccessibleName(tr("Series"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_delegate = new SeriesDelegate(theme, this);
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    connect(this, &QListWidget::itemActivated, this, [this](QListWidgetItem *item) {
        if (StackProvider *provider = at(row(item)))
            Q_EMIT chosen(provider);
    });
    connect(this, &QListWidget::itemClicked, this, [this](QListWidgetItem *item) {
        if (StackProvider *provider = at(row(item)))
            Q_EMIT chosen(provider);
    });
    connect(this, &QListWidget::itemSelectionChanged, this, [this] {
        if (currentItem() && selectedItems().isEmpty())
            currentItem()->setSelected(true); // a click below the rows shows nothing else
    });
    connect(&theme, &Theme::changed, this, &SeriesList::restyle);
    restyle();
}

void SeriesList::setNarrow(bool on)
{
    if (m_narrow == on)
        return;
    m_narrow = on;
    restyle();
}

void SeriesList::restyle()
{
    const int side = m_theme.unit(m_narrow ? 8 : 13);
    setIconSize(QSize(side, side));
    setSpacing(m_theme.unit(0.4));
    m_delegate->setNarrow(m_narrow);
    for (int i = 0; i < count(); ++i)
        refresh(i);
    scheduleDelayedItemsLayout();
}

void SeriesList::setStudies(const QList<const OpenStudy *> &studies, FrameLoader &loader)
{
    if (m_loader != &loader) {
        if (m_loader)
            m_loader->disconnect(this);
        m_loader = &loader;
        connect(&loader, &FrameLoader::thumbnailReady, this, [this](int stack) {
            for (int i = 0; i < m_providers.size(); ++i) {
                if (m_providers[i] && m_providers[i]->number() == stack)
                    refresh(i);
            }
        });
        // One that cannot be shown brings no small picture.
        connect(&loader, &FrameLoader::frameChanged, this, [this](int stack, int index) {
            for (int i = 0; i < m_providers.size(); ++i) {
                if (m_providers[i] && m_providers[i]->number() == stack && m_providers[i]->first() == index
                    && isBroken(*m_providers[i]))
                    refresh(i);
            }
        });
    }
    // More of the same studies does not move what she looks at.
    const QString study = studies.isEmpty() ? QString() : studies.front()->row.key;
    const bool same = study == m_study && !study.isEmpty();
    const QString series = same ? m_keys.value(currentRow()) : QString();
    const int place = same ? verticalScrollBar()->value() : 0;
    m_study = study;
    clear();
    m_providers.clear();
    m_keys.clear();
    for (const OpenStudy *each : studies) {
        for (StackProvider *provider : each->providers) {
            m_providers.append(provider);
            m_keys.append(provider->studyKey() + QLatin1Char('/') + provider->seriesKey());
            addItem(new QListWidgetItem);
            refresh(count() - 1);
        }
    }
    if (count() == 0)
        return;
    setCurrentRow(std::max(0, int(m_keys.indexOf(series))), QItemSelectionModel::NoUpdate);
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(place);
}

bool SeriesList::isBroken(const StackProvider &provider) const
{
    return m_loader && m_loader->thumbnail(provider.number()).isNull()
        && provider.loader().cache().slot(provider.number(), provider.first()).state
        == FrameSlot::State::Broken;
}

void SeriesList::refresh(int row)
{
    const StackProvider *provider = at(row);
    QListWidgetItem *item = this->item(row);
    if (!provider || !item)
        return;
    const QString count = tr("%n image(s)", nullptr, provider->count());
    item->setToolTip(
        provider->title() + QLatin1Char('\n') + count + QLatin1Char('\n') + provider->dateText());
    item->setText(m_narrow ? provider->title() + QLatin1Char('\n') + count : item->toolTip());
    const bool broken = isBroken(*provider);
    if (broken)
        item->setToolTip(item->toolTip() + QLatin1Char('\n') + tr("Its first image cannot be shown"));
    item->setData(Qt::AccessibleTextRole, item->toolTip());
    const int side = iconSize().width();
    const double ratio = devicePixelRatioF();
    QPixmap square(QSize(side, side) * ratio);
    square.setDevicePixelRatio(ratio);
    square.fill(m_theme.color("imageBack"));
    const QImage small = m_loader ? m_loader->thumbnail(provider->number()) : QImage();
    QPainter painter(&square);
    if (!small.isNull()) {
        const QSizeF size = QSizeF(small.size()).scaled(side, side, Qt::KeepAspectRatio);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(
            QRectF(QPointF((side - size.width()) / 2, (side - size.height()) / 2), size), small);
    } else if (broken) {
        painter.setPen(m_theme.color("imageError"));
        painter.drawText(QRect(0, 0, side, side), Qt::AlignCenter, QStringLiteral("!"));
    }
    painter.end();
    QIcon icon;
    icon.addPixmap(square, QIcon::Normal);
    icon.addPixmap(square, QIcon::Selected); // a chosen picture is not tinted
    item->setIcon(icon);
}

void SeriesList::setCurrent(const ImageProvider *provider)
{
    for (int i = 0; i < m_providers.size(); ++i) {
        if (m_providers[i] == provider)
            setCurrentRow(i);
    }
}

void SeriesList::askMenu(const QListWidgetItem *item, const QPoint &at)
{
    if (StackProvider *provider = item ? this->at(row(item)) : nullptr)
        Q_EMIT menuWanted(provider, viewport()->mapToGlobal(at));
}

void SeriesList::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        askMenu(currentItem(), visualItemRect(currentItem()).center());
    else
        askMenu(itemAt(event->pos()), event->pos());
    event->accept();
}

// Not every platform makes an event of its own of these keys.
void SeriesList::keyPressEvent(QKeyEvent *event)
{
    const bool menu = event->key() == Qt::Key_Menu
        || (event->key() == Qt::Key_F10 && event->modifiers() == Qt::ShiftModifier);
    if (menu)
        askMenu(currentItem(), visualItemRect(currentItem()).center());
    else
        QListWidget::keyPressEvent(event);
}

} // namespace naru::ui
