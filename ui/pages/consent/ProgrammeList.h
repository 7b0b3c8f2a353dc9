// The programmes of a consent with their state, ticked with Space; Enter goes on with what is ticked.
#pragma once

#include "core/services/Types.h"
#include "ui/text/Words.h"

#include <QTreeWidget>

namespace naru::ui {

class Theme;

class ProgrammeList : public QTreeWidget {
    Q_OBJECT
public:
    ProgrammeList(const Theme &theme, const QString &name, const QString &label, QWidget *parent);
    // `word` gives the colour, `state` is what is said.
    void add(clinical::Programme programme, const QString &name, const QString &state, const text::Word &word,
        bool ticked);
    std::vector<clinical::Programme> ticked() const;

Q_SIGNALS:
    void enterPressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace naru::ui
