// What is to be said against a document: rules it breaks, and what was odd while it was read. Opened from the
// honesty bar.
#pragma once

#include "core/services/Types.h"

#include <QListWidget>

namespace naru::ui {

class CdaView;
class Theme;

class WarningList : public QListWidget {
    Q_OBJECT
public:
    WarningList(const Theme &theme, bool korean, QWidget *parent);
    // `view` has the words for what was odd.
    void setWarnings(const std::vector<clinical::RuleProblem> &problems,
        const std::vector<clinical::ReadWarning> &warnings, const CdaView &view);
    void toggle();

private:
    bool m_korean;
};

} // namespace naru::ui
