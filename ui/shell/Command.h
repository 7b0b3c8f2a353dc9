// One act of the window: what menus, the palette and the key sheet list. Rows, so that no act exists without
// a name.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <functional>

namespace naru::ui {

struct Command {
    QString id{}; // "tab.close"
    QString menu{}; // "file" "edit" "view" "patient" "document" "help"; empty: in no menu
    QString text{};
    QList<QKeySequence> keys{};
    std::function<void()> act{};
    bool separatorBefore = false;

    // Without the mnemonic: "새 문서(&N)" and "&New document" both lose it.
    QString plainText() const
    {
        QString plain = text;
        if (const auto at = plain.lastIndexOf(QStringLiteral("(&")); at > 0 && at == plain.size() - 4)
            plain.truncate(at);
        return plain.remove(QLatin1Char('&'));
    }
};

} // namespace naru::ui
