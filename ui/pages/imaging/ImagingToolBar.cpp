#include "ui/pages/imaging/ImagingToolBar.h"

#include "ui/pages/imaging/ViewerActs.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/viewport/ColourTable.h"

#include <QMenu>
#include <QPushButton>

namespace naru::ui {

ImagingToolBar::ImagingToolBar(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_language(language)
    , m_row(new FlowRow(this))
{
    setObjectName(QStringLiteral("imaging.toolbar"));
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setGaps(theme.unit(0.6), theme.unit(0.6));
    for (const ViewerAct &act : ViewerAct::all()) {
        if (act.place != QLatin1String("bar"))
            continue;
        QPushButton *button = addButton(act.id, act.text(language), act.keyText());
        button->setCheckable(true);
    }
    fillLayouts(addMenu(QStringLiteral("layout"), tr("Layout")));
    m_presets = addMenu(QStringLiteral("presets"), tr("Presets"));
    addButton(QStringLiteral("compare"), tr("Compare"), {})->setCheckable(true);
    addButton(QStringLiteral("cine.toggle"), tr("Cine"), tr("Space"))->setCheckable(true);
    addButton(QStringLiteral("view.reset"), tr("Reset"), {});
    addButton(QStringLiteral("attach"), tr("Attach"), QStringLiteral("Ctrl+Enter"));
    fillMore(addMenu(QStringLiteral("more"), tr("More")));
}

QPushButton *ImagingToolBar::addButton(const QString &act, const QString &text, const QString &keys)
{
    const bool digit = keys.size() == 1;
    auto *button = pushButton(
        digit ? keys + QLatin1Char(' ') + text : text, QStringLiteral("imaging.tool.") + act, this);
    button->setAccessibleName(text);
    button->setToolTip(keys.isEmpty() ? text : tr("%1 (%2)").arg(text, keys));
    connect(button, &QPushButton::clicked, this, [this, act] { Q_EMIT triggered(act); });
    m_buttons.insert(act, button);
    m_row->addWidget(button);
    return button;
}

QMenu *ImagingToolBar::addMenu(const QString &name, const QString &text)
{
    auto *button = pushButton(text + QStringLiteral(" ▾"), QStringLiteral("imaging.menu.") + name, this);
    button->setAccessibleName(text);
    auto *menu = new QMenu(button);
    menu->setObjectName(QStringLiteral("imaging.menu.%1.entries").arg(name));
    connect(button, &QPushButton::clicked, this,
        [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); });
    m_row->addWidget(button);
    return menu;
}

void ImagingToolBar::addEntry(QMenu *menu, const QString &act, const QString &text, bool checkable)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(act);
    action->setCheckable(checkable);
    connect(action, &QAction::triggered, this, [this, act] { Q_EMIT triggered(act); });
    m_actions.insert(act, action);
}

void ImagingToolBar::fillLayouts(QMenu *menu)
{
    addEntry(menu, QStringLiteral("layout.hanging"), tr("By kind of study"));
    menu->addSeparator();
    for (int rows = 1; rows <= 3; ++rows) {
        for (int columns = 1; columns <= 3; ++columns)
            addEntry(menu, QStringLiteral("layout.%1x%2").arg(rows).arg(columns),
                QStringLiteral("%1 × %2").arg(rows).arg(columns));
    }
    menu->addSeparator();
    addEntry(menu, QStringLiteral("layout.mpr"), tr("Reformatted planes (MPR)"));
}

void ImagingToolBar::fillMore(QMenu *menu)
{
    const QStringList checkable = {QStringLiteral("view.magnifier"), QStringLiteral("view.referenceLines"),
        QStringLiteral("view.synchronise"), QStringLiteral("view.overlays")};
    for (const ViewerAct &act : ViewerAct::all()) {
        if (act.place != QLatin1String("more"))
            continue;
        const QString keys = act.keyText();
        addEntry(menu, act.id,
            keys.isEmpty() ? act.text(m_language) : act.text(m_language) + QLatin1Char('\t') + keys,
            checkable.contains(act.id));
    }
    addEntry(menu, QStringLiteral("cine.toggle"), tr("Cine") + QLatin1Char('\t') + tr("Space"), true);
    addEntry(menu, QStringLiteral("attach"), tr("Attach") + QStringLiteral("\tCtrl+Enter"));
    QMenu *colours = menu->addMenu(tr("Colours"));
    for (const ColourTable &table : ColourTable::all())
        addEntry(colours, QStringLiteral("colour.") + table.name,
            m_language == text::Language::Korean ? table.korean : table.english);
    QMenu *slab = menu->addMenu(tr("Slab of reformatted planes"));
    const QList<QPair<QString, QString>> modes = {{QStringLiteral("thin"), tr("Thin")},
        {QStringLiteral("mip"), tr("Maximum (MIP)")}, {QStringLiteral("minip"), tr("Minimum (MinIP)")},
        {QStringLiteral("mean"), tr("Mean")}};
    for (const auto &mode : modes)
        addEntry(slab, QStringLiteral("slab.") + mode.first, mode.second);
    for (const int millimetres : {5, 10, 20, 40})
        addEntry(slab, QStringLiteral("slab.%1").arg(millimetres), QStringLiteral("%1 mm").arg(millimetres));
}

void ImagingToolBar::setTool(const QString &chosen)
{
    for (auto it = m_buttons.begin(); it != m_buttons.end(); ++it) {
        if (it.key().startsWith(QLatin1String("tool.")))
            it.value()->setChecked(it.key() == chosen);
    }
}

void ImagingToolBar::setChecked(const QString &act, bool on)
{
    if (QPushButton *button = m_buttons.value(act))
        button->setChecked(on);
    if (QAction *action = m_actions.value(act))
        action->setChecked(on);
}

void ImagingToolBar::setCompact(bool on)
{
    for (auto it = m_buttons.begin(); it != m_buttons.end(); ++it) {
        const ViewerAct *act = ViewerAct::of(it.key());
        if (!act || act->place != QLatin1String("bar"))
            continue;
        const QString words = act->text(m_language);
        it.value()->setText(on ? act->keyText() : act->keyText() + QLatin1Char(' ') + words);
        it.value()->setMaximumWidth(on ? m_theme.unit(7) : QWIDGETSIZE_MAX);
    }
    // One row: the image needs the height. They are in the menu as well.
    for (const char *act : {"cine.toggle", "view.reset", "attach"})
        m_buttons.value(QString::fromLatin1(act))->setVisible(!on);
    m_row->invalidate();
    updateGeometry();
}

void ImagingToolBar::setEnabledAct(const QString &act, bool enabled)
{
    if (QPushButton *button = m_buttons.value(act))
        button->setEnabled(enabled);
    if (QAction *action = m_actions.value(act))
        action->setEnabled(enabled);
}

void ImagingToolBar::setPresets(const std::vector<imaging::Preset> &presets)
{
    m_presets->clear();
    int number = 0;
    for (const imaging::Preset &preset : presets) {
        ++number;
        QString text = m_language == text::Language::Korean ? preset.korean : preset.english;
        if (text.isEmpty())
            text = preset.window.explanation.isEmpty() ? tr("Of the image") : preset.window.explanation;
        if (preset.window.width > 0)
            text += QStringLiteral("  W %1 L %2").arg(preset.window.width).arg(preset.window.centre);
        if (number <= 6)
            text += QStringLiteral("\tCtrl+%1").arg(number);
        QAction *action = m_presets->addAction(text);
        const QString act = QStringLiteral("preset.%1").arg(number);
        connect(action, &QAction::triggered, this, [this, act] { Q_EMIT triggered(act); });
    }
}

} // namespace naru::ui
