// The acts of the viewer as buttons, from the rows of keys.tsv: tools with their digits, then menus for
// layouts, presets and everything else, grouped; each entry says its key. Submenus are numbered, so that one
// key opens them in any language of the keyboard.
#pragma once

#include "core/imaging/render/Presets.h"
#include "core/imaging/volume/Mpr.h"
#include "ui/text/Language.h"

#include <QHash>
#include <QWidget>

#include <optional>

class QActionGroup;
class QMenu;
class QPushButton;

namespace naru::ui {

class FlowRow;
class Theme;
struct ViewerAct;

class ImagingToolBar : public QWidget {
    Q_OBJECT
public:
    ImagingToolBar(Theme &theme, text::Language language, QWidget *parent = nullptr);

    void setTool(const QString &act); // shows which one is chosen
    void setChecked(const QString &act, bool on);
    void setPresets(const std::vector<imaging::Preset> &presets);
    // Signs instead of words on the tools: a low window keeps its room for the image. Names and keys stay in
    // tips and for readers.
    void setCompact(bool on);
    void setEnabledAct(const QString &act, bool enabled);
    // Which kind of study a layout would be remembered for, and whether one is.
    void setLayoutOwner(const QString &modality, bool remembered);
    // Of the planes that are shown; without any their acts have nothing to do.
    void setSlab(const std::optional<imaging::Slab> &slab);
    void showMenu(const QPoint &global); // of everything, its first entry chosen

Q_SIGNALS:
    void triggered(const QString &act); // "tool.window", "layout.2x2", "preset.3", "colour.pet"

private:
    void check(QPushButton *button, bool on);
    QPushButton *addButton(const QString &act, const QString &text, const QString &keys);
    QMenu *addMenu(const QString &name, const QString &text);
    void addEntry(QMenu *menu, const QString &act, const QString &text, const QString &keys = {},
        bool checkable = false);
    void addAct(QMenu *menu, const ViewerAct &act);
    void fillLayouts(QMenu *menu);
    void fillMore();
    QMenu *addGroup(const QString &group, const QString &title);
    void fillColours(QMenu *menu);
    void fillSlabs(QMenu *menu);

    Theme &m_theme;
    text::Language m_language;
    FlowRow *m_row = nullptr;
    QActionGroup *m_tools = nullptr;
    bool m_compact = false, m_telling = false; // m_telling: not a hand
    QMenu *m_presets = nullptr, *m_more = nullptr;
    QPushButton *m_moreButton = nullptr;
    QHash<QString, QPushButton *> m_buttons{};
    QHash<QString, QAction *> m_actions{};
};

} // namespace naru::ui
