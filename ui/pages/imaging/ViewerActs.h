// The rows of keys.tsv: what the viewer can do, its keys, where it stands and how it is called.
#pragma once

#include "ui/text/Language.h"

#include <QKeySequence>
#include <QList>
#include <QString>

namespace naru::ui {

struct ViewerAct {
    QString id{};
    QList<int> keys{}; // key | modifiers
    QString place{}; // "bar" "more" "key"
    QString group{}; // the submenu it stands in: "measure" "display" "size" "planes" "save" "study"; or none
    QString english{}, korean{};

    QString text(text::Language language) const
    {
        return language == text::Language::Korean ? korean : english;
    }
    QString keyText() const; // "Ctrl+1"; empty: none

    static const QList<ViewerAct> &all();
    static const ViewerAct *of(const QString &id);
    // The keypad's digits have acts of their own, its other keys those of the same keys elsewhere.
    static const ViewerAct *ofKey(int keyAndModifiers);
};

} // namespace naru::ui
