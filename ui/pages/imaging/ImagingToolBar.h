// The acts of the viewer as buttons, from the rows of keys.tsv: tools with their digits, then menus for
// layouts, presets, colours and the rest.
#pragma once

#include "core/imaging/render/Presets.h"
#include "ui/text/Language.h"

#include <QHash>
#include <QWidget>

class QActionGroup;
class QMenu;
class QPushButton;

namespace naru::ui {

class FlowRow;
class Theme;

class ImagingToolBar : public QWidget {
    Q_OBJECT
public:
    ImagingToolBar(Theme &theme, text::Language language, QWidget *parent = nullptr);

    void setTool(const QString &act); // shows which one is chosen
    void setChecked(const QString &act, bool on);
    void setPresets(const std::vector<imaging::Preset> &presets);
    // Digits alone on the tools: a low window keeps its room for the image. Names stay in tips and for
    // readers.
    void setCompact(bool on);
    void setEnabledAct(const QString &act, bool enabled);

Q_SIGNALS:
    void triggered(const QString &act); // "tool.window", "layout.2x2", "preset.3", "colour.pet"

private:
    QPushButton *addButton(const QString &act, const QString &text, const QString &keys);
    QMenu *addMenu(const QString &name, const QString &text);
    void addEntry(QMenu *menu, const QString &act, const QString &text, bool checkable = false);
    void fillLayouts(QMenu *menu);
    void fillMore(QMenu *menu);

    Theme &m_theme;
    text::Language m_language;
    FlowRow *m_row = nullptr;
    QMenu *m_presets = nullptr;
    QHash<QString, QPushButton *> m_buttons{};
    QHash<QString, QAction *> m_actions{};
};

} // namespace naru::ui
