// What of the EMR's hand-over was not taken as it is: one line, unfolded to where and why.
#pragma once

#include "core/clinical/HandOver.h"

#include <QWidget>

namespace naru::ui {

class AppContext;
class DataTable;
class MessageStrip;

class HandOverNotes : public QWidget {
    Q_OBJECT
public:
    explicit HandOverNotes(AppContext &context, QWidget *parent = nullptr);

    // Takes no room when there is none.
    void show(const std::vector<clinical::HandOverNote> &notes);
    bool fold(); // false when nothing was unfolded
    DataTable *list() const { return m_list; }

private:
    void unfold();
    void say(const QString &verb);

    AppContext &m_context;
    MessageStrip *m_strip = nullptr;
    DataTable *m_list = nullptr;
    std::vector<clinical::HandOverNote> m_notes{};
};

} // namespace naru::ui
