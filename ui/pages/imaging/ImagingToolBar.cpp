#include "ui/pages/imaging/ImagingToolBar.h"

#include "ui/pages/imaging/ViewerActs.h"
#include "ui/shell/NaruStyle.h"
#include "ui/shell/Theme.h"
#include "ui/widgets/FlowRow.h"
#include "ui/widgets/Parts.h"
#include "ui/widgets/viewport/ColourTable.h"

#include <QActionGroup>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace naru::ui {

ImagingToolBar::ImagingToolBar(Theme &theme, text::Language language, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_language(language)
    , m_row(new FlowRow(this))
    , m_tools(new QActionGroup(this))
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
    m_more = addMenu(QStringLiteral("more"), tr("More"));
    m_moreButton = static_cast<QPushButton *>(m_more->parentWidget());
    m_moreButton->setCheckable(true);
    connect(&theme, &Theme::changed, this, [this] { setCompact(m_compact); });
    m_moreButton->setToolTip(
        tr("%1 (%2)").arg(tr("More"), ViewerAct::of(QStringLiteral("menu.more"))->keyText()));
    fillMore();
}

QPushButton *ImagingToolBar::addButton(const QString &act, const QString &text, const QString &keys)
{
    const bool digit = keys.size() == 1;
    auto *button = pushButton(
        digit ? keys + QLatin1Char(' ') + text : text, QStringLiteral("imaging.tool.") + act, this);
    button->setAccessibleName(text);
    button->setToolTip(keys.isEmpty() ? text : tr("%1 (%2)").arg(text, keys));
    // A reader's hand toggles without a click; what holds afterwards the page says.
    connect(button, &QPushButton::clicked, this, [this, button, act] {
        if (!button->isCheckable())
            Q_EMIT triggered(act);
    });
    connect(button, &QPushButton::toggled, this, [this, act] {
        if (!m_telling)
            Q_EMIT triggered(act);
    });
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
    const auto open = [button, menu] { menu->popup(button->mapToGlobal(QPoint(0, button->height()))); };
    connect(button, &QPushButton::clicked, this, [button, open] {
        if (!button->isCheckable())
            open();
    });
    connect(button, &QPushButton::toggled, this, [this, button, open](bool on) {
        if (m_telling)
            return;
        check(button, !on); // says which tool is chosen, not that it was pressed
        open();
    });
    m_row->addWidget(button);
    return menu;
}

void ImagingToolBar::addEntry(
    QMenu *menu, const QString &act, const QString &text, const QString &keys, bool checkable)
{
    QAction *action = menu->addAction(keys.isEmpty() ? text : text + QLatin1Char('\t') + keys);
    action->setObjectName(act);
    action->setCheckable(checkable);
    if (act.startsWith(QLatin1String("tool.")))
        m_tools->addAction(action); // one of them: a dot, not a tick
    connect(action, &QAction::triggered, this, [this, act] { Q_EMIT triggered(act); });
    m_actions.insert(act, action);
}

void ImagingToolBar::addAct(QMenu *menu, const ViewerAct &act)
{
    static const QStringList switches = {QStringLiteral("view.magnifier"),
        QStringLiteral("view.referenceLines"), QStringLiteral("view.synchronise"),
        QStringLiteral("view.overlays"), QStringLiteral("view.invert"), QStringLiteral("view.room"),
        QStringLiteral("view.detach")};
    addEntry(menu, act.id, act.text(m_language), act.keyText(),
        switches.contains(act.id) || act.id.startsWith(QLatin1String("tool.")));
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
    menu->addSeparator();
    addEntry(menu, QStringLiteral("layout.remember"), {});
    addEntry(menu, QStringLiteral("layout.forget"), {});
    setLayoutOwner({}, false);
}

void ImagingToolBar::setLayoutOwner(const QString &modality, bool remembered)
{
    const QString kind = modality.isEmpty() ? QStringLiteral("–") : modality;
    QAction *remember = m_actions.value(QStringLiteral("layout.remember"));
    remember->setText(tr("Remember this layout for %1").arg(kind));
    remember->setEnabled(!modality.isEmpty());
    QAction *forget = m_actions.value(QStringLiteral("layout.forget"));
    forget->setText(tr("Forget the layout remembered for %1").arg(kind));
    forget->setEnabled(!modality.isEmpty() && remembered);
}

QMenu *ImagingToolBar::addGroup(const QString &group, const QString &title)
{
    const QList<QAction *> before = m_more->actions();
    const auto number = 1 + std::count_if(before.begin(), before.end(), [](const QAction *action) {
        return action->menu() != nullptr;
    });
    QMenu *menu = m_more->addMenu(QStringLiteral("&%1 %2").arg(number).arg(title));
    menu->setObjectName(QStringLiteral("imaging.menu.more.") + group);
    QString kindBefore;
    for (const ViewerAct &act : ViewerAct::all()) {
        if (act.group != group)
            continue;
        const QString kind = act.id.section(QLatin1Char('.'), 0, 0);
        if (!kindBefore.isEmpty() && kind != kindBefore)
            menu->addSeparator();
        kindBefore = kind;
        addAct(menu, act);
    }
    return menu;
}

// What is wanted most often on top, the rest by what one has in mind.
void ImagingToolBar::fillMore()
{
    const auto loose = [this](const char *id) { addAct(m_more, *ViewerAct::of(QString::fromLatin1(id))); };
    loose("keyImage.toggle");
    addEntry(m_more, QStringLiteral("attach"), tr("Attach"), QStringLiteral("Ctrl+Enter"));
    m_more->addSeparator();
    addGroup(QStringLiteral("measure"), tr("Measure and annotate"));
    QMenu *display = addGroup(QStringLiteral("display"), tr("Display"));
    addEntry(display, QStringLiteral("cine.toggle"), tr("Cine"), tr("Space"), true);
    fillColours(display->addMenu(tr("Colours")));
    addGroup(QStringLiteral("size"), tr("Size and direction"));
    fillSlabs(addGroup(QStringLiteral("planes"), tr("Planes")));
    addGroup(QStringLiteral("save"), tr("Save, print, send"));
    addGroup(QStringLiteral("study"), tr("Open and take in"));
    m_more->addSeparator();
    loose("view.detach");
}

void ImagingToolBar::fillColours(QMenu *menu)
{
    for (const ColourTable &table : ColourTable::all())
        addEntry(menu, QStringLiteral("colour.") + table.name,
            m_language == text::Language::Korean ? table.korean : table.english);
}

void ImagingToolBar::fillSlabs(QMenu *menu)
{
    menu->addSeparator();
    const QList<QPair<QString, QString>> modes = {{QStringLiteral("thin"), tr("Thin")},
        {QStringLiteral("mip"), tr("Maximum (MIP)")}, {QStringLiteral("minip"), tr("Minimum (MinIP)")},
        {QStringLiteral("mean"), tr("Mean")}};
    for (const auto &mode : modes)
        addEntry(menu, QStringLiteral("slab.") + mode.first, mode.second, {}, true);
    menu->addSeparator();
    for (const int millimetres : {5, 10, 20, 40})
        addEntry(menu, QStringLiteral("slab.%1").arg(millimetres), QStringLiteral("%1 mm").arg(millimetres),
            {}, true);
}

void ImagingToolBar::setSlab(const std::optional<imaging::Slab> &slab)
{
    const auto key = [](imaging::SlabMode mode) {
        return mode == imaging::SlabMode::Maximum ? QStringLiteral("mip")
            : mode == imaging::SlabMode::Minimum  ? QStringLiteral("minip")
            : mode == imaging::SlabMode::Mean     ? QStringLiteral("mean")
                                                  : QStringLiteral("thin");
    };
    const bool thin = !slab || slab->mode == imaging::SlabMode::Thin;
    for (auto it = m_actions.begin(); it != m_actions.end(); ++it) {
        if (it.key() == QLatin1String("tool.turn"))
            it.value()->setEnabled(slab.has_value());
        if (!it.key().startsWith(QLatin1String("slab.")))
            continue;
        it.value()->setEnabled(slab.has_value());
        const QString what = it.key().mid(5);
        it.value()->setChecked(
            slab && (what == key(slab->mode) || (!thin && what == QString::number(int(slab->thickness)))));
    }
}

void ImagingToolBar::showMenu(const QPoint &global)
{
    m_more->popup(global);
    m_more->setActiveAction(m_more->actions().constFirst());
}

// A tool without a button of its own stands on the button of the menu it came from.
void ImagingToolBar::setTool(const QString &chosen)
{
    for (auto it = m_buttons.begin(); it != m_buttons.end(); ++it) {
        if (it.key().startsWith(QLatin1String("tool.")))
            check(it.value(), it.key() == chosen);
    }
    for (auto it = m_actions.begin(); it != m_actions.end(); ++it) {
        if (it.key().startsWith(QLatin1String("tool.")))
            it.value()->setChecked(it.key() == chosen);
    }
    const ViewerAct *act = m_buttons.contains(chosen) ? nullptr : ViewerAct::of(chosen);
    const QString words = act ? act->text(m_language) : tr("More");
    m_moreButton->setText(words + QStringLiteral(" ▾"));
    m_moreButton->setAccessibleName(act ? tr("More, chosen: %1").arg(words) : tr("More"));
    check(m_moreButton, act != nullptr);
}

void ImagingToolBar::check(QPushButton *button, bool on)
{
    const bool before = std::exchange(m_telling, true);
    button->setChecked(on);
    m_telling = before;
}

void ImagingToolBar::setChecked(const QString &act, bool on)
{
    if (QPushButton *button = m_buttons.value(act))
        check(button, on);
    if (QAction *action = m_actions.value(act))
        action->setChecked(on);
}

void ImagingToolBar::setCompact(bool on)
{
    m_compact = on;
    for (auto it = m_buttons.begin(); it != m_buttons.end(); ++it) {
        const ViewerAct *act = ViewerAct::of(it.key());
        if (!act || act->place != QLatin1String("bar"))
            continue;
        const bool digit = act->keyText().size() == 1;
        const QString words = act->text(m_language);
        it.value()->setText(on ? QString() : digit ? act->keyText() + QLatin1Char(' ') + words : words);
        it.value()->setIcon(on ? m_theme.icon(act->id) : QIcon());
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
        if (number <= 9)
            text += QStringLiteral("\tCtrl+%1").arg(number);
        QAction *action = m_presets->addAction(text);
        const QString act = QStringLiteral("preset.%1").arg(number);
        connect(action, &QAction::triggered, this, [this, act] { Q_EMIT triggered(act); });
    }
}

} // namespace naru::ui
